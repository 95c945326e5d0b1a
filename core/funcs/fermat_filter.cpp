#include "core/funcs/fermat_filter.h"

#include <string.h> // NOLINT: explicit_bzero

namespace fairway::funcs {

FermatFilter::FermatFilter(std::size_t bits)
{
    // Sums of `count` products of digits, doubled on both sides and with a multiple of the modulus, must fit into 64 bits, and at least
    // eight bits must be left above the number.
    constexpr std::size_t spare = 8;
    m_numbers.bits = bits;
    m_numbers.width = bits <= 1024 ? 28 : 27;
    m_numbers.count = (bits + spare + m_numbers.width - 1) / m_numbers.width;
}

FermatFilter::~FermatFilter()
{
    explicit_bzero(&m_numbers, sizeof m_numbers);
}

void FermatFilter::setNumber(std::size_t lane, const unsigned char *number, const unsigned char *one)
{
    const std::size_t size = (m_numbers.bits + 7) / 8;
    const std::uint64_t mask = (std::uint64_t {1} << m_numbers.width) - 1;
    const auto split = [&](const unsigned char *bytes, Digit *digits) {
        std::uint64_t pending = 0;
        std::size_t bits = 0;
        std::size_t next = 0;
        for (std::size_t i = 0; i < m_numbers.count; ++i) {
            for (; bits < m_numbers.width; bits += 8)
                pending |= std::uint64_t {next < size ? bytes[next++] : static_cast<unsigned char>(0)} << bits;
            digits[i].lanes[lane] = pending & mask;
            pending >>= m_numbers.width;
            bits -= m_numbers.width;
        }
    };
    split(number, m_numbers.modulus);
    split(one, m_numbers.one);
    // Newton's iteration doubles the bits that are right: three of any odd number's own.
    const std::uint64_t digit = m_numbers.modulus[0].lanes[lane];
    std::uint64_t inverse = digit;
    for (int bits = 3; bits < 32; bits *= 2)
        inverse *= 2 - digit * inverse;
    m_numbers.inverse.lanes[lane] = (0 - inverse) & mask;
}

#ifdef __x86_64__

bool FermatFilter::isAvailable()
{
    return __builtin_cpu_supports("avx512f") != 0;
}

unsigned FermatFilter::run()
{
    return fermatAvx512(m_numbers);
}

#else

bool FermatFilter::isAvailable()
{
    return false;
}

unsigned FermatFilter::run()
{
    return (1U << laneCount) - 1;
}

#endif

} // namespace fairway::funcs
