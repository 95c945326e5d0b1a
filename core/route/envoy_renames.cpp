#include "core/route/envoy_renames.h"

#include <utility>

namespace fairway::route {
namespace {

    using Renamed = std::pair<std::string_view, std::string_view>;

    constexpr Renamed Types[] = {
        {"type.googleapis.com/envoy.config.filter.network.http_connection_manager.v2.HttpConnectionManager",
            "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"},
        {"type.googleapis.com/envoy.config.filter.network.tcp_proxy.v2.TcpProxy",
            "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy"},
        {"type.googleapis.com/envoy.config.filter.http.lua.v2.Lua", "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua"},
        {"type.googleapis.com/envoy.config.filter.http.router.v2.Router", "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"},
        {"type.googleapis.com/envoy.config.filter.http.buffer.v2.Buffer", "type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer"},
        {"type.googleapis.com/envoy.config.filter.http.fault.v2.HTTPFault", "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault"},
        {"type.googleapis.com/envoy.api.v2.auth.DownstreamTlsContext",
            "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext"},
        {"type.googleapis.com/envoy.api.v2.auth.UpstreamTlsContext",
            "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext"},
    };

    constexpr Renamed Filters[] = {
        {"envoy.http_connection_manager", "envoy.filters.network.http_connection_manager"},
        {"envoy.mongo_proxy", "envoy.filters.network.mongo_proxy"},
        {"envoy.redis_proxy", "envoy.filters.network.redis_proxy"},
        {"envoy.tcp_proxy", "envoy.filters.network.tcp_proxy"},
        {"envoy.buffer", "envoy.filters.http.buffer"},
        {"envoy.cors", "envoy.filters.http.cors"},
        {"envoy.csrf", "envoy.filters.http.csrf"},
        {"envoy.fault", "envoy.filters.http.fault"},
        {"envoy.grpc_http1_bridge", "envoy.filters.http.grpc_http1_bridge"},
        {"envoy.grpc_json_transcoder", "envoy.filters.http.grpc_json_transcoder"},
        {"envoy.grpc_web", "envoy.filters.http.grpc_web"},
        {"envoy.health_check", "envoy.filters.http.health_check"},
        {"envoy.ip_tagging", "envoy.filters.http.ip_tagging"},
        {"envoy.lua", "envoy.filters.http.lua"},
        {"envoy.rate_limit", "envoy.filters.http.ratelimit"},
        {"envoy.router", "envoy.filters.http.router"},
    };

    template <std::size_t Count>
    std::string_view presentOf(const Renamed (&table)[Count], std::string_view old)
    {
        for (const auto &[before, now] : table) {
            if (before == old)
                return now;
        }
        return {};
    }

} // namespace

bool isRemovedEnvoyType(std::string_view typeUrl)
{
    const std::size_t slash = typeUrl.rfind('/');
    std::string_view name = slash == std::string_view::npos ? std::string_view() : typeUrl.substr(slash + 1);
    if (!name.starts_with("envoy."))
        return false;
    while (!name.empty()) {
        const std::size_t dot = name.find('.');
        const std::string_view part = name.substr(0, dot);
        if (part == "v2" || part.starts_with("v2alpha"))
            return true;
        name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
    }
    return false;
}

std::string_view presentEnvoyType(std::string_view typeUrl)
{
    return presentOf(Types, typeUrl);
}

std::string_view presentFilterName(std::string_view name)
{
    return presentOf(Filters, name);
}

} // namespace fairway::route
