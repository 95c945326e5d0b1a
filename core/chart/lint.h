#pragma once

#include "core/base/result.h"
#include "core/chart/capabilities.h"
#include "core/chart/messages.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <vector>

namespace fairway::chart {

enum class LintSeverity : std::uint8_t { Info, Warning, Error };

/// One thing `helm lint` says: "[WARNING] templates/a.yaml: …".
struct LintMessage {
    LintSeverity severity = LintSeverity::Info;
    std::string path; ///< A file or folder of the chart; empty for the chart as a whole.
    std::string text; ///< May have several lines.
    [[nodiscard]] std::string toString() const;
};

struct LintRequest {
    value::Value userValues;
    std::string nameSpace;
    std::optional<KubeVersion> kubeVersion;
    bool skipSchema = false;
};

/// Helm's rules on the chart in a folder, in Helm's order. Warnings of templates go to `messages`.
/// Errors: InvalidInput when there is no chart at all ("unable to check Chart.yaml file in chart: …").
/// Blocks on the disk and for as long as the templates run.
[[nodiscard]] Result<std::vector<LintMessage>> lintChart(const std::string &folder, const LintRequest &request, const Messages &messages);

} // namespace fairway::chart
