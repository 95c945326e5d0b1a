#include "core/proxy/traffic.h"

#include <functional>
#include <set>

namespace fairway::proxy {

namespace {

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

} // namespace

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

std::vector<Text> notExecuted(const route::RouteTable &table)
{
    bool hasSessions = false;
    bool hasState = false;
    bool hasClusterHeaders = false;
    forEachRoute(table, [&](const route::CompiledRoute &route) {
        hasSessions = hasSessions || !route.action->sessionPersistence.empty();
        hasState = hasState || !route.match.metadata.empty();
        for (const route::RouteTarget &target : route.action->targets) {
            hasClusterHeaders = hasClusterHeaders || !target.clusterHeader.empty();
        }
    });
    bool hasStreams = false;
    bool hasTls = false;
    for (const route::Listener &listener : table.listeners) {
        for (const route::FilterChain &chain : listener.chains) {
            hasStreams = hasStreams || (chain.tcp != nullptr && !chain.tcp->origin.section.empty());
            hasTls = hasTls || chain.terminatesTls;
        }
    }
    std::vector<Text> out;
    const auto tell = [&out](bool is, Text words) {
        if (is) {
            out.push_back(std::move(words));
        }
    };
    tell(hasSessions, phrase("proxy", "session persistence"));
    tell(hasStreams, phrase("proxy", "TCP and TLS routes"));
    tell(hasTls, phrase("proxy", "TLS of the listeners"));
    tell(hasState, phrase("proxy", "matches on metadata"));
    tell(hasClusterHeaders, phrase("proxy", "clusters named by a header"));
    out.insert(out.end(), table.patches.begin(), table.patches.end());
    return out;
}

} // namespace fairway::proxy
