#include "widgets/routes/split_geometry.h"

#include "widgets/routes/split_model.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace fairway::ui {

SplitGeometry::SplitGeometry(const QList<qint64> &weights, int width, int minWidth)
    : m_weights(weights), m_minWidth(minWidth)
{
    const int count = static_cast<int>(weights.size());
    if (count == 0 || width <= 0) {
        m_widths.fill(0, count);
        return;
    }
    if (width <= minWidth * count) {
        m_minWidth = width / count;
    }
    // Fair shares first; what falls below the grip is lifted to it, and only the wide ones pay for that.
    QList<bool> lifted(count, false);
    m_widths.fill(0, count);
    for (bool again = true; again;) {
        again = false;
        int room = width;
        QList<qint64> parts;
        QList<int> where;
        for (int i = 0; i < count; ++i) {
            if (lifted[i]) {
                room -= m_minWidth;
            } else {
                parts.append(weights[i]);
                where.append(i);
            }
        }
        const QList<qint64> shares = apportion(room, parts);
        for (int i = 0; i < static_cast<int>(where.size()); ++i) {
            m_widths[where[i]] = static_cast<int>(shares[i]);
            if (shares[i] < m_minWidth) {
                lifted[where[i]] = true;
                m_widths[where[i]] = m_minWidth;
                again = true;
            }
        }
    }
    // All lifted: the pixels left over by integer division belong to the last one.
    m_widths.last() += width - std::accumulate(m_widths.begin(), m_widths.end(), 0);
}

int SplitGeometry::left(qsizetype segment) const
{
    int x = 0;
    for (qsizetype i = 0; i < segment && i < m_widths.size(); ++i) {
        x += m_widths[i];
    }
    return x;
}

qsizetype SplitGeometry::dividerAt(int x, int reach) const
{
    qsizetype best = -1;
    int bestDistance = reach + 1;
    for (qsizetype d = 0; d + 1 < size(); ++d) {
        const int distance = std::abs(x - dividerX(d));
        if (distance < bestDistance || (distance == bestDistance && x > dividerX(d))) {
            best = d;
            bestDistance = distance;
        }
    }
    return best;
}

qint64 SplitGeometry::leftWeightAt(qsizetype divider, int x) const
{
    const qint64 pair = m_weights.value(divider) + m_weights.value(divider + 1);
    const int from = left(divider);
    const int span = width(divider) + width(divider + 1) - 2 * m_minWidth;
    if (span <= 0 || pair <= 0) {
        return m_weights.value(divider);
    }
    const int offset = std::clamp(x - from - m_minWidth, 0, span);
    return qRound64(static_cast<double>(offset) / span * static_cast<double>(pair));
}

} // namespace fairway::ui
