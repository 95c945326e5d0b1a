#include "core/proxy/not_executed.h"

#include "core/proxy/retry_conditions.h"
#include "core/proxy/traffic.h"
#include "core/route/header_text.h"
#include "core/route/host_name.h"
#include "core/route/not_modelled.h"
#include "core/route/route_object.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace fairway::proxy {

namespace {

using value::Value;

constexpr std::size_t kNamed = 12;
constexpr std::string_view kRootNamespace = "istio-system"; // what stands there holds for the whole mesh

/// Who asks for one thing: the first few by name.
struct Asking {
    std::vector<std::string> names;
    std::set<std::string> seen;

    void add(std::string name)
    {
        if (seen.insert(name).second && names.size() < kNamed) {
            names.push_back(std::move(name));
        }
    }
    [[nodiscard]] Text told(const Text &what) const
    {
        std::string list;
        for (const std::string &name : names) {
            list += (list.empty() ? "" : ", ") + name;
        }
        return seen.size() > names.size() ? phrase("proxy", "%1 (%2 and %3 more)").with(what, list, seen.size() - names.size())
                                          : phrase("proxy", "%1 (%2)").with(what, list);
    }
};

/// "HTTPRoute shop/web spec.rules[0].sessionPersistence"; Envoy's routes have no spec.
std::string placeOf(const route::RuleOrigin &origin, std::string_view field)
{
    if (origin.section == "annotations") {
        return origin.display();
    }
    std::string place = origin.object();
    if (!origin.section.empty()) {
        place += (origin.kind == "RouteConfiguration" ? " " : " spec.") + origin.section + "[" + std::to_string(origin.index) + "]";
    }
    return field.empty() ? place : place.append(origin.section.empty() ? " " : ".").append(field);
}

class Finder {
public:
    std::vector<Text> take(const route::RouteTable &table)
    {
        forEachRoute(table, [this](const route::CompiledRoute &route) { look(route); });
        for (const route::Listener &listener : table.listeners) {
            look(listener);
        }
        std::vector<Text> out;
        const auto tell = [&out](const Asking &asking, const Text &what) {
            if (!asking.names.empty()) {
                out.push_back(asking.told(what));
            }
        };
        tell(m_sessions, phrase("proxy", "session persistence"));
        tell(m_streams, phrase("proxy", "TCP and TLS routes"));
        tell(m_tls, phrase("proxy", "TLS of the listeners"));
        tell(m_state, phrase("proxy", "matches on metadata"));
        tell(m_clusterHeaders, phrase("proxy", "clusters named by a header"));
        tell(m_values, phrase("proxy", "header values that the proxy would fill in are sent as they stand"));
        tell(m_retries, phrase("proxy", "conditions for a retry"));
        out.insert(out.end(), table.patches.begin(), table.patches.end());
        return out;
    }

private:
    void look(const route::CompiledRoute &route)
    {
        const route::RouteAction &action = *route.action;
        if (!action.sessionPersistence.empty()) {
            m_sessions.add(placeOf(route.origin, "sessionPersistence"));
        }
        if (!route.match.metadata.empty()) {
            m_state.add(placeOf(route.origin, "match.dynamic_metadata"));
        }
        look(route.origin, action.requestEdits);
        look(route.origin, action.responseEdits);
        for (const route::RouteTarget &target : action.targets) {
            if (!target.clusterHeader.empty()) {
                m_clusterHeaders.add(placeOf(route.origin, "route.cluster_header"));
            }
            look(route.origin, target.requestEdits);
            look(route.origin, target.responseEdits);
        }
        if (action.retry) {
            for (const std::string &word : RetryConditions::unknown(*action.retry)) {
                m_retries.add(placeOf(route.origin, "retries: " + word));
            }
        }
    }

    void look(const route::RuleOrigin &origin, const route::HeaderEdits &edits)
    {
        for (const route::HeaderEdit &edit : edits) {
            if (!edit.isLiteral && route::headerTextNeeds(edit.value).unknown) {
                m_values.add(placeOf(origin, "headers: " + edit.name));
            }
        }
    }

    void look(const route::Listener &listener)
    {
        for (const route::FilterChain &chain : listener.chains) {
            if (chain.tcp != nullptr && !chain.tcp->origin.section.empty()) {
                m_streams.add(placeOf(chain.tcp->origin, {}));
            }
            if (!chain.terminatesTls) {
                continue;
            }
            const std::string port = " port " + std::to_string(listener.port);
            for (const std::string &source : listener.sources) {
                m_tls.add(source + port);
            }
            if (listener.sources.empty()) {
                m_tls.add(listener.name + port);
            }
        }
    }

    Asking m_sessions;
    Asking m_streams;
    Asking m_tls;
    Asking m_state;
    Asking m_clusterHeaders;
    Asking m_values;
    Asking m_retries;
};

std::string nameOf(const Value &object)
{
    return std::string(object["metadata"]["namespace"].stringOr("default")) + "/" + std::string(object["metadata"]["name"].stringOr());
}

/// What of the policy is more than taking endpoints in turn, which is what ours does.
void addPolicy(std::vector<std::string> &out, const std::string &path, const Value &policy)
{
    if (!policy.isMap()) {
        return;
    }
    for (const auto &[name, part] : policy.asMap()) {
        const bool isInTurn = name == "loadBalancer" && part.size() == 1 && part["simple"].stringOr() == "ROUND_ROBIN";
        if (!isInTurn && !part.isNull()) {
            out.push_back(path + "." + name);
        }
    }
}

/// Namespaces, hosts and objects that a table is about.
struct Scope {
    std::set<std::string, std::less<>> namespaces {std::string(kRootNamespace)};
    std::set<std::pair<std::string, std::string>> hosts; ///< With subset.
    std::set<std::string, std::less<>> objects;

    explicit Scope(const route::RouteTable &table)
    {
        forEachRoute(table, [this](const route::CompiledRoute &route) {
            objects.insert(route.origin.object());
            namespaces.insert(route.origin.ns);
        });
        for (const route::RouteTarget *target : targetsOf(table)) {
            namespaces.insert(target->ns);
            hosts.emplace(target->host, target->subset);
        }
    }

    [[nodiscard]] std::vector<std::string> policiesOf(const Value &rule) const
    {
        const std::string host = route::fullHost(rule["spec"]["host"].stringOr(), rule["metadata"]["namespace"].stringOr("default"));
        std::set<std::string> subsets;
        for (const auto &[known, subset] : hosts) {
            if (known == host || (route::isWildcardHost(host) && route::isHostWithin(known, host))) {
                subsets.insert(subset);
            }
        }
        std::vector<std::string> out;
        if (subsets.empty()) {
            return out;
        }
        addPolicy(out, "spec.trafficPolicy", rule["spec"]["trafficPolicy"]);
        const Value &list = rule["spec"]["subsets"];
        for (std::size_t i = 0; list.isList() && i < list.size(); ++i) {
            if (subsets.contains(std::string(list[i]["name"].stringOr()))) {
                addPolicy(out, "spec.subsets[" + std::to_string(i) + "].trafficPolicy", list[i]["trafficPolicy"]);
            }
        }
        return out;
    }
};

void addRetries(Asking &out, const Value &service)
{
    const Value &rules = service["spec"]["http"];
    for (std::size_t i = 0; rules.isList() && i < rules.size(); ++i) {
        for (const char *const field : {"retryRemoteLocalities", "retryIgnorePreviousHosts"}) {
            if (!rules[i]["retries"][field].isNull()) {
                out.add("VirtualService " + nameOf(service) + " spec.http[" + std::to_string(i) + "].retries." + field);
            }
        }
    }
}

} // namespace

std::vector<Text> notExecuted(const route::RouteTable &table)
{
    return Finder().take(table);
}

std::vector<Text> policiesNotExecuted(const route::RouteTable &table, std::span<const Value> objects)
{
    const Scope scope(table);
    std::map<std::string, Asking, std::less<>> kinds;
    Asking rules;
    Asking retries;
    for (const Value &object : objects) {
        const std::string kind(object["kind"].stringOr());
        const std::string_view api = object["apiVersion"].stringOr();
        if (kind == "VirtualService" && scope.objects.contains("VirtualService " + nameOf(object))) {
            addRetries(retries, object);
        }
        const auto isThis = [&](const route::PolicyKind &known) { return known.kind == kind && api.starts_with(known.group); };
        const auto known = route::policyKinds();
        if (kind == "EnvoyFilter" || std::none_of(known.begin(), known.end(), isThis)) {
            continue; // the table tells of EnvoyFilters itself
        }
        if (kind == "DestinationRule") {
            for (const std::string &field : scope.policiesOf(object)) {
                rules.add("DestinationRule " + nameOf(object) + " " + field);
            }
        } else if (scope.namespaces.contains(object["metadata"]["namespace"].stringOr("default"))) {
            kinds[kind].add(nameOf(object));
        }
    }
    std::vector<Text> out;
    if (!rules.names.empty()) {
        out.push_back(rules.told(phrase("proxy", "traffic policies")));
    }
    for (const auto &[kind, asking] : kinds) {
        out.push_back(asking.told(Text::verbatim(kind)));
    }
    if (!retries.names.empty()) {
        out.push_back(retries.told(phrase("proxy", "where retries go")));
    }
    return out;
}

} // namespace fairway::proxy
