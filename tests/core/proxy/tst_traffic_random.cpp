#include "core/proxy/traffic_source.h"
#include "core/value/json.h"
#include "tests/core/proxy/traffic_fixture.h"

#include <chrono>
#include <cstdlib>
#include <random>

/// What `resolve` says of a request against what the proxy does with it: thousands of generated routes of all kinds, each request sent
/// for real to servers that tell what reached them.
namespace fairway::proxy::testing {
namespace {

using value::Value;

Value map(std::initializer_list<std::pair<std::string, Value>> members)
{
    Value out = Value::map();
    for (const auto &[name, value] : members) {
        out.set(name, value);
    }
    return out;
}

/// A request as it is written and as routes see it, made side by side.
struct Request {
    std::string text;
    route::Call call;
    std::string body;
};

class Generator {
public:
    explicit Generator(unsigned seed)
        : m_random(seed)
    {
    }

    Value service(const char *name)
    {
        return map({{"apiVersion", Value("v1")}, {"kind", Value("Service")}, {"metadata", meta(name)},
            {"spec", map({{"clusterIP", Value("10.0.0.1")}, {"ports", Value::list({map({{"name", Value("http")}, {"port", Value(80)}})})}})}});
    }

    Value virtualService(const std::string &name)
    {
        Value rules = Value::list();
        for (int i = 1 + below(8); i > 0; --i) {
            rules.append(istioRule());
        }
        return map({{"apiVersion", Value("networking.istio.io/v1")}, {"kind", Value("VirtualService")}, {"metadata", meta(name)},
            {"spec", map({{"hosts", Value::list({Value(one({"reviews", "ratings", "*.example.com", "shop.example.com"}))})},
                         {"gateways", Value::list({Value("mesh"), Value("gw")})}, {"http", rules}})}});
    }

    /// A root that leaves some paths to a VirtualService without hosts.
    void addDelegation(std::vector<Value> &out)
    {
        Value inner = virtualService("inner");
        Value spec = map({{"http", inner["spec"]["http"]}});
        inner.set("spec", spec);
        Value root = virtualService("a-root");
        Value rules = Value::list({map({{"match", Value::list({map({{"uri", map({{"prefix", Value(one({"/", "/a", "/b"}))}})}})})},
            {"delegate", map({{"name", Value("inner")}, {"namespace", Value("shop")}})}})});
        for (std::size_t i = 0; i < root["spec"]["http"].size(); ++i) {
            rules.append(root["spec"]["http"][i]);
        }
        Value rootSpec = map({{"hosts", root["spec"]["hosts"]}, {"gateways", root["spec"]["gateways"]}, {"http", rules}});
        root.set("spec", rootSpec);
        out.push_back(root);
        out.push_back(inner);
    }

    Value httpRoute(const std::string &name)
    {
        Value rules = Value::list();
        for (int i = 1 + below(6); i > 0; --i) {
            rules.append(gatewayRule());
        }
        Value spec = map({{"parentRefs", Value::list({map({{"name", Value("api")}})})}, {"rules", rules}});
        if (!once(3)) {
            spec.set("hostnames", Value::list({Value(one({"shop.example.com", "*.example.com", "other.example.com"}))}));
        }
        return map({{"apiVersion", Value("gateway.networking.k8s.io/v1")}, {"kind", Value("HTTPRoute")}, {"metadata", meta(name)}, {"spec", spec}});
    }

    Value ingress(const std::string &name, bool isCanary)
    {
        Value paths = Value::list();
        for (int i = 1 + below(4); i > 0; --i) {
            paths.append(map({{"path", Value(once(6) ? "/a(/|$)(.*)" : path())}, {"pathType", Value(one({"Exact", "Prefix", "ImplementationSpecific"}))},
                {"backend", map({{"service", map({{"name", Value(one({"reviews", "ratings"}))}, {"port", map({{"number", Value(80)}})}})}})}}));
        }
        Value metadata = meta(name);
        if (isCanary) {
            Value annotations = map({{"nginx.ingress.kubernetes.io/canary", Value("true")}});
            const auto annotate = [&](const char *canary, const char *value) { annotations.set(std::string("nginx.ingress.kubernetes.io/canary-") + canary, Value(value)); };
            if (!once(3)) {
                annotate("weight", "30");
            }
            if (once(4)) {
                annotate("weight-total", "60");
            }
            if (once(2)) {
                annotate("by-header", "x-a");
                if (once(2)) {
                    once(2) ? annotate("by-header-value", "x") : annotate("by-header-pattern", "^x.*$");
                }
            }
            if (once(4)) {
                annotate("by-cookie", "canary");
            }
            metadata.set("annotations", annotations);
        } else if (once(2)) {
            metadata.set("annotations", nginxAnnotations());
        }
        Value spec = map({{"rules", Value::list({map({{"host", Value(one({"shop.example.com", "*.example.com"}))}, {"http", map({{"paths", paths}})}})})}});
        if (once(6)) {
            spec.set("tls", Value::list({map({{"hosts", Value::list({Value("shop.example.com")})}})}));
        }
        if (once(4)) {
            spec.set("defaultBackend", map({{"service", map({{"name", Value("details")}, {"port", map({{"number", Value(80)}})}})}}));
        }
        return map({{"apiVersion", Value("networking.k8s.io/v1")}, {"kind", Value("Ingress")}, {"metadata", metadata}, {"spec", spec}});
    }

    Value nginxAnnotations()
    {
        Value out = Value::map();
        const auto sometimes = [&](int in, const char *key, std::initializer_list<const char *> values) {
            if (once(in)) {
                out.set(std::string("nginx.ingress.kubernetes.io/") + key, Value(one(values)));
            }
        };
        sometimes(3, "rewrite-target", {"/new/$2", "/", "/x?y=$1", "/$1$9"});
        sometimes(4, "use-regex", {"true", "false"});
        sometimes(6, "permanent-redirect", {"https://new.example/x?y", "http://new.example:8080$request_uri", "/moved"});
        sometimes(8, "temporal-redirect", {"https://new.example"});
        sometimes(6, "force-ssl-redirect", {"true"});
        sometimes(6, "app-root", {"/home"});
        sometimes(4, "server-alias", {"reviews, nowhere.test", "other.test"});
        sometimes(4, "from-to-www-redirect", {"true"});
        sometimes(4, "upstream-vhost", {"re.example"});
        sometimes(6, "mirror-target", {"https://copy.example$request_uri"});
        sometimes(6, "affinity", {"cookie"});
        return out;
    }

    std::vector<Value> objects()
    {
        std::vector<Value> out {service("reviews"), service("ratings"), service("details")};
        out.push_back(map({{"apiVersion", Value("networking.istio.io/v1")}, {"kind", Value("Gateway")}, {"metadata", meta("gw")},
            {"spec", map({{"selector", map({{"istio", Value("gw")}})},
                         {"servers", Value::list({map({{"port", map({{"number", Value(80)}, {"name", Value("http")}, {"protocol", Value("HTTP")}})},
                                                  {"hosts", Value::list({Value("*")})}})})}})}}));
        out.push_back(map({{"apiVersion", Value("gateway.networking.k8s.io/v1")}, {"kind", Value("Gateway")}, {"metadata", meta("api")},
            {"spec", map({{"listeners", Value::list({map({{"name", Value("http")}, {"port", Value(80)}, {"protocol", Value("HTTP")}})})}})}}));
        for (int i = 1 + below(3); i > 0; --i) {
            out.push_back(virtualService("v" + std::to_string(i)));
        }
        if (once(4)) {
            addDelegation(out);
        }
        for (int i = below(3); i > 0; --i) {
            out.push_back(httpRoute("h" + std::to_string(i)));
        }
        for (int i = below(3); i > 0; --i) {
            out.push_back(ingress("i" + std::to_string(i), false));
        }
        if (once(2)) {
            out.push_back(ingress("canary", true));
        }
        return out;
    }

    route::Viewpoint viewpoint()
    {
        switch (below(4)) {
        case 0:
            return {route::Viewpoint::Kind::Gateway, "shop", "gw", {}};
        case 1:
            return {route::Viewpoint::Kind::Gateway, "shop", "api", {}};
        case 2:
            return {route::Viewpoint::Kind::Ingress, {}, {}, {}};
        default:
            return {route::Viewpoint::Kind::Mesh, "shop", {}, once(2) ? std::map<std::string, std::string> {{"app", "web"}} : std::map<std::string, std::string> {}};
        }
    }

    /// Envoy's own: what Istio and the Gateway API make no use of, too.
    Value routeConfiguration()
    {
        Value hosts = Value::list();
        const char *const domains[] = {"*", "*.example.com", "shop.example.com", "reviews", "a.*"};
        for (int count = 1 + below(4), first = below(2), i = first; i < first + count; ++i) { // with and without a host for all
            Value routes = Value::list();
            for (int r = 1 + below(5); r > 0; --r) {
                routes.append(envoyRoute());
            }
            Value host = map({{"name", Value("host" + std::to_string(i))}, {"domains", Value::list({Value(domains[i])})}, {"routes", routes}});
            addEnvoyEdits(host);
            hosts.append(host);
        }
        Value out = map({{"name", Value("routes")}, {"virtual_hosts", hosts}});
        addEnvoyEdits(out);
        return out;
    }

    Request request(int port)
    {
        Request out;
        route::RequestView &view = out.call.request;
        out.call.port = port;
        view.method = one({"GET", "GET", "GET", "POST", "PUT", "DELETE", "OPTIONS"});
        view.authority = one({"reviews", "ratings", "reviews.shop.svc.cluster.local:80", "shop.example.com", "a.example.com", "SHOP.example.com", "details", "nowhere.test", "www.shop.example.com"});
        view.path = path();
        if (once(3)) {
            view.query = one({"q=x", "q=y&q=x", "q", "r=x&q=%20"});
        }
        out.text = view.method + " " + view.path + (view.query.empty() ? "" : "?" + view.query) + " HTTP/1.1\r\nHost: " + view.authority + "\r\n";
        for (const char *name : {"X-A", "x-b", "Cookie", "x-request-id"}) {
            if (once(3)) {
                field(out, name, one({"x", "y", "xy", "always", "never", "canary=always", "canary=never"}));
            }
        }
        if (once(6)) {
            field(out, "X-B", "twice");
        }
        if (once(4)) {
            field(out, "Origin", one({"https://x.example", "https://y.example"}));
            if (once(2)) {
                field(out, "Access-Control-Request-Method", "GET");
            }
        }
        if (view.method == "POST" || view.method == "PUT") {
            out.body = std::string(static_cast<std::size_t>(below(200)), 'b');
            out.text += "Content-Length: " + std::to_string(out.body.size()) + "\r\n";
            view.headers.emplace_back("content-length", std::to_string(out.body.size()));
        }
        out.text += "\r\n" + out.body;
        return out;
    }

private:
    static Value meta(const std::string &name) { return map({{"name", Value(name)}, {"namespace", Value("shop")}}); }
    int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(m_random); }
    bool once(int in) { return below(in) == 0; }
    std::string one(std::initializer_list<const char *> list) { return list.begin()[below(static_cast<int>(list.size()))]; }
    std::string path() { return one({"/", "/a", "/a/", "/a/b", "/ab", "/A", "/b/a", "/a/b/c", "/b", "/a%20b"}); }

    static void field(Request &out, const std::string &name, const std::string &value)
    {
        out.text += name + ": " + value + "\r\n";
        out.call.request.headers.emplace_back(route::lowerAscii(name), value);
    }

    Value text()
    {
        return once(2) ? map({{"exact", Value(one({"x", "y", "xy"}))}})
            : once(2)  ? map({{"prefix", Value(one({"x", "y"}))}})
                       : map({{"regex", Value(one({"x+", "[xy]", "x|y|xy", ".*"}))}});
    }

    Value istioMatch()
    {
        Value out = Value::map();
        if (!once(4)) {
            out.set("uri", once(3) ? map({{"exact", Value(path())}}) : once(3) ? map({{"regex", Value(one({"/a.*", "/[ab]", ".*"}))}}) : map({{"prefix", Value(path())}}));
        }
        if (once(3)) {
            out.set("headers", map({{one({"x-a", "x-b", "cookie"}), text()}}));
        }
        if (once(6)) {
            out.set("withoutHeaders", map({{one({"x-a", "x-b"}), text()}}));
        }
        if (once(5)) {
            out.set("queryParams", map({{"q", map({{"exact", Value(one({"x", "y"}))}})}}));
        }
        if (once(5)) {
            out.set("method", map({{"exact", Value(one({"GET", "POST"}))}}));
        }
        if (once(8)) {
            out.set("ignoreUriCase", Value(true));
        }
        if (once(8)) {
            out.set("authority", once(2) ? map({{"prefix", Value(one({"shop", "rev", "a."}))}}) : map({{"exact", Value("shop.example.com")}}));
        }
        if (once(8)) {
            out.set("sourceLabels", map({{"app", Value(one({"web", "job"}))}}));
        }
        if (once(10)) {
            out.set("gateways", Value::list({Value(one({"mesh", "gw"}))}));
        }
        return out;
    }

    Value headerOps()
    {
        Value out = Value::map();
        if (once(2)) {
            out.set("set", map({{one({"x-a", "x-new", "x-answer"}), Value(one({"1", "two words"}))}}));
        }
        if (once(2)) {
            out.set("add", map({{one({"x-b", "x-more", "x-twice"}), Value("added")}}));
        }
        if (once(2)) {
            out.set("remove", Value::list({Value(one({"x-a", "x-b", "x-answer"}))}));
        }
        return out;
    }

    Value istioDestinations()
    {
        Value out = Value::list();
        const int count = once(2) ? 1 : 2 + below(2);
        const char *const hosts[] = {"reviews", "ratings", "details"};
        for (int i = 0; i < count; ++i) {
            Value one = map({{"destination", map({{"host", Value(hosts[i])}})}});
            if (count > 1) {
                one.set("weight", Value(i == 0 ? 10 : below(50)));
            }
            if (once(4)) {
                one.set("headers", map({{once(2) ? "request" : "response", headerOps()}}));
            }
            out.append(one);
        }
        return out;
    }

    Value istioRule()
    {
        Value out = Value::map();
        if (!once(6)) {
            Value matches = Value::list();
            for (int i = 1 + below(2); i > 0; --i) {
                matches.append(istioMatch());
            }
            out.set("match", matches);
        }
        if (once(6)) {
            Value redirect = map({{"redirectCode", Value(once(2) ? 301 : 307)}});
            redirect.set(once(2) ? "uri" : "authority", Value(once(2) ? "/moved" : "/c.example"));
            if (once(2)) {
                redirect.set("authority", Value("new.example"));
            }
            out.set("redirect", redirect);
        } else if (once(6)) {
            out.set("directResponse", map({{"status", Value(once(2) ? 200 : 503)}, {"body", map({{"string", Value("said by the proxy")}})}}));
        } else {
            out.set("route", istioDestinations());
            if (once(3)) {
                out.set("rewrite", once(3) ? map({{"uriRegexRewrite", map({{"match", Value("^/a(.*)$")}, {"rewrite", Value("/z\\1")}})}})
                        : once(2)          ? map({{"uri", Value(one({"/", "/new", "/n/"}))}})
                                           : map({{"authority", Value("re.example")}}));
            }
            if (once(6)) {
                out.set("fault", map({{"abort", map({{"percentage", map({{"value", Value(once(2) ? 100 : 0)}})}, {"httpStatus", Value(418)}})}}));
            }
            if (once(6)) {
                out.set("mirrors", Value::list({map({{"destination", map({{"host", Value("details")}})}, {"percentage", map({{"value", Value(once(2) ? 100 : 50)}})}})}));
            }
            if (once(4)) {
                out.set("timeout", Value("20s"));
            }
            if (once(4)) {
                out.set("retries", map({{"attempts", Value(below(3))}, {"retryOn", Value(one({"5xx", "connect-failure,503", "reset"}))}, {"perTryTimeout", Value("10s")}}));
            }
            if (once(5)) {
                out.set("corsPolicy", map({{"allowOrigins", Value::list({map({{"exact", Value("https://x.example")}})})},
                                          {"allowMethods", Value::list({Value("GET"), Value("POST")})}, {"maxAge", Value("60s")}}));
            }
        }
        if (once(3)) {
            out.set("headers", map({{once(2) ? "request" : "response", headerOps()}}));
        }
        return out;
    }

    Value gatewayMatch()
    {
        Value out = Value::map();
        if (!once(4)) {
            out.set("path", map({{"type", Value(one({"Exact", "PathPrefix", "PathPrefix"}))}, {"value", Value(path())}}));
        }
        if (once(3)) {
            out.set("headers", Value::list({map({{"name", Value(one({"X-A", "x-b"}))}, {"value", Value(one({"x", "y"}))}})}));
        }
        if (once(8)) {
            out.set("path", map({{"type", Value("RegularExpression")}, {"value", Value(one({"/a.*", "/[ab]", "/(a|b)/.+"}))}}));
        }
        if (once(8)) {
            out.set("headers", Value::list({map({{"type", Value("RegularExpression")}, {"name", Value("x-a")}, {"value", Value("[xy]+")}})}));
        }
        if (once(5)) {
            out.set("queryParams", Value::list({map({{"name", Value("q")}, {"value", Value("x")}})}));
        }
        if (once(5)) {
            out.set("method", Value(one({"GET", "POST"})));
        }
        return out;
    }

    Value headerFilter(const char *type, const char *member)
    {
        return map({{"type", Value(type)},
            {member, map({{"set", Value::list({map({{"name", Value("x-a")}, {"value", Value("g")}})})}, {"add", Value::list({map({{"name", Value("X-Twice")}, {"value", Value("h")}})})},
                         {"remove", Value::list({Value("x-answer")})}})}});
    }

    Value gatewayRule()
    {
        Value out = Value::map();
        if (!once(5)) {
            Value matches = Value::list();
            for (int i = 1 + below(3); i > 0; --i) {
                matches.append(gatewayMatch());
            }
            out.set("matches", matches);
        }
        Value filters = Value::list();
        if (once(3)) {
            filters.append(headerFilter("RequestHeaderModifier", "requestHeaderModifier"));
        }
        if (once(4)) {
            filters.append(headerFilter("ResponseHeaderModifier", "responseHeaderModifier"));
        }
        if (once(6)) {
            filters.append(map({{"type", Value("RequestRedirect")},
                {"requestRedirect", map({{"scheme", Value(one({"http", "https"}))}, {"hostname", Value("new.example")}, {"statusCode", Value(302)},
                                        {"path", map({{"type", Value("ReplacePrefixMatch")}, {"replacePrefixMatch", Value(one({"/", "/n"}))}})}})}}));
        } else {
            if (once(3)) {
                filters.append(map({{"type", Value("URLRewrite")},
                    {"urlRewrite", map({{"hostname", Value("re.example")},
                                       {"path", once(2) ? map({{"type", Value("ReplaceFullPath")}, {"replaceFullPath", Value("/full")}})
                                                        : map({{"type", Value("ReplacePrefixMatch")}, {"replacePrefixMatch", Value(one({"/", "/n", "/n/"}))}})}})}}));
            }
            Value backends = Value::list();
            const char *const names[] = {"reviews", "ratings", "missing"};
            for (int i = 1 + below(3), at = 0; at < i; ++at) {
                Value backend = map({{"name", Value(names[at])}, {"port", Value(80)}, {"weight", Value(at == 0 ? 1 + below(3) : below(4))}});
                if (once(5)) {
                    backend.set("filters", Value::list({headerFilter("RequestHeaderModifier", "requestHeaderModifier")}));
                }
                backends.append(backend);
            }
            if (once(6)) {
                filters.append(map({{"type", Value("RequestMirror")}, {"requestMirror", map({{"backendRef", map({{"name", Value("details")}, {"port", Value(80)}})}})}}));
            }
            if (once(5)) {
                out.set("timeouts", map({{"request", Value("20s")}, {"backendRequest", Value("10s")}}));
            }
            out.set("backendRefs", backends);
        }
        if (filters.size() > 0) {
            out.set("filters", filters);
        }
        return out;
    }

    Value envoyText()
    {
        return once(2) ? map({{"exact", Value(one({"x", "y", "xy"}))}})
            : once(2)  ? map({{one({"prefix", "suffix", "contains"}), Value(one({"x", "y"}))}})
                       : map({{"safe_regex", map({{"regex", Value(one({"x+", "[xy]", ".*"}))}})}});
    }

    Value envoyMatch()
    {
        Value out = Value::map();
        switch (below(5)) {
        case 0:
            out.set("path", Value(path()));
            break;
        case 1:
            out.set("path_separated_prefix", Value(one({"/a", "/a/b", "/b"})));
            break;
        case 2:
            out.set("safe_regex", map({{"regex", Value(one({"/a.*", "/[ab]", ".*"}))}}));
            break;
        default:
            out.set("prefix", Value(path()));
        }
        if (once(6)) {
            out.set("case_sensitive", Value(false));
        }
        if (once(3)) {
            Value header = map({{"name", Value(one({"x-a", "x-b", ":method", ":authority"}))}, {"string_match", envoyText()}});
            if (once(3)) {
                header.set("invert_match", Value(true));
            }
            if (once(4)) {
                header.set("treat_missing_header_as_empty", Value(true));
            }
            out.set("headers", Value::list({header}));
        }
        if (once(5)) {
            out.set("query_parameters", Value::list({map({{"name", Value("q")}, {"string_match", envoyText()}})}));
        }
        return out;
    }

    void addEnvoyEdits(Value &out)
    {
        for (const char *const side : {"request_headers_to_", "response_headers_to_"}) {
            if (once(4)) {
                Value added = map({{"header", map({{"key", Value(one({"x-a", "x-new", "x-answer"}))}, {"value", Value("added")}})}});
                added.set("append_action", Value(one({"APPEND_IF_EXISTS_OR_ADD", "OVERWRITE_IF_EXISTS_OR_ADD", "ADD_IF_ABSENT", "OVERWRITE_IF_EXISTS"})));
                out.set(std::string(side) + "add", Value::list({added}));
            }
            if (once(6)) {
                out.set(std::string(side) + "remove", Value::list({Value(one({"x-a", "x-b", "x-answer"}))}));
            }
        }
    }

    Value envoyRoute()
    {
        Value out = map({{"match", envoyMatch()}});
        addEnvoyEdits(out);
        if (once(6)) {
            Value redirect = map({{"response_code", Value(one({"FOUND", "SEE_OTHER", "PERMANENT_REDIRECT"}))}});
            redirect.set(once(2) ? "path_redirect" : "prefix_rewrite", Value("/moved"));
            if (once(2)) {
                redirect.set("host_redirect", Value("new.example"));
            }
            if (once(3)) {
                redirect.set("strip_query", Value(true));
            }
            out.set("redirect", redirect);
            return out;
        }
        if (once(6)) {
            out.set("direct_response", map({{"status", Value(once(2) ? 200 : 403)}, {"body", map({{"inline_string", Value("said")}})}}));
            return out;
        }
        Value action = Value::map();
        if (once(2)) {
            action.set("cluster", Value(one({"a", "b"})));
        } else {
            Value clusters = Value::list();
            for (const char *const name : {"a", "b", "c"}) {
                Value cluster = map({{"name", Value(name)}, {"weight", Value(name[0] == 'a' ? 10 : below(30))}});
                if (once(3)) {
                    addEnvoyEdits(cluster);
                }
                clusters.append(cluster);
            }
            action.set("weighted_clusters", map({{"clusters", clusters}}));
        }
        if (once(3)) {
            action.set("prefix_rewrite", Value(one({"/", "/new", "/n/"})));
        } else if (once(4)) {
            action.set("regex_rewrite", map({{"pattern", map({{"regex", Value("^/a(.*)$")}})}, {"substitution", Value("/z\\1")}}));
        }
        if (once(4)) {
            action.set("host_rewrite_literal", Value("re.example"));
        }
        if (once(5)) {
            action.set("retry_policy", map({{"retry_on", Value("5xx")}, {"num_retries", Value(2)}}));
        }
        if (once(6)) {
            action.set("request_mirror_policies", Value::list({map({{"cluster", Value("c")}})}));
        }
        out.set("route", action);
        if (once(6)) {
            out.set("typed_per_filter_config", map({{"envoy.filters.http.fault", map({{"@type", Value("type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault")},
                {"abort", map({{"http_status", Value(418)}, {"percentage", map({{"numerator", Value(once(2) ? 100 : 0)}})}})}})}}));
        }
        return out;
    }

    std::mt19937 m_random;
};

/// By name, values joined; without what every hop writes anew.
std::map<std::string, std::string> comparable(const route::HeaderFields &fields)
{
    std::map<std::string, std::string> out;
    for (const auto &[written, value] : fields) {
        const std::string name = route::lowerAscii(written);
        if (name == "host" || name == "content-length" || name == "connection" || name == "date" || name == "transfer-encoding") {
            continue;
        }
        const auto found = out.find(name);
        if (found == out.end()) {
            out.emplace(name, value);
        } else {
            found->second += "," + value;
        }
    }
    return out;
}

class Comparison {
public:
    Comparison(const TrafficProxy &proxy, const route::RouteTable &table, const Request &request)
        : m_proxy(proxy)
        , m_request(request)
        , m_decision(route::resolve(table, request.call))
    {
    }

    void hold(const Message &answer, std::map<std::string, int> &kinds)
    {
        using Outcome = route::Outcome;
        ++kinds[std::string(route::toString(m_decision.outcome))];
        if (m_decision.route == nullptr) {
            const bool isUnknown = m_decision.outcome == Outcome::NoVirtualHost || m_decision.outcome == Outcome::NoRoute;
            EXPECT_EQ(answer.status(), isUnknown ? 404 : 502);
            EXPECT_EQ(answer.field("x-server"), "");
            return;
        }
        if (const std::string server = answer.field("x-server"); !server.empty() || answer.body.find(" HTTP/1.1\r\n") != std::string::npos) {
            holdForwarded(answer, kinds);
            return;
        }
        // The proxy's own answer: what the decision says, or what it says of one of the targets (a backend that can't be used).
        std::vector<route::Effects> possible {route::effectsOf(m_decision, m_request.call)};
        for (const route::RouteTarget &target : m_decision.route->action->targets) {
            if (target.weight > 0 && m_decision.outcome == Outcome::Forwarded) {
                possible.push_back(route::effectsOf(m_decision, m_request.call, &target));
            }
        }
        ++kinds["own answers"];
        const bool isOne = std::any_of(possible.begin(), possible.end(), [&](const route::Effects &effects) { return isAnswer(effects, answer); });
        EXPECT_TRUE(isOne) << "nothing the rule could answer: " << answer.first << " location " << answer.field("location") << " body " << answer.body;
    }

private:
    static bool isAnswer(const route::Effects &effects, const Message &answer)
    {
        route::HeaderFields fields;
        route::applyEdits(effects.responseEdits, fields, false);
        fields.insert(fields.end(), effects.corsHeaders.begin(), effects.corsHeaders.end());
        const std::map<std::string, std::string> wanted = comparable(fields);
        return effects.status == answer.status() && (effects.location ? effects.location->text() : "") == answer.field("location") && answer.body == effects.body
            && std::all_of(wanted.begin(), wanted.end(), [&](const auto &field) { return answer.field(field.first) == field.second; });
    }

    void holdForwarded(const Message &answer, std::map<std::string, int> &kinds)
    {
        ++kinds["reached a server"];
        ASSERT_EQ(m_decision.outcome, route::Outcome::Forwarded);
        const Message seen = Message::of(answer.body);
        // Which target: the server's, unless the rule takes the field away that tells.
        std::string whyNone;
        for (const route::RouteTarget &target : m_decision.route->action->targets) {
            if (target.weight > 0 && isWhat(target, answer, seen, whyNone)) {
                return;
            }
        }
        ADD_FAILURE() << "no target of the rule explains what reached the server: " << whyNone << "\nseen: " << answer.body << "\nanswer: " << answer.first;
    }

    bool isWhat(const route::RouteTarget &target, const Message &answer, const Message &seen, std::string &why) const
    {
        const route::Effects effects = route::effectsOf(m_decision, m_request.call, &target);
        const std::string line = m_request.call.request.method + " " + effects.path + " HTTP/1.1";
        if (effects.status != 0 || seen.first != line || seen.field("host") != effects.authority || seen.body != m_request.body) {
            why += "\n  " + targetKey(target) + ": wanted " + line + " for " + effects.authority;
            return false;
        }
        if (const std::string server = answer.field("x-server"); !server.empty()) {
            const std::vector<std::string> keys = m_proxy.keysOf(std::stoul(server));
            if (std::find(keys.begin(), keys.end(), targetKey(target)) == keys.end()) {
                why += "\n  " + targetKey(target) + ": another server answered";
                return false;
            }
        }
        route::HeaderFields request = m_request.call.request.headers;
        route::applyEdits(effects.requestEdits, request, false);
        route::HeaderFields response {{"x-server", answer.field("x-server")}, {"x-answer", "plain"}, {"x-twice", "a"}};
        route::applyEdits(effects.responseEdits, response, false);
        response.insert(response.end(), effects.corsHeaders.begin(), effects.corsHeaders.end());
        if (comparable(request) != comparable(seen.fields)) {
            why += "\n  " + targetKey(target) + ": other request fields";
            return false;
        }
        if (comparable(response) != comparable(answer.fields)) {
            why += "\n  " + targetKey(target) + ": other response fields";
            return false;
        }
        return true;
    }

    const TrafficProxy &m_proxy;
    const Request &m_request;
    const route::Decision m_decision;
};

/// Sets of routes by seed, each with its requests: the first from FAIRWAY_SEED on, FAIRWAY_SETS of them, until time is up.
class Sets {
public:
    explicit Sets(unsigned count)
        : m_first(number("FAIRWAY_SEED", 0))
        , m_count(number("FAIRWAY_SETS", count))
    {
    }
    ~Sets() { GTEST_LOG_(INFO) << m_done << " sets from seed " << m_first << " on, " << m_requests << " requests"; }
    Sets(const Sets &) = delete;
    Sets &operator=(const Sets &) = delete;

    /// `make` gives the table for a generator, or none when the place is empty, and what to print when a request differs.
    template <typename Make>
    void hold(const Make &make)
    {
        constexpr int RequestsPerSet = 12;
        constexpr int port = 80;
        TrafficProxy proxy;
        for (unsigned seed = m_first; m_done < m_count && !::testing::Test::HasFailure() && std::chrono::steady_clock::now() < m_end; ++seed, ++m_done) {
            Generator generator(seed);
            std::string shown;
            const std::shared_ptr<const route::RouteTable> table = make(generator, shown);
            ASSERT_NE(table, nullptr);
            proxy.load(table, port);
            for (int i = 0; i < RequestsPerSet && !::testing::Test::HasFailure(); ++i, ++m_requests) {
                const Request request = generator.request(port);
                const Message answer = proxy.ask(request.text);
                std::string trace = "seed " + std::to_string(seed) + "\n" + request.text;
                SCOPED_TRACE(trace);
                Comparison(proxy, *table, request).hold(answer, m_kinds);
            }
            if (::testing::Test::HasFailure()) {
                GTEST_LOG_(INFO) << "FAIRWAY_SEED=" << seed << " FAIRWAY_SETS=1 repeats it\n" << shown;
            }
        }
    }
    /// Each kind of outcome came up often; not asked of a few sets.
    void expectAll(std::initializer_list<const char *> all)
    {
        for (const char *const kind : all) {
            EXPECT_TRUE(m_done < 1000 || m_kinds[kind] > 50) << kind << ": " << m_kinds[kind];
        }
    }

private:
    static unsigned number(const char *name, unsigned fallback)
    {
        const char *const given = std::getenv(name);
        return given == nullptr ? fallback : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
    }

    std::map<std::string, int> m_kinds;
    unsigned m_first;
    unsigned m_count;
    unsigned m_done = 0;
    int m_requests = 0;
    /// Under sanitizers on a busy machine fewer sets are held; below the test's time limit.
    std::chrono::steady_clock::time_point m_end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
};

TEST(TrafficRandom, TheProxyDoesWhatResolveSays)
{
    Sets sets(3000);
    sets.hold([](Generator &generator, std::string &shown) -> std::shared_ptr<const route::RouteTable> {
        const std::vector<Value> objects = generator.objects();
        const route::Viewpoint viewpoint = generator.viewpoint();
        Result<route::RouteTable> made = route::TrafficConfig(objects).tableAt(viewpoint);
        shown = viewpoint.display() + "\n";
        for (const Value &object : objects) {
            shown += value::toJson(object, value::JsonStyle::Indented) + "\n";
        }
        return made ? std::make_shared<const route::RouteTable>(std::move(*made)) : nullptr;
    });
    sets.expectAll({"forwarded", "redirected", "answered", "no route", "no virtual host", "passthrough", "reached a server", "own answers"});
}

TEST(TrafficRandom, TheProxyDoesWhatResolveSaysOfEnvoysRoutes)
{
    Sets sets(1500);
    sets.hold([](Generator &generator, std::string &shown) -> std::shared_ptr<const route::RouteTable> {
        const Value configuration = generator.routeConfiguration();
        shown = value::toJson(configuration, value::JsonStyle::Indented);
        TrafficSource source;
        source.envoyFile = "generated";
        Result<LoadedTraffic> made = trafficOfEnvoy(source, configuration);
        return made ? made->traffic.table : nullptr;
    });
    sets.expectAll({"forwarded", "redirected", "answered", "no route", "no virtual host", "reached a server", "own answers"});
}

} // namespace
} // namespace fairway::proxy::testing
