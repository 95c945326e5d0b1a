#include "core/route/not_modelled.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace fairway::route {
namespace {

    constexpr PolicyKind Kinds[] = {{"networking.istio.io", "EnvoyFilter"}, {"security.istio.io", "AuthorizationPolicy"},
        {"security.istio.io", "PeerAuthentication"}, {"security.istio.io", "RequestAuthentication"},
        {"extensions.istio.io", "WasmPlugin"}, {"gateway.networking.k8s.io", "BackendTLSPolicy"},
        {"networking.istio.io", "DestinationRule"}};
    constexpr std::string_view Root = "istio-system"; // what lives there holds for the whole mesh
    constexpr std::size_t MostNames = 3;

    bool concerns(const value::Value &object, const RouteObject &route, const Rule &rule)
    {
        const std::string_view ns = object["metadata"]["namespace"].stringOr();
        return ns.empty() || ns == Root || ns == route.ns
            || std::any_of(rule.destinations.begin(), rule.destinations.end(), [&](const Destination &d) { return d.ns == ns; });
    }

    /// The parts of a DestinationRule's trafficPolicy, its subsets' included, when it is about a host of the rule.
    std::set<std::string> trafficPolicies(const value::Value &object, const Rule &rule)
    {
        std::set<std::string> parts;
        const std::string host
            = fullHost(object["spec"]["host"].stringOr(), object["metadata"]["namespace"].stringOr("default"));
        const auto add = [&parts](const value::Value &policy) {
            if (policy.isMap()) {
                for (const auto &[name, item] : policy.asMap())
                    parts.insert(name);
            }
        };
        for (const Destination &destination : rule.destinations) {
            if (destination.fqdn != host)
                continue;
            add(object["spec"]["trafficPolicy"]);
            const value::Value &subsets = object["spec"]["subsets"];
            for (std::size_t i = 0; i < subsets.size(); ++i) {
                if (subsets[i]["name"].stringOr() == destination.subset)
                    add(subsets[i]["trafficPolicy"]);
            }
        }
        return parts;
    }

    template <typename Names>
    std::string joined(const Names &names, std::size_t most)
    {
        std::string out;
        for (const std::string &name : names) {
            if (most-- == 0)
                break;
            out += (out.empty() ? "" : ", ") + name;
        }
        return out;
    }

} // namespace

std::span<const PolicyKind> policyKinds()
{
    return Kinds;
}

std::vector<Text> notModelled(const RouteObject &route, const Rule &rule, std::span<const value::Value> objects)
{
    std::vector<Text> out;
    if (route.kind == RouteKind::VirtualService)
        out.push_back(Text::verbatim("mTLS"));
    std::map<std::string_view, std::set<std::string>> names;
    std::vector<Text> traffic;
    for (const value::Value &object : objects) {
        const std::string_view kind = object["kind"].stringOr();
        const std::string_view ns = object["metadata"]["namespace"].stringOr();
        const std::string name = (ns.empty() ? "" : std::string(ns) + "/") + std::string(object["metadata"]["name"].stringOr());
        if (kind == "DestinationRule") {
            if (const std::set<std::string> parts = trafficPolicies(object, rule); !parts.empty())
                traffic.push_back(Text::verbatim("DestinationRule " + name + ": " + joined(parts, parts.size())));
        } else if (std::any_of(std::begin(Kinds), std::end(Kinds), [&](const PolicyKind &known) { return known.kind == kind; })
            && concerns(object, route, rule)) {
            names[kind].insert(name);
        }
    }
    for (const PolicyKind &known : Kinds) {
        const auto found = names.find(known.kind);
        if (found == names.end())
            continue;
        const Text some = Text::verbatim(std::string(known.kind) + " " + joined(found->second, MostNames));
        out.push_back(found->second.size() <= MostNames ? some
                                                        : phrase("route", "%1 and %2 more").with(some, found->second.size() - MostNames));
    }
    out.insert(out.end(), traffic.begin(), traffic.end());
    const bool isStream = route.kind == RouteKind::TlsRoute || route.kind == RouteKind::TcpRoute || rule.section == "tls" || rule.section == "tcp";
    if (isStream)
        out.push_back(phrase("route", "connections (HTTP requests stand for them)"));
    for (const std::string &feature : rule.features)
        out.push_back(Text::verbatim(feature));
    return out;
}

} // namespace fairway::route
