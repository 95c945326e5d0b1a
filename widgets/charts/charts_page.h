#pragma once

#include "core/engine/engine.h"
#include "widgets/common/page.h"

class QAction;
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

/// The workshop of one chart: files and layers at the left, the texts in the middle, what comes out at the right, where a line comes from
/// and what was found below.
class ChartsPage final : public Page {
    Q_OBJECT
public:
    explicit ChartsPage(engine::Engine &engine, QWidget *parent = nullptr);
    /// A path to open.
    void openTarget(const QString &target) override;
    [[nodiscard]] bool hasUnsavedWork(QString *reason) const override;

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildHeader();
    void buildKeys();
    QWidget *buildWorkshop();

    void askFolder();
    void askArchive();
    void askValuesFile();
    void askExport();
    void openPath(const QString &path);
    void save(bool all);

    void showState();
    void showFiles();
    void showInputs();
    void showOutput();
    void showTime();
    void showProblems();
    void showMarks();
    void chooseOutputLine(int line);
    void chooseSourceLine(const QString &file, int line);
    void openText(const QString &file, int line = 0);
    [[nodiscard]] ValuesPanel &focusedTexts() const;
    void goTo(const engine::ChartPlace &place);
    void goToProblem(const engine::ChartProblem &problem);
    void forgetLine();

    engine::ChartService &m_charts;
    PageHeader *m_header;
    KindBadge *m_version;
    Badge *m_time;
    Badge *m_random;
    QPushButton *m_settings;
    QPushButton *m_save;
    QPushButton *m_export;
    Banner *m_banner;
    QStackedWidget *m_stack;
    ChartStart *m_start;
    EmptyState *m_loading;
    QWidget *m_workshop;
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
};

} // namespace fairway::ui
