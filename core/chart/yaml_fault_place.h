#pragma once

#include "core/chart/render_record.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// The other end of "YAML parse error on PATH: … yaml: line 7: …": Helm counts in a document of the output, here is the template's line
/// that wrote it.
struct YamlFaultPlace {
    gotemplate::Tracer::Place place;
    std::string text;  ///< The line of the output.
    std::string fault; ///< The YAML reader's words, without its line.
};

/// `error` is renderRelease()'s, `record` of the run that gave it. Nothing when the error is another one.
[[nodiscard]] std::optional<YamlFaultPlace> placeOfYamlFault(const RenderRecord &record, std::string_view error);

} // namespace fairway::chart
