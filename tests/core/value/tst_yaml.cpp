#include "core/value/json.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

using namespace fairway::value;
using fairway::ErrorCode;

namespace {

struct Row {
    const char *name;
    std::string text;
    std::string expected; ///< Compact JSON, or the error.
};

std::string outcome(const std::string &text, const YamlOptions &options = {})
{
    const auto value = parseYaml(text, options);
    return value ? toJson(*value) : value.error().message;
}

/// Documents of a few hundred bytes that stand for gigabytes.
std::string laughs(int levels)
{
    std::string text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i <= levels; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 0; j < 8; ++j)
            text += "," + before;
        text += "]\n";
    }
    return text;
}

} // namespace

TEST(Yaml, readsByGoRules)
{
    const Row rows[] = {
        {"nothing", "", "null"},
        {"only comments", "# a\n# b\n", "null"},
        {"an empty document", "---\n", "null"},
        {"booleans of YAML 1.1", "[y, Y, yes, Yes, YES, on, On, ON, true, True, TRUE]",
            "[true,true,true,true,true,true,true,true,true,true,true]"},
        {"their opposites", "[n, N, no, off, Off, false, FALSE]", "[false,false,false,false,false,false,false]"},
        {"words that only look so", "[yEs, tRUE, 'yes', \"no\", oN]", R"(["yEs","tRUE","yes","no","oN"])"},
        {"nulls", "[~, null, Null, NULL, '', nUll]", R"([null,null,null,null,"","nUll"])"},
        {"integers", "[0, -1, +1, 1_000, 0x1F, 0X1f, 0o17, 017, 0b11, -0b11, 0x_1f]", "[0,-1,1,1000,31,31,15,15,3,-3,31]"},
        {"a leading zero that is no octal", "[09, 089.5]", "[9,89.5]"},
        {"floats", "[1.5, .5, 5., 1e3, -1.5e-3, 1_0.5, .5_0]", "[1.5,0.5,5,1000,-0.0015,10.5,0.5]"},
        {"longer than 64 bits", "[9223372036854775807, 9223372036854775808, 123456789012345678901]",
            "[9223372036854775807,9223372036854776000,123456789012345680000]"},
        {"longer in hexadecimal stays text", "0xFFFFFFFFFFFFFFFFFF", "\"0xFFFFFFFFFFFFFFFFFF\""},
        {"times stay text", "[2001-01-01, 2001-12-14T21:59:43.10-05:00, 12:30:45]",
            R"(["2001-01-01","2001-12-14T21:59:43.10-05:00","12:30:45"])"},
        {"keys become strings", "{1: a, 1.5: b, yes: c, 1234567.1: d, 0x10: e}",
            R"({"1":"a","1.2345671e+06":"d","1.5":"b","16":"e","true":"c"})"},
        {"n is a key like any boolean", "n: 1", R"({"false":1})"},
        {"of a key that stands twice the last counts", "a: 1\nb: 2\na: 3", R"({"a":3,"b":2})"},
        {"anchors and aliases", "a: &x {p: [1]}\nb: *x", R"({"a":{"p":[1]},"b":{"p":[1]}})"},
        {"an anchor may be given again", "a: &x 1\nb: *x\nc: &x 2\nd: *x", R"({"a":1,"b":1,"c":2,"d":2})"},
        {"merge keys", "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3", R"({"a":{"p":1,"q":2},"b":{"p":1,"q":3}})"},
        {"a merge below wins over what stands above", "a: &x {q: 2}\nb:\n  q: 3\n  <<: *x", R"({"a":{"q":2},"b":{"q":2}})"},
        {"of several merges the first wins", "b:\n  <<: [{p: 1}, {p: 2, q: 3}]", R"({"b":{"p":1,"q":3}})"},
        {"a quoted merge key is a key", "{'<<': {a: 1}}", R"({"<<":{"a":1}})"},
        {"tags", "[!!str 12, !!int '3', !!float 3, !!bool yes, !!null '', !x y]", R"(["12",3,3,true,null,"y"])"},
        {"binary", "a: !!binary aGVsbG8=", R"({"a":"hello"})"},
        {"literal and folded", "a: |\n  x\n   y\nb: >-\n  x\n  y\n", R"({"a":"x\n y\n","b":"x y"})"},
        {"only the first document", "a: 1\n---\nb: ][", R"({"a":1})"},
        {"UTF-8 with a byte order mark", "\xEF\xBB\xBF" "a: \u00e9", "{\"a\":\"\u00e9\"}"},
        {"JSON is YAML", R"({"a":[1,"\u00e9\n",null]})", "{\"a\":[1,\"\u00e9\\n\",null]}"},
        {"a colon before a bracket belongs to the text", "[a:, {b:}, {c: [d:]}, 'x:y', \":\"]", R"(["a:",{"b:":null},{"c":["d:"]},"x:y",":"])"},
        {"windows' line ends", "a: 1\r\nb: x\r\n", R"({"a":1,"b":"x"})"},
    };
    for (const Row &row : rows)
        EXPECT_EQ(outcome(row.text), row.expected) << row.name;
}

TEST(Yaml, complainsInTheWordsOfGo)
{
    const Row rows[] = {
        {"a value inside a value", "x: 1\na: b: c", "yaml: line 2: mapping values are not allowed in this context"},
        {"a tab", "x:\n\ta: b", "yaml: line 2: found character that cannot start any token"},
        {"an open list", "a: [1,2\nb: c", "yaml: line 1: did not find expected ',' or ']'"},
        {"a question mark in a list", "a: [b?c]", "yaml: did not find expected ',' or ']'"},
        {"a question mark in a map", "x: 1\na: {b: http://c/?d=e}", "yaml: line 1: did not find expected ',' or '}'"},
        {"a question mark in a pair of a list", "- 1\n- [a: b\n   c?]", "yaml: line 2: did not find expected ',' or ']'"},
        {"a question mark behind a colon before a bracket", "{a:, b?}", "yaml: did not find expected ',' or '}'"},
        {"an unknown anchor", "a: *x", "yaml: unknown anchor 'x' referenced"},
        {"an anchor inside itself", "a: &x [*x]", "yaml: anchor 'x' value contains itself"},
        {"a map inside itself", "a: &x {b: *x}", "yaml: anchor 'x' value contains itself"},
        {"a merge of itself", "a: &x\n  <<: *x", "yaml: anchor 'x' value contains itself"},
        {"a merge of text", "a:\n  <<: b", "yaml: map merge requires map or sequence of maps as the value"},
        {"a list as key", "? [1]\n: 2", "yaml: invalid map key: []interface {}{1}"},
        {"null as key", "a: 1\n~: 2", "unsupported map key of type: %!s(<nil>), key: <nil>, value: 2"},
        {"a tag that does not fit", "a: !!int foo", "yaml: cannot decode !!str `foo` as a !!int"},
        {"broken base64", "a: !!binary '*'", "yaml: !!binary value contains invalid base64 data"},
        {"infinity, which JSON can't say", "a: .inf", "json: unsupported value: +Inf"},
        {"control characters", "a: \x01", "yaml: control characters are not allowed"},
        {"not UTF-8", "a: \xff", "yaml: invalid leading UTF-8 octet"},
    };
    for (const Row &row : rows)
        EXPECT_EQ(outcome(row.text), row.expected) << row.name;
}

TEST(Yaml, refusesDuplicatesWhenAsked)
{
    EXPECT_EQ(outcome("a: 1\nb: 2\na: 3\nb: 4", {.duplicates = DuplicateKeys::Refuse}),
        "yaml: unmarshal errors:\n  line 3: key \"a\" already set in map\n  line 4: key \"b\" already set in map");
    EXPECT_EQ(outcome("a: {x: 1}\nb: {x: 1}", {.duplicates = DuplicateKeys::Refuse}), R"({"a":{"x":1},"b":{"x":1}})");
}

TEST(Yaml, numbersOfTwoWorlds)
{
    const auto object = parseYaml("[1, 1.0, 1e3, 1.5, 1e18]");
    ASSERT_TRUE(object);
    EXPECT_TRUE((*object)[0].isInt());
    EXPECT_EQ((*object)[0].origin(), Origin::Int64);
    EXPECT_TRUE((*object)[1].isInt()) << "1.0 is written as 1 on its way through JSON";
    EXPECT_TRUE((*object)[2].isInt());
    EXPECT_TRUE((*object)[3].isFloat());
    EXPECT_EQ((*object)[4].intOr(0), 1'000'000'000'000'000'000);
    const auto values = parseYaml("[1, 1.5]", {.numbers = NumberStyle::Helm});
    EXPECT_TRUE((*values)[0].isFloat());
}

TEST(Yaml, everyValueKnowsItsLine)
{
    const auto value = parseYaml("a: 1\nb:\n- x\n- z: |\n    text\nc: &k v\nd: *k\n", {.file = 7});
    ASSERT_TRUE(value);
    const auto line = [](const Value &of) { return of.position().line; };
    EXPECT_EQ((*value)["a"].position().file, 7);
    EXPECT_EQ(line(*value), 1U);
    EXPECT_EQ(line((*value)["a"]), 1U);
    EXPECT_EQ(line((*value)["b"]), 3U);
    EXPECT_EQ(line((*value)["b"][0]), 3U);
    EXPECT_EQ(line((*value)["b"][1]["z"]), 4U);
    EXPECT_EQ(line((*value)["d"]), 6U) << "an alias stands where its anchor does";
}

TEST(Yaml, readsAllDocuments)
{
    const auto documents = parseYamlDocuments("# head\na: 1\n---\n---\nb: 2\n...\n---\n[c]\n");
    ASSERT_TRUE(documents);
    ASSERT_EQ(documents->size(), 4U);
    EXPECT_EQ(toJson((*documents)[0]), R"({"a":1})");
    EXPECT_TRUE((*documents)[1].isNull());
    EXPECT_EQ((*documents)[2]["b"].position().line, 5U);
    EXPECT_TRUE(parseYamlDocuments("")->empty());
    EXPECT_TRUE(parseYamlDocuments(std::string_view())->empty()); // which has no address at all
    EXPECT_EQ(parseYamlDocuments("a: 1\n---\nb: ][").error().message, "yaml: line 2: did not find expected node content");
    EXPECT_EQ(parseYamlDocuments("---\n---\n---\n", {.maxDocuments = 2}).error().code, ErrorCode::LimitExceeded);
}

TEST(Yaml, limitsHoldAndAnswerQuickly)
{
    const auto start = std::chrono::steady_clock::now();
    const auto refused = [](const std::string &text) {
        const auto value = parseYaml(text);
        return !value && value.error().code == ErrorCode::LimitExceeded;
    };
    EXPECT_TRUE(refused(std::string(33U << 20U, 'x')));
    EXPECT_TRUE(refused(std::string(100'000, '[')));
    EXPECT_TRUE(refused(laughs(9)));
    EXPECT_EQ(parseYaml(laughs(9)).error().message, "yaml: document contains excessive aliasing");
    EXPECT_TRUE(parseYaml(laughs(2)));
    std::string nested;
    for (std::size_t i = 0; i < 600; ++i)
        nested += std::string(i, ' ') + "a:\n";
    EXPECT_TRUE(refused(nested));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Yaml, tenMegabytesAreAnswered)
{
    std::string text;
    while (text.size() < (10U << 20U))
        text += "- name: item-" + std::to_string(text.size()) + "\n  ports: [80, 443]\n  labels: {app: shop, tier: \"web\"}\n";
    const auto start = std::chrono::steady_clock::now();
    const auto value = parseYaml(text);
    const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    ASSERT_TRUE(value) << value.error().message;
    RecordProperty("milliseconds", static_cast<int>(taken.count()));
    std::cout << value->size() << " items of 10 MB of YAML in " << taken.count() << " ms\n";
    const auto broken = parseYaml(text + "x: ][");
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().message.find("line "), std::string::npos);
}

TEST(Yaml, writesAsToYaml)
{
    const Row rows[] = {
        {"an empty map", "{}", "{}\n"},
        {"an empty list", "[]", "[]\n"},
        {"null", "null", "null\n"},
        {"lists stand at the indentation of their map", R"({"a":[1,[2,[]],{"b":{}}]})", "a:\n- 1\n- - 2\n  - []\n- b: {}\n"},
        {"keys by amount, letters last", R"({"a10":1,"a2":1,"B":1,"_":1,"1":1,"a":1})",
            "_: 1\n\"1\": 1\nB: 1\na: 1\na2: 1\na10: 1\n"},
        {"words that mean something are quoted", R"(["yes","n","null","~","1","1.5","0x1","2001-01-01","12:30","",".inf","on"])",
            "- \"yes\"\n- \"n\"\n- \"null\"\n- \"~\"\n- \"1\"\n- \"1.5\"\n- \"0x1\"\n- \"2001-01-01\"\n- \"12:30\"\n- \"\"\n"
            "- \".inf\"\n- \"on\"\n"},
        {"signs are quoted otherwise", R"(["a: b","a #b","- a","*a","a:","#","it's","'x'",":a","a b"])",
            "- 'a: b'\n- 'a #b'\n- '- a'\n- '*a'\n- 'a:'\n- '#'\n- it's\n- '''x'''\n- :a\n- a b\n"},
        {"lines are literal", R"({"a":"x\ny\n","b":"x\ny","c":"\n\nx\n\n","d":" x\n"})",
            "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |2+\n\n\n  x\n\nd: |2\n   x\n"},
        {"what literal can't hold", R"(["a \nb","a\t\u0001","\ud83d\ude00"])",
            "- \"a \\nb\"\n- \"a\\t\\x01\"\n- \"\\U0001F600\"\n"},
        {"numbers", "[1e6,1e20,1e21,0.0001,0.00001,1234567.5,-0.0]",
            "- 1000000\n- 1e+20\n- 1e+21\n- 0.0001\n- 1e-05\n- 1.2345675e+06\n- 0\n"},
        {"long lines are folded at a space", "\"" + std::string(300, 'w') + " " + std::string(300, 'w') + "\"",
            std::string(300, 'w') + "\n  " + std::string(300, 'w') + "\n"},
        {"long keys", "{\"" + std::string(130, 'k') + "\":[1]}", "? " + std::string(130, 'k') + "\n: - 1\n"},
    };
    for (const Row &row : rows)
        EXPECT_EQ(toYaml(*parseJson(row.text, {.numbers = NumberStyle::Helm})), row.expected) << row.name;
}

TEST(Yaml, strictWritingRefusesWhatGoRefuses)
{
    EXPECT_FALSE(toYamlStrict(Value("\x7f")));
    EXPECT_FALSE(toYamlStrict(Value::map({{std::string(1025, 'k'), 1}})));
    EXPECT_FALSE(toYamlStrict(Value::list({std::numeric_limits<double>::infinity()})));
    EXPECT_EQ(toYaml(Value("\x7f")), "\"\\x7F\"\n");
    EXPECT_EQ(*toYamlStrict(Value("a")), "a\n");
}

TEST(Yaml, foldsLongLinesAsToYaml)
{
    std::string words;
    for (int i = 0; i < 20; ++i)
        words += "word ";
    words += "end";
    const std::string sixteen(words, 0, 16 * 5 - 1);
    const std::string rest(words, 16 * 5);
    EXPECT_EQ(toYaml(Value::map({{"a", Value(words)}})), "a: " + sixteen + "\n  " + rest + "\n");
    EXPECT_EQ(toYaml(Value::map({{"a", Value(words + ": x")}})), "a: '" + sixteen + "\n  " + rest + ": x'\n");
    EXPECT_EQ(toYaml(Value::list({Value(words + "\tx")})), "- \"" + sixteen + "\n  " + rest + "\\tx\"\n");
    EXPECT_EQ(toYamlPretty(Value::map({{"a", Value(words)}})), "a: " + words + "\n");
    const std::string unbroken(200, 'x');
    EXPECT_EQ(toYaml(Value::map({{"a", Value(unbroken)}})), "a: " + unbroken + "\n");
}
