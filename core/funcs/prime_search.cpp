#include "core/funcs/prime_search.h"

#include <string.h> // NOLINT: explicit_bzero

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace fairway::funcs {

namespace {

constexpr BN_ULONG publicExponent = 65537;
constexpr int millerRabinRounds = 8;

constexpr std::uint32_t smallEnd = 1U << 16U;

constexpr std::size_t smallPrimeCount = 6541;

/// The odd primes below 2^16: of the candidates that none of them divides one in some 36 is prime.
constexpr std::array<std::uint16_t, smallPrimeCount> smallPrimes = [] {
    std::array<bool, smallEnd> isComposite {};
    std::array<std::uint16_t, smallPrimeCount> found {};
    std::size_t count = 0;
    for (std::uint32_t n = 3; n < smallEnd; n += 2) {
        if (isComposite[n])
            continue;
        found[count++] = static_cast<std::uint16_t>(n);
        for (std::uint32_t multiple = n * 3; multiple < smallEnd; multiple += 2 * n)
            isComposite[multiple] = true;
    }
    return found;
}();
static_assert(smallPrimes.back() == 65521);

/// Bytes of a number, lowest first, wiped at the end.
class SecretBytes {
public:
    explicit SecretBytes(std::size_t size)
        : m_bytes(size)
    {
    }
    ~SecretBytes() { explicit_bzero(m_bytes.data(), m_bytes.size()); }
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    SecretBytes(SecretBytes &&) = delete;
    SecretBytes &operator=(SecretBytes &&) = delete;

    [[nodiscard]] unsigned char *data() { return m_bytes.data(); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    /// 1 when `number` fits.
    [[nodiscard]] int read(const BIGNUM *number)
    {
        return libcrypto().BN_bn2lebinpad(number, m_bytes.data(), static_cast<int>(m_bytes.size())) >= 0 ? 1 : 0;
    }
    /// The 32 bits from byte 4 * `index` on.
    [[nodiscard]] std::uint32_t word(std::size_t index) const
    {
        std::uint32_t out = 0;
        for (std::size_t i = 4; i-- > 0;)
            out = out << 8U | m_bytes[4 * index + i];
        return out;
    }

private:
    std::vector<unsigned char> m_bytes;
};

std::size_t byteCount(int bits)
{
    return (static_cast<std::size_t>(bits) + 7) / 8;
}

/// What is left of a number of 32 bit words, lowest first, divided by each of some small primes: by multiplying with their
/// reciprocals, and several in step, as each of these multiplications waits for the one before.
template <std::size_t Count>
std::array<std::uint32_t, Count> remainders(const std::vector<std::uint32_t> &words, const std::uint16_t *primes)
{
    __extension__ using Wide = unsigned __int128;
    std::array<std::uint64_t, Count> reciprocals;
    for (std::size_t i = 0; i < Count; ++i)
        reciprocals[i] = ~std::uint64_t {0} / primes[i];
    std::array<std::uint64_t, Count> rest {};
    for (std::size_t word = words.size(); word-- > 0;) {
        for (std::size_t i = 0; i < Count; ++i) {
            const std::uint64_t number = rest[i] << 32U | words[word];
            const auto quotient = static_cast<std::uint64_t>(static_cast<Wide>(number) * reciprocals[i] >> 64U); // at most one too small
            rest[i] = number - quotient * primes[i];
        }
    }
    std::array<std::uint32_t, Count> out;
    for (std::size_t i = 0; i < Count; ++i)
        out[i] = static_cast<std::uint32_t>(rest[i] % primes[i]);
    return out;
}

} // namespace

SecretNumber secretNumber()
{
    return SecretNumber(libcrypto().BN_new());
}

PrimeSearch::PrimeSearch(int bits)
    : m_bits(bits)
    , m_context(libcrypto().BN_CTX_secure_new())
    , m_isGood(m_context && m_candidate && m_start && m_less && m_odd && m_base && m_power)
{
    if (FermatFilter::isAvailable() && static_cast<std::size_t>(bits) <= FermatFilter::mostBits)
        m_filter.emplace(static_cast<std::size_t>(bits));
}

SecretNumber PrimeSearch::find(const std::function<bool()> &isStopped)
{
    while (m_isGood) {
        // With the two highest bits set the product of two such has twice the bits.
        step(libcrypto().BN_priv_rand_ex(m_start.get(), m_bits, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ODD, 0, m_context.get()));
        sieve();
        std::array<std::size_t, batchSize> batch {};
        const std::size_t wanted = m_filter ? batchSize : 1;
        std::size_t count = 0;
        for (std::size_t i = 0; i < window && m_isGood; ++i) {
            if (!m_isComposite[i])
                batch[count++] = 2 * i;
            if (count < wanted && (i + 1 < window || count == 0))
                continue;
            if (isStopped())
                return nullptr;
            const unsigned passed = filtered(batch, count);
            for (std::size_t one = 0; one < count; ++one) {
                if ((passed >> one & 1U) != 0 && isFactor(batch[one]))
                    return std::move(m_candidate);
            }
            count = 0;
        }
    }
    return nullptr;
}

/// Marks which of start, start + 2, start + 4… a small prime divides.
void PrimeSearch::sieve()
{
    m_isComposite.reset();
    SecretBytes bytes(byteCount(m_bits) + 3);
    step(bytes.read(m_start.get()));
    std::vector<std::uint32_t> words(bytes.size() / 4);
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = bytes.word(i);
    const auto mark = [&](std::uint32_t prime, std::uint32_t rest) {
        const std::uint32_t missing = rest == 0 ? 0 : prime - rest;
        for (std::size_t i = (missing % 2 == 0 ? missing : missing + prime) / 2; i < window; i += prime)
            m_isComposite.set(i);
    };
    constexpr std::size_t inStep = 8;
    std::size_t next = 0;
    for (; next + inStep <= smallPrimes.size(); next += inStep) {
        const auto rests = remainders<inStep>(words, &smallPrimes[next]);
        for (std::size_t i = 0; i < inStep; ++i)
            mark(smallPrimes[next + i], rests[i]);
    }
    for (; next < smallPrimes.size(); ++next)
        mark(smallPrimes[next], remainders<1>(words, &smallPrimes[next])[0]);
    explicit_bzero(words.data(), words.size() * sizeof words[0]);
}

void PrimeSearch::setCandidate(std::size_t offset)
{
    step(libcrypto().BN_copy(m_candidate.get(), m_start.get()) != nullptr ? 1 : 0);
    step(libcrypto().BN_add_word(m_candidate.get(), offset));
}

bool PrimeSearch::isFactor(std::size_t offset)
{
    setCandidate(offset);
    return m_isGood && libcrypto().BN_num_bits(m_candidate.get()) == m_bits
        && libcrypto().BN_mod_word(m_candidate.get(), publicExponent) != 1 && isPrime();
}

unsigned PrimeSearch::filtered(const std::array<std::size_t, batchSize> &offsets, std::size_t count)
{
    const unsigned all = (1U << count) - 1;
    if (!m_filter)
        return all;
    const LibCrypto &crypto = libcrypto();
    SecretBytes number(byteCount(m_bits));
    SecretBytes one(byteCount(m_bits));
    for (std::size_t lane = 0; lane < batchSize; ++lane) {
        setCandidate(offsets[std::min(lane, count - 1)]);
        if (!m_isGood || crypto.BN_num_bits(m_candidate.get()) != m_bits)
            return all; // What is larger is refused later.
        step(crypto.BN_set_word(m_power.get(), 1));
        step(crypto.BN_lshift(m_power.get(), m_power.get(), static_cast<int>(m_filter->powerOfOne())));
        step(crypto.BN_div(nullptr, m_power.get(), m_power.get(), m_candidate.get(), m_context.get()));
        step(number.read(m_candidate.get()));
        step(one.read(m_power.get()));
        m_filter->setNumber(lane, number.data(), one.data());
    }
    return m_filter->run() & all;
}

bool PrimeSearch::isPrime()
{
    const LibCrypto &crypto = libcrypto();
    step(crypto.BN_copy(m_less.get(), m_candidate.get()) != nullptr ? 1 : 0);
    step(crypto.BN_sub_word(m_less.get(), 1));
    int twos = 0;
    while (m_isGood && crypto.BN_is_bit_set(m_less.get(), twos) == 0)
        ++twos;
    step(crypto.BN_rshift(m_odd.get(), m_less.get(), twos));
    for (int round = 0; round < millerRabinRounds && m_isGood; ++round) {
        if (isWitness(twos))
            return false;
    }
    return m_isGood;
}

/// One round with a random base: true when it proves the candidate composite.
bool PrimeSearch::isWitness(int twos)
{
    const LibCrypto &crypto = libcrypto();
    do {
        step(crypto.BN_priv_rand_range_ex(m_base.get(), m_less.get(), 0, m_context.get()));
    } while (m_isGood && crypto.BN_num_bits(m_base.get()) < 2); // 0 and 1 say nothing
    step(crypto.BN_mod_exp_mont_consttime(m_power.get(), m_base.get(), m_odd.get(), m_candidate.get(), m_context.get(), nullptr));
    if (!m_isGood || crypto.BN_is_one(m_power.get()) == 1 || crypto.BN_cmp(m_power.get(), m_less.get()) == 0)
        return false;
    for (int i = 1; i < twos && m_isGood; ++i) {
        step(crypto.BN_mod_sqr(m_power.get(), m_power.get(), m_candidate.get(), m_context.get()));
        if (crypto.BN_cmp(m_power.get(), m_less.get()) == 0)
            return false;
    }
    return true;
}

} // namespace fairway::funcs
