#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::route {

enum class RouteKind : std::uint8_t { VirtualService, HttpRoute, GrpcRoute, Ingress };

[[nodiscard]] std::string_view toString(RouteKind kind); ///< "VirtualService", "HTTPRoute", …

/// One destination of a rule, as written.
struct Destination {
    std::string host;      ///< "reviews", "reviews.shop.svc.cluster.local"; for Gateway API and Ingress the backend's name.
    std::string ns;        ///< Namespace the host is in: written, part of a full name, or the route's own.
    std::string service;   ///< Name of the Service that `host` means; empty for hosts outside the cluster.
    std::string subset;    ///< Of a DestinationRule; empty elsewhere.
    int port = 0;          ///< Number as written, 0 when none or when the port is named.
    std::int64_t weight = 0; ///< As it counts: what is left out is 0 in Istio (alone in its rule: all), 1 in Gateway API.
    bool hasWeight = false;  ///< Whether it is written down.
    std::string weightPointer; ///< RFC 6901, where the weight stands or would stand: "/spec/http/2/route/0/weight".

    /// Short name: the subset, else the Service's or host's first label.
    [[nodiscard]] std::string label() const;
    friend bool operator==(const Destination &, const Destination &) = default;
};

/// One rule in match order.
struct Rule {
    std::string section;   ///< "http", "tls", "tcp" (VirtualService), "rules" (Gateway API), "canary" (Ingress).
    std::size_t index = 0; ///< In its section.
    std::string name;
    std::string title;     ///< What it matches, for people: "x-tester: true", "app = mobile-bff", "/api/…", "Everything else".
    std::string detail;    ///< How: "header, exact", "sourceLabels", "path, prefix"; several joined by " + ".
    std::string pointer;   ///< "/spec/http/2"
    std::vector<Destination> destinations;
    bool isCatchAll = false;    ///< Matches every request that reaches it, wherever it comes from.
    bool isSidecarOnly = false; ///< Every match needs sourceLabels or sourceNamespace: never true at a gateway.
    bool isEditable = true;
    std::string notEditableReason;
    std::vector<std::string> notModelled; ///< Fields of the rule the built-in proxy does not play: "fault", "mirror", …

    [[nodiscard]] std::int64_t total() const;
    [[nodiscard]] bool isSplit() const { return destinations.size() > 1; }
};

/// A route of any kind as the rest of Fairway sees it.
struct RouteObject {
    RouteKind kind = RouteKind::VirtualService;
    std::string apiVersion;
    std::string ns;
    std::string name;
    std::vector<std::string> hosts;
    std::vector<std::string> gateways; ///< "mesh" for sidecars; for Gateway API "namespace/name" of the parents.
    std::vector<Rule> rules;           ///< In match order: http, then tls, then tcp.
    std::vector<std::string> problems; ///< Fields that could not be read, each with its path: "spec.http[0].route: not a list".

    [[nodiscard]] const Rule *find(std::string_view section, std::size_t index) const;
    /// The rule that stands for the route in a list: the first split that is no sidecar-only rule, else the first split,
    /// else the last catch-all, else the first rule; nullptr without rules.
    [[nodiscard]] const Rule *main() const;
    [[nodiscard]] std::string id() const; ///< "VirtualService/shop/reviews"
};

/// Whether an object of this apiVersion and kind is a route: VirtualService (networking.istio.io), HTTPRoute and GRPCRoute
/// (gateway.networking.k8s.io), Ingress (networking.k8s.io).
[[nodiscard]] bool isRoute(std::string_view apiVersion, std::string_view kind);

/// Reads a route. A wrong type in one field becomes an entry of `problems` and leaves the rest readable.
///
/// Errors:  InvalidInput when the object is no route or has no name. Never more than 10,000 rules or destinations are read;
///          what is beyond is a problem.
/// Source:  istio.io VirtualService reference, Gateway API v1 HTTPRoute, ingress-nginx canary annotations.
[[nodiscard]] Result<RouteObject> parseRoute(const value::Value &object);

/// The host as namespace and Service name: short names are resolved in `ns`, "name.ns", "name.ns.svc" and the full name are
/// taken apart; anything else is outside the cluster and has no Service.
struct ServiceName {
    std::string ns;
    std::string name; ///< Empty: no Service.
};
[[nodiscard]] ServiceName serviceOfHost(std::string_view host, std::string_view ns);

} // namespace fairway::route
