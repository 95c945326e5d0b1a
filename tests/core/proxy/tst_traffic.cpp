#include "core/proxy/not_executed.h"
#include "core/proxy/retry_conditions.h"
#include "core/value/yaml.h"
#include "tests/core/proxy/proxy_fixture.h"
#include "tests/core/proxy/traffic_fixture.h"

#include <atomic>
#include <mutex>

/// What the data plane does with a compiled table, rule by rule.
namespace fairway::proxy::testing {
namespace {

std::shared_ptr<const route::RouteTable> tableOf(const std::string &rules, const route::Viewpoint &viewpoint = {route::Viewpoint::Kind::Mesh, "shop", {}, {}})
{
    const std::string text = R"(
apiVersion: v1
kind: Service
metadata: {name: a, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: shop}
spec: {clusterIP: 10.0.0.2, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: [a]
  http:
)" + rules;
    const Result<std::vector<value::Value>> objects = value::parseYamlDocuments(text);
    EXPECT_TRUE(objects) << (objects ? "" : objects.error().message);
    Result<route::RouteTable> table = route::TrafficConfig(objects ? *objects : std::vector<value::Value>()).tableAt(viewpoint);
    EXPECT_TRUE(table) << (table ? "" : table.error().message);
    return std::make_shared<const route::RouteTable>(std::move(*table));
}

std::string get(const std::string &target, const std::string &fields = {}, const std::string &host = "a")
{
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n";
}

struct Row {
    const char *what;
    const char *rules; ///< Of a VirtualService for host a.
    std::string request;
    int status;
    std::vector<std::pair<std::string, std::string>> answer;   ///< Fields and their values; "" for absence.
    std::vector<std::pair<std::string, std::string>> upstream; ///< The same of what the backend saw; ":line" is its request line.
    std::string body = "*"; ///< "*": any.
};

const Row kRows[] = {
    {"a rewrite of the prefix keeps the query", "  - {match: [{uri: {prefix: /api}}], rewrite: {uri: /v2}, route: [{destination: {host: b}}]}\n", get("/api/x?y=1"), 200, {},
        {{":line", "GET /v2/x?y=1 HTTP/1.1"}, {"host", "a"}}},
    {"a rewrite by expression", "  - {rewrite: {uriRegexRewrite: {match: \"^/u/([0-9]+)$\", rewrite: \"/user?id=\\\\1\"}}, route: [{destination: {host: b}}]}\n", get("/u/42"), 200, {},
        {{":line", "GET /user?id=42 HTTP/1.1"}}},
    {"a new authority", "  - {rewrite: {authority: b.example}, route: [{destination: {host: b}}]}\n", get("/"), 200, {}, {{"host", "b.example"}}},
    {"request headers are set, added and removed",
        "  - {headers: {request: {set: {x-a: new}, add: {x-b: more}, remove: [x-c]}}, route: [{destination: {host: b}}]}\n",
        get("/", "X-A: old\r\nX-B: one\r\nX-C: gone\r\nX-D: kept\r\n"), 200, {}, {{"x-a", "new"}, {"x-b", "one,more"}, {"x-c", ""}, {"x-d", "kept"}}},
    {"header values are filled in", "  - {headers: {request: {set: {x-a: \"%REQ(x-b)%\", x-c: \"%REQ(x-none)%\", x-peer: \"%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%\", x-all: \"100%%\"}}}, "
        "route: [{destination: {host: b}}]}\n",
        get("/", "X-B: one\r\nX-C: kept\r\n"), 200, {}, {{"x-a", "one"}, {"x-c", "kept"}, {"x-peer", "127.0.0.1"}, {"x-all", "100%"}}},
    {"response headers are set, added and removed", "  - {headers: {response: {set: {x-answer: other}, add: {x-twice: b}, remove: [x-server]}}, route: [{destination: {host: b}}]}\n",
        get("/"), 200, {{"x-answer", "other"}, {"x-twice", "a,b"}, {"x-server", ""}}, {}},
    {"a redirect", "  - {match: [{uri: {exact: /old}}], redirect: {uri: /new, authority: c.example, redirectCode: 308}}\n  - {route: [{destination: {host: a}}]}\n", get("/old?x=1"), 308,
        {{"location", "http://c.example/new?x=1"}}, {}, ""},
    {"a direct response", "  - {directResponse: {status: 418, body: {string: short and stout}}, headers: {response: {set: {x-pot: tea}}}}\n", get("/"), 418,
        {{"x-pot", "tea"}, {"content-type", "text/plain"}}, {}, "short and stout"},
    {"a direct response of bytes", "  - {directResponse: {status: 200, body: {bytes: aGVsbG8=}}}\n", get("/"), 200, {{"content-type", "text/plain"}}, {}, "hello"},
    {"a direct response of 204 has no body", "  - {directResponse: {status: 204}}\n", get("/"), 204, {{"content-length", ""}}, {}, ""},
    {"an abort", "  - {fault: {abort: {percentage: {value: 100}, httpStatus: 555}}, route: [{destination: {host: b}}]}\n", get("/"), 555, {{"x-server", ""}}, {}},
    {"an abort for nobody", "  - {fault: {abort: {percentage: {value: 0}, httpStatus: 555}}, route: [{destination: {host: b}}]}\n", get("/"), 200, {}, {}},
    {"a delay", "  - {fault: {delay: {percentage: {value: 100}, fixedDelay: 20ms}}, route: [{destination: {host: b}}]}\n", get("/slow"), 200, {}, {{":line", "GET /slow HTTP/1.1"}}},
    {"a preflight is answered", "  - {corsPolicy: {allowOrigins: [{exact: \"https://x.example\"}], allowMethods: [GET, POST], maxAge: 60s}, route: [{destination: {host: b}}]}\n",
        "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://x.example\r\nAccess-Control-Request-Method: GET\r\n\r\n", 200,
        {{"access-control-allow-origin", "https://x.example"}, {"access-control-allow-methods", "GET,POST"}, {"access-control-max-age", "60"}, {"x-server", ""}}, {}},
    {"a request from an allowed origin", "  - {corsPolicy: {allowOrigins: [{exact: \"https://x.example\"}]}, route: [{destination: {host: b}}]}\n",
        get("/", "Origin: https://x.example\r\n"), 200, {{"access-control-allow-origin", "https://x.example"}, {"x-answer", "plain"}}, {}},
    {"no rule fits", "  - {match: [{uri: {prefix: /api}}], route: [{destination: {host: b}}]}\n", get("/x"), 404, {{"x-server", ""}}, {}},
    {"a Service without a route of its own", "  - {match: [{uri: {prefix: /api}}], route: [{destination: {host: b}}]}\n", get("/x", "", "b"), 200, {}, {{"host", "b"}}},
    {"the mesh does not know the host", "  - {route: [{destination: {host: b}}]}\n", get("/", "", "elsewhere.example"), 502, {}, {}},
    {"a rule for a header", "  - {match: [{headers: {x-tester: {exact: \"true\"}}}], directResponse: {status: 201}}\n  - {directResponse: {status: 202}}\n",
        get("/", "X-Tester: true\r\n"), 201, {}, {}},
    {"a value that would end the line is left out", "  - {headers: {request: {set: {x-a: \"b\\r\\nx-evil: 1\"}}}, route: [{destination: {host: b}}]}\n", get("/"), 200, {},
        {{"x-a", ""}, {"x-evil", ""}}},
    {"a path that would end the line is refused", "  - {rewrite: {uri: \"/ HTTP/1.1\\r\\nx: y\"}, route: [{destination: {host: b}}]}\n", get("/"), 500, {{"x-server", ""}}, {}},
};

TEST(Traffic, DoesWhatTheRuleSays)
{
    TrafficProxy proxy;
    for (const Row &row : kRows) {
        SCOPED_TRACE(row.what);
        proxy.load(tableOf(row.rules), 80);
        const Message answer = proxy.ask(row.request);
        EXPECT_EQ(answer.status(), row.status) << answer.first;
        for (const auto &[name, value] : row.answer) {
            EXPECT_EQ(answer.field(name), value) << name;
        }
        const Message seen = Message::of(answer.body);
        for (const auto &[name, value] : row.upstream) {
            EXPECT_EQ(name == ":line" ? seen.first : seen.field(name), value) << name;
        }
        if (row.body != "*") {
            EXPECT_EQ(answer.body, row.body);
        }
    }
}

TEST(Traffic, AFaultsDelayHoldsTheBodyBackAndLosesNoneOfIt)
{
    TrafficProxy proxy;
    proxy.load(tableOf("  - {fault: {delay: {percentage: {value: 100}, fixedDelay: 50ms}}, route: [{destination: {host: b}}]}\n"), 80);
    const std::string body(300'000, 'x');
    const auto began = std::chrono::steady_clock::now();
    const Message answer = proxy.ask("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(50));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(Message::of(answer.body).body, body);
}

TEST(Traffic, SplitsByTheWeightsOfTheTable)
{
    TrafficProxy proxy(Split::Exact);
    proxy.load(tableOf("  - {route: [{destination: {host: a}, weight: 3}, {destination: {host: b}, weight: 1}]}\n"), 80);
    std::map<std::string, int> counts;
    for (int i = 0; i < 40; ++i) {
        ++counts[proxy.ask(get("/")).field("x-server")];
    }
    ASSERT_EQ(counts.size(), 2U);
    EXPECT_EQ(counts.begin()->second, 30);
    EXPECT_EQ(counts.rbegin()->second, 10);
    EXPECT_TRUE(eventually([&] {
        std::map<std::string, std::uint64_t> counted;
        for (const DestinationStats &stats : proxy.proxy().stats().destinations) {
            if (stats.route == "VirtualService shop/v http[0]") {
                counted[stats.destination] = stats.byClass[2];
            }
        }
        return counted["a.shop.svc.cluster.local:80"] == 30 && counted["b.shop.svc.cluster.local:80"] == 10;
    }));
}

struct RetryRow {
    const char *what;
    const char *retries;
    std::vector<int> answers; ///< Of the backend, in order; 0: breaks off, -1: never answers. The last one goes on.
    std::string body;         ///< Of the request; with one it is a POST.
    int status;
    int calls; ///< Tries the backend saw.
};

TEST(Traffic, TriesAgainAsTheRuleSays)
{
    const RetryRow rows[] = {
        {"5xx until it is well", "{attempts: 3, retryOn: 5xx, backoff: 1ms}", {503, 500, 200}, "", 200, 3},
        {"the last answer is passed on", "{attempts: 2, retryOn: 5xx, backoff: 1ms}", {503}, "", 503, 3},
        {"not for what is not named", "{attempts: 2, retryOn: gateway-error, backoff: 1ms}", {500}, "", 500, 1},
        {"a status of the list", "{attempts: 2, retryOn: \"connect-failure,418\", backoff: 1ms}", {418, 200}, "", 200, 2},
        {"a connection that breaks off", "{attempts: 2, retryOn: reset, backoff: 1ms}", {0, 200}, "", 200, 2},
        {"breaking off is not asked for", "{attempts: 2, retryOn: retriable-4xx, backoff: 1ms}", {0, 200}, "", 502, 1},
        {"a body is sent again", "{attempts: 2, retryOn: 5xx, backoff: 1ms}", {503, 200}, "payload", 200, 2},
        {"a body too large to keep is sent once", "{attempts: 2, retryOn: 5xx, backoff: 1ms}", {503, 200}, std::string(100'000, 'b'), 503, 1},
        {"a try that takes too long", "{attempts: 1, retryOn: 5xx, perTryTimeout: 30ms, backoff: 1ms}", {-1, 200}, "", 200, 2},
        {"no attempts", "{attempts: 0}", {503}, "", 503, 1},
    };
    for (const RetryRow &row : rows) {
        SCOPED_TRACE(row.what);
        std::atomic<int> calls {0};
        std::atomic<bool> isSame {true};
        Unanswered unanswered;
        TrafficProxy proxy;
        proxy.answerWith([&](const HttpRequest &request, const std::shared_ptr<HttpResponder> &responder) {
            const auto at = static_cast<std::size_t>(calls++);
            isSame = isSame && request.body == row.body;
            const int answer = row.answers[std::min(at, row.answers.size() - 1)];
            if (answer == 0) {
                responder->abort();
            } else if (answer < 0) {
                unanswered.keep(responder);
            } else {
                responder->send(answer, {}, "answer " + std::to_string(at));
            }
        });
        proxy.load(tableOf(std::string("  - {retries: ") + row.retries + ", route: [{destination: {host: b}}]}\n"), 80);
        const Message answer = proxy.ask(row.body.empty() ? get("/")
                                                          : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(row.body.size()) + "\r\n\r\n" + row.body);
        EXPECT_EQ(answer.status(), row.status);
        EXPECT_EQ(calls, row.calls);
        EXPECT_TRUE(isSame) << "every try carries the whole body";
        if (row.status == 200) {
            EXPECT_EQ(answer.body, "answer " + std::to_string(row.calls - 1)) << "nothing of an answer that was dropped";
        }
        unanswered.drop();
    }
}

TEST(Traffic, TheTimeoutEndsTheRequestWithAllItsTries)
{
    std::atomic<int> calls {0};
    Unanswered unanswered;
    TrafficProxy proxy;
    proxy.answerWith([&](const HttpRequest &, const std::shared_ptr<HttpResponder> &responder) {
        ++calls;
        unanswered.keep(responder);
    });
    proxy.load(tableOf("  - {timeout: 60ms, retries: {attempts: 5, retryOn: 5xx, perTryTimeout: 40ms, backoff: 1ms}, route: [{destination: {host: b}}]}\n"), 80);
    EXPECT_EQ(proxy.ask(get("/")).status(), 504);
    EXPECT_EQ(calls, 2) << "40 ms for the first try, 20 ms for the second";
    unanswered.drop();
}

TEST(Traffic, AConfigurationThatComesWhileARequestWaitsDoesNotHarmIt)
{
    TrafficProxy proxy;
    proxy.load(tableOf("  - {fault: {delay: {percentage: {value: 100}, fixedDelay: 80ms}}, route: [{destination: {host: b}}]}\n"), 80);
    TestClient client(proxy.proxy().port());
    ASSERT_TRUE(client.send(get("/held")));
    // The request is there once it is counted.
    ASSERT_TRUE(eventually([&] { return proxy.proxy().stats().workers.front().requests == 1; }));
    proxy.load(tableOf("  - {directResponse: {status: 202}}\n"), 80);
    EXPECT_EQ(proxy.ask(get("/")).status(), 202);
    EXPECT_EQ(Message::of(Message::of(client.receiveAnswer()).body).first, "GET /held HTTP/1.1") << "it goes where it was going";
}

TEST(Traffic, AClientThatLeavesWhileItsRequestWaitsIsForgotten)
{
    TrafficProxy proxy;
    proxy.load(tableOf("  - {fault: {delay: {percentage: {value: 100}, fixedDelay: 10s}}, route: [{destination: {host: b}}]}\n"), 80);
    {
        TestClient client(proxy.proxy().port());
        ASSERT_TRUE(client.send(get("/")));
        ASSERT_TRUE(eventually([&] { return proxy.proxy().stats().workers.front().requests == 1; }));
        net::resetOnClose(client.fd()); // a mere end of sending would still want its answer
    }
    EXPECT_TRUE(eventually([&] {
        const ProxyStats stats = proxy.proxy().stats();
        return stats.workers.front().clientAborts == 1
            && std::all_of(stats.destinations.begin(), stats.destinations.end(), [](const DestinationStats &each) { return each.active == 0; });
    }));
    EXPECT_TRUE(proxy.proxy().drain());
}

TEST(Traffic, MirrorsWithoutHoldingUpWhatItMirrors)
{
    const auto hits = [](TrafficProxy &proxy) {
        std::map<std::string, std::uint64_t> out;
        for (const DestinationStats &stats : proxy.proxy().stats().destinations) {
            if (stats.route == "VirtualService shop/v http[0]") {
                out[stats.destination] = stats.byClass[2];
            }
        }
        return out;
    };
    std::mutex mutex;
    std::vector<std::string> seen; // by the mirror
    std::vector<std::shared_ptr<HttpResponder>> held;
    TrafficProxy proxy;
    proxy.answerWith([&](const HttpRequest &request, const std::shared_ptr<HttpResponder> &responder) {
        const std::scoped_lock lock(mutex);
        if (request.header("host") != "a-shadow") {
            responder->send(200, {}, request.body);
        } else if (request.target == "/stuck") {
            held.push_back(responder);
        } else {
            seen.push_back(request.method + " " + request.target + " " + request.body);
            responder->send(200, {}, std::string(100'000, 'm'));
        }
    });
    proxy.load(tableOf("  - {mirrors: [{destination: {host: a}}], rewrite: {uri: /new}, match: [{uri: {prefix: /old}}], route: [{destination: {host: b}}]}\n"
                       "  - {mirror: {host: a}, mirrorPercentage: {value: 0}, match: [{uri: {prefix: /never}}], route: [{destination: {host: b}}]}\n"
                       "  - {mirror: {host: a}, route: [{destination: {host: b}}]}\n"), 80);
    EXPECT_EQ(proxy.ask(get("/old")).status(), 200);
    EXPECT_EQ(proxy.ask(get("/never")).status(), 200);
    const std::string body(150'000, 'x');
    EXPECT_EQ(proxy.ask("POST /old/up HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body).body, body);
    EXPECT_EQ(proxy.ask(get("/stuck")).status(), 200) << "the mirror does not answer; who cares";
    EXPECT_TRUE(eventually([&] { return hits(proxy)["mirror a.shop.svc.cluster.local:80"] == 2; }));
    {
        const std::scoped_lock lock(mutex);
        EXPECT_EQ(seen, (std::vector<std::string> {"GET /new ", "POST /new/up " + body}));
        held.clear();
    }
    EXPECT_EQ(hits(proxy)["b.shop.svc.cluster.local:80"], 2U);
    EXPECT_TRUE(proxy.proxy().drain());
}

TEST(Traffic, AnIngressMirrorsTheTargetAsItCame)
{
    std::mutex mutex;
    std::vector<std::string> seen;
    TrafficProxy proxy;
    proxy.answerWith([&](const HttpRequest &request, const std::shared_ptr<HttpResponder> &responder) {
        {
            const std::scoped_lock lock(mutex);
            seen.push_back(std::string(request.header("host")) + " " + request.target);
        }
        responder->send(200, {}, "");
    });
    const auto objects = value::parseYamlDocuments(R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/rewrite-target: /new/$1, nginx.ingress.kubernetes.io/mirror-target: "http://copy.example$request_uri"}
spec: {rules: [{host: a, http: {paths: [{path: /old/(.*), pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]}}]}
)");
    ASSERT_TRUE(objects);
    auto table = route::TrafficConfig(*objects).tableAt({route::Viewpoint::Kind::Ingress, {}, {}, {}});
    ASSERT_TRUE(table);
    proxy.load(std::make_shared<const route::RouteTable>(std::move(*table)), 80);
    EXPECT_EQ(proxy.ask(get("/old/x?y=z")).status(), 200);
    EXPECT_TRUE(eventually([&] {
        const std::scoped_lock lock(mutex);
        return seen.size() == 2;
    }));
    const std::scoped_lock lock(mutex);
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, (std::vector<std::string> {"a /new/x?y=z", "copy.example /old/x?y=z"}));
}

TEST(Traffic, TellsWhatItDoesNotDo)
{
    auto table = std::make_shared<route::RouteTable>(*tableOf("  - {route: [{destination: {host: b}}]}\n"));
    route::CompiledRoute stream;
    stream.origin = {"VirtualService", "shop", "db", "tcp", 2, -1, {}, {}};
    stream.action = std::make_shared<const route::RouteAction>();
    table->listeners.front().chains.front().tcp = std::make_shared<const route::CompiledRoute>(stream);
    table->listeners.front().chains.front().terminatesTls = true;
    const std::vector<Text> told = notExecuted(*table);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].plain(), "TCP and TLS routes (VirtualService shop/db spec.tcp[2])");
    EXPECT_EQ(told[1].plain().find("TLS of the listeners ("), 0U) << told[1];
    EXPECT_TRUE(notExecuted(*tableOf("  - {route: [{destination: {host: b}}]}\n")).empty());
    auto traffic = std::make_shared<Traffic>();
    ProxyConfig config = configFor({destination("up", 1, 1)});
    config.traffic = traffic;
    EXPECT_FALSE(config.check()) << "routes beside a table";
    config.routes.clear();
    EXPECT_FALSE(config.check()) << "no table";
    traffic->table = table;
    EXPECT_TRUE(config.check());
}

TEST(RetryConditionsTest, HoldAsEnvoyReadsThem)
{
    using Failure = RetryConditions::Failure;
    struct Condition {
        const char *retryOn;
        std::vector<int> codes;
        bool connect, reset, s409, s500, s503, s418, unavailable;
    };
    const Condition rows[] = {
        {"5xx", {}, true, true, false, true, true, false, false},
        {"gateway-error", {}, true, true, false, false, true, false, false},
        {"reset", {}, true, true, false, false, false, false, false},
        {"connect-failure,refused-stream", {}, true, false, false, false, false, false, false},
        {"retriable-4xx", {}, false, false, true, false, false, false, false},
        {"", {418, 503}, false, false, false, false, true, true, false},
        {"connect-failure", {418}, true, false, false, false, false, true, false},
        {" unavailable , cancelled ", {}, false, false, false, false, false, false, true},
        {"", {}, false, false, false, false, false, false, false},
        {"nonsense,,", {}, false, false, false, false, false, false, false},
    };
    for (const Condition &row : rows) {
        route::RetryAction action;
        action.attempts = 1;
        action.retryOn = row.retryOn;
        action.codes = row.codes;
        const RetryConditions conditions(action);
        EXPECT_EQ(conditions.after(Failure::Connect), row.connect) << row.retryOn;
        EXPECT_EQ(conditions.after(Failure::Reset), row.reset) << row.retryOn;
        EXPECT_EQ(conditions.afterAnswer(409, ""), row.s409) << row.retryOn;
        EXPECT_EQ(conditions.afterAnswer(500, ""), row.s500) << row.retryOn;
        EXPECT_EQ(conditions.afterAnswer(503, ""), row.s503) << row.retryOn;
        EXPECT_EQ(conditions.afterAnswer(418, ""), row.s418) << row.retryOn;
        EXPECT_EQ(conditions.afterAnswer(200, "14"), row.unavailable) << row.retryOn;
        EXPECT_FALSE(conditions.afterAnswer(200, "0")) << row.retryOn;
        action.attempts = 0;
        EXPECT_FALSE(RetryConditions(action).after(Failure::Connect));
    }
}

} // namespace
} // namespace fairway::proxy::testing
