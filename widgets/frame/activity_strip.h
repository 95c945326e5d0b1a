#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QHBoxLayout;
class QProgressBar;
class QPushButton;

namespace fairway::ui {

class ElidedLabel;
class TextLabel;

/// The 32 px at the foot: what runs and how far it is, the last write with Undo, the door to the journal.
class ActivityStrip final : public QWidget {
    Q_OBJECT
public:
    explicit ActivityStrip(engine::Engine &engine, QWidget *parent = nullptr);
    [[nodiscard]] QPushButton *journalButton() const { return m_journal; }
    [[nodiscard]] QPushButton *undoButton() const { return m_undo; }

Q_SIGNALS:
    void undoRequested(qint64 journalId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refreshActivities();
    void refreshWrite();

    engine::Engine &m_engine;
    QProgressBar *m_progress;
    ElidedLabel *m_title;
    TextLabel *m_amount;
    QPushButton *m_cancel;
    TextLabel *m_more;
    TextLabel *m_writeTitle;
    TextLabel *m_tile;
    ElidedLabel *m_write;
    TextLabel *m_age;
    QPushButton *m_undo;
    QPushButton *m_journal;
    quint64 m_activityId = 0;
    qint64 m_writeId = 0;
};

/// Why the entry can't be undone from here and now; empty when it can.
[[nodiscard]] QString undoObstacle(const engine::JournalEntry &entry, const engine::ContextInfo &current);

} // namespace fairway::ui
