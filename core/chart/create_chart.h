#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace fairway::chart {

/// A file of the starter chart: a path inside the chart and its text, where <CHARTNAME> stands for the chart's name.
struct StarterFile {
    std::string_view path;
    std::string_view text;
};

/// What a new chart is made of: a web application with a Deployment, a Service and, when switched on, an Ingress, an HTTPRoute and a
/// HorizontalPodAutoscaler.
[[nodiscard]] std::span<const StarterFile> starterFiles();

/// Makes the chart FOLDER/NAME of starterFiles(). Files that are there already are overwritten, each told to `warn`; others stay.
/// Returns the chart's absolute path. Errors: InvalidInput for a bad name, NotFound for a missing folder, Io; in Helm's words.
[[nodiscard]] Result<std::string> createChart(
    const std::string &folder, const std::string &name, const std::function<void(std::string_view)> &warn = {});

/// Makes the chart FOLDER/NAME of another chart, whose <CHARTNAME> in templates and values.yaml becomes `name`.
/// Errors: InvalidInput ("could not load STARTER: …"), Io.
[[nodiscard]] Result<void> createFromStarter(
    const std::string &folder, const std::string &name, const std::string &starter, const LoadContext &context);

} // namespace fairway::chart
