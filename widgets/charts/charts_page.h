#pragma once

#include "core/engine/engine.h"
#include "widgets/common/page.h"

class QAction;
class QMenu;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace fairway::ui {

class Badge;
class Banner;
class ChartStart;
class EmptyState;
class FilesPanel;
class KindBadge;
class LayersPanel;
class OriginStrip;
class OutputPanel;
class PageHeader;
class ProblemsPanel;
class ValuesPanel;
class WorkspaceView;

/// The workshop of one chart: files and layers at the left, the texts in the middle, what comes out at the right, where a line comes from
/// and what was found below. Or a workspace: many charts in all their environments, each of which opens here.
class ChartsPage final : public Page {
    Q_OBJECT
public:
    explicit ChartsPage(engine::Engine &engine, QWidget *parent = nullptr);
    /// A path to open; "workspace:" and a folder for all charts below it.
    void openTarget(const QString &target) override;
    [[nodiscard]] bool hasUnsavedWork(QString *reason) const override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void takeDrag(QDropEvent &event) const;
    void buildHeader();
    void buildKeys();
    void buildOpenMenu();
    void buildOutputMenu();
    QWidget *buildWorkshop();

    void askFolder();
    void askArchive();
    void askValuesFile();
    void addValuesFiles(const QStringList &files);
    void askExport();
    void askPackage();
    void askLibrary();
    void askWorkspace();
    void openPath(const QString &path);
    void openWith(const QString &path, const QStringList &valuesFiles);
    void openWorkspace(const QString &folder);
    void showWorkspace(bool isShown);
    void fetchDependencies();

    void openRoutes();
    void offerRoutes(); ///< Greys what opens them where there are none, and says why.
    void followRoutes();
    [[nodiscard]] QString routeSource() const; ///< As Routes names this chart.
    [[nodiscard]] QString routeIdOf(const engine::ChartObject &object) const; ///< Empty: it is none.
    [[nodiscard]] const engine::ChartObject *objectAtCaret() const; ///< Of the output.
    [[nodiscard]] QStringList routeIds() const; ///< Of the routes in the output, in its order.
    void save(bool all);

    void showState();
    void showFiles();
    void showInputs();
    void showOutput();
    void showTime();
    void showProblems();
    void followOrigins();
    void showMarks();
    void chooseOutputLine(int line);
    void chooseSourceLine(const QString &file, int line);
    void openText(const QString &file, int line = 0);
    [[nodiscard]] ValuesPanel &focusedTexts() const;
    void goTo(const engine::ChartPlace &place);
    void goToProblem(const engine::ChartProblem &problem);
    void forgetLine();

    engine::ChartService &m_charts;
    engine::RouteService &m_routes;
    PageHeader *m_header;
    KindBadge *m_version;
    Badge *m_time;
    Badge *m_random;
    QPushButton *m_settings;
    QPushButton *m_save;
    QPushButton *m_open;
    QPushButton *m_back; ///< To the workspace the chart was opened from, or from there to the chart.
    QPushButton *m_toRoutes;
    QList<QAction *> m_routeActions; ///< Of the page and of the output's menu.
    QPushButton *m_package;
    QPushButton *m_export;
    QMenu *m_openMenu;
    Banner *m_banner;
    Banner *m_missing; ///< Dependencies that are not there.
    QStackedWidget *m_stack;
    ChartStart *m_start;
    EmptyState *m_loading;
    QWidget *m_workshop;
    WorkspaceView *m_workspace = nullptr; ///< Made when first asked for.
    FilesPanel *m_files;
    LayersPanel *m_layers;
    ValuesPanel *m_values;
    ValuesPanel *m_texts; ///< Files opened from the tree; hidden while there are none.
    OutputPanel *m_output;
    OriginStrip *m_origin;
    ProblemsPanel *m_problems;
    engine::ChartProblem m_bannerProblem;
    engine::LineOrigin m_line; ///< The output line that was chosen; line 0: none.
    engine::ChartPlace m_source; ///< Or the line of a template or a values file.
    bool m_isWorkspaceShown = false;
    QString m_wantedChart; ///< Opened from the workspace: gets `m_wantedValues` once it is there.
    QStringList m_wantedValues;
    QString m_packageFolder; ///< Where the last one went.
};

} // namespace fairway::ui
