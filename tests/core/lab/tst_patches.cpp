#include "core/lab/strategic_merge.h"

#include "core/value/json.h"

#include <gtest/gtest.h>

namespace fairway::lab {

namespace {

struct Row {
    const char *name;
    const char *target;
    const char *patch;
    const char *expected; ///< nullptr: refused.
};

const Row Rows[] = {
    {"members replace and null removes", R"({"data":{"a":"1","b":"2"}})", R"({"data":{"a":null,"c":"3"}})", R"({"data":{"b":"2","c":"3"}})"},
    {"containers merge by name", R"({"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]}})",
        R"({"spec":{"containers":[{"name":"b","image":"2"}]}})",
        R"({"spec":{"containers":[{"image":"1","name":"a"},{"image":"2","name":"b"}]}})"},
    {"a new item is appended", R"({"spec":{"containers":[{"name":"a"}]}})", R"({"spec":{"containers":[{"name":"b"}]}})",
        R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})"},
    {"an item is deleted by directive", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"containers":[{"$patch":"delete","name":"a"}]}})", R"({"spec":{"containers":[{"name":"b"}]}})"},
    {"a list is replaced by directive", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"containers":[{"$patch":"replace"},{"name":"c"}]}})", R"({"spec":{"containers":[{"name":"c"}]}})"},
    {"a map is replaced by directive", R"({"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{}}}})",
        R"({"spec":{"strategy":{"$patch":"replace","type":"Recreate"}}})", R"({"spec":{"strategy":{"type":"Recreate"}}})"},
    {"only named keys are retained", R"({"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{}}}})",
        R"({"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}})", R"({"spec":{"strategy":{"type":"Recreate"}}})"},
    {"the order is set", R"({"spec":{"containers":[{"name":"a"},{"name":"b"}]}})",
        R"({"spec":{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"b","image":"2"}]}})",
        R"({"spec":{"containers":[{"image":"2","name":"b"},{"name":"a"}]}})"},
    {"scalars are deleted from a set", R"({"metadata":{"finalizers":["x","y"]}})", R"({"metadata":{"$deleteFromPrimitiveList/finalizers":["x"]}})",
        R"({"metadata":{"finalizers":["y"]}})"},
    {"a set takes new members once", R"({"metadata":{"finalizers":["x"]}})", R"({"metadata":{"finalizers":["x","y"]}})",
        R"({"metadata":{"finalizers":["x","y"]}})"},
    {"a list without merge key is replaced", R"({"spec":{"tolerations":[{"key":"a"}]}})", R"({"spec":{"tolerations":[{"key":"b"}]}})",
        R"({"spec":{"tolerations":[{"key":"b"}]}})"},
    {"an item without its key is refused", R"({"spec":{"containers":[{"name":"a"}]}})", R"({"spec":{"containers":[{"image":"x"}]}})", nullptr},
    {"an unknown directive is refused", R"({"spec":{}})", R"({"spec":{"$patch":"explode"}})", nullptr},
    {"a patch that is no object is refused", R"({"spec":{}})", "[]", nullptr},
};

TEST(StrategicMerge, follows_the_table)
{
    for (const Row &row : Rows) {
        SCOPED_TRACE(row.name);
        const auto result = strategicMerge(*value::parseJson(row.target), *value::parseJson(row.patch));
        ASSERT_EQ(result.has_value(), row.expected != nullptr);
        if (result) {
            EXPECT_EQ(value::toJson(*result), row.expected);
        }
    }
}

} // namespace

} // namespace fairway::lab
