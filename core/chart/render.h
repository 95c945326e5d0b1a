#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/capabilities.h"
#include "core/chart/chart.h"
#include "core/funcs/helm_functions.h"
#include "core/funcs/pinned_random.h"
#include "core/gotemplate/template.h"
#include "core/value/value.h"

#include <map>
#include <string>

namespace fairway::chart {

/// .Release
struct ReleaseInfo {
    std::string name;
    std::string nameSpace;
    int revision = 1;
    bool isUpgrade = false; ///< Otherwise an install.
};

class RenderRecord;

struct RenderOptions {
    HelmVersion version = HelmVersion::V4;
    bool isLint = false;   ///< required and fail let pass.
    bool isStrict = false; ///< Missing keys are errors.
    bool resolveHosts = false;
    /// What required and fail say while linting ("missing required value"). Null: nowhere.
    std::function<void(std::string_view what, std::string_view message)> lintNote {};
    gotemplate::ExecuteLimits limits {.maxSteps = 100'000'000}; ///< Seconds; the largest charts take some million steps.
    CancelToken cancel {};
    const Clock *clock = nullptr; ///< Null: the system's.
    /// What random functions give; null: the system's. The time is its as well where no clock is given.
    funcs::PinnedRandom *pinned = nullptr;
    std::string timeZone {};
    std::function<gotemplate::TemplateResult<value::Value>(
        std::string_view apiVersion, std::string_view kind, std::string_view nameSpace, std::string_view name)>
        lookup {};
    gotemplate::ParsedTexts *parsed = nullptr; ///< Templates read before; null: all are read.
    RenderRecord *record = nullptr; ///< Null: nothing is recorded, at no cost. See source_map.h.
};

/// Runs every template of the tree that is no partial: path ("chart/templates/a.yaml") to output, NOTES.txt among them. `values` are
/// those of coalesceValues(); templates may change them (`set`).
/// Errors: InvalidInput in Helm's words, of the first template that fails; LimitExceeded, Cancelled.
[[nodiscard]] Result<std::map<std::string, std::string>> renderTemplates(const Chart &chart, const value::Value &values,
    const Capabilities &capabilities, const ReleaseInfo &release, const RenderOptions &options);

} // namespace fairway::chart
