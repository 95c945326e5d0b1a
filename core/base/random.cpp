#include "core/base/random.h"

#include <sys/random.h>

#include <bit>
#include <cstdlib>

namespace fairway {
namespace {

    void fillRandom(void *buffer, std::size_t size)
    {
        // getrandom() with small sizes neither fails nor is cut short once the pool is ready.
        if (::getrandom(buffer, size, 0) != static_cast<ssize_t>(size))
            std::abort();
    }

    std::uint64_t splitmix(std::uint64_t &state)
    {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

} // namespace

Random::Random(std::uint64_t seed)
{
    for (std::uint64_t &word : m_state)
        word = splitmix(seed);
}

Random::Random()
{
    fillRandom(m_state, sizeof m_state);
    m_state[0] |= 1; // an all-zero state would stay zero
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t shifted = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= shifted;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t bound)
{
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        const std::uint64_t threshold = (0 - bound) % bound;
        while (static_cast<std::uint64_t>(product) < threshold)
            product = static_cast<Wide>(next()) * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
}

double Random::unit()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::string randomHex(unsigned bytes)
{
    static constexpr char Digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes * 2);
    for (unsigned i = 0; i < bytes; ++i) {
        unsigned char byte = 0;
        fillRandom(&byte, 1);
        out += Digits[byte >> 4];
        out += Digits[byte & 15];
    }
    return out;
}

std::string randomUuid()
{
    std::string hex = randomHex(16);
    hex[12] = '4';
    static constexpr char Variant[] = "89ab";
    hex[16] = Variant[(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') & 3];
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' + hex.substr(20);
}

} // namespace fairway
