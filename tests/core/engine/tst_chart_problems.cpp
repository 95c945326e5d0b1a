#include "core/engine/chart_layers.h"
#include "core/engine/chart_problems.h"
#include "core/engine/text.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::engine;

namespace {

chart::ChartFile file(const char *name, const char *text)
{
    return {name, text};
}

ChartSource source()
{
    ChartSource one;
    one.path = "/charts/checkout";
    one.files = {file("Chart.yaml", "apiVersion: v2\nname: checkout\nversion: 1.0.0\ndependencies:\n- name: redis\n  alias: cache\n"),
        file("values.yaml", ""), file("charts/redis-1.tgz", "")};
    one.packed = {file("charts/redis-1.tgz/Chart.yaml", "apiVersion: v2\nname: redis\nversion: 1.0.0\n")};
    return one;
}

struct Row {
    const char *what;
    const char *error;
    const char *message;
    const char *file;
    int line;
    const char *valuePath;
};

const Row rows[] = {
    {"Helm 4's report", "checkout/templates/a.yaml:2:10\n  executing \"checkout/templates/a.yaml\" at <.Values.x.y.z>:\n    nil pointer evaluating interface {}.y",
        ".Values.x.y.z: nil pointer evaluating interface {}.y", "templates/a.yaml", 2, "x.y.z"},
    {"Helm 3's line", "template: checkout/templates/a.yaml:2:10: executing \"checkout/templates/a.yaml\" at <.Values.x.y.z>: nil pointer evaluating interface {}.y",
        "template: checkout/templates/a.yaml:2:10: executing \"checkout/templates/a.yaml\" at <.Values.x.y.z>: nil pointer evaluating interface {}.y", "templates/a.yaml", 2, "x.y.z"},
    {"the deepest include", "checkout/templates/a.yaml:4:3\n  executing \"checkout/templates/a.yaml\" at <include \"q\" .>:\n    error calling include:\ncheckout/templates/_h.tpl:7:2\n  executing \"q\" at <.Values.n>:\n    boom",
        ".Values.n: boom", "templates/_h.tpl", 7, "n"},
    {"fail", "execution error at (checkout/templates/a.yaml:3:3): boo", "execution error at (checkout/templates/a.yaml:3:3): boo", "templates/a.yaml", 3, ""},
    {"a subchart under an alias", "execution error at (checkout/charts/cache/templates/x.yaml:9:1): boo", "execution error at (checkout/charts/cache/templates/x.yaml:9:1): boo",
        "charts/redis-1.tgz/templates/x.yaml", 9, ""},
    {"what can't be parsed", "parse error at (checkout/templates/a.yaml:2): missing value for if", "parse error at (checkout/templates/a.yaml:2): missing value for if", "templates/a.yaml", 2, ""},
    {"output that is no YAML", "YAML parse error on checkout/templates/a.yaml: error converting YAML to JSON: yaml: line 2: did not find expected node content",
        "YAML parse error on checkout/templates/a.yaml: error converting YAML to JSON: yaml: line 2: did not find expected node content", "templates/a.yaml", 0, ""},
    {"a values file", "failed to parse /v/prod.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 12: mapping values are not allowed in this context",
        "failed to parse /v/prod.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 12: mapping values are not allowed in this context", "/v/prod.yaml", 12, ""},
    {"a flag", "failed parsing --set data: key \"a\" has no value", "failed parsing --set data: key \"a\" has no value", "", 0, ""},
    {"values of a subchart", "error unpacking subchart redis-1.tgz in checkout: cannot load values.yaml: error converting YAML to JSON: yaml: line 3: x",
        "error unpacking subchart redis-1.tgz in checkout: cannot load values.yaml: error converting YAML to JSON: yaml: line 3: x", "charts/redis-1.tgz/values.yaml", 3, ""},
    {"Chart.yaml", "validation: chart.metadata.version is required", "validation: chart.metadata.version is required", "Chart.yaml", 0, ""},
    {"nothing that is known", "something else", "something else", "", 0, ""},
    {"nothing at all", "", "", "", 0, ""},
    {"a place that is none", "x/templates/a.yaml:none", "x/templates/a.yaml:none", "", 0, ""},
};

class Problems : public testing::TestWithParam<Row> { };

TEST_P(Problems, ArePlaced)
{
    const Row &row = GetParam();
    const ChartSource one = source();
    const ChartIndex index(one, {}, chart::HelmVersion::V4);
    const ProblemPlacer placer(index, [](std::string_view) { return ChartPlace(); });
    const QList<ChartProblem> problems = placer.ofError(row.error);
    ASSERT_EQ(problems.size(), 1);
    EXPECT_EQ(toUtf8(problems[0].message), row.message);
    EXPECT_EQ(toUtf8(problems[0].file), row.file);
    EXPECT_EQ(problems[0].line, row.line);
    EXPECT_EQ(toUtf8(problems[0].valuePath), row.valuePath);
}

INSTANTIATE_TEST_SUITE_P(Rows, Problems, testing::ValuesIn(rows));

TEST(SchemaProblems, NameTheValueInBothVersionsWords)
{
    const ChartSource one = source();
    const ChartIndex index(one, {}, chart::HelmVersion::V4);
    const ProblemPlacer placer(index, [](std::string_view path) { return path == "canary" ? ChartPlace {toQString("values.yaml"), 4} : ChartPlace(); });
    const std::string start = "values don't meet the specifications of the schema(s) in the following chart(s):\n";
    const QList<ChartProblem> four = placer.ofError(
        start + "checkout:\n- at '': missing property 'need'\n- at '/canary/steps/0': maximum: got 50, want 10\nredis:\n- at '/size': got number, want string\n");
    ASSERT_EQ(four.size(), 3);
    EXPECT_EQ(toUtf8(four[0].message), "missing property 'need'");
    EXPECT_EQ(toUtf8(four[1].valuePath), "canary.steps[0]");
    EXPECT_EQ(four[1].line, 4); // of the nearest map above that is written somewhere
    EXPECT_EQ(toUtf8(four[2].valuePath), "cache.size");
    const QList<ChartProblem> three = placer.ofError(start + "checkout:\n- (root): need is required\n- canary.steps.0: Must be less than or equal to 10\n");
    ASSERT_EQ(three.size(), 2);
    EXPECT_EQ(toUtf8(three[0].valuePath), "");
    EXPECT_EQ(toUtf8(three[1].valuePath), "canary.steps[0]");
}

TEST(Messages, OnlyWarningsCount)
{
    EXPECT_EQ(toUtf8(ProblemPlacer::ofMessage("coalesce.go:301: warning: destination for a.b is a table").message), "destination for a.b is a table");
    EXPECT_EQ(ProblemPlacer::ofMessage("level=WARN msg=\"cannot overwrite table\" k=v").severity, Severity::Warning);
    EXPECT_TRUE(ProblemPlacer::ofMessage("level=INFO msg=hello").message.isEmpty());
}

TEST(Index, KnowsItsWayThroughAliases)
{
    const ChartSource one = source();
    const ChartIndex index(one, {}, chart::HelmVersion::V4);
    EXPECT_EQ(index.fileOfTemplate("checkout/templates/a.yaml"), "templates/a.yaml");
    EXPECT_EQ(index.fileOfTemplate("checkout/charts/cache/templates/a.yaml"), "charts/redis-1.tgz/templates/a.yaml");
    EXPECT_EQ(index.fileOfTemplate("checkout/charts/unknown/templates/a.yaml"), "charts/unknown/templates/a.yaml");
    EXPECT_EQ(index.fileOfTemplate(""), "");
    EXPECT_EQ(index.templatesOfFile("charts/redis-1.tgz/templates/a.yaml"), std::vector<std::string> {"checkout/charts/cache/templates/a.yaml"});
    EXPECT_EQ(index.valuesPrefix("charts/redis-1.tgz"), "cache.");
    EXPECT_EQ(index.valuesPrefixOfName("redis"), "cache.");
    EXPECT_EQ(index.chartFolderOf("charts/redis-1.tgz/values.yaml"), "charts/redis-1.tgz");
    EXPECT_EQ(index.chartFolderOf("templates/a.yaml"), "");
}

TEST(Paths, AreFoundByLine)
{
    const auto lines = pathsByLine("a:\n  b.c: 1\n  list:\n  - x: 1\n  - 2\ntext: |\n  one\n  two\nend: 1\n");
    EXPECT_EQ(lines.at(1), "a");
    EXPECT_EQ(lines.at(2), "a.b\\.c");
    EXPECT_EQ(lines.at(4), "a.list[0].x");
    EXPECT_EQ(lines.at(5), "a.list[1]");
    EXPECT_EQ(lines.at(7), "text");
    EXPECT_EQ(lines.at(9), "end");
    EXPECT_TRUE(pathsByLine("a: [").empty());
}

} // namespace
