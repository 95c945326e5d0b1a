#pragma once

#include "core/chart/workspace_run.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace fairway::ui {

class DiffWidget;
class SectionHeader;
class TextLabel;

/// One cell in full: its error, or the objects that differ from the commit with their lines.
class ChangesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ChangesPanel(QWidget *parent = nullptr);
    /// Null: nothing chosen.
    void show(const QString &title, const chart::CellOutcome *outcome);

Q_SIGNALS:
    void openRequested(); ///< The chart with these values files.

private:
    void showChange(int row);

    SectionHeader *m_header;
    QPushButton *m_open;
    TextLabel *m_words;
    QListWidget *m_objects;
    DiffWidget *m_diff;
    std::vector<chart::ObjectChange> m_changes;
};

} // namespace fairway::ui
