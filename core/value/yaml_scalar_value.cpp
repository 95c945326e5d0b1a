#include "core/value/yaml_scalar_value.h"

#include "core/value/float_text.h"
#include "core/value/utf8.h"

#include <charconv>
#include <cmath>
#include <string>

namespace fairway::value {

namespace {

Value floatValue(double number, NumberStyle numbers)
{
    // 1.0 and 1e3 turn whole on their way through JSON, which writes the shortest digits, not the exact ones.
    if (numbers == NumberStyle::Kubernetes && number == std::trunc(number) && std::abs(number) < 1e19) {
        const std::string digits = formatFloatJson(number);
        std::int64_t whole = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
        if (error == std::errc() && end == digits.data() + digits.size())
            return {whole, Origin::Int64};
    }
    return number;
}

} // namespace

Value scalarValue(const ResolvedScalar &resolved, std::string_view text, NumberStyle numbers)
{
    switch (resolved.type) {
    case ScalarType::Null: return {};
    case ScalarType::Bool: return resolved.boolean;
    case ScalarType::Int:
        if (numbers == NumberStyle::Helm)
            return static_cast<double>(resolved.integer);
        return {resolved.integer, Origin::Int64};
    case ScalarType::Unsigned: return static_cast<double>(resolved.unsignedInteger);
    case ScalarType::Float: return floatValue(resolved.number, numbers);
    case ScalarType::String:
    case ScalarType::Timestamp:
    case ScalarType::Merge: break;
    }
    return toValidUtf8(text);
}

} // namespace fairway::value
