#include "core/proxy/splitter.h"

#include <numeric>
#include <utility>

namespace fairway::proxy {

Splitter::Splitter(std::vector<std::uint32_t> weights, Split split, Random random)
    : m_weights(std::move(weights))
    , m_credits(m_weights.size(), 0)
    , m_sum(std::accumulate(m_weights.begin(), m_weights.end(), std::int64_t {0}))
    , m_split(split)
    , m_random(random)
{
}

int Splitter::pick()
{
    if (m_sum == 0) {
        return -1;
    }
    if (m_weights.size() == 1) {
        return 0;
    }
    return m_split == Split::Exact ? pickExact() : pickRandom();
}

int Splitter::pickExact()
{
    std::size_t best = 0;
    for (std::size_t i = 0; i < m_weights.size(); ++i) {
        m_credits[i] += m_weights[i];
        if (m_credits[i] > m_credits[best]) {
            best = i;
        }
    }
    m_credits[best] -= m_sum;
    return static_cast<int>(best);
}

int Splitter::pickRandom()
{
    auto left = static_cast<std::int64_t>(m_random.next() % static_cast<std::uint64_t>(m_sum));
    for (std::size_t i = 0; i < m_weights.size(); ++i) {
        left -= m_weights[i];
        if (left < 0) {
            return static_cast<int>(i);
        }
    }
    return -1; // Not reached: the number is below the sum.
}

} // namespace fairway::proxy
