#include "core/route/envoy_configuration.h"

#include "core/route/envoy_fields.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace fairway::route {
namespace {

    using envoy::field;
    using value::Value;

    constexpr std::size_t MaxItems = 10'000;
    constexpr std::size_t MaxEndpoints = 100'000;
    constexpr int MaxDepth = 40;

    /// Filters that change no request by themselves, by their type.
    bool isPassive(const Value &filter)
    {
        static constexpr std::array<std::string_view, 8> Passive {".router.v3.Router", ".cors.v3.Cors", ".grpc_stats.v3.FilterConfig",
            ".http.alpn.v2alpha1.FilterConfig", "stats.PluginConfig", "io.istio.http.peer_metadata.Config", ".metadata_exchange.v3.Config", ".grpc_web.v3.GrpcWeb"};
        const Value &config = field(filter, "typed_config");
        const std::string type = config["@type"].isString() ? envoy::text(config, "@type") : envoy::text(filter, "name");
        if (type.ends_with(".HTTPFault") || type == "envoy.filters.http.fault")
            return config["delay"].isNull() && config["abort"].isNull(); // else it holds for every route
        return type == "envoy.filters.http.router" || type == "envoy.filters.http.cors"
            || std::any_of(Passive.begin(), Passive.end(), [&](std::string_view known) { return type.ends_with(known); });
    }

    class Reader {
    public:
        EnvoyConfiguration take() { return std::move(m_out); }

        /// Whatever the file is: what we look for is known by its own fields, at any depth.
        void walk(const Value &value, const std::string &listener, int depth = 0)
        {
            if (depth > MaxDepth)
                return;
            if (value.isList()) {
                for (std::size_t i = 0; i < value.size(); ++i)
                    walk(value[i], listener, depth + 1);
                return;
            }
            if (!value.isMap())
                return;
            if (field(value, "virtual_hosts").isList()) {
                addRoutes(value, listener);
                return;
            }
            if (field(value, "http_filters").isList()) {
                addFilters(value, listener);
            } else if (isCluster(value)) {
                addCluster(value);
                return;
            } else if (field(value, "cluster_name").isString() && value["endpoints"].isList()) {
                addEndpoints({}, value);
                return;
            }
            const bool isListener = field(value, "filter_chains").isList();
            const std::string name = isListener ? envoy::text(value, "name") : listener;
            for (const auto &[key, member] : value.asMap())
                walk(member, name, depth + 1);
        }

    private:
        static bool isCluster(const Value &value)
        {
            return value["name"].isString()
                && (field(value, "load_assignment").isMap() || field(value, "connect_timeout").isString() || field(value, "eds_cluster_config").isMap()
                    || field(value, "lb_policy").isString() || envoy::text(value, "@type").ends_with("cluster.v3.Cluster"));
        }

        void addRoutes(const Value &configuration, const std::string &listener)
        {
            const std::string name = envoy::text(configuration, "name");
            if (m_out.routes.size() < MaxItems)
                m_out.routes.push_back({name.empty() ? listener : name, configuration});
        }

        void addFilters(const Value &manager, const std::string &listener)
        {
            const std::string own = envoy::text(field(manager, "route_config"), "name");
            const std::string served = envoy::text(manager["rds"], "route_config_name");
            const std::string name = !served.empty() ? served : own.empty() ? listener : own;
            const Value &filters = field(manager, "http_filters");
            for (std::size_t i = 0; i < filters.size() && m_filters < MaxItems; ++i) {
                if (!isPassive(filters[i]) && !filters[i]["disabled"].boolOr(false)) {
                    ++m_filters;
                    m_out.filters[name].push_back("listener " + listener + ": " + envoy::text(filters[i], "name"));
                }
            }
        }

        EnvoyConfiguration::Cluster *cluster(const std::string &name)
        {
            if (m_out.clusters.size() >= MaxItems && !m_out.clusters.contains(name))
                return nullptr;
            return &m_out.clusters[name];
        }

        void addCluster(const Value &from)
        {
            EnvoyConfiguration::Cluster *const to = cluster(envoy::text(from, "name"));
            if (to == nullptr)
                return;
            // Timing and names; balancing in turn, which is what ours does.
            to->left = envoy::others(from, {"name", "alt_stat_name", "type", "connect_timeout", "load_assignment", "eds_cluster_config", "dns_lookup_family",
                                               "dns_refresh_rate", "respect_dns_ttl", "metadata", "lb_policy", "observability_name"});
            if (const std::string policy = envoy::text(from, "lb_policy"); !policy.empty() && policy != "ROUND_ROBIN")
                to->left.push_back("lb_policy " + policy);
            if (const Value &assignment = field(from, "load_assignment"); assignment.isMap())
                addEndpoints(envoy::text(from, "name"), assignment);
        }

        void addEndpoints(std::string name, const Value &assignment)
        {
            if (name.empty())
                name = envoy::text(assignment, "cluster_name");
            EnvoyConfiguration::Cluster *const to = cluster(name);
            const Value &localities = assignment["endpoints"];
            for (std::size_t l = 0; to != nullptr && localities.isList() && l < localities.size(); ++l) {
                const Value &endpoints = field(localities[l], "lb_endpoints");
                for (std::size_t e = 0; endpoints.isList() && e < endpoints.size() && m_endpoints < MaxEndpoints; ++e)
                    addEndpoint(*to, endpoints[e]);
                for (const std::string &unknown : envoy::others(localities[l], {"lb_endpoints", "locality", "load_balancing_weight"}))
                    leave(*to, "load_assignment.endpoints." + unknown);
            }
            if (to != nullptr && assignment["policy"].isMap())
                leave(*to, "load_assignment.policy");
        }

        static void leave(EnvoyConfiguration::Cluster &to, const std::string &field)
        {
            if (std::find(to.left.begin(), to.left.end(), field) == to.left.end())
                to.left.push_back(field);
        }

        void addEndpoint(EnvoyConfiguration::Cluster &to, const Value &from)
        {
            const std::string health = envoy::text(from, "health_status");
            if (health == "UNHEALTHY" || health == "DRAINING" || health == "TIMEOUT")
                return;
            const Value &address = field(from["endpoint"]["address"], "socket_address");
            const std::string host = envoy::text(address, "address");
            const std::int64_t port = field(address, "port_value").intOr(0);
            if (host.empty() || port <= 0 || port > 65535) {
                leave(to, "an endpoint without address and port"); // a pipe, or an address inside of Envoy
                return;
            }
            if (field(from, "load_balancing_weight").intOr(1) > 1)
                leave(to, "load_balancing_weight");
            ++m_endpoints;
            const bool isV6 = host.find(':') != std::string::npos;
            to.endpoints.push_back((isV6 ? "[" + host + "]" : host) + ":" + std::to_string(port));
        }

        EnvoyConfiguration m_out;
        std::size_t m_endpoints = 0;
        std::size_t m_filters = 0;
    };

} // namespace

EnvoyConfiguration readEnvoyConfiguration(const Value &configuration)
{
    Reader reader;
    reader.walk(configuration, {});
    return reader.take();
}

} // namespace fairway::route
