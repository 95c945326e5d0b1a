#include "core/funcs/rsa_key.h"

#include <openssl/core_names.h>

#include <array>
#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

namespace fairway::funcs {

namespace {

constexpr BN_ULONG publicExponent = 65537;
constexpr int millerRabinRounds = 8;

using BigNumberContext = std::unique_ptr<BN_CTX, LateFree<LibCrypto, &LibCrypto::BN_CTX_free>>;
using SecretNumber = std::unique_ptr<BIGNUM, LateFree<LibCrypto, &LibCrypto::BN_clear_free>>;

SecretNumber number()
{
    return SecretNumber(libcrypto().BN_new());
}

constexpr std::uint32_t smallEnd = 1U << 14U;

constexpr std::size_t smallPrimeCount = 1899;

/// The odd primes below 2^14: of the candidates that none of them divides one in some forty is prime.
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
static_assert(smallPrimes.back() == 16381);

/// Looks for one prime factor. Every step may fail for want of memory or randomness; then all that follows does nothing.
class PrimeSearch {
public:
    explicit PrimeSearch(int bits)
        : m_bits(bits)
        , m_context(libcrypto().BN_CTX_secure_new())
        , m_isGood(m_context && m_candidate && m_start && m_less && m_odd && m_base && m_power)
    {
    }

    /// Null when libcrypto failed.
    SecretNumber find()
    {
        const LibCrypto &crypto = libcrypto();
        while (m_isGood) {
            // With the two highest bits set the product of two such has twice the bits.
            step(crypto.BN_priv_rand_ex(m_start.get(), m_bits, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ODD, 0, m_context.get()));
            sieve();
            for (std::size_t i = 0; i < window && m_isGood; ++i) {
                if (m_isComposite[i])
                    continue;
                step(crypto.BN_copy(m_candidate.get(), m_start.get()) != nullptr);
                step(crypto.BN_add_word(m_candidate.get(), 2 * i));
                if (crypto.BN_num_bits(m_candidate.get()) != m_bits)
                    break;
                if (crypto.BN_mod_word(m_candidate.get(), publicExponent) != 1 && isPrime())
                    return m_isGood ? std::move(m_candidate) : nullptr;
            }
        }
        return nullptr;
    }

private:
    static constexpr std::size_t window = 8192; ///< Odd numbers looked at from one random start.

    void step(int result) { m_isGood = m_isGood && result == 1; }

    /// Marks which of start, start + 2, start + 4… a small prime divides.
    void sieve()
    {
        m_isComposite.reset();
        for (const std::uint32_t prime : smallPrimes) {
            const auto rest = static_cast<std::uint32_t>(libcrypto().BN_mod_word(m_start.get(), prime));
            const std::uint32_t missing = rest == 0 ? 0 : prime - rest;
            for (std::size_t i = (missing % 2 == 0 ? missing : missing + prime) / 2; i < window; i += prime)
                m_isComposite.set(i);
        }
    }

    bool isPrime()
    {
        const LibCrypto &crypto = libcrypto();
        step(crypto.BN_copy(m_less.get(), m_candidate.get()) != nullptr);
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
    bool isWitness(int twos)
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

    const int m_bits;
    const BigNumberContext m_context;
    SecretNumber m_candidate = number();
    const SecretNumber m_start = number();
    const SecretNumber m_less = number();  ///< The candidate less one,
    const SecretNumber m_odd = number();   ///< and without its factors of two.
    const SecretNumber m_base = number();
    const SecretNumber m_power = number();
    std::bitset<window> m_isComposite;
    bool m_isGood;
};

/// The numbers of a key; false when they make none.
class KeyNumbers {
public:
    KeyNumbers(SecretNumber first, SecretNumber second)
        : m_p(std::move(first))
        , m_q(std::move(second))
        , m_context(libcrypto().BN_CTX_secure_new())
    {
        if (m_p && m_q && libcrypto().BN_cmp(m_p.get(), m_q.get()) < 0)
            m_p.swap(m_q);
    }

    bool derive(int bits)
    {
        const LibCrypto &crypto = libcrypto();
        const SecretNumber &p = m_p;
        const SecretNumber &q = m_q;
        for (const SecretNumber *one : {&p, &q, &m_n, &m_e, &m_d, &m_dp, &m_dq, &m_inverse, &m_pLess, &m_qLess, &m_common, &m_lambda}) {
            if (!*one)
                return false;
        }
        BN_CTX *const context = m_context.get();
        constexpr int leastDistance = 100; // of their halves' bits
        if (context == nullptr || crypto.BN_sub(m_n.get(), m_p.get(), m_q.get()) != 1 || crypto.BN_num_bits(m_n.get()) <= bits / 2 - leastDistance)
            return false;
        const bool isMade = crypto.BN_mul(m_n.get(), m_p.get(), m_q.get(), context) == 1 && crypto.BN_set_word(m_e.get(), publicExponent) == 1
            && crypto.BN_copy(m_pLess.get(), m_p.get()) != nullptr && crypto.BN_sub_word(m_pLess.get(), 1) == 1
            && crypto.BN_copy(m_qLess.get(), m_q.get()) != nullptr && crypto.BN_sub_word(m_qLess.get(), 1) == 1
            && crypto.BN_gcd(m_common.get(), m_pLess.get(), m_qLess.get(), context) == 1
            && crypto.BN_mul(m_lambda.get(), m_pLess.get(), m_qLess.get(), context) == 1
            && crypto.BN_div(m_lambda.get(), nullptr, m_lambda.get(), m_common.get(), context) == 1
            && crypto.BN_mod_inverse(m_d.get(), m_e.get(), m_lambda.get(), context) != nullptr
            && crypto.BN_div(nullptr, m_dp.get(), m_d.get(), m_pLess.get(), context) == 1
            && crypto.BN_div(nullptr, m_dq.get(), m_d.get(), m_qLess.get(), context) == 1
            && crypto.BN_mod_inverse(m_inverse.get(), m_q.get(), m_p.get(), context) != nullptr;
        return isMade && crypto.BN_num_bits(m_n.get()) == bits && crypto.BN_num_bits(m_d.get()) > bits / 2;
    }

    [[nodiscard]] KeyHandle key() const
    {
        const LibCrypto &crypto = libcrypto();
        const std::unique_ptr<OSSL_PARAM_BLD, LateFree<LibCrypto, &LibCrypto::OSSL_PARAM_BLD_free>> builder(crypto.OSSL_PARAM_BLD_new());
        const std::pair<const char *, const SecretNumber *> parts[] = {{OSSL_PKEY_PARAM_RSA_N, &m_n}, {OSSL_PKEY_PARAM_RSA_E, &m_e},
            {OSSL_PKEY_PARAM_RSA_D, &m_d}, {OSSL_PKEY_PARAM_RSA_FACTOR1, &m_p}, {OSSL_PKEY_PARAM_RSA_FACTOR2, &m_q},
            {OSSL_PKEY_PARAM_RSA_EXPONENT1, &m_dp}, {OSSL_PKEY_PARAM_RSA_EXPONENT2, &m_dq}, {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, &m_inverse}};
        for (const auto &[name, part] : parts) {
            if (!builder || crypto.OSSL_PARAM_BLD_push_BN(builder.get(), name, part->get()) != 1)
                return nullptr;
        }
        const std::unique_ptr<OSSL_PARAM, LateFree<LibCrypto, &LibCrypto::OSSL_PARAM_free>> parameters(crypto.OSSL_PARAM_BLD_to_param(builder.get()));
        const KeyContextHandle context(crypto.EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
        EVP_PKEY *made = nullptr;
        if (!parameters || !context || crypto.EVP_PKEY_fromdata_init(context.get()) <= 0
            || crypto.EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) <= 0)
            return nullptr;
        return KeyHandle(made);
    }

private:
    SecretNumber m_p;
    SecretNumber m_q;
    const BigNumberContext m_context;
    const SecretNumber m_n = number();
    const SecretNumber m_e = number();
    const SecretNumber m_d = number();
    const SecretNumber m_dp = number();
    const SecretNumber m_dq = number();
    const SecretNumber m_inverse = number();
    const SecretNumber m_pLess = number();
    const SecretNumber m_qLess = number();
    const SecretNumber m_common = number();
    const SecretNumber m_lambda = number();
};

} // namespace

KeyHandle makeRsaKey(int bits)
{
    // Numbers that make no key are too rare to meet twice; failures of libcrypto are not.
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        SecretNumber first;
        const auto findFirst = [&] { first = PrimeSearch(bits / 2).find(); };
        std::thread helper;
        try {
            helper = std::thread(findFirst);
        } catch (const std::system_error &) { // no more threads: one after the other
            findFirst();
        }
        SecretNumber second = PrimeSearch(bits / 2).find();
        if (helper.joinable())
            helper.join();
        KeyNumbers numbers(std::move(first), std::move(second));
        if (numbers.derive(bits))
            return numbers.key();
    }
    return nullptr;
}

} // namespace fairway::funcs
