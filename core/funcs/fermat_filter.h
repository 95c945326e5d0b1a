#pragma once

#include <cstddef>
#include <cstdint>

namespace fairway::funcs {

/// Sorts out composite numbers many at a time, with the vector instructions of the processor: what a search for a large prime spends
/// nearly all its time on. What it lets pass still has to be tested as if it had not been seen here.
///
/// Shape:   all numbers of one filter have the same count of bits, at most `mostBits`, and are odd.
/// Threads: one at a time.
class FermatFilter {
public:
    static constexpr std::size_t laneCount = 8;
    static constexpr std::size_t mostBits = 2048;

    /// Whether the processor can do this.
    [[nodiscard]] static bool isAvailable();

    explicit FermatFilter(std::size_t bits);
    ~FermatFilter();
    FermatFilter(const FermatFilter &) = delete;
    FermatFilter &operator=(const FermatFilter &) = delete;
    FermatFilter(FermatFilter &&) = delete;
    FermatFilter &operator=(FermatFilter &&) = delete;

    /// The power of two that `one` of setNumber() is made from.
    [[nodiscard]] std::size_t powerOfOne() const { return m_numbers.count * m_numbers.width; }
    /// `number` and `one`, which is 2^powerOfOne() modulo the number: their bytes, lowest first, bits / 8 (rounded up) of each.
    void setNumber(std::size_t lane, const unsigned char *number, const unsigned char *one);
    /// A bit for each lane whose number may be prime; no prime is missing. All lanes must have been set once.
    [[nodiscard]] unsigned run();

    // For what is compiled for one kind of processor.

    struct Digit {
        alignas(64) std::uint64_t lanes[laneCount];
    };
    static constexpr std::size_t padding = 3; ///< Digits that are always 0 above a number's own.
    static constexpr std::size_t mostDigits = 77 + padding;

    /// Numbers in digits of `width` bits, lowest first.
    struct Numbers {
        std::size_t bits;
        std::size_t width;
        std::size_t count;
        Digit inverse; ///< Of the negative number, modulo 2^width.
        Digit modulus[mostDigits];
        Digit one[mostDigits];
        Digit power[mostDigits];
        Digit doubled[mostDigits];
        Digit square[2 * mostDigits];
    };

private:
    Numbers m_numbers {};
};

/// For processors with AVX-512.
[[nodiscard]] unsigned fermatAvx512(FermatFilter::Numbers &numbers);

} // namespace fairway::funcs
