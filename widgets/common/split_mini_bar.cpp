#include "widgets/common/split_mini_bar.h"

#include "widgets/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace fairway::ui {

void paintMiniBar(QPainter &painter, const QRectF &rect, const QList<qint64> &weights, const QList<engine::Role> &roles)
{
    const Theme &t = theme();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    painter.setClipPath(shape, Qt::IntersectClip);
    double total = 0;
    qsizetype shown = 0;
    for (const qint64 weight : weights) {
        total += double(std::max<qint64>(0, weight));
        shown += weight > 0;
    }
    if (total <= 0) {
        painter.fillRect(rect, t.color(Token::Line));
        painter.restore();
        return;
    }
    const double room = rect.width() - double(shown - 1);
    double x = rect.left();
    for (qsizetype i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0)
            continue;
        // The last one takes what rounding left over.
        const double width = std::max(2.0, room * double(weights[i]) / total);
        const QRectF segment(x, rect.top(), --shown == 0 ? rect.right() - x : width, rect.height());
        t.fillRole(painter, segment, i < roles.size() ? roles[i] : engine::Role::Other);
        x += width + 1;
    }
    painter.restore();
}

SplitMiniBar::SplitMiniBar(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(6);
}

void SplitMiniBar::setSplit(const QList<qint64> &weights, const QList<engine::Role> &roles)
{
    if (m_weights == weights && m_roles == roles)
        return;
    m_weights = weights;
    m_roles = roles;
    update();
}

void SplitMiniBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintMiniBar(painter, rect(), m_weights, m_roles);
}

} // namespace fairway::ui
