#pragma once

#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// RFC 6901 pointers, taken apart and put together. Tokens are unescaped.
[[nodiscard]] std::vector<std::string> splitPointer(std::string_view pointer);
[[nodiscard]] std::string joinPointer(const std::vector<std::string> &tokens);
/// `parent` with one more token.
[[nodiscard]] std::string childPointer(std::string_view parent, std::string_view token);
[[nodiscard]] std::string childPointer(std::string_view parent, std::size_t index);
/// True when `pointer` is `ancestor` or stands below it.
[[nodiscard]] bool isAtOrBelow(std::string_view pointer, std::string_view ancestor);

/// The node at `pointer`, or nullptr when there is none (unlike value::at(), which can't tell absent from null).
[[nodiscard]] const value::Value *findAt(const value::Value &root, std::string_view pointer);
/// Sets or (nullopt) removes the node in place; the parent must exist. False when it does not, or a list index is out of range.
[[nodiscard]] bool setAt(value::Value &root, std::string_view pointer, const std::optional<value::Value> &node);
/// Pointer of the outermost list item on the way to `pointer`; empty when there is none.
[[nodiscard]] std::string outermostItem(const value::Value &root, std::string_view pointer);

} // namespace fairway::operate
