#include "core/route/canary_rule.h"
#include "core/route/edit_form.h"
#include "core/route/findings.h"
#include "core/route/mends.h"
#include "core/route/object_check.h"
#include "core/route/overlap_check.h"
#include "core/route/owner_claim.h"
#include "core/route/topology.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"
#include "tests/core/route/mutated.h"
#include "tests/core/route/whole_objects.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace fairway::route {
namespace {

    using value::Value;

    std::vector<Value> objectsOf(std::string_view text)
    {
        const Result<std::vector<Value>> read = value::parseYamlDocuments(text);
        EXPECT_TRUE(read) << text;
        return read ? *read : std::vector<Value>();
    }

    /// Everything that reads objects somebody wrote.
    void readAll(const std::vector<Value> &objects, const Value &changed)
    {
        (void)checkObjects(objects);
        (void)checkOverlaps(objects);
        TopologyView topology;
        for (const Value &object : objects)
            (void)topology.upsert(object);
        (void)mendAll(changed);
        (void)claimsOf(changed);
        (void)policyForm(changed);
        const Result<RouteObject> route = parseRoute(changed);
        if (!route)
            return;
        (void)checkRoute(*route, topology);
        for (const Rule &rule : route->rules) {
            (void)ruleForm(changed, rule.section, rule.index);
            for (const CanaryWho::By by : {CanaryWho::By::SourceLabels, CanaryWho::By::Header, CanaryWho::By::Cookie}) {
                CanaryRule canary;
                canary.section = rule.section;
                canary.index = rule.index;
                canary.who.by = by;
                canary.who.name = "x";
                canary.who.labels = {{"app", "a"}};
                (void)planCanaryRule(changed, canary);
            }
        }
    }

    TEST(WrongTypes, NoPartOfAnyObjectCrashesAnything)
    {
        std::size_t tried = 0;
        for (const std::string_view text : wholeObjects) {
            const std::vector<Value> objects = objectsOf(text);
            for (std::size_t o = 0; o < objects.size(); ++o) {
                const std::size_t parts = countOf(objects[o]);
                for (std::size_t part = 1; part < parts; ++part) {
                    // Each part becomes two things; all kinds of them come by turns.
                    for (std::size_t turn = 0; turn < 2; ++turn) {
                        std::vector<Value> changed = objects;
                        changed[o] = value::deepCopy(objects[o]);
                        std::size_t at = part;
                        ASSERT_TRUE(replacePart(changed[o], at, wrongValue(turn == 0 ? part : part / 3 + 4)));
                        readAll(changed, changed[o]);
                        ++tried;
                    }
                }
            }
        }
        EXPECT_GT(tried, 1000U);
    }

    TEST(WrongTypes, EveryKindOfWrongPartOfASelectorOrADelegate)
    {
        const std::vector<Value> sets[] = {
            objectsOf("{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: a}, spec: {workloadSelector: {labels: {a: b}}}}"),
            objectsOf("{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: a}, spec: {hosts: [a.b], workloadSelector: {labels: {a: b}}}}"),
            objectsOf("{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: a}, spec: {host: a.b, workloadSelector: {matchLabels: {a: b}}}}"),
            objectsOf("{apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter, metadata: {name: a}, spec: {workloadSelector: {labels: {a: b}}}}"),
            objectsOf("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: del}, spec: {http: [{match: [{uri: {exact: /a}}], route: [{destination: {host: a.b}}]}]}}\n---\n"
                      "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: root}, spec: {hosts: [a.b], http: [{match: [{uri: {prefix: /a}}], delegate: {name: del}, timeout: 5s}]}}"),
        };
        for (const std::vector<Value> &objects : sets) {
            for (std::size_t o = 0; o < objects.size(); ++o) {
                for (std::size_t part = 1; part < countOf(objects[o]); ++part) {
                    for (std::size_t which = 0; which < 12; ++which) {
                        std::vector<Value> changed = objects;
                        changed[o] = value::deepCopy(objects[o]);
                        std::size_t at = part;
                        ASSERT_TRUE(replacePart(changed[o], at, wrongValue(which)));
                        readAll(changed, changed[o]);
                    }
                }
            }
        }
    }

    TEST(WrongTypes, LabelsThatAreNoMapAreTold)
    {
        for (const char *text : {"{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: a}, spec: {workloadSelector: {labels: [null]}}}",
                 "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: a}, spec: {hosts: [a.b], workloadSelector: {labels: [x]}}}",
                 "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: a}, spec: {host: a.b, workloadSelector: {matchLabels: [x]}}}"}) {
            std::size_t told = 0;
            for (const ObjectFinding &finding : checkObjects(objectsOf(text)))
                told += finding.severity == Severity::Error && finding.path.starts_with("spec.workloadSelector") ? 1 : 0;
            EXPECT_EQ(told, 1U) << text;
        }
    }

    TEST(WrongTypes, ADelegatesRuleThatIsNoMapIsLeftOutWithANote)
    {
        const TrafficConfig config(objectsOf(
            "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: root}, spec: {hosts: [a.b], http: [{delegate: {name: del}, timeout: 5s}]}}\n---\n"
            "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: del}, spec: {http: [oops, {route: [{destination: {host: a.b}}]}]}}"));
        const Result<RouteTable> table = config.tableAt({});
        ASSERT_TRUE(table);
        std::string notes;
        for (const Text &note : table->notes)
            notes += note.plain() + "\n";
        EXPECT_NE(notes.find("http[0] is no rule"), std::string::npos) << notes;
    }

} // namespace
} // namespace fairway::route
