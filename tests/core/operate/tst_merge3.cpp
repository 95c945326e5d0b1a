#include "core/operate/merge3.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::operate;

TEST(Merge3, table)
{
    struct Row {
        const char *name;
        const char *base;
        const char *mine;
        const char *theirs;
        const char *merged; ///< Empty: not clean.
        const char *clash;
    };
    const Row rows[] = {
        {"nobody changed", "a: 1", "a: 1", "a: 1", "a: 1", ""},
        {"only they did", "a: 1", "a: 1", "a: 2", "a: 2", ""},
        {"only I did", "a: 1", "a: 2", "a: 1", "a: 2", ""},
        {"different fields", "{a: 1, b: 1}", "{a: 2, b: 1}", "{a: 1, b: 2}", "{a: 2, b: 2}", ""},
        {"the same field to the same value", "a: 1", "a: 2", "a: 2", "a: 2", ""},
        {"the same field to different values", "a: 1", "a: 2", "a: 3", "", "/a"},
        {"they removed what I changed", "{a: 1, b: 1}", "{a: 2, b: 1}", "{b: 1}", "", "/a"},
        {"they removed the map around it", "{a: {b: 1}}", "{a: {b: 2}}", "{}", "", "/a/b"},
        {"I removed what they changed below", "{a: {b: 1}}", "{}", "{a: {b: 2}}", "", "/a"},
        {"both added the same", "{}", "{a: 1}", "{a: 1}", "a: 1", ""},
        {"a rule was inserted before mine", "r: [{n: x, w: 1}]", "r: [{n: x, w: 2}]", "r: [{n: new}, {n: x, w: 1}]",
         "r: [{n: new}, {n: x, w: 2}]", ""},
        {"my rule was removed", "r: [{n: x, w: 1}, {n: y}]", "r: [{n: x, w: 2}, {n: y}]", "r: [{n: y}]", "", "/r/0/w"},
        {"my rule now stands twice", "r: [{n: x, w: 1}]", "r: [{n: x, w: 2}]", "r: [{n: x, w: 1}, {n: x, w: 1}]", "", "/r/0/w"},
        {"my rule was inserted and changed", "r: [{n: x, w: 1}]", "r: [{n: x, w: 2}]", "r: [{n: new}, {n: x, w: 5}]", "",
         "/r/0/w"},
        {"another field of my rule", "r: [{n: x, w: 1, t: 1}]", "r: [{n: x, w: 2, t: 1}]", "r: [{n: x, w: 1, t: 9}]",
         "r: [{n: x, w: 2, t: 9}]", ""},
        {"both grew the list", "r: [1]", "r: [1, 2]", "r: [1, 3]", "", "/r"},
        {"status is nobody's change", "{a: 1, status: {x: 1}}", "{a: 2, status: {x: 1}}", "{a: 1, status: {x: 2}}",
         "{a: 2, status: {x: 2}}", ""},
    };
    for (const Row &row : rows) {
        const Merge merge = merge3(*value::parseYaml(row.base), *value::parseYaml(row.mine), *value::parseYaml(row.theirs));
        const std::string merged = row.merged;
        EXPECT_EQ(merge.isClean, !merged.empty()) << row.name;
        if (merge.isClean) {
            EXPECT_EQ(value::toYaml(merge.merged), value::toYaml(*value::parseYaml(merged))) << row.name;
        } else {
            EXPECT_EQ(merge.clashes, std::vector<std::string> {row.clash}) << row.name;
        }
    }
}

TEST(Merge3, leavesItsInputsAlone)
{
    const auto base = *value::parseYaml("{a: {b: 1}, c: {d: 1}}");
    const auto mine = *value::parseYaml("{a: {b: 2}, c: {d: 1}}");
    const auto theirs = *value::parseYaml("{a: {b: 1}, c: {d: 2}}");
    ASSERT_TRUE(merge3(base, mine, theirs).isClean);
    EXPECT_EQ(theirs["a"]["b"].intOr(0), 1);
    EXPECT_EQ(mine["c"]["d"].intOr(0), 1);
}
