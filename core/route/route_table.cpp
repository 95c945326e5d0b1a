#include "core/route/route_table.h"

#include "core/route/call.h"

#include <algorithm>

namespace fairway::route {
namespace {

    constexpr std::size_t kIndexFrom = 24;

} // namespace

HostTable::HostTable(std::vector<VirtualHost> hosts, bool ignoresPort)
    : m_hosts(std::move(hosts))
    , m_ignoresPort(ignoresPort)
{
    for (std::uint32_t i = 0; i < m_hosts.size(); ++i) {
        for (std::string &domain : m_hosts[i].domains) {
            domain = lowerAscii(domain);
            if (domain == "*") {
                if (m_any < 0)
                    m_any = i;
            } else if (domain.starts_with('*')) {
                add(m_suffixes, std::string_view(domain).substr(1), i);
            } else if (domain.ends_with('*')) {
                add(m_prefixes, std::string_view(domain).substr(0, domain.size() - 1), i);
            } else {
                m_exact.emplace(domain, i);
            }
        }
        index(i);
    }
    for (Wildcards *wildcards : {&m_suffixes, &m_prefixes})
        std::sort(wildcards->lengths.begin(), wildcards->lengths.end(), std::greater<>());
}

void HostTable::add(Wildcards &wildcards, std::string_view text, std::uint32_t host)
{
    wildcards.hosts.emplace(text, host);
    if (std::find(wildcards.lengths.begin(), wildcards.lengths.end(), text.size()) == wildcards.lengths.end())
        wildcards.lengths.push_back(text.size());
}

void HostTable::index(std::uint32_t host)
{
    const std::vector<CompiledRoute> &routes = m_hosts[host].routes;
    if (routes.size() < kIndexFrom)
        return;
    PathIndex &paths = m_indices[host];
    for (std::uint32_t i = 0; i < routes.size(); ++i) {
        const PathMatcher &path = routes[i].match.path;
        const bool isPlain = !path.text.ignoresCase();
        if (isPlain && path.kind == PathMatcher::Kind::Exact) {
            paths.exact[path.text.text()].push_back(i);
        } else if (isPlain && path.text.text().size() > 1
            && (path.kind == PathMatcher::Kind::Prefix || path.kind == PathMatcher::Kind::PathPrefix)) {
            paths.prefix[path.text.text()].push_back(i);
            const std::size_t length = path.text.text().size();
            if (std::find(paths.prefixLengths.begin(), paths.prefixLengths.end(), length) == paths.prefixLengths.end())
                paths.prefixLengths.push_back(length);
        } else {
            paths.others.push_back(i);
        }
    }
}

const VirtualHost *HostTable::find(std::string_view authority) const
{
    const std::string host = lowerAscii(m_ignoresPort ? hostWithoutPort(authority) : authority);
    const std::string_view text = host;
    if (const auto exact = m_exact.find(text); exact != m_exact.end())
        return &m_hosts[exact->second];
    for (const std::size_t length : m_suffixes.lengths) {
        if (length >= text.size())
            continue;
        if (const auto found = m_suffixes.hosts.find(text.substr(text.size() - length)); found != m_suffixes.hosts.end())
            return &m_hosts[found->second];
    }
    for (const std::size_t length : m_prefixes.lengths) {
        if (length >= text.size())
            continue;
        if (const auto found = m_prefixes.hosts.find(text.substr(0, length)); found != m_prefixes.hosts.end())
            return &m_hosts[found->second];
    }
    return m_any < 0 ? nullptr : &m_hosts[static_cast<std::size_t>(m_any)];
}

void HostTable::candidates(const VirtualHost &host, std::string_view path, std::vector<std::uint32_t> &out) const
{
    out.clear();
    const auto number = static_cast<std::uint32_t>(&host - m_hosts.data());
    const auto found = m_indices.find(number);
    if (found == m_indices.end()) {
        for (std::uint32_t i = 0; i < host.routes.size(); ++i)
            out.push_back(i);
        return;
    }
    const PathIndex &paths = found->second;
    out = paths.others;
    const auto take = [&](const ByText<std::vector<std::uint32_t>> &map, std::string_view key) {
        if (const auto entry = map.find(key); entry != map.end())
            out.insert(out.end(), entry->second.begin(), entry->second.end());
    };
    take(paths.exact, path);
    for (const std::size_t length : paths.prefixLengths) {
        if (length <= path.size())
            take(paths.prefix, path.substr(0, length));
    }
    std::sort(out.begin(), out.end());
}

const Listener *RouteTable::listenerOf(std::string_view address, int port) const
{
    const Listener *any = nullptr;
    for (const Listener &listener : listeners) {
        if (listener.port != port)
            continue;
        if (listener.address.empty())
            any = any == nullptr ? &listener : any;
        else if (!address.empty() && listener.address == address)
            return &listener;
    }
    return any;
}

} // namespace fairway::route
