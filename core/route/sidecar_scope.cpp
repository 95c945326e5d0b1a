#include "core/route/sidecar_scope.h"

#include "core/route/host_name.h"
#include "core/route/text_matcher.h"

#include <algorithm>
#include <map>

namespace fairway::route {
namespace {

    /// Hosts imported from one namespace.
    struct Imports {
        std::vector<std::string> hosts;
        std::vector<std::string> excluded;

        bool takes(std::string_view host) const
        {
            return std::any_of(hosts.begin(), hosts.end(), [&](const std::string &h) { return isHostWithin(host, h); });
        }
        /// Virtual services are imported when some host fits both, but two full names must be equal.
        bool takesVirtualServiceHost(std::string_view host) const
        {
            return std::any_of(hosts.begin(), hosts.end(), [&](const std::string &h) { return hostsOverlap(host, h); });
        }
        bool excludes(std::string_view host) const
        {
            return std::any_of(excluded.begin(), excluded.end(), [&](const std::string &h) { return isHostWithin(host, h); });
        }
    };
    using ImportMap = std::map<std::string, Imports, std::less<>>;

    ImportMap importsOf(const std::vector<std::string> &hosts, const std::string &ns)
    {
        ImportMap out;
        for (const std::string &entry : hosts) {
            const std::size_t slash = entry.find('/');
            if (slash == std::string::npos)
                continue;
            std::string from = entry.substr(0, slash);
            const bool isExcluded = from.starts_with('~');
            if (isExcluded)
                from = from.size() == 1 ? "*" : from.substr(1);
            if (from == ".")
                from = ns;
            Imports &imports = out[from];
            (isExcluded ? imports.excluded : imports.hosts).push_back(lowerAscii(entry.substr(slash + 1)));
        }
        return out;
    }

    const Imports *find(const ImportMap &imports, std::string_view ns)
    {
        const auto found = imports.find(ns);
        return found == imports.end() ? nullptr : &found->second;
    }

    bool hasPort(const MeshService &service, const EgressScope &scope)
    {
        return scope.port == 0 || scope.isHttpProxy || service.port(scope.port) != nullptr;
    }

    void importServices(EgressScope &out, const IstioConfig &config, const ImportMap &imports, const std::string &ns)
    {
        std::unordered_map<std::string, std::size_t> byHost;
        const Imports *everywhere = find(imports, "*");
        for (const MeshService &service : config.services()) {
            if (!IstioConfig::isExported(service.exportTo, service.ns, ns) || !hasPort(service, out))
                continue;
            const Imports *own = find(imports, service.ns);
            if ((own != nullptr && own->excludes(service.host)) || (everywhere != nullptr && everywhere->excludes(service.host)))
                continue;
            if (!(own != nullptr && own->takes(service.host)) && !(everywhere != nullptr && everywhere->takes(service.host)))
                continue;
            // One service per host: the client's namespace first, then Kubernetes', then the oldest.
            const auto [known, isNew] = byHost.emplace(service.host, out.services.size());
            if (isNew) {
                out.services.push_back(&service);
                continue;
            }
            const MeshService *&kept = out.services[known->second];
            if (kept->ns != ns && (service.ns == ns || (!kept->isKubernetes && service.isKubernetes)))
                kept = &service;
        }
    }

    void importVirtualServices(EgressScope &out, const IstioConfig &config, const ImportMap &imports, const std::string &ns)
    {
        const Imports *everywhere = find(imports, "*");
        for (const MeshVirtualService *service : config.visible(ns, "mesh")) {
            const Imports *own = find(imports, service->route.ns);
            const bool isImported = std::any_of(service->hosts.begin(), service->hosts.end(), [&](const std::string &host) {
                if ((own != nullptr && own->excludes(host)) || (everywhere != nullptr && everywhere->excludes(host)))
                    return false;
                return (own != nullptr && own->takesVirtualServiceHost(host))
                    || (everywhere != nullptr && everywhere->takesVirtualServiceHost(host));
            });
            if (isImported)
                out.virtualServices.push_back(service);
        }
    }

    void findClosest(EgressScope &out)
    {
        std::unordered_map<std::string_view, const MeshVirtualService *> exact;
        std::map<std::string_view, const MeshVirtualService *> wildcards;
        for (const MeshVirtualService *service : out.virtualServices) {
            for (const std::string &host : service->hosts) {
                if (isWildcardHost(host))
                    wildcards.emplace(host, service);
                else
                    exact.emplace(host, service);
            }
        }
        for (const MeshService *service : out.services) {
            const MeshVirtualService *best = nullptr;
            if (const auto same = exact.find(service->host); same != exact.end()) {
                best = same->second;
            } else {
                std::size_t length = 0;
                for (const auto &[host, candidate] : wildcards) {
                    if (host.size() > length && isHostWithin(service->host, host)) {
                        best = candidate;
                        length = host.size();
                    }
                }
            }
            if (best != nullptr)
                out.closest.emplace(service->host, best);
        }
    }

    const MeshSidecar *sidecarFor(const IstioConfig &config, const SidecarView &view)
    {
        const MeshSidecar *own = nullptr;
        const MeshSidecar *root = nullptr;
        for (const MeshSidecar &sidecar : config.sidecars()) {
            const bool isSelected = std::all_of(sidecar.selector.begin(), sidecar.selector.end(), [&](const auto &label) {
                const auto found = view.labels.find(label.first);
                return found != view.labels.end() && found->second == label.second;
            });
            if (sidecar.ns == view.ns && !sidecar.selector.empty() && isSelected)
                return &sidecar;
            if (!sidecar.selector.empty())
                continue;
            if (sidecar.ns == view.ns && own == nullptr)
                own = &sidecar;
            if (sidecar.ns == config.options().rootNamespace && root == nullptr)
                root = &sidecar;
        }
        return own != nullptr ? own : root;
    }

} // namespace

SidecarScope scopeOf(const IstioConfig &config, const SidecarView &view)
{
    SidecarScope out;
    out.outboundMode = config.options().outboundMode;
    std::vector<MeshSidecar::Listener> listeners;
    if (const MeshSidecar *sidecar = sidecarFor(config, view)) {
        out.sidecar = sidecar->ns + "/" + sidecar->name;
        listeners = sidecar->egress;
        if (!sidecar->outboundMode.empty())
            out.outboundMode = sidecar->outboundMode;
    }
    if (listeners.empty())
        listeners.push_back({0, {}, {"*/*"}});
    for (const MeshSidecar::Listener &listener : listeners) {
        EgressScope scope;
        scope.port = listener.port;
        scope.isHttpProxy = equalsIgnoringCase(listener.protocol, "http_proxy");
        const ImportMap imports = importsOf(listener.hosts, view.ns);
        importVirtualServices(scope, config, imports, view.ns);
        importServices(scope, config, imports, view.ns);
        findClosest(scope);
        out.listeners.push_back(std::move(scope));
    }
    return out;
}

} // namespace fairway::route
