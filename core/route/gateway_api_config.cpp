#include "core/route/gateway_api_config.h"

#include "core/route/text_matcher.h"

#include <algorithm>
#include <array>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::size_t kMaxItems = 100'000;

    std::string text(const Value &from, std::string_view key, std::string_view fallback = {})
    {
        return std::string(from[key].stringOr(fallback));
    }

    std::size_t sizeOf(const Value &list)
    {
        return list.isList() ? std::min(list.size(), kMaxItems) : 0;
    }

    int portOf(const Value &from)
    {
        const std::int64_t number = from.intOr(0);
        return number > 0 && number <= 65535 ? static_cast<int>(number) : 0;
    }

    bool isSelected(const Value &selector, const std::map<std::string, std::string> &labels)
    {
        const Value &equal = selector["matchLabels"];
        if (equal.isMap()) {
            for (const auto &[key, wanted] : equal.asMap()) {
                const auto found = labels.find(key);
                if (found == labels.end() || found->second != wanted.stringOr())
                    return false;
            }
        }
        const Value &expressions = selector["matchExpressions"];
        for (std::size_t i = 0; i < sizeOf(expressions); ++i) {
            const std::string_view op = expressions[i]["operator"].stringOr();
            const auto found = labels.find(text(expressions[i], "key"));
            const Value &values = expressions[i]["values"];
            bool isListed = false;
            for (std::size_t v = 0; v < sizeOf(values); ++v)
                isListed = isListed || (found != labels.end() && found->second == values[v].stringOr());
            const bool holds = op == "In" ? isListed
                : op == "NotIn"           ? !isListed
                : op == "Exists"          ? found != labels.end()
                : op == "DoesNotExist"    ? found == labels.end()
                                          : false;
            if (!holds)
                return false;
        }
        return true;
    }

    ApiListener listenerOf(const Value &from, const std::string &home, std::string set)
    {
        ApiListener out;
        out.name = text(from, "name");
        out.hostname = lowerAscii(text(from, "hostname"));
        out.port = portOf(from["port"]);
        out.protocol = text(from, "protocol");
        out.passesTls = from["tls"]["mode"].stringOr() == "Passthrough";
        out.from = text(from["allowedRoutes"]["namespaces"], "from", "Same");
        out.selector = from["allowedRoutes"]["namespaces"]["selector"];
        const Value &kinds = from["allowedRoutes"]["kinds"];
        for (std::size_t k = 0; k < sizeOf(kinds); ++k)
            out.kinds.push_back(text(kinds[k], "kind"));
        out.home = home;
        out.set = std::move(set);
        return out;
    }

    /// What shares a port: names of HTTP, names of TLS, or one stream of bytes.
    std::string_view familyOf(const ApiListener &listener)
    {
        return listener.protocol == "HTTPS" ? "TLS" : std::string_view(listener.protocol);
    }

    /// Why a listener can't stand beside those that were there before; empty when it can.
    Text conflictOf(const ApiGateway &gateway, const ApiListener &listener)
    {
        for (const ApiListener &other : gateway.listeners) {
            const std::string whose = (other.set.empty() ? "Gateway " + gateway.key() : other.set) + " " + other.name;
            if (other.port != listener.port || (other.protocol == "UDP") != (listener.protocol == "UDP"))
                continue;
            if (familyOf(other) != familyOf(listener))
                return phrase("route", "ProtocolConflict: %1 has port %2 for %3").with(whose, other.port, other.protocol);
            if (other.hostname == listener.hostname)
                return phrase("route", "HostnameConflict: %1 has this host on port %2").with(whose, other.port);
        }
        return {};
    }

    bool isOlder(const std::string &createdA, const std::string &keyA, const std::string &createdB, const std::string &keyB)
    {
        return createdA != createdB ? createdA < createdB : keyA < keyB;
    }

} // namespace

GatewayApiConfig::GatewayApiConfig(const std::vector<Value> &objects)
{
    static constexpr std::array<std::string_view, 4> Kinds {"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute"};
    for (const Value &object : objects) {
        const std::string_view kind = object["kind"].stringOr();
        const std::string_view version = object["apiVersion"].stringOr();
        const Value &metadata = object["metadata"];
        const std::string ns = text(metadata, "namespace", "default");
        if (version == "v1" && kind == "Service") {
            std::set<int> &ports = m_services[ns + "/" + text(metadata, "name")];
            for (std::size_t i = 0; i < sizeOf(object["spec"]["ports"]); ++i)
                ports.insert(portOf(object["spec"]["ports"][i]["port"]));
        } else if (version == "v1" && kind == "Namespace") {
            std::map<std::string, std::string> &labels = m_namespaces[text(metadata, "name")];
            labels["kubernetes.io/metadata.name"] = text(metadata, "name");
            if (metadata["labels"].isMap()) {
                for (const auto &[key, label] : metadata["labels"].asMap())
                    labels[key] = label.stringOr();
            }
        } else if (version.starts_with("gateway.networking.x-k8s.io/")) {
            if (kind == "XListenerSet")
                readListenerSet(object);
        } else if (version.starts_with("gateway.networking.k8s.io/")) {
            if (kind == "Gateway")
                readGateway(object);
            else if (kind == "ListenerSet")
                readListenerSet(object);
            else if (kind == "ReferenceGrant")
                m_grants.push_back({ns, object["spec"]});
            else if (std::find(Kinds.begin(), Kinds.end(), kind) != Kinds.end())
                readRoute(object);
        }
    }
    std::stable_sort(m_routes.begin(), m_routes.end(),
        [](const ApiRoute &a, const ApiRoute &b) { return isOlder(a.created, a.ns + "/" + a.name, b.created, b.ns + "/" + b.name); });
    std::stable_sort(m_sets.begin(), m_sets.end(),
        [](const ApiListenerSet &a, const ApiListenerSet &b) { return isOlder(a.created, a.ns + "/" + a.name, b.created, b.ns + "/" + b.name); });
    for (ApiListenerSet &set : m_sets)
        merge(set);
}

void GatewayApiConfig::readGateway(const Value &object)
{
    ApiGateway out;
    out.ns = text(object["metadata"], "namespace", "default");
    out.name = text(object["metadata"], "name");
    out.created = text(object["metadata"], "creationTimestamp");
    const Value &listeners = object["spec"]["listeners"];
    for (std::size_t i = 0; i < sizeOf(listeners); ++i)
        out.listeners.push_back(listenerOf(listeners[i], out.ns, {}));
    const Value &right = object["spec"]["allowedListeners"]["namespaces"];
    out.right = {text(right, "from", "None"), right["selector"]};
    m_gateways.push_back(std::move(out));
}

void GatewayApiConfig::readListenerSet(const Value &object)
{
    ApiListenerSet out;
    out.kind = text(object, "kind");
    out.group = object["apiVersion"].stringOr().substr(0, object["apiVersion"].stringOr().find('/'));
    out.ns = text(object["metadata"], "namespace", "default");
    out.name = text(object["metadata"], "name");
    out.created = text(object["metadata"], "creationTimestamp");
    const Value &parent = object["spec"]["parentRef"];
    out.gatewayNs = text(parent, "namespace", out.ns);
    out.gatewayName = text(parent, "name");
    const Value &listeners = object["spec"]["listeners"];
    for (std::size_t i = 0; i < sizeOf(listeners); ++i)
        out.listeners.push_back(listenerOf(listeners[i], out.ns, out.id()));
    m_sets.push_back(std::move(out));
}

void GatewayApiConfig::merge(ApiListenerSet &set)
{
    const auto gateway = std::find_if(m_gateways.begin(), m_gateways.end(),
        [&](const ApiGateway &g) { return g.ns == set.gatewayNs && g.name == set.gatewayName; });
    if (gateway == m_gateways.end()) {
        if (!m_gateways.empty()) // files often come without it
            set.problems.push_back({"spec.parentRef", phrase("route", "there is no Gateway %1").with(set.gatewayNs + "/" + set.gatewayName)});
        return;
    }
    if (!isAllowed(gateway->right.from, gateway->right.selector, gateway->ns, set.ns)) {
        set.problems.push_back({"spec.parentRef",
            phrase("route", "NotAllowed: allowedListeners of Gateway %1 takes none of namespace %2").with(gateway->key(), set.ns)});
        return;
    }
    for (std::size_t i = 0; i < set.listeners.size(); ++i) {
        const ApiListener &listener = set.listeners[i];
        Text problem = listener.port == 0 ? phrase("route", "a listener needs a port") : conflictOf(*gateway, listener);
        if (problem.empty())
            gateway->listeners.push_back(listener);
        else
            set.problems.push_back({"spec.listeners[" + std::to_string(i) + "]", std::move(problem)});
    }
}

void GatewayApiConfig::readRoute(const Value &object)
{
    ApiRoute out;
    out.kind = text(object, "kind");
    out.ns = text(object["metadata"], "namespace", "default");
    out.name = text(object["metadata"], "name");
    out.created = text(object["metadata"], "creationTimestamp");
    out.object = object;
    const Value &hostnames = object["spec"]["hostnames"];
    for (std::size_t i = 0; i < sizeOf(hostnames); ++i)
        out.hostnames.push_back(lowerAscii(hostnames[i].stringOr()));
    const Value &parents = object["spec"]["parentRefs"];
    for (std::size_t i = 0; i < sizeOf(parents); ++i) {
        ApiParentRef ref;
        ref.kind = text(parents[i], "kind", "Gateway");
        ref.group = text(parents[i], "group", "gateway.networking.k8s.io");
        ref.ns = text(parents[i], "namespace", out.ns);
        ref.name = text(parents[i], "name");
        ref.section = text(parents[i], "sectionName");
        ref.port = portOf(parents[i]["port"]);
        out.parents.push_back(std::move(ref));
    }
    m_routes.push_back(std::move(out));
}

const ApiGateway *GatewayApiConfig::gateway(std::string_view ns, std::string_view name) const
{
    const auto found = std::find_if(
        m_gateways.begin(), m_gateways.end(), [&](const ApiGateway &g) { return g.ns == ns && g.name == name; });
    return found == m_gateways.end() ? nullptr : &*found;
}

const ApiListenerSet *GatewayApiConfig::listenerSet(std::string_view kind, std::string_view ns, std::string_view name) const
{
    const auto found = std::find_if(
        m_sets.begin(), m_sets.end(), [&](const ApiListenerSet &set) { return set.kind == kind && set.ns == ns && set.name == name; });
    return found == m_sets.end() ? nullptr : &*found;
}

bool GatewayApiConfig::isAllowed(std::string_view from, const Value &selector, std::string_view home, std::string_view ns) const
{
    if (from == "All")
        return true;
    if (from == "Same")
        return home == ns;
    if (from != "Selector")
        return false;
    const auto known = m_namespaces.find(ns);
    const std::map<std::string, std::string> bare {{"kubernetes.io/metadata.name", std::string(ns)}};
    return isSelected(selector, known == m_namespaces.end() ? bare : known->second);
}

bool GatewayApiConfig::allowsNamespace(const ApiListener &listener, std::string_view ns) const
{
    return isAllowed(listener.from, listener.selector, listener.home, ns);
}

bool GatewayApiConfig::isGranted(std::string_view kind, std::string_view fromNs, std::string_view toGroup, std::string_view toKind,
    std::string_view toNs, std::string_view toName) const
{
    return std::any_of(m_grants.begin(), m_grants.end(), [&](const Grant &grant) {
        if (grant.ns != toNs)
            return false;
        bool isFrom = false;
        const Value &from = grant.spec["from"];
        for (std::size_t i = 0; i < sizeOf(from); ++i)
            isFrom = isFrom || (from[i]["group"].stringOr() == "gateway.networking.k8s.io" && from[i]["kind"].stringOr() == kind
                && from[i]["namespace"].stringOr() == fromNs);
        bool isTo = false;
        const Value &to = grant.spec["to"];
        for (std::size_t i = 0; i < sizeOf(to); ++i) {
            const std::string_view name = to[i]["name"].stringOr();
            isTo = isTo || (to[i]["group"].stringOr() == toGroup && to[i]["kind"].stringOr() == toKind && (name.empty() || name == toName));
        }
        return isFrom && isTo;
    });
}

bool GatewayApiConfig::hasService(std::string_view ns, std::string_view name) const
{
    return m_services.empty() || m_services.contains(std::string(ns) + "/" + std::string(name));
}

bool GatewayApiConfig::hasServicePort(std::string_view ns, std::string_view name, int port) const
{
    const auto found = m_services.find(std::string(ns) + "/" + std::string(name));
    return found == m_services.end() ? m_services.empty() : found->second.contains(port);
}

} // namespace fairway::route
