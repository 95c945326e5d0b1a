#pragma once

#include "core/base/text.h"
#include "core/route/text_matcher.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Routes as a proxy holds them: whatever objects they came from, one shape that is quick to ask. Plain data, made by the
/// compilers (istio_*, gateway_api_*, ingress_*, envoy_*) and never changed afterwards.
namespace fairway::route {

/// The path of a request (without query) against one rule.
struct PathMatcher {
    /// PathPrefix goes by path element: "/v2" takes "/v2" and "/v2/x", not "/v2x". Template is Envoy's URI template.
    enum class Kind : std::uint8_t { Any, Exact, Prefix, PathPrefix, Regex, Template };
    Kind kind = Kind::Any;
    TextMatcher text; ///< Exact, Prefix and Regex as such; for PathPrefix Exact without the last slash.

    [[nodiscard]] bool matches(std::string_view path) const;
};

struct HeaderCondition {
    std::string name; ///< Lower case; ":method", ":authority", ":scheme" and ":path" are the request's own.
    TextMatcher matcher;
    bool isNegated = false;
    bool isEmptyWhenMissing = false; ///< A missing header counts as the empty text; otherwise it never matches.
};

struct QueryCondition {
    std::string name; ///< Case counts. Of a repeated parameter the first value is compared.
    TextMatcher matcher;
};

/// What only Envoy's own configuration can ask for: state that is no part of the request.
struct MetadataCondition {
    std::string filter;
    std::vector<std::string> path;
    TextMatcher matcher;
    bool isNegated = false;
};

/// A share of requests, by the request's random number: numerator of denominator.
struct Fraction {
    std::uint64_t numerator = 0;
    std::uint64_t denominator = 100;
    std::string runtimeKey; ///< A named override of the numerator, when the call brings one.
};

struct RouteMatch {
    PathMatcher path;
    std::vector<HeaderCondition> headers;
    std::vector<QueryCondition> query;
    std::vector<MetadataCondition> metadata;
    std::optional<Fraction> fraction;
    bool onlyGrpc = false;
    std::optional<bool> onlyTls;

    /// Takes whatever comes: what stands behind it in the same host is never reached.
    [[nodiscard]] bool isCatchAll() const;
};

/// One change to the headers of a request or response. Removals come first, then the others as listed.
struct HeaderEdit {
    enum class Kind : std::uint8_t { Remove, Set, Add, SetIfPresent, AddIfAbsent };
    Kind kind = Kind::Set;
    std::string name; ///< As written; compared without case.
    std::string value; ///< A pattern for headerText(),
    bool isLiteral = false; ///< unless it is sent as it stands: the Gateway API knows no patterns.
};
using HeaderEdits = std::vector<HeaderEdit>;

/// What becomes of the path. Prefix and GatewayPrefix swap what the rule's path matcher took, Regex what the expression takes; of
/// Captures the text is the whole new path, which may bring a query to stand before the request's own.
struct PathRewrite {
    enum class Kind : std::uint8_t { None, Full, Prefix, GatewayPrefix, Regex, Captures };
    Kind kind = Kind::None;
    std::string text; ///< The new path or prefix; RE2's replacement with \N.
    std::shared_ptr<const re2::RE2> regex;
};

struct RedirectAction {
    std::string scheme;
    std::string host;
    int port = 0;
    PathRewrite path;
    int code = 301;
    bool stripsQuery = false;
    bool stripsDefaultPort = false; ///< ":80" of http and ":443" of https never stand in the location.
    bool stripsLastSlash = false;   ///< A "/" at the very end of path and query goes.
};

/// One backend of a route and what happens to the requests it gets.
struct RouteTarget {
    std::string ns;
    std::string host; ///< Full name.
    std::string subset;
    int port = 0;
    std::uint64_t weight = 0;
    std::string kind = "Service"; ///< Or "ServiceEntry", "Cluster" (Envoy), "ServiceImport", "Host" (by its address alone), the kind of a backendRef.
    std::string pointer; ///< RFC 6901, in the rule's object.
    Text problem; ///< Why requests can't be sent there; they are answered with 500.
    std::string clusterHeader; ///< Envoy: the header that names the cluster.
    HeaderEdits requestEdits;
    HeaderEdits responseEdits;
    std::string authority; ///< New authority; empty keeps it.
    PathRewrite rewrite;
    std::optional<RedirectAction> redirect;
};

struct MirrorTarget {
    RouteTarget target;
    double percent = 100;
    bool isAsReceived = false; ///< The copy has path and query as they came, whatever the route makes of them.
};

struct FaultAction {
    double abortPercent = 0;
    int httpStatus = 0;
    std::string grpcStatus; ///< "UNAVAILABLE"
    double delayPercent = 0;
    std::chrono::milliseconds delay {0};
};

struct RetryAction {
    int attempts = 0;
    std::chrono::milliseconds perTryTimeout {0};
    std::string retryOn;
    std::vector<int> codes;
    std::chrono::milliseconds backoff {0};
};

struct CorsAction {
    std::vector<TextMatcher> origins;
    bool allowsAnyOrigin = false;
    std::vector<std::string> methods;
    std::vector<std::string> headers;
    std::vector<std::string> exposedHeaders;
    bool allowsCredentials = false;
    bool forwardsUnmatchedPreflight = true; ///< Istio's default; Gateway API answers them.
    std::optional<std::chrono::seconds> maxAge;
};

struct DirectAnswer {
    int status = 200;
    std::string body;
};

struct RouteAction {
    /// Failing: the rule was taken and can't do anything (answered 404 by Envoy, 500 by Gateway API: `direct.status`).
    enum class Kind : std::uint8_t { Forward, Redirect, Answer, Failing };
    Kind kind = Kind::Forward;
    std::vector<RouteTarget> targets;
    std::uint64_t totalWeight = 0;
    RedirectAction redirect;
    DirectAnswer direct;
    PathRewrite rewrite;
    std::string authority;
    std::string authorityHeader; ///< Envoy: the header whose value becomes the authority.
    HeaderEdits requestEdits;
    HeaderEdits responseEdits;
    bool firstEditsOfTarget = true; ///< Order of the two lists of edits: Envoy's weighted clusters come before the route.
    std::vector<MirrorTarget> mirrors;
    std::optional<FaultAction> fault;
    std::optional<RetryAction> retry;
    std::optional<CorsAction> cors;
    std::chrono::milliseconds timeout {0};        ///< Of the whole request; 0 is none.
    std::chrono::milliseconds backendTimeout {0}; ///< Of one try; 0 is none.
    std::string sessionPersistence;               ///< "Cookie" or "Header" when a session keeps its backend.
};

/// Where a compiled route comes from.
struct RuleOrigin {
    std::string kind; ///< "VirtualService", "HTTPRoute", "Service" for a default route, …
    std::string ns;
    std::string name;
    std::string section; ///< "http", "rules", …; "annotations" with the key as `ruleName`; empty for what has no rules.
    int index = 0;
    int match = -1; ///< Index of the match block; -1 when there is none.
    std::string ruleName;
    std::string via; ///< The root that delegated: "VirtualService shop/root http[0]".

    /// "VirtualService shop/reviews http[0]"
    [[nodiscard]] std::string display() const;
    /// "VirtualService shop/reviews"
    [[nodiscard]] std::string object() const;
    /// "spec.http[0].match[1]"
    [[nodiscard]] std::string path() const;
};

struct CompiledRoute {
    RuleOrigin origin;
    std::optional<RuleOrigin> alsoFor; ///< The rule of another object whose requests it takes too: the primary Ingress' behind a canary by weight.
    std::string name; ///< As Envoy would name it: "rule.match".
    RouteMatch match;
    std::shared_ptr<const RouteAction> action; ///< Shared by the match blocks of a rule.
};

} // namespace fairway::route
