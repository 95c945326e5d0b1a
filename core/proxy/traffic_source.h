#pragma once

#include "core/base/result.h"
#include "core/base/text.h"
#include "core/proxy/traffic.h"
#include "core/value/value.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairway::proxy {

/// Where the compiled routes of `proxy run` come from: `traffic` of its configuration file, or its flags.
struct TrafficSource {
    /// Which pods of the objects serve targets that `endpoints` does not name.
    enum class Pods {
        None,
        Local, ///< Those that listen on this machine: nothing beyond it is reached unless somebody asks for that.
        All,   ///< Every ready one, where their network can be reached.
    };
    std::vector<std::string> files; ///< Objects of Istio, the Gateway API and Ingresses; relative to the configuration.
    std::string envoyFile;          ///< Instead: Envoy's configuration (see core/route/envoy_configuration.h).
    std::string envoyRoute;         ///< The name of its RouteConfiguration; empty: the first.
    std::string at = "mesh";        ///< "mesh", "gateway/NS/NAME", "ingress", "ingress/CLASS".
    std::string ns = "default";     ///< Of the client, in the mesh.
    std::map<std::string, std::string> labels; ///< Of the client, in the mesh.
    /// Whose rules are played: one for all of the proxy's listeners, or one for each. Empty: the only one with routes or with rules for
    /// them; or, where there are as many as listeners, each in its order.
    std::vector<int> ports;
    std::size_t listeners = 1;      ///< How many the proxy has.
    std::optional<bool> isTls;      ///< Requests count as https; by default as the listener takes them.
    Pods pods = Pods::Local;
    /// By the target's host as written in objects ("reviews", "reviews.shop", the full name) with ":PORT" where needed and " SUBSET" where it
    /// has one, or Envoy's name of the cluster. The more exact name counts.
    std::map<std::string, std::vector<Endpoint>, std::less<>> endpoints;
};

struct LoadedTraffic {
    Traffic traffic;
    /// What is not executed, by object and field; routes that are not held there; what the objects' own cluster would refuse.
    std::vector<Text> notes;
    std::vector<std::string> without; ///< Targets without an endpoint; requests for them are answered 503.
};

/// Why an object of the groups that are routed by can't be one: a kind or version that they don't have. Empty when it can; objects of other
/// groups are nothing to routes.
[[nodiscard]] Text problemOfKind(const value::Value &object);

/// Compiles the objects as the proxy at that place would hold them.
/// Errors: InvalidInput, NotFound; the message begins with the member it is about: "at: …", "port: …", "endpoints: …".
[[nodiscard]] Result<LoadedTraffic> trafficOf(const TrafficSource &source, std::vector<value::Value> objects);

/// The same of Envoy's configuration: "route: …", "endpoints: …". Endpoints of clusters that `endpoints` does not name are not used: the
/// configuration of a proxy that runs elsewhere must not send requests there by itself.
[[nodiscard]] Result<LoadedTraffic> trafficOfEnvoy(const TrafficSource &source, const value::Value &configuration);

} // namespace fairway::proxy
