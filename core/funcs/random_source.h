#pragma once

#include "core/base/random.h"
#include "core/funcs/helm_functions.h"

#include <cstdint>
#include <optional>
#include <string>

namespace fairway::funcs {

/// Random bytes of one call: the context's pinned ones, or the operating system's: passwords and keys are made of them.
/// Threads: one owner at a time.
class RandomSource {
public:
    RandomSource(const gotemplate::Call &call, const FunctionContext &context);

    [[nodiscard]] std::string bytes(std::size_t count);
    /// Uniform in [0, bound); bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);

private:
    [[nodiscard]] unsigned char next();

    std::optional<Random> m_pinned; ///< Gives what a chart shows while it is worked on, never a secret in use.
    std::string m_stock;
    std::size_t m_used = 0;
};

} // namespace fairway::funcs
