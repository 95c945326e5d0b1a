#include "widgets/routes/split_grip.h"

#include "widgets/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QWheelEvent>

namespace fairway::ui {

SplitGrip::SplitGrip(QWidget *parent)
    : QSlider(Qt::Horizontal, parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SplitHCursor);
    setSingleStep(1);
    setPageStep(10);
    setAttribute(Qt::WA_NoSystemBackground);
    // Set from outside (a screen reader, a test driver): the same as moving it there.
    connect(this, &QSlider::valueChanged, this, [this](int now) { Q_EMIT placed(now); });
}

void SplitGrip::show(int maximumValue, int newValue)
{
    const QSignalBlocker quiet(this);
    setRange(0, maximumValue);
    setValue(newValue);
    update();
}

void SplitGrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF grip((width() - paintedWidth) / 2.0 + 0.5, 0.5, paintedWidth - 1, height() - 1);
    const bool isLit = hasFocus() || m_isDragging || underMouse();
    painter.setBrush(theme().color(Token::Raised));
    painter.setPen(QPen(theme().color(isLit ? Token::Accent : Token::Muted), hasFocus() || m_isDragging ? 2 : 1));
    painter.drawRoundedRect(grip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(QPen(theme().color(Token::Text), 1));
    const double middle = grip.center().x();
    for (const double x : {middle - 1.5, middle + 1.5}) {
        painter.drawLine(QPointF(x, height() / 2.0 - 6), QPointF(x, height() / 2.0 + 6));
    }
}

void SplitGrip::keyPressEvent(QKeyEvent *event)
{
    const qint64 step = event->modifiers().testFlag(Qt::ShiftModifier) ? pageStep() : singleStep();
    qint64 delta = 0;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        delta = -step;
        break;
    case Qt::Key_Right:
    case Qt::Key_Up:
        delta = step;
        break;
    case Qt::Key_PageUp:
        delta = pageStep();
        break;
    case Qt::Key_PageDown:
        delta = -pageStep();
        break;
    case Qt::Key_Home:
        delta = -maximum();
        break;
    case Qt::Key_End:
        delta = maximum();
        break;
    default:
        event->ignore(); // Tab goes on to the next divider, Ctrl+Z to the page.
        return;
    }
    if (!event->isAutoRepeat()) {
        Q_EMIT gestureBegan();
    }
    Q_EMIT stepped(delta);
}

void SplitGrip::keyReleaseEvent(QKeyEvent *event)
{
    if (!event->isAutoRepeat()) {
        Q_EMIT gestureEnded();
    }
}

void SplitGrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_grabOffset = qRound(event->position().x()) - width() / 2;
        m_isDragging = true;
        setFocus(Qt::MouseFocusReason);
        Q_EMIT gestureBegan();
        update();
    }
}

void SplitGrip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isDragging) {
        Q_EMIT dragged(mapToParent(event->position().toPoint()) - QPoint(m_grabOffset, 0));
    }
}

void SplitGrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_isDragging) {
        m_isDragging = false;
        Q_EMIT gestureEnded();
        update();
    }
}

void SplitGrip::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // The page scrolls; traffic never moves by accident.
}

void SplitGrip::focusInEvent(QFocusEvent *event)
{
    QSlider::focusInEvent(event);
    update();
}

void SplitGrip::focusOutEvent(QFocusEvent *event)
{
    Q_EMIT gestureEnded();
    QSlider::focusOutEvent(event);
    update();
}

} // namespace fairway::ui
