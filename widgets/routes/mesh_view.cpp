#include "widgets/routes/mesh_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace fairway::ui {
namespace {

constexpr double LeastZoom = 0.1;
constexpr double MostZoom = 4;

} // namespace

MeshView::MeshView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Mesh"));
}

void MeshView::setPicture(const engine::MeshPicture &picture)
{
    m_places.clear();
    m_drawing.load(picture.svg);
    for (const auto &[element, routeId] : picture.rules) {
        const QTransform toDrawing = m_drawing.transformForElement(element);
        m_places.append({toDrawing.mapRect(m_drawing.boundsOnElement(element)), routeId});
    }
    if (m_isFitted) {
        fit();
    } else {
        updateBars();
        viewport()->update();
    }
}

QPointF MeshView::origin() const
{
    const QSizeF size = QSizeF(m_drawing.defaultSize()) * m_zoom;
    const QSizeF room = viewport()->size();
    // What is smaller than the window stands in its middle.
    return {size.width() < room.width() ? (room.width() - size.width()) / 2 : -horizontalScrollBar()->value(),
        size.height() < room.height() ? (room.height() - size.height()) / 2 : -verticalScrollBar()->value()};
}

void MeshView::paintEvent(QPaintEvent *)
{
    if (!m_drawing.isValid()) {
        return;
    }
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    m_drawing.render(&painter, QRectF(origin(), QSizeF(m_drawing.defaultSize()) * m_zoom));
}

void MeshView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_isFitted) {
        fit();
    } else {
        updateBars();
    }
}

void MeshView::updateBars()
{
    const QSizeF size = QSizeF(m_drawing.defaultSize()) * m_zoom;
    const auto set = [](QScrollBar *bar, double all, int shown) {
        bar->setRange(0, std::max(0, static_cast<int>(std::ceil(all)) - shown));
        bar->setPageStep(shown);
        bar->setSingleStep(40);
    };
    set(horizontalScrollBar(), size.width(), viewport()->width());
    set(verticalScrollBar(), size.height(), viewport()->height());
}

void MeshView::fit()
{
    m_isFitted = true;
    const QSizeF size = m_drawing.defaultSize();
    if (!size.isEmpty()) {
        m_zoom = std::clamp(std::min({1.0, viewport()->width() / size.width(), viewport()->height() / size.height()}), LeastZoom, MostZoom);
    }
    updateBars();
    viewport()->update();
}

void MeshView::zoomTo(double zoom, const QPointF &anchor)
{
    m_isFitted = false;
    const QPointF fixed = (anchor - origin()) / m_zoom; // this point of the drawing stays below the pointer
    m_zoom = std::clamp(zoom, LeastZoom, MostZoom);
    updateBars();
    const QPointF wanted = fixed * m_zoom - anchor;
    horizontalScrollBar()->setValue(static_cast<int>(std::round(wanted.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::round(wanted.y())));
    viewport()->update();
}

void MeshView::zoomBy(double factor)
{
    zoomTo(m_zoom * factor, QRectF(viewport()->rect()).center());
}

void MeshView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomTo(m_zoom * std::pow(1.0015, event->angleDelta().y()), event->position());
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

const MeshView::Place *MeshView::placeAt(const QPointF &at) const
{
    const QPointF inside = (at - origin()) / m_zoom;
    // The renderer's own view box may differ from its size in pixels.
    const QRectF box = m_drawing.viewBoxF();
    const QSizeF size = m_drawing.defaultSize();
    const QPointF point(box.x() + inside.x() * box.width() / std::max(1.0, size.width()), box.y() + inside.y() * box.height() / std::max(1.0, size.height()));
    const auto found = std::find_if(m_places.begin(), m_places.end(), [&](const Place &place) { return place.box.contains(point); });
    return found == m_places.end() ? nullptr : &*found;
}

void MeshView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = m_last = event->position().toPoint();
    m_isDragged = false;
}

void MeshView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint now = event->position().toPoint();
    if (!event->buttons().testFlag(Qt::LeftButton)) {
        const Place *place = placeAt(event->position());
        viewport()->setCursor(place != nullptr ? Qt::PointingHandCursor : Qt::OpenHandCursor);
        viewport()->setToolTip(place != nullptr ? tr("Open %1").arg(place->routeId) : QString());
        return;
    }
    m_isDragged |= (now - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (m_isDragged) {
        viewport()->setCursor(Qt::ClosedHandCursor);
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (now - m_last).x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - (now - m_last).y());
    }
    m_last = now;
}

void MeshView::mouseReleaseEvent(QMouseEvent *event)
{
    const Place *place = placeAt(event->position());
    if (!m_isDragged && event->button() == Qt::LeftButton && place != nullptr) {
        Q_EMIT routeChosen(place->routeId);
    }
}

void MeshView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(1.25);
        break;
    case Qt::Key_Minus:
        zoomBy(0.8);
        break;
    case Qt::Key_0:
        fit();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace fairway::ui
