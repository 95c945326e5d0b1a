#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <functional>
#include <string_view>

/// Reference cases, asked of the engine: each suite turns one line of its format into calls of the public interface and the
/// answer back into the format's shape. No judgement happens here: scores are tests/conformance/score.py's.
namespace fairway::conformance {

/// One line to its `got`. Errors: Unsupported for a case that can't be expressed; the message is the reason.
using Adapter = std::function<Result<value::Value>(const value::Value &line)>;

/// `configs` is the file given by --configs, Null without one. References must outlive the adapter.
[[nodiscard]] Adapter istioRoutes(const value::Value &configs);
[[nodiscard]] Adapter istioValidation(const value::Value &configs);
[[nodiscard]] Adapter istioAnalyze(const value::Value &configs);
[[nodiscard]] Adapter gatewayApi(const value::Value &configs);
[[nodiscard]] Adapter envoyRoutes(const value::Value &configs);

} // namespace fairway::conformance
