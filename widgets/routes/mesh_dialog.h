#pragma once

#include "core/engine/engine.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace fairway::ui {

class EmptyState;
class MeshView;
class TextLabel;

/// All routes shown, as one picture: gateways, hosts, rules, destinations, pods. Filtered, zoomed, saved as SVG; a rule pressed opens it.
/// Follows the cluster. Deletes itself when closed.
/// Keys: Ctrl+F filter, + - 0 zoom, Ctrl+S save.
class MeshDialog final : public QDialog {
    Q_OBJECT
public:
    MeshDialog(engine::RouteService &routes, QWidget *parent);

Q_SIGNALS:
    void routeChosen(const QString &routeId);

private:
    void build();
    void draw();
    void take(const engine::MeshPicture &picture);
    void save();

    engine::RouteService &m_routes;
    QTimer *m_timer; ///< Several changes make one drawing.
    QByteArray m_svg;
    QLineEdit *m_filter;
    QPushButton *m_broken;
    QPushButton *m_save;
    TextLabel *m_state;
    QStackedWidget *m_stack;
    MeshView *m_view;
    EmptyState *m_empty;
};

} // namespace fairway::ui
