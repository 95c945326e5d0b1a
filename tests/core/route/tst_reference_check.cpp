#include "core/route/finding_words.h"
#include "core/route/findings.h"
#include "core/route/object_check.h"
#include "core/value/yaml.h"

#include "tests/core/route/fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace fairway::route {
namespace {

    using Texts = std::vector<std::string>;

    Texts found(const std::string &text)
    {
        Texts out;
        const Result<std::vector<value::Value>> read = value::parseYamlDocuments(text);
        EXPECT_TRUE(read) << text;
        if (read) {
            for (const ObjectFinding &finding : checkObjects(*read))
                out.push_back(std::string(toString(finding.severity)) + " " + finding.code + " " + finding.object + " " + finding.path);
        }
        return out;
    }

    std::string service(const char *name, const std::string &spec)
    {
        return std::string("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: ") + name + ", namespace: shop}\nspec: " + spec + "\n";
    }

    const std::string Route = "route: [{destination: {host: a}}]";

    TEST(References, OfDelegates)
    {
        const std::string root = service("root", "{hosts: [a.b], http: [{delegate: {name: leaf}}]}");
        const std::string told = " IST0101 VirtualService shop/root spec.http[0].delegate";
        EXPECT_EQ(found(root), Texts {"warning" + told}) << "another file may hold it";
        EXPECT_EQ(found(root + service("other", "{http: [{" + Route + "}]}")), Texts {"error" + told});
        EXPECT_EQ(found(root + service("leaf", "{hosts: [c.d], http: [{" + Route + "}]}")), Texts {"error" + told}) << "it has hosts of its own";
        EXPECT_EQ(found(root + service("leaf", "{http: [{" + Route + "}]}")), Texts {});
        EXPECT_EQ(found(service("root", "{hosts: [a.b], http: [{delegate: {name: leaf, namespace: far}}]}")
                      + "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: leaf, namespace: far}\nspec: {exportTo: ['.'], http: [{" + Route + "}]}\n"),
            Texts {"error" + told})
            << "it is not exported";
    }

    TEST(References, OfGatewaysWhereThereIsNone)
    {
        const std::string route = service("v", "{hosts: [a.b], gateways: [nogw, mesh], http: [{" + Route + "}]}");
        EXPECT_EQ(found(route), Texts {"info FW0026 VirtualService shop/v spec.gateways[0]"});
        const std::string gateway = "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gg, namespace: shop}\n"
                                    "spec: {selector: {a: b}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}\n";
        EXPECT_EQ(found(route + gateway), Texts {"error IST0101 VirtualService shop/v spec.gateways[0]"}) << "and not that it serves none of the hosts";
        const std::string api = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: h, namespace: shop}\n"
                                "spec: {parentRefs: [{name: nogw}], rules: [{matches: [{path: {value: /}}]}]}\n";
        EXPECT_EQ(found(api), Texts {"info FW0026 HTTPRoute shop/h spec.parentRefs[0]"});
    }

    TEST(References, OfTwoObjectsWithOneName)
    {
        const std::string first = service("same", "{hosts: [a.b], http: [{" + Route + "}]}");
        const std::string other = service("same", "{hosts: [a.b], http: [{timeout: 5s, " + Route + "}]}");
        EXPECT_EQ(found(first + first), Texts {"info FW0027 VirtualService shop/same "});
        const Texts codes = found(first + other);
        EXPECT_EQ(std::count(codes.begin(), codes.end(), "warning FW0027 VirtualService shop/same "), 1) << testing::PrintToString(codes);
    }

    TEST(References, AreToldOnce)
    {
        const Texts codes = found("---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gg, namespace: shop}\n"
                                  "spec: {selector: {no: such}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*'], tls: {mode: SIMPLE, credentialName: c}}]}\n"
                                  "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop, labels: {a: b}}\n"
                                  "---\napiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\nspec: {ports: [{name: http, port: 80}]}\n");
        EXPECT_EQ(std::count(codes.begin(), codes.end(), "error IST0101 Gateway shop/gg spec.selector"), 1) << testing::PrintToString(codes);
    }

    TEST(References, AreSaidOnceWhateverTheCode)
    {
        EXPECT_TRUE(isSaidBefore("FW0002", "spec.rules[0]", "FW0024", "spec.rules[0].backendRefs"));
        EXPECT_FALSE(isSaidBefore("FW0002", "spec.rules[1]", "FW0024", "spec.rules[0].backendRefs"));
        EXPECT_TRUE(isSaidBefore("FW0001", "spec.http[0].timeout", "IST0106", "spec.http[0].timeout"));
        EXPECT_FALSE(isSaidBefore("FW0001", "spec.http[0]", "IST0106", "spec.http[0].timeout"));
        EXPECT_TRUE(isSaidBefore("IST0101", "spec.http[0].route[0]", "IST0101", "spec.http[0].route[0].destination.host"));
        EXPECT_FALSE(isSaidBefore("FW0001", "spec", "FW0012", "spec.x"));
    }

    TEST(FaultCheck, AFaultWithoutAShareHitsNobody)
    {
        const auto with = [](const std::string &fault) { return found(service("v", "{hosts: [a.b], http: [{fault: {" + fault + "}, " + Route + "}]}")); };
        EXPECT_EQ(with("abort: {httpStatus: 500}"), Texts {"warning FW0029 VirtualService shop/v spec.http[0].fault.abort"});
        EXPECT_EQ(with("delay: {fixedDelay: 5s, percentage: {}}"), Texts {"warning FW0029 VirtualService shop/v spec.http[0].fault.delay"});
        EXPECT_EQ(with("abort: {httpStatus: 500, percentage: {value: 100}}"), Texts {});
    }

    TEST(IngressCheck, ExpressionsThatNginxCompiles)
    {
        const auto ingress = [](const std::string &annotations, const std::string &path) {
            return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: shop, annotations: {" + annotations
                + "}}\nspec: {ingressClassName: nginx, rules: [{host: q, http: {paths: [{path: '" + path
                + "', pathType: ImplementationSpecific, backend: {service: {name: a, port: {number: 80}}}}]}}]}\n";
        };
        const std::string n = "nginx.ingress.kubernetes.io/";
        const std::string pathTold = " FW0028 Ingress shop/i spec.rules[0].http.paths[0].path";
        EXPECT_EQ(found(ingress(n + "use-regex: 'true'", "/(a")), Texts {"error" + pathTold});
        EXPECT_EQ(found(ingress(n + "rewrite-target: /$1", "/[0-9")), Texts {"error" + pathTold});
        EXPECT_EQ(found(ingress(n + "use-regex: 'true'", "/a(?!b)")), Texts {"warning" + pathTold}) << "nginx reads that one";
        EXPECT_EQ(found(ingress(n + "use-regex: 'true'", "/a/(.*)")), Texts {});
        EXPECT_EQ(found(ingress("", "/(a")), Texts {}) << "no expression";
        EXPECT_EQ(found(ingress(n + "canary: 'true', " + n + "canary-by-header: x, " + n + "canary-by-header-pattern: '[0-9'", "/")),
            Texts {"error FW0028 Ingress shop/i metadata.annotations.nginx.ingress.kubernetes.io/canary-by-header-pattern"});
    }

    TEST(CanaryFindings, WhatIsWrongWithTheMainIngressIsSaidOfIt)
    {
        const std::string n = "nginx.ingress.kubernetes.io/";
        const auto ingress = [&](const char *name, const std::string &annotations, int port) {
            return std::string("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: ") + name + ", namespace: shop, annotations: {" + annotations
                + "}}\nspec: {ingressClassName: nginx, rules: [{host: q, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: "
                + std::to_string(port) + "}}}}]}}]}\n";
        };
        RouteObject canary = routeOf(ingress("i1", n + "canary: 'true', " + n + "canary-weight: '10'", 80));
        const RouteObject primary = routeOf(ingress("i2", "", 81));
        ASSERT_TRUE(pairIngress(canary, primary));
        const TopologyView topology = topologyOf("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {clusterIP: 10.0.0.1, selector: {a: b}, ports: [{name: http, port: 80}]}\n"
                                                 "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop, labels: {a: b}}\nstatus: {phase: Running, podIP: 10.1.0.1, conditions: [{type: Ready, status: 'True'}]}\n");
        Texts told;
        for (const Finding &finding : checkRoute(canary, topology)) {
            if (finding.severity >= Severity::Warning)
                told.push_back(finding.code + " " + finding.object + " " + finding.path);
        }
        EXPECT_EQ(told, Texts {"FW0011 Ingress shop/i2 spec.rules"});
    }

} // namespace
} // namespace fairway::route
