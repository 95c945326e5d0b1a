#pragma once

#include "core/base/openssl.h"
#include "core/funcs/fermat_filter.h"

#include <array>
#include <bitset>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace fairway::funcs {

using BigNumberContext = std::unique_ptr<BN_CTX, LateFree<LibCrypto, &LibCrypto::BN_CTX_free>>;
using SecretNumber = std::unique_ptr<BIGNUM, LateFree<LibCrypto, &LibCrypto::BN_clear_free>>;

[[nodiscard]] SecretNumber secretNumber();

/// Looks for one prime factor of an RSA key with the exponent 65537. Every step may fail for want of memory or randomness; then all
/// that follows does nothing. libcrypto must be open.
///
/// Shape:   from a random start on, the first number that passes: small primes sieve, a FermatFilter where the processor has one sorts
///          out nearly all that is composite, and OpenSSL's arithmetic with its random bases decides.
/// Threads: one.
/// Source:  FIPS 186-5, A.1.3 (probable primes) and B.3.1 (Miller-Rabin); rounds by its table B.1 and three more.
class PrimeSearch {
public:
    /// At least 1024 bits.
    explicit PrimeSearch(int bits);
    PrimeSearch(const PrimeSearch &) = delete;
    PrimeSearch &operator=(const PrimeSearch &) = delete;
    PrimeSearch(PrimeSearch &&) = delete;
    PrimeSearch &operator=(PrimeSearch &&) = delete;
    ~PrimeSearch() = default;

    /// Once. Null when libcrypto failed, or soon after `isStopped`: nothing is lost by that, as where a search ends does not depend on how
    /// long it has been going on.
    [[nodiscard]] SecretNumber find(const std::function<bool()> &isStopped);

private:
    static constexpr std::size_t window = 8192; ///< Odd numbers looked at from one random start.
    static constexpr std::size_t batchSize = FermatFilter::laneCount;

    void step(int result) { m_isGood = m_isGood && result == 1; }
    void sieve();
    void setCandidate(std::size_t offset);
    /// Whether the candidate at `offset` is a prime factor; it then is m_candidate.
    [[nodiscard]] bool isFactor(std::size_t offset);
    /// A bit for each of the first `count` offsets of the batch.
    [[nodiscard]] unsigned filtered(const std::array<std::size_t, batchSize> &offsets, std::size_t count);
    [[nodiscard]] bool isPrime();
    [[nodiscard]] bool isWitness(int twos);

    const int m_bits;
    const BigNumberContext m_context;
    SecretNumber m_candidate = secretNumber();
    const SecretNumber m_start = secretNumber();
    const SecretNumber m_less = secretNumber(); ///< The candidate less one,
    const SecretNumber m_odd = secretNumber();  ///< and without its factors of two.
    const SecretNumber m_base = secretNumber();
    const SecretNumber m_power = secretNumber();
    std::bitset<window> m_isComposite;
    std::optional<FermatFilter> m_filter;
    bool m_isGood;
};

} // namespace fairway::funcs
