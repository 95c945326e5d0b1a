#include "core/route/form_fields.h"
#include "core/value/pointer.h"

/// The form of a DestinationRule's traffic policy.
/// Source: Istio's destination_rule.proto; what counts when a field is missing: its own comments and the defaults of Pilot.
namespace fairway::route {
namespace {

    using value::Value;

    void addPool(EditForm &form, const Value &object, const std::string &at)
    {
        form.groups.push_back(GroupBuilder(object, at + "/connectionPool", "pool", phrase("route", "Connection pool"))
                .integer("tcp.maxConnections", "/tcp/maxConnections", phrase("route", "Connections at most"),
                    phrase("route", "To all endpoints together, from one proxy. HTTP/1 and TCP. Not set: no limit."), 1)
                .duration("tcp.connectTimeout", "/tcp/connectTimeout", phrase("route", "Time to connect"), phrase("route", "Not set: 10s."))
                .integer("http.http1MaxPendingRequests", "/http/http1MaxPendingRequests", phrase("route", "Waiting requests at most"),
                    phrase("route", "That wait for a connection; HTTP/2 too. Not set: no limit."), 1)
                .integer("http.http2MaxRequests", "/http/http2MaxRequests", phrase("route", "Requests at a time at most"),
                    phrase("route", "To all endpoints together, from one proxy; HTTP/1 too. Not set: no limit."), 1)
                .integer("http.maxRequestsPerConnection", "/http/maxRequestsPerConnection", phrase("route", "Requests per connection"),
                    phrase("route", "A connection is closed after so many. 1: no keep-alive. Not set: no limit."))
                .integer("http.maxRetries", "/http/maxRetries", phrase("route", "Retries at a time at most"),
                    phrase("route", "To all endpoints together, from one proxy. Not set: no limit."), 1)
                .duration("http.idleTimeout", "/http/idleTimeout", phrase("route", "Idle connections live"), phrase("route", "Not set: 1h."))
                .choice("http.h2UpgradePolicy", "/http/h2UpgradePolicy", {"DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"}, phrase("route", "Upgrade to HTTP/2"),
                    phrase("route", "Whether HTTP/1.1 requests go on as HTTP/2. Not set: the mesh's own setting."))
                .flag("http.useClientProtocol", "/http/useClientProtocol", phrase("route", "Keep the client's protocol"),
                    phrase("route", "HTTP/1.1 stays HTTP/1.1 and HTTP/2 stays HTTP/2. Excludes the upgrade."))
                .take());
    }

    void addOutlier(EditForm &form, const Value &object, const std::string &at)
    {
        form.groups.push_back(GroupBuilder(object, at + "/outlierDetection", "outlier", phrase("route", "Outlier detection"))
                .integer("outlier.consecutive5xxErrors", "/consecutive5xxErrors", phrase("route", "Server errors in a row"),
                    phrase("route", "So many take an endpoint out. 0: never. Not set: 5."))
                .integer("outlier.consecutiveGatewayErrors", "/consecutiveGatewayErrors", phrase("route", "Gateway errors in a row"),
                    phrase("route", "502, 503 and 504 only. Not set: not counted."))
                .duration("outlier.interval", "/interval", phrase("route", "Looked at every"), phrase("route", "Not set: 10s."))
                .duration("outlier.baseEjectionTime", "/baseEjectionTime", phrase("route", "Taken out for"),
                    phrase("route", "Times how often it was taken out. Not set: 30s."))
                .integer("outlier.maxEjectionPercent", "/maxEjectionPercent", phrase("route", "Taken out at most, %"),
                    phrase("route", "Of the endpoints, at the same time. Not set: 10."), 0, 100)
                .integer("outlier.minHealthPercent", "/minHealthPercent", phrase("route", "Needs healthy endpoints, %"),
                    phrase("route", "With fewer, all endpoints are used. Not set: 0."), 0, 100)
                .take());
    }

    void addBalancer(EditForm &form, const Value &object, const std::string &at)
    {
        GroupBuilder group(object, at + "/loadBalancer", "balancer", phrase("route", "Load balancer"));
        group
            .choice("balancer.simple", "/simple", {"LEAST_REQUEST", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"}, phrase("route", "Chooses endpoints by"),
                phrase("route", "Not set: LEAST_REQUEST."))
            .text("balancer.header", "/consistentHash/httpHeaderName", phrase("route", "Sticky by header"),
                phrase("route", "Requests with the same value of this header go to the same endpoint. Excludes the choice above."))
            .flag("balancer.sourceIp", "/consistentHash/useSourceIp", phrase("route", "Sticky by address"),
                phrase("route", "Requests from the same address go to the same endpoint. Excludes the choices above."));
        const Value &hash = value::at(object, at + "/loadBalancer/consistentHash");
        if (!hash["httpCookie"].isNull() || !hash["httpQueryParameterName"].isNull())
            group.note(phrase("route", "Requests stick by a cookie or a query parameter here: change that in the YAML."));
        form.groups.push_back(group.take());
    }

} // namespace

Result<EditForm> policyForm(const Value &destinationRule, std::string_view subset)
{
    const std::string name(destinationRule["metadata"]["name"].stringOr());
    if (destinationRule["kind"].stringOr() != "DestinationRule")
        return fail(ErrorCode::InvalidInput, "only a DestinationRule has a traffic policy");
    std::string at = "/spec/trafficPolicy";
    if (!subset.empty()) {
        const Value &subsets = destinationRule["spec"]["subsets"];
        std::size_t i = 0;
        while (i < subsets.size() && subsets[i]["name"].stringOr() != subset)
            ++i;
        if (i == subsets.size())
            return fail(ErrorCode::NotFound, "DestinationRule " + name + " has no subset \"" + std::string(subset) + "\"");
        at = value::childPointer("/spec/subsets", i) + "/trafficPolicy";
    }
    EditForm form;
    addPool(form, destinationRule, at);
    addOutlier(form, destinationRule, at);
    addBalancer(form, destinationRule, at);
    return form;
}

} // namespace fairway::route
