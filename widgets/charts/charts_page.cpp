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
    , m_values(new ValuesPanel(m_charts, ValuesPanel::Holds::Layers))
    , m_texts(new ValuesPanel(m_charts, ValuesPanel::Holds::Files))
    , m_output(new OutputPanel(m_charts))
    , m_origin(new OriginStrip)
    , m_problems(new ProblemsPanel)
{
    setAcceptDrops(true);
    m_values->setObjectName(QStringLiteral("layers"));
    m_texts->setObjectName(QStringLiteral("files"));
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
    connect(m_files, &FilesPanel::chosen, this, [this](const QString &file) { openText(file); });
    connect(m_layers, &LayersPanel::chosen, this, [this](const QString &file) { m_values->openFile(file); });
    connect(m_layers, &LayersPanel::addRequested, this, &ChartsPage::askValuesFile);
    connect(m_layers, &LayersPanel::inputsEdited, this, [this](const engine::ChartInputs &inputs) { m_charts.setInputs(inputs); });
    for (ValuesPanel *panel : {m_values, m_texts})
        connect(panel, &ValuesPanel::lineClicked, this, &ChartsPage::chooseSourceLine);
    connect(m_texts, &ValuesPanel::currentChanged, m_files, &FilesPanel::select);
    connect(m_texts, &ValuesPanel::emptied, m_texts, &QWidget::hide);
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
    m_time->setIcon(QStringLiteral("clock"));
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
    auto *middle = new QSplitter(Qt::Vertical);
    middle->setChildrenCollapsible(false);
    middle->setHandleWidth(1);
    middle->addWidget(m_values);
    middle->addWidget(m_texts);
    middle->setSizes({300, 300});
    m_texts->hide();
    middle->setMinimumWidth(220);
    m_output->setMinimumWidth(260);
    auto *columns = splitterOf({left, middle, m_output}, {210, 470, 560});
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
        CodeEditor *editor = m_output->isAncestorOf(focusWidget()) ? &m_output->editor() : focusedTexts().currentEditor();
        if (editor)
            editor->openFind();
    });
    add(tr("Filter the rendered documents"), "filter", "Ctrl+Shift+F", [this] { m_output->focusFilter(); });
    add(tr("Fold all documents"), "minus", "Alt+0", [this] { m_output->foldAll(true); });
    add(tr("Unfold all documents"), "plus", "Alt+9", [this] { m_output->foldAll(false); });
    add(tr("Offer keys that may stand here"), "key", "Ctrl+Space", [this] {
        if (CodeEditor *editor = focusedTexts().currentEditor())
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
        else if (CodeEditor *editor = focusedTexts().currentEditor())
            chooseSourceLine(focusedTexts().currentFile(), editor->caretLine());
    });
    add(tr("Go to the values"), "file", "Alt+1", [this] { m_values->setFocus(); });
    add(tr("Go to the rendered documents"), "file", "Alt+2", [this] { m_output->setFocus(); });
    add(tr("Go to the files"), "folder", "Alt+3", [this] { m_files->setFocus(); });
    add(tr("Go to the open file"), "file", "Alt+4", [this] { m_texts->setFocus(); });
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
        m_charts.save(focusedTexts().currentFile());
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

} // namespace fairway::ui
