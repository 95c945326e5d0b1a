#include "core/value/json.h"
#include "core/value/patch.h"

#include <gtest/gtest.h>

using namespace fairway::value;

namespace {

Value json(const std::string &text)
{
    return parseJson(text).value();
}

} // namespace

TEST(MergePatch, followsTheExamplesOfRfc7396)
{
    const struct {
        const char *target;
        const char *patch;
        const char *result;
    } rows[] = {
        {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
        {R"({"a":"b"})", R"({"a":null})", R"({})"},
        {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
        {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
        {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
        {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
        {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
        {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
        {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
        {R"({"a":"foo"})", "null", "null"},
        {R"({"a":"foo"})", R"("bar")", R"("bar")"},
        {R"({"e":null})", R"({"a":1})", R"({"a":1,"e":null})"},
        {"[1,2]", R"({"a":"b","c":null})", R"({"a":"b"})"},
        {"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
    };
    for (const auto &row : rows) {
        const Value target = json(row.target);
        EXPECT_EQ(toJson(mergePatch(target, json(row.patch))), row.result) << row.target << " + " << row.patch;
        EXPECT_EQ(toJson(target), row.target);
    }
}

TEST(MergePatch, differencesLeadBack)
{
    const char *texts[] = {"{}", R"({"a":1})", R"({"a":{"b":[1,2]},"c":"x"})", R"({"a":{"b":[1,3]},"d":{"e":{}}})", "[1]", "3"};
    for (const char *before : texts) {
        for (const char *after : texts)
            EXPECT_EQ(mergePatch(json(before), diffToMergePatch(json(before), json(after))), json(after)) << before << after;
        EXPECT_EQ(before[0] == '{' ? toJson(diffToMergePatch(json(before), json(before))) : "{}", "{}");
    }
}

TEST(JsonPatch, followsRfc6902)
{
    const struct {
        const char *name;
        const char *target;
        const char *ops;
        const char *result; ///< JSON, or the start of the error.
    } rows[] = {
        {"add a member", R"({"a":1})", R"([{"op":"add","path":"/b","value":2}])", R"({"a":1,"b":2})"},
        {"insert an item", "[1,3]", R"([{"op":"add","path":"/1","value":2}])", "[1,2,3]"},
        {"append", "[1]", R"([{"op":"add","path":"/-","value":2}])", "[1,2]"},
        {"replace the root", "{}", R"([{"op":"replace","path":"","value":[]}])", "[]"},
        {"remove", R"({"a":1,"b":2})", R"([{"op":"remove","path":"/a"}])", R"({"b":2})"},
        {"remove an item", "[1,2,3]", R"([{"op":"remove","path":"/1"}])", "[1,3]"},
        {"move", R"({"a":{"b":1},"c":{}})", R"([{"op":"move","from":"/a/b","path":"/c/d"}])", R"({"a":{},"c":{"d":1}})"},
        {"copy", R"({"a":[1]})", R"([{"op":"copy","from":"/a","path":"/b"},{"op":"add","path":"/b/-","value":2}])",
            R"({"a":[1],"b":[1,2]})"},
        {"a test that holds", R"({"a":1})", R"([{"op":"test","path":"/a","value":1.0},{"op":"remove","path":"/a"}])", "{}"},
        {"escaped keys", R"({"a/b":{"~":1}})", R"([{"op":"replace","path":"/a~1b/~0","value":2}])", R"({"a/b":{"~":2}})"},
        {"add null", "{}", R"([{"op":"add","path":"/a","value":null}])", R"({"a":null})"},
        {"a test that fails", R"({"a":1})", R"([{"op":"test","path":"/a","value":2}])", "op 0 (test /a): the value is another"},
        {"an index too far", "[]", R"([{"op":"add","path":"/1","value":2}])", "op 0 (add /1): no such index"},
        {"an index with a zero in front", "[1,2]", R"([{"op":"remove","path":"/01"}])", "op 0 (remove /01): no such member"},
        {"replace what is not there", "{}", R"([{"op":"replace","path":"/x","value":2}])", "op 0 (replace /x): no such member"},
        {"a parent that is not there", "{}", R"([{"op":"add","path":"/x/y","value":2}])", "op 0 (add /x/y): nothing stands at x"},
        {"a parent that is a number", R"({"a":1})", R"([{"op":"add","path":"/a/b","value":2}])",
            "op 0 (add /a/b): the parent is neither"},
        {"a path without a slash", "{}", R"([{"op":"add","path":"x","value":2}])", "op 0 (add x): a path starts with /"},
        {"no value", "{}", R"([{"op":"add","path":"/x"}])", "op 0 (add /x): the value is missing"},
        {"no such op", "{}", R"([{"op":"append","path":"/x","value":1}])", "op 0 (append /x): op must be"},
        {"into itself", R"({"a":{}})", R"([{"op":"move","from":"/a","path":"/a/b"}])", "op 0 (move /a/b): a value can't"},
        {"all or nothing", R"({"a":1})", R"([{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}])", "op 1 (remove /a)"},
        {"no list", "{}", R"({"op":"remove"})", "a JSON patch is a list"},
    };
    for (const auto &row : rows) {
        const Value target = json(row.target);
        const auto result = jsonPatch(target, json(row.ops));
        const std::string text = result ? toJson(*result) : result.error().message;
        EXPECT_EQ(text.substr(0, std::string(row.result).size()), row.result) << row.name;
        EXPECT_EQ(toJson(target), row.target) << row.name;
    }
}

TEST(JsonPatch, copiesCantGrowWithoutMeasure)
{
    std::string ops = "[";
    for (int i = 0; i < 60; ++i)
        ops += std::string(i == 0 ? "" : ",") + R"({"op":"copy","from":"","path":"/a)" + std::to_string(i) + R"("})";
    const auto result = jsonPatch(json(R"({"x":1})"), json(ops + "]"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, fairway::ErrorCode::LimitExceeded);
}

TEST(Changes, nameEveryField)
{
    const auto changes = changesBetween(json(R"({"a":1,"b":[1,2,3],"c":{"x":1},"e/f":0})"),
        json(R"({"b":[1,5],"c":{"x":1,"y":2},"d":null,"e/f":1})"));
    std::string text;
    for (const Change &change : changes) {
        const char kind = change.kind == Change::Kind::Added ? '+' : change.kind == Change::Kind::Removed ? '-' : '~';
        text += kind + change.pointer + " ";
    }
    EXPECT_EQ(text, "-/a ~/b/1 -/b/2 +/c/y +/d ~/e~1f ");
}
