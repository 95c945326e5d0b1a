#pragma once

#include "core/funcs/prime_search.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace fairway::funcs {

/// Prime factors of RSA keys, looked for on threads of its own before they are asked for, and on the asking thread beside them.
///
/// Shape:   expect() says how many are worth looking for; without it, and beyond, take() finds its own.
/// Bounds:  a few threads, as there are processors; a few primes in stock.
/// Threads: any. The end of a stock waits for no search longer than some candidates take (a few ms).
class PrimeStock {
public:
    /// libcrypto must be open.
    explicit PrimeStock(int bits);
    ~PrimeStock();
    PrimeStock(const PrimeStock &) = delete;
    PrimeStock &operator=(const PrimeStock &) = delete;
    PrimeStock(PrimeStock &&) = delete;
    PrimeStock &operator=(PrimeStock &&) = delete;

    [[nodiscard]] int bits() const { return m_bits; }
    /// So many more will be asked for, as far as is known.
    void expect(std::size_t count);
    /// Null when libcrypto failed.
    [[nodiscard]] SecretNumber take();

private:
    void prepare();
    [[nodiscard]] SecretNumber takeReady();

    static constexpr std::size_t mostThreads = 3;
    static constexpr std::size_t mostReady = 8;

    const int m_bits;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::size_t m_expected = 0;         ///< Still to be prepared. Guarded by m_mutex, as m_ready.
    std::vector<SecretNumber> m_ready;
    std::atomic<bool> m_hasReady {false}; ///< Written under m_mutex.
    std::atomic<bool> m_isEnding {false}; ///< Likewise.
    std::vector<std::thread> m_threads;   ///< Begun by the first expect(). Guarded by m_mutex until the end.
};

} // namespace fairway::funcs
