#pragma once

#include "core/gotemplate/function.h"
#include "core/gotemplate/template.h"

#include <span>

namespace fairway::gotemplate {

/// The functions text/template itself brings.
[[nodiscard]] std::span<const FunctionSpec> builtinFunctions();
/// `and` and `or` decide argument by argument whether to go on: the evaluator does them itself.
[[nodiscard]] bool isAnd(const FunctionSpec &function);
[[nodiscard]] bool isOr(const FunctionSpec &function);
[[nodiscard]] bool isCall(const FunctionSpec &function);

/// What `eq` says of two values. Errors: "incompatible types for comparison", "non-comparable type …".
[[nodiscard]] TemplateResult<bool> goEqual(const Value &a, const Value &b, GoRelease release);

/// template.HTMLEscapeString, JSEscapeString, url.QueryEscape.
[[nodiscard]] std::string escapeHtml(std::string_view text);
[[nodiscard]] std::string escapeJs(std::string_view text);
[[nodiscard]] std::string escapeQuery(std::string_view text);

} // namespace fairway::gotemplate
