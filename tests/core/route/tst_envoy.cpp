#include "core/route/effects.h"
#include "core/route/envoy_configuration.h"
#include "core/route/envoy_import.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Envoy's configuration: what is found in a file, and what becomes of a RouteConfiguration.
namespace fairway::route {
namespace {

using Strings = std::vector<std::string>;

value::Value yaml(const std::string &text)
{
    const auto read = value::parseYaml(text);
    EXPECT_TRUE(read) << (read ? "" : read.error().message);
    return read ? *read : value::Value();
}

TEST(EnvoyConfiguration, IsFoundWhereverItStandsInADump)
{
    const EnvoyConfiguration read = readEnvoyConfiguration(yaml(R"({"configs": [
      {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "static_clusters": [{"cluster": {"name": "a", "connect_timeout": "1s", "lb_policy": "RANDOM",
        "transport_socket": {"name": "tls"}, "load_assignment": {"cluster_name": "a", "endpoints": [{"lb_endpoints": [
          {"endpoint": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 9001}}}},
          {"health_status": "DRAINING", "endpoint": {"address": {"socket_address": {"address": "127.0.0.2", "port_value": 9001}}}},
          {"endpoint": {"address": {"pipe": {"path": "/x"}}}}]}]}}}]},
      {"dynamic_endpoint_configs": [{"endpoint_config": {"clusterName": "b", "endpoints": [{"lbEndpoints": [
          {"endpoint": {"address": {"socketAddress": {"address": "::1", "portValue": 9002}}}}, {"endpoint": {"address": {"socketAddress": {"address": "b.test", "portValue": 99999}}}}]}]}}]},
      {"dynamic_route_configs": [{"route_config": {"name": "http.80", "virtual_hosts": []}}, {"route_config": {"name": "other", "virtualHosts": []}}]},
      {"static_listeners": [{"listener": {"name": "front", "filter_chains": [{"filters": [{"typed_config": {"http_filters": [
          {"name": "envoy.filters.http.fault", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault"}},
          {"name": "my.lua", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua"}},
          {"name": "off", "disabled": true}, {"name": "envoy.filters.http.router"}], "route_config": {"virtual_hosts": []}}}]}]}}]}]})"));
    ASSERT_EQ(read.routes.size(), 3U);
    EXPECT_EQ(read.routes[0].name, "http.80");
    EXPECT_EQ(read.routes[1].name, "other");
    EXPECT_EQ(read.routes[2].name, "front") << "without a name of its own";
    EXPECT_EQ(read.clusters.at("a").endpoints, Strings {"127.0.0.1:9001"});
    EXPECT_EQ(read.clusters.at("a").left, (Strings {"transport_socket", "lb_policy RANDOM", "an endpoint without address and port"}));
    EXPECT_EQ(read.clusters.at("b").endpoints, Strings {"[::1]:9002"});
    EXPECT_EQ(read.filters.at("front"), Strings {"listener front: my.lua"});
    EXPECT_EQ(read.filters.size(), 1U);
}

TEST(EnvoyConfiguration, OfSomethingElseIsEmpty)
{
    for (const char *const text : {"[]", "text", "7", "{virtual_hosts: x}", "{endpoints: [], cluster_name: 3}", "{http_filters: []}", "[[[{}]]]"}) {
        const EnvoyConfiguration read = readEnvoyConfiguration(yaml(text));
        EXPECT_TRUE(read.routes.empty()) << text;
        EXPECT_TRUE(read.clusters.empty()) << text;
    }
    std::string deep = "{virtual_hosts: []}";
    for (int i = 0; i < 60; ++i) {
        deep = "{a: " + deep + "}";
    }
    EXPECT_TRUE(readEnvoyConfiguration(yaml(deep)).routes.empty()) << "too deep to be looked for";
}

struct Imported {
    std::shared_ptr<const HostTable> hosts;
    Strings notes;

    [[nodiscard]] const RouteAction &action(std::size_t i = 0) const { return *hosts->hosts().at(0).routes.at(i).action; }
};

Imported import(const std::string &virtualHost)
{
    Imported out;
    std::vector<Text> notes;
    auto read = importEnvoyRoutes(yaml("name: r\nvirtual_hosts:\n- {name: h, domains: [\"*\"], " + virtualHost + "}\n"), notes);
    EXPECT_TRUE(read) << (read ? "" : read.error().message);
    out.hosts = std::make_shared<const HostTable>(read ? std::move(*read) : HostTable());
    for (const Text &note : notes) {
        out.notes.push_back(note.plain());
    }
    return out;
}

TEST(EnvoyImport, TakesRetriesOfTheRouteOrItsHost)
{
    const Imported read = import("retry_policy: {retry_on: 5xx, num_retries: 3}, routes: ["
                                 "{match: {prefix: /a}, route: {cluster: a}},"
                                 "{match: {prefix: /b}, route: {cluster: a, retry_policy: {retryOn: 'connect-failure,retriable-status-codes', perTryTimeout: 0.5s, "
                                 "retriableStatusCodes: [418], retryBackOff: {baseInterval: 0.1s, maxInterval: 1s}}}},"
                                 "{match: {prefix: /c}, route: {cluster: a, retry_policy: {retry_on: 5xx, num_retries: 0}}},"
                                 "{match: {prefix: /}, redirect: {path_redirect: /x}}]");
    ASSERT_TRUE(read.action(0).retry);
    EXPECT_EQ(read.action(0).retry->attempts, 3);
    ASSERT_TRUE(read.action(1).retry);
    EXPECT_EQ(read.action(1).retry->attempts, 1);
    EXPECT_EQ(read.action(1).retry->codes, std::vector<int> {418});
    EXPECT_EQ(read.action(1).retry->perTryTimeout, std::chrono::milliseconds(500));
    EXPECT_EQ(read.action(1).retry->backoff, std::chrono::milliseconds(100));
    EXPECT_FALSE(read.action(2).retry);
    EXPECT_FALSE(read.action(3).retry);
    EXPECT_EQ(read.notes, Strings {"retry_policy.retry_back_off.max_interval is left out: virtual host h, route 1"});
}

TEST(EnvoyImport, TakesFaultsAndCorsOfFilters)
{
    const Imported read = import("typed_per_filter_config: {f: {'@type': x/envoy.extensions.filters.http.fault.v3.HTTPFault, abort: {http_status: 503, percentage: "
                                 "{numerator: 5000, denominator: TEN_THOUSAND}}}}, routes: ["
                                 "{match: {prefix: /a}, route: {cluster: a}, typed_per_filter_config: {c: {'@type': x/envoy.extensions.filters.http.cors.v3.CorsPolicy, "
                                 "allow_origin_string_match: [{exact: https://x.example}, {odd: 1}], allow_methods: 'GET, POST', max_age: '600', allow_credentials: true}}},"
                                 "{match: {prefix: /b}, route: {cluster: a}, typed_per_filter_config: {f: {'@type': x/envoy.extensions.filters.http.fault.v3.HTTPFault, delay: "
                                 "{fixed_delay: 2s, percentage: {numerator: 10}}, max_active_faults: 3}, l: {'@type': x/envoy.extensions.filters.http.lua.v3.LuaPerRoute}}}]");
    ASSERT_TRUE(read.action(0).fault);
    EXPECT_EQ(read.action(0).fault->httpStatus, 503);
    EXPECT_EQ(read.action(0).fault->abortPercent, 50);
    ASSERT_TRUE(read.action(0).cors);
    EXPECT_EQ(read.action(0).cors->methods, (Strings {"GET", "POST"}));
    EXPECT_EQ(read.action(0).cors->maxAge, std::chrono::seconds(600));
    EXPECT_TRUE(read.action(0).cors->allowsCredentials);
    EXPECT_EQ(read.action(0).cors->origins.size(), 1U);
    EXPECT_EQ(read.action(1).fault->delay, std::chrono::milliseconds(2000));
    EXPECT_EQ(read.action(1).fault->delayPercent, 10);
    EXPECT_EQ(read.action(1).fault->abortPercent, 0) << "the route's own takes the place of its host's";
    EXPECT_EQ(read.notes,
        (Strings {"typed_per_filter_config.c.allow_origin_string_match[1] is left out: virtual host h, route 0",
            "typed_per_filter_config.f.max_active_faults is left out: virtual host h, route 1", "typed_per_filter_config.l is left out: virtual host h, route 1"}));
}

TEST(EnvoyImport, TellsEachFieldItLeavesOut)
{
    std::string routes;
    for (int i = 0; i < 8; ++i) {
        routes += "{match: {prefix: /a, tls_context: {presented: true}}, route: {cluster: a, autoHostRewrite: true, priority: HIGH}},";
    }
    const Imported read = import("rate_limits: [{stage: 1}], include_request_attempt_count: false, routes: [" + routes
        + "{match: {prefix: /}, direct_response: {status: 200, body: {filename: /x}}, request_headers_to_add: [{header: {key: a, raw_value: eA==}}]},"
          "{match: {prefix: /}, non_forwarding_action: {}}]");
    ASSERT_EQ(read.notes.size(), 7U);
    EXPECT_EQ(read.notes[0], "virtual host h, route 9: its action is not understood");
    EXPECT_EQ(read.notes[1], "direct_response.body.filename is left out: virtual host h, route 8");
    EXPECT_EQ(read.notes[2],
        "match.tls_context is left out: virtual host h, route 0; virtual host h, route 1; virtual host h, route 2; virtual host h, route 3; virtual host h, route 4 and 3 more");
    EXPECT_EQ(read.notes[3], "rate_limits is left out: virtual host h");
    EXPECT_EQ(read.notes[4], "request_headers_to_add.header.raw_value is left out: virtual host h, route 8");
    EXPECT_EQ(read.notes[5].find("route.auto_host_rewrite is left out"), 0U);
    EXPECT_EQ(read.notes[6].find("route.priority is left out"), 0U);
}

} // namespace
} // namespace fairway::route
