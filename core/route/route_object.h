#pragma once

#include "core/base/result.h"
#include "core/base/text.h"
#include "core/value/value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Routes of Istio, Gateway API and ingress-nginx as one shape: what they match, where they lead, how they split.
/// Everything here is pure: values in, values out, no I/O, no clock.
namespace fairway::route {

enum class RouteKind { VirtualService, HttpRoute, GrpcRoute, TlsRoute, TcpRoute, Ingress };

/// The kind as objects spell it: "VirtualService", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "Ingress".
[[nodiscard]] std::string_view toString(RouteKind kind);

/// Whose arithmetic the weights follow (see weights.h).
enum class WeightRules { Istio, GatewayApi, NginxCanary };

/// True when `kind` of `apiVersion` is one that parseRoute() reads. An Ingress counts whether or not it is a canary.
[[nodiscard]] bool isRoute(std::string_view apiVersion, std::string_view kind);

/// What a condition compares.
enum class Subject { Path, Header, QueryParam, Method, Authority, Scheme, GrpcService, GrpcMethod, Sni, Subnet, Cookie };

/// How it compares. PathPrefix goes by path element ("/v2" does not match "/v2example"), Prefix by characters.
enum class Operator { Exact, Prefix, PathPrefix, Regex, Present };

/// One comparison of a match; all conditions of a match must hold.
struct Condition {
    Subject subject = Subject::Path;
    Operator op = Operator::Exact;
    std::string key;   ///< Header, query parameter or cookie; empty otherwise.
    std::string value; ///< Empty for Present.
    bool isNegated = false;   ///< withoutHeaders.
    bool ignoresCase = false; ///< ignoreUriCase.
    friend bool operator==(const Condition &, const Condition &) = default;
};

/// One match block: conditions tested per request, and selectors that decide where the block is loaded at all.
struct Match {
    std::vector<Condition> conditions;
    std::map<std::string, std::string> sourceLabels;
    std::string sourceNamespace;
    std::vector<std::string> gateways; ///< When set, the source selectors are not looked at (Istio).
    int port = 0;
    /// No condition at all, or a path condition that every request fulfils.
    [[nodiscard]] bool matchesEverything() const;
    [[nodiscard]] bool isSidecarOnly() const;
};

/// Where a rule sends a share of its requests.
struct Destination {
    std::string host;    ///< As written: "reviews", "reviews.shop.svc.cluster.local"; the Service's name for Gateway API.
    std::string service; ///< Name of the Service it means; empty when it means none (external host, other kind).
    std::string ns;      ///< Namespace of that Service, resolved by the rules of the kind.
    std::string fqdn;    ///< Lower-case full host: what DestinationRules are looked up by.
    std::string subset;
    int port = 0;         ///< 0 when not given.
    std::string portName; ///< Ingress may name the port instead.
    std::string label;    ///< Short and unique in its rule: the subset, else the Service, made longer where needed.
    std::int64_t weight = 0;   ///< As written, or the kind's default.
    bool isWeightWritten = false;
    double share = 0;          ///< Effective, 0..1, by the kind's rules on sums.
    std::string pointer;       ///< RFC 6901: "/spec/http/0/route/1".
    std::string weightPointer; ///< "/spec/http/0/route/1/weight"; empty when this weight can't be written.
};

/// One rule in match order. With at least two destinations it is a split.
struct Rule {
    std::string section; ///< "http", "tls", "tcp"; "rules" (Gateway API, plain Ingress); "canary".
    int index = 0;       ///< Position in its section, from 0.
    std::string name;    ///< The rule's own name, if any.
    Text title;          ///< "x-tester: true", "/api prefix", "Everything else".
    Text detail;         ///< "header, exact"; "sourceLabels"; empty.
    std::vector<Match> matches; ///< Any of them; empty matches everything.
    bool isCatchAll = false;
    bool isSidecarOnly = false; ///< Every match needs source labels or a source namespace: never at a gateway.
    Text action;                ///< When it does not forward: "redirects to …", "answers 503", "delegates to shop/reviews-inner".
    std::string delegate;       ///< "shop/reviews-inner": the VirtualService whose rules go on.
    std::vector<Destination> destinations;
    std::int64_t total = 0;     ///< Sum of the weights as written.
    bool isEditable = true;     ///< False with a reason when the weights can't be changed safely.
    Text notEditableReason;
    std::string pointer;        ///< "/spec/http/0".
    /// What the built-in proxy would not do although the rule says so: "fault", "mirror", "retries", "rewrite", …
    std::vector<std::string> features;

    [[nodiscard]] bool isSplit() const { return destinations.size() > 1; }
    [[nodiscard]] std::vector<std::int64_t> weights() const;
};

/// A place where the object is not what its schema says. The rest is still read.
struct ShapeProblem {
    std::string path;    ///< "spec.http[2].route[1].weight"
    Text message;     ///< "weight must be a whole number, not text"
};

struct RouteObject {
    RouteKind kind = RouteKind::VirtualService;
    std::string apiVersion;
    std::string ns; ///< Empty only when the object has none (a file); then destinations resolve in "default".
    std::string name;
    std::vector<std::string> hosts;
    /// Where it is loaded: Gateways of a VirtualService as "ns/name" or "mesh"; parents of a Gateway API route as
    /// "Gateway ns/name" or "Service ns/name"; the ingress class.
    std::vector<std::string> gateways;
    std::vector<Rule> rules; ///< In match order: section by section as Istio lists them.
    std::vector<ShapeProblem> problems;
    std::string canaryOf;  ///< For a canary Ingress: "ns/name" of its primary when paired.
    bool isDelegate = false; ///< A VirtualService without hosts: reached through another one.

    [[nodiscard]] bool isGatewayApi() const;
    [[nodiscard]] WeightRules weightRules() const;
    [[nodiscard]] std::string id() const; ///< "VirtualService/shop/reviews"
    /// The rules of a canary Ingress are found as "rules" too, as its field is called.
    [[nodiscard]] const Rule *find(std::string_view section, int index) const;
    /// The rule a mini bar shows: the first split, else the catch-all, else the first that forwards; nullptr without one.
    [[nodiscard]] const Rule *headline() const;
};

/// Limits of what is read from one object; beyond them a ShapeProblem says so and the rest is left out.
struct RouteLimits {
    std::size_t maxRules = 2000;
    std::size_t maxMatchesPerRule = 500;
    std::size_t maxDestinations = 200;
};

/// Reads a VirtualService (networking.istio.io v1, v1beta1, v1alpha3), an HTTPRoute, GRPCRoute, TLSRoute or TCPRoute
/// (gateway.networking.k8s.io v1, v1beta1, v1alpha2, v1alpha3) or an Ingress (networking.k8s.io v1, v1beta1).
///
/// A canary Ingress (annotation nginx.ingress.kubernetes.io/canary: "true") gives section "canary" with two destinations
/// per path: the primary's backend (unknown until pairIngress()) and the canary's.
///
/// Errors: InvalidInput when it is no object of these kinds or has no name. Anything wrong inside is a ShapeProblem;
///         the rule it belongs to is not editable.
[[nodiscard]] Result<RouteObject> parseRoute(const value::Value &object, const RouteLimits &limits = {});

/// Fills the stable side of a canary Ingress from the Ingress that serves the same hosts and paths; false when `primary`
/// is a canary itself, or shares no host and path, or lives in another namespace.
bool pairIngress(RouteObject &canary, const RouteObject &primary);

/// "spec.http[2].route[1]" of the RFC 6901 pointer "/spec/http/2/route/1".
[[nodiscard]] std::string displayPath(std::string_view pointer);

struct ServiceName {
    std::string ns;
    std::string name;
};
/// The Service that a host means when a rule in namespace `ns` writes it: short names live in the rule's namespace; "a.b.svc"
/// and "a.b.svc.<domain>" name theirs, and so does "a.b" where b is no top-level domain anybody could mean (Istio keeps
/// "a.b" as it is, so it only works where the mesh resolves it). nullopt for wildcards, addresses and foreign names.
[[nodiscard]] std::optional<ServiceName> serviceOfHost(std::string_view host, std::string_view ns,
    std::string_view domain = "cluster.local");
/// Istio's full name: a host without a dot gets ".<ns>.svc.<domain>" (".<ns>" without a domain); others stay as they are. Lower case.
[[nodiscard]] std::string fullHost(std::string_view host, std::string_view ns, std::string_view domain = "cluster.local");

} // namespace fairway::route
