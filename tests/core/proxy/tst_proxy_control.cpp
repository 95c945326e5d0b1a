#include "core/proxy/admin.h"
#include "core/proxy/config_file.h"
#include "core/proxy/route_table.h"
#include "core/proxy/splitter.h"
#include "tests/core/proxy/proxy_fixture.h"

#include <atomic>
#include <map>

namespace fairway::proxy {
namespace {

using namespace testing;

TEST(Splitter, isExactOverEveryTotal)
{
    Splitter splitter({75, 25, 0, 1}, Split::Exact, Random(1));
    for (int round = 0; round < 3; ++round) {
        std::map<int, int> counts;
        for (int i = 0; i < 101; ++i) {
            ++counts[splitter.pick()];
        }
        EXPECT_EQ(counts, (std::map<int, int> {{0, 75}, {1, 25}, {3, 1}}));
    }
}

TEST(Splitter, spreadsTheSmallShareEvenly)
{
    Splitter splitter({3, 1}, Split::Exact, Random(1));
    std::string picks;
    for (int i = 0; i < 8; ++i) {
        picks += std::to_string(splitter.pick());
    }
    EXPECT_EQ(picks, "00100010");
}

TEST(Splitter, isRandomByCumulativeWeights)
{
    Splitter splitter({90, 10}, Split::Random, Random(42));
    Random same(42);
    int first = 0;
    for (int i = 0; i < 20'000; ++i) {
        const int picked = splitter.pick();
        ASSERT_EQ(picked, same.next() % 100 < 90 ? 0 : 1);
        first += picked == 0 ? 1 : 0;
    }
    EXPECT_NEAR(first, 18'000, 250);
    EXPECT_EQ(Splitter({0, 0}, Split::Random, Random(1)).pick(), -1);
    EXPECT_EQ(Splitter({}, Split::Exact, Random(1)).pick(), -1);
}

TEST(Histogram, isPreciseToASixteenth)
{
    for (std::uint64_t value = 1; value < (std::uint64_t {1} << 32); value = value * 5 / 4 + 1) {
        const std::size_t bucket = HistogramLayout::bucketOf(value);
        ASSERT_LT(bucket, HistogramLayout::kBuckets);
        EXPECT_LE(HistogramLayout::lowerBound(bucket), value);
        EXPECT_GT(HistogramLayout::lowerBound(bucket + 1), value);
        EXPECT_LE(static_cast<double>(HistogramLayout::lowerBound(bucket + 1) - HistogramLayout::lowerBound(bucket)), std::max(1.0, static_cast<double>(value) / 15));
    }
    Histogram histogram;
    for (std::uint64_t i = 1; i <= 1000; ++i) {
        histogram.record(i * 100);
    }
    histogram.record(std::uint64_t {1} << 40);
    const HistogramSnapshot all = histogram.snapshot();
    EXPECT_EQ(all.total, 1001u);
    EXPECT_NEAR(all.quantile(0.5), 50'000, 3'500);
    EXPECT_NEAR(all.quantile(0.99), 99'000, 6'500);
    EXPECT_EQ(all.since(all).total, 0u);
    EXPECT_EQ(HistogramSnapshot {}.quantile(0.5), 0);
}

struct MatchRow {
    const char *name;
    RouteMatch match;
    const char *request;
    bool isMatched;
};

TEST(RouteMatch, asksForEveryCondition)
{
    const char *const shop = "GET /api/x?q HTTP/1.1\r\nHost: Shop.example:80\r\nX-Tester: true\r\n\r\n";
    const MatchRow rows[] = {
        {"everything", {}, shop, true},
        {"host without case and port", {{"shop.EXAMPLE"}, {}, {}, {}, {}}, shop, true},
        {"one of the hosts", {{"a", "shop.example"}, {}, {}, {}, {}}, shop, true},
        {"wildcard host", {{"*.example"}, {}, {}, {}, {}}, shop, true},
        {"a wildcard needs a label", {{"*.shop.example"}, {}, {}, {}, {}}, shop, false},
        {"any host", {{"*"}, {}, {}, {}, {}}, shop, true},
        {"another host", {{"b"}, {}, {}, {}, {}}, shop, false},
        {"prefix", {{}, PathKind::Prefix, "/api", {}, {}}, shop, true},
        {"prefix by characters", {{}, PathKind::Prefix, "/ap", {}, {}}, shop, true},
        {"exact path without query", {{}, PathKind::Exact, "/api/x", {}, {}}, shop, true},
        {"exact path is not a prefix", {{}, PathKind::Exact, "/api", {}, {}}, shop, false},
        {"method", {{}, {}, {}, "GET", {}}, shop, true},
        {"methods are case-sensitive", {{}, {}, {}, "get", {}}, shop, false},
        {"header", {{}, {}, {}, {}, {{"x-tester", "true", false}}}, shop, true},
        {"header values are case-sensitive", {{}, {}, {}, {}, {{"x-tester", "True", false}}}, shop, false},
        {"header present", {{}, {}, {}, {}, {{"x-tester", "", true}}}, shop, true},
        {"header absent", {{}, {}, {}, {}, {{"x-other", "", true}}}, shop, false},
        {"all but one", {{"shop.example"}, PathKind::Prefix, "/api", "POST", {}}, shop, false},
    };
    for (const MatchRow &row : rows) {
        http::RequestParser parser;
        ASSERT_TRUE(*parser.parse(row.request) > 0);
        EXPECT_EQ(matches(row.match, parser.head()), row.isMatched) << row.name;
    }
}

TEST(ProxyControl, splitsRequestsExactly)
{
    const auto v1 = named("v1");
    const auto v2 = named("v2");
    const auto proxy = startProxy(configFor({destination("v1", 75, v1->port()), destination("v2", 25, v2->port())}));
    TestClient client(proxy->port());
    std::map<std::string, int> counts;
    for (int i = 0; i < 400; ++i) {
        client.send(getSlash);
        ++counts[bodyOf(client.receiveAnswer())];
    }
    EXPECT_EQ(counts, (std::map<std::string, int> {{"v1", 300}, {"v2", 100}}));
    EXPECT_EQ(proxy->stats().destinations[0].requests, 300u);
    EXPECT_EQ(proxy->stats().destinations[1].requests, 100u);
}

TEST(ProxyControl, takesTurnsAmongEndpoints)
{
    const auto a = named("a");
    const auto b = named("b");
    Destination both {"both", 1, {{net::SocketAddress::loopback(a->port()), "a"}, {net::SocketAddress::loopback(b->port()), "b"}}};
    const auto proxy = startProxy(configFor({both}));
    TestClient client(proxy->port());
    std::map<std::string, int> counts;
    for (int i = 0; i < 20; ++i) {
        client.send(getSlash);
        ++counts[bodyOf(client.receiveAnswer())];
    }
    EXPECT_EQ(counts, (std::map<std::string, int> {{"a", 10}, {"b", 10}}));
}

TEST(ProxyControl, swapsRoutesUnderLiveConnections)
{
    const auto v1 = named("v1");
    const auto v2 = named("v2");
    ProxyConfig config = configFor({destination("v1", 1, v1->port()), destination("v2", 0, v2->port())});
    const auto proxy = startProxy(config);
    TestClient client(proxy->port());
    client.send(getSlash);
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "v1");
    config.routes[0].destinations[0].weight = 0;
    config.routes[0].destinations[1].weight = 1;
    ASSERT_TRUE(proxy->swap(config).has_value());
    client.send(getSlash);
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "v2");
    EXPECT_EQ(proxy->stats().generation, 2u);
    EXPECT_EQ(proxy->stats().destinations[0].requests, 1u) << "counters go on over a swap";
    config.routes[0].destinations.pop_back();
    config.routes[0].destinations[0].weight = 1;
    ASSERT_TRUE(proxy->swap(config).has_value());
    EXPECT_EQ(proxy->stats().destinations[1].destination, "v2") << "a destination that is gone is still counted";
    EXPECT_EQ(proxy->stats().destinations[1].idleConnections, 0u);
    ProxyConfig elsewhere = config;
    elsewhere.listeners = {net::SocketAddress::loopback(1)};
    EXPECT_EQ(proxy->swap(elsewhere).error().code, ErrorCode::Unsupported);
    config.routes.clear();
    EXPECT_EQ(proxy->swap(config).error().code, ErrorCode::InvalidInput);
    client.send(getSlash);
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "v1") << "a refused configuration changes nothing";
}

TEST(ProxyControl, losesNoConnectionWhenWorkersComeAndGo)
{
    const auto server = named("up");
    ProxyConfig config = configFor({destination("up", 1, server->port())});
    config.workers = 2;
    const auto proxy = startProxy(config);
    std::atomic<bool> isOver {false};
    std::atomic<int> served {0};
    std::atomic<int> lost {0};
    std::vector<std::thread> storm;
    for (int i = 0; i < 4; ++i) {
        storm.emplace_back([&, isKept = i == 0] {
            std::unique_ptr<TestClient> kept;
            while (!isOver) {
                auto fresh = isKept && kept ? std::move(kept) : std::make_unique<TestClient>(proxy->port());
                fresh->send(getSlash);
                const bool isServed = bodyOf(fresh->receiveAnswer()) == "up";
                ++(isServed ? served : lost);
                if (isKept && isServed) {
                    kept = std::move(fresh); // One client keeps its connection over all the changes.
                }
            }
        });
    }
    for (const int workers : {1, 4, 2, 1, 3, 1}) {
        const int before = served;
        config.workers = workers;
        ASSERT_TRUE(proxy->swap(config).has_value());
        ASSERT_TRUE(eventually([&] { return served > before + 50; }));
    }
    isOver = true;
    for (std::thread &thread : storm) {
        thread.join();
    }
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(proxy->stats().destinations[0].requests, static_cast<std::uint64_t>(served)) << "counters of workers that left are kept";
}

TEST(ProxyControl, drainsWhatIsInFlight)
{
    std::shared_ptr<HttpResponder> late;
    std::atomic<bool> isAsked {false};
    const auto server = startServer([&](HttpRequest request, const auto &responder) {
        if (request.path == "/now") {
            responder->send(200, {}, "now");
            return;
        }
        late = responder;
        isAsked = true;
    });
    const auto proxy = startProxy(configFor({destination("up", 1, server->port())}));
    TestClient idle(proxy->port());
    idle.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(bodyOf(idle.receiveAnswer()), "now");
    TestClient busy(proxy->port());
    busy.send(getSlash);
    ASSERT_TRUE(eventually([&] { return isAsked.load(); }));
    bool isComplete = false;
    std::thread draining([&] { isComplete = proxy->drain(); });
    idle.receiveToEnd();
    EXPECT_TRUE(idle.isClosed()) << "idle connections close at once";
    late->send(200, {}, "late");
    const std::string answer = busy.receiveToEnd();
    EXPECT_EQ(bodyOf(answer), "late");
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    draining.join();
    EXPECT_TRUE(isComplete);
    EXPECT_FALSE(TestClient(proxy->port()).isConnected());
}

TEST(ProxyControl, cutsAtTheDeadlineOfTheDrain)
{
    std::vector<std::shared_ptr<HttpResponder>> never;
    std::atomic<bool> isAsked {false};
    const auto server = startServer([&](HttpRequest, const auto &responder) {
        never.push_back(responder);
        isAsked = true;
    });
    ProxyConfig config = configFor({destination("up", 1, server->port())});
    config.timeouts.drain = std::chrono::milliseconds {50};
    const auto proxy = startProxy(std::move(config));
    TestClient client(proxy->port());
    client.send(getSlash);
    ASSERT_TRUE(eventually([&] { return isAsked.load(); }));
    EXPECT_FALSE(proxy->drain());
    EXPECT_EQ(client.receiveToEnd(), "");
}

TEST(ProxyControl, refusesConnectionsOverItsLimit)
{
    const auto server = named("up");
    ProxyConfig config = configFor({destination("up", 1, server->port())});
    config.limits.maxConnections = 1;
    const auto proxy = startProxy(std::move(config));
    TestClient first(proxy->port());
    first.send(getSlash);
    EXPECT_EQ(bodyOf(first.receiveAnswer()), "up");
    TestClient second(proxy->port());
    second.send(getSlash);
    EXPECT_EQ(second.receiveToEnd(), "");
    EXPECT_EQ(proxy->stats().workers[0].connectionsRefused, 1u);
}

TEST(ProxyControl, tellsWhatIsWrongWithAConfiguration)
{
    EXPECT_FALSE(Proxy::start({}).has_value());
    ProxyConfig config = configFor({destination("a", 1, 1), destination("a", 1, 1)});
    EXPECT_NE(config.check().error().message.find("two destinations named \"a\""), std::string::npos);
    config = configFor({destination("a", 0xFFFFFFFFu, 1), destination("b", 1, 1)});
    EXPECT_NE(config.check().error().message.find("4294967295"), std::string::npos);
    config = configFor({destination("a", 1, 1)});
    config.workers = 0;
    EXPECT_FALSE(config.check().has_value());
}

TEST(Admin, servesStatisticsToTrustedHostsOnly)
{
    const auto server = named("up");
    const auto proxy = startProxy(configFor({destination("a\"b", 1, server->port())}));
    TestClient client(proxy->port());
    client.send(getSlash);
    ASSERT_EQ(bodyOf(client.receiveAnswer()), "up");
    const auto admin = startAdmin(net::SocketAddress::loopback(0), [&] { return proxy->stats(); });
    ASSERT_TRUE(admin.has_value());
    const auto ask = [&](const std::string &request) {
        TestClient asking((*admin)->port());
        asking.send(request + "Connection: close\r\n\r\n");
        return asking.receiveToEnd();
    };
    const std::string json = ask("GET /stats HTTP/1.1\r\nHost: 127.0.0.1:1\r\n");
    EXPECT_NE(json.find("\"destination\":\"a\\\"b\",\"weight\":1,\"requests\":1"), std::string::npos) << json;
    const std::string text = ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n");
    EXPECT_NE(text.find("fairway_proxy_requests_total{route=\"all\",destination=\"a\\\"b\"} 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("le=\"+Inf\"} 1\n"), std::string::npos);
    EXPECT_EQ(statusOf(ask("GET /stats HTTP/1.1\r\nHost: [::1]:9\r\n")), "200");
    EXPECT_EQ(statusOf(ask("GET /stats HTTP/1.1\r\nHost: evil.example\r\n")), "403");
    EXPECT_EQ(statusOf(ask("GET /stats HTTP/1.1\r\nHost:\r\n")), "403");
    EXPECT_EQ(statusOf(ask("POST /stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n")), "405");
    EXPECT_EQ(statusOf(ask("GET /ready HTTP/1.1\r\nHost: localhost\r\n")), "200");
    EXPECT_EQ(statusOf(ask("GET / HTTP/1.1\r\nHost: localhost\r\n")), "404");
}

TEST(ConfigFile, readsEverything)
{
    const auto file = readConfigFile(R"(
listen: ["127.0.0.1:8080", "[::1]:8080"]
workers: 3
split: exact
admin: 127.0.0.1:9901
timeouts: {connect: 250ms, drain: 2m}
limits: {maxFields: 50}
routes:
  - name: testers
    match:
      - {hosts: [shop.example], prefix: /api, method: GET, headers: {x-tester: "true", x-any: }}
      - path: /exactly
    destinations:
      - {name: v1, weight: 75, endpoints: ["127.0.0.1:1", "127.0.0.1:2"]}
      - {name: v2, weight: 25, endpoints: "127.0.0.1:3"}
  - response: {status: 404, body: nothing here}
)",
        "proxy.yaml");
    ASSERT_TRUE(file.has_value()) << file.error().message;
    EXPECT_EQ(file->config.listeners.size(), 2u);
    EXPECT_EQ(file->config.workers, 3);
    EXPECT_EQ(file->config.split, Split::Exact);
    EXPECT_EQ(file->admin->toString(), "127.0.0.1:9901");
    EXPECT_EQ(file->config.timeouts.connect, std::chrono::milliseconds {250});
    EXPECT_EQ(file->config.timeouts.drain, std::chrono::minutes {2});
    EXPECT_EQ(file->config.limits.maxFields, 50u);
    const Route &route = file->config.routes[0];
    EXPECT_EQ(route.matches[0], (RouteMatch {{"shop.example"}, PathKind::Prefix, "/api", "GET", {{"x-tester", "true", false}, {"x-any", "", true}}}));
    EXPECT_EQ(route.matches[1].pathKind, PathKind::Exact);
    EXPECT_EQ(route.destinations[0].endpoints.size(), 2u);
    EXPECT_EQ(route.destinations[1].weight, 25u);
    EXPECT_EQ(file->config.routes[1].directResponse->status, 404);
}

TEST(ConfigFile, namesFileLineAndKey)
{
    const std::string route = "routes:\n  - destinations: [{endpoints: ['127.0.0.1:1']}]\n";
    const std::pair<std::string, std::string> rows[] = {
        {"", "f:1: must be a map with listen and routes"},
        {"listen: 127.0.0.1:1\n", "f:1: routes: must be a list that is not empty"},
        {route, "f:1: listen: is missing"},
        {"listen: nowhere\n" + route, "f:1: listen: \"nowhere\" is not ADDRESS:PORT"},
        {"listen: 127.0.0.1:1\nworkers: many\n" + route, "f:2: workers: \"many\" is not a whole number from 1 to 256"},
        {"listen: 127.0.0.1:1\nsplit: even\n" + route, "f:2: split: must be exact or random"},
        {"listen: 127.0.0.1:1\ncolour: red\n" + route, "f:2: colour: unknown key"},
        {"listen: 127.0.0.1:1\ntimeouts: {connect: 5}\n" + route, "f:2: timeouts.connect: \"5\" is not a duration like 500ms, 5s or 2m"},
        {"listen: 127.0.0.1:1\nroutes:\n  - destinations:\n      - {name: a, weight: -1}\n", "f:4: routes[0].destinations[0].weight: \"-1\" is not a whole number from 0 to 4294967295"},
        {"listen: 127.0.0.1:1\nroutes:\n  - destinations:\n      - weight: 1\n", "f:4: routes[0].destinations[0].name: a destination without endpoints needs a name"},
        {"listen: 127.0.0.1:1\nroutes:\n  - name: x\n", "f:3: routes[0]: needs either destinations or response"},
        {"listen: [1\n", "f:2: end of sequence flow not found"},
    };
    for (const auto &[text, message] : rows) {
        const auto file = readConfigFile(text, "f");
        ASSERT_FALSE(file.has_value()) << text;
        EXPECT_EQ(file.error().message, message) << text;
    }
    EXPECT_EQ(readConfigFile(std::string(5u << 20, ' '), "f").error().code, ErrorCode::LimitExceeded);
}

} // namespace
} // namespace fairway::proxy
