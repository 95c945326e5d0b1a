#pragma once

#include "core/value/value.h"

#include <cstdint>
#include <string>
#include <string_view>

/// Small pieces of Go's standard library whose exact behaviour shows in Helm's messages and in how it reads flags.
namespace fairway::chart {

/// As strconv.Quote.
[[nodiscard]] std::string goQuoted(std::string_view text);
/// As fmt's %q of a []rune: ['a' 'b'].
[[nodiscard]] std::string goQuotedRunes(std::string_view text);
/// As fmt's %T of a value out of YAML or JSON: "map[string]interface {}"; "nil" for Null.
[[nodiscard]] std::string_view goTypeName(const value::Value &value);
/// As fmt's %v: map[a:1 b:[x y]], <nil>.
[[nodiscard]] std::string goFormatted(const value::Value &value);
/// As fmt's %t, which Helm uses for what is no boolean: %!t(string=x).
[[nodiscard]] std::string goMisformattedBool(const value::Value &value);
/// As unicode.IsSpace.
[[nodiscard]] bool isGoSpace(char32_t character);
/// As strings.TrimSpace.
[[nodiscard]] std::string_view trimSpace(std::string_view text);
/// As strings.EqualFold with a `word` of small ASCII letters.
[[nodiscard]] bool equalsFolded(std::string_view text, std::string_view word);
/// As strconv.ParseInt with base 10: a sign may stand before the digits.
[[nodiscard]] bool parseGoInt(std::string_view text, std::int64_t &number);
/// The same; strconv's words for what is wrong, or nothing.
[[nodiscard]] std::string_view parseGoIntFault(std::string_view text, std::int64_t &number);

/// Gives every scalar of the tree the position.
void setPositions(value::Value &tree, value::SourcePosition position);

} // namespace fairway::chart
