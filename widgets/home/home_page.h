#pragma once

#include "core/engine/engine.h"
#include "widgets/common/page.h"

#include <QHash>
#include <QList>

class QGridLayout;
class QHBoxLayout;
class QPushButton;
class QScrollArea;

namespace fairway::ui {

class ConcernCard;
class ContextCard;
class EmptyState;
class PageHeader;

/// What needs attention, one card per concern, each a door; what is in line at the right.
class HomePage final : public Page {
    Q_OBJECT
public:
    explicit HomePage(engine::Engine &engine, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refreshContexts();
    void refreshConcerns();
    void arrange();
    void showState();

    engine::Engine &m_engine;
    PageHeader *m_header;
    QPushButton *m_attention;
    QPushButton *m_everything;
    QHBoxLayout *m_contextRow;
    QList<ContextCard *> m_contextCards;
    QScrollArea *m_scroll;
    QGridLayout *m_grid;
    QHash<QString, ConcernCard *> m_cards;
    QList<ConcernCard *> m_order;
    EmptyState *m_state;
    int m_columns = 0;
};

} // namespace fairway::ui
