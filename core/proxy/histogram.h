#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fairway::proxy {

/// Log-linear buckets over microseconds: 16 a doubling, so a quantile is off by at most 6.25 %. 0 us to 71 minutes, fixed size.
struct HistogramLayout {
    static constexpr unsigned kSubBits = 4;
    static constexpr std::size_t kBuckets = (32 - kSubBits + 1) << kSubBits;

    [[nodiscard]] static constexpr std::size_t bucketOf(std::uint64_t micros)
    {
        const std::uint32_t value = micros > 0xFFFFFFFFu ? 0xFFFFFFFFu : static_cast<std::uint32_t>(micros);
        if (value < (1u << kSubBits)) {
            return value;
        }
        const unsigned top = static_cast<unsigned>(std::bit_width(value)) - 1;
        const unsigned shift = top - kSubBits;
        return (std::size_t {shift + 1} << kSubBits) + ((value >> shift) & ((1u << kSubBits) - 1));
    }
    /// Smallest value that falls into the bucket.
    [[nodiscard]] static constexpr std::uint64_t lowerBound(std::size_t bucket)
    {
        const std::size_t block = bucket >> kSubBits;
        const std::uint64_t offset = bucket & ((1u << kSubBits) - 1);
        return block == 0 ? offset : (offset + (1u << kSubBits)) << (block - 1);
    }
};

/// Counts as read at one moment.
struct HistogramSnapshot {
    std::array<std::uint64_t, HistogramLayout::kBuckets> counts {};
    std::uint64_t total = 0;
    std::uint64_t sumMicros = 0;

    void add(const HistogramSnapshot &other);
    /// What happened since `earlier`.
    [[nodiscard]] HistogramSnapshot since(const HistogramSnapshot &earlier) const;
    /// In microseconds, interpolated inside the bucket; 0 without samples. q in [0, 1].
    [[nodiscard]] double quantile(double q) const;
};

/// Written by one thread, read by any: plain loads and stores with relaxed order, no locked instruction.
class Histogram {
public:
    void record(std::uint64_t micros)
    {
        bump(m_counts[HistogramLayout::bucketOf(micros)], 1);
        bump(m_sumMicros, micros);
    }
    [[nodiscard]] HistogramSnapshot snapshot() const;

private:
    static void bump(std::atomic<std::uint64_t> &value, std::uint64_t by)
    {
        value.store(value.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }
    std::array<std::atomic<std::uint64_t>, HistogramLayout::kBuckets> m_counts {};
    std::atomic<std::uint64_t> m_sumMicros {0};
};

} // namespace fairway::proxy
