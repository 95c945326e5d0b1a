#include "core/route/istio_config.h"

#include "core/route/host_name.h"
#include "core/route/text_matcher.h"

#include <algorithm>
#include <array>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::size_t kMaxItems = 100'000;

    std::vector<std::string> texts(const Value &list)
    {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < std::min(list.isList() ? list.size() : 0, kMaxItems); ++i) {
            if (list[i].isString())
                out.push_back(list[i].asString());
        }
        return out;
    }

    std::map<std::string, std::string> textMap(const Value &map)
    {
        std::map<std::string, std::string> out;
        if (map.isMap()) {
            for (const auto &[key, item] : map.asMap()) {
                if (item.isString())
                    out.emplace(key, item.asString());
            }
        }
        return out;
    }

    std::string nsOf(const Value &object)
    {
        const std::string_view ns = object["metadata"]["namespace"].stringOr();
        return std::string(ns.empty() ? "default" : ns);
    }

    std::string created(const Value &object)
    {
        return std::string(object["metadata"]["creationTimestamp"].stringOr());
    }

    int portNumber(const Value &value)
    {
        const std::int64_t number = value.intOr(0);
        return number > 0 && number <= 65535 ? static_cast<int>(number) : 0;
    }

    /// "HTTP_ROUTE (vhost reviews:9080, route default)": what a patch is for, and what of it.
    std::string patchedBy(const Value &patch)
    {
        const Value &match = patch["match"];
        const Value &chain = match["listener"]["filterChain"];
        const Value &vhost = match["routeConfiguration"]["vhost"];
        const struct {
            const char *word;
            const Value &value;
        } parts[] = {{"listener", match["listener"]["name"]}, {"port", match["listener"]["portNumber"]}, {"chain", chain["name"]}, {"SNI", chain["sni"]},
            {"filter", chain["filter"]["name"]}, {"filter", chain["filter"]["subFilter"]["name"]}, {"routes", match["routeConfiguration"]["name"]},
            {"port", match["routeConfiguration"]["portNumber"]}, {"gateway", match["routeConfiguration"]["gateway"]}, {"vhost", vhost["name"]},
            {"route", vhost["route"]["name"]}, {"cluster", match["cluster"]["name"]}, {"service", match["cluster"]["service"]},
            {"subset", match["cluster"]["subset"]}, {"port", match["cluster"]["portNumber"]}};
        std::string where;
        for (const auto &part : parts) {
            const std::string text = part.value.isInt() ? std::to_string(part.value.intOr(0)) : std::string(part.value.stringOr());
            if (!text.empty())
                where.append(where.empty() ? "" : ", ").append(part.word).append(" ").append(text);
        }
        std::string out(patch["applyTo"].stringOr("?"));
        return where.empty() ? out : out.append(" (").append(where).append(")");
    }

} // namespace

PortProtocol protocolOfServicePort(const Value &port)
{
    if (port["protocol"].stringOr() == "UDP")
        return PortProtocol::Udp;
    const std::string_view app = port["appProtocol"].stringOr();
    if (app == "kubernetes.io/h2c" || app == "kubernetes.io/ws")
        return PortProtocol::Http;
    if (app == "kubernetes.io/wss")
        return PortProtocol::Tls;
    const std::string_view name = port["appProtocol"].isString() ? app : port["name"].stringOr();
    const std::string_view prefix = name.substr(0, name.find('-'));
    if (lowerAscii(name).starts_with("grpc-web"))
        return PortProtocol::Http;
    if (isKnownProtocol(prefix))
        return protocolNamed(prefix);
    // Ports on which the server speaks first can't be sniffed.
    static constexpr std::array<std::int64_t, 4> ServerFirst {25, 53, 3306, 27017};
    const std::int64_t number = port["port"].intOr(0);
    return std::find(ServerFirst.begin(), ServerFirst.end(), number) != ServerFirst.end() ? PortProtocol::Tcp
                                                                                          : PortProtocol::Sniffed;
}

namespace {

    template <typename T>
    void sortByAge(std::vector<T> &items)
    {
        const auto keyOf = [](const T &item) {
            if constexpr (requires { item.route; })
                return item.route.name + "." + item.route.ns;
            else
                return item.name + "." + item.ns;
        };
        // RFC 3339 in UTC sorts as text; an object without a time is as old as time itself.
        std::stable_sort(items.begin(), items.end(), [&](const T &a, const T &b) {
            return a.created != b.created ? a.created < b.created : keyOf(a) < keyOf(b);
        });
    }

} // namespace

bool isKnownProtocol(std::string_view name)
{
    static constexpr std::array<std::string_view, 12> Names {
        "tcp", "udp", "grpc", "grpc-web", "http", "http_proxy", "http2", "https", "tls", "mongo", "redis", "mysql"};
    return std::find(Names.begin(), Names.end(), lowerAscii(name)) != Names.end();
}

PortProtocol protocolNamed(std::string_view name)
{
    const std::string text = lowerAscii(name);
    if (text == "http" || text == "http2" || text == "grpc" || text == "grpc-web" || text == "http_proxy")
        return PortProtocol::Http;
    if (text == "https" || text == "tls")
        return PortProtocol::Tls;
    if (text == "udp")
        return PortProtocol::Udp;
    return isKnownProtocol(text) ? PortProtocol::Tcp : PortProtocol::Sniffed;
}

const MeshPort *MeshService::port(int number) const
{
    const auto found = std::find_if(ports.begin(), ports.end(), [&](const MeshPort &p) { return p.number == number; });
    return found == ports.end() ? nullptr : &*found;
}

bool GatewayServer::isTls() const
{
    return protocolNamed(protocol) == PortProtocol::Tls;
}

bool GatewayServer::isPassthrough() const
{
    return hasTls && (tlsMode == "PASSTHROUGH" || tlsMode == "AUTO_PASSTHROUGH");
}

bool GatewayServer::isHttp() const
{
    return protocolNamed(protocol) == PortProtocol::Http || (lowerAscii(protocol) == "https" && hasTls && !isPassthrough());
}

IstioConfig::IstioConfig(const std::vector<Value> &objects)
    : IstioConfig(objects, Options())
{
}

IstioConfig::IstioConfig(const std::vector<Value> &objects, Options options)
    : m_options(std::move(options))
{
    std::vector<const Value *> virtualServices;
    for (const Value &object : objects) {
        const std::string_view kind = object["kind"].stringOr();
        const std::string_view version = object["apiVersion"].stringOr();
        const bool isNetworking = version.starts_with("networking.istio.io/");
        if (kind == "Service" && (version == "v1" || version.empty()))
            readService(object);
        else if (!isNetworking)
            continue;
        else if (kind == "ServiceEntry")
            readServiceEntry(object);
        else if (kind == "Gateway")
            readGateway(object);
        else if (kind == "Sidecar")
            readSidecar(object);
        else if (kind == "EnvoyFilter")
            readEnvoyFilter(object);
        else if (kind == "VirtualService")
            virtualServices.push_back(&object);
    }
    std::stable_sort(m_services.begin(), m_services.end(),
        [](const MeshService &a, const MeshService &b) { return a.created < b.created; });
    for (std::size_t i = 0; i < m_services.size(); ++i)
        m_servicesByHost[m_services[i].host].push_back(i);
    sortByAge(m_gateways);
    sortByAge(m_sidecars);
    readVirtualServices(virtualServices);
    sortByAge(m_virtualServices);
}

void IstioConfig::readService(const Value &object)
{
    const Value &spec = object["spec"];
    MeshService out;
    out.name = object["metadata"]["name"].stringOr();
    out.ns = nsOf(object);
    out.host = fullHost(out.name, out.ns, m_options.domain);
    out.created = created(object);
    out.labels = textMap(object["metadata"]["labels"]);
    out.selector = textMap(spec["selector"]);
    for (const char *key : {"clusterIPs", "externalIPs"}) {
        for (std::string &address : texts(spec[key]))
            out.addresses.push_back(std::move(address));
    }
    if (const std::string_view ip = spec["clusterIP"].stringOr(); !ip.empty() && out.addresses.empty())
        out.addresses.emplace_back(ip);
    out.isHeadless = std::find(out.addresses.begin(), out.addresses.end(), "None") != out.addresses.end();
    std::erase(out.addresses, "None");
    if (spec["type"].stringOr() == "ExternalName")
        out.externalName = lowerAscii(spec["externalName"].stringOr());
    const std::string_view exported = object["metadata"]["annotations"]["networking.istio.io/exportTo"].stringOr();
    for (std::size_t from = 0; from < exported.size();) {
        const std::size_t comma = std::min(exported.find(',', from), exported.size());
        out.exportTo.emplace_back(exported.substr(from, comma - from));
        from = comma + 1;
    }
    const Value &ports = spec["ports"];
    for (std::size_t i = 0; i < std::min(ports.isList() ? ports.size() : 0, kMaxItems); ++i) {
        MeshPort port {portNumber(ports[i]["port"]), portNumber(ports[i]["targetPort"]), std::string(ports[i]["name"].stringOr()),
            protocolOfServicePort(ports[i])};
        if (port.targetPort == 0)
            port.targetPort = port.number;
        out.ports.push_back(std::move(port));
    }
    m_services.push_back(std::move(out));
}

void IstioConfig::readServiceEntry(const Value &object)
{
    const Value &spec = object["spec"];
    MeshService base;
    base.name = object["metadata"]["name"].stringOr();
    base.ns = nsOf(object);
    base.created = created(object);
    base.isKubernetes = false;
    base.labels = textMap(object["metadata"]["labels"]);
    base.exportTo = texts(spec["exportTo"]);
    base.addresses = texts(spec["addresses"]);
    const Value &ports = spec["ports"];
    for (std::size_t i = 0; i < std::min(ports.isList() ? ports.size() : 0, kMaxItems); ++i) {
        MeshPort port {portNumber(ports[i]["number"]), portNumber(ports[i]["targetPort"]), std::string(ports[i]["name"].stringOr()),
            protocolNamed(ports[i]["protocol"].stringOr())};
        if (port.targetPort == 0)
            port.targetPort = port.number;
        base.ports.push_back(std::move(port));
    }
    const Value &endpoints = spec["endpoints"];
    for (std::size_t i = 0; i < std::min(endpoints.isList() ? endpoints.size() : 0, kMaxItems); ++i)
        base.endpoints.emplace_back(endpoints[i]["address"].stringOr(), textMap(endpoints[i]["labels"]));
    for (const std::string &host : texts(spec["hosts"])) {
        base.host = fullHost(host, base.ns, m_options.domain);
        m_services.push_back(base);
    }
}

void IstioConfig::readGateway(const Value &object)
{
    MeshGateway out;
    out.ns = nsOf(object);
    out.name = object["metadata"]["name"].stringOr();
    out.created = created(object);
    out.selector = textMap(object["spec"]["selector"]);
    const std::string_view services = object["metadata"]["annotations"]["internal.istio.io/gateway-service"].stringOr();
    for (std::size_t from = 0; from < services.size();) {
        const std::size_t comma = std::min(services.find(',', from), services.size());
        out.services.emplace_back(services.substr(from, comma - from));
        from = comma + 1;
    }
    const Value &servers = object["spec"]["servers"];
    for (std::size_t i = 0; i < std::min(servers.isList() ? servers.size() : 0, kMaxItems); ++i) {
        const Value &from = servers[i];
        GatewayServer server;
        server.gateway = out.key();
        server.name = from["name"].stringOr();
        server.port = portNumber(from["port"]["number"]);
        server.protocol = from["port"]["protocol"].stringOr();
        server.bind = from["bind"].stringOr();
        server.hasTls = from["tls"].isMap();
        server.tlsMode = from["tls"]["mode"].stringOr("PASSTHROUGH");
        server.httpsRedirect = from["tls"]["httpsRedirect"].boolOr(false);
        for (const std::string &host : texts(from["hosts"])) {
            const std::size_t slash = host.find('/');
            if (slash == std::string::npos || host.starts_with("*/"))
                server.hosts.push_back(lowerAscii(slash == std::string::npos ? host : host.substr(2)));
            else
                server.hosts.push_back(lowerAscii(host.starts_with("./") ? out.ns + host.substr(1) : host));
        }
        out.servers.push_back(std::move(server));
    }
    m_gateways.push_back(std::move(out));
}

void IstioConfig::readSidecar(const Value &object)
{
    MeshSidecar out;
    out.ns = nsOf(object);
    out.name = object["metadata"]["name"].stringOr();
    out.created = created(object);
    out.selector = textMap(object["spec"]["workloadSelector"]["labels"]);
    out.outboundMode = object["spec"]["outboundTrafficPolicy"]["mode"].stringOr();
    const Value &egress = object["spec"]["egress"];
    for (std::size_t i = 0; i < std::min(egress.isList() ? egress.size() : 0, kMaxItems); ++i)
        out.egress.push_back({portNumber(egress[i]["port"]["number"]), std::string(egress[i]["port"]["protocol"].stringOr()),
            texts(egress[i]["hosts"])});
    m_sidecars.push_back(std::move(out));
}

void IstioConfig::readEnvoyFilter(const Value &object)
{
    MeshPatch out;
    out.ns = nsOf(object);
    out.name = object["metadata"]["name"].stringOr();
    out.selector = textMap(object["spec"]["workloadSelector"]["labels"]);
    const Value &patches = object["spec"]["configPatches"];
    for (std::size_t i = 0; i < std::min(patches.isList() ? patches.size() : 0, kMaxItems); ++i)
        out.parts.push_back({std::string(patches[i]["match"]["context"].stringOr("ANY")), patchedBy(patches[i])});
    m_patches.push_back(std::move(out));
}

std::vector<Text> IstioConfig::patchNotes(
    std::string_view ns, const std::map<std::string, std::string> &labels, std::string_view context) const
{
    std::vector<Text> out;
    for (const MeshPatch &patch : m_patches) {
        const auto carries = [&](const auto &wanted) {
            const auto found = labels.find(wanted.first);
            return found != labels.end() && found->second == wanted.second;
        };
        const bool isForProxy = labels.empty() || std::all_of(patch.selector.begin(), patch.selector.end(), carries);
        if ((patch.ns != ns && patch.ns != m_options.rootNamespace) || !isForProxy)
            continue;
        std::set<std::string> told;
        std::string list;
        for (const MeshPatch::Part &part : patch.parts) {
            if ((part.context == context || part.context == "ANY") && told.insert(part.what).second)
                list.append(list.empty() ? "" : ", ").append(part.what);
        }
        if (!list.empty())
            out.push_back(phrase("route", "EnvoyFilter %1 patches %2: not modelled").with(patch.ns + "/" + patch.name, list));
    }
    return out;
}

void IstioConfig::readVirtualServices(const std::vector<const Value *> &objects)
{
    std::map<std::string, const Value *> delegates;
    for (const Value *object : objects) {
        if ((*object)["spec"]["hosts"].size() == 0)
            delegates.emplace(nsOf(*object) + "/" + std::string((*object)["metadata"]["name"].stringOr()), object);
    }
    for (const Value *object : objects) {
        if ((*object)["spec"]["hosts"].size() == 0)
            continue;
        MeshVirtualService out;
        out.object = *object;
        out.created = created(*object);
        const std::string ns = nsOf(*object);
        out.route.ns = ns;
        out.route.name = (*object)["metadata"]["name"].stringOr();
        mergeDelegates(out, delegates, m_options.domain, m_notes);
        Result<RouteObject> route = parseRoute(out.object);
        if (!route) {
            m_notes.push_back(phrase("route", "%1: %2").with("VirtualService " + out.key(), route.error().said()));
            continue;
        }
        out.route = std::move(*route);
        out.route.ns = ns;
        for (const ShapeProblem &problem : out.route.problems)
            m_notes.push_back(phrase("route", "%1: %2: %3").with("VirtualService " + out.key(), problem.path, problem.message));
        for (const std::string &host : out.route.hosts)
            out.hosts.push_back(fullHost(host, ns, m_options.domain));
        out.gateways = out.route.gateways;
        out.exportTo = texts(out.object["spec"]["exportTo"]);
        m_virtualServices.push_back(std::move(out));
    }
}

const MeshService *IstioConfig::service(std::string_view host, std::string_view ns) const
{
    const auto found = m_servicesByHost.find(std::string(host));
    if (found == m_servicesByHost.end())
        return nullptr;
    const MeshService *best = nullptr;
    for (const std::size_t index : found->second) {
        const MeshService &candidate = m_services[index];
        if (!isExported(candidate.exportTo, candidate.ns, ns))
            continue;
        if (candidate.ns == ns)
            return &candidate;
        if (best == nullptr || (!best->isKubernetes && candidate.isKubernetes))
            best = &candidate;
    }
    return best;
}

bool IstioConfig::isExported(const std::vector<std::string> &exportTo, std::string_view home, std::string_view to)
{
    if (exportTo.empty())
        return true;
    return std::any_of(exportTo.begin(), exportTo.end(),
        [&](const std::string &target) { return target == "*" || target == to || (target == "." && home == to); });
}

std::vector<const MeshVirtualService *> IstioConfig::visible(std::string_view ns, std::string_view gateway) const
{
    std::array<std::vector<const MeshVirtualService *>, 3> groups;
    for (const MeshVirtualService &service : m_virtualServices) {
        if (std::find(service.gateways.begin(), service.gateways.end(), gateway) == service.gateways.end())
            continue;
        const std::vector<std::string> &to = service.exportTo;
        if (to.empty() || std::find(to.begin(), to.end(), "*") != to.end())
            groups[2].push_back(&service);
        else if (to.size() == 1 && (to.front() == "." || to.front() == service.route.ns)) {
            if (service.route.ns == ns)
                groups[0].push_back(&service);
        } else if (isExported(to, service.route.ns, ns))
            groups[1].push_back(&service);
    }
    for (std::size_t i = 1; i < groups.size(); ++i)
        groups[0].insert(groups[0].end(), groups[i].begin(), groups[i].end());
    return groups[0];
}

} // namespace fairway::route
