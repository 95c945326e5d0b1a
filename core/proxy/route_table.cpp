#include "core/proxy/route_table.h"

#include <algorithm>

namespace fairway::proxy {

namespace {

std::string_view withoutPort(std::string_view authority)
{
    if (!authority.empty() && authority.front() == '[') {
        return authority.substr(0, authority.find(']') + 1);
    }
    return authority.substr(0, authority.find(':'));
}

bool hostMatches(const std::string &pattern, std::string_view host)
{
    if (pattern == "*") {
        return true;
    }
    if (pattern.starts_with("*.")) {
        const std::string_view suffix = std::string_view(pattern).substr(1);
        return host.size() > suffix.size() && http::equalsIgnoreCase(host.substr(host.size() - suffix.size()), suffix);
    }
    return http::equalsIgnoreCase(pattern, host);
}

bool headerMatches(const HeaderMatch &match, const http::RequestHead &head)
{
    if (http::equalsIgnoreCase(match.name, "host")) {
        return match.isPresentOnly || match.value == head.authority;
    }
    return std::any_of(head.fields.begin(), head.fields.end(), [&match](const http::HeaderField &field) {
        return http::equalsIgnoreCase(field.name, match.name) && (match.isPresentOnly || field.value == match.value);
    });
}

} // namespace

bool matches(const RouteMatch &match, const http::RequestHead &head)
{
    if (!match.method.empty() && match.method != head.method) {
        return false;
    }
    if (match.pathKind != PathKind::Any) {
        const std::string_view path = head.path.substr(0, head.path.find('?'));
        if (match.pathKind == PathKind::Exact ? path != match.path : !path.starts_with(match.path)) {
            return false;
        }
    }
    if (!match.hosts.empty()) {
        const std::string_view host = withoutPort(head.authority);
        if (std::none_of(match.hosts.begin(), match.hosts.end(), [host](const std::string &pattern) { return hostMatches(pattern, host); })) {
            return false;
        }
    }
    return std::all_of(match.headers.begin(), match.headers.end(), [&head](const HeaderMatch &header) { return headerMatches(header, head); });
}

RouteTable::RouteTable(std::shared_ptr<const ProxyConfig> config, std::size_t worker, const CountersOf &countersOf, const EndpointOf &endpointOf)
    : m_config(std::move(config))
{
    std::uint64_t stream = worker + 1;
    for (const Route &route : m_config->routes) {
        std::vector<std::uint32_t> weights;
        std::vector<DestinationState> destinations;
        for (const Destination &destination : route.destinations) {
            weights.push_back(destination.weight);
            DestinationState state;
            state.counters = &countersOf(route, destination);
            for (const Endpoint &endpoint : destination.endpoints) {
                state.endpoints.push_back(&endpointOf(endpoint));
            }
            // Workers start at different endpoints, else a few requests would all meet the first one.
            state.next = destination.endpoints.empty() ? 0 : worker % destination.endpoints.size();
            destinations.push_back(std::move(state));
        }
        // Every worker and route draws its own numbers from one seed.
        stream = stream * 0x9E3779B97F4A7C15u + 1;
        Random random = m_config->seed == 0 ? Random() : Random(m_config->seed ^ stream);
        m_routes.push_back({&route, Splitter(std::move(weights), m_config->split, random), std::move(destinations)});
    }
}

RouteTable::RouteState *RouteTable::find(const http::RequestHead &head)
{
    for (RouteState &state : m_routes) {
        const auto &alternatives = state.route->matches;
        if (alternatives.empty() || std::any_of(alternatives.begin(), alternatives.end(), [&head](const RouteMatch &match) { return matches(match, head); })) {
            return &state;
        }
    }
    return nullptr;
}

} // namespace fairway::proxy
