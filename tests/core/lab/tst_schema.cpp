#include "core/lab/crd_schema.h"

#include "core/lab/crd.h"
#include "core/lab/seed_crds.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

namespace fairway::lab {

using value::Value;

namespace {

constexpr const char *Schema = R"({"type":"object","properties":{"spec":{"type":"object","required":["weight"],"properties":{
    "weight":{"type":"integer","minimum":0,"maximum":100},"mode":{"type":"string","enum":["a","b"]},
    "kind":{"type":"string","default":"Service"},"ports":{"type":"array","minItems":1,"items":{"x-kubernetes-int-or-string":true}}}}}})";

struct Row {
    const char *name;
    const char *object;
    const char *message; ///< nullptr: fine.
};

const Row Rows[] = {
    {"good", R"({"spec":{"weight":10,"mode":"a","ports":[1,"http"]}})", nullptr},
    {"above the maximum", R"({"spec":{"weight":101}})", "Invalid value: 101: spec.weight in body should be less than or equal to 100"},
    {"below the minimum", R"({"spec":{"weight":-1}})", "Invalid value: -1: spec.weight in body should be greater than or equal to 0"},
    {"text for a number", R"({"spec":{"weight":"x"}})", "Invalid value: \"string\": spec.weight in body must be of type integer: \"string\""},
    {"missing", R"({"spec":{}})", "Required value"},
    {"not in the enumeration", R"({"spec":{"weight":1,"mode":"c"}})", "Unsupported value: \"c\": supported values: \"a\", \"b\""},
    {"too few", R"({"spec":{"weight":1,"ports":[]}})", "Invalid value: 0: spec.ports in body should have at least 1 items"},
    {"neither int nor string", R"({"spec":{"weight":1,"ports":[true]}})",
        "Invalid value: \"boolean\": spec.ports[0] in body must be of type integer,string: \"boolean\""},
};

TEST(CrdSchema, checks_as_the_server_words_it)
{
    for (const Row &row : Rows) {
        SCOPED_TRACE(row.name);
        const auto causes = checkSchema(*value::parseJson(row.object), *value::parseJson(Schema));
        ASSERT_EQ(causes.empty(), row.message == nullptr);
        if (row.message) {
            EXPECT_EQ(causes.front().message, row.message);
        }
    }
}

TEST(CrdSchema, drops_unknown_fields_and_fills_in_defaults)
{
    Value object = *value::parseJson(R"({"apiVersion":"v1","kind":"X","metadata":{"name":"a","anything":1},"spec":{"weight":1,"wieght":2},"more":1})");
    EXPECT_EQ(pruneAndDefault(object, *value::parseJson(Schema)), (std::vector<std::string> {"more", "spec.wieght"}));
    EXPECT_EQ(value::toJson(object["spec"]), R"({"kind":"Service","weight":1})");
    EXPECT_EQ(object["metadata"]["anything"].intOr(0), 1);
}

TEST(SeedCrds, are_complete_and_prefer_their_stable_version)
{
    for (Value &crd : seedCrds()) {
        SCOPED_TRACE(crd["metadata"]["name"].stringOr());
        defaultCrd(crd);
        EXPECT_TRUE(checkCrd(crd).empty());
        const ResourceTypePtr type = typeOfCrd(crd);
        EXPECT_TRUE(type->hasStatus);
        EXPECT_EQ(type->storageVersion(), type->kind == "ReferenceGrant" ? "v1beta1" : "v1");
        EXPECT_TRUE(type->versions.front().schema["properties"]["spec"].isMap());
    }
}

} // namespace

} // namespace fairway::lab
