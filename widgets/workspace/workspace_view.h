#pragma once

#include "core/engine/chart_matrix.h"

#include <QWidget>

class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableView;
class QToolButton;

namespace fairway::ui {

class Banner;
class ChangesPanel;
class EmptyState;
class MatrixFilter;
class MatrixModel;
class PageHeader;

/// A folder of charts in all their environments: a matrix of what each renders to, what lint finds, and what differs from a git commit or
/// would differ with another version of a dependency.
///
/// Keys: Enter opens the chosen cell's chart.
class WorkspaceView final : public QWidget {
    Q_OBJECT
public:
    explicit WorkspaceView(QWidget *parent = nullptr);

    void open(const QString &folder);
    void close();
    void focusFilter(); ///< For the page's keys, these three.
    void askBump();
    void askOffline();
    [[nodiscard]] engine::ChartMatrix &matrix() { return m_matrix; }
    [[nodiscard]] QTableView &table() const { return *m_table; }

Q_SIGNALS:
    /// Both absolute.
    void chartRequested(const QString &chart, const QStringList &valuesFiles);
    void closeRequested();

private:
    void buildHeader();
    void showState();
    void showTools();
    void showCell();
    void fitColumns();
    void applyFilter();
    void openCell();
    [[nodiscard]] int currentCell() const;

    engine::ChartMatrix m_matrix;
    PageHeader *m_header;
    QLineEdit *m_filterText;
    QLineEdit *m_against;
    QPushButton *m_onlyProblems;
    QPushButton *m_onlyChanged;
    QPushButton *m_bump;
    QToolButton *m_endBump;
    QPushButton *m_offline;
    QPushButton *m_again;
    QPushButton *m_stop;
    QProgressBar *m_progress;
    QString m_fetching; ///< What a bump fetches just now.
    Banner *m_banner;
    EmptyState *m_empty;
    QTableView *m_table;
    ChangesPanel *m_changes;
    MatrixModel *m_model;
    MatrixFilter *m_filter;
};

} // namespace fairway::ui
