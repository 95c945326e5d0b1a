#include "core/value/json.h"
#include "core/value/yaml_simple.h"
#include "core/value/yaml_simple_reader.h"
#include "tests/core/value/same_places.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

using namespace fairway::value;

namespace {

enum class By { Simple, Grammar };

struct Row {
    const char *name;
    std::string text;
    By by; ///< Who must have read it: Grammar where the simple rules must not be sure.
};

const std::vector<Row> &rows()
{
    static const std::vector<Row> all {
        {"nothing", "", By::Simple},
        {"only comments", "# a\n  # b\n", By::Simple},
        {"a start and nothing", "---\n", By::Grammar},
        {"a start", "# x\n---\na: 1\n", By::Simple},
        {"a start with more on its line", "--- {}\n", By::Grammar},
        {"two documents", "a: 1\n---\nb: 2\n", By::Grammar},
        {"an end", "a: 1\n...\n", By::Grammar},
        {"three dashes as a key's beginning", "a: 1\n---b: 2\n", By::Grammar},
        {"a directive", "%YAML 1.1\n---\na: 1\n", By::Grammar},
        {"scalars", "a: 1\nb: 1.50\nc: yes\nd: ~\ne: text here\nf: 0x1F\ng: 1e3\nh: 12345678901234567890\n", By::Simple},
        {"times, octals, base 60", "a: 2001-01-02\nb: 0755\nc: 12:30:45\nd: 1_000\n", By::Simple},
        {"no number", "a: .nan\n", By::Grammar},
        {"infinity within", "a: [.inf]\n", By::Grammar},
        {"keys that mean something else", "on: 1\n8080: 2\n-5: 3\n2001-01-02: 4\nNo: 5\n", By::Simple},
        {"a key that is null", "~: 1\n", By::Grammar},
        {"a key that is a float", "1.5: 1\n", By::Grammar},
        {"a merge", "a: &x {b: 1}\nc:\n  <<: *x\n", By::Grammar},
        {"a merge written in quotes is a key", "\"<<\": 1\n", By::Simple},
        {"keys of all kinds", "a b: 1\n\"c: d\": 2\n'e''f': 3\n-g: 4\nh#i: 5\nj[0]: 6\na.b/c: 7\nk : 8\n", By::Simple},
        {"a key given twice", "a: 1\nb: 2\na: 3\n", By::Simple},
        {"nothing behind a key", "a:\nb:   # none\nc:\n  d:\n", By::Simple},
        {"a list in its key's column", "a:\n- 1\n- b: 2\n  c: 3\n-\n- - x\n  - y\nd: 4\n", By::Simple},
        {"lists deeper", "a:\n  - 1\n  -   b: 2\n      c:\n      - 3\n  - \n  -\n    d: 4\n", By::Simple},
        {"a list at the root", "- a\n- b: 1\n-  - c\n", By::Simple},
        {"a root that is indented", "  a: 1\n  b: 2\n", By::Simple},
        {"a root whose second line is not", "  a: 1\nb: 2\n", By::Grammar},
        {"a line too deep", "a: 1\n  b: 2\n", By::Grammar},
        {"a line between two levels", "a:\n    b: 1\n  c: 2\n", By::Grammar},
        {"a dash among keys", "a: 1\n- b\n", By::Grammar},
        {"a key among dashes", "- a\nb: 1\n", By::Grammar},
        {"a key among deeper dashes", "x:\n  - a\n  b: 1\n", By::Grammar},
        {"a key's colon twice", "a: b: c\n", By::Grammar},
        {"a list on its key's line", "a: - b\n", By::Grammar},
        {"text without a key", "a: 1\ntext\n", By::Grammar},
        {"a scalar alone", "text\n", By::Grammar},
        {"colons that mean nothing", "a: http://b:80/c\nd: e:f\ng: ::\n", By::Grammar}, // the last one ends in a colon
        {"colons, dashes and questions at the beginning", "a: :b\nc: ?d\n-e: -f\n:g: ::1\n?h: -\u00e4\n", By::Simple},
        {"a value below its key", "a:\n  {}\nb:\n  # c\n  [d]\ne:\n  f\n   g\n  h\ni:\n  'j'\nk:\n  |\n  l\n", By::Simple},
        {"a value below its key and more", "a:\n  []\n  b: 1\n", By::Grammar},
        {"a value below a dash", "-\n  a\n  b\n-\n  {}\n", By::Simple},
        {"colons within", "a: http://b:80/c\nd: e:f\n", By::Simple},
        {"hashes", "a: b#c\nd: e #f\ng: #h\ni: \"#\" # j\n", By::Simple},
        {"a hash behind quotes", "a: \"b\"#c\n", By::Grammar},
        {"plain over lines", "a: b\n  c\n\n\n  d  \n   e:f\ng: h\n", By::Simple},
        {"plain over lines in a list", "- a\n  b\n- c\n   - d\n", By::Simple},
        {"plain over lines in a list in its key's column", "k:\n- a\n  b\n", By::Simple},
        {"plain that ends at a comment", "a: b\n  # c\nd: e\n", By::Simple},
        {"plain that goes on behind a comment", "a: b # x\n  c\n", By::Grammar},
        {"plain that goes on behind a comment of its own line", "a: b\n  # c\n  d\n", By::Grammar},
        {"plain over lines with a key in them", "a: b\n  c: d\n", By::Grammar},
        {"plain over lines that ends with a colon", "a: b\n  c:\n", By::Grammar},
        {"plain with empty lines at the end", "a: b\n\n\n", By::Simple},
        {"quotes", "a: 'it''s'\nb: \"say \\\"x\\\"\\n\\t\\\\ \"\nc: ''\nd: \"\"\ne: ' x '\n", By::Simple},
        {"rare escapes", "a: \"\\u0041\"\n", By::Grammar},
        {"an unknown escape", "a: \"\\q\"\n", By::Grammar},
        {"quotes over lines", "a: \"b \n\n\n   c\\n \n  d\"\ne: 'f\n g'\nh: 'i\n'\n", By::Simple},
        {"quotes over lines at the left", "a: 'b\nc'\n", By::Simple},
        {"quotes over lines with a document's start", "a: 'b\n---\nc'\n", By::Grammar},
        {"an escaped line break", "a: \"b\\\n  c\"\n", By::Grammar},
        {"quotes over lines with tabs", "a: \"b\t\n  c\"\n", By::Grammar},
        {"a tab in quotes", "a: \"b\tc\"\n", By::Simple},
        {"quotes that don't end", "a: \"b\nc: d\n", By::Grammar},
        {"more behind quotes", "a: \"b\" c\n", By::Grammar},
        {"quotes as an item", "- \"a\"\n- 'b': c\n- \"d\n  e\"\n- \"f\" : g\n", By::Grammar},
        {"quoted items", "- \"a\"\n- 'b': c\n- \"d e\" # f\n", By::Simple},
        {"literal", "a: |\n  b\n   c\n\n  d\n\ne: 1\n", By::Simple},
        {"literal, stripped", "a: |-\n  b\n\ne: 1\n", By::Simple},
        {"literal, kept", "a: |+\n  b\n\n\ne: 1\n", By::Simple},
        {"literal to the end", "a: |\n  b", By::Simple},
        {"literal, kept to the end", "a: |+\n  b\n \n", By::Simple},
        {"literal with empty lines in front", "a: |\n\n \n  b\n", By::Simple},
        {"literal with a wider empty line in front", "a: |\n     \n  b\n", By::Grammar},
        {"literal with wider empty lines within", "a: |\n  b\n     \n  c\n    \n", By::Simple},
        {"literal with tabs", "a: |\n  b\tc\n  \td\n", By::Simple},
        {"literal that begins with a tab", "a: |\n  \tb\n", By::Grammar},
        {"a tab where its indentation was", "a: |\n  b\n\tc\n", By::Grammar},
        {"literal with a comment", "a: | # x\n  # b\n# c\nd: 1\n", By::Simple},
        {"literal without a text", "a: |\nb: >-\n\n     \n# x\nc: |", By::Simple},
        {"literal without a text, kept", "a: |+\n\nb: 1\n", By::Grammar},
        {"literal with its indentation said", "a: |2\n   b\n", By::Grammar},
        {"literal in a list", "- |\n a\n- b: |\n    c\n  d: 1\n", By::Simple},
        {"literal in a list in its key's column", "k:\n- |\n  a\n- b\n", By::Simple},
        {"folded", "a: >\n  b\n  c\n\n  d\n    e\n    f\n  g\n\n\n    h\n\n  i\nj: >-\n  k\n  l\n", By::Simple},
        {"folded, kept", "a: >+\n\n  b\n\nc: 1\n", By::Simple},
        {"a line between a literal and its key", "a:\n    b: |\n       c\n     d\n", By::Grammar},
        {"brackets", "a: {}\nb: []\nc: [ 1, x y, \"z\", 'it''s' ]\nd: {e: 1, \"f\": [2, {g: no}], h: }\n", By::Grammar},
        {"simple brackets", "a: {}\nb: [] # x\nc: [ 1, x y, \"z\", 'it''s' , -1, a-b ]\nd: {e: 1, \"f\": [2, {g: no}]}\n", By::Simple},
        {"brackets over lines", "a: [1,\n  2]\n", By::Grammar},
        {"brackets with a last comma", "a: [1, ]\n", By::Grammar},
        {"brackets with colons", "a: [b:c, {d:e}]\n", By::Grammar},
        {"brackets that are a template", "a: {{ .Values.b }}\n", By::Grammar},
        {"brackets that don't end", "a: [b\n", By::Grammar},
        {"more behind brackets", "a: [b] c\n", By::Grammar},
        {"brackets deep", "a: [[[[[[1]]]]]]\n", By::Simple},
        {"an anchor", "a: &b 1\nc: *b\n", By::Grammar},
        {"a tag", "a: !!str 1\n", By::Grammar},
        {"a question", "? a\n: b\n", By::Grammar},
        {"a reserved character", "a: @b\n", By::Grammar},
        {"tabs before a value", "a:\tb\n", By::Grammar},
        {"tabs in front of a line", "a:\n\tb: 1\n", By::Grammar},
        {"a tab in a plain text", "a: b\tc\n", By::Grammar},
        {"a tab in a comment", "a: 1 #\tb\n#\t\n", By::Simple},
        {"a line of a tab", "a: 1\n\t\nb: 2\n", By::Grammar},
        {"carriage returns", "a: 1\r\nb: 2\r\n", By::Grammar},
        {"other letters", "\xC3\xA4: \xE4\xBD\xA0\xE5\xA5\xBD\nb: [\xF0\x9F\x98\x80]\n", By::Simple},
        {"a break of Unicode's", "a: b\xE2\x80\xA8 c\n", By::Grammar},
        {"a next line", "a: b\xC2\x85 c\n", By::Grammar},
        {"a byte order mark", "\xEF\xBB\xBF" "a: 1\n", By::Grammar},
        {"no UTF-8", "a: \xFF\n", By::Grammar},
        {"a control character", "a: \x01\n", By::Grammar},
        {"delete", "a: b\x7F\n", By::Grammar},
        {"no line feed at the end", "a:\n  b: c", By::Simple},
        {"spaces at the ends", "a: b   \nc:   \n   \n  \nd:  'e'  \n", By::Simple},
        {"a key too long", std::string(1030, 'a') + ": 1\n", By::Grammar},
    };
    return all;
}

/// What both say; fails where the simple reader says another thing than the grammar.
bool agree(const std::string &text, bool &isSimple, const YamlOptions &options = {.file = 3})
{
    const auto simple = readSimpleYaml(text, options);
    isSimple = simple.has_value();
    if (!isSimple)
        return true;
    const auto full = readYamlByGrammar(text, options);
    if (full && isSameWithPlaces(*simple, *full))
        return true;
    ADD_FAILURE() << "of\n" << text << "\nthe simple reader makes " << toJson(*simple) << "\nand the grammar " << (full ? toJson(*full) : full.error().message);
    return false;
}

} // namespace

TEST(YamlSimple, saysWhatTheGrammarSaysOrNothing)
{
    for (const Row &row : rows()) {
        SCOPED_TRACE(row.name);
        bool isSimple = false;
        agree(row.text, isSimple);
        EXPECT_EQ(isSimple, row.by == By::Simple);
        for (std::size_t size = 0; size < row.text.size(); ++size)
            agree(row.text.substr(0, size), isSimple);
        YamlOptions helm {.file = 1, .numbers = NumberStyle::Helm, .duplicates = DuplicateKeys::Refuse};
        agree(row.text, isSimple, helm);
    }
}

TEST(YamlSimple, agreesWithTheGrammarOnTextsPutTogetherAtRandom)
{
    const std::string pieces[] = {"a", "b: ", "- ", "\n", "\n  ", "\n    ", ": ", ":", " ", "#", " # c", "\"", "'", "\\", "|", ">-\n", "|\n", "|+\n   ", "[", "]", "{",
        "}", ", ", "---\n", "1", "yes", "~", "x y", "\t", "\xC3\xA4", "?", "&", "*", "!", "%", "key:\n", "- a: 1\n", "\n\n", "k: v\n", "- - ", "l:\n- m\n", "-", "..."};
    std::mt19937 random(20240607); // NOLINT: the same texts each time
    const auto below = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
    std::size_t simple = 0;
    constexpr int texts = 60'000;
    for (int i = 0; i < texts; ++i) {
        // Half of them anew, half as a row with a piece put in, taken out or twice.
        std::string text;
        if (i % 2 == 0) {
            for (std::size_t count = 1 + below(12); count > 0; --count)
                text += pieces[below(std::size(pieces))];
        } else {
            text = rows()[below(rows().size())].text;
            for (std::size_t count = 1 + below(3); count > 0; --count) {
                const std::size_t at = below(text.size() + 1);
                if (below(3) == 0)
                    text.erase(at, 1 + below(3));
                else
                    text.insert(at, pieces[below(std::size(pieces))]);
            }
        }
        bool isSimple = false;
        if (!agree(text, isSimple))
            return;
        simple += isSimple ? 1 : 0;
    }
    EXPECT_GT(simple, texts / 20U);
}

TEST(YamlSimple, leavesWhatIsTooMuchToTheGrammar)
{
    std::string deep;
    for (std::size_t i = 0; i < 100; ++i)
        deep += std::string(i, ' ') + "a:\n";
    EXPECT_FALSE(readSimpleYaml(deep, {}));
    EXPECT_FALSE(readSimpleYaml("a:\n  b:\n    c: 1\n", {.maxDepth = 2}));
    EXPECT_FALSE(readSimpleYaml("a: 1\nb: 2\n", {.maxNodes = 4}));
    EXPECT_TRUE(readSimpleYaml("a: 1\nb: 2\n", {.maxNodes = 10}));
    EXPECT_FALSE(readSimpleYaml("a: 1\na: 2\n", {.duplicates = DuplicateKeys::Refuse}));
}

namespace {

/// Reads `text` and takes of it what `visit` takes; nothing when the reader gave up.
template <typename Visit>
std::optional<std::string> visited(std::string_view text, const Visit &visit)
{
    std::string taken;
    const YamlOptions options;
    SimpleYamlReader reader(text, options);
    if (!reader.read([&](SimpleYamlNode &root) { visit(root, taken); }))
        return std::nullopt;
    return taken;
}

} // namespace

TEST(YamlSimple, isVisitedInTheOrderOfTheText)
{
    const auto all = visited("z: [1, {b: c}]\na:\n- x\n- w: \"\\n\"\nz: yes\n\"q k\": ~\n", [](SimpleYamlNode &root, std::string &taken) {
        root.eachMember([&](std::string &key, SimpleYamlNode &member) {
            taken += key + "=";
            if (member.isList())
                member.eachItem([&](SimpleYamlNode &item) { taken += toJson(item.tree()) + ","; });
            else
                taken += member.isNull() ? "null" : member.isBool() && member.asBool() ? "yes" : "?";
            taken += ";";
        });
    });
    EXPECT_EQ(all.value_or("none"), "z=1,{\"b\":\"c\"},;a=\"x\",{\"w\":\"\\n\"},;z=yes;q k=null;");
    EXPECT_EQ(visited("", [](SimpleYamlNode &root, std::string &taken) { taken = root.isNull() ? "null" : "?"; }).value_or("none"), "null");
}

TEST(YamlSimple, whatIsLeftUnreadCountsAsGivenUp)
{
    const auto nothing = [](SimpleYamlNode &, std::string &) { };
    EXPECT_TRUE(visited("text\n", [](SimpleYamlNode &, std::string &) { }) == std::nullopt); // no key: the grammar's
    EXPECT_FALSE(visited("a: 1\n", nothing));
    const auto members = [](SimpleYamlNode &root, std::string &taken) {
        root.eachMember([&](const std::string &key, SimpleYamlNode &) { taken += key; });
    };
    EXPECT_EQ(visited("a: 1\nb: |\n  c\n", members).value_or("none"), "ab");
    EXPECT_FALSE(visited("a: 1\nb: [c]\nd: 1\n", members));
    EXPECT_FALSE(visited("a:\n- b\n", members));
    EXPECT_FALSE(visited("a: 1\nb: 2\n", [](SimpleYamlNode &root, std::string &taken) {
        root.eachMember([&](const std::string &key, SimpleYamlNode &member) {
            taken += key;
            member.giveUp();
        });
    }));
}
