#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// How the right side of `name=value` is read.
enum class SetStyle : std::uint8_t {
    Typed,   ///< --set: true, false, null and whole numbers are what they look like, the rest is text; `{a,b}` is a list.
    String,  ///< --set-string: text; `{a,b}` is a list of texts.
    File,    ///< --set-file: text of the named file.
    Json,    ///< --set-json: one JSON value.
    Literal, ///< --set-literal: text to the end of the flag, commas and backslashes included.
};

struct SetOptions {
    SetStyle style = SetStyle::Typed;
    HelmVersion version = HelmVersion::V4;
    /// Given to every scalar that is set.
    value::SourcePosition position;
    /// Reads the file --set-file names.
    std::function<Result<std::string>(std::string_view path)> readFile;
};

/// Sets what a flag says in `values`, a map: "a.b[2].c=x,d={1,2}". Backslash escapes `,`, `.`, `=`, `[` and itself (not with Literal).
///
/// Errors:  InvalidInput in Helm's words ("key map \"a\" has no value"), LimitExceeded for lists and nesting beyond Helm's or our
///          bounds. On an error a part may have been set.
/// Source:  Helm's documentation "The format and limitations of --set", and Helm's behaviour.
[[nodiscard]] Result<void> applySetFlag(std::string_view text, value::Value &values, const SetOptions &options);

} // namespace fairway::chart
