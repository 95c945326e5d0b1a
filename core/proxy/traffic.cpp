#include "core/proxy/traffic.h"

#include <algorithm>
#include <set>

namespace fairway::proxy {

void forEachRoute(const route::RouteTable &table, const std::function<void(const route::CompiledRoute &)> &visit)
{
    std::set<const route::HostTable *> seen; // chains of several listeners may share one
    for (const route::Listener &listener : table.listeners) {
        for (const route::FilterChain &chain : listener.chains) {
            if (!chain.http || !seen.insert(chain.http.get()).second) {
                continue;
            }
            for (const route::VirtualHost &host : chain.http->hosts()) {
                for (const route::CompiledRoute &route : host.routes) {
                    visit(route);
                }
            }
        }
    }
}

bool endsTls(const route::Listener &listener)
{
    return std::all_of(listener.chains.begin(), listener.chains.end(), [](const route::FilterChain &chain) { return chain.terminatesTls; });
}

std::string targetKey(const route::RouteTarget &target)
{
    std::string key = target.host + ":" + std::to_string(target.port);
    return target.subset.empty() ? key : key + " " + target.subset;
}

std::vector<const route::RouteTarget *> targetsOf(const route::RouteTable &table)
{
    std::vector<const route::RouteTarget *> out;
    std::set<std::string> seen;
    forEachRoute(table, [&](const route::CompiledRoute &route) {
        for (const route::RouteTarget &target : route.action->targets) {
            if (seen.insert(targetKey(target)).second) {
                out.push_back(&target);
            }
        }
        for (const route::MirrorTarget &mirror : route.action->mirrors) {
            if (seen.insert(targetKey(mirror.target)).second) {
                out.push_back(&mirror.target);
            }
        }
    });
    return out;
}

} // namespace fairway::proxy
