#pragma once

#include "core/chart/chart.h"
#include "core/value/value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// One place where a text names values: `.Values.image.tag`, `index .Values "a-b" "c"`.
struct ValueUse {
    std::vector<std::string> path; ///< Empty: `.Values` as a whole.
    std::string file;              ///< "chart/templates/a.yaml"; of a value that holds a template "chart/values.yaml".
    std::uint32_t line = 0;
    bool isGuarded = false; ///< Something beside it bears that the value is not there: if, with, default, hasKey, …
};

/// The uses in the actions of a template's text.
void collectUses(std::string_view text, const std::string &file, std::vector<ValueUse> &out);

/// What a chart's values are used for: by its own templates, by what all charts of the tree define for each other (partials and library
/// charts), and by the templates among its values.
[[nodiscard]] std::vector<ValueUse> usesOf(const Chart &chart);

/// Whether one of the uses takes the value at `path`, something in it, or a container it is in.
[[nodiscard]] bool isUsed(const std::vector<ValueUse> &uses, const std::vector<std::string> &path);

} // namespace fairway::chart
