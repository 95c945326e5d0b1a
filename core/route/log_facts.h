#pragma once

#include "core/base/text.h"
#include "core/route/resolve.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// What a line of Envoy's or Istio's access log says of where its request went.
struct LogFacts {
    std::string upstream; ///< "10.0.0.7:9080"; empty when it never left.
    std::string cluster;  ///< "outbound|9080|v1|reviews.shop.svc.cluster.local"
    std::string flags;    ///< Envoy's response flags, "UF,URX".
    int status = 0;
};

/// Istio's name of a cluster. Source: istio.io, "Traffic management problems", "proxy-config clusters".
struct ClusterName {
    bool isInbound = false; ///< Of the server's own sidecar.
    int port = 0;
    std::string subset;
    std::string host;
};
/// Nothing for names of other kinds.
[[nodiscard]] std::optional<ClusterName> parseClusterName(std::string_view text);

/// What the flags mean, each known one in words. Source: Envoy, access log command operators, %RESPONSE_FLAGS%.
[[nodiscard]] std::vector<Text> flagWords(std::string_view flags);

/// Where the line and the decision agree and where not; nothing to say of what the line does not tell.
[[nodiscard]] std::vector<Text> heldAgainst(const LogFacts &log, const Decision &decision);

} // namespace fairway::route
