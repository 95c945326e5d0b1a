#pragma once

#include "core/base/text.h"
#include "core/chart/capabilities.h"
#include "core/chart/chart.h"
#include "core/chart/lint.h"
#include "core/chart/release.h"
#include "core/chart/render_record.h"
#include "core/chart/value_sources.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// What Helm's lint does not see.
enum class ExtraCode : std::uint8_t {
    UnusedValue,      ///< values.yaml says what no template takes.
    UndefinedValue,   ///< A template takes what no values.yaml says, with nothing beside it that bears that.
    UselessOverride,  ///< A value for a subchart which that chart neither has nor takes.
    DeprecatedApi,    ///< An apiVersion that Kubernetes has deprecated or removed.
    NumberAsFloat,    ///< A whole number that comes out as 1e+06, or has lost digits.
    BrokenYaml,       ///< What a template's line writes is no YAML. Helm tells the output's line.
    VersionNotBumped, ///< The chart changed and its version did not.
};
[[nodiscard]] std::string_view toString(ExtraCode code);

struct ExtraFinding {
    ExtraCode code = ExtraCode::UnusedValue;
    LintSeverity severity = LintSeverity::Warning;
    std::string file; ///< "chart/values.yaml", "chart/templates/a.yaml", or a -f file as given.
    std::uint32_t line = 0; ///< From 1; 0: the file as a whole.
    std::string subject; ///< The value's path from the top, or the object: "policy/v1beta1 PodDisruptionBudget".
    Text message;
    /// "[WARNING] chart/values.yaml:3: …"
    [[nodiscard]] std::string toString() const;
};

/// Looks at a chart as loadChart() gave it; renders it once. Pure apart from what templates ask the clock. Findings by file and line.
/// When the templates fail only what needs no output is reported, and where they wrote what is no YAML: Helm's own lint tells why they fail.
/// Threads: blocks for as long as the templates run; not for the GUI thread.
[[nodiscard]] std::vector<ExtraFinding> extraLint(
    const ChartTree &tree, const value::Value &userValues, const ValueSources &sources, const ReleaseRequest &request);

/// `before` is Chart.yaml as it was, nothing when there was none; `isChanged`: some file of the chart is not what it was.
[[nodiscard]] std::optional<ExtraFinding> versionNotBumped(
    const Chart &chart, std::string_view chartYaml, const std::optional<std::string> &before, bool isChanged);

} // namespace fairway::chart
