#include "core/proxy/histogram.h"

#include <algorithm>

namespace fairway::proxy {

void HistogramSnapshot::add(const HistogramSnapshot &other)
{
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] += other.counts[i];
    }
    total += other.total;
    sumMicros += other.sumMicros;
}

HistogramSnapshot HistogramSnapshot::since(const HistogramSnapshot &earlier) const
{
    HistogramSnapshot difference;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        difference.counts[i] = counts[i] - std::min(counts[i], earlier.counts[i]);
        difference.total += difference.counts[i];
    }
    difference.sumMicros = sumMicros - std::min(sumMicros, earlier.sumMicros);
    return difference;
}

double HistogramSnapshot::quantile(double q) const
{
    if (total == 0) {
        return 0;
    }
    const double wanted = std::clamp(q, 0.0, 1.0) * static_cast<double>(total);
    double before = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto here = static_cast<double>(counts[i]);
        if (here > 0 && before + here >= wanted) {
            const auto low = static_cast<double>(HistogramLayout::lowerBound(i));
            const auto high = static_cast<double>(HistogramLayout::lowerBound(i + 1));
            return low + (high - low) * std::max(wanted - before, 0.0) / here;
        }
        before += here;
    }
    return static_cast<double>(HistogramLayout::lowerBound(counts.size() - 1));
}

HistogramSnapshot Histogram::snapshot() const
{
    HistogramSnapshot result;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        result.counts[i] = m_counts[i].load(std::memory_order_relaxed);
        result.total += result.counts[i];
    }
    result.sumMicros = m_sumMicros.load(std::memory_order_relaxed);
    return result;
}

} // namespace fairway::proxy
