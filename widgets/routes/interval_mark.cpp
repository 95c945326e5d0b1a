#include "widgets/routes/interval_mark.h"

#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace fairway::ui {

IntervalMark::IntervalMark(QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(sizeHint());
}

void IntervalMark::setInterval(double spec, double low, double share, double high, engine::Role role, double reach)
{
    m_isEmpty = false;
    m_spec = spec;
    m_low = low;
    m_share = share;
    m_high = high;
    m_role = role;
    m_reach = reach;
    update();
}

void IntervalMark::setEmpty()
{
    m_isEmpty = true;
    update();
}

void IntervalMark::paintEvent(QPaintEvent *)
{
    if (m_isEmpty) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = height() / 2.0;
    const double left = 1.5;
    const double right = width() - 1.5;
    painter.setPen(QPen(theme().color(Token::Line), 1));
    painter.drawLine(QPointF(left, middle), QPointF(right, middle));
    for (const double x : {left, right}) {
        painter.drawLine(QPointF(x, middle - 3), QPointF(x, middle + 3));
    }
    const auto at = [&](double share) {
        const double part = std::clamp((share - m_spec) / m_reach, -1.0, 1.0);
        return (left + right) / 2 + part * (right - left) / 2;
    };
    QColor band = theme().roleColor(m_role);
    band.setAlphaF(0.5F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(band);
    const double from = at(m_low);
    painter.drawRoundedRect(QRectF(from, middle - 3.5, std::max(2.0, at(m_high) - from), 7), 2, 2);
    painter.setPen(QPen(theme().color(Token::Text), 1, Qt::DotLine));
    painter.drawLine(QPointF(at(m_spec), middle - 6), QPointF(at(m_spec), middle + 6));
    painter.setPen(QPen(theme().roleColor(m_role), 2));
    painter.drawLine(QPointF(at(m_share), middle - 6), QPointF(at(m_share), middle + 6));
}

} // namespace fairway::ui
