#include "core/funcs/pinned_random.h"

#include "core/funcs/convert.h"
#include "core/funcs/digest.h"

namespace fairway::funcs {

PinnedRandom::PinnedRandom(std::uint64_t seed, std::chrono::system_clock::time_point now)
    : m_seed(seed)
{
    m_clock.now = now;
}

void PinnedRandom::begin()
{
    m_place.clear();
    m_counts.clear();
    m_wasUsed = false;
    m_clock.wasAsked = false;
}

void PinnedRandom::enter(std::string_view place)
{
    m_place = place;
}

std::string PinnedRandom::draw(std::string_view function, std::span<const value::Value> arguments)
{
    m_wasUsed = true;
    std::string name = m_place;
    name.append(1, '\0').append(function);
    for (const value::Value &argument : arguments)
        name.append(1, '\0').append(textOf(argument));
    name = sha256(name); // an argument may be a whole certificate
    const std::size_t count = m_counts[name]++;
    return name + std::to_string(count);
}

std::uint64_t PinnedRandom::seedOf(std::string_view draw) const
{
    const std::string digest = sha256(std::to_string(m_seed) + " " + std::string(draw));
    std::uint64_t seed = 0;
    for (std::size_t i = 0; i < sizeof seed; ++i)
        seed = seed << 8U | static_cast<unsigned char>(digest[i]);
    return seed;
}

const value::Value *PinnedRandom::kept(const std::string &draw) const
{
    const auto found = m_kept.find(draw);
    return found == m_kept.end() ? nullptr : &found->second;
}

void PinnedRandom::keep(std::string draw, value::Value made)
{
    constexpr std::size_t most = 10'000;
    if (m_kept.size() < most)
        m_kept.emplace(std::move(draw), std::move(made));
}

} // namespace fairway::funcs
