#include "core/route/field_check.h"

#include "core/route/field_table.h"
#include "core/route/object_check.h"
#include "core/value/yaml.h"
#include "tests/core/route/whole_objects.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace fairway::route {
namespace {

    using Texts = std::vector<std::string>;

    std::vector<value::Value> objectsOf(std::string_view text)
    {
        const Result<std::vector<value::Value>> read = value::parseYamlDocuments(text);
        EXPECT_TRUE(read) << text;
        return read ? *read : std::vector<value::Value>();
    }

    std::vector<ObjectFinding> found(const std::string &text)
    {
        return checkObjects(objectsOf(text));
    }

    std::string istio(const char *kind, const std::string &spec)
    {
        return std::string("apiVersion: networking.istio.io/v1\nkind: ") + kind + "\nmetadata: {name: a, namespace: shop}\nspec: " + spec + "\n";
    }

    std::string rule(const std::string &more)
    {
        return istio("VirtualService", "{hosts: [a], http: [{" + more + ", route: [{destination: {host: a}}]}]}");
    }

    std::string policy(const std::string &more)
    {
        return istio("DestinationRule", "{host: a, trafficPolicy: {" + more + "}}");
    }

    std::string apiRule(const std::string &more)
    {
        return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a, namespace: shop}\n"
               "spec: {parentRefs: [{group: '', kind: Service, name: a}], rules: [{" + more + ", backendRefs: [{name: a, port: 80}]}]}\n";
    }

    struct Row {
        std::string object;
        std::string said; ///< Severity, code and path, e.g. "error FW0001 spec.http[0].retries".
    };

    void expectRows(const std::vector<Row> &rows)
    {
        for (const Row &row : rows) {
            Texts all;
            for (const ObjectFinding &finding : found(row.object))
                all.push_back(std::string(toString(finding.severity)) + " " + finding.code + " " + finding.path);
            EXPECT_EQ(std::count(all.begin(), all.end(), row.said), 1) << row.object << row.said << '\n' << testing::PrintToString(all);
        }
    }

    TEST(FieldCheck, ValuesOfAnotherTypeInAVirtualService)
    {
        expectRows({{rule("retries: []"), "error IST0106 spec.http[0].retries"},
            {rule("retries: {attempts: x}"), "error IST0106 spec.http[0].retries.attempts"},
            {rule("retries: {attempts: 1.5}"), "error IST0106 spec.http[0].retries.attempts"},
            {rule("retries: {attempts: 1, retryOn: [5xx]}"), "error IST0106 spec.http[0].retries.retryOn"},
            {rule("timeout: 5"), "error IST0106 spec.http[0].timeout"},
            {rule("fault: {abort: {httpStatus: 500, percentage: {value: x}}}"), "error IST0106 spec.http[0].fault.abort.percentage.value"},
            {rule("fault: {abort: {httpStatus: 500, percentage: 50}}"), "error IST0106 spec.http[0].fault.abort.percentage"},
            {rule("mirror: {host: a}, mirrorPercentage: 10"), "error IST0106 spec.http[0].mirrorPercentage"},
            {rule("headers: {request: {set: [{name: a, value: b}]}}"), "error IST0106 spec.http[0].headers.request.set"},
            {rule("headers: {request: {set: {a: 1}}}"), "error IST0106 spec.http[0].headers.request.set.a"},
            {rule("headers: {request: {remove: a}}"), "error IST0106 spec.http[0].headers.request.remove"},
            {rule("corsPolicy: x"), "error IST0106 spec.http[0].corsPolicy"},
            {rule("directResponse: {status: 200, body: x}"), "error IST0106 spec.http[0].directResponse.body"},
            {rule("match: [{uri: /x}]"), "error IST0106 spec.http[0].match[0].uri"}, {rule("match: [null]"), "error IST0106 spec.http[0].match[0]"},
            {istio("VirtualService", "{hosts: [a], http: oops}"), "error IST0106 spec.http"}});
    }

    TEST(FieldCheck, ValuesOfAnotherTypeInOtherKinds)
    {
        expectRows({{policy("connectionPool: {tcp: {maxConnections: '10'}}"), "error IST0106 spec.trafficPolicy.connectionPool.tcp.maxConnections"},
            {policy("outlierDetection: {consecutive5xxErrors: x}"), "error IST0106 spec.trafficPolicy.outlierDetection.consecutive5xxErrors"},
            {policy("tls: {mode: TLS}"), "error IST0106 spec.trafficPolicy.tls.mode"},
            {istio("Gateway", "{selector: [x], servers: []}"), "error IST0106 spec.selector"},
            {istio("ServiceEntry", "{hosts: a.b, ports: [{number: 80, name: http}]}"), "error IST0106 spec.hosts"},
            {istio("Sidecar", "{egress: [{hosts: './*'}]}"), "error IST0106 spec.egress[0].hosts"},
            {istio("EnvoyFilter", "{workloadSelector: {labels: [x]}}"), "error IST0106 spec.workloadSelector.labels"},
            {"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [{http: {paths: [{path: 1, pathType: Prefix, backend: {}}]}}]}\n",
                "error FW0001 spec.rules[0].http.paths[0].path"}});
    }

    TEST(FieldCheck, WhatFollowsFromAWrongTypeIsNotToldAsWell)
    {
        for (const std::string &text : {rule("mirror: x"), rule("rewrite: {uri: 1, authority: a}"), istio("VirtualService", "{hosts: [a], http: [{route: [{destination: x}]}]}")})
            EXPECT_EQ(found(text).size(), 1U) << text << testing::PrintToString(found(text).size());
    }

    TEST(FieldCheck, WhatTheGatewayApiRefuses)
    {
        expectRows({{apiRule("matches: [{method: get}]"), "error FW0001 spec.rules[0].matches[0].method"},
            {apiRule("filters: [{type: Nope}]"), "error FW0001 spec.rules[0].filters[0].type"},
            {apiRule("filters: [{type: URLRewrite}]"), "error FW0021 spec.rules[0].filters[0].urlRewrite"},
            {apiRule("filters: [{type: URLRewrite, urlRewrite: {}, requestRedirect: {}}]"), "error FW0021 spec.rules[0].filters[0].requestRedirect"},
            {apiRule("timeouts: 5s"), "error FW0001 spec.rules[0].timeouts"},
            {apiRule("timeouts: {request: 5 seconds}"), "error FW0001 spec.rules[0].timeouts.request"},
            {apiRule("timeouts: {request: 1s, backendRequest: 2s}"), "error FW0021 spec.rules[0].timeouts.backendRequest"},
            {apiRule("matches: [{headers: [{value: x}]}]"), "error FW0001 spec.rules[0].matches[0].headers[0].name"},
            {apiRule("filters: [{type: RequestRedirect, requestRedirect: {port: 99999}}]"), "error FW0001 spec.rules[0].filters[0].requestRedirect.port"},
            {"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: [{}]}\n", "warning FW0022 spec.parentRefs"}});
        for (const char *duration : {"5s", "1m30s", "100ms", "0s", "1h1m1s1ms"})
            EXPECT_TRUE(found(apiRule(std::string("timeouts: {request: ") + duration + "}")).empty()) << duration;
    }

    TEST(FieldCheck, FieldsThatAKindDoesNotHave)
    {
        expectRows({{rule("match: [{path: {prefix: /x}}]"), "warning FW0012 spec.http[0].match[0].path"},
            {rule("match: [{uri: {suffix: /x}}]"), "warning FW0012 spec.http[0].match[0].uri.suffix"},
            {rule("Timeout: 5s"), "warning FW0012 spec.http[0].Timeout"}, {apiRule("backendrefs: []"), "warning FW0012 spec.rules[0].backendrefs"},
            {istio("Gateway", "{servers: [], zzz: 1}"), "warning FW0012 spec.zzz"},
            {istio("Sidecar", "{}") + "Spec: {}\n", "warning FW0012 Spec"}});
        const std::string wieght = istio("VirtualService", "{hosts: [a], http: [{timeOut: 5s, route: [{destination: {host: a}, wieght: 5}]}]}");
        Texts meant;
        for (const ObjectFinding &finding : found(wieght))
            meant.push_back(finding.message.plain());
        ASSERT_EQ(meant.size(), 2U) << testing::PrintToString(meant);
        EXPECT_NE(meant[0].find("Did you mean \"weight\"?"), std::string::npos) << meant[0];
        EXPECT_NE(meant[1].find("Did you mean \"timeout\"?"), std::string::npos) << meant[1];
    }

    TEST(FieldCheck, TheClosestName)
    {
        const std::vector<std::string_view> known {"uri", "port", "headers", "withoutHeaders", "prefix", "exact"};
        EXPECT_EQ(closestName("Headers", known), "headers");
        EXPECT_EQ(closestName("without_headers", known), "withoutHeaders");
        EXPECT_EQ(closestName("haeders", known), "headers");
        EXPECT_EQ(closestName("url", known), "uri");
        EXPECT_EQ(closestName("path", known), "") << "nothing is near it";
        EXPECT_EQ(closestName(std::string(1000, 'x'), known), "");
        const std::vector<std::string_view> two {"abcdeg", "abcdef"};
        EXPECT_EQ(closestName("abcdex", two), "") << "both are as near";
    }

    TEST(FieldCheck, WholeObjectsHaveNothingUnknown)
    {
        for (const std::string_view text : wholeObjects) {
            for (const value::Value &object : objectsOf(text)) {
                Report report;
                checkFields(report, object);
                for (const Violation &violation : report.violations())
                    ADD_FAILURE() << object["kind"].stringOr() << ' ' << violation.code << ' ' << violation.path << ' ' << violation.message;
            }
        }
    }

    TEST(FieldCheck, TheTableIsWellWritten)
    {
        const FieldTable &table = fieldTable();
        EXPECT_GT(table.size(), 100U);
        const auto hasChoices = [&](const FieldTable::Shape &shape) {
            return shape.type != FieldTable::Type::Choice || table.choices(shape).size() > 1;
        };
        for (const char *group : {"networking.istio.io", "gateway.networking.k8s.io", "networking.k8s.io"}) {
            for (const char *kind : {"VirtualService", "DestinationRule", "Gateway", "ServiceEntry", "WorkloadEntry", "Sidecar", "EnvoyFilter", "HTTPRoute", "GRPCRoute",
                     "TLSRoute", "TCPRoute", "UDPRoute", "ListenerSet", "ReferenceGrant", "Ingress"}) {
                const std::string_view structure = specStructure(group, kind);
                if (structure.empty())
                    continue;
                const FieldTable::Shape *spec = table.find(structure);
                ASSERT_NE(spec, nullptr) << structure;
                const FieldTable::Fields &fields = table.fields(*spec);
                EXPECT_FALSE(fields.empty()) << structure;
                EXPECT_TRUE(std::is_sorted(fields.begin(), fields.end(), [](const auto &a, const auto &b) { return a.name < b.name; })) << structure;
                for (const FieldTable::Field &field : fields)
                    EXPECT_TRUE(hasChoices(table.shape(field.shape))) << structure << ' ' << field.name;
            }
        }
    }

} // namespace
} // namespace fairway::route
