#include "core/route/object_check.h"

#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace fairway::route {
namespace {

    std::vector<std::string> codesOf(const std::string &yaml)
    {
        Result<std::vector<value::Value>> objects = value::parseYamlDocuments(yaml);
        EXPECT_TRUE(objects) << yaml;
        std::vector<std::string> out;
        if (objects) {
            for (const ObjectFinding &finding : checkObjects(*objects))
                out.push_back(finding.code + " " + finding.path);
        }
        return out;
    }

    bool has(const std::vector<std::string> &list, const std::string &text)
    {
        return std::find(list.begin(), list.end(), text) != list.end();
    }

    std::string istio(const std::string &kind, const std::string &spec)
    {
        return "apiVersion: networking.istio.io/v1\nkind: " + kind + "\nmetadata: {name: a, namespace: shop}\nspec: " + spec + "\n";
    }

    std::string virtualService(const std::string &rule)
    {
        return istio("VirtualService", "{hosts: [a], http: [" + rule + "]}");
    }

    TEST(ObjectCheck, SaysEverythingInWordsThatCanBeTranslated)
    {
        const std::string objects = virtualService("{match: [{uri: {regex: '('}, headers: {'a b': {exact: x}}}], route: [{destination: {host: '*'}, weight: -1}],"
                                                   " timeout: soon, retries: {attempts: 0, retryOn: x}, redirect: {}}")
            + "---\n" + istio("Gateway", "{selector: {a: b}, servers: [{port: {number: 0, name: x, protocol: WHAT}, hosts: ['x']}]}") + "---\n"
            + istio("ServiceEntry", "{hosts: ['*'], resolution: DYNAMIC_DNS, addresses: [x/y]}") + "---\n"
            + istio("Sidecar", "{egress: [{hosts: ['no-slash']}], ingress: [{port: {number: 0}}]}") + "---\n"
            + istio("DestinationRule", "{host: 'a..b', trafficPolicy: {tls: {mode: MUTUAL}, loadBalancer: {consistentHash: {maglev: {}}}}}") + "---\n"
            + "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: w, namespace: shop}\n"
              "spec: {rules: [{matches: [{path: {value: x}}], backendRefs: [{name: a, port: 80, weight: 0}]}]}\n";
        const Result<std::vector<value::Value>> read = value::parseYamlDocuments(objects);
        ASSERT_TRUE(read);
        const std::vector<ObjectFinding> findings = checkObjects(*read);
        EXPECT_GT(findings.size(), 20U);
        for (const ObjectFinding &finding : findings) {
            const std::string said = finding.message.in([](const char *, const char *pattern) { return "<" + std::string(pattern) + ">"; });
            EXPECT_TRUE(said.starts_with("<")) << finding.code << ' ' << finding.path << ": " << finding.message;
        }
    }

    TEST(ObjectCheck, NamesTheFieldThatIsWrong)
    {
        struct Row {
            std::string object;
            std::string expected;
        };
        const Row rows[] = {
            {virtualService("{route: [{destination: {host: a}}], timeout: soon}"), "spec.http[0].timeout"},
            {virtualService("{match: [{uri: {regex: '('}}], route: [{destination: {host: a}}]}"), "spec.http[0].match[0].uri"},
            {virtualService("{route: [{destination: {host: a}, weight: -1}]}"), "spec.http[0].route[0].weight"},
            {virtualService("{redirect: {uri: /x}, route: [{destination: {host: a}}]}"), "spec.http[0]"},
            {istio("Gateway", "{selector: {a: b}, servers: [{port: {number: 0, name: x, protocol: HTTP}, hosts: ['*']}]}"),
                "spec.servers[0].port"},
            {istio("DestinationRule", "{host: a, subsets: [{name: 'Not a label'}]}"), "spec.subsets[0]"},
            {istio("ServiceEntry", "{hosts: [], ports: [{number: 80, name: http, protocol: HTTP}]}"), "spec.hosts"},
            {istio("Sidecar", "{egress: [{hosts: ['no-slash']}]}"), "spec.egress[0].hosts[0]"},
        };
        for (const Row &row : rows) {
            const std::vector<std::string> codes = codesOf(row.object);
            EXPECT_TRUE(std::any_of(codes.begin(), codes.end(),
                [&](const std::string &code) { return code.starts_with("IST0106 " + row.expected); }))
                << row.object << testing::PrintToString(codes);
        }
    }

    TEST(ObjectCheck, OneObjectIsInNoConflictWithItself)
    {
        const auto conflicts = [](const std::string &yaml) {
            const std::vector<std::string> codes = codesOf(yaml);
            return std::count_if(codes.begin(), codes.end(), [](const std::string &code) { return code.starts_with("IST0109"); });
        };
        const std::string twice = istio("VirtualService", "{hosts: [a], exportTo: ['.', '.'], http: [{route: [{destination: {host: a}}]}]}");
        EXPECT_EQ(conflicts(twice), 0);
        std::string other = twice;
        other.replace(other.find("name: a"), 7, "name: b");
        EXPECT_EQ(conflicts(twice + "---\n" + other), 2);
    }

    TEST(ObjectCheck, LooksAtObjectsTogether)
    {
        const std::string route = virtualService("{route: [{destination: {host: missing}}]}");
        EXPECT_TRUE(codesOf(route).empty()) << "a file without Services says nothing about hosts";
        const std::string service = "---\napiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: shop}\n"
                                    "spec: {ports: [{name: http, port: 80}]}\n";
        EXPECT_TRUE(has(codesOf(route + service), "IST0101 spec.http[0].route[0].destination.host"))
            << testing::PrintToString(codesOf(route + service));
        const std::string subset = virtualService("{route: [{destination: {host: a, subset: v9}}]}");
        const std::string rule = "---\n" + istio("DestinationRule", "{host: a, subsets: [{name: v1, labels: {v: '1'}}]}");
        const std::vector<std::string> codes = codesOf(subset + service + rule);
        EXPECT_TRUE(std::any_of(codes.begin(), codes.end(), [](const std::string &code) { return code.starts_with("IST0101 "); }))
            << testing::PrintToString(codes);
    }

    TEST(ObjectCheck, TakesWhateverAFileHolds)
    {
        for (const char *text : {"a", "[]", "{}", "kind: VirtualService", "apiVersion: networking.istio.io/v1\nkind: VirtualService",
                 "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: 3\nspec: []",
                 "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: [a]}\nspec: {rules: {a: b}}",
                 "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {rules: [1, null, {http: 4}]}"})
            (void)codesOf(text);
    }

} // namespace
} // namespace fairway::route
