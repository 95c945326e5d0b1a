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
#include "widgets/values/value_form.h"
#include "widgets/workspace/workspace_view.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

using engine::ChartService;

/// Fills what room there is. Otherwise each label that wraps would have all of the page measured whenever anything in it is laid out.
class FillingStack final : public QStackedWidget {
public:
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
};

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
    , m_routes(engine.routes())
    , m_header(new PageHeader(tr("Charts")))
    , m_version(new KindBadge)
    , m_time(new Badge)
    , m_random(new Badge)
    , m_settings(new QPushButton)
    , m_save(new QPushButton(tr("Save")))
    , m_open(new QPushButton(tr("Open")))
    , m_back(new QPushButton)
    , m_toRoutes(new QPushButton(tr("Routes")))
    , m_package(new QPushButton(tr("Package")))
    , m_export(new QPushButton(tr("Export")))
    , m_openMenu(new QMenu(this))
    , m_banner(new Banner)
    , m_missing(new Banner)
    , m_stack(new FillingStack)
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
    m_banner->setObjectName(QStringLiteral("problem"));
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
    column->addWidget(m_missing);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    m_missing->hide();
    buildKeys();

    connect(m_start, &ChartStart::openFolderRequested, this, &ChartsPage::askFolder);
    connect(m_start, &ChartStart::openArchiveRequested, this, &ChartsPage::askArchive);
    connect(m_start, &ChartStart::openLibraryRequested, this, &ChartsPage::askLibrary);
    connect(m_start, &ChartStart::openWorkspaceRequested, this, &ChartsPage::askWorkspace);
    connect(m_start, &ChartStart::lookBelowRequested, this, &ChartsPage::openWorkspace);
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
    connect(&m_output->editor(), &CodeEditor::settled, this, &ChartsPage::followOrigins);
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
    connect(m_missing, &Banner::activated, this, &ChartsPage::fetchDependencies);
    connect(m_banner, &Banner::activated, this, [this] { goToProblem(m_bannerProblem); });

    connect(&m_charts, &ChartService::stateChanged, this, &ChartsPage::showState);
    connect(&m_charts, &ChartService::filesChanged, this, &ChartsPage::showFiles);
    connect(&m_charts, &ChartService::inputsChanged, this, &ChartsPage::showInputs);
    connect(&m_charts, &ChartService::outputChanged, this, &ChartsPage::showOutput);
    connect(&m_charts, &ChartService::outputChanged, this, &ChartsPage::followRoutes);
    connect(&m_charts, &ChartService::renderingChanged, this, &ChartsPage::showTime);
    connect(&m_charts, &ChartService::originsReady, this, &ChartsPage::followOrigins);
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
    m_back->setIcon(lineIcon(QStringLiteral("chevron-left")));
    m_header->addWidget(m_back);
    m_open->setIcon(lineIcon(QStringLiteral("folder")));
    m_open->setToolTip(tr("Another chart: a folder, a package, from a repository or a registry"));
    m_header->addWidget(m_open);
    m_toRoutes->setIcon(lineIcon(QStringLiteral("routes")));
    m_header->addWidget(m_toRoutes);
    m_package->setIcon(lineIcon(QStringLiteral("package")));
    m_header->addWidget(m_package);
    m_export->setIcon(lineIcon(QStringLiteral("export")));
    m_export->setToolTip(tr("Write the manifests to a file (Ctrl+E)"));
    m_header->addWidget(m_export);
    m_save->setIcon(lineIcon(QStringLiteral("check"), Token::AccentInk));
    setButtonKind(m_save, ButtonKind::Primary);
    m_header->addWidget(m_save);
    connect(m_settings, &QPushButton::clicked, this, [this] { openRenderSettings(this, m_charts); });
    connect(m_open, &QPushButton::clicked, this, [this] { m_openMenu->popup(m_open->mapToGlobal(QPoint(0, m_open->height() + 4))); });
    connect(m_back, &QPushButton::clicked, this, [this] { showWorkspace(!m_isWorkspaceShown); });
    connect(m_toRoutes, &QPushButton::clicked, this, &ChartsPage::openRoutes);
    connect(m_package, &QPushButton::clicked, this, &ChartsPage::askPackage);
    connect(m_export, &QPushButton::clicked, this, &ChartsPage::askExport);
    connect(m_save, &QPushButton::clicked, this, [this] { save(true); });
    buildOpenMenu();
    buildOutputMenu();
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
    auto *columns = splitterOf({left, middle, m_output}, {236, 456, 548});
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
        return action;
    };
    add(tr("Open a chart's folder"), "folder", "Ctrl+O", [this] { askFolder(); });
    add(tr("Open a packaged chart (.tgz)"), "package", "Ctrl+Shift+O", [this] { askArchive(); });
    add(tr("Open a chart from a repository or a registry"), "cluster", "Ctrl+Shift+L", [this] { askLibrary(); });
    add(tr("Open a workspace of charts, or go back to it"), "charts", "Ctrl+Shift+W", [this] {
        if (m_workspace && !m_workspace->matrix().folder().isEmpty())
            showWorkspace(!m_isWorkspaceShown);
        else
            askWorkspace();
    });
    add(tr("Save the text"), "check", "Ctrl+S", [this] { save(false); });
    add(tr("Save all texts"), "check", "Ctrl+Shift+S", [this] { save(true); });
    add(tr("Find in the text"), "search", "Ctrl+F", [this] {
        if (m_isWorkspaceShown) {
            m_workspace->focusFilter();
            return;
        }
        if (m_values->isFormShown() && m_values->isAncestorOf(focusWidget())) {
            m_values->form()->focusSearch();
            return;
        }
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
    add(tr("Render again, with new random values"), "refresh", "Ctrl+Shift+G", [this] {
        if (m_isWorkspaceShown)
            m_workspace->matrix().renderAgain();
        else
            m_charts.renderAgain();
    });
    add(tr("Fetch the dependencies"), "package", "Ctrl+Shift+M", [this] {
        if (m_isWorkspaceShown)
            m_workspace->askOffline();
        else
            fetchDependencies();
    });
    add(tr("Try another version of a dependency"), "package", "Ctrl+Shift+B", [this] {
        if (m_isWorkspaceShown)
            m_workspace->askBump();
    });
    add(tr("Package the chart"), "package", "Ctrl+Shift+K", [this] { askPackage(); });
    m_routeActions.append(add(tr("Open the rendered routes in Routes"), "routes", "Ctrl+Shift+T", [this] { openRoutes(); }));
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
    add(tr("Values as a form or as YAML"), "command", "Alt+5", [this] { m_values->toggleForm(); });
    add(tr("Close the chart"), "close", "Ctrl+W", [this] {
        if (!hasUnsavedWork(nullptr))
            m_charts.close();
    });
}

} // namespace fairway::ui
