#include "core/route/example_request.h"
#include "core/route/resolve.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>

namespace fairway::route {
namespace {

    /// Of the rules of a VirtualService for host web: for each "METHOD path [header: value]", "hidden by N", or "none".
    std::vector<std::string> callsFor(const std::string &rules)
    {
        const auto objects = value::parseYamlDocuments("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\n"
                                                       "spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}\n---\n"
                                                       "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: web, namespace: shop}\n"
                                                       "spec:\n  hosts: [web]\n  http:\n"
            + rules);
        EXPECT_TRUE(objects) << rules;
        const auto table = TrafficConfig(objects ? *objects : std::vector<value::Value>()).tableAt({Viewpoint::Kind::Mesh, "shop", {}, {}});
        std::vector<std::string> out;
        for (const VirtualHost &host : table->listenerOf("", 80)->chains.front().http->hosts()) {
            for (const CompiledRoute &route : host.routes) {
                if (route.origin.section.empty())
                    continue;
                Call base;
                base.port = 80;
                const CallForRule found = callFor(*table, host, route, base);
                std::string text = found.hiddenBy != nullptr ? "hidden by " + std::to_string(found.hiddenBy->origin.index) : "none";
                if (found.call) {
                    EXPECT_EQ(resolve(*table, *found.call).route, &route);
                    text = found.call->request.method + " " + found.call->request.path + (found.call->request.query.empty() ? "" : "?" + found.call->request.query);
                    for (const auto &[name, value] : found.call->request.headers)
                        text += " [" + name + ": " + value + "]";
                }
                out.push_back(text);
            }
        }
        return out;
    }

    TEST(ExampleRequest, FindsWhatTheRulesBeforeItLeave)
    {
        using Texts = std::vector<std::string>;
        const std::string to = "route: [{destination: {host: web}}]}\n";
        const struct {
            std::string rules;
            Texts expected;
        } rows[] = {
            {"  - {match: [{uri: {exact: /}}], " + to + "  - {" + to, {"GET /", "GET /x"}},
            {"  - {match: [{uri: {exact: /api}}], " + to + "  - {match: [{uri: {prefix: /api}}], " + to, {"GET /api", "GET /apix"}},
            {"  - {match: [{withoutHeaders: {x-a: {exact: b}}}], " + to + "  - {" + to, {"GET /", "GET / [x-a: b]"}},
            {"  - {match: [{method: {exact: GET}}], " + to + "  - {" + to, {"GET /", "POST /"}},
            {"  - {match: [{queryParams: {v: {exact: '2'}}}], " + to + "  - {match: [{uri: {prefix: /q}}], " + to, {"GET /?v=2", "GET /q"}},
            {"  - {match: [{uri: {prefix: /a}}], " + to + "  - {match: [{uri: {exact: /a/b}}], " + to, {"GET /a", "hidden by 0"}},
            {"  - {match: [{uri: {regex: '/[a-z]+'}}], " + to + "  - {match: [{uri: {regex: '/x+'}}], " + to, {"GET /x", "none"}},
        };
        for (const auto &row : rows)
            EXPECT_EQ(callsFor(row.rules), row.expected) << row.rules;
    }

} // namespace
} // namespace fairway::route
