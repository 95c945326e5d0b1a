#include "core/chart/strvals.h"
#include "core/chart/value_options.h"
#include "core/value/json.h"
#include "tests/core/chart/chart_fixture.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::chart;

namespace {

/// The values as JSON, or the error.
std::string outcome(const std::string &base, const std::string &flag, SetStyle style, HelmVersion version = HelmVersion::V4)
{
    value::Value values = test::json(base);
    SetOptions options;
    options.style = style;
    options.version = version;
    options.readFile = [](std::string_view path) -> Result<std::string> {
        if (path == "missing")
            return fail(ErrorCode::NotFound, "open missing: no such file or directory");
        return "<" + std::string(path) + ">";
    };
    const Result<void> done = applySetFlag(flag, values, options);
    return done ? value::toJson(values) : done.error().message;
}

} // namespace

TEST(Strvals, setsTypedValues)
{
    const struct {
        const char *base;
        const char *flag;
        const char *result;
    } rows[] = {
        {"{}", "a=1", R"({"a":1})"},
        {"{}", "a=x,b=y", R"({"a":"x","b":"y"})"},
        {"{}", "a.b.c=true", R"({"a":{"b":{"c":true}}})"},
        {"{}", "a=null", R"({"a":null})"},
        {"{}", "a=007", R"({"a":"007"})"},
        {"{}", "a=0", R"({"a":0})"},
        {"{}", "a=-5,b=+5", R"({"a":-5,"b":5})"},
        {"{}", "a=1.5", R"({"a":"1.5"})"},
        {"{}", "a=9223372036854775808", R"({"a":"9223372036854775808"})"},
        {"{}", "a=TRUE", R"({"a":true})"},
        {"{}", "a=fal\u017Fe", R"({"a":false})"},
        {"{}", "a={x,1,true}", R"({"a":["x",1,true]})"},
        {"{}", "a={}", R"({"a":[""]})"},
        {"{}", "a={x},b=2", R"({"a":["x"],"b":2})"},
        {"{}", "a[2]=x", R"({"a":[null,null,"x"]})"},
        {"{}", "a[0].b=1,a[0].c=2", R"({"a":[{"b":1,"c":2}]})"},
        {"{}", "a[0][1]=x", R"({"a":[[null,"x"]]})"},
        {"{}", "a\\.b=c\\,d", R"({"a.b":"c,d"})"},
        {"{}", "a=b=c", R"({"a":"b=c"})"},
        {"{}", "a=", R"({"a":""})"},
        {"{}", "a=,b=1", R"({"a":"","b":1})"},
        {"{}", "=x", R"({})"},
        {"{}", "", R"({})"},
        {R"({"a":{"b":1,"c":2}})", "a.b=3", R"({"a":{"b":3,"c":2}})"},
        {R"({"a":[1,2]})", "a[1]=x", R"({"a":[1,"x"]})"},
        {R"({"a":["x"]})", "a[0].b=1", R"({"a":[{"b":1}]})"},
        {"{}", "a[0].b=", R"({"a":[]})"},
        {"{}", "a", "key \"a\" has no value"},
        {"{}", "a,b=1", "key \"a\" has no value (cannot end with ,)"},
        {"{}", "a.=1", "key map \"a\" has no value"},
        {"{}", "a={x", "list must terminate with '}'"},
        {"{}", "a[x]=1", "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax"},
        {"{}", "a[99999999999999999999]=1", "error parsing index: strconv.Atoi: parsing \"99999999999999999999\": value out of range"},
        {"{}", "a[-1]=1", "negative -1 index not allowed"},
        {"{}", "a[65537]=1", "index of 65537 is greater than maximum supported index of 65536"},
        {"{}", "a[0]x=1", "unexpected data at end of array index: ['x']"},
        {R"({"a":"x"})", "a.b=1", "unable to parse key: interface conversion: interface {} is string, not map[string]interface {}"},
        {R"({"a":null})", "a[0]=1", "unable to parse key: interface conversion: interface {} is nil, not []interface {}"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(outcome(row.base, row.flag, SetStyle::Typed), row.result) << row.flag;
}

TEST(Strvals, readsTheOtherStyles)
{
    const struct {
        SetStyle style;
        const char *flag;
        const char *result;
    } rows[] = {
        {SetStyle::String, "a=1,b={true,x}", R"({"a":"1","b":["true","x"]})"},
        {SetStyle::File, "a=x,b.c=y", R"({"a":"<x>","b":{"c":"<y>"}})"},
        {SetStyle::File, "a=missing", "open missing: no such file or directory"},
        {SetStyle::Json, R"(a={"b":[1,2]},c="x, y")", R"({"a":{"b":[1,2]},"c":"x, y"})"},
        {SetStyle::Json, "a= ,b=1", R"({"a":null,"b":1})"},
        {SetStyle::Json, "a[1]=[]", R"({"a":[null,[]]})"},
        {SetStyle::Json, "a=x", "no JSON value"},
        {SetStyle::Literal, "a.b=x,y\\,{z}", R"({"a":{"b":"x,y\\,{z}"}})"},
        {SetStyle::Literal, "a[0]=b=c", R"({"a":["b=c"]})"},
        {SetStyle::Literal, "a", "key \"a\" has no value"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(outcome("{}", row.flag, row.style), row.result) << row.flag;
}

TEST(Strvals, endsAnOpenIndexAsEachVersionDoes)
{
    EXPECT_EQ(outcome("{}", "a[0", SetStyle::Typed, HelmVersion::V4), "{}");
    EXPECT_EQ(outcome("{}", "a[0", SetStyle::Typed, HelmVersion::V3), "error parsing index: EOF");
}

TEST(Strvals, isBounded)
{
    std::string names = "a";
    for (int i = 0; i < 31; ++i)
        names += ".a";
    EXPECT_EQ(outcome("{}", names + "=1", SetStyle::Typed), "value name nested level is greater than maximum supported nested level of 30");
    std::string indices = "a";
    for (int i = 0; i < 600; ++i)
        indices += "[0]";
    EXPECT_EQ(outcome("{}", indices + "=1", SetStyle::Typed), "lists inside each other more than 512 deep are not supported");
    std::string lists;
    for (int i = 0; i < 20; ++i)
        lists += "k" + std::to_string(i) + "[65536]=1,";
    EXPECT_EQ(outcome("{}", lists, SetStyle::Typed), "lists of more than 1048576 items in all are not supported");
}

TEST(ValueOptions, mergesInHelmsOrderAndKeepsTheSources)
{
    ValueOptions options;
    options.files = {"one.yaml", "two.yaml"};
    options.values = {"c=set"};
    options.jsonValues = {R"({"b":{"y":2},"c":"json"})"};
    options.literalValues = {"d=x,y"};
    ValueSources sources;
    const auto read = [](std::string_view path) -> Result<std::string> {
        return path == "one.yaml" ? "a: 1\nb:\n  x: 1\n" : "# two\nb:\n  z: 3\n---\na: 2\n";
    };
    const Result<value::Value> values = mergeValueOptions(options, HelmVersion::V4, sources, read);
    ASSERT_TRUE(values) << values.error().message;
    EXPECT_EQ(value::toJson(*values), R"({"a":2,"b":{"x":1,"y":2,"z":3},"c":"set","d":"x,y"})");
    const auto where = [&](const value::Value &item) {
        const ValueSources::Source &source = sources.at(item.position().file);
        return std::string(toString(source.kind)) + " " + source.name + ":" + std::to_string(item.position().line);
    };
    EXPECT_EQ(where((*values)["b"]["x"]), "file one.yaml:3");
    EXPECT_EQ(where((*values)["b"]["z"]), "file two.yaml:3");
    EXPECT_EQ(where((*values)["a"]), "file two.yaml:5");
    EXPECT_EQ(where((*values)["c"]), "--set c=set:1");
}

TEST(ValueOptions, namesTheFlagOrFileThatFails)
{
    const auto outcome = [](ValueOptions options, HelmVersion version = HelmVersion::V4) {
        ValueSources sources;
        const auto values = mergeValueOptions(options, version, sources, [](std::string_view path) -> Result<std::string> {
            if (path == "missing.yaml")
                return fail(ErrorCode::NotFound, "open missing.yaml: no such file or directory");
            return path == "list.yaml" ? "[1]" : "a: b: c";
        });
        return values ? value::toJson(*values) : values.error().message;
    };
    ValueOptions missing;
    missing.files = {"missing.yaml"};
    EXPECT_EQ(outcome(missing), "open missing.yaml: no such file or directory");
    ValueOptions list;
    list.files = {"list.yaml"};
    EXPECT_EQ(outcome(list),
        "failed to parse list.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
        "array into Go value of type map[string]interface {}");
    ValueOptions broken;
    broken.files = {"x"};
    EXPECT_EQ(outcome(broken, HelmVersion::V3),
        "failed to parse x: error converting YAML to JSON: yaml: mapping values are not allowed in this context");
    ValueOptions set;
    set.values = {"a"};
    EXPECT_EQ(outcome(set), "failed parsing --set data: key \"a\" has no value");
    ValueOptions json;
    json.jsonValues = {"{\"a\":"};
    EXPECT_EQ(outcome(json), "failed parsing --set-json data JSON: {\"a\":");
    EXPECT_EQ(outcome(json, HelmVersion::V3), "failed parsing --set-json data {\"a\":");
}
