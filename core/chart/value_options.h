#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/chart/value_sources.h"
#include "core/value/value.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// What the user says about values, each list in the order given.
struct ValueOptions {
    std::vector<std::string> files;         ///< -f, --values
    std::vector<std::string> jsonValues;    ///< --set-json
    std::vector<std::string> values;        ///< --set
    std::vector<std::string> stringValues;  ///< --set-string
    std::vector<std::string> fileValues;    ///< --set-file
    std::vector<std::string> literalValues; ///< --set-literal
};

/// The values of all flags, merged in Helm's order of precedence: files, then --set-json, --set, --set-string, --set-file,
/// --set-literal. Each scalar's position names its source in `sources`.
/// `readFile` gets a path as the user gave it ("-" is standard input, an address the network).
/// Errors: in Helm's words, naming the flag or file.
[[nodiscard]] Result<value::Value> mergeValueOptions(const ValueOptions &options, HelmVersion version, ValueSources &sources,
    const std::function<Result<std::string>(std::string_view path)> &readFile);

} // namespace fairway::chart
