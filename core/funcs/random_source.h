#pragma once

#include "core/funcs/helm_functions.h"

#include <cstdint>
#include <string>

namespace fairway::funcs {

/// Random bytes of the context's source, or the operating system's: passwords and keys are made of them.
/// Threads: one owner at a time.
class RandomSource {
public:
    explicit RandomSource(const FunctionContext &context)
        : m_context(context)
    {
    }

    [[nodiscard]] std::string bytes(std::size_t count);
    /// Uniform in [0, bound); bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);

private:
    [[nodiscard]] unsigned char next();

    const FunctionContext &m_context;
    std::string m_stock;
    std::size_t m_used = 0;
};

} // namespace fairway::funcs
