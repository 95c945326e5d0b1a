#include "core/route/effects.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fairway::route {
namespace {

    constexpr std::string_view Nginx = "nginx.ingress.kubernetes.io/";

    /// "rewrite-target=/$2; use-regex=true" as annotations; paths "/a Prefix web; /b Exact api".
    std::string ingress(const std::string &name, const std::string &host, std::string_view annotations, std::string_view paths, const std::string &more = {})
    {
        const auto each = [](std::string_view list, const auto &take) {
            while (!list.empty()) {
                const std::size_t end = std::min(list.find("; "), list.size());
                take(list.substr(0, end));
                list.remove_prefix(std::min(end + 2, list.size()));
            }
        };
        std::string out = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: " + name + "\n  namespace: shop\n  annotations:\n    a: b\n";
        each(annotations, [&](std::string_view one) {
            const std::size_t equals = one.find('=');
            out.append("    ").append(Nginx).append(one.substr(0, equals)).append(": '").append(one.substr(equals + 1)).append("'\n");
        });
        out += "spec:\n" + more + "  rules:\n  - host: '" + host + "'\n    http:\n      paths:\n";
        each(paths, [&](std::string_view one) {
            const std::size_t first = one.find(' ');
            const std::size_t second = one.find(' ', first + 1);
            out.append("      - {path: '").append(one.substr(0, first)).append("', pathType: ").append(one.substr(first + 1, second - first - 1));
            out.append(", backend: {service: {name: ").append(one.substr(second + 1)).append(", port: {number: 80}}}}\n");
        });
        return out + "---\n";
    }

    RouteTable tableOf(const std::string &documents)
    {
        const Result<std::vector<value::Value>> read = value::parseYamlDocuments(documents);
        EXPECT_TRUE(read) << documents;
        return *TrafficConfig(read ? *read : std::vector<value::Value>()).tableAt({Viewpoint::Kind::Ingress, {}, {}, {}});
    }

    /// "web/path?query at authority", "308 https://…", "404".
    std::string answer(const RouteTable &table, std::string_view url)
    {
        Call call;
        const bool isTls = url.starts_with("https://");
        url.remove_prefix(isTls ? 8 : 7);
        const std::size_t slash = std::min(url.find('/'), url.size());
        call.request.scheme = isTls ? "https" : "http";
        call.request.authority = url.substr(0, slash);
        call.tls = isTls ? Call::Tls::Tls : Call::Tls::None;
        call.port = isTls ? 443 : 80;
        setTarget(call.request, url.substr(slash));
        const Decision decision = resolve(table, call);
        const Effects effects = effectsOf(decision, call);
        if (effects.location)
            return std::to_string(effects.status) + " " + effects.location->text();
        if (effects.status != 0)
            return std::to_string(effects.status);
        std::string out;
        for (const RouteTarget &target : decision.route->action->targets)
            out += (out.empty() ? "" : "+") + target.host.substr(0, target.host.find('.'));
        out += effects.path;
        return effects.authority == call.request.authority ? out : out + " at " + effects.authority;
    }

    TEST(IngressTable, ResolvesNamedPorts)
    {
        std::string named = ingress("a", "shop.test", "", "/ Prefix web");
        named.replace(named.find("{number: 80}"), 12, "{name: http}");
        const std::string service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {ports: [{name: admin, port: 81}, {name: NAME, port: 8080}]}\n---\n";
        const auto with = [&](const char *name) {
            std::string out = service;
            return named + out.replace(out.find("NAME"), 4, name);
        };
        const auto portIn = [](const RouteTable &table) { return table.listeners.front().chains.front().http->hosts().front().routes.front().action->targets.front().port; };
        const RouteTable known = tableOf(with("http"));
        EXPECT_EQ(portIn(known), 8080);
        EXPECT_TRUE(known.notes.empty());
        const RouteTable other = tableOf(with("web"));
        EXPECT_EQ(portIn(other), 0);
        ASSERT_EQ(other.notes.size(), 1U);
        EXPECT_EQ(other.notes.front(), "Ingress shop/a: Service shop/web has no port named http");
        EXPECT_EQ(tableOf(named).notes.front(), "Ingress shop/a: Service shop/web with its port http is not known");
    }

    TEST(IngressTable, DoesWithARequestWhatIngressNginxDoes)
    {
        struct Row {
            const char *name;
            std::string objects;
            std::vector<std::pair<const char *, const char *>> asked;
        };
        const std::string tls = "  tls: [{hosts: [shop.test], secretName: s}]\n";
        const Row rows[] = {
            {"types of paths", ingress("a", "shop.test", "", "/e Exact e; /p Prefix p; /i ImplementationSpecific i; /p/long Prefix long"),
                {{"http://shop.test/e", "e/e"}, {"http://shop.test/e/", "404"}, {"http://shop.test/p/x", "p/p/x"}, {"http://shop.test/px", "404"},
                    {"http://shop.test/ix", "i/ix"}, {"http://shop.test/p/long/x", "long/p/long/x"}, {"http://shop.test/P", "404"}}},
            {"captures in a rewrite", ingress("a", "shop.test", "rewrite-target=/$2", "/something(/|$)(.*) ImplementationSpecific web"),
                {{"http://shop.test/something", "web/"}, {"http://shop.test/something/", "web/"}, {"http://shop.test/something/new?q=1", "web/new?q=1"},
                    {"http://shop.test/SOMETHING/a/b", "web/a/b"}, {"http://shop.test/other", "404"}}},
            {"a rewrite without captures is the whole path", ingress("a", "shop.test", "rewrite-target=/root", "/api Prefix web"),
                {{"http://shop.test/api/users", "web/root"}, {"http://shop.test/api", "web/root"}}},
            {"captures that are not there are empty", ingress("a", "shop.test", "rewrite-target=/x$3", "/api(.*) ImplementationSpecific web"),
                {{"http://shop.test/api/users", "web/x"}}},
            {"a query in a rewrite", ingress("a", "shop.test", "rewrite-target=/find?id=$1", "/item/(.*) ImplementationSpecific web"),
                {{"http://shop.test/item/7", "web/find?id=7"}, {"http://shop.test/item/7?q=1", "web/find?id=7&q=1"}}},
            {"a backslash is one", ingress("a", "shop.test", "rewrite-target=/\\1$1", "/i/(.*) ImplementationSpecific web"), {{"http://shop.test/i/7", "web/\\17"}}},
            {"a rewrite to its own path is none", ingress("a", "shop.test", "rewrite-target=/api", "/api Prefix web"),
                {{"http://shop.test/api/users", "web/api/users"}, {"http://shop.test/apix", "404"}}},
            {"expressions go by the length of their text", ingress("a", "shop.test", "", "/foo/bar Prefix one; /foo/bar/ Prefix two")
                    + ingress("b", "shop.test", "use-regex=true", "/foo/bar/.+ ImplementationSpecific three"),
                {{"http://shop.test/foo/bar/1", "three/foo/bar/1"}, {"http://shop.test/foo/bar/", "two/foo/bar/"}, {"http://shop.test/foo/bar", "one/foo/bar"},
                    {"http://shop.test/foo/barn", "one/foo/barn"}, {"http://shop.test/FOO/bar", "one/FOO/bar"}, {"http://shop.test/x/foo/bar", "404"}}},
            {"the longer expression wins over the exact text", ingress("a", "shop.test", "use-regex=true", "/foo/bar/bar Prefix one; /foo/bar/[A-Z0-9]{3} ImplementationSpecific two"),
                {{"http://shop.test/foo/bar/bar", "two/foo/bar/bar"}}},
            {"other hosts keep their plain paths", ingress("a", "shop.test", "use-regex=true", "/a.* ImplementationSpecific web") + ingress("b", "b.test", "", "/a Prefix b"),
                {{"http://shop.test/abc", "web/abc"}, {"http://b.test/abc", "404"}, {"http://b.test/a/bc", "b/a/bc"}}},
            {"a permanent redirect", ingress("a", "shop.test", "permanent-redirect=https://new.test/x?y=1", "/ Prefix web"),
                {{"http://shop.test/a?b=2", "301 https://new.test/x?y=1"}}},
            {"without a path", ingress("a", "shop.test", "permanent-redirect=https://new.test; permanent-redirect-code=308", "/ Prefix web"),
                {{"http://shop.test/a?b=2", "308 https://new.test"}}},
            {"with the request's own", ingress("a", "shop.test", "permanent-redirect=https://new.test:8443$request_uri", "/ Prefix web"),
                {{"http://shop.test/a?b=2", "301 https://new.test:8443/a?b=2"}}},
            {"the temporal one goes first", ingress("a", "shop.test", "permanent-redirect=https://new.test/; temporal-redirect=/soon", "/ Prefix web"),
                {{"http://shop.test/a?b=2", "302 http://shop.test/soon"}}},
            {"a bad code is none", ingress("a", "shop.test", "permanent-redirect=https://new.test/; permanent-redirect-code=200", "/ Prefix web"),
                {{"http://shop.test/", "301 https://new.test/"}}},
            {"TLS brings a redirect", ingress("a", "shop.test", "", "/ Prefix web; /x Exact x", tls),
                {{"http://shop.test/a?b", "308 https://shop.test/a?b"}, {"https://shop.test/a?b", "web/a?b"}, {"http://shop.test/x", "308 https://shop.test/x"},
                    {"http://shop.test:8080/a", "308 https://shop.test/a"}}},
            {"which can be switched off", ingress("a", "shop.test", "ssl-redirect=false", "/ Prefix web", tls), {{"http://shop.test/a", "web/a"}}},
            {"TLS of another host", ingress("a", "else.test", "", "/ Prefix web", tls), {{"http://else.test/a", "web/a"}}},
            {"TLS of a wildcard", ingress("a", "a.shop.test", "", "/ Prefix web", "  tls: [{hosts: ['*.shop.test']}]\n"), {{"http://a.shop.test/", "308 https://a.shop.test/"}}},
            {"the certificate may be another Ingress' of the host", ingress("a", "shop.test", "", "/a Prefix a", tls) + ingress("b", "shop.test", "", "/b Prefix b"),
                {{"http://shop.test/b", "308 https://shop.test/b"}}},
            {"forced without a certificate", ingress("a", "shop.test", "force-ssl-redirect=true", "/ Prefix web"),
                {{"http://shop.test/a", "308 https://shop.test/a"}, {"https://shop.test/a", "web/a"}}},
            {"its own redirect comes before the one to TLS", ingress("a", "shop.test", "permanent-redirect=https://new.test/", "/ Prefix web", tls),
                {{"http://shop.test/a", "301 https://new.test/"}}},
            {"the root of the application", ingress("a", "shop.test", "app-root=/app/home", "/ Prefix web", tls),
                {{"http://shop.test/?a=b", "302 http://shop.test/app/home"}, {"https://shop.test/", "302 https://shop.test/app/home"}, {"https://shop.test/app/home", "web/app/home"}}},
            {"aliases", ingress("a", "shop.test", "server-alias=One.test, two.test", "/ Prefix web") + ingress("b", "two.test", "", "/ Prefix two"),
                {{"http://one.test/a", "web/a"}, {"http://two.test/a", "two/a"}}},
            {"to www", ingress("a", "www.shop.test", "from-to-www-redirect=true", "/ Prefix web"), {{"http://shop.test/a?b", "308 http://www.shop.test/a?b"}, {"http://shop.test/a/", "308 http://www.shop.test/a"}, {"http://shop.test/", "308 http://www.shop.test"}, {"http://www.shop.test/a", "web/a"}}},
            {"from www", ingress("a", "shop.test", "from-to-www-redirect=true", "/ Prefix web"), {{"https://www.shop.test/a", "308 https://shop.test/a"}}},
            {"not away from a host that is there", ingress("a", "shop.test", "from-to-www-redirect=true", "/ Prefix web") + ingress("b", "www.shop.test", "", "/ Prefix www"),
                {{"http://www.shop.test/a", "www/a"}}},
            {"another host for the backend", ingress("a", "shop.test", "upstream-vhost=inner.test", "/ Prefix web"), {{"http://shop.test/a", "web/a at inner.test"}}},
            {"a canary gets the main one's rewrite, and its own is ignored",
                ingress("a", "shop.test", "rewrite-target=/$1", "/v/(.*) ImplementationSpecific web")
                    + ingress("b", "shop.test", "canary=true; canary-weight=20; rewrite-target=/no", "/v/(.*) ImplementationSpecific next"),
                {{"http://shop.test/v/x", "web+next/x"}}},
            {"the default backend serves the hosts of its Ingress", ingress("a", "shop.test", "", "/a Prefix web", "  defaultBackend: {service: {name: rest, port: {number: 80}}}\n"),
                {{"http://shop.test/b", "rest/b"}, {"http://shop.test/a", "web/a"}, {"http://else.test/b", "404"}}},
            {"one without rules serves the rest", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: d, namespace: shop}\nspec: {defaultBackend: {service: {name: rest, port: {number: 80}}}}\n---\n"
                    + ingress("a", "shop.test", "", "/a Prefix web"),
                {{"http://else.test/b", "rest/b"}, {"http://shop.test/b", "404"}}},
            {"an expression that can't be read takes nothing", ingress("a", "shop.test", "use-regex=true", "/(?=x) ImplementationSpecific web; / Prefix rest"), {{"http://shop.test/x", "rest/x"}}},
        };
        for (const Row &row : rows) {
            const RouteTable table = tableOf(row.objects);
            for (const auto &[url, expected] : row.asked)
                EXPECT_EQ(answer(table, url), expected) << row.name << ": " << url;
        }
    }

    TEST(IngressTable, TellsOfWhatItLeavesOut)
    {
        struct Row {
            const char *annotations;
            const char *told; ///< Empty: nothing.
        };
        const Row rows[] = {
            {"whitelist-source-range=10.0.0.0/8", "annotation whitelist-source-range is not modelled"},
            {"default-backend=rest", "annotation default-backend is not modelled"},
            {"configuration-snippet=return 418;", "annotation configuration-snippet is not modelled"},
            {"backend-protocol=HTTPS", "annotation backend-protocol is not modelled"},
            {"backend-protocol=HTTP", ""},
            {"enable-cors=true", "annotation enable-cors is not modelled"},
            {"proxy-read-timeout=5", "annotation proxy-read-timeout is not modelled"},
            {"what-comes-next=1", "annotation what-comes-next is not modelled"},
            {"permanent-redirect=https://$host/x", "annotation permanent-redirect is not modelled: https://$host/x"},
            {"permanent-redirect=nowhere", "annotation permanent-redirect is not modelled: nowhere"},
            {"permanent-redirect=https://a:99999/", "annotation permanent-redirect is not modelled: https://a:99999/"},
            {"rewrite-target=/x$uri", "annotation rewrite-target is not modelled: /x$uri"},
            {"rewrite-target=https://a/$1", "annotation rewrite-target is not modelled: https://a/$1"},
            {"app-root=https://a/", "annotation app-root is not modelled: https://a/"},
            {"server-alias=~^a$", "annotation server-alias is not modelled: ~^a$"},
            {"upstream-vhost=$host", "annotation upstream-vhost is not modelled: $host"},
            {"mirror-target=$backend", "annotation mirror-target is not modelled: $backend"},
            {"mirror-target=https://copy.test/fixed", "annotation mirror-target is not modelled: https://copy.test/fixed"},
            {"mirror-target=https://copy.test$request_uri", ""},
            {"affinity=cookie; session-cookie-name=route; affinity-canary-behavior=legacy", ""},
            {"rewrite-target=/$1; use-regex=true; ssl-redirect=false; server-alias=b.test; from-to-www-redirect=true", ""},
        };
        for (const Row &row : rows) {
            const RouteTable table = tableOf(ingress("a", "shop.test", row.annotations, "/x(.*) ImplementationSpecific web"));
            const std::string told = table.notes.empty() ? "" : table.notes.front().plain();
            EXPECT_EQ(told, *row.told == '\0' ? "" : std::string("Ingress shop/a: ") + row.told) << row.annotations;
        }
        const RouteTable table = tableOf(ingress("a", "shop.test", "", "/ Prefix web") + ingress("b", "shop.test", "canary=true; app-root=/x", "/ Prefix next"));
        ASSERT_EQ(table.notes.size(), 1U);
        EXPECT_EQ(table.notes.front(), "Ingress shop/b: annotation app-root is ignored: those of the main Ingress count");
    }

    TEST(IngressTable, MirrorsAndSessionsAreOfTheAction)
    {
        const RouteTable table = tableOf(ingress("a", "shop.test", "mirror-target=https://copy.test$request_uri; affinity=cookie", "/ Prefix web"));
        const RouteAction &action = *table.listeners.front().chains.front().http->hosts().front().routes.front().action;
        ASSERT_EQ(action.mirrors.size(), 1U);
        EXPECT_EQ(action.mirrors[0].target.host, "copy.test");
        EXPECT_EQ(action.mirrors[0].target.port, 443);
        EXPECT_EQ(action.mirrors[0].target.authority, "copy.test");
        EXPECT_EQ(action.sessionPersistence, "Cookie");
    }

    TEST(IngressTable, ARuleOfAnAnnotationNamesIt)
    {
        const RouteTable table = tableOf(ingress("a", "shop.test", "force-ssl-redirect=true", "/ Prefix web"));
        const RuleOrigin &origin = table.listeners.front().chains.front().http->hosts().front().routes.front().origin;
        EXPECT_EQ(origin.display(), "Ingress shop/a force-ssl-redirect");
        EXPECT_EQ(origin.path(), "metadata.annotations[\"nginx.ingress.kubernetes.io/force-ssl-redirect\"]");
    }

} // namespace
} // namespace fairway::route
