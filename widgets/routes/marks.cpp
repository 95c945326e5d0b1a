#include "widgets/routes/marks.h"

#include "widgets/theme/icons.h"

#include <QPainter>

namespace fairway::ui {

RoleSwatch::RoleSwatch(engine::Role role, QWidget *parent)
    : QWidget(parent), m_role(role)
{
    setFixedSize(sizeHint());
}

void RoleSwatch::setRole(engine::Role role)
{
    m_role = role;
    update();
}

void RoleSwatch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().roleColor(m_role));
    painter.drawRoundedRect(QRectF(0.5, 0.5, 8, 8), 2, 2);
}

IconMark::IconMark(const QString &icon, Token color, int size, QWidget *parent)
    : QWidget(parent), m_icon(icon), m_color(color), m_size(size)
{
    setFixedSize(size, size);
}

void IconMark::setIcon(const QString &icon, Token color)
{
    m_icon = icon;
    m_color = color;
    update();
}

void IconMark::paintEvent(QPaintEvent *)
{
    if (!m_icon.isEmpty()) {
        QPainter painter(this);
        paintLineIcon(painter, m_icon, theme().color(m_color), QPointF(0, 0), m_size);
    }
}

LineSample::LineSample(Style style, engine::Role role, QWidget *parent)
    : QWidget(parent), m_style(style), m_role(role)
{
    setFixedSize(sizeHint());
}

void LineSample::setRole(engine::Role role)
{
    m_role = role;
    update();
}

void LineSample::setNeutral(bool isNeutral)
{
    m_isNeutral = isNeutral;
    update();
}

void LineSample::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor color = m_isNeutral ? theme().color(Token::Muted) : theme().roleColor(m_role);
    if (m_style == Style::Faint) {
        color.setAlphaF(0.5F);
    }
    QPen pen(color, 2);
    if (m_style == Style::Dashed) {
        pen.setDashPattern({2, 1.5});
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(0, height() / 2.0), QPointF(width(), height() / 2.0));
}

} // namespace fairway::ui
