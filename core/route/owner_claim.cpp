#include "core/route/owner_claim.h"

#include <algorithm>
#include <string_view>

namespace fairway::route {
namespace {

using value::Value;

constexpr std::size_t MostClaims = 100;
constexpr std::string_view GatewayApiPlugin = "argoproj-labs/gatewayAPI";

std::string stringOf(const Value &value, std::string_view otherwise = {})
{
    return std::string(value.stringOr(otherwise));
}

/// Collects the routes that one controller's object steers; what they have in common stands in the first claim.
class Claims {
public:
    explicit Claims(OwnerClaim common)
        : m_common(std::move(common))
    {
    }

    /// `name`: "shop/reviews", or "reviews" in the object's own namespace.
    void add(RouteKind kind, const std::string &name, std::vector<std::string> rules = {})
    {
        if (name.empty() || m_claims.size() >= MostClaims)
            return;
        OwnerClaim claim = m_common;
        claim.kind = kind;
        claim.rules = std::move(rules);
        const std::size_t slash = name.find('/');
        claim.name = slash == std::string::npos ? name : name.substr(slash + 1);
        if (slash != std::string::npos)
            claim.ns = name.substr(0, slash);
        m_claims.push_back(std::move(claim));
    }

    [[nodiscard]] std::vector<OwnerClaim> take() { return std::move(m_claims); }

private:
    OwnerClaim m_common;
    std::vector<OwnerClaim> m_claims;
};

std::vector<std::string> namesOf(const Value &list)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < list.size(); ++i)
        out.push_back(stringOf(list[i]));
    return out;
}

void addVirtualService(Claims &claims, const Value &reference)
{
    claims.add(RouteKind::VirtualService, stringOf(reference["name"]), namesOf(reference["routes"]));
}

void addPluginRoutes(Claims &claims, const Value &plugin)
{
    const std::string ns = stringOf(plugin["namespace"]);
    const std::string prefix = ns.empty() ? ns : ns + "/";
    const struct {
        const char *one;
        const char *many;
        RouteKind kind;
    } fields[] = {{"httpRoute", "httpRoutes", RouteKind::HttpRoute}, {"grpcRoute", "grpcRoutes", RouteKind::GrpcRoute},
        {"tlsRoute", "tlsRoutes", RouteKind::TlsRoute}, {"tcpRoute", "tcpRoutes", RouteKind::TcpRoute}};
    for (const auto &field : fields) {
        if (const std::string name = stringOf(plugin[field.one]); !name.empty())
            claims.add(field.kind, prefix + name);
        for (std::size_t i = 0; i < plugin[field.many].size(); ++i) {
            if (const std::string name = stringOf(plugin[field.many][i]["name"]); !name.empty())
                claims.add(field.kind, prefix + name);
        }
    }
}

std::vector<OwnerClaim> claimsOfRollout(const Value &object, OwnerClaim common)
{
    const Value &canary = object["spec"]["strategy"]["canary"];
    const Value &routing = canary["trafficRouting"];
    const Value &weight = object["status"]["canary"]["weights"]["canary"]["weight"];
    const std::int64_t most = routing["maxTrafficWeight"].intOr(100);
    if (!weight.isInt() || most <= 0)
        return {};
    common.controller = "Argo Rollouts";
    common.share = static_cast<double>(weight.intOr(0)) / static_cast<double>(most);
    common.phase = stringOf(object["status"]["phase"]);
    common.service = stringOf(canary["canaryService"]);
    common.subset = stringOf(routing["istio"]["destinationRule"]["canarySubsetName"]);
    const std::string own = stringOf(object["metadata"]["name"]);
    Claims claims(std::move(common));
    addVirtualService(claims, routing["istio"]["virtualService"]);
    for (std::size_t i = 0; i < routing["istio"]["virtualServices"].size(); ++i)
        addVirtualService(claims, routing["istio"]["virtualServices"][i]);
    addPluginRoutes(claims, routing["plugins"][GatewayApiPlugin]);
    const Value &nginx = routing["nginx"];
    const auto addIngress = [&](const std::string &stable) {
        if (!stable.empty())
            claims.add(RouteKind::Ingress, own + "-" + stable + "-canary"); // the Ingress that it makes and steers
    };
    addIngress(stringOf(nginx["stableIngress"]));
    for (std::size_t i = 0; i < nginx["stableIngresses"].size(); ++i)
        addIngress(stringOf(nginx["stableIngresses"][i]));
    return claims.take();
}

std::vector<OwnerClaim> claimsOfCanary(const Value &object, OwnerClaim common)
{
    const Value &weight = object["status"]["canaryWeight"];
    if (!weight.isInt())
        return {};
    const std::string apex = stringOf(object["spec"]["service"]["name"], object["spec"]["targetRef"]["name"].stringOr());
    const std::string_view provider = object["spec"]["provider"].stringOr();
    common.controller = "Flagger";
    common.revertsEdits = false;
    common.share = static_cast<double>(weight.intOr(0)) / 100.0;
    common.phase = stringOf(object["status"]["phase"]);
    common.service = apex + "-canary";
    Claims claims(std::move(common));
    const bool isAny = provider.empty(); // the installation's own default, which is not told here
    if (isAny || provider == "istio")
        claims.add(RouteKind::VirtualService, apex);
    if (isAny || provider.starts_with("gatewayapi"))
        claims.add(RouteKind::HttpRoute, apex);
    if (isAny || provider == "nginx") {
        if (const std::string stable = stringOf(object["spec"]["ingressRef"]["name"]); !stable.empty())
            claims.add(RouteKind::Ingress, stable + "-canary");
    }
    return claims.take();
}

} // namespace

std::vector<OwnerClaim> claimsOf(const Value &object)
{
    const std::string_view kind = object["kind"].stringOr();
    const std::string_view version = object["apiVersion"].stringOr();
    OwnerClaim common;
    common.ns = stringOf(object["metadata"]["namespace"]);
    common.object = std::string(kind) + ' ' + common.ns + '/' + stringOf(object["metadata"]["name"]);
    if (kind == "Rollout" && version.starts_with("argoproj.io/"))
        return claimsOfRollout(object, std::move(common));
    if (kind == "Canary" && version.starts_with("flagger.app/"))
        return claimsOfCanary(object, std::move(common));
    return {};
}

const Destination *claimed(const OwnerClaim &claim, const RouteObject &route, const Rule &rule)
{
    if (claim.kind != route.kind || claim.ns != route.ns || claim.name != route.name || !rule.isSplit())
        return nullptr;
    if (!claim.rules.empty() && std::find(claim.rules.begin(), claim.rules.end(), rule.name) == claim.rules.end())
        return nullptr;
    const auto found = std::find_if(rule.destinations.begin(), rule.destinations.end(), [&](const Destination &destination) {
        if (!claim.subset.empty())
            return destination.subset == claim.subset;
        return !claim.service.empty() && destination.service == claim.service;
    });
    return found == rule.destinations.end() ? nullptr : &*found;
}

} // namespace fairway::route
