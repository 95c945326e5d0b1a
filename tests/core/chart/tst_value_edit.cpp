#include "core/base/random.h"
#include "core/chart/value_edit.h"
#include "core/chart/values_text.h"
#include "core/value/pointer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <sstream>

using namespace fairway;
using namespace fairway::chart;
using value::Value;

namespace {

std::string got(const Result<std::string> &result)
{
    return result ? *result : "error: " + result.error().message;
}

Value yaml(const std::string &text)
{
    return readYamlAsGo(text).value();
}

std::string crlf(const std::string &text)
{
    std::string out;
    for (const char c : text)
        out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
}

const std::string Sample = R"(# Values of the shop
## the image
image:
  repository: "registry.example.com/shop"   # mirrored
  tag: '1.2.3'
  pullPolicy: IfNotPresent

replicas: 3 # three zones
resources: {}
  # limits:
  #   cpu: 100m
hosts:
  # the first
  - name: a.example.com
    paths: [/, /api]
  # the second
  - name: b.example.com
    paths:
      - /b
labels: {app: shop, "team": web}
script: |
  echo one
  echo two
empty:
note: >-
  folded
  text
last: yes
)";

} // namespace

TEST(ValueEdit, sets)
{
    struct Row {
        const char *what;
        std::string before;
        const char *pointer;
        const char *to;
        std::string after;
    };
    const Row rows[] = {
        {"a number", "a: 1 # c\nb: 2\n", "/a", "5", "a: 5 # c\nb: 2\n"},
        {"a float", "a: 1\n", "/a", "0.25", "a: 0.25\n"},
        {"a large number", "a: 1\n", "/a", "30000000", "a: 30000000\n"},
        {"double quotes stay", "a: \"x\"\n", "/a", "y z", "a: \"y z\"\n"},
        {"single quotes stay", "a: 'x' # c\n", "/a", "z", "a: 'z' # c\n"},
        {"a text that looks like a number gets quotes", "a: x\n", "/a", "'1.10'", "a: \"1.10\"\n"},
        {"a text that looks like a boolean gets quotes", "a: x\n", "/a", "'yes'", "a: \"yes\"\n"},
        {"a boolean in place of a quoted text", "a: 'x'\n", "/a", "true", "a: true\n"},
        {"an empty value", "a:\nb: 1\n", "/a", "x", "a: x\nb: 1\n"},
        {"an empty value with a comment", "a: # c\nb: 1\n", "/a", "x", "a: x # c\nb: 1\n"},
        {"null", "a: ~\n", "/a", "1", "a: 1\n"},
        {"to null", "a: 1\n", "/a", "null", "a: null\n"},
        {"a new key stands below the last", "a: 1\nb: 2 # c\n# end\n", "/c", "x", "a: 1\nb: 2 # c\nc: x\n# end\n"},
        {"a new key in a map", "m:\n    a: 1\nn: 2\n", "/m/b", "x", "m:\n    a: 1\n    b: x\nn: 2\n"},
        {"missing parents, with four spaces as elsewhere", "m:\n    a: 1\n", "/x/w/z", "1", "m:\n    a: 1\nx:\n    w:\n        z: 1\n"},
        {"missing parents in an empty map", "m: {} # c\nn: 1\n", "/m/x/w", "1", "m: # c\n  x:\n    w: 1\nn: 1\n"},
        {"an empty map with comments below", "m: {}\n  # x: 1\nn: 1\n", "/m/x", "1", "m:\n  x: 1\n  # x: 1\nn: 1\n"},
        {"an empty value becomes a map", "m:\nn: 1\n", "/m/x", "1", "m:\n  x: 1\nn: 1\n"},
        {"in brackets", "m: {a: 1}\n", "/m/b", "x, y", "m: {a: 1, b: \"x, y\"}\n"},
        {"missing parents in brackets", "m: {a: 1}\n", "/m/b/c", "1", "m: {a: 1, b: {c: 1}}\n"},
        {"quoted keys get a quoted neighbour", "\"a\": 1\n", "/b", "2", "\"a\": 1\n\"b\": 2\n"},
        {"JSON", "{\n  \"a\": 1\n}\n", "/b", "x", "{\n  \"a\": 1,\n  \"b\": x\n}\n"},
        {"nothing but comments", "# only\n", "/a/b", "1", "# only\na:\n  b: 1\n"},
        {"an empty file", "", "/a", "1", "a: 1\n"},
        {"a file without its last line break", "a: 1", "/b", "2", "a: 1\nb: 2"},
        {"an empty map for the whole file", "{}\n", "/a/b", "1", "a:\n  b: 1\n"},
        {"an item", "l:\n  - a\n  - b # c\n", "/l/1", "x", "l:\n  - a\n  - x # c\n"},
        {"inside an item", "l:\n- name: a\n  x: 1\n", "/l/0/name", "b", "l:\n- name: b\n  x: 1\n"},
        {"a new key in an item", "l:\n- name: a\n- name: b\n", "/l/0/x", "1", "l:\n- name: a\n  x: 1\n- name: b\n"},
        {"a list for a number", "a: 1 # c\nb: 2\n", "/a", "[x, z]", "a: # c\n  - x\n  - z\nb: 2\n"},
        {"lists stand as others do", "l:\n- a\nm: 1\n", "/m", "[x]", "l:\n- a\nm:\n- x\n"},
        {"a map for a list", "l:\n  - a\n  - b\nm: 1\n", "/l", "{x: 1}", "l:\n  x: 1\nm: 1\n"},
        {"a number for a map, comments above it stay", "m:\n  # c\n  a: 1\nn: 2\n", "/m", "7", "m: 7\n  # c\nn: 2\n"},
        {"several lines", "a: x\nb: 1\n", "/a", "\"one\\ntwo\\n\"", "a: |\n  one\n  two\nb: 1\n"},
        {"several lines give way to one", "a: |\n  one\n  two\n\nb: 1\n", "/a", "x", "a: x\n\nb: 1\n"},
        {"a key with a slash", "a: {x/y: 1}\n", "/a/x~1y", "2", "a: {x/y: 2}\n"},
        {"below a comment after a text of several lines", "a: |\n  one\n# c\n", "/b", "1", "a: |\n  one\nb: 1\n# c\n"},
        {"beside a merge key", "x: &x {a: 1}\nm:\n  <<: *x\n", "/m/a", "2", "x: &x {a: 1}\nm:\n  <<: *x\n  a: 2\n"},
        {"an anchor nobody uses stays", "a: &x 1\n", "/a", "2", "a: &x 2\n"},
        {"what is there already changes nothing", "a:   'x'\n", "/a", "x", "a:   'x'\n"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(got(setValueInText(row.before, row.pointer, yaml(row.to))), row.after);
        if (row.before.find('\n') != std::string::npos) {
            EXPECT_EQ(got(setValueInText(crlf(row.before), row.pointer, yaml(row.to))), crlf(row.after));
        }
    }
}

TEST(ValueEdit, unsets)
{
    struct Row {
        const char *what;
        std::string before;
        const char *pointer;
        std::string after;
    };
    const Row rows[] = {
        {"a line", "a: 1 # c\n# d\nb: 2\n", "/a", "# d\nb: 2\n"},
        {"the last line without its break", "a: 1\nb: 2", "/b", "a: 1"},
        {"a map with what is in it", "m:\n  a: 1\n  b: 2\nn: 1\n", "/m", "n: 1\n"},
        {"one of several", "m:\n  a: 1\n  b: 2\n", "/m/a", "m:\n  b: 2\n"},
        {"the only one takes its map along", "m:\n  n:\n    a: 1\nx: 1\n", "/m/n/a", "x: 1\n"},
        {"but not the comments in it", "m:\n  # c\n  a: 1\nx: 1\n", "/m/a", "m: {}\n  # c\nx: 1\n"},
        {"in brackets, first", "m: {a: 1, b: 2}\n", "/m/a", "m: {b: 2}\n"},
        {"in brackets, last", "m: {a: 1, b: 2}\n", "/m/b", "m: {a: 1}\n"},
        {"all there is", "# c\na: 1\n", "/a", "# c\n"},
        {"an item", "l:\n  - a\n  - b\n", "/l/0", "l:\n  - b\n"},
        {"the last item", "l:\n  - a\n  # c\n  - b\n", "/l/1", "l:\n  - a\n  # c\n"},
        {"the only item", "l:\n  - a\nm: 1\n", "/l/0", "l: []\nm: 1\n"},
        {"an item in brackets", "l: [a, b, c]\n", "/l/1", "l: [a, c]\n"},
        {"the key behind a dash", "l:\n  - a: 1\n    b: 2\n", "/l/0/a", "l:\n  - b: 2\n"},
        {"the only key of an item", "l:\n  - a: 1\n", "/l/0/a", "l:\n  - {}\n"},
        {"several lines", "a: |\n  one\n  two\nb: 1\n", "/a", "b: 1\n"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(got(unsetValueInText(row.before, row.pointer)), row.after);
        EXPECT_EQ(got(unsetValueInText(crlf(row.before), row.pointer)), crlf(row.after));
    }
}

TEST(ValueEdit, changesLists)
{
    EXPECT_EQ(got(insertItemInText("l:\n  - a # c\n  - b\nm: 1\n", "/l", 1, Value("x"))), "l:\n  - a # c\n  - x\n  - b\nm: 1\n");
    EXPECT_EQ(got(insertItemInText("l:\n- a\n", "/l", 9, yaml("{name: 1, p: [2]}"))), "l:\n- a\n- name: 1\n  p:\n  - 2\n");
    EXPECT_EQ(got(insertItemInText("l:\n  - a\n", "/l", 0, Value("x"))), "l:\n  - x\n  - a\n");
    EXPECT_EQ(got(insertItemInText("l: [a]\n", "/l", 0, Value("x"))), "l: [x, a]\n");
    EXPECT_EQ(got(insertItemInText("l: []\n", "/l", 0, Value("x"))), "l:\n  - x\n");
    EXPECT_EQ(got(insertItemInText("m: 1\n", "/l", 0, Value("x"))), "m: 1\nl:\n  - x\n");
    EXPECT_EQ(got(insertItemInText("l: 1\n", "/l", 0, Value("x"))), "error: line 1: a list is needed here");
    EXPECT_EQ(got(swapItemsInText("l:\n  - n: a # A\n    p: 1\n  # c\n  - b\nm: 1\n", "/l", 0)), "l:\n  - b\n  # c\n  - n: a # A\n    p: 1\nm: 1\n");
    EXPECT_EQ(got(swapItemsInText("l: [a, {b: 1}]\n", "/l", 0)), "l: [{b: 1}, a]\n");
    EXPECT_EQ(got(swapItemsInText("l: [a]\n", "/l", 0)), "error: line 1: there is no such item to move");
}

TEST(ValueEdit, refusesWhatItCantDoSafely)
{
    struct Row {
        const char *what;
        std::string text;
        const char *pointer;
        const char *message;
    };
    const Row rows[] = {
        {"no YAML", "a: [", "/a", "yaml: line 1: did not find expected node content"},
        {"two documents", "a: 1\n---\nb: 1\n", "/a", "line 3: a second document begins in this file: edit it by hand"},
        {"a list for the whole", "- a\n", "/a", "line 1: the file holds no map of values"},
        {"an alias", "x: &x {a: 1}\ny: *x\n", "/y/a", "line 2: *x stands for another place, so one change would reach two places: write it out first"},
        {"an anchor that is used", "x: &x {a: 1}\ny: *x\n", "/x/a", "line 1: &x is used elsewhere, so one change would reach two places: write it out first"},
        {"a map from a merge key", "x: &x {a: {b: 1}}\nm:\n  <<: *x\n", "/m/a/c", "line 3: `a` may come from a merge key, so one change would reach two places: write it out first"},
        {"a tag", "a: !!str 1\n", "/a", "line 1: the value carries a tag (tag:yaml.org,2002:str): edit it by hand"},
        {"a text where a map is needed", "a: x\n", "/a/b", "line 1: a map is needed here, for `b`"},
        {"no item", "a: [1]\n", "/a/4", "line 1: the list has no item `4`"},
        {"no pointer", "a: 1\n", "", "no place in the values: "},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const std::string answer = got(setValueInText(row.text, row.pointer, Value(7)));
        EXPECT_EQ(answer, std::string("error: ") + row.message);
    }
    EXPECT_EQ(got(unsetValueInText("a: 1\n", "/b")), "error: there is no `/b`");
    EXPECT_EQ(got(unsetValueInText("# c\n", "/b")), "error: the file holds no values");
}

TEST(ValueEdit, anyEditReadsBackAndKeepsTheOtherLines)
{
    const Value sample = yaml(Sample);
    std::vector<std::string> pointers;
    const std::function<void(const Value &, const std::string &)> collect = [&](const Value &node, const std::string &pointer) {
        if (!pointer.empty())
            pointers.push_back(pointer);
        if (node.isMap()) {
            for (const auto &[name, member] : node.asMap())
                collect(member, value::childPointer(pointer, name));
        }
        for (std::size_t i = 0; node.isList() && i < node.size(); ++i)
            collect(node[i], value::childPointer(pointer, i));
    };
    collect(sample, {});
    ASSERT_GT(pointers.size(), 20U);
    const Value replacements[] = {Value(1), Value("x"), Value("a: b # c"), Value("two\nlines\n"), Value(true), Value(), Value(""), Value::map(),
        yaml("[a, {b: [1, 2], c: \"x\\ny\"}]"), yaml("{k: v, n: {o: [p]}}"), Value(" lead"), Value("- dash"), Value("ä→😀")};
    const auto commentsOf = [](const std::string &text) {
        std::vector<std::string> comments;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const std::size_t at = line.find_first_not_of(" \r");
            if (at != std::string::npos && line[at] == '#')
                comments.push_back(line);
        }
        return comments;
    };
    std::size_t edits = 0;
    for (const std::string &text : {Sample, crlf(Sample)}) {
        for (const std::string &pointer : pointers) {
            for (const Value &to : replacements) {
                SCOPED_TRACE(pointer);
                const Result<std::string> edited = setValueInText(text, pointer, to);
                ASSERT_TRUE(edited) << edited.error().message << " for " << (to.isString() ? to.asString() : "");
                EXPECT_EQ(value::at(yaml(*edited), pointer), to);
                if (value::at(sample, pointer).size() == 0) {
                    EXPECT_EQ(commentsOf(*edited), commentsOf(text));
                }
                ++edits;
            }
            const Result<std::string> without = unsetValueInText(text, pointer);
            ASSERT_TRUE(without) << pointer << ": " << without.error().message;
        }
    }
    EXPECT_GT(edits, 500U);
}

TEST(ValueEdit, aHistoryOfRandomEditsStaysReadable)
{
    Random random(11);
    std::string text = Sample;
    std::size_t done = 0;
    const char *keys[] = {"a", "image", "tag", "resources", "limits", "labels", "hosts", "0", "1", "name", "paths", "x y", "yes"};
    const Value replacements[] = {Value(1), Value("x"), Value("two\nlines"), Value::map(), Value::list(), yaml("[a, {b: 1}]"), yaml("{k: {l: m}}")};
    for (int round = 0; round < 600; ++round) {
        std::string pointer;
        for (std::uint64_t depth = 1 + random.below(3); depth > 0; --depth)
            pointer = value::childPointer(pointer, keys[random.below(std::size(keys))]);
        Result<std::string> edited = fail(ErrorCode::Internal, "none");
        switch (random.below(4)) {
        case 0: edited = unsetValueInText(text, pointer); break;
        case 1: edited = insertItemInText(text, pointer, random.below(3), replacements[random.below(std::size(replacements))]); break;
        default: edited = setValueInText(text, pointer, replacements[random.below(std::size(replacements))]); break;
        }
        if (!edited)
            continue;
        ASSERT_TRUE(readYamlAsGo(*edited)) << *edited;
        text = *edited;
        ++done;
    }
    EXPECT_GT(done, 200U);
    EXPECT_NE(text.find("# Values of the shop\n"), std::string::npos);
}
