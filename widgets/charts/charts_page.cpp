#include "widgets/charts/charts_page.h"

#include "widgets/charts/chart_start.h"
#include "widgets/charts/files_panel.h"
#include "widgets/charts/layers_panel.h"
#include "widgets/charts/origin_strip.h"
#include "widgets/charts/output_panel.h"
#include "widgets/charts/problems_model.h"
#include "widgets/charts/problems_panel.h"
#include "widgets/charts/render_settings.h"
#include "widgets/charts/values_panel.h"
#include "widgets/common/badge.h"
#include "widgets/common/banner.h"
#include "widgets/common/dialogs.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

using engine::ChartService;

QSplitter *splitterOf(std::initializer_list<QWidget *> parts, const QList<int> &sizes)
{
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    int index = 0;
    for (QWidget *part : parts) {
        splitter->addWidget(part);
        splitter->setStretchFactor(index, sizes[index]);
        ++index;
    }
    splitter->setSizes(sizes);
    return splitter;
}

LineMark::Kind markOf(engine::Severity severity)
{
    return severity == engine::Severity::Error ? LineMark::Kind::Error : severity == engine::Severity::Warning ? LineMark::Kind::Warning : LineMark::Kind::Info;
}

} // namespace

ChartsPage::ChartsPage(engine::Engine &engine, QWidget *parent)
    : Page(parent)
    , m_charts(engine.charts())
    , m_header(new PageHeader(tr("Charts")))
    , m_version(new KindBadge)
    , m_time(new Badge)
    , m_random(new Badge)
    , m_settings(new QPushButton)
    , m_save(new QPushButton(tr("Save")))
    , m_export(new QPushButton(tr("Export")))
    , m_banner(new Banner)
    , m_stack(new QStackedWidget)
    , m_start(new ChartStart)
    , m_loading(new EmptyState)
    , m_files(new FilesPanel)
    , m_layers(new LayersPanel)
    , m_values(new ValuesPanel(m_charts))
    , m_output(new OutputPanel(m_charts))
    , m_origin(new OriginStrip)
    , m_problems(new ProblemsPanel)
{
    setAcceptDrops(true);
    buildHeader();
    m_workshop = buildWorkshop();
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_loading);
    m_stack->addWidget(m_workshop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    buildKeys();

    connect(m_start, &ChartStart::openFolderRequested, this, &ChartsPage::askFolder);
    connect(m_start, &ChartStart::openArchiveRequested, this, &ChartsPage::askArchive);
    connect(m_start, &ChartStart::openRequested, this, &ChartsPage::openPath);
    connect(m_files, &FilesPanel::chosen, this, [this](const QString &file) { m_values->openFile(file); });
    connect(m_layers, &LayersPanel::chosen, this, [this](const QString &file) { m_values->openFile(file); });
    connect(m_layers, &LayersPanel::addRequested, this, &ChartsPage::askValuesFile);
    connect(m_layers, &LayersPanel::inputsEdited, this, [this](const engine::ChartInputs &inputs) { m_charts.setInputs(inputs); });
    connect(m_values, &ValuesPanel::currentChanged, m_files, &FilesPanel::select);
    connect(m_values, &ValuesPanel::lineClicked, this, &ChartsPage::chooseSourceLine);
    connect(m_output, &OutputPanel::lineClicked, this, &ChartsPage::chooseOutputLine);
    connect(m_origin, &OriginStrip::placeChosen, this, &ChartsPage::goTo);
    connect(m_origin, &OriginStrip::flagChosen, m_values, &ValuesPanel::openFlag);
    connect(m_origin, &OriginStrip::dropFlagRequested, this, [this](int index) {
        engine::ChartInputs inputs = m_charts.inputs();
        if (index < inputs.sets.size()) {
            inputs.sets[index].isOn = false;
            m_charts.setInputs(inputs);
        }
    });
    connect(m_problems, &ProblemsPanel::chosen, this, &ChartsPage::goToProblem);
    connect(m_banner, &Banner::activated, this, [this] { goToProblem(m_bannerProblem); });

    connect(&m_charts, &ChartService::stateChanged, this, &ChartsPage::showState);
    connect(&m_charts, &ChartService::filesChanged, this, &ChartsPage::showFiles);
    connect(&m_charts, &ChartService::inputsChanged, this, &ChartsPage::showInputs);
    connect(&m_charts, &ChartService::outputChanged, this, &ChartsPage::showOutput);
    connect(&m_charts, &ChartService::renderingChanged, this, &ChartsPage::showTime);
    connect(&m_charts, &ChartService::originsReady, this, &ChartsPage::showMarks);
    connect(&m_charts, &ChartService::findingsChanged, this, &ChartsPage::showProblems);
    const auto tell = [this](const QString &title, const QString &problem) {
        auto *dialog = new ActionDialog(title, problem, tr("Close"), false, this);
        dialog->hideCancel();
        dialog->open();
    };
    connect(&m_charts, &ChartService::saved, this, [tell](const QString &file, const QString &problem) {
        if (!problem.isEmpty())
            tell(tr("%1 was not saved").arg(placeText(file, 0)), problem);
    });
    connect(&m_charts, &ChartService::exported, this, [this, tell](const QString &file, const QString &problem) {
        if (!problem.isEmpty())
            tell(tr("Nothing was exported"), problem);
        else
            m_export->setToolTip(tr("Exported to %1").arg(file));
    });
    m_charts.readMemory();
    showState();
}

void ChartsPage::buildHeader()
{
    m_header->addLead(m_version);
    m_time->setIcon(QStringLiteral("loading"));
    m_random->setIcon(QStringLiteral("pin"));
    m_header->addWidget(m_random);
    m_header->addWidget(m_time);
    setButtonKind(m_settings, ButtonKind::Normal);
    m_settings->setIcon(lineIcon(QStringLiteral("settings")));
    m_settings->setToolTip(tr("Release, namespace, Helm and Kubernetes versions (Ctrl+Shift+P)"));
    m_header->addWidget(m_settings);
    auto *open = new QPushButton(tr("Open"));
    open->setIcon(lineIcon(QStringLiteral("folder")));
    open->setToolTip(tr("Another chart's folder (Ctrl+O)"));
    m_header->addWidget(open);
    m_export->setIcon(lineIcon(QStringLiteral("export")));
    m_export->setToolTip(tr("Write the manifests to a file (Ctrl+E)"));
    m_header->addWidget(m_export);
    m_save->setIcon(lineIcon(QStringLiteral("check"), Token::AccentInk));
    setButtonKind(m_save, ButtonKind::Primary);
    m_header->addWidget(m_save);
    connect(m_settings, &QPushButton::clicked, this, [this] { openRenderSettings(this, m_charts); });
    connect(open, &QPushButton::clicked, this, &ChartsPage::askFolder);
    connect(m_export, &QPushButton::clicked, this, &ChartsPage::askExport);
    connect(m_save, &QPushButton::clicked, this, [this] { save(true); });
}

QWidget *ChartsPage::buildWorkshop()
{
    auto *left = new Panel(Token::Surface);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_files, 1);
    leftColumn->addWidget(new Hairline);
    leftColumn->addWidget(m_layers);
    left->setMinimumWidth(160);
    m_values->setMinimumWidth(220);
    m_output->setMinimumWidth(260);
    auto *columns = splitterOf({left, m_values, m_output}, {210, 470, 560});
    auto *whole = new QWidget;
    auto *column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(columns, 1);
    column->addWidget(m_origin);
    column->addWidget(m_problems);
    return whole;
}

void ChartsPage::buildKeys()
{
    const auto add = [this](const QString &text, const char *icon, const char *keys, auto run) {
        auto *action = new QAction(text, this);
        action->setData(QString::fromLatin1(icon));
        action->setShortcut(QKeySequence(QString::fromLatin1(keys)));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Open a chart's folder"), "folder", "Ctrl+O", [this] { askFolder(); });
    add(tr("Open a packaged chart (.tgz)"), "package", "Ctrl+Shift+O", [this] { askArchive(); });
    add(tr("Save the text"), "check", "Ctrl+S", [this] { save(false); });
    add(tr("Save all texts"), "check", "Ctrl+Shift+S", [this] { save(true); });
    add(tr("Find in the text"), "search", "Ctrl+F", [this] {
        CodeEditor *editor = m_output->isAncestorOf(focusWidget()) ? &m_output->editor() : m_values->currentEditor();
        if (editor)
            editor->openFind();
    });
    add(tr("Filter the rendered documents"), "filter", "Ctrl+Shift+F", [this] { m_output->focusFilter(); });
    add(tr("Fold all documents"), "minus", "Alt+0", [this] { m_output->foldAll(true); });
    add(tr("Unfold all documents"), "plus", "Alt+9", [this] { m_output->foldAll(false); });
    add(tr("Offer keys that may stand here"), "key", "Ctrl+Space", [this] {
        if (CodeEditor *editor = m_values->currentEditor())
            editor->complete();
    });
    add(tr("Add a values file (-f)"), "plus", "Ctrl+Shift+A", [this] { askValuesFile(); });
    add(tr("Add a flag (--set)"), "plus", "Ctrl+Shift+E", [this] { m_values->openFlag(-1); });
    add(tr("Release and versions to render for"), "settings", "Ctrl+Shift+P", [this] {
        if (m_charts.state() == ChartService::State::Open)
            openRenderSettings(this, m_charts);
    });
    add(tr("New random values"), "refresh", "Ctrl+Shift+G", [this] { m_charts.renderAgain(); });
    add(tr("Export the manifests"), "export", "Ctrl+E", [this] { askExport(); });
    add(tr("Copy the manifests"), "copy", "Ctrl+Shift+Y", [this] { QGuiApplication::clipboard()->setText(m_charts.output()->text); });
    add(tr("Go to the first error"), "error", "F8", [this] {
        if (!m_charts.output()->problems.isEmpty())
            goToProblem(m_charts.output()->problems.first());
    });
    add(tr("Where does this line come from"), "target", "F4", [this] {
        if (m_output->isAncestorOf(focusWidget()))
            chooseOutputLine(m_output->editor().caretLine());
        else if (CodeEditor *editor = m_values->currentEditor())
            chooseSourceLine(m_values->currentFile(), editor->caretLine());
    });
    add(tr("Go to the texts"), "file", "Alt+1", [this] { m_values->setFocus(); });
    add(tr("Go to the rendered documents"), "file", "Alt+2", [this] { m_output->setFocus(); });
    add(tr("Go to the files"), "folder", "Alt+3", [this] { m_files->setFocus(); });
    add(tr("Close the chart"), "close", "Ctrl+W", [this] {
        if (!hasUnsavedWork(nullptr))
            m_charts.close();
    });
}

// --- opening and saving ---------------------------------------------------------------------------------------------------------

void ChartsPage::openTarget(const QString &target)
{
    openPath(target);
}

void ChartsPage::openPath(const QString &path)
{
    QString reason;
    if (!hasUnsavedWork(&reason)) {
        m_charts.open(path);
        return;
    }
    auto *dialog = new ActionDialog(tr("Open another chart?"), tr("This would be lost: %1").arg(reason), tr("Open"), true, this);
    connect(dialog, &QDialog::accepted, this, [this, path] { m_charts.open(path); });
    dialog->open();
}

bool ChartsPage::hasUnsavedWork(QString *reason) const
{
    const QStringList edited = m_charts.editedFiles();
    if (edited.isEmpty())
        return false;
    if (reason) {
        QStringList names;
        for (const QString &file : edited.mid(0, 4))
            names << placeText(file, 0);
        *reason = edited.size() > 4 ? tr("unsaved %1 and %2 more").arg(names.join(QStringLiteral(", "))).arg(edited.size() - 4)
                                    : tr("unsaved %1").arg(names.join(QStringLiteral(", ")));
    }
    return true;
}

void ChartsPage::askFolder()
{
    auto *dialog = new QFileDialog(this, tr("Open a chart's folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ChartsPage::openPath);
    dialog->open();
}

void ChartsPage::askArchive()
{
    auto *dialog = new QFileDialog(this, tr("Open a packaged chart"), {}, tr("Packaged charts (*.tgz *.tar.gz);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ChartsPage::openPath);
    dialog->open();
}

void ChartsPage::askValuesFile()
{
    if (m_charts.state() != ChartService::State::Open)
        return;
    auto *dialog = new QFileDialog(this, tr("Add a values file"), m_charts.info().path.section(QLatin1Char('/'), 0, -2), tr("YAML (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        engine::ChartInputs inputs = m_charts.inputs();
        for (const QString &file : files)
            inputs.valuesFiles.append({file, true});
        m_charts.setInputs(inputs);
        m_values->openFile(files.last());
    });
    dialog->open();
}

void ChartsPage::askExport()
{
    if (m_charts.state() != ChartService::State::Open)
        return;
    auto *dialog = new QFileDialog(this, tr("Export the manifests"), {}, tr("YAML (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(m_charts.inputs().release + QStringLiteral(".yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { m_charts.exportManifests(file); });
    dialog->open();
}

void ChartsPage::save(bool all)
{
    if (!all) {
        m_charts.save(m_values->currentFile());
        return;
    }
    for (const QString &file : m_charts.editedFiles())
        m_charts.save(file);
}

void ChartsPage::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void ChartsPage::dropEvent(QDropEvent *event)
{
    QStringList values;
    for (const QUrl &url : event->mimeData()->urls()) {
        const QString path = url.toLocalFile();
        const bool isValues = (path.endsWith(QLatin1String(".yaml")) || path.endsWith(QLatin1String(".yml"))) && !path.endsWith(QLatin1String("/Chart.yaml"));
        if (!isValues) {
            openPath(path);
            return;
        }
        values << path;
    }
    // Values files dropped on an open chart are further layers of it.
    if (m_charts.state() != ChartService::State::Open)
        return;
    engine::ChartInputs inputs = m_charts.inputs();
    for (const QString &path : std::as_const(values))
        inputs.valuesFiles.append({path, true});
    m_charts.setInputs(inputs);
}

// --- showing --------------------------------------------------------------------------------------------------------------------

void ChartsPage::showState()
{
    const ChartService::State state = m_charts.state();
    const bool isOpen = state == ChartService::State::Open;
    m_start->setRecent(m_charts.recent());
    if (!isOpen) {
        m_values->clear();
        m_output->clear();
        forgetLine();
        m_banner->hide();
        m_header->setTitle(tr("Charts"));
        m_header->setNote({});
    }
    for (QWidget *part : QList<QWidget *> {m_version, m_time, m_random, m_settings, m_save, m_export})
        part->setVisible(isOpen && part != m_random);
    if (state == ChartService::State::Failed)
        m_start->setProblem(m_charts.openedPath(), m_charts.problem());
    else
        m_start->setProblem({}, {});
    if (state == ChartService::State::Loading)
        m_loading->show(EmptyState::Kind::Loading, tr("Reading %1").arg(homePath(m_charts.openedPath())), {});
    m_stack->setCurrentWidget(isOpen ? m_workshop : state == ChartService::State::Loading ? static_cast<QWidget *>(m_loading) : m_start);
    setFocusProxy(isOpen ? static_cast<QWidget *>(m_values) : m_start);
    if (isOpen) {
        showFiles();
        showInputs();
        showOutput();
    }
}

void ChartsPage::showFiles()
{
    const engine::ChartInfo info = m_charts.info();
    m_header->setTitle(info.name.isEmpty() ? info.path.section(QLatin1Char('/'), -1) : info.name);
    m_version->setText(tr("Chart %1").arg(info.version));
    m_header->setNote(info.appVersion.isEmpty() ? homePath(info.path) : tr("app %1, %2").arg(info.appVersion, homePath(info.path)));
    m_files->setChart(info);
    const QStringList edited = m_charts.editedFiles();
    m_layers->setEdited(edited);
    m_values->refresh();
    m_save->setEnabled(!edited.isEmpty());
    m_save->setToolTip(edited.isEmpty() ? tr("Nothing to save") : tr("Save all texts (Ctrl+Shift+S)"));
}

void ChartsPage::showInputs()
{
    const engine::ChartInputs inputs = m_charts.inputs();
    m_settings->setText(renderSettingsText(inputs));
    m_layers->setInputs(inputs);
    if (m_charts.state() == ChartService::State::Open)
        m_values->refresh();
}

void ChartsPage::showTime()
{
    const auto output = m_charts.output();
    const bool isWaiting = m_charts.isRendering() && output->generation == 0;
    m_time->setText(isWaiting ? tr("rendering") : milliseconds(output->milliseconds));
    m_time->setToolTip(tr("From your last key to the manifests"));
}

void ChartsPage::showOutput()
{
    const auto output = m_charts.output();
    showTime();
    if (output->generation == 0)
        return;
    m_output->refresh();
    const auto error = std::find_if(output->problems.cbegin(), output->problems.cend(), [](const engine::ChartProblem &one) { return one.severity == engine::Severity::Error; });
    if (error == output->problems.cend()) {
        m_banner->hide();
    } else {
        m_bannerProblem = *error;
        const QString place = placeText(error->file, error->line);
        const QString sentence = place.isEmpty() || error->message.contains(place) ? error->message : QStringLiteral("%1: %2").arg(place, error->message);
        const QString whole = output->isRendered ? tr("Helm would stop here: %1").arg(sentence) : sentence;
        m_banner->show(Tone::Bad, whole, error->file.isEmpty() ? QString() : tr("Show (F8)"));
    }
    showProblems();
    showMarks();
}

void ChartsPage::showProblems()
{
    QList<engine::ChartProblem> all = m_charts.output()->problems;
    for (const engine::ChartProblem &finding : m_charts.findings()) {
        // The render's own words are there already.
        const bool isKnown = std::any_of(all.cbegin(), all.cend(), [&](const engine::ChartProblem &one) {
            return one.severity == finding.severity && one.severity == engine::Severity::Error && (one.line == finding.line || finding.line == 0);
        });
        if (!isKnown)
            all.append(finding);
    }
    m_problems->setProblems(all);
    m_files->setProblems(all);
    QHash<QString, QList<LineMark>> marks;
    for (const engine::ChartProblem &problem : std::as_const(all)) {
        if (problem.line > 0)
            marks[problem.file].append({problem.line, markOf(problem.severity), problem.message});
    }
    // The layer that won, beside what it overrules.
    for (const engine::ValueOrigin &value : m_line.values) {
        const auto winner = std::find_if(value.layers.cbegin(), value.layers.cend(), [](const engine::ValueLayer &layer) { return layer.isWinner; });
        if (value.isCondition || winner == value.layers.cend())
            continue;
        for (const engine::ValueLayer &layer : value.layers) {
            if (layer.place.line == 0)
                continue;
            const QString note = layer.isWinner ? tr("wins") : tr("%1 wins: %2").arg(winner->label, winner->value);
            marks[layer.place.file].append({layer.place.line, layer.isWinner ? LineMark::Kind::Winner : LineMark::Kind::Note, note});
        }
    }
    m_values->setMarks(marks);
}

void ChartsPage::showMarks()
{
    QList<LineMark> marks;
    const QList<int> random = m_charts.hasOrigins() ? m_charts.randomLines() : QList<int>();
    const bool isPinned = m_charts.inputs().isPinned;
    for (const int line : random)
        marks.append({line, LineMark::Kind::Pin, isPinned ? tr("random, pinned") : tr("random")});
    m_random->setVisible(!random.isEmpty() && m_charts.state() == ChartService::State::Open);
    m_random->setText(isPinned ? tr("%1 random lines pinned").arg(random.size()) : tr("%1 random lines").arg(random.size()));
    m_random->setToolTip(tr("Another run gives them differently. Ctrl+Shift+G gives new ones; the settings unpin them."));
    if (m_charts.hasOrigins()) {
        // The line stays chosen while one types; what it says follows.
        if (m_line.line > 0)
            chooseOutputLine(std::min(m_line.line, std::max(1, m_charts.output()->lineCount)));
        else if (m_source.line > 0)
            m_output->setHighlight(m_charts.linesMadeBy(m_source), false);
    }
    if (m_line.line > 0)
        marks.append({m_line.line, LineMark::Kind::Winner, {}});
    m_output->setMarks(marks);
}

// --- from line to line -------------------------------------------------------------------------------------------------------------

void ChartsPage::forgetLine()
{
    m_line = {};
    m_source = {};
    m_origin->setOrigin({}, {});
    m_output->setHighlight({}, false);
    m_values->setHighlight({}, -1);
}

void ChartsPage::chooseOutputLine(int line)
{
    if (!m_charts.output()->isRendered)
        return;
    const bool isNew = m_line.line != line;
    m_source = {};
    m_line = m_charts.originOf(line);
    m_line.line = line;
    m_origin->setOrigin(m_line, m_output->editor().lineText(line));
    m_output->setHighlight({line}, false);
    QHash<QString, QList<int>> lines;
    if (m_line.place.line > 0)
        lines[m_line.place.file].append(m_line.place.line);
    int flag = -1;
    for (const engine::ValueOrigin &value : std::as_const(m_line.values)) {
        for (const engine::ValueLayer &layer : value.layers) {
            if (!value.isCondition && layer.place.line > 0)
                lines[layer.place.file].append(layer.place.line);
            if (!value.isCondition && layer.isWinner && layer.setIndex >= 0)
                flag = layer.setIndex;
        }
    }
    m_values->setHighlight(lines, flag);
    showProblems();
    if (isNew && m_line.place.line > 0)
        m_values->openFile(m_line.place.file, m_line.place.line);
    if (isNew)
        showMarks();
}

void ChartsPage::chooseSourceLine(const QString &file, int line)
{
    m_line = {};
    m_source = {file, line};
    const QList<int> made = m_charts.linesMadeBy(m_source);
    m_output->setHighlight(made, true);
    m_values->setHighlight({{file, {line}}}, -1);
    if (made.isEmpty())
        m_origin->setOrigin({}, {});
    else {
        engine::LineOrigin origin = m_charts.originOf(made.first());
        m_origin->setOrigin(origin, m_output->editor().lineText(made.first()));
    }
    showProblems();
    showMarks();
}

void ChartsPage::goTo(const engine::ChartPlace &place)
{
    if (!place.file.isEmpty())
        m_values->openFile(place.file, place.line);
    else if (m_line.line > 0)
        m_output->editor().goTo(m_line.line);
}

void ChartsPage::goToProblem(const engine::ChartProblem &problem)
{
    if (!problem.file.isEmpty()) {
        m_values->openFile(problem.file, problem.line);
        if (CodeEditor *editor = m_values->currentEditor())
            editor->setFocus();
        return;
    }
    // A flag has no line: the one that sets the value is shown.
    const QList<engine::ValueLayer> layers = m_charts.layersOf(problem.valuePath);
    if (!layers.isEmpty() && layers.last().setIndex >= 0)
        m_values->openFlag(layers.last().setIndex);
}

} // namespace fairway::ui
