#include "core/chart/coalesce.h"
#include "core/chart/dependencies.h"
#include "tests/core/chart/chart_fixture.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::chart;

namespace {

const std::string childYaml = "apiVersion: v2\nname: child\nversion: 0.1.0\n";

/// What templates would get, or the error.
std::string coalesced(std::vector<std::pair<std::string, std::string>> files, const std::string &user, test::Loading &loading)
{
    Result<ChartTree> tree = test::chartOf(std::move(files), loading);
    if (!tree)
        return tree.error().message;
    const value::Value values = test::json(user);
    if (const Result<void> done = processDependencies(*tree, values, loading.messages); !done)
        return done.error().message;
    const Result<value::Value> result = coalesceValues(tree->root(), values, Nulls::Delete, loading.messages);
    return result ? value::toJson(*result) : result.error().message;
}

std::string coalesced(std::vector<std::pair<std::string, std::string>> files, const std::string &user)
{
    test::Loading loading;
    return coalesced(std::move(files), user, loading);
}

} // namespace

TEST(Coalesce, putsTheUserAboveTheChart)
{
    const struct {
        const char *chart;
        const char *user;
        const char *result;
    } rows[] = {
        {"a: 1", "{}", R"({"a":1})"},
        {"a: 1", R"({"a":2,"b":3})", R"({"a":2,"b":3})"},
        {"a: {b: 1, c: 2}", R"({"a":{"b":3}})", R"({"a":{"b":3,"c":2}})"},
        {"a: [1, 2]", R"({"a":[3]})", R"({"a":[3]})"},
        {"a: 1", R"({"a":null})", R"({})"},
        {"a: {b: 1, c: 2}", R"({"a":{"b":null}})", R"({"a":{"c":2}})"},
        {"a: {b: 1}", R"({"a":null})", R"({})"},
        {"a: {}", R"({"a":{"b":null}})", R"({"a":{"b":null}})"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(coalesced({{"values.yaml", row.chart}}, row.user), row.result) << row.chart << " " << row.user;
}

TEST(Coalesce, handsGlobalsAndOverridesDown)
{
    EXPECT_EQ(coalesced({{"values.yaml", "global: {g: 1}\nchild: {a: parent}\n"}, {"charts/child/Chart.yaml", childYaml},
                  {"charts/child/values.yaml", "a: child\nb: child\nglobal: {h: 2, g: 0}\n"}}, "{}"),
        R"({"child":{"a":"parent","b":"child","global":{"g":1,"h":2}},"global":{"g":1}})");
}

TEST(Coalesce, warnsAsEachVersionDoes)
{
    test::Loading four;
    (void)coalesced({{"values.yaml", "a: 1"}}, R"({"a":{"b":1}})", four);
    EXPECT_EQ(four.said, "level=INFO msg=\"warning: skipped value for parent.a: Not a table.\"\n");
    test::Loading three(HelmVersion::V3);
    (void)coalesced({{"values.yaml", "a: 1"}}, R"({"a":{"b":1}})", three);
    EXPECT_EQ(three.said, "coalesce.go:237: warning: skipped value for parent.a: Not a table.\n");
}

TEST(Coalesce, refusesASubchartThatIsNoMap)
{
    EXPECT_EQ(coalesced({{"charts/child/Chart.yaml", childYaml}}, R"({"child":"x"})"), "type mismatch on child: %!t(string=x)");
}

TEST(Coalesce, keepsWhereAValueWasWritten)
{
    test::Loading loading;
    Result<ChartTree> tree = test::chartOf({{"values.yaml", "child:\n  a: 1\n"}, {"charts/child/Chart.yaml", childYaml},
        {"charts/child/values.yaml", "a: 0\nb: 2\n"}}, loading);
    ASSERT_TRUE(tree);
    const value::Value values = coalesceValues(tree->root(), value::Value(), Nulls::Delete, loading.messages).value();
    const auto where = [&](const value::Value &item) {
        return loading.sources.at(item.position().file).name + ":" + std::to_string(item.position().line);
    };
    EXPECT_EQ(where(values["child"]["a"]), "parent/values.yaml:2");
    EXPECT_EQ(where(values["child"]["b"]), "parent/charts/child/values.yaml:2");
}

TEST(Dependencies, followConditionsTagsAndAliases)
{
    const auto subcharts = [](const std::string &dependency, const std::string &user) {
        test::Loading loading;
        Result<ChartTree> tree = test::chartOf({{"Chart.yaml", "apiVersion: v2\nname: parent\nversion: 0.1.0\ndependencies:\n" + dependency},
            {"charts/child/Chart.yaml", childYaml}}, loading);
        if (!tree)
            return tree.error().message;
        if (const Result<void> done = processDependencies(*tree, test::json(user), loading.messages); !done)
            return done.error().message;
        std::string names;
        for (const Chart *const sub : tree->root().dependencies)
            names += (names.empty() ? "" : " ") + sub->fullPath();
        return names;
    };
    const std::string plain = "- {name: child, version: 0.1.0, condition: 'child.on,other.on', tags: [t]}\n";
    EXPECT_EQ(subcharts(plain, "{}"), "parent/charts/child");
    EXPECT_EQ(subcharts(plain, R"({"child":{"on":false}})"), "");
    EXPECT_EQ(subcharts(plain, R"({"other":{"on":false}})"), "");
    EXPECT_EQ(subcharts(plain, R"({"tags":{"t":false}})"), "");
    EXPECT_EQ(subcharts(plain, R"({"tags":{"t":false},"child":{"on":true}})"), "parent/charts/child");
    EXPECT_EQ(subcharts("- {name: child, version: 0.1.0, alias: one}\n- {name: child, version: 0.1.0, alias: two}\n", "{}"),
        "parent/charts/one parent/charts/two");
    EXPECT_EQ(subcharts("- {name: child, version: '>9'}\n", "{}"), "parent/charts/child");
}

TEST(Dependencies, importValuesIntoTheParent)
{
    EXPECT_EQ(coalesced({{"Chart.yaml", "apiVersion: v2\nname: parent\nversion: 0.1.0\ndependencies:\n"
                                        "- {name: child, version: 0.1.0, import-values: [data, {child: inner, parent: here.there}]}\n"},
                  {"values.yaml", "a: parent\n"}, {"charts/child/Chart.yaml", childYaml},
                  {"charts/child/values.yaml", "exports: {data: {a: child, b: child}}\ninner: {c: 1}\n"}}, "{}"),
        R"({"a":"parent","b":"child","child":{"exports":{"data":{"a":"child","b":"child"}},"global":{},"inner":{"c":1}},"here":{"there":{"c":1}}})");
}

TEST(Dependencies, leaveTheOriginalToItsClone)
{
    test::Loading loading;
    Result<ChartTree> tree = test::chartOf({{"Chart.yaml", "apiVersion: v2\nname: parent\nversion: 0.1.0\ndependencies:\n"
                                                           "- {name: child, version: 0.1.0, condition: child.on}\n"},
        {"charts/child/Chart.yaml", childYaml}}, loading);
    ASSERT_TRUE(tree);
    ChartTree copy = tree->clone();
    ASSERT_TRUE(processDependencies(copy, test::json(R"({"child":{"on":false}})"), loading.messages));
    EXPECT_EQ(copy.root().dependencies.size(), 0U);
    EXPECT_EQ(tree->root().dependencies.size(), 1U);
    EXPECT_EQ(tree->root().dependencies[0]->parent, &tree->root());
}
