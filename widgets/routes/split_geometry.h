#pragma once

#include <QList>

namespace fairway::ui {

/// Where the segments of a split bar stand.
///
/// Every segment gets at least `minWidth` (so that a row at 0 % can still be gripped), the rest is shared out by weight;
/// when there is no room for that, all get the same. Integer pixels that add up to `width` exactly.
/// Source: the 24-pixel grip of the split bar's design.
class SplitGeometry {
public:
    SplitGeometry() = default;
    SplitGeometry(const QList<qint64> &weights, int width, int minWidth);

    [[nodiscard]] qsizetype size() const { return m_widths.size(); }
    [[nodiscard]] int left(qsizetype segment) const;
    [[nodiscard]] int width(qsizetype segment) const { return m_widths.value(segment); }
    [[nodiscard]] int dividerX(qsizetype divider) const { return left(divider + 1); }
    /// The divider nearest to x within `reach` pixels, or -1. Of two at the same distance the right one wins when x lies
    /// right of both, so that stacked grips can be told apart.
    [[nodiscard]] qsizetype dividerAt(int x, int reach) const;
    /// The weight of the divider's left row when the divider is dragged to x: the inverse of the layout for this pair.
    [[nodiscard]] qint64 leftWeightAt(qsizetype divider, int x) const;

private:
    QList<qint64> m_weights;
    QList<int> m_widths;
    int m_minWidth = 0;
};

} // namespace fairway::ui
