#pragma once

#include "core/base/result.h"
#include "core/value/numbers.h"
#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::value {

/// Bounds on what parseJson() accepts.
struct JsonLimits {
    std::size_t maxBytes = std::size_t {64} << 20;
    std::size_t maxDepth = 512; ///< Lists and maps inside each other.
    NumberStyle numbers = NumberStyle::Kubernetes;
};

/// Reads one JSON document (RFC 8259, UTF-8; white space around it is fine, anything else after it is not).
///
/// Shape:   of a key that stands twice the last one counts, as in Go. A whole number that fits 64 bits is an Int
///          (origin Int64), every other number a Float; with NumberStyle::Helm all are Floats.
/// Errors:  InvalidInput ("line 3, column 7: ..."; the text itself is never quoted), LimitExceeded.
/// Threads: any; no shared state.
[[nodiscard]] Result<Value> parseJson(std::string_view text, const JsonLimits &limits = {});

enum class JsonStyle : std::uint8_t {
    Compact,      ///< {"a":1,"b":[2]}
    Indented,     ///< Two spaces a level, as Helm's toPrettyJson.
    IndentedWide, ///< Four spaces a level, as `kubectl get -o json`.
};

enum class JsonEscape : std::uint8_t {
    Plain, ///< `<`, `>` and `&` stand as they are.
    Html,  ///< They become \u003c, \u003e, \u0026: what Go's json.Marshal and Helm's toJson do.
};

/// Writes JSON as Go's encoding/json does: members in byte order, floats in the shortest form that reads back the same
/// (with an exponent below 1e-6 and from 1e21 on), bytes that are no UTF-8 as U+FFFD. No line break at the end.
/// A Float that is no number (NaN, infinite), which JSON can't say, is written as null.
[[nodiscard]] std::string toJson(const Value &value, JsonStyle style = JsonStyle::Compact,
    JsonEscape escape = JsonEscape::Plain);

/// Appends `text` as a JSON string with its quotes.
void appendJsonString(std::string &out, std::string_view text, JsonEscape escape = JsonEscape::Plain);
/// Appends a float in encoding/json's notation.
void appendJsonNumber(std::string &out, double number);

} // namespace fairway::value
