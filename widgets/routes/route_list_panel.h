#pragma once

#include "core/engine/engine.h"

#include <QHash>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QTimer;
class QToolButton;
class QTreeView;

namespace fairway::ui {

class EmptyState;
class RouteFilter;
class RouteListModel;
class TextLabel;

/// The left column: title with the number of routes, a text filter, the chips In flight, Problem and Mine with counts, and
/// the list grouped by host. Keeps selection and scroll while rows change.
class RouteListPanel final : public QWidget {
    Q_OBJECT
public:
    RouteListPanel(engine::RouteService &routes, engine::ContextService &contexts, QWidget *parent = nullptr);

    [[nodiscard]] QString currentRoute() const { return m_current; }
    /// Chooses a route; a filter that hides it is lifted. Remembered when the route is not there yet.
    void setCurrentRoute(const QString &routeId);
    void chooseFirst(); ///< The first split in flight, else the first route.
    void setNarrow(bool isNarrow); ///< Chips without their counts, which the tool tips then say.
    void focusFilter();
    void focusList();

Q_SIGNALS:
    void routeChosen(const QString &routeId);
    void exploreRequested();

private:
    void refresh();
    void refreshChips();
    void refreshState();
    void showCurrent();
    void onCurrentChanged(const QModelIndex &index);

    engine::RouteService &m_routes;
    engine::ContextService &m_contexts;
    RouteListModel *m_model;
    RouteFilter *m_filter;
    TextLabel *m_count;
    QToolButton *m_filterButton;
    QLineEdit *m_text;
    QHash<int, QPushButton *> m_chips;
    QTreeView *m_view;
    EmptyState *m_empty;
    QTimer *m_flash;
    QString m_current;
    bool m_isNarrow = false;
    bool m_isShowing = false; ///< The view follows us, not the user.
};

} // namespace fairway::ui
