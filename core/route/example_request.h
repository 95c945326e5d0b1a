#pragma once

#include "core/route/call.h"
#include "core/route/route_table.h"

#include <optional>
#include <string>
#include <vector>

namespace fairway::route {

/// Paths that fit, if any can be made up (not for every expression); the likeliest first.
[[nodiscard]] std::vector<std::string> examplePaths(const PathMatcher &path);
/// Gives the call what the match asks of method, headers and query; false when that contradicts what is there, or none can be made up.
[[nodiscard]] bool fulfil(const RouteMatch &match, Call &call);

/// A call made up for one rule and tried on its table.
struct CallForRule {
    std::optional<Call> call;                ///< One that the rule takes; nothing when none was found, which proves nothing:
    const CompiledRoute *hiddenBy = nullptr; ///< this does: a rule before it that takes whatever it could.
};
/// `route`: one of `host`'s. `base`: what all calls have, port and TLS.
[[nodiscard]] CallForRule callFor(const RouteTable &table, const VirtualHost &host, const CompiledRoute &route, const Call &base);

} // namespace fairway::route
