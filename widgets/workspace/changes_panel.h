#pragma once

#include "core/engine/chart_matrix.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace fairway::ui {

class DiffWidget;
class SectionHeader;
class TextLabel;

/// One cell in full: its error, or the objects that differ from the commit, or with the other dependency, with their lines.
class ChangesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ChangesPanel(QWidget *parent = nullptr);
    /// Null: nothing chosen.
    void show(const QString &title, const chart::CellOutcome *outcome, const engine::ChartMatrix &matrix);

Q_SIGNALS:
    void openRequested(); ///< The chart with these values files.

private:
    void showChange(int row);

    SectionHeader *m_header;
    QPushButton *m_open;
    TextLabel *m_words;
    QWidget *m_body;
    QListWidget *m_objects;
    DiffWidget *m_diff;
    std::vector<chart::ObjectChange> m_changes;
};

} // namespace fairway::ui
