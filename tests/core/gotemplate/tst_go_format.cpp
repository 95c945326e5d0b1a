#include "core/gotemplate/go_format.h"
#include "core/gotemplate/go_quote.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

using namespace fairway::gotemplate;

namespace {

struct Row {
    const char *format;
    std::vector<Value> arguments;
    const char *expected;
};

} // namespace

// Expectations are those of Go's own fmt.
TEST(GoFormat, Verbs)
{
    const double infinite = std::numeric_limits<double>::infinity();
    const Row rows[] = {
        {"%d", {Value(42)}, "42"},
        {"%5d|%-5d|%05d|%+d|% d", {Value(42), Value(42), Value(42), Value(42), Value(42)}, "   42|42   |00042|+42| 42"},
        {"%.5d|%x|%X|%#x|%o|%O|%b|%c|%q|%U|%#U", {Value(42), Value(255), Value(255), Value(255), Value(8), Value(8), Value(5),
             Value(65), Value(65), Value(0x1F600), Value(0x41)}, "00042|ff|FF|0xff|10|0o10|101|A|'A'|U+1F600|U+0041 'A'"},
        {"%v %s %q %x %X %-6s|%6s|%.2s", {Value("ab"), Value("ab"), Value("a\"b"), Value("hi"), Value("hi"), Value("ab"), Value("ab"),
             Value("abc")}, "ab ab \"a\\\"b\" 6869 6869 ab    |    ab|ab"},
        {"%f %.2f %e %g %G %6.1f|%-8.2f|%08.3f %+.1f", {Value(1.5), Value(2.345), Value(123456.789), Value(1e21), Value(1e-7),
             Value(3.14159), Value(2.5), Value(-3.14159), Value(2.0)},
            "1.500000 2.35 1.234568e+05 1e+21 1E-07    3.1|2.50    |-003.142 +2.0"},
        {"%v %v %v", {Value(infinite), Value(-infinite), Value(std::numeric_limits<double>::quiet_NaN())}, "+Inf -Inf NaN"},
        {"%t %v", {Value(true), Value(false)}, "true false"},
        {"%d", {Value("x")}, "%!d(string=x)"},
        {"%s", {Value(7)}, "%!s(int=7)"},
        {"%d", {Value(1.5)}, "%!d(float64=1.5)"},
        {"%d %s", {Value(1)}, "1 %!s(MISSING)"},
        {"%d", {Value(1), Value("x"), Value()}, "1%!(EXTRA string=x, <nil>)"},
        {"%!", {}, "%!!(MISSING)"},
        {"%", {}, "%!(NOVERB)"},
        {"100%%", {}, "100%"},
        {"%[2]s %[1]s", {Value("a"), Value("b")}, "b a"},
        {"%[3]s", {Value("a")}, "%!s(BADINDEX)"},
        {"%*d|%-*d", {Value(4), Value(7), Value(4), Value(7)}, "   7|7   "},
        {"%v %s %d", {Value(), Value(), Value()}, "<nil> %!s(<nil>) %!d(<nil>)"},
        {"%T %T %T %T %T", {Value(), Value(1), Value(1.0), Value("s"), Value(true)}, "<nil> int float64 string bool"},
        {"%v %v", {Value::list({Value(1), Value("a"), Value()}), Value::map({{"b", Value(1)}, {"a", Value("x")}})},
            "[1 a <nil>] map[a:x b:1]"},
        {"%q %#v %T", {Value::list({Value("a"), Value("b")}), Value::list({Value("a"), Value(1)}), Value::map()},
            "[\"a\" \"b\"] []interface {}{\"a\", 1} map[string]interface {}"},
        {"%x", {Value(1.5)}, "0x1.8p+00"},
        {"%6.2f%%", {Value(12.345)}, " 12.35%"},
        {"%#q %+q", {Value("ab"), Value("\xC3\xA9")}, "`ab` \"\\u00e9\""},
    };
    for (const Row &row : rows)
        EXPECT_EQ(goSprintf(row.format, row.arguments), row.expected) << row.format;
}

TEST(GoFormat, MapsThatHoldThemselvesEnd)
{
    Value map = Value::map();
    map.set("self", map);
    EXPECT_LT(goSprint(std::span<const Value>(&map, 1)).size(), 10'000U);
    map.asMap().clear();
}

TEST(GoQuote, QuotesAndUnquotes)
{
    EXPECT_EQ(quote("a\tb\x01\xFF\xC3\xA9\xE2\x80\xA8"), "\"a\\tb\\x01\\xff\xC3\xA9\\u2028\"");
    EXPECT_EQ(unquote(R"("a\tb\x41\101\u00e9\"")"), "a\tbAA\xC3\xA9\"");
    EXPECT_EQ(unquote("`a\\n\r`"), "a\\n");
    for (const char *bad : {"\"", "\"\\q\"", "\"\\x4\"", "\"\\ud800\"", "\"\\400\"", "'a'", "\"a", ""})
        EXPECT_EQ(unquote(bad), std::nullopt) << bad;
}
