#pragma once

#include "core/engine/types.h"

#include <QAbstractScrollArea>
#include <QSvgRenderer>

namespace fairway::ui {

/// A drawing of the mesh that can be zoomed and dragged about. A rule pressed is told of.
/// Keys: + and - zoom, 0 fits it in, arrows and pages move.
class MeshView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit MeshView(QWidget *parent = nullptr);

    void setPicture(const engine::MeshPicture &picture);
    void zoomBy(double factor);
    void fit();
    [[nodiscard]] double zoom() const { return m_zoom; }

Q_SIGNALS:
    void routeChosen(const QString &routeId);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Place {
        QRectF box; ///< In the drawing's own coordinates.
        QString routeId;
    };
    void zoomTo(double zoom, const QPointF &anchor);
    void updateBars();
    [[nodiscard]] QPointF origin() const; ///< Where the drawing's corner is in the viewport.
    [[nodiscard]] const Place *placeAt(const QPointF &at) const;

    QSvgRenderer m_drawing;
    QList<Place> m_places;
    double m_zoom = 1;
    bool m_isFitted = true; ///< Follows the window's size until somebody zooms.
    QPoint m_pressed;
    QPoint m_last;
    bool m_isDragged = false;
};

} // namespace fairway::ui
