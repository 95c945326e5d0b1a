#pragma once

#include "core/gotemplate/function.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fairway::funcs {

using gotemplate::Call;
using gotemplate::FunctionMap;
using gotemplate::FunctionSpec;
using gotemplate::Signature;
using gotemplate::TemplateResult;
using gotemplate::Type;
using value::Origin;
using value::Value;

/// spf13/cast's ToInt64 and ToFloat64 as Helm's templates meet them: what is no number is 0, "1.0" and "0x1F" are numbers.
[[nodiscard]] std::int64_t toInt64(const Value &value);
[[nodiscard]] double toFloat64(const Value &value);
/// Sprig's idea of text: texts and errors as they are, everything else as %v.
[[nodiscard]] std::string textOf(const Value &value);
/// The items as texts, nil left out; a value that is no list as one text.
[[nodiscard]] std::vector<std::string> textsOf(const Value &value);
/// Go's reflect.DeepEqual: types count, so 1 is not 1.0.
[[nodiscard]] bool deepEqual(const Value &a, const Value &b);
/// Sprig's empty(): as untrue, but structs never are.
[[nodiscard]] bool isEmpty(const Value &value);
/// Name of a value's kind in messages ("Cannot find first on type string").
[[nodiscard]] std::string kindName(const Value &value);
/// As a Go int, which is what most functions count in.
[[nodiscard]] inline Value goInt(std::int64_t number)
{
    return {number, Origin::Int};
}
/// []string
[[nodiscard]] Value stringList(std::vector<std::string> texts);

/// Longest text and list a function makes: what would be longer is refused as a limit.
inline constexpr std::size_t MaxText = std::size_t {256} << 20;
inline constexpr std::int64_t MaxItems = 20'000'000;
[[nodiscard]] tl::unexpected<gotemplate::TemplateError> tooLarge();
/// Why a value can't be written or copied: it holds itself (in encoding/json's words), or unfolds without end.
[[nodiscard]] gotemplate::TemplateResult<void> checkExtent(const value::Value &value);

using gotemplate::failCall;

} // namespace fairway::funcs
