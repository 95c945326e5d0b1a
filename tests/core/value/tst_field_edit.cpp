#include "core/value/field_edit.h"

#include "core/value/yaml.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::value;

namespace {

using Verb = FieldEdit::Verb;

Value yaml(std::string_view text)
{
    const Result<Value> read = parseYaml(text);
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : Value();
}

struct Row {
    const char *what;
    const char *before;
    std::vector<FieldEdit> edits;
    const char *after; ///< Or "error: …".
};

} // namespace

TEST(FieldEdits, changeWhatTheyNameAndNothingElse)
{
    const Row rows[] = {
        {"nothing to do", "a: 1", {}, "a: 1"},
        {"a member", "{a: 1, b: 2}", {{Verb::Set, "/a", Value(3)}}, "{a: 3, b: 2}"},
        {"a new member makes its maps", "a: 1", {{Verb::Set, "/b/c/d", Value(true)}}, "{a: 1, b: {c: {d: true}}}"},
        {"null is no map yet", "a: null", {{Verb::Set, "/a/b", Value(1)}}, "a: {b: 1}"},
        {"in an item", "a: [{b: 1}, {b: 2}]", {{Verb::Set, "/a/1/b", Value(3)}}, "a: [{b: 1}, {b: 3}]"},
        {"an item", "a: [1, 2]", {{Verb::Set, "/a/0", Value(3)}}, "a: [3, 2]"},
        {"an item that is not there", "a: [1]", {{Verb::Set, "/a/1", Value(3)}}, "error: /a/1: there is no such item"},
        {"an index with a zero in front", "a: [1, 2]", {{Verb::Set, "/a/01", Value(3)}}, "error: /a/01: there is no such item"},
        {"below a scalar", "a: 1", {{Verb::Set, "/a/b", Value(3)}}, "error: /a/b: what holds it is no map"},
        {"deep below a scalar", "a: 1", {{Verb::Set, "/a/b/c", Value(3)}}, "error: /a: is no map"},
        {"the object itself", "a: 1", {{Verb::Set, "", Value(3)}}, "error: an edit names no field"},
        {"an escaped name", "a: {}", {{Verb::Set, "/a/x~1y~0z", Value(3)}}, "a: {x/y~z: 3}"},
        {"removal", "{a: 1, b: 2}", {{Verb::Remove, "/a", {}}}, "b: 2"},
        {"removal of what is not there", "a: 1", {{Verb::Remove, "/x/y", {}}}, "a: 1"},
        {"removal takes the maps it empties", "{a: {b: {c: 1}}, d: 2}", {{Verb::Remove, "/a/b/c", {}}}, "d: 2"},
        {"but not those that hold more", "a: {b: {c: 1}, e: 1}", {{Verb::Remove, "/a/b/c", {}}}, "a: {e: 1}"},
        {"a map that was empty stays", "a: {b: {}}", {{Verb::Remove, "/a/b/c", {}}}, "a: {b: {}}"},
        {"an item keeps its place", "a: [{b: {c: 1}}, {b: 2}]", {{Verb::Remove, "/a/0/b/c", {}}}, "a: [{}, {b: 2}]"},
        {"removal of an item", "a: [1, 2, 3]", {{Verb::Remove, "/a/1", {}}}, "a: [1, 3]"},
        {"of the last item", "a: [1]", {{Verb::Remove, "/a/0", {}}}, "a: []"},
        {"of an item that is not there", "a: [1]", {{Verb::Remove, "/a/1", {}}}, "error: /a/1: there is no such item"},
        {"an item in front", "a: [1]", {{Verb::Insert, "/a/0", Value(0)}}, "a: [0, 1]"},
        {"at the end", "a: [1]", {{Verb::Insert, "/a/-", Value(2)}}, "a: [1, 2]"},
        {"at the length", "a: [1]", {{Verb::Insert, "/a/1", Value(2)}}, "a: [1, 2]"},
        {"beyond the end", "a: [1]", {{Verb::Insert, "/a/2", Value(2)}}, "error: /a/2: there is no such item"},
        {"into a list that is missing", "a: {}", {{Verb::Insert, "/a/b/-", Value(2)}}, "a: {b: [2]}"},
        {"into a map", "a: {b: 1}", {{Verb::Insert, "/a/0", Value(2)}}, "error: /a: is no list"},
        {"into nothing", "a: 1", {{Verb::Insert, "/0", Value(2)}}, "error: /0: an object is no list"},
        {"one after the other", "a: [1, 2]", {{Verb::Remove, "/a/0", {}}, {Verb::Set, "/a/0", Value(3)}, {Verb::Insert, "/a/-", Value(4)}}, "a: [3, 4]"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const Value before = yaml(row.before);
        const Value copy = deepCopy(before);
        const Result<Value> got = withFieldEdits(before, row.edits);
        EXPECT_EQ(before, copy) << "the object itself changed";
        if (std::string_view(row.after).starts_with("error: ")) {
            ASSERT_FALSE(got);
            EXPECT_EQ("error: " + got.error().message, row.after);
        } else {
            ASSERT_TRUE(got) << got.error().message;
            EXPECT_EQ(toYaml(*got), toYaml(yaml(row.after)));
        }
    }
}

TEST(FieldEdits, shareNothingWithWhatTheyBring)
{
    const Value brought = yaml("{x: {z: 1}}");
    const FieldEdit edits[] = {{Verb::Set, "/a", brought}, {Verb::Set, "/a/x/z", Value(2)}};
    ASSERT_TRUE(withFieldEdits(yaml("{}"), edits));
    EXPECT_EQ(brought["x"]["z"].intOr(0), 1);
}
