#pragma once

#include "core/base/result.h"
#include "core/route/route_object.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fairway::route {

/// A request as a proxy sees it, before anything is rewritten.
struct RequestView {
    std::string method = "GET";
    std::string scheme = "http";
    std::string authority;
    std::string path = "/";  ///< Without the query.
    std::string query;       ///< Without '?'.
    std::vector<std::pair<std::string, std::string>> headers; ///< Names in lower case.
};

/// The proxy that decides: a sidecar ("mesh") or a gateway.
struct Origin {
    std::string gateway = "mesh"; ///< "ns/name" of a Gateway, or "mesh".
    std::map<std::string, std::string> labels; ///< Of the client's pod.
    std::string ns;
    int port = 0; ///< Of the listener; 0: any.
};

/// Whether a proxy at `origin` loads the match at all. Source: Istio's sourceMatchHTTP: with gateways named, labels and
/// namespace are not looked at.
[[nodiscard]] bool isLoaded(const Match &match, const Origin &origin);

/// Whether every condition holds. Errors: InvalidInput for a regular expression RE2 refuses or that is too costly.
[[nodiscard]] Result<bool> matches(const Match &match, const RequestView &request);

/// The first rule in match order that is loaded at `origin` and takes the request; nullptr when none does.
/// A VirtualService that is not bound to the origin's gateway has no rule there.
[[nodiscard]] Result<const Rule *> ruleFor(const RouteObject &route, const RequestView &request, const Origin &origin);

} // namespace fairway::route
