#pragma once

#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <string>
#include <string_view>
#include <vector>

/// How the validators of Helm 3 (xeipuuv/gojsonschema) and Helm 4 (santhosh-tekuri/jsonschema) put things.
namespace fairway::chart {

struct SchemaFault;

/// 'a', with Go's escapes but for double quotes.
[[nodiscard]] std::string singleQuoted(std::string_view text);
/// 'a', 'b'
[[nodiscard]] std::string singleQuoted(const std::vector<std::string> &texts);
/// As golang.org/x/text prints numbers in English: 2,000 and 1.5×10⁰⁷.
[[nodiscard]] std::string englishNumber(double number);
/// A value of enum or const; lists and maps have no short form.
[[nodiscard]] std::string shownValue(const value::Value &value, HelmVersion version);

/// All faults as Helm prints them below the chart's name.
[[nodiscard]] std::string toText(const std::vector<SchemaFault> &faults, HelmVersion version);

} // namespace fairway::chart
