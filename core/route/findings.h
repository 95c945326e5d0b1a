#pragma once

#include "core/route/route_object.h"
#include "core/route/topology.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fairway::route {

enum class Severity : std::uint8_t { Info, Warning, Error };

[[nodiscard]] std::string_view toString(Severity severity); ///< "info", "warning", "error"

/// Something about a route a person should know.
struct Finding {
    Severity severity = Severity::Info;
    std::string code;   ///< IST… where users know one, else FW….
    std::string object; ///< "VirtualService shop/reviews"
    std::string path;   ///< "spec.http[2].route[1]"
    std::string title;  ///< One short line.
    std::string message; ///< What it means and what to do.
    std::string target; ///< "rule:2", "pod:shop/reviews-v2-x", or empty.
};

/// Findings of one route, the worst first. `topology` null: only what the object alone shows (files without a cluster).
/// Codes: IST0101 (referenced subset or Service not found), FW0001 (no ready endpoint behind a weight), FW0002 (some pods of a
/// weighted destination not ready), FW0003 (weights the control plane refuses), FW0004 (rule never reached), FW0005 (rule
/// only in sidecars, at a gateway skipped), FW0006 (unreadable field), FW0007 (weights do not add up to 100).
[[nodiscard]] std::vector<Finding> findingsOf(const RouteObject &route, const TopologyView *topology);

/// "spec.http[2].route[1]" for "/spec/http/2/route/1".
[[nodiscard]] std::string fieldPath(std::string_view pointer);

} // namespace fairway::route
