#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace fairway::lab {

/// Names and uids that repeat with the seed, so that a practice cluster looks the same each time.
/// Threads: any.
class IdentitySource {
public:
    explicit IdentitySource(std::uint64_t seed);
    /// Five characters as Kubernetes appends to generateName.
    [[nodiscard]] std::string suffix();
    [[nodiscard]] std::string uid();
    /// 1, 2, 3 …
    [[nodiscard]] std::uint64_t serial();

private:
    std::mutex m_mutex;
    Random m_random;             ///< Guarded by m_mutex.
    std::uint64_t m_serial = 0;  ///< Guarded by m_mutex.
};

/// The pod-template-hash of a template: ten characters that repeat for equal text.
[[nodiscard]] std::string templateHash(std::string_view text);

} // namespace fairway::lab
