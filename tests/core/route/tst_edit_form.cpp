#include "core/route/edit_form.h"

#include "core/route/edit_check.h"
#include "core/route/object_in_text.h"
#include "fixtures.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace fairway;
using namespace fairway::route;

namespace {

const std::string Plain = virtualService("  hosts: [reviews]\n  http:\n  - route:\n    - destination: {host: reviews, subset: v1}\n");

std::string policy(std::string_view spec)
{
    return "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews, namespace: shop}\nspec:\n  host: reviews\n" + std::string(spec);
}

std::string canaryIngress(std::string_view annotations)
{
    return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web-canary\n  annotations:\n    nginx.ingress.kubernetes.io/canary: \"true\"\n"
        + std::string(annotations)
        + "spec:\n  rules:\n  - host: web\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend: {service: {name: web-canary, port: {number: 80}}}\n";
}

Result<EditForm> formOf(const value::Value &object, const std::string &part)
{
    const std::string kind(object["kind"].stringOr());
    if (kind == "DestinationRule")
        return policyForm(object, part);
    return ruleForm(object, kind == "VirtualService" ? "http" : kind == "Ingress" ? "canary" : "rules", 0);
}

/// The object after the fields were typed, as YAML, or "error: …".
std::string typedInto(const std::string &text, const std::vector<TypedField> &typed, const std::string &part = {})
{
    const value::Value object = yaml(text);
    const Result<EditForm> form = formOf(object, part);
    if (!form)
        return "error: " + form.error().message;
    const auto edits = planForm(*form, typed);
    if (!edits)
        return "error: " + edits.error().message;
    const auto after = checkedEdit(object, *edits);
    return after ? value::toYaml(*after) : "error: " + after.error().message;
}

struct Row {
    const char *what;
    std::string before;
    std::vector<TypedField> typed;
    std::string after; ///< Or "error: …".
    std::string subset {};
};

void expectRows(std::span<const Row> rows)
{
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(typedInto(row.before, row.typed, row.subset), row.after.starts_with("error: ") ? row.after : value::toYaml(yaml(row.after)));
    }
}

std::string rule(std::string_view more)
{
    return virtualService("  hosts: [reviews]\n  http:\n  - route:\n    - destination: {host: reviews, subset: v1}\n" + std::string(more));
}

std::string apiRule(std::string_view more)
{
    return httpRoute("  parentRefs: [{name: web}]\n  rules:\n  - backendRefs: [{name: catalog, port: 80}]\n" + std::string(more));
}

} // namespace

TEST(RuleForm, ofAVirtualService)
{
    const Row rows[] = {
        {"a timeout", Plain, {{"timeout", "5s"}}, rule("    timeout: 5s\n")},
        {"another", rule("    timeout: 5s\n"), {{"timeout", "1m30s"}}, rule("    timeout: 1m30s\n")},
        {"none", rule("    timeout: 5s\n"), {{"timeout", ""}}, Plain},
        {"the same", rule("    timeout: 5s\n"), {{"timeout", "5s"}}, rule("    timeout: 5s\n")},
        {"retries", Plain, {{"retries.attempts", "3"}, {"retries.perTryTimeout", "2s"}}, rule("    retries: {attempts: 3, perTryTimeout: 2s}\n")},
        {"a delay", Plain, {{"fault.delay", "2s"}, {"fault.delay.percent", "12.5"}},
            rule("    fault: {delay: {fixedDelay: 2s, percentage: {value: 12.5}}}\n")},
        {"the delay goes with its share", rule("    fault: {delay: {fixedDelay: 2s, percentage: {value: 10}}}\n"), {{"fault.delay", ""}}, Plain},
        {"beside another fault", rule("    fault: {abort: {httpStatus: 500}, delay: {fixedDelay: 2s}}\n"), {{"fault.delay", ""}},
            rule("    fault: {abort: {httpStatus: 500}}\n")},
        {"an abort", Plain, {{"fault.abort", "503"}, {"fault.abort.percent", "1"}}, rule("    fault: {abort: {httpStatus: 503, percentage: {value: 1}}}\n")},
        {"a delay of all, where nothing else is said", Plain, {{"fault.delay", "2s"}}, rule("    fault: {delay: {fixedDelay: 2s, percentage: {value: 100}}}\n")},
        {"an abort of none", Plain, {{"fault.abort", "503"}, {"fault.abort.percent", "0"}}, rule("    fault: {abort: {httpStatus: 503, percentage: {value: 0}}}\n")},
        {"another delay keeps its share", rule("    fault: {delay: {fixedDelay: 2s}}\n"), {{"fault.delay", "3s"}}, rule("    fault: {delay: {fixedDelay: 3s}}\n")},
        {"a mirror", Plain, {{"mirror.host", "reviews"}, {"mirror.subset", "v2"}, {"mirror.percent", "50"}},
            rule("    mirror: {host: reviews, subset: v2}\n    mirrorPercentage: {value: 50}\n")},
        {"the mirror goes with all that is its own", rule("    mirror: {host: reviews, subset: v2, port: {number: 80}}\n    mirrorPercentage: {value: 50}\n"),
            {{"mirror.host", ""}}, Plain},
        {"what is below zero", Plain, {{"timeout", "-1s"}}, "error: timeout: \"-1s\" is below zero"},
        {"no unit", Plain, {{"timeout", "5"}}, "error: timeout: \"5\" is no duration: write 5s, 200ms or 1h30m"},
        {"no number", Plain, {{"retries.attempts", "many"}}, "error: retries.attempts: \"many\" is no whole number"},
        {"no status", Plain, {{"fault.abort", "99"}}, "error: fault.abort: \"99\" is not between 200 and 599"},
        {"more than all", Plain, {{"fault.abort", "503"}, {"fault.abort.percent", "101"}}, "error: fault.abort.percent: \"101\" is not between 0 and 100"},
        {"no number at all", Plain, {{"fault.abort", "503"}, {"fault.abort.percent", "nan"}}, "error: fault.abort.percent: \"nan\" is no number"},
        {"a share of nothing", Plain, {{"mirror.percent", "5"}}, "error: mirror.percent: \"5\" means nothing without mirror.host"},
        {"an unknown field", rule("    timeout: 5s\n"), {{"timeouts", "5s"}},
            "error: no field \"timeouts\"; there are timeout, retries.attempts, retries.perTryTimeout, retries.retryOn, fault.delay, fault.delay.percent, "
            "fault.abort, fault.abort.percent, mirror.host, mirror.subset, mirror.port, mirror.percent"},
    };
    expectRows(rows);
}

TEST(RuleForm, refusesWhatIstioWouldRefuse)
{
    // 1 ms is the least Istio takes.
    EXPECT_TRUE(typedInto(Plain, {{"timeout", "1us"}}).starts_with("error: spec.http[0]")) << typedInto(Plain, {{"timeout", "1us"}});
}

TEST(RuleForm, ofAnHttpRoute)
{
    const Row rows[] = {
        {"a timeout", apiRule(""), {{"timeouts.request", "5s"}}, apiRule("    timeouts: {request: 5s}\n")},
        {"a mirror", apiRule(""), {{"mirror.name", "shadow"}, {"mirror.port", "8080"}},
            apiRule("    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 8080}}}]\n")},
        {"a mirror behind another filter", apiRule("    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]\n"),
            {{"mirror.name", "shadow"}, {"mirror.port", "8080"}},
            apiRule("    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}, {type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 8080}}}]\n")},
        {"another port", apiRule("    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 8080}}}]\n"), {{"mirror.port", "80"}},
            apiRule("    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}}}]\n")},
        {"no mirror", apiRule("    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}, {type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}}}]\n"),
            {{"mirror.name", ""}}, apiRule("    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]\n")},
    };
    expectRows(rows);
}

TEST(RuleForm, ofACanaryIngress)
{
    const Row rows[] = {
        {"a header", canaryIngress(""), {{"canary-by-header", "x-canary"}}, canaryIngress("    nginx.ingress.kubernetes.io/canary-by-header: x-canary\n")},
        {"a weight is a text", canaryIngress(""), {{"canary-weight", "20"}}, canaryIngress("    nginx.ingress.kubernetes.io/canary-weight: \"20\"\n")},
        {"another", canaryIngress("    nginx.ingress.kubernetes.io/canary-weight: \"20\"\n"), {{"canary-weight", ""}, {"canary-by-cookie", "beta"}},
            canaryIngress("    nginx.ingress.kubernetes.io/canary-by-cookie: beta\n")},
        {"a value without a header", canaryIngress(""), {{"canary-by-header-value", "on"}},
            "error: canary-by-header-value: \"on\" means nothing without canary-by-header"},
    };
    expectRows(rows);
}

TEST(PolicyForm, ofADestinationRule)
{
    const std::string subsets = "  subsets:\n  - {name: v1, labels: {version: v1}}\n  - {name: v2, labels: {version: v2}";
    const Row rows[] = {
        {"a pool", policy(""), {{"tcp.maxConnections", "100"}, {"http.http2MaxRequests", "1000"}},
            policy("  trafficPolicy: {connectionPool: {tcp: {maxConnections: 100}, http: {http2MaxRequests: 1000}}}\n")},
        {"the last field takes the policy with it", policy("  trafficPolicy: {connectionPool: {tcp: {maxConnections: 100}}}\n"), {{"tcp.maxConnections", ""}},
            policy("")},
        {"the protocol", policy(""), {{"http.h2UpgradePolicy", "DO_NOT_UPGRADE"}},
            policy("  trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: DO_NOT_UPGRADE}}}\n")},
        {"a choice there is not", policy(""), {{"http.h2UpgradePolicy", "MAYBE"}},
            "error: http.h2UpgradePolicy: \"MAYBE\" is none of DEFAULT, DO_NOT_UPGRADE, UPGRADE"},
        {"a flag", policy(""), {{"http.useClientProtocol", "yes"}}, "error: http.useClientProtocol: \"yes\" is neither true nor false"},
        {"of a subset", policy(subsets + "}\n"), {{"balancer.simple", "RANDOM"}},
            policy(subsets + ", trafficPolicy: {loadBalancer: {simple: RANDOM}}}\n"), "v2"},
        {"of a subset there is not", policy(subsets + "}\n"), {{"balancer.simple", "RANDOM"}}, "error: DestinationRule reviews has no subset \"v3\"", "v3"},
        {"zero can't be said", policy(""), {{"tcp.maxConnections", "0"}}, "error: tcp.maxConnections: \"0\" is not between 1 and 2147483647"},
        {"outliers", policy(""), {{"outlier.consecutive5xxErrors", "7"}, {"outlier.interval", "5s"}},
            policy("  trafficPolicy: {outlierDetection: {consecutive5xxErrors: 7, interval: 5s}}\n")},
    };
    expectRows(rows);
    EXPECT_TRUE(typedInto(policy(""), {{"http.h2UpgradePolicy", "UPGRADE"}, {"http.useClientProtocol", "true"}}).starts_with("error: spec.trafficPolicy"))
        << "these two exclude each other";
}

TEST(EditForms, sayWhatChangesInOneSentence)
{
    const Result<EditForm> form = ruleForm(yaml(rule("    timeout: 5s\n")), "http", 0);
    ASSERT_TRUE(form);
    const TypedField typed[] = {{"timeout", "2s"}, {"retries.attempts", "3"}, {"mirror.host", ""}};
    EXPECT_EQ(summaryOf(*form, typed), "timeout 5s → 2s, retries.attempts – → 3");
}

namespace {

/// A text the field takes and does not hold.
std::string sampleFor(const EditField &field)
{
    switch (field.type) {
    case FieldType::Integer:
        return field.value == "250" ? "251" : field.max >= 250 && field.min <= 250 ? "250" : std::to_string(field.min + (field.value == std::to_string(field.min) ? 1 : 0));
    case FieldType::Duration:
        return field.value == "7s" ? "8s" : "7s";
    case FieldType::Percent:
        return field.value == "7" ? "8" : "7";
    case FieldType::Flag:
        return field.value == "true" ? "false" : "true";
    case FieldType::Choice:
        return field.value == field.choices.front() ? field.choices[1] : field.choices.front();
    case FieldType::Text:
        break;
    }
    return field.value == "sample" ? "sample2" : "sample";
}

/// Every field of the form, typed into the object's text and taken back: what comes out is what went in, byte by byte.
void expectReversible(const value::Value &object, const std::string &subset)
{
    const Result<EditForm> form = formOf(object, subset);
    if (!form)
        return;
    const ObjectRef ref {std::string(object["kind"].stringOr()), "", std::string(object["metadata"]["name"].stringOr())};
    const std::string before = "# kept\n" + value::toYaml(object) + "# too\n";
    for (const EditGroup &group : form->groups) {
        for (const EditField &field : group.fields) {
            SCOPED_TRACE(ref.display() + " " + field.id);
            std::vector<TypedField> typed {{field.id, sampleFor(field)}};
            const EditField *needed = field.needs.empty() ? nullptr : form->find(field.needs);
            // What is set without what it needs belongs to something no form knows, such as a gRPC status.
            const auto belongsElsewhere = [](const EditField &of, const EditField *to) { return to != nullptr && to->value.empty() && !of.value.empty(); };
            if (belongsElsewhere(field, needed) || std::any_of(group.fields.begin(), group.fields.end(), [&](const EditField &each) {
                    return each.needs == field.id && belongsElsewhere(each, &field);
                }))
                continue;
            if (needed != nullptr && needed->value.empty())
                typed.emplace_back(needed->id, sampleFor(*needed));
            const auto edits = planForm(*form, typed);
            ASSERT_TRUE(edits) << edits.error().message;
            const auto opened = ObjectInText::find(before, ref);
            ASSERT_TRUE(opened) << opened.error().message;
            const auto there = opened->withEdits(*edits);
            ASSERT_TRUE(there) << there.error().message;
            ASSERT_NE(*there, before);
            const auto changed = ObjectInText::find(*there, ref);
            ASSERT_TRUE(changed);
            const auto meant = value::withFieldEdits(object, *edits);
            ASSERT_TRUE(meant);
            EXPECT_EQ(changed->object(), *meant);
            const Result<EditForm> now = formOf(changed->object(), subset);
            ASSERT_TRUE(now) << now.error().message;
            std::vector<TypedField> back;
            for (const TypedField &entry : typed)
                back.emplace_back(entry.first, form->find(entry.first)->value);
            const auto undo = planForm(*now, back);
            ASSERT_TRUE(undo) << undo.error().message;
            const auto again = changed->withEdits(*undo);
            ASSERT_TRUE(again) << again.error().message;
            const auto restored = ObjectInText::find(*again, ref);
            ASSERT_TRUE(restored);
            // A list that held the only item stays as an empty one.
            if (restored->object() == object) {
                EXPECT_EQ(*again, before);
            } else {
                EXPECT_TRUE(group.item) << *again;
            }
        }
    }
}

void visitObjects(const value::Value &node, std::size_t &seen)
{
    if (node.isList()) {
        for (const value::Value &item : node.asList())
            visitObjects(item, seen);
        return;
    }
    if (!node.isMap())
        return;
    const bool isObject = node["apiVersion"].isString() && node["metadata"]["name"].isString() && node["kind"].isString();
    if (isObject && (isRoute(node["apiVersion"].stringOr(), node["kind"].stringOr()) || node["kind"].stringOr() == "DestinationRule")) {
        ++seen;
        expectReversible(node, {});
        if (node["kind"].stringOr() == "DestinationRule" && node["spec"]["subsets"].size() > 0)
            expectReversible(node, std::string(node["spec"]["subsets"][0]["name"].stringOr()));
        return;
    }
    for (const auto &[key, member] : node.asMap())
        visitObjects(member, seen);
}

} // namespace

TEST(EditForms, changeNoOtherByteAndCanBeTakenBack)
{
    std::size_t seen = 0;
    for (const std::string &text : {Plain, rule("    timeout: 7s\n    fault: {abort: {httpStatus: 250}}\n"), apiRule(""),
             apiRule("    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}}}]\n"), policy(""),
             policy("  subsets:\n  - {name: v1, labels: {version: v1}}\n"), canaryIngress("")})
        visitObjects(yaml(text), seen);
    EXPECT_EQ(seen, 7U);
}

TEST(EditForms, changeNoOtherByteInTheReferenceCases)
{
    const char *folder = std::getenv("FAIRWAY_CASES");
    if (folder == nullptr)
        GTEST_SKIP() << "FAIRWAY_CASES IS NOT SET: NO FOREIGN OBJECTS WERE EDITED";
    std::size_t seen = 0;
    for (const auto &file : std::filesystem::directory_iterator(folder)) {
        const std::string name = file.path().filename();
        if (!name.starts_with("istio_") && !name.starts_with("gateway_api"))
            continue;
        std::ifstream in(file.path(), std::ios::binary);
        if (name.ends_with(".jsonl")) {
            for (std::string line; std::getline(in, line);)
                visitObjects(yaml(line), seen);
        } else if (name.ends_with(".json")) {
            std::ostringstream all;
            all << in.rdbuf();
            visitObjects(yaml(all.str()), seen);
        }
    }
    EXPECT_GT(seen, 100U);
    std::cout << seen << " objects of the reference cases\n";
}
