#include "core/route/canary_rule.h"

#include "core/route/edit_check.h"
#include "core/route/force_http1.h"
#include "fixtures.h"

#include <re2/re2.h>

using namespace fairway;
using namespace fairway::route;

namespace {

CanaryWho labels(std::map<std::string, std::string> of)
{
    return {CanaryWho::By::SourceLabels, std::move(of)};
}

CanaryWho header(std::string name, std::string value = {})
{
    return {CanaryWho::By::Header, {}, std::move(name), std::move(value)};
}

CanaryWho cookie(std::string name, std::string value = {})
{
    return {CanaryWho::By::Cookie, {}, std::move(name), std::move(value)};
}

/// The object's rules after a canary rule was put in, as YAML, or "error: …".
std::string divided(const std::string &text, const CanaryRule &canary)
{
    const value::Value object = yaml(text);
    const auto edits = planCanaryRule(object, canary);
    if (!edits)
        return "error: " + edits.error().message;
    const auto after = checkedEdit(object, *edits);
    return after ? value::toYaml((*after)["spec"][canary.section]) : "error: " + after.error().message;
}

const std::string Istio = virtualService(R"(  hosts: [reviews]
  http:
  - name: all
    match: [{uri: {prefix: /api}}, {headers: {x-old: {exact: "1"}}}]
    timeout: 5s
    route:
    - destination: {host: reviews, subset: v1}
      weight: 90
    - destination: {host: reviews, subset: v2}
      weight: 10
  - route:
    - destination: {host: reviews, subset: v1}
)");

const std::string Api = httpRoute(R"(  parentRefs: [{name: web}]
  rules:
  - matches: [{path: {type: PathPrefix, value: /}}]
    backendRefs: [{name: a, port: 80, weight: 90}, {name: b, port: 80, weight: 10}]
)");

} // namespace

TEST(CanaryRule, dividesARuleBySender)
{
    const std::string all = R"(- match: [{uri: {prefix: /api}}, {headers: {x-old: {exact: "1"}}}]
  name: all
  route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}]
  timeout: 5s
)";
    const std::string rest = "- route: [{destination: {host: reviews, subset: v1}}]\n";
    struct Row {
        const char *what;
        std::string before;
        CanaryRule canary;
        std::string after;
    };
    const Row rows[] = {
        {"by labels: each match is narrowed, the rest is kept", Istio, {"http", 0, 1, labels({{"app", "tester"}}), "testers"},
            R"(- match: [{uri: {prefix: /api}, sourceLabels: {app: tester}}, {headers: {x-old: {exact: "1"}}, sourceLabels: {app: tester}}]
  name: testers
  route: [{destination: {host: reviews, subset: v2}}]
  timeout: 5s
)" + all + rest},
        {"by header", Istio, {"http", 1, 0, header("X-Canary", "yes")},
            all + "- match: [{headers: {x-canary: {exact: \"yes\"}}}]\n  route: [{destination: {host: reviews, subset: v1}}]\n" + rest},
        {"by header, whatever its value", Istio, {"http", 1, 0, header("x-canary")},
            all + "- match: [{headers: {x-canary: {}}}]\n  route: [{destination: {host: reviews, subset: v1}}]\n" + rest},
        {"by cookie", Istio, {"http", 1, 0, cookie("beta", "a.b")},
            all + "- match: [{headers: {cookie: {regex: '^(.*;\\s*)?beta=a\\.b(;.*)?$'}}}]\n  route: [{destination: {host: reviews, subset: v1}}]\n" + rest},
        {"in the Gateway API", Api, {"rules", 0, 1, header("X-Canary", "yes")},
            "- {matches: [{path: {type: PathPrefix, value: /}, headers: [{name: X-Canary, value: \"yes\"}]}], backendRefs: [{name: b, port: 80}]}\n"
            "- {matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: a, port: 80, weight: 90}, {name: b, port: 80, weight: 10}]}\n"},
        {"no senders there", Api, {"rules", 0, 1, labels({{"app", "x"}})},
            "error: HTTPRoute catalog rules[0]: the Gateway API knows nothing of who sends a request: use a header or a cookie"},
        {"no such rule", Istio, {"http", 7, 0, header("x")}, "error: VirtualService reviews http[7]: there is no such rule"},
        {"no such destination", Istio, {"http", 0, 2, header("x")}, "error: VirtualService reviews http[0] has no such destination"},
        {"no header", Istio, {"http", 0, 0, header("x y")}, "error: VirtualService reviews http[0]: \"x y\" can't be the name of a header"},
        {"no labels", Istio, {"http", 0, 0, labels({})}, "error: VirtualService reviews http[0]: no label of the sending pods is given"},
        {"a value that ends the cookie", Istio, {"http", 0, 0, cookie("x", "a;b")},
            "error: VirtualService reviews http[0]: the value of x holds characters that can't be sent"},
        {"asked for already", Istio, {"http", 0, 0, header("X-Old", "2")}, "error: VirtualService reviews http[0]: this rule asks for header x-old already"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(divided(row.before, row.canary), row.after.starts_with("error: ") ? row.after : value::toYaml(yaml(row.after)));
    }
}

TEST(CanaryRule, findsTheCookieAmongOthers)
{
    const auto edits = planCanaryRule(yaml(Istio), {"http", 1, 0, cookie("beta", "on")});
    ASSERT_TRUE(edits);
    const re2::RE2 pattern(std::string((*edits)[0].value["match"][0]["headers"]["cookie"]["regex"].stringOr()));
    ASSERT_TRUE(pattern.ok());
    for (const char *yes : {"beta=on", "a=1; beta=on", "a=1;beta=on; c=2", "beta=on; c=2"})
        EXPECT_TRUE(re2::RE2::FullMatch(yes, pattern)) << yes;
    for (const char *no : {"beta=only", "xbeta=on", "a=beta=on", "beta=off", "", "a=1; alphabeta=on"})
        EXPECT_FALSE(re2::RE2::FullMatch(no, pattern)) << no;
}

namespace {

std::string gateway(std::string_view servers)
{
    return "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: edge}\nspec:\n  selector: {istio: ingressgateway}\n  servers:\n"
        + std::string(servers);
}

} // namespace

TEST(ForceHttp1, replacesTheSocketWhole)
{
    const auto plan = http1Plan(yaml(gateway("  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop/a.example], tls: {mode: SIMPLE, credentialName: a-cert}}\n"
                                             "  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}\n")),
        "public-http1", "istio-ingress");
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->hosts, (std::vector<std::string> {"a.example:443"}));
    const value::Value &filter = plan->filter;
    EXPECT_EQ(filter["metadata"]["namespace"].stringOr(), "istio-ingress");
    EXPECT_EQ(filter["spec"]["workloadSelector"]["labels"], yaml("{istio: ingressgateway}"));
    const value::Value &patches = filter["spec"]["configPatches"];
    ASSERT_EQ(patches.size(), 3U);
    const value::Value &socket = patches[0]["patch"]["value"]["transport_socket"];
    // The same name would merge, and merging appends: h2 would stay on offer.
    EXPECT_NE(socket["name"].stringOr(), "envoy.transport_sockets.tls");
    const value::Value &tls = socket["typed_config"]["common_tls_context"];
    EXPECT_EQ(tls["alpn_protocols"], yaml("[http/1.1]"));
    EXPECT_EQ(tls["tls_certificate_sds_secret_configs"][0]["name"].stringOr(), "kubernetes://a-cert");
    EXPECT_EQ(patches[0]["match"]["listener"], yaml("{portNumber: 443, filterChain: {sni: a.example}}"));
    for (const std::size_t i : {std::size_t {1}, std::size_t {2}})
        EXPECT_EQ(patches[i]["patch"]["value"]["typed_config"]["codec_type"].stringOr(), "HTTP1");
}

TEST(ForceHttp1, refusesWhatItWouldBreak)
{
    struct Row {
        const char *servers;
        const char *error;
    };
    const Row rows[] = {
        {"  - {port: {number: 443, protocol: HTTPS}, hosts: [a], tls: {mode: MUTUAL, credentialName: c}}\n",
            "Gateway public spec.servers[0].tls: mode MUTUAL can't be replaced without changing who may connect"},
        {"  - {port: {number: 443, protocol: HTTPS}, hosts: [a], tls: {mode: SIMPLE, serverCertificate: /x, privateKey: /y}}\n",
            "Gateway public spec.servers[0].tls: its certificate is no Secret named by credentialName"},
        {"  - {port: {number: 443, protocol: HTTPS}, hosts: [a], tls: {mode: SIMPLE, credentialName: c, minProtocolVersion: TLSV1_3}}\n",
            "Gateway public spec.servers[0].tls: its setting \"minProtocolVersion\" would be lost"},
        {"  - {port: {number: 443, protocol: HTTPS}, hosts: ['*', a], tls: {mode: SIMPLE, credentialName: c}}\n",
            "Gateway public port 443: \"*\" stands beside other hosts, and what is said for it would reach them too"},
        {"  - {port: {number: 9000, protocol: TCP}, hosts: ['*']}\n", "Gateway public has no HTTP or HTTPS server"},
    };
    for (const Row &row : rows) {
        const auto plan = http1Plan(yaml(gateway(row.servers)), "x", "edge");
        ASSERT_FALSE(plan) << row.error;
        EXPECT_EQ(plan.error().message, row.error);
    }
    const auto everywhere = http1Plan(yaml("{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: public}, spec: {servers: []}}"), "x", "edge");
    ASSERT_FALSE(everywhere);
    EXPECT_EQ(everywhere.error().message, "Gateway public has no selector: the EnvoyFilter would reach every gateway in edge");
}
