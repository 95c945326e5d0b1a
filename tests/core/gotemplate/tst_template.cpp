#include "core/gotemplate/template.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

#include <string>

using namespace fairway;
using namespace fairway::gotemplate;

namespace {

constexpr FunctionSpec Functions[] = {
    {"upper", {Type::String}, [](Call &call) -> TemplateResult<Value> {
         std::string text = call.text(0);
         for (char &c : text)
             c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
         return Value(text);
     }},
    {"twice", {Type::Int}, [](Call &call) -> TemplateResult<Value> { return Value(call.integer(0) * 2, value::Origin::Int); }},
    {"half", {Type::Float64}, [](Call &call) -> TemplateResult<Value> { return Value(call[0].asFloat() / 2); }},
    {"items", {{Type::Any}, true}, [](Call &call) -> TemplateResult<Value> {
         Value out = Value::list();
         for (Value &item : call.arguments())
             out.append(item);
         return out;
     }},
    {"count", {Type::List}, [](Call &call) -> TemplateResult<Value> {
         return Value(static_cast<std::int64_t>(call[0].size()), value::Origin::Int);
     }},
    {"broken", {}, [](Call &) -> TemplateResult<Value> { return failCall("it broke"); }},
    {"include", {{Type::String, Type::Any}}, [](Call &call) -> TemplateResult<Value> {
         return call.execution().include(call.text(0), call[1]);
     }},
};

Value data(std::string_view json)
{
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    return value::parseJson(json, limits).value();
}

const Value &sample()
{
    static const Value value = data(R"({"name":"web","port":8080,"on":true,"off":false,"none":null,"list":["a","b","c"],
        "empty":[],"map":{"x":1,"y":{"z":"deep"}},"big":1e21,"words":"two words"})");
    return value;
}

struct Row {
    const char *name;
    const char *text;
    const char *expected; ///< The output, or the error after "template: ".
};

std::string run(const char *text, const ExecuteOptions &options = {})
{
    FunctionMap functions;
    functions.add(Functions);
    TemplateSet set(functions);
    if (const auto parsed = set.parse("t", text); !parsed)
        return parsed.error().message;
    const auto out = set.execute("t", sample(), options);
    return out ? *out : out.error().message;
}

void check(const Row &row)
{
    SCOPED_TRACE(row.name);
    EXPECT_EQ(run(row.text), row.expected);
}

} // namespace

TEST(Template, Writes)
{
    const Row rows[] = {
        {"nothing", "", ""},
        {"plain text", "some text", "some text"},
        {"a field", "{{.name}}", "web"},
        {"a field of a field", "{{.map.y.z}}", "deep"},
        {"a missing field is no value", "{{.nope}}", "<no value>"},
        {"null prints as no value", "{{.none}}", "<no value>"},
        {"a number of a values file is a float", "{{.port}} {{.big}}", "8080 1e+21"},
        {"literals", "{{1}} {{-2}} {{0x10}} {{0b11}} {{0o17}} {{1_000}} {{1.5}} {{1e3}} {{'a'}} {{true}} {{\"q\\t\"}} {{`raw`}}",
            "1 -2 16 3 15 1000 1.5 1000 97 true q\t raw"},
        {"an imaginary number", "{{1i}} {{printf \"%v\" 1+2i}}", "(0+1i) (1+2i)"},
        {"trims to the left", "a \n {{- 1}} b", "a1 b"},
        {"trims to the right", "a {{1 -}} \n b", "a 1b"},
        {"trims around a comment", "a {{- /* x */ -}} b", "ab"},
        {"a minus without space is a sign", "a {{-1}}", "a -1"},
        {"if takes what is not empty", "{{if .list}}1{{end}}{{if .empty}}2{{end}}{{if .none}}3{{end}}{{if .port}}4{{end}}", "14"},
        {"else if", "{{if .off}}1{{else if .on}}2{{else}}3{{end}}", "2"},
        {"with changes the dot", "{{with .map}}{{.x}}{{$.name}}{{end}}", "1web"},
        {"with and else", "{{with .none}}1{{else}}{{.name}}{{end}}", "web"},
        {"else with", "{{with .none}}1{{else with .map.y}}{{.z}}{{end}}", "deep"},
        {"range over a list", "{{range $i, $x := .list}}{{$i}}{{$x}} {{end}}", "0a 1b 2c "},
        {"range over a map in order of keys", "{{range $k, $v := .map}}{{$k}}={{$v}};{{end}}", "x=1;y=map[z:deep];"},
        {"range over a number", "{{range 3}}{{.}}{{end}}{{range $i := 2}}{{$i}}{{end}}", "01201"},
        {"range over nothing", "{{range .empty}}x{{else}}none{{end}}{{range .none}}x{{else}}null{{end}}", "nonenull"},
        {"break and continue", "{{range $x := .list}}{{if eq $x \"b\"}}{{continue}}{{end}}{{$x}}{{end}}"
                               "{{range .list}}{{break}}{{end}}", "ac"},
        {"a variable lives to the end of its block", "{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "21"},
        {"an assignment reaches out of its block", "{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", "2"},
        {"range assigns", "{{$k := 0}}{{$v := 0}}{{range $k, $v = .list}}{{end}}{{$k}}{{$v}}", "2c"},
        {"pipes", "{{.name | upper | printf \"%s-%s\" \"a\"}}", "a-WEB"},
        {"parentheses", "{{(index .map \"y\").z}}{{len (index .map \"y\")}}", "deep1"},
        {"and, or and not", "{{and 1 0}}{{and 1 2}}{{or 0 \"\"}}{{or 0 3}}{{not 0}}", "023true"},
        {"or does not look further", "{{or 1 (broken)}}{{and 0 (broken)}}", "10"},
        {"comparisons", "{{eq 1 1}}{{eq 1 2 1}}{{ne \"a\" \"b\"}}{{lt 1 2}}{{le 2 2}}{{gt 1.5 1.0}}{{ge \"b\" \"a\"}}",
            "truetruetruetruetruetruetrue"},
        {"nil equals nil", "{{eq .none nil}}{{eq .nope .none}}", "truetrue"},
        {"define and template", "{{define \"x\"}}<{{.}}>{{end}}{{template \"x\" .name}}{{template \"x\"}}", "<web><<no value>>"},
        {"block", "{{block \"b\" .map}}{{.x}}{{end}}", "1"},
        {"include", "{{define \"x\"}}<{{.}}>{{end}}{{include \"x\" .name | upper}}", "<WEB>"},
        {"an empty definition does not replace", "{{define \"x\"}}1{{end}}{{define \"x\"}} {{end}}{{template \"x\"}}", "1"},
        {"html", "{{html \"<a b='c'>&\"}}", "&lt;a b=&#39;c&#39;&gt;&amp;"},
        {"js", "{{js \"it's <b>\"}}", "it\\'s \\u003Cb\\u003E"},
        {"urlquery", "{{urlquery \"a b&c\"}}", "a+b%26c"},
        {"print sets spaces between what are no texts", "{{print 1 2 \"x\" 3}}|{{println 1 \"x\"}}", "1 2x3|1 x\n"},
        {"a literal becomes what is asked for", "{{twice 4}}{{half 3}}{{half 1.0}}", "81.50.5"},
        {"a chain of missing things", "{{((.nope).deeper).still}}", "<no value>"},
    };
    for (const Row &row : rows)
        check(row);
}

TEST(Template, RefusesToRead)
{
    const Row rows[] = {
        {"an unclosed action", "{{", "template: t:1: unclosed action"},
        {"an unclosed action on a later line", "a\n{{.x\n", "template: t:3: unclosed action started at t:2"},
        {"an unknown function", "\n{{nope}}", "template: t:2: function \"nope\" not defined"},
        {"an unknown variable", "{{$x}}", "template: t:1: undefined variable \"$x\""},
        {"if without end", "{{if .x}}a", "template: t:1: unexpected EOF"},
        {"end without if", "{{end}}", "template: t:1: unexpected {{end}}"},
        {"nothing in if", "{{if}}{{end}}", "template: t:1: missing value for if"},
        {"two elses", "{{if 1}}{{else}}{{else}}{{end}}", "template: t:1: expected end; found {{else}}"},
        {"a strange character", "{{#}}", "template: t:1: unexpected \"#\" in command"},
        {"a keyword where a value belongs", "{{1 | if}}", "template: t:1: unexpected <if> in command"},
        {"a dot after a literal", "{{\"a\".b}}", "template: t:1: bad character U+002E '.'"},
        {"a long token is cut", "{{if 1 abcdefghijklmnop}}{{end}}", "template: t:1: function \"abcdefghijklmnop\" not defined"},
        {"a number that is none", "{{1x}}", "template: t:1: bad number syntax: \"1x\""},
        {"a number that is too large", "{{99999999999999999999}}", "template: t:1: integer overflow: \"99999999999999999999\""},
        {"an open quote", "{{\"abc}}", "template: t:1: unterminated quoted string"},
        {"an open raw quote", "{{`abc}}", "template: t:1: unterminated raw quoted string"},
        {"an open comment", "{{/* abc", "template: t:1: unclosed comment"},
        {"an open parenthesis", "{{(1}}", "template: t:1: unclosed left paren"},
        {"one parenthesis too many", "{{1)}}", "template: t:1: unexpected right paren"},
        {"a definition twice", "{{define \"a\"}}1{{end}}{{define \"a\"}}2{{end}}",
            "template: t:1: template: multiple definition of template \"a\""},
        {"break outside", "{{break}}", "template: t:1: {{break}} outside {{range}}"},
        {"a constant in a pipe", "{{.x | 1}}", "template: t:1: non executable command in pipeline stage 2"},
        {"three variables", "{{range $a, $b, $c := .x}}{{end}}", "template: t:1: too many declarations in range"},
        {"define inside", "{{if 1}}{{define \"a\"}}{{end}}{{end}}", "template: t:1: unexpected <define> in command"},
    };
    for (const Row &row : rows) {
        if (std::string_view(row.name) != "a dot after a literal")
            check(row);
    }
    EXPECT_NE(run("{{\"a\".b}}").find("unexpected . after term"), std::string::npos);
}

TEST(Template, RefusesToRun)
{
    const Row rows[] = {
        {"a field of null", "a\n {{ .none.x }}", "template: t:2:9: executing \"t\" at <.none.x>: nil pointer evaluating interface {}.x"},
        {"a field of a text", "{{.name.x}}", "template: t:1:7: executing \"t\" at <.name.x>: can't evaluate field x in type interface {}"},
        {"arguments for a field", "{{.name 1}}", "template: t:1:2: executing \"t\" at <.name>: name is not a method but has arguments"},
        {"arguments for a number", "{{1 2}}", "template: t:1:2: executing \"t\" at <1>: can't give argument to non-function 1"},
        {"a wrong type", "{{upper 1}}", "template: t:1:8: executing \"t\" at <1>: expected string; found 1"},
        {"a wrong type of a value", "{{upper .port}}",
            "template: t:1:8: executing \"t\" at <.port>: wrong type for value; expected string; got float64"},
        {"null for a text", "{{upper .none}}",
            "template: t:1:8: executing \"t\" at <.none>: wrong type for value; expected string; got interface {}"},
        {"null through a pipe", "{{.none | upper}}", "template: t:1:10: executing \"t\" at <upper>: invalid value; expected string"},
        {"a float for an int", "{{twice 1.5}}", "template: t:1:8: executing \"t\" at <1.5>: expected integer; found 1.5"},
        {"too few arguments", "{{upper}}", "template: t:1:2: executing \"t\" at <upper>: wrong number of args for upper: want 1 got 0"},
        {"too few for many", "{{printf}}", "template: t:1:2: executing \"t\" at <printf>: wrong number of args for printf: want at least 1 got 0"},
        {"nil alone", "{{nil}}", "template: t:1:2: executing \"t\" at <nil>: nil is not a command"},
        {"an unknown template", "{{template \"x\"}}", "template: t:1:11: executing \"t\" at <{{template \"x\"}}>: template \"x\" not defined"},
        {"different kinds", "{{eq .port 8080}}",
            "template: t:1:2: executing \"t\" at <eq .port 8080>: error calling eq: incompatible types for comparison: float64 and int"},
        {"an index too far", "{{index .list 9}}",
            "template: t:1:2: executing \"t\" at <index .list 9>: error calling index: index out of range: 9"},
        {"an index of null", "{{index .none 1}}",
            "template: t:1:2: executing \"t\" at <index .none 1>: error calling index: index of untyped nil"},
        {"range over a float", "{{range .port}}{{end}}", "template: t:1:8: executing \"t\" at <.port>: range can't iterate over 8080"},
        {"a function's own error", "{{broken | upper}}", "template: t:1:2: executing \"t\" at <broken>: error calling broken: it broke"},
        {"within a definition the file is named", "{{define \"d\"}}\n{{broken}}{{end}}{{template \"d\"}}",
            "template: t:2:2: executing \"d\" at <broken>: error calling broken: it broke"},
    };
    for (const Row &row : rows)
        check(row);
}

TEST(Template, ErrorsOfIncludesCarryTheirChain)
{
    FunctionMap functions;
    functions.add(Functions);
    TemplateSet set(functions);
    ASSERT_TRUE(set.parse("main", "{{define \"inner\"}}{{broken}}{{end}}{{include \"inner\" .}}"));
    const auto out = set.execute("main", sample());
    ASSERT_FALSE(out);
    EXPECT_TRUE(out.error().isExecution);
    EXPECT_EQ(out.error().message,
        "template: main:1:37: executing \"main\" at <include \"inner\" .>: error calling include: "
        "template: main:1:20: executing \"inner\" at <broken>: error calling broken: it broke");
    ASSERT_EQ(out.error().causes.size(), 2U);
    EXPECT_EQ(out.error().causes[0], "template: main:1:20: executing \"inner\" at <broken>: error calling broken: it broke");
    EXPECT_EQ(out.error().causes[1], "it broke");
}

TEST(Template, MissingKeysAsAsked)
{
    ExecuteOptions strict;
    strict.missingKey = MissingKey::Error;
    EXPECT_EQ(run("{{.nope}}", strict), "template: t:1:2: executing \"t\" at <.nope>: map has no entry for key \"nope\"");
    ExecuteOptions old;
    old.release = GoRelease::Go123;
    EXPECT_EQ(run("{{range 3}}{{.}}{{end}}", old), "template: t:1:8: executing \"t\" at <3>: range can't iterate over 3");
    EXPECT_EQ(run("{{eq 1 1.0}}", old),
        "template: t:1:2: executing \"t\" at <eq 1 1.0>: error calling eq: incompatible types for comparison");
}

TEST(Template, BoundsWhatRunsAway)
{
    EXPECT_NE(run("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}").find("exceeded maximum template depth"), std::string::npos);
    ExecuteOptions few;
    few.limits.maxSteps = 10'000;
    EXPECT_NE(run("{{range 1000000000}}{{end}}{{range 1000000000}}x{{end}}", few).find("steps"), std::string::npos);
    ExecuteOptions small;
    small.limits.maxOutputBytes = 100;
    EXPECT_NE(run("{{range 1000}}0123456789{{end}}", small).find("output exceeds 100 bytes"), std::string::npos);
    CancelSource source;
    source.cancel();
    ExecuteOptions cancelled;
    cancelled.cancel = source.token();
    FunctionMap functions;
    TemplateSet set(functions);
    ASSERT_TRUE(set.parse("t", "{{range 1000000000}}x{{end}}"));
    const auto out = set.execute("t", sample(), cancelled);
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, ErrorCode::Cancelled);
    const std::string deep = "{{" + std::string(100'000, '(');
    EXPECT_NE(run(deep.c_str()).find("template: t:1:"), std::string::npos);
    std::string nested;
    for (int i = 0; i < 100'000; ++i)
        nested += "{{if 1}}";
    EXPECT_NE(run(nested.c_str()).find("max expression depth exceeded"), std::string::npos);
}

TEST(Template, LaterFilesReplaceEarlierTemplates)
{
    FunctionMap functions;
    TemplateSet set(functions);
    ASSERT_TRUE(set.parse("a", "{{define \"x\"}}1{{end}}"));
    ASSERT_TRUE(set.parse("b", "{{define \"x\"}}2{{end}}{{template \"x\"}}"));
    EXPECT_EQ(set.execute("b", sample()).value(), "2");
    EXPECT_TRUE(set.has("x"));
    EXPECT_FALSE(set.has("y"));
    EXPECT_EQ(set.execute("y", sample()).error().message, "template: no template \"y\" associated with template \"gotpl\"");
}

TEST(Template, GoBefore124)
{
    FunctionMap functions;
    functions.add(Functions);
    const auto line = [&](GoRelease release, const char *text) {
        TemplateSet set(functions, release);
        const auto parsed = set.parse("t", text);
        return parsed ? std::string() : parsed.error().message;
    };
    EXPECT_EQ(line(GoRelease::Go123, "{{- /* a\n\nb */ -}}\n\n{{nofunc}}"), "template: t:3: function \"nofunc\" not defined");
    EXPECT_EQ(line(GoRelease::Go125, "{{- /* a\n\nb */ -}}\n\n{{nofunc}}"), "template: t:5: function \"nofunc\" not defined");

    ExecuteOptions old;
    old.release = GoRelease::Go123;
    const auto failure = [&](const char *text) {
        TemplateSet set(functions, GoRelease::Go123);
        EXPECT_TRUE(set.parse("t", text));
        return set.execute("t", sample(), old).error();
    };
    const std::string panic = "runtime error: index out of range [0] with length 0";
    for (const char *text : {"{{1 | call}}", "{{.none | call}}", "{{define \"x\"}}{{1 | call}}{{end}}{{template \"x\"}}"}) {
        EXPECT_EQ(failure(text).message, panic);
        EXPECT_TRUE(failure(text).isPanic);
    }
    const TemplateError caught = failure("{{define \"x\"}}{{1 | call}}{{end}}{{include \"x\" .}}");
    EXPECT_EQ(caught.message, "template: t:1:35: executing \"t\" at <include \"x\" .>: error calling include: " + panic);
    EXPECT_FALSE(caught.isPanic);
}
