#include "core/funcs/digest.h"

#include <array>
#include <bit>

namespace fairway::funcs {

namespace {

// Fractional parts of the cube roots of the first primes (FIPS 180-4, section 4.2), computed.
constexpr std::array<std::uint32_t, 64> Constants256 {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
constexpr std::array<std::uint64_t, 80> Constants512 {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

/// The text with the padding all of them use: a one bit, zeros, the length in bits.
std::string padded(std::string_view bytes, std::size_t blockSize)
{
    std::string out(bytes);
    out += static_cast<char>(0x80);
    const std::size_t lengthSize = blockSize / 8;
    while (out.size() % blockSize != blockSize - lengthSize)
        out += '\0';
    out.append(lengthSize - 8, '\0');
    const std::uint64_t bits = std::uint64_t {bytes.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8)
        out += static_cast<char>(bits >> static_cast<unsigned>(shift) & 0xFFU);
    return out;
}

template <typename Word>
Word readWord(const std::string &text, std::size_t at)
{
    Word word = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i)
        word = static_cast<Word>(word << 8U) | static_cast<unsigned char>(text[at + i]);
    return word;
}

template <typename Word, std::size_t Size>
std::string bytesOf(const std::array<Word, Size> &words)
{
    std::string out;
    for (const Word word : words) {
        for (std::size_t i = sizeof(Word); i-- > 0;)
            out += static_cast<char>(word >> (8 * i) & 0xFFU);
    }
    return out;
}

/// What tells SHA-256 from SHA-512: word size, constants, rotations.
template <typename Word>
struct Sha2;

template <>
struct Sha2<std::uint32_t> {
    static constexpr auto &constants = Constants256;
    static constexpr int big0[] = {2, 13, 22};
    static constexpr int big1[] = {6, 11, 25};
    static constexpr int small0[] = {7, 18, 3};
    static constexpr int small1[] = {17, 19, 10};
};

template <>
struct Sha2<std::uint64_t> {
    static constexpr auto &constants = Constants512;
    static constexpr int big0[] = {28, 34, 39};
    static constexpr int big1[] = {14, 18, 41};
    static constexpr int small0[] = {1, 8, 7};
    static constexpr int small1[] = {19, 61, 6};
};

template <typename Word>
std::string sha2(std::string_view bytes, std::array<Word, 8> state)
{
    using Kind = Sha2<Word>;
    constexpr std::size_t blockSize = 16 * sizeof(Word);
    const auto big = [](Word x, const int (&by)[3]) { return std::rotr(x, by[0]) ^ std::rotr(x, by[1]) ^ std::rotr(x, by[2]); };
    const auto small = [](Word x, const int (&by)[3]) { return std::rotr(x, by[0]) ^ std::rotr(x, by[1]) ^ (x >> by[2]); };
    const std::string text = padded(bytes, blockSize);
    std::array<Word, Kind::constants.size()> schedule {};
    for (std::size_t block = 0; block < text.size(); block += blockSize) {
        for (std::size_t i = 0; i < 16; ++i)
            schedule[i] = readWord<Word>(text, block + i * sizeof(Word));
        for (std::size_t i = 16; i < schedule.size(); ++i)
            schedule[i] = schedule[i - 16] + small(schedule[i - 15], Kind::small0) + schedule[i - 7] + small(schedule[i - 2], Kind::small1);
        auto [a, b, c, d, e, f, g, h] = state;
        // Instead of moving eight words on after each round the rounds take them in turn.
        const auto round = [&](Word w0, Word w1, Word w2, Word &w3, Word w4, Word w5, Word w6, Word &w7, std::size_t i) {
            w7 += big(w4, Kind::big1) + ((w4 & w5) ^ (~w4 & w6)) + Kind::constants[i] + schedule[i];
            w3 += w7;
            w7 += big(w0, Kind::big0) + ((w0 & w1) ^ (w0 & w2) ^ (w1 & w2));
        };
        for (std::size_t i = 0; i < schedule.size(); i += 8) {
            round(a, b, c, d, e, f, g, h, i);
            round(h, a, b, c, d, e, f, g, i + 1);
            round(g, h, a, b, c, d, e, f, i + 2);
            round(f, g, h, a, b, c, d, e, i + 3);
            round(e, f, g, h, a, b, c, d, i + 4);
            round(d, e, f, g, h, a, b, c, i + 5);
            round(c, d, e, f, g, h, a, b, i + 6);
            round(b, c, d, e, f, g, h, a, i + 7);
        }
        const std::array<Word, 8> sum {a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < sum.size(); ++i)
            state[i] += sum[i];
    }
    return bytesOf(state);
}

} // namespace

std::string sha256(std::string_view bytes)
{
    return sha2<std::uint32_t>(bytes, {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    });
}

std::string sha512(std::string_view bytes)
{
    return sha2<std::uint64_t>(bytes, {
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    });
}

std::string sha1(std::string_view bytes)
{
    std::array<std::uint32_t, 5> state {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    constexpr std::size_t blockSize = 64;
    const std::string text = padded(bytes, blockSize);
    std::array<std::uint32_t, 80> schedule {};
    for (std::size_t block = 0; block < text.size(); block += blockSize) {
        for (std::size_t i = 0; i < 16; ++i)
            schedule[i] = readWord<std::uint32_t>(text, block + i * 4);
        for (std::size_t i = 16; i < schedule.size(); ++i)
            schedule[i] = std::rotl(schedule[i - 3] ^ schedule[i - 8] ^ schedule[i - 14] ^ schedule[i - 16], 1);
        auto [a, b, c, d, e] = state;
        for (std::size_t i = 0; i < schedule.size(); ++i) {
            const std::uint32_t mixed = i < 20 ? ((b & c) | (~b & d)) + 0x5a827999U
                : i < 40                       ? (b ^ c ^ d) + 0x6ed9eba1U
                : i < 60                       ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcU
                                               : (b ^ c ^ d) + 0xca62c1d6U;
            const std::uint32_t next = std::rotl(a, 5) + mixed + e + schedule[i];
            e = d;
            d = c;
            c = std::rotl(b, 30);
            b = a;
            a = next;
        }
        const std::array<std::uint32_t, 5> sum {a, b, c, d, e};
        for (std::size_t i = 0; i < sum.size(); ++i)
            state[i] += sum[i];
    }
    return bytesOf(state);
}

std::uint32_t adler32(std::string_view bytes)
{
    constexpr std::uint32_t modulus = 65521;
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : bytes) {
        a = (a + static_cast<unsigned char>(c)) % modulus;
        b = (b + a) % modulus;
    }
    return b << 16U | a;
}

std::string hexadecimal(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
    }
    return out;
}

} // namespace fairway::funcs
