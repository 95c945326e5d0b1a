#pragma once

#include "core/base/text.h"
#include "core/proxy/endpoint.h"
#include "core/route/route_table.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fairway::proxy {

/// A compiled route table that the data plane executes in the place of ProxyConfig::routes. Requests are matched, split and changed
/// by core/route itself: what `resolve` says of a request is what the proxy does with it.
///
/// Executed: hosts, matches, weights, rewrites, redirects, direct responses, header edits, CORS, faults, mirrors, timeouts, retries.
/// Not:      see not_executed.h.
struct Traffic {
    /// What a listener of the proxy plays.
    struct Door {
        int port = 0;       ///< Of the table's listener; 0: the one the request's authority names.
        bool isTls = false; ///< Requests count as https (the TLS itself ends elsewhere).
        friend bool operator==(const Door &, const Door &) = default;
    };
    std::shared_ptr<const route::RouteTable> table;
    Door door;               ///< Of every listener,
    std::vector<Door> doors; ///< or of each, in the order of ProxyConfig::listeners.
    /// What serves a target, by targetKey(); requests for others are answered 503.
    std::map<std::string, std::vector<Endpoint>, std::less<>> endpoints;

    [[nodiscard]] const Door &doorOf(std::size_t listener) const { return listener < doors.size() ? doors[listener] : door; }
    friend bool operator==(const Traffic &, const Traffic &) = default;
};

/// "reviews.shop.svc.cluster.local:9080 v1": what tells targets of a table apart.
[[nodiscard]] std::string targetKey(const route::RouteTarget &target);
/// Every target that requests and their mirrored copies can be sent to; each key once, in the order of the table.
[[nodiscard]] std::vector<const route::RouteTarget *> targetsOf(const route::RouteTable &table);
/// Whether all of the listener's requests come through TLS that ends there: they count as https.
[[nodiscard]] bool endsTls(const route::Listener &listener);
/// Every route of HTTP in the table; chains may share their hosts, which are visited once.
void forEachRoute(const route::RouteTable &table, const std::function<void(const route::CompiledRoute &)> &visit);

} // namespace fairway::proxy
