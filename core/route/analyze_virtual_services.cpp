#include "core/route/istio_analysis.h"

#include "core/route/host_name.h"
#include "core/route/validation_basics.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace fairway::route::analyzers {
namespace {

    using value::Value;

    constexpr std::string_view kIstio = "networking.istio.io";

    struct Target {
        const Value *destination = nullptr;
        std::string path;
        bool isMirror = false;
    };

    std::vector<Target> targetsOf(const Value &spec)
    {
        std::vector<Target> out;
        for (const char *section : {"tcp", "tls", "http"}) {
            for (std::size_t i = 0; i < spec[section].size(); ++i) {
                const Value &route = spec[section][i]["route"];
                const std::string base = item(field("spec", section), i);
                for (std::size_t j = 0; j < route.size(); ++j)
                    out.push_back({&route[j]["destination"], item(field(base, "route"), j) + ".destination", false});
            }
        }
        for (std::size_t i = 0; i < spec["http"].size(); ++i) {
            const Value &rule = spec["http"][i];
            const std::string base = item("spec.http", i);
            if (!rule["mirror"].isNull())
                out.push_back({&rule["mirror"], field(base, "mirror"), true});
            for (std::size_t j = 0; j < rule["mirrors"].size(); ++j)
                out.push_back({&rule["mirrors"][j]["destination"], item(field(base, "mirrors"), j) + ".destination", true});
        }
        return out;
    }

    bool isOnMesh(const Value &spec)
    {
        for (std::size_t i = 0; i < spec["gateways"].size(); ++i) {
            if (spec["gateways"][i].stringOr() == "mesh")
                return true;
        }
        return spec["gateways"].size() == 0;
    }

    std::vector<std::string> scopesOf(const Value &exportTo, std::string_view ns)
    {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < exportTo.size(); ++i) {
            const std::string_view to = exportTo[i].stringOr();
            if (to == "*")
                return {"*"};
            out.emplace_back(to == "." ? ns : to);
        }
        return out.empty() ? std::vector<std::string> {"*"} : out;
    }

    std::string qualifiedHost(std::string_view ns, std::string_view host)
    {
        if (host.starts_with('*') || host.find('.') != std::string_view::npos)
            return std::string(host);
        return std::string(host) + "." + std::string(ns) + ".svc.cluster.local";
    }

    /// The service behind "a.b.svc.cluster.local", or "ns/host" as written for anything else.
    std::string resourceName(std::string_view ns, std::string_view host)
    {
        constexpr std::string_view suffix = ".svc.cluster.local";
        if (host.ends_with(suffix)) {
            const std::string_view base = host.substr(0, host.size() - suffix.size());
            const std::size_t dot = base.rfind('.');
            if (dot != std::string_view::npos && dot > 0)
                return std::string(base.substr(dot + 1)) + "/" + std::string(base.substr(0, dot));
        }
        return std::string(ns) + "/" + std::string(host);
    }

    std::pair<std::string, std::string> gatewayName(std::string_view ns, std::string_view name)
    {
        const std::size_t slash = name.find('/');
        if (slash == std::string_view::npos)
            return {std::string(ns), std::string(name)};
        return {std::string(name.substr(0, slash)), std::string(name.substr(slash + 1))};
    }

    /// The hosts of an Istio Gateway for virtual services of a namespace.
    std::vector<std::string> hostsFor(const Value &gateway, std::string_view ns)
    {
        std::vector<std::string> out;
        const std::string home(namespaceOf(gateway));
        const Value &servers = gateway["spec"]["servers"];
        for (std::size_t s = 0; s < servers.size(); ++s) {
            for (std::size_t h = 0; h < servers[s]["hosts"].size(); ++h) {
                const std::string_view host = servers[s]["hosts"][h].stringOr();
                const std::size_t slash = host.find('/');
                const std::string_view from = slash == std::string_view::npos ? "*" : host.substr(0, slash);
                if (from == "*" || from == ns || (from == "." && home == ns))
                    out.emplace_back(slash == std::string_view::npos ? host : host.substr(slash + 1));
            }
        }
        return out;
    }

    bool servesAny(const std::vector<std::string> &served, const Value &hosts)
    {
        for (std::size_t i = 0; i < hosts.size(); ++i) {
            const std::string_view host = hosts[i].stringOr();
            if (std::any_of(served.begin(), served.end(), [&](const std::string &s) { return hostsOverlap(s, host); }))
                return true;
        }
        return false;
    }

    std::string joined(const Value &list)
    {
        std::string out;
        for (std::size_t i = 0; i < list.size(); ++i)
            out.append(out.empty() ? "" : ", ").append(list[i].stringOr());
        return out;
    }

} // namespace

void meshHosts(const AnalysisInput &input, AnalysisOutput &output)
{
    std::map<std::pair<std::string, std::string>, std::vector<const Value *>> byHost; // scope, host
    for (const Value *object : input.all(kIstio, "VirtualService")) {
        const Value &spec = (*object)["spec"];
        if (!isOnMesh(spec))
            continue;
        for (const std::string &scope : scopesOf(spec["exportTo"], namespaceOf(*object))) {
            for (std::size_t i = 0; i < spec["hosts"].size(); ++i)
                byHost[{scope, qualifiedHost(namespaceOf(*object), spec["hosts"][i].stringOr())}].push_back(object);
        }
    }
    std::set<const Value *> reported;
    for (const auto &[key, own] : byHost) {
        std::vector<const Value *> objects = own;
        if (key.first != "*") {
            for (const auto &[other, more] : byHost) {
                if (other.first == "*" && hostsOverlap(key.second, other.second))
                    objects.insert(objects.end(), more.begin(), more.end());
            }
        }
        std::set<std::string> names;
        for (const Value *object : objects)
            names.insert(fullNameOf(*object));
        if (names.size() < 2) // one that names a host or a namespace twice is in no conflict with itself
            continue;
        std::string list;
        for (const std::string &name : names)
            list.append(list.empty() ? "" : ", ").append(name);
        for (const Value *object : objects) {
            if (reported.insert(object).second)
                output.add("ConflictingMeshGatewayVirtualServiceHosts", *object,
                    phrase("route", "several virtual services of the mesh (%1) claim the host %2: the oldest wins")
                        .with(list, key.second),
                    "spec.hosts");
        }
    }
}

void destinationHosts(const AnalysisInput &input, AnalysisOutput &output)
{
    const HostIndex hosts(input);
    const std::vector<const Value *> &services = input.all(kIstio, "VirtualService");
    // Hosts that some virtual service splits into subsets of itself.
    std::vector<std::pair<const Value *, std::string>> split;
    for (const Value *object : services) {
        const Value &spec = (*object)["spec"];
        for (std::size_t i = 0; i < spec["http"].size(); ++i) {
            const Value &route = spec["http"][i]["route"];
            for (std::size_t j = 0; j < route.size(); ++j) {
                const Value &destination = route[j]["destination"];
                for (std::size_t h = 0; !destination["subset"].stringOr().empty() && h < spec["hosts"].size(); ++h) {
                    if (spec["hosts"][h].stringOr() == destination["host"].stringOr())
                        split.emplace_back(object, destination["host"].stringOr());
                }
            }
        }
    }
    for (const Value *object : services) {
        const Value &spec = (*object)["spec"];
        for (const Target &target : targetsOf(spec)) {
            const std::string_view host = (*target.destination)["host"].stringOr();
            const HostIndex::Entry *entry = hosts.find(namespaceOf(*object), spec["exportTo"], host);
            if (entry == nullptr) {
                output.add("ReferencedResourceNotFound", *object,
                    (target.isMirror ? phrase("route", "mirror host not found: \"%1\"")
                                     : phrase("route", "host not found: \"%1\""))
                        .with(host),
                    field(target.path, "host"));
                continue;
            }
            const Value &port = (*target.destination)["port"];
            if (port.isNull()) {
                if (entry->ports.size() > 1)
                    output.add("VirtualServiceDestinationPortSelectorRequired", *object,
                        phrase("route", "%1 has several ports: the destination must name one").with(host), target.path);
            } else if (std::find(entry->ports.begin(), entry->ports.end(), port["number"].intOr(0)) == entry->ports.end()) {
                output.add("ReferencedResourceNotFound", *object,
                    phrase("route", "host:port not found: \"%1:%2\"").with(host, port["number"].intOr(0)),
                    field(target.path, "port"));
            }
        }
        for (std::size_t i = 0; spec["gateways"].size() > 0 && i < spec["http"].size(); ++i) {
            const Value &route = spec["http"][i]["route"];
            for (std::size_t j = 0; j < route.size(); ++j) {
                const Value &destination = route[j]["destination"];
                if (!destination["subset"].stringOr().empty())
                    continue;
                for (const auto &[other, host] : split) {
                    if (host == destination["host"].stringOr())
                        output.add("IngressRouteRulesNotAffected", *object,
                            phrase(
                                "route", "the subsets of virtual service %1 have no effect at the gateways of this one")
                                .with(fullNameOf(*other)),
                            item(field(item("spec.http", i), "route"), j) + ".destination");
                }
            }
        }
    }
}

void destinationSubsets(const AnalysisInput &input, AnalysisOutput &output)
{
    std::set<std::string> known;
    for (const Value *object : input.all(kIstio, "DestinationRule")) {
        const Value &spec = (*object)["spec"];
        const std::string host = resourceName(namespaceOf(*object), spec["host"].stringOr());
        for (std::size_t i = 0; i < spec["subsets"].size(); ++i)
            known.insert(host + "+" + std::string(spec["subsets"][i]["name"].stringOr()));
    }
    for (const Value *object : input.all(kIstio, "VirtualService")) {
        for (const Target &target : targetsOf((*object)["spec"])) {
            const std::string subset((*target.destination)["subset"].stringOr());
            const std::string_view host = (*target.destination)["host"].stringOr();
            if (subset.empty() || known.contains(resourceName(namespaceOf(*object), host) + "+" + subset))
                continue;
            output.add("ReferencedResourceNotFound", *object,
                (target.isMirror ? phrase("route", "mirror+subset in destinationrule not found: \"%1+%2\"")
                                 : phrase("route", "host+subset in destinationrule not found: \"%1+%2\""))
                    .with(host, subset),
                field(target.path, "subset"));
        }
    }
}

void routeGateways(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *object : input.all(kIstio, "VirtualService")) {
        const Value &spec = (*object)["spec"];
        for (std::size_t i = 0; i < spec["gateways"].size(); ++i) {
            const std::string written(spec["gateways"][i].stringOr());
            const std::string path = item("spec.gateways", i);
            if (written == "mesh")
                continue;
            const auto [ns, name] = gatewayName(namespaceOf(*object), written);
            // Gateways made of Gateway API objects bear this in their name.
            if (name.find("-istio-autogenerated-k8s-gateway") != std::string::npos) {
                output.add("ReferencedInternalGateway", *object,
                    phrase("route", "gateway %1 is generated and may change its name").with(written), path);
                continue;
            }
            std::vector<std::string> served;
            if (const Value *gateway = input.find(kIstio, "Gateway", ns, name)) {
                served = hostsFor(*gateway, namespaceOf(*object));
            } else if (const Value *api = input.find("gateway.networking.k8s.io", "Gateway", ns, name)) {
                const Value &listeners = (*api)["spec"]["listeners"];
                for (std::size_t l = 0; l < listeners.size(); ++l)
                    served.emplace_back(listeners[l]["hostname"].stringOr().empty() ? "*" : listeners[l]["hostname"].stringOr());
            } else {
                output.add("ReferencedResourceNotFound", *object,
                    phrase("route", "gateway not found: \"%1\"").with(written), path);
            }
            if (!servesAny(served, spec["hosts"]))
                output.add("VirtualServiceHostNotFoundInGateway", *object,
                    phrase("route", "gateway %1 serves none of the hosts %2").with(written, joined(spec["hosts"])),
                    path);
        }
    }
}

void claimRoutes(const AnalysisInput &input, AnalysisOutput &output)
{
    const auto claimOf = [](const Value &spec) {
        for (std::size_t r = 0; r < spec["http"].size(); ++r) {
            const Value &matches = spec["http"][r]["match"];
            for (std::size_t m = 0; m < matches.size(); ++m) {
                for (const char *key : {"headers", "withoutHeaders"}) {
                    if (!matches[m][key].isMap())
                        continue;
                    for (const auto &[name, match] : matches[m][key].asMap()) {
                        if (isClaimName(name))
                            return name;
                    }
                }
            }
        }
        return std::string();
    };
    for (const Value *object : input.all(kIstio, "VirtualService")) {
        const Value &spec = (*object)["spec"];
        const std::string claim = claimOf(spec);
        for (std::size_t i = 0; !claim.empty() && i < spec["gateways"].size(); ++i) {
            const auto [ns, name] = gatewayName(namespaceOf(*object), spec["gateways"][i].stringOr());
            const Value *gateway = input.find(kIstio, "Gateway", ns, name);
            if (gateway == nullptr)
                continue;
            for (const Value *pod : input.all("", "Pod")) {
                const Value &labels = (*pod)["metadata"]["labels"];
                const std::vector<const Value *> &requests = input.all("security.istio.io", "RequestAuthentication");
                const bool isChecked = std::any_of(requests.begin(), requests.end(), [&](const Value *request) {
                    const std::string_view home = namespaceOf(*request);
                    return (home == "istio-system" || home == namespaceOf(*pod))
                        && selects((*request)["spec"]["selector"]["matchLabels"], labels);
                });
                if (selects((*gateway)["spec"]["selector"], labels) && !isChecked)
                    output.add("JwtClaimBasedRoutingWithoutRequestAuthN", *object,
                        phrase("route",
                            "it routes by the claim %1, but no RequestAuthentication checks tokens at gateway pod %2")
                            .with(claim, nameOf(*pod)),
                        item("spec.gateways", i));
            }
        }
    }
}

} // namespace fairway::route::analyzers
