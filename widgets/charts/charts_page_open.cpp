#include "core/engine/route_preview.h"
#include "widgets/charts/chart_start.h"
#include "widgets/charts/charts_page.h"
#include "widgets/charts/code_editor.h"
#include "widgets/charts/dependency_dialog.h"
#include "widgets/charts/library_dialog.h"
#include "widgets/charts/output_panel.h"
#include "widgets/charts/package_dialog.h"
#include "widgets/charts/problems_model.h"
#include "widgets/charts/values_panel.h"
#include "widgets/theme/icons.h"
#include "widgets/workspace/workspace_view.h"

#include <QAction>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

// The page's ways in and out: opening, saving, packaging, exporting, Routes.
namespace fairway::ui {

using engine::ChartService;

void ChartsPage::buildOpenMenu()
{
    m_openMenu->setAccessibleName(tr("Open"));
    const auto add = [this](const QString &text, const char *icon, const char *keys, auto run) {
        // The page's own actions have the keys; the menu only names them.
        QAction *action = m_openMenu->addAction(lineIcon(QString::fromLatin1(icon)), text + QLatin1Char('\t') + QKeySequence(QString::fromLatin1(keys)).toString(QKeySequence::NativeText));
        connect(action, &QAction::triggered, this, run);
    };
    add(tr("A chart's folder…"), "folder", "Ctrl+O", [this] { askFolder(); });
    add(tr("A package (.tgz)…"), "package", "Ctrl+Shift+O", [this] { askArchive(); });
    add(tr("From a repository or a registry…"), "cluster", "Ctrl+Shift+L", [this] { askLibrary(); });
    add(tr("A workspace of charts…"), "charts", "Ctrl+Shift+W", [this] { askWorkspace(); });
}

// --- opening and saving ---------------------------------------------------------------------------------------------------------

void ChartsPage::openTarget(const QString &target)
{
    if (target.isEmpty())
        return;
    if (const QString workspace = QStringLiteral("workspace:"); target.startsWith(workspace))
        openWorkspace(target.mid(workspace.size()));
    else
        openPath(target);
}

void ChartsPage::openPath(const QString &path)
{
    if (path != m_wantedChart)
        m_wantedChart.clear();
    m_isWorkspaceShown = false;
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

void ChartsPage::askLibrary()
{
    auto *dialog = new LibraryDialog(this);
    connect(dialog, &LibraryDialog::opened, this, &ChartsPage::openPath);
    dialog->open();
}

void ChartsPage::askWorkspace()
{
    auto *dialog = new QFileDialog(this, tr("Open a folder with charts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ChartsPage::openWorkspace);
    dialog->open();
}

void ChartsPage::openWorkspace(const QString &folder)
{
    if (!m_workspace) {
        m_workspace = new WorkspaceView;
        m_stack->addWidget(m_workspace);
        connect(m_workspace, &WorkspaceView::chartRequested, this, &ChartsPage::openWith);
        connect(m_workspace, &WorkspaceView::closeRequested, this, [this] {
            m_workspace->close();
            showWorkspace(false);
        });
    }
    m_workspace->open(folder);
    showWorkspace(true);
}

void ChartsPage::showWorkspace(bool isShown)
{
    m_isWorkspaceShown = isShown && m_workspace;
    showState();
    if (isVisible())
        setFocus();
}

/// With these values files on: those it has besides are off, its other inputs stay as they were left.
void ChartsPage::openWith(const QString &path, const QStringList &valuesFiles)
{
    m_wantedChart = path;
    m_wantedValues = valuesFiles;
    m_isWorkspaceShown = false;
    openPath(path);
    showState();
}

void ChartsPage::askValuesFile()
{
    if (m_charts.state() != ChartService::State::Open)
        return;
    auto *dialog = new QFileDialog(this, tr("Add a values file"), m_charts.info().path.section(QLatin1Char('/'), 0, -2), tr("YAML (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &ChartsPage::addValuesFiles);
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

void ChartsPage::askPackage()
{
    const engine::ChartInfo info = m_charts.info();
    if (m_charts.state() != ChartService::State::Open || info.isArchive)
        return;
    if (m_packageFolder.isEmpty())
        m_packageFolder = info.path.section(QLatin1Char('/'), 0, -2);
    auto *dialog = new PackageDialog(m_charts, m_packageFolder, this);
    connect(dialog, &PackageDialog::saveRequested, this, [this] { save(true); });
    connect(dialog, &PackageDialog::packaged, this, [this](const QString &path) { m_packageFolder = path.section(QLatin1Char('/'), 0, -2); });
    dialog->open();
}

/// From then on it renders with no network.
void ChartsPage::fetchDependencies()
{
    const engine::ChartInfo info = m_charts.info();
    if (m_charts.state() == ChartService::State::Open && !info.isArchive)
        (new DependencyDialog(info.path, info.name, this))->open();
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
    takeDrag(*event);
}

void ChartsPage::dragMoveEvent(QDragMoveEvent *event)
{
    takeDrag(*event);
}

/// File managers propose to move: told that we did, one may take the files away.
void ChartsPage::takeDrag(QDropEvent &event) const
{
    const QList<QUrl> urls = event.mimeData()->urls();
    if (urls.isEmpty() || !urls.first().isLocalFile())
        return;
    event.setDropAction(event.possibleActions().testFlag(Qt::CopyAction) ? Qt::CopyAction : Qt::LinkAction);
    event.accept();
}

void ChartsPage::dropEvent(QDropEvent *event)
{
    takeDrag(*event);
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
    if (m_charts.state() != ChartService::State::Open || values.isEmpty()) {
        if (!values.isEmpty())
            m_start->setProblem(values.first(), tr("Values belong to a chart: open the chart first, then drop them on it."));
        return;
    }
    addValuesFiles(values);
}

/// As the strongest layers; one that is there already is switched on.
void ChartsPage::addValuesFiles(const QStringList &files)
{
    engine::ChartInputs inputs = m_charts.inputs();
    for (const QString &path : files) {
        const auto same = std::find_if(inputs.valuesFiles.begin(), inputs.valuesFiles.end(), [&](const engine::ValuesFile &one) { return one.path == path; });
        if (same == inputs.valuesFiles.end())
            inputs.valuesFiles.append({path, true});
        else
            same->isOn = true;
    }
    m_charts.setInputs(inputs);
    m_values->openFile(files.last());
}

// --- routes ---------------------------------------------------------------------------------------------------------------------

QString ChartsPage::routeSource() const
{
    const engine::ChartInfo info = m_charts.info();
    return tr("chart %1").arg(info.name.isEmpty() ? info.path.section(QLatin1Char('/'), -1) : info.name);
}

QString ChartsPage::routeIdOf(const engine::ChartObject &object) const
{
    return engine::previewId(object.kind, object.ns.isEmpty() ? m_charts.inputs().ns : object.ns, object.name);
}

const engine::ChartObject *ChartsPage::objectAtCaret() const
{
    const int line = m_output->editor().caretLine();
    const QList<engine::ChartObject> &objects = m_charts.output()->objects;
    const auto found = std::find_if(objects.cbegin(), objects.cend(), [&](const engine::ChartObject &one) { return line >= one.line && line <= one.line + one.lines + 1; });
    return found == objects.cend() ? nullptr : &*found;
}

/// What can be done with the object under the mouse.
void ChartsPage::buildOutputMenu()
{
    CodeEditor &editor = m_output->editor();
    const auto add = [&](const QString &text, auto run) {
        auto *action = new QAction(text, &editor);
        connect(action, &QAction::triggered, this, run);
        editor.addAction(action);
        return action;
    };
    add(tr("Where does this line come from"), [this] { chooseOutputLine(m_output->editor().caretLine()); });
    add(tr("Copy this object"), [this] {
        if (const engine::ChartObject *object = objectAtCaret()) {
            const QStringList lines = m_charts.output()->text.split(QLatin1Char('\n'));
            QGuiApplication::clipboard()->setText(lines.mid(object->line - 1, object->lines + 2).join(QLatin1Char('\n')) + QLatin1Char('\n'));
        }
    });
    m_routeActions.append(add(tr("Open the rendered routes in Routes"), [this] { openRoutes(); }));
    offerRoutes();
}

void ChartsPage::offerRoutes()
{
    const auto output = m_charts.output();
    const bool isOpen = m_charts.state() == ChartService::State::Open && !m_isWorkspaceShown;
    const qsizetype routes = isOpen && output->isRendered ? routeIds().size() : 0;
    const QString words = !isOpen ? tr("No chart is open")
        : !output->isRendered     ? tr("The chart does not render: there are no routes to open")
        : routes == 0             ? tr("The chart renders no VirtualService, no route of the Gateway API and no Ingress")
        : routes == 1             ? tr("See the route that is rendered in Routes and rehearse it, with no cluster (Ctrl+Shift+T)")
                                  : tr("See the %1 routes that are rendered in Routes and rehearse them, with no cluster (Ctrl+Shift+T)").arg(routes);
    m_toRoutes->setVisible(routes > 0);
    m_toRoutes->setToolTip(words);
    for (QAction *action : std::as_const(m_routeActions)) {
        action->setEnabled(routes > 0);
        action->setToolTip(words);
    }
}

QStringList ChartsPage::routeIds() const
{
    QStringList ids;
    for (const engine::ChartObject &object : m_charts.output()->objects)
        ids.append(routeIdOf(object));
    ids.removeAll(QString());
    return ids;
}

void ChartsPage::openRoutes()
{
    const auto output = m_charts.output();
    const QStringList ids = routeIds();
    if (!output->isRendered || ids.isEmpty())
        return;
    // The one the caret stands in, else the first.
    const engine::ChartObject *object = objectAtCaret();
    const QString own = object == nullptr ? QString() : routeIdOf(*object);
    const QString id = own.isEmpty() ? ids.first() : own;
    m_routes.showPreview({routeSource(), m_charts.inputs().ns, output->text});
    Q_EMIT navigate(QStringLiteral("routes:") + id);
}

/// While Routes shows this chart, it shows what the chart renders now.
void ChartsPage::followRoutes()
{
    const QString shown = m_routes.previewSource();
    if (!shown.isEmpty() && shown == routeSource() && m_charts.output()->isRendered)
        m_routes.showPreview({shown, m_charts.inputs().ns, m_charts.output()->text});
}

} // namespace fairway::ui
