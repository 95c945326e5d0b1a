#include "core/chart/json_path.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>

using namespace fairway;
using chart::JsonPath;

namespace {

constexpr std::string_view data = R"(a: 1
b: {c: d, "x.y": z, arr: [1, 2, 3], n: null}
list:
- {name: p, port: 80, tags: [x, y]}
- {name: q, port: 81}
f: 1.5
t: true
s: hi
)";

std::string printed(std::string_view expression)
{
    const Result<value::Value> root = value::parseYaml(data, {.numbers = value::NumberStyle::Helm});
    const Result<JsonPath> path = JsonPath::parse(expression);
    if (!path)
        return "parsing: " + path.error().message;
    const Result<std::string> text = path->print(root.value());
    return text ? *text : "printing: " + text.error().message;
}

} // namespace

// What helm show values --jsonpath prints; where it prints nothing, the reason that client-go has for it.
TEST(JsonPath, PrintsAsClientGo)
{
    const struct {
        std::string_view expression;
        std::string_view wanted;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"x{.a}y{.b.c}z", "x1ydz"},
        {"{}", R"({"a":1,"b":{"arr":[1,2,3],"c":"d","false":null,"x.y":"z"},"f":1.5,"list":[{"name":"p","port":80,"tags":["x",true]},{"name":"q","port":81}],"s":"hi","t":true})"},
        {"{.b.arr}", "[1,2,3]"},
        {"{$.a}", "1"},
        {"{@.a}", "1"},
        {"{ .a }", "1"},
        {"{\"a\\tb\"}{'q'}", "a\tbq"},
        {"{.b.x\\.y}", "z"},
        {"{['a','s']}", "1 hi"},
        {"{.b.arr[-1]}", "3"},
        {"{.b.arr[::2]}", "1 3"},
        {"{.b.arr[1:]} {.b.arr[:1]} {.b.arr[-2:]}", "2 3 1 2 3"},
        {"{.list[]}", R"({"name":"p","port":80,"tags":["x",true]})"},
        {"{.list[*].name}", "p q"},
        {"{.list[0,1].name}", "p q"},
        {"{.list[0].*}", R"(p 80 ["x",true])"},
        {"{.s.*}", "104 105"},
        {"{..port}", "80 81"},
        {"{.list[?(@.name==\"p\")].port}", "80"},
        {"{.list[?(@.name!='p')].name}", "q"},
        {"{.list[?(@.port==80.0)].name}", "p"},
        {"{.list[?(@.port>80.5)].name}", "q"},
        {"{.list[?(@.tags)].name}", "p"},
        {"{.list[?(1==1)].name}", "p q"},
        {"{range .list[*]}{.name}={.port};{end}!", "p=80;q=81;!"},
        {"{range .b.arr[*]}{range .}{@}{end},{end}", "printing:  is not found"},
        {"{range .list[*]}x", "xxx"},
        {"{range .b.arr[2:2]}x{end}y", "y"},
        {"{true}{1}{1.5}", "true11.5"},
        {"{.none}", "printing: none is not found"},
        {"{.b['x.y']}", "printing: x is not found"},
        {"{.list[?(@.port==80)].name}", "printing: incompatible types for comparison"},
        {"{.list[?(@.port<>80.0)].name}", "printing: unrecognized filter operator <>"},
        {"{.b.arr[5]}", "printing: array index out of bounds: index 5, length 3"},
        {"{.b.arr[2:1]}", "printing: starting index 2 is greater than ending index 1"},
        {"{.b.arr[0:3:0]}", "printing: step must be > 0"},
        {"{.s[0]}", "printing: string is not array or slice"},
        {"{end}", "printing: not in range, nothing to end"},
        {"{nothing}", "printing: unrecognized identifier nothing"},
        {"{", "parsing: unclosed action"},
        {"{.a", "parsing: unclosed action"},
        {"{.a\n}", "parsing: unclosed action"},
        {"{#}", "parsing: unrecognized character in action: U+0023 '#'"},
        {"{.list[a]}", "parsing: invalid array index a"},
        {"{.list[0}", "parsing: unterminated array"},
        {"{.b.arr[99999999999999999999]}", "parsing: array index 99999999999999999999 is not a number"},
        {"{.list[?(@.a}", "parsing: unterminated filter"},
        {"{.list[?(@.a)x}", "parsing: unclosed array expect ]"},
        {"{.list[?(@.name=~\"p\")]}", "parsing: unrecognized character in action: U+007E '~'"},
        {"{\"a}", "parsing: unterminated quoted string"},
        {"{\"\\z\"}", "parsing: unquote string \"\\z\" error invalid syntax"},
        {"{+}", "parsing: cannot parse number +"},
        {"{....a}", "parsing: invalid multiple recursive descent"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(printed(row.expression), row.wanted) << row.expression;
}

TEST(JsonPath, RefusesWhatIsNestedWithoutEnd)
{
    std::string deep = "@";
    for (int i = 0; i < 200; ++i)
        deep = "@.a[?(" + deep + ")]"; // NOLINT(performance-inefficient-string-concatenation): two hundred times
    EXPECT_FALSE(JsonPath::parse("{" + deep + "}"));
}
