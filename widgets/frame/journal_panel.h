#pragma once

#include "core/engine/engine.h"

#include <QModelIndex>
#include <QWidget>

class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;

namespace fairway::ui {

class CodeView;
class DiffWidget;
class EmptyState;
class JournalModel;
class TextLabel;

/// Every write of this workstation: filter, what it changed, Undo per entry, copy. Stands at the right of the page.
class JournalPanel final : public QWidget {
    Q_OBJECT
public:
    explicit JournalPanel(engine::Engine &engine, QWidget *parent = nullptr);
    [[nodiscard]] QListView *list() const { return m_list; }
    [[nodiscard]] QPushButton *undoButton() const { return m_undo; }

Q_SIGNALS:
    void undoRequested(qint64 journalId);
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    void showEntry();
    void copyEntry();
    [[nodiscard]] const engine::JournalEntry *selected() const;

    engine::Engine &m_engine;
    JournalModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QLineEdit *m_filter;
    QListView *m_list;
    EmptyState *m_empty;
    QWidget *m_details;
    TextLabel *m_facts;
    DiffWidget *m_diff;
    QPushButton *m_undo;
    QPushButton *m_copy;
};

} // namespace fairway::ui
