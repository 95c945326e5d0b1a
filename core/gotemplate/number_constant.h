#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace fairway::gotemplate {

/// A number as a template's text has it, with every type it can take on.
struct NumberConstant {
    bool isInt = false;
    bool isUint = false;
    bool isFloat = false;
    bool isComplex = false;
    std::int64_t integer = 0;
    double real = 0;
    std::optional<value::Value> constant; ///< Its own type: float64 with a point or exponent, else int; nullopt: overflows int.
};

enum class NumberForm : std::uint8_t { Plain, Character, Complex };

/// Errors: InvalidInput in Go's words ("illegal number syntax: ...").
[[nodiscard]] Result<NumberConstant> readNumber(std::string_view text, NumberForm form);

} // namespace fairway::gotemplate
