#pragma once

#include "core/value/pointer.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairway::operate {

using value::childPointer;
using value::joinPointer;
using value::splitPointer;

/// True when `pointer` is `ancestor` or stands below it.
[[nodiscard]] bool isAtOrBelow(std::string_view pointer, std::string_view ancestor);

/// The node at `pointer`, or nullptr when there is none (unlike value::at(), which can't tell absent from null).
[[nodiscard]] const value::Value *findAt(const value::Value &root, std::string_view pointer);
/// Sets or (nullopt) removes the node in place; the parent must exist. False when it does not, or a list index is out of range.
[[nodiscard]] bool setAt(value::Value &root, std::string_view pointer, const std::optional<value::Value> &node);
/// Pointer of the outermost list item on the way to `pointer`; empty when there is none.
[[nodiscard]] std::string outermostItem(const value::Value &root, std::string_view pointer);

} // namespace fairway::operate
