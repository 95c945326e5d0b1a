#pragma once

#include "core/route/gateway_api_config.h"
#include "core/route/route_table.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// Why a route does or does not hang on a parent, as a controller's status would say it.
struct ApiCondition {
    std::string type;   ///< "Accepted", "ResolvedRefs"
    bool isTrue = false;
    std::string reason; ///< "Accepted", "NoMatchingListenerHostname", "NotAllowedByListeners", "NoMatchingParent",
                        ///< "RefNotPermitted", "BackendNotFound", "InvalidKind", "ResolvedRefs"
    Text message;
    friend bool operator==(const ApiCondition &, const ApiCondition &) = default;
};
struct ApiParentStatus {
    ApiParentRef parent;
    std::vector<ApiCondition> conditions;
};

/// The conditions for every parentRef. Source: RouteStatus; RouteConditionReason in apis/v1.
[[nodiscard]] std::vector<ApiParentStatus> routeStatus(const GatewayApiConfig &config, const ApiRoute &route);

/// Whether a route hangs on a listener, and for which hosts: those of the route within the listener's hostname, or the
/// listener's own. `reason` says why not ("" when it does).
struct ApiAttachment {
    std::vector<std::string> hosts;
    std::string reason;
};
[[nodiscard]] ApiAttachment attach(
    const GatewayApiConfig &config, const ApiRoute &route, const ApiGateway &gateway, const ApiListener &listener);

/// What a gateway would hold. A request belongs to the listener with the most specific hostname alone (listener isolation); there
/// rules go by hostname, then by how specific their match is, then by age and name.
[[nodiscard]] RouteTable compileApiGateway(const GatewayApiConfig &config, const ApiGateway &gateway);

/// Routes attached to a Service's port, for clients in a namespace: routes of that namespace (consumer) before those of the
/// Service's own (producer); others don't count. Empty when none is attached.
[[nodiscard]] std::vector<CompiledRoute> serviceRoutes(const GatewayApiConfig &config, std::string_view serviceNs,
    std::string_view serviceName, int port, std::string_view clientNs, RegexCache &regexes, std::vector<Text> &notes);

} // namespace fairway::route
