#include "core/route/effects.h"
#include "core/route/gateway_api_check.h"
#include "core/route/object_check.h"
#include "core/route/path_rewrite.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

namespace fairway::route {
namespace {

    TrafficConfig configOf(std::string_view documents)
    {
        Result<std::vector<value::Value>> read = value::parseYamlDocuments(documents);
        EXPECT_TRUE(read) << read.error().message;
        return TrafficConfig(read ? *read : std::vector<value::Value>());
    }

    Call get(std::string_view authority, std::string_view target, std::vector<std::pair<std::string, std::string>> headers = {})
    {
        Call call;
        call.request.authority = authority;
        setTarget(call.request, target);
        call.request.headers = std::move(headers);
        call.port = 80;
        return call;
    }

    std::string answer(const RouteTable &table, const Call &call)
    {
        const Decision decision = resolve(table, call);
        const Effects effects = effectsOf(decision, call);
        std::string out = decision.route == nullptr ? std::string() : decision.route->origin.name + "[" + std::to_string(decision.route->origin.index) + "]";
        if (effects.status != 0)
            return out + (out.empty() ? "" : " ") + std::to_string(effects.status);
        for (const RouteTarget &target : decision.route->action->targets)
            out += " " + target.host.substr(0, target.host.find('.')) + "*" + std::to_string(target.weight);
        return out;
    }

    constexpr std::string_view gateway = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front, namespace: infra}
spec:
  listeners:
  - {name: any, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
  - {name: shop, port: 80, protocol: HTTP, hostname: "*.shop.example", allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: Service
metadata: {name: a, namespace: shop}
spec: {ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: shop}
spec: {ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: far, namespace: other}
spec: {ports: [{port: 8080}]}
)";

    std::string route(std::string_view name, std::string_view spec, std::string_view created = "2024-01-01T00:00:00Z")
    {
        return "\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: " + std::string(name)
            + ", namespace: shop, creationTimestamp: \"" + std::string(created) + "\"}\nspec:\n  parentRefs: [{name: front, namespace: infra}]\n"
            + std::string(spec);
    }

    RouteTable tableOf(const std::string &routes)
    {
        const TrafficConfig config = configOf(std::string(gateway) + routes);
        Result<RouteTable> table = config.tableAt({Viewpoint::Kind::Gateway, "infra", "front", {}});
        EXPECT_TRUE(table);
        return std::move(*table);
    }

    TEST(ResolveGatewayApi, TheMostSpecificMatchWinsWhateverTheOrder)
    {
        const RouteTable table = tableOf(route("r", R"(
  hostnames: [www.example.com]
  rules:
  - backendRefs: [{name: a, port: 8080, weight: 1}, {name: b, port: 8080, weight: 3}]
  - matches: [{path: {value: /v2}}]
    backendRefs: [{name: b, port: 8080}]
  - matches: [{path: {value: /v2}, headers: [{name: X-A, value: "1"}]}]
    backendRefs: [{name: a, port: 8080}]
  - matches: [{path: {value: /v2}, method: POST}]
    backendRefs: [{name: a, port: 8080, weight: 0}]
  - matches: [{path: {type: Exact, value: /v2/exact}}]
    backendRefs: [{name: a, port: 8080}]
  - matches: [{queryParams: [{name: q, value: "1"}]}]
    backendRefs: [{name: missing, port: 8080}]
)"));
        EXPECT_EQ(answer(table, get("www.example.com", "/")), "r[0] a*1 b*3");
        EXPECT_EQ(answer(table, get("www.example.com", "/v2example")), "r[0] a*1 b*3") << "prefixes go by path element";
        EXPECT_EQ(answer(table, get("www.example.com", "/v2/")), "r[1] b*1");
        EXPECT_EQ(answer(table, get("www.example.com", "/v2", {{"x-a", "1"}})), "r[2] a*1");
        EXPECT_EQ(answer(table, get("www.example.com", "/v2/exact", {{"x-a", "1"}})), "r[4] a*1");
        EXPECT_EQ(answer(table, get("www.example.com", "/?q=1")), "r[5] 500") << "a backend that is not there";
        Call post = get("www.example.com", "/v2");
        post.request.method = "POST";
        EXPECT_EQ(answer(table, post), "r[3] 500") << "weight 0 gets nothing even alone";
        EXPECT_EQ(answer(table, get("other.example.com", "/")), "404");
    }

    TEST(ResolveGatewayApi, AHostBelongsToTheMostSpecificListener)
    {
        const RouteTable table = tableOf(route("wide", "  rules: [{backendRefs: [{name: a, port: 8080}]}]\n").replace(0, 0, "")
            + route("narrow", "  hostnames: [api.shop.example]\n  rules: [{matches: [{path: {value: /api}}], backendRefs: [{name: b, port: 8080}]}]\n"));
        EXPECT_EQ(answer(table, get("api.shop.example", "/api")), "narrow[0] b*1");
        EXPECT_EQ(answer(table, get("api.shop.example", "/x")), "wide[0] a*1");
        EXPECT_EQ(answer(table, get("shop.example", "/")), "wide[0] a*1") << "the wildcard stands for something";
    }

    TEST(ResolveGatewayApi, OlderRoutesGoFirstThenNames)
    {
        const std::string rules = "  rules: [{backendRefs: [{name: a, port: 8080}]}]\n";
        EXPECT_EQ(answer(tableOf(route("z", rules) + route("a", rules, "2025-01-01T00:00:00Z")), get("x.example", "/")), "z[0] a*1");
        EXPECT_EQ(answer(tableOf(route("z", rules) + route("a", rules)), get("x.example", "/")), "a[0] a*1");
    }

    TEST(ResolveGatewayApi, OtherNamespacesNeedAGrant)
    {
        const std::string rules = "  rules: [{backendRefs: [{name: far, namespace: other, port: 8080}]}]\n";
        const std::string grant = R"(
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: g, namespace: other}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
  to: [{group: "", kind: Service}]
)";
        EXPECT_EQ(answer(tableOf(route("r", rules)), get("x", "/")), "r[0] 500");
        EXPECT_EQ(answer(tableOf(route("r", rules) + grant), get("x", "/")), "r[0] far*1");
        const TrafficConfig config = configOf(std::string(gateway) + route("r", rules));
        const std::vector<ApiParentStatus> status = routeStatus(config.gatewayApi(), config.gatewayApi().routes().front());
        ASSERT_EQ(status.size(), 1U);
        EXPECT_EQ(status[0].conditions[0].reason, "Accepted");
        EXPECT_EQ(status[0].conditions[1].reason, "RefNotPermitted");
    }

    TEST(ResolveGatewayApi, RedirectsCompleteSchemeAndPort)
    {
        const RouteTable table = tableOf(route("r", R"(
  rules:
  - {matches: [{path: {value: /tls}}], filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}
  - {matches: [{path: {value: /port}}], filters: [{type: RequestRedirect, requestRedirect: {port: 8443}}]}
  - {matches: [{path: {value: /pre}}], filters: [{type: RequestRedirect, requestRedirect: {statusCode: 301, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]}
)"));
        const auto location = [&](std::string_view target) {
            const Call call = get("www.example.com:80", target);
            return effectsOf(resolve(table, call), call).location->text();
        };
        EXPECT_EQ(location("/tls/a?b=c"), "https://www.example.com/tls/a?b=c");
        EXPECT_EQ(location("/port"), "http://www.example.com:8443/port");
        EXPECT_EQ(location("/pre/x"), "http://www.example.com/x");
    }

    TEST(ResolveGatewayApi, ReplacesPrefixesByPathElements)
    {
        struct Row {
            const char *path, *prefix, *replacement, *expected;
        };
        for (const Row &row : std::vector<Row> {{"/foo/bar", "/foo", "/xyz", "/xyz/bar"}, {"/foo/bar", "/foo", "/xyz/", "/xyz/bar"},
                 {"/foo", "/foo", "/xyz", "/xyz"}, {"/foo/", "/foo", "/xyz", "/xyz/"}, {"/foo/bar", "/foo", "", "/bar"}, {"/foo", "/foo", "", "/"},
                 {"/foo/", "/foo", "/", "/"}, {"/a", "", "/b", "/b/a"}}) {
            const PathMatcher matcher {PathMatcher::Kind::PathPrefix, TextMatcher(TextMatcher::Kind::Exact, row.prefix)};
            EXPECT_EQ(rewritten({PathRewrite::Kind::GatewayPrefix, row.replacement, nullptr}, matcher, row.path), row.expected) << row.path;
        }
    }

    TEST(ResolveGatewayApi, SaysWhatIsWrongWithARoute)
    {
        const TrafficConfig config = configOf(std::string(gateway) + route("r", R"(
  hostnames: [only.elsewhere]
  rules:
  - matches: [{path: {value: nope}}]
    filters: [{type: RequestRedirect, requestRedirect: {}}, {type: URLRewrite, urlRewrite: {}}, {type: URLRewrite, urlRewrite: {}}]
    backendRefs: [{name: a, port: 1}]
)"));
        Report report;
        checkApiRoute(report, config.gatewayApi(), config.gatewayApi().routes().front());
        std::vector<std::string> codes;
        for (const Violation &violation : report.violations())
            codes.push_back(violation.code + " " + violation.path);
        const std::vector<std::string> expected {"FW0021 spec.rules[0].matches[0].path.value", "FW0021 spec.rules[0].filters[2]",
            "FW0021 spec.rules[0].filters", "FW0023 spec.rules[0].backendRefs[0]", "FW0021 spec.rules[0].backendRefs"};
        EXPECT_EQ(codes, expected);
    }

    TEST(ListenerSets, AddListenersToTheGatewayThatTakesThem)
    {
        const auto gatewayFor = [](const std::string &allowed) {
            return "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front, namespace: infra}\nspec:\n" + allowed
                + "  listeners: [{name: own, port: 80, protocol: HTTP, hostname: own.example}]\n---\n";
        };
        const auto set = [](const std::string &name, const std::string &created, const std::string &listeners, const std::string &kind = "ListenerSet") {
            const std::string group = kind == "ListenerSet" ? "gateway.networking.k8s.io/v1" : "gateway.networking.x-k8s.io/v1alpha1";
            return "apiVersion: " + group + "\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: shop, creationTimestamp: '" + created
                + "'}\nspec: {parentRef: {name: front, namespace: infra}, listeners: [" + listeners + "]}\n---\n";
        };
        const auto routeTo = [](const std::string &name, const std::string &parent) {
            return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: " + name + ", namespace: shop}\nspec: {parentRefs: [" + parent
                + "], rules: [{backendRefs: [{name: " + name + ", port: 80}]}]}\n---\n";
        };
        const std::string everybody = "  allowedListeners: {namespaces: {from: All}}\n";
        const std::string extra = set("extra", "2026-01-01", "{name: a, port: 80, protocol: HTTP, hostname: a.example}, {name: b, port: 8080, protocol: HTTP}");
        const std::string toSet = routeTo("web", "{kind: ListenerSet, name: extra}");
        struct Row {
            const char *name;
            std::string objects;
            std::vector<std::tuple<const char *, int, const char *>> asked;
            std::vector<std::string> problems; ///< "object path" of FW0025
        };
        const Row rows[] = {
            {"nobody by default", gatewayFor("") + extra + toSet, {{"a.example", 80, "404"}, {"a.example", 8080, "404"}}, {"ListenerSet shop/extra spec.parentRef"}},
            {"everybody", gatewayFor(everybody) + extra + toSet, {{"a.example", 80, "web[0] web*1"}, {"x.example", 8080, "web[0] web*1"}, {"own.example", 80, "404"}}, {}},
            {"the Gateway's own namespace", gatewayFor("  allowedListeners: {namespaces: {from: Same}}\n") + extra + toSet, {{"a.example", 80, "404"}},
                {"ListenerSet shop/extra spec.parentRef"}},
            {"by labels", gatewayFor("  allowedListeners: {namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}\n")
                    + "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: shop}}\n---\n" + extra + toSet, {{"a.example", 80, "web[0] web*1"}}, {}},
            {"one listener of it", gatewayFor(everybody) + extra + routeTo("web", "{kind: ListenerSet, name: extra, sectionName: b}"),
                {{"a.example", 80, "404"}, {"a.example", 8080, "web[0] web*1"}}, {}},
            {"a route to the Gateway does not hang on the set", gatewayFor(everybody) + extra + routeTo("web", "{name: front, namespace: infra}"), {{"a.example", 80, "404"}}, {}},
            {"a host that the Gateway has", gatewayFor(everybody) + set("extra", "2026-01-01", "{name: a, port: 80, protocol: HTTP, hostname: own.example}") + toSet,
                {{"own.example", 80, "404"}}, {"ListenerSet shop/extra spec.listeners[0]"}},
            {"another protocol on the port", gatewayFor(everybody) + set("extra", "2026-01-01", "{name: a, port: 80, protocol: HTTPS, hostname: a.example}") + toSet,
                {{"a.example", 80, "404"}}, {"ListenerSet shop/extra spec.listeners[0]"}},
            {"of two sets the older one", gatewayFor(everybody) + set("late", "2026-01-02", "{name: a, port: 80, protocol: HTTP, hostname: a.example}")
                    + extra + toSet + routeTo("other", "{kind: ListenerSet, name: late}"), {{"a.example", 80, "web[0] web*1"}}, {"ListenerSet shop/late spec.listeners[0]"}},
            {"no port yet", gatewayFor(everybody) + set("extra", "2026-01-01", "{name: a, protocol: HTTP}"), {}, {"ListenerSet shop/extra spec.listeners[0]"}},
            {"while it was an experiment", gatewayFor(everybody) + set("extra", "2026-01-01", "{name: a, port: 80, protocol: HTTP, hostname: a.example}", "XListenerSet")
                    + routeTo("web", "{group: gateway.networking.x-k8s.io, kind: XListenerSet, name: extra}"), {{"a.example", 80, "web[0] web*1"}}, {}},
        };
        for (const Row &row : rows) {
            const Result<std::vector<value::Value>> objects = value::parseYamlDocuments(row.objects);
            ASSERT_TRUE(objects) << row.objects;
            const TrafficConfig config(*objects);
            const RouteTable table = *config.tableAt({Viewpoint::Kind::Gateway, "infra", "front", {}});
            for (const auto &[host, port, expected] : row.asked) {
                Call call = get(host, "/");
                call.port = port;
                const bool isOpen = table.listenerOf("", port) != nullptr;
                EXPECT_EQ(isOpen ? answer(table, call) : "404", expected) << row.name << ": " << host << ":" << port;
            }
            std::vector<std::string> problems;
            for (const ObjectFinding &finding : checkObjects(*objects)) {
                if (finding.code == "FW0025")
                    problems.push_back(finding.object + " " + finding.path);
            }
            EXPECT_EQ(problems, row.problems) << row.name;
        }
        const std::string missing = routeTo("web", "{kind: ListenerSet, name: gone}");
        const TrafficConfig config = configOf(gatewayFor(everybody) + extra + missing);
        const ApiCondition accepted = routeStatus(config.gatewayApi(), config.gatewayApi().routes().front()).front().conditions.front();
        EXPECT_EQ(accepted.reason, "NoMatchingParent");
        EXPECT_EQ(accepted.message, "there is no ListenerSet shop/gone");
    }

    TEST(ResolveIngress, CanariesGoByHeaderCookieAndWeight)
    {
        const TrafficConfig config = configOf(R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: main, namespace: shop}
spec: {rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: stable, port: {number: 80}}}}, {path: /exact, pathType: Exact, backend: {service: {name: exact, port: {number: 80}}}}]}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20", nginx.ingress.kubernetes.io/canary-by-header: X-Canary, nginx.ingress.kubernetes.io/canary-by-cookie: try}
spec: {rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: new, port: {number: 80}}}}]}}]}
)");
        const RouteTable table = *config.tableAt({Viewpoint::Kind::Ingress, {}, {}, {}});
        EXPECT_EQ(answer(table, get("shop.example", "/a")), "canary[0] stable*80 new*20");
        EXPECT_EQ(answer(table, get("shop.example", "/a", {{"x-canary", "always"}})), "canary[0] new*1");
        EXPECT_EQ(answer(table, get("shop.example", "/a", {{"x-canary", "never"}, {"cookie", "try=always"}})), "main[0] stable*1");
        EXPECT_EQ(answer(table, get("shop.example", "/a", {{"cookie", "a=b; try=always; c=d"}})), "canary[0] new*1");
        EXPECT_EQ(answer(table, get("shop.example", "/a", {{"cookie", "xtry=always"}})), "canary[0] stable*80 new*20");
        EXPECT_EQ(answer(table, get("shop.example", "/exact")), "main[1] exact*1");
        EXPECT_EQ(answer(table, get("else.example", "/")), "404");
    }

} // namespace
} // namespace fairway::route
