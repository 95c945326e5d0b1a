#pragma once

#include "core/route/text_matcher.h"
#include "core/value/value.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Messages of Envoy's v3 API as they stand in JSON or YAML. Source: protobuf's JSON mapping.
namespace fairway::route::envoy {

/// A field by its name in the protocol's definition; JSON may spell it in camel case.
[[nodiscard]] const value::Value &field(const value::Value &from, std::string_view name);
[[nodiscard]] std::string text(const value::Value &from, std::string_view name);
/// Fields that are set to something but their default and are not among `known`, in the protocol's spelling.
[[nodiscard]] std::vector<std::string> others(const value::Value &from, std::initializer_list<std::string_view> known);

/// A StringMatcher; nothing when it can't be read.
[[nodiscard]] std::optional<TextMatcher> stringMatcher(const value::Value &from, RegexCache &regexes);
/// A FractionalPercent as percent.
[[nodiscard]] double percentOf(const value::Value &from);

} // namespace fairway::route::envoy
