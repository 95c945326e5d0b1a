#pragma once

#include <cstdint>
#include <string>

namespace fairway {

/// Fast pseudo-random numbers with a seed (xoshiro256**, seeded by splitmix64): for splits, jitter and test data.
/// Never for secrets: those come from the operating system (randomHex below).
/// Threads: one owner at a time.
class Random {
public:
    explicit Random(std::uint64_t seed);
    /// Seeded from the operating system.
    Random();

    [[nodiscard]] std::uint64_t next();
    /// Uniform in [0, bound); bound > 0. Without modulo bias (Lemire's multiplication method).
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// Uniform in [0, 1).
    [[nodiscard]] double unit();

private:
    std::uint64_t m_state[4];
};

/// `bytes` random bytes of the operating system as lower-case hexadecimal digits.
[[nodiscard]] std::string randomHex(unsigned bytes);
/// A random RFC 4122 version 4 UUID.
[[nodiscard]] std::string randomUuid();

} // namespace fairway
