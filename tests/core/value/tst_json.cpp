#include "core/base/random.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

#include <limits>

using namespace fairway::value;
using fairway::ErrorCode;

namespace {

struct Good {
    const char *name;
    const char *text;
    const char *compact;
};

struct Bad {
    const char *name;
    std::string text;
    const char *message;
};

} // namespace

TEST(Json, readsAndWritesBack)
{
    const Good rows[] = {
        {"nothing but null", "null", "null"},
        {"words", " [true,false , null]\n", "[true,false,null]"},
        {"whole numbers keep 64 bits", "[9223372036854775807,-9223372036854775808]",
            "[9223372036854775807,-9223372036854775808]"},
        {"a longer number becomes a float", "12345678901234567890", "12345678901234567000"},
        {"a float that is whole", "[1.0,1e3,-0.0]", "[1,1000,-0]"},
        {"exponents as in Go", "[1e21,1e20,1e-6,1e-7,123456789.5]", "[1e+21,100000000000000000000,0.000001,1e-7,123456789.5]"},
        {"too small is zero", "1e-999", "0"},
        {"members in byte order, the last of a key", R"({"b":1,"a":2,"B":3,"b":4})", R"({"B":3,"a":2,"b":4})"},
        {"escapes", R"("\u00e9\n\t\u0001\"\\\/\ud83d\ude00")", "\"\u00e9\\n\\t\\u0001\\\"\\\\/\U0001F600\""},
        {"separators of lines stay escaped", "\"\u2028\u2029\"", R"("\u2028\u2029")"},
        {"empty ones", R"({"a":{},"b":[]})", R"({"a":{},"b":[]})"},
        {"an empty key", R"({"":1})", R"({"":1})"},
    };
    for (const Good &row : rows) {
        const auto value = parseJson(row.text);
        ASSERT_TRUE(value) << row.name << ": " << value.error().message;
        EXPECT_EQ(toJson(*value), row.compact) << row.name;
    }
}

TEST(Json, refusesWhatIsNoJson)
{
    const Bad rows[] = {
        {"nothing", "", "the text is empty"},
        {"white space", " \n\t", "the text is empty"},
        {"an unclosed list", "[1", ""},
        {"an unclosed map", "{\"a\":1", ""},
        {"a missing comma", "{\"a\":1\n\"b\":2}", "line 2"},
        {"a comma too many in a list", "[1,]", ""},
        {"a comma too many in a map", "{\"a\":1,}", ""},
        {"a key without quotes", "{a:1}", ""},
        {"a key that is a number", "{1:1}", ""},
        {"single quotes", "['a']", ""},
        {"a leading zero", "[\n 012]", "line 2, column 2"},
        {"a plus", "+1", ""},
        {"a point without digits", "[1.]", "number"},
        {"hexadecimal", "[0x10]", "number"},
        {"not a number", "NaN", ""},
        {"a misspelt word", "[ture]", "line 1, column 2"},
        {"two documents", "{} {}", "follows"},
        {"garbage behind a number", "1 x", ""},
        {"garbage behind a string", "\"a\" x", ""},
        {"a raw line break in a string", "[\"a\nb\"]", ""},
        {"a lone surrogate", R"(["\ud800"])", ""},
        {"a bad escape", R"(["\x41"])", ""},
        {"bytes that are no UTF-8", "[\"\xff\"]", "UTF-8"},
        {"an answer of a proxy", "<html><body>Bad gateway</body></html>", ""},
        {"a number out of range", "[1e999]", "range"},
    };
    for (const Bad &row : rows) {
        const auto value = parseJson(row.text);
        ASSERT_FALSE(value) << row.name << ": " << toJson(*value);
        EXPECT_EQ(value.error().code, ErrorCode::InvalidInput) << row.name;
        EXPECT_NE(value.error().message.find(row.message), std::string::npos) << row.name << ": " << value.error().message;
    }
}

TEST(Json, everyCutOfADocumentIsRefused)
{
    const std::string text = R"({"a":[1,2.5,{"b":"c\u00e9"}],"d":null,"e":true})";
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_FALSE(parseJson(std::string_view(text).substr(0, size))) << size;
}

TEST(Json, limitsHold)
{
    EXPECT_EQ(parseJson("[1,2,3]", {.maxBytes = 6}).error().code, ErrorCode::LimitExceeded);
    const std::string deep = std::string(512, '[') + std::string(512, ']');
    EXPECT_TRUE(parseJson(deep));
    const auto deeper = parseJson("[" + deep + "]");
    ASSERT_FALSE(deeper);
    EXPECT_EQ(deeper.error().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(parseJson(std::string(100'000, '[') + std::string(100'000, ']')).error().code, ErrorCode::LimitExceeded);
}

TEST(Json, helmReadsEveryNumberAsFloat)
{
    const auto value = parseJson("[1,2.5]", {.numbers = NumberStyle::Helm});
    ASSERT_TRUE(value);
    EXPECT_TRUE((*value)[0].isFloat());
    const auto object = parseJson("[1,2.5]");
    EXPECT_TRUE((*object)[0].isInt());
    EXPECT_EQ((*object)[0].origin(), Origin::Int64);
}

TEST(Json, indentsAsGo)
{
    const Value value = Value::map({{"a", Value::list({1, Value::map()})}, {"b", Value::list()}});
    EXPECT_EQ(toJson(value, JsonStyle::Indented), "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
    EXPECT_EQ(toJson(Value::map({{"a", 1}}), JsonStyle::IndentedWide), "{\n    \"a\": 1\n}");
}

TEST(Json, escapesForHtmlWhenAsked)
{
    EXPECT_EQ(toJson(Value("<a&b>"), JsonStyle::Compact, JsonEscape::Html), "\"\\u003ca\\u0026b\\u003e\"");
    EXPECT_EQ(toJson(Value("<a&b>")), "\"<a&b>\"");
}

TEST(Json, writesWhatIsNoUtf8AndNoNumber)
{
    EXPECT_EQ(toJson(Value("a\xff\xc3")), "\"a\\ufffd\\ufffd\"");
    EXPECT_EQ(toJson(Value(std::numeric_limits<double>::quiet_NaN())), "null");
}

TEST(Json, floatsReadBackTheSame)
{
    fairway::Random random(7);
    for (int i = 0; i < 20000; ++i) {
        const double number = (random.unit() - 0.5) * (random.below(2) == 0 ? 1e-9 : 1e25);
        const auto back = parseJson(toJson(Value(number)));
        ASSERT_TRUE(back);
        // Whole ones come back as integers where they fit.
        EXPECT_EQ(back->asFloat(), number);
    }
}
