#ifdef __x86_64__

#include "core/funcs/fermat_filter.h"

#include <immintrin.h>

// This file is compiled for processors that have AVX-512: nothing in it may be shared with the rest of the program but data.

namespace fairway::funcs {

namespace {

using Lanes = std::uint64_t __attribute__((vector_size(sizeof(FermatFilter::Digit))));

/// Of the lower halves of each lane.
Lanes product(Lanes a, Lanes b)
{
    return reinterpret_cast<Lanes>(_mm512_maskz_mul_epu32(0xFF, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}

/// Fermat's test to the base 2 of eight numbers in step: each lane of a vector is a number of its own, so that no carry has to cross a
/// vector. No step depends on a number's digits: how long it takes says nothing of them.
class EightTests {
public:
    explicit EightTests(FermatFilter::Numbers &numbers)
        : m_bits(numbers.bits)
        , m_width(numbers.width)
        , m_count(numbers.count)
        , m_mask((std::uint64_t {1} << m_width) - 1)
        , m_inverse(*lanes(&numbers.inverse))
        , m_modulus(lanes(numbers.modulus))
        , m_one(lanes(numbers.one))
        , m_power(lanes(numbers.power))
        , m_doubled(lanes(numbers.doubled))
        , m_square(lanes(numbers.square))
    {
    }

    /// A bit for each lane whose number passes.
    unsigned run()
    {
        for (std::size_t i = 0; i < m_count; ++i)
            m_power[i] = m_one[i] << 1U;
        // 2 to the number less one: its highest bit is taken above, its lowest is 0.
        for (std::size_t bit = m_bits - 1; bit-- > 0;) {
            square();
            reduce(bit > 0 ? m_modulus[bit / m_width] >> (bit % m_width) & 1U : Lanes {});
        }
        // Out of Montgomery's form.
        for (std::size_t i = 0; i < m_count; ++i) {
            m_square[i] = m_power[i];
            m_square[m_count + i] = Lanes {};
        }
        reduce(Lanes {});
        Lanes difference = m_power[0] ^ 1U;
        for (std::size_t i = 1; i < m_count; ++i)
            difference |= m_power[i];
        unsigned passed = 0;
        for (unsigned lane = 0; lane < FermatFilter::laneCount; ++lane)
            passed |= (difference[lane] == 0 ? 1U : 0U) << lane;
        return passed;
    }

private:
    static constexpr std::size_t rows = 4; ///< Rows of products that are added up in one go: as many fewer loads and stores.
    static_assert(rows <= FermatFilter::padding + 1);

    static Lanes *lanes(FermatFilter::Digit *digits) { return reinterpret_cast<Lanes *>(digits); }

    /// Adds `factors`, each a digit further up than the one before, times `digits`.
    static void addRows(Lanes *sums, const Lanes *digits, const Lanes *factors, std::size_t count)
    {
        const Lanes a = factors[0];
        const Lanes b = factors[1];
        const Lanes c = factors[2];
        const Lanes d = factors[3];
        for (; count > 0; --count, ++sums, ++digits)
            *sums += (product(a, digits[0]) + product(b, digits[-1])) + (product(c, digits[-2]) + product(d, digits[-3]));
    }

    /// square = power * power, not yet carried.
    void square()
    {
        for (std::size_t i = 0; i < m_count; ++i)
            m_doubled[i] = m_power[i] << 1U;
        for (std::size_t i = 0; i < 2 * m_count + FermatFilter::padding; ++i)
            m_square[i] = Lanes {};
        std::size_t row = 0;
        for (; row + rows <= m_count; row += rows) {
            addCorner(row, row + rows);
            for (std::size_t i = row; i < row + rows; ++i)
                m_doubled[i] = Lanes {}; // done with these
            addRows(m_square + 2 * row + rows, m_doubled + row + rows, m_power + row, m_count - row - 1);
        }
        addCorner(row, m_count);
    }

    /// The products of the digits from `begin` to `end` with each other.
    void addCorner(std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i) {
            m_square[2 * i] += product(m_power[i], m_power[i]);
            for (std::size_t j = i + 1; j < end; ++j)
                m_square[i + j] += product(m_power[i], m_doubled[j]);
        }
    }

    /// power = square / R modulo the number, and each lane whose `doubles` is 1 twice that: its digits may then have a bit more.
    /// Source: Montgomery, "Modular multiplication without trial division" (1985); nothing is subtracted in the end, as R is so much
    /// larger than the number that no result outgrows it by more than a hundredth.
    void reduce(Lanes doubles)
    {
        Lanes carry {};
        Lanes factors[rows] {};
        // The next factors depend on the first of the sums before them only: those are added up first, the others while the processor
        // is waiting for the factors.
        const Lanes *rest = m_modulus;
        std::size_t restCount = 0;
        std::size_t row = 0;
        for (; row + rows <= m_count; row += rows) {
            Lanes next[rows];
            for (std::size_t i = 0; i < rows; ++i) {
                Lanes sum = m_square[row + i] + carry;
                for (std::size_t j = 0; j < i; ++j)
                    sum += product(next[j], m_modulus[i - j]);
                next[i] = factor(sum, carry);
            }
            addRows(m_square + row + rows, rest, factors, restCount);
            for (std::size_t i = 0; i < rows; ++i)
                factors[i] = next[i];
            addRows(m_square + row + rows, m_modulus + rows, factors, rows);
            rest = m_modulus + 2 * rows;
            restCount = m_count - 1 - rows;
        }
        addRows(m_square + row + rows, rest, factors, restCount);
        for (; row < m_count; ++row) {
            const Lanes last = factor(m_square[row] + carry, carry);
            for (std::size_t j = 1; j < m_count; ++j)
                m_square[row + j] += product(last, m_modulus[j]);
        }
        for (std::size_t i = 0; i < m_count; ++i) {
            const Lanes sum = m_square[m_count + i] + carry;
            m_power[i] = (sum & m_mask) << doubles;
            carry = sum >> m_width;
        }
    }

    /// How often the number is added to make the lowest digit of `sum` zero, and what is carried from there.
    Lanes factor(Lanes sum, Lanes &carry) const
    {
        const Lanes out = product(sum, m_inverse) & m_mask;
        carry = (sum + product(out, m_modulus[0])) >> m_width;
        return out;
    }

    const std::size_t m_bits;
    const std::size_t m_width;
    const std::size_t m_count;
    const std::uint64_t m_mask;
    const Lanes m_inverse;
    const Lanes *const m_modulus;
    const Lanes *const m_one;
    Lanes *const m_power;
    Lanes *const m_doubled;
    Lanes *const m_square;
};

} // namespace

unsigned fermatAvx512(FermatFilter::Numbers &numbers)
{
    return EightTests(numbers).run();
}

} // namespace fairway::funcs

#endif
