#include "core/lab/managed_fields.h"

#include "core/value/json.h"

#include <gtest/gtest.h>

namespace fairway::lab {

using value::Value;

namespace {

Value json(std::string_view text)
{
    auto value = value::parseJson(text);
    EXPECT_TRUE(value) << text;
    return value ? *value : Value();
}

ResourceTypePtr typeOf(std::string_view kind)
{
    for (const ResourceTypePtr &type : builtinTypes()) {
        if (type->kind == kind)
            return type;
    }
    return nullptr;
}

FieldWriter writer(const char *manager)
{
    return {manager, "v1", "", "2026-01-01T00:00:00Z"};
}

std::string fieldsOfManager(const Value &object, std::string_view manager, std::string_view operation)
{
    const Value &entries = object["metadata"]["managedFields"];
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i]["manager"].stringOr() == manager && entries[i]["operation"].stringOr() == operation)
            return value::toJson(entries[i]["fieldsV1"]);
    }
    return "none";
}

class Fields : public ::testing::Test {
protected:
    std::unique_ptr<Structure> configMap = structureOf(*typeOf("ConfigMap"), "v1");
    std::unique_ptr<Structure> deployment = structureOf(*typeOf("Deployment"), "v1");
};

TEST_F(Fields, an_apply_owns_leaves_and_items)
{
    const auto applied = applyFields({}, json(R"({"metadata":{"name":"d"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"d"}},
        "template":{"metadata":{"labels":{"app":"d"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}})"),
        writer("fairway"), false, *deployment);
    ASSERT_TRUE(applied);
    EXPECT_EQ(fieldsOfManager(*applied, "fairway", "Apply"),
        R"({"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}}}}}})");
}

TEST_F(Fields, an_update_owns_what_changed_and_the_others_lose_it)
{
    Value first = json(R"({"metadata":{"name":"c","labels":{"n":"0"}},"data":{"a":"1","b":"1"}})");
    recordUpdate({}, first, writer("one"), *configMap);
    EXPECT_EQ(fieldsOfManager(first, "one", "Update"), R"({"f:data":{".":{},"f:a":{},"f:b":{}},"f:metadata":{"f:labels":{".":{},"f:n":{}}}})");
    Value second = value::deepCopy(first);
    second.asMap().get("data")->set("b", "2");
    recordUpdate(first, second, writer("two"), *configMap);
    EXPECT_EQ(fieldsOfManager(second, "one", "Update"), R"({"f:data":{".":{},"f:a":{}},"f:metadata":{"f:labels":{".":{},"f:n":{}}}})");
    EXPECT_EQ(fieldsOfManager(second, "two", "Update"), R"({"f:data":{"f:b":{}}})");
}

TEST_F(Fields, applying_somebody_elses_field_conflicts_with_its_path)
{
    const auto theirs = applyFields({}, json(R"({"metadata":{"name":"c"},"data":{"w":"50"}})"), writer("argocd"), false, *configMap);
    ASSERT_TRUE(theirs);
    const auto refused = applyFields(*theirs, json(R"({"metadata":{"name":"c"},"data":{"w":"75"}})"), writer("fairway"), false, *configMap);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, 409);
    EXPECT_EQ(refused.error().message, "Apply failed with 1 conflict: conflict with \"argocd\": .data.w");
    EXPECT_EQ(value::toJson(refused.error().details),
        R"({"causes":[{"field":".data.w","message":"conflict with \"argocd\"","reason":"FieldManagerConflict"}]})");
}

TEST_F(Fields, force_takes_the_field_over)
{
    const auto theirs = applyFields({}, json(R"({"metadata":{"name":"c"},"data":{"w":"50"}})"), writer("argocd"), false, *configMap);
    const auto ours = applyFields(*theirs, json(R"({"metadata":{"name":"c"},"data":{"w":"75"}})"), writer("fairway"), true, *configMap);
    ASSERT_TRUE(ours);
    EXPECT_EQ((*ours)["data"]["w"].stringOr(), "75");
    EXPECT_EQ(fieldsOfManager(*ours, "argocd", "Apply"), "none");
    EXPECT_EQ(fieldsOfManager(*ours, "fairway", "Apply"), R"({"f:data":{"f:w":{}}})");
}

TEST_F(Fields, equal_values_are_shared_without_conflict)
{
    const auto theirs = applyFields({}, json(R"({"metadata":{"name":"c"},"data":{"w":"50"}})"), writer("argocd"), false, *configMap);
    const auto both = applyFields(*theirs, json(R"({"metadata":{"name":"c"},"data":{"w":"50"}})"), writer("fairway"), false, *configMap);
    ASSERT_TRUE(both);
    EXPECT_EQ(fieldsOfManager(*both, "argocd", "Apply"), R"({"f:data":{"f:w":{}}})");
    EXPECT_EQ(fieldsOfManager(*both, "fairway", "Apply"), R"({"f:data":{"f:w":{}}})");
}

TEST_F(Fields, what_is_no_longer_applied_goes_unless_another_holds_it)
{
    const auto first = applyFields({}, json(R"({"metadata":{"name":"c"},"data":{"a":"1","b":"1"}})"), writer("fairway"), false, *configMap);
    const auto shared = applyFields(*first, json(R"({"metadata":{"name":"c"},"data":{"b":"1"}})"), writer("other"), false, *configMap);
    const auto second = applyFields(*shared, json(R"({"metadata":{"name":"c"},"data":{"c":"1"}})"), writer("fairway"), false, *configMap);
    ASSERT_TRUE(second);
    EXPECT_EQ(value::toJson((*second)["data"]), R"({"b":"1","c":"1"})");
}

TEST_F(Fields, keyed_lists_merge_item_by_item)
{
    const Value live = json(R"({"metadata":{"name":"d"},"spec":{"template":{"spec":{"containers":[
        {"name":"sidecar","image":"s:1"},{"name":"c","image":"c:1","ports":[{"containerPort":80,"protocol":"TCP"}]}]}}}})");
    const auto merged = applyFields(live, json(R"({"metadata":{"name":"d"},"spec":{"template":{"spec":{"containers":[
        {"name":"c","image":"c:1","ports":[{"containerPort":80,"name":"http"}]}]}}}})"), writer("fairway"), true, *deployment);
    ASSERT_TRUE(merged);
    EXPECT_EQ(value::toJson((*merged)["spec"]["template"]["spec"]["containers"]),
        R"([{"image":"s:1","name":"sidecar"},{"image":"c:1","name":"c","ports":[{"containerPort":80,"name":"http","protocol":"TCP"}]}])");
}

TEST_F(Fields, an_unowned_object_counts_as_written_before_the_first_apply)
{
    const Value live = json(R"({"metadata":{"name":"c"},"data":{"w":"1"}})");
    const auto refused = applyFields(live, json(R"({"metadata":{"name":"c"},"data":{"w":"2"}})"), writer("fairway"), false, *configMap);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.w");
}

TEST_F(Fields, fieldsV1_survives_a_round_trip)
{
    const Value fields = json(R"({"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}})");
    EXPECT_EQ(FieldSet::fromFieldsV1(fields).toFieldsV1(), fields);
    EXPECT_EQ(FieldSet::fromFieldsV1(fields).paths(),
        (std::vector<std::string> {".metadata.labels", ".metadata.labels.a", ".spec.ports[port=80,protocol=\"TCP\"]", ".spec.ports[port=80,protocol=\"TCP\"].port"}));
}

} // namespace

} // namespace fairway::lab
