#include "core/operate/diff.h"
#include "core/value/line_diff.h"
#include "core/value/yaml.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::operate;
using value::Value;

namespace {

std::string printed(const Diff &diff)
{
    std::string text;
    for (const DiffLine &line : diff.lines) {
        const char signs[] = {'#', ' ', '-', '+'};
        text += signs[static_cast<std::size_t>(line.kind)];
        text += line.text + "\n";
    }
    return text;
}

Value yaml(const char *text)
{
    auto parsed = value::parseYaml(text);
    EXPECT_TRUE(parsed) << text;
    return parsed.value_or(Value());
}

} // namespace

TEST(Diff, showsOnlyTheWeightsThatChangeUnderTheirRule)
{
    const Value before = test::reviews();
    const Diff diff = diffObjects(before, test::withWeights(before, 75, 25));
    EXPECT_EQ(diff.changedFields, 2);
    EXPECT_EQ(printed(diff), "#spec.http[2].route\n"
                             "   [0] subset: v1\n"
                             "-    weight: 90\n"
                             "+    weight: 75\n"
                             "   [1] subset: v2\n"
                             "-    weight: 10\n"
                             "+    weight: 25\n");
}

TEST(Diff, objectsInTable)
{
    struct Row {
        const char *name;
        const char *before;
        const char *after;
        int fields;
        const char *lines;
    };
    const Row rows[] = {
        {"nothing changes", "a: 1", "a: 1", 0, ""},
        {"a float that equals an int is no change", "a: 1.0", "a: 1", 0, ""},
        {"a scalar at the top", "a: 1", "a: 2", 1, "#object\n-  a: 1\n+  a: 2\n"},
        {"a new member of a map", "spec: {a: 1}", "spec: {a: 1, b: {c: 2}}", 1, "#spec\n+  b:\n+    c: 2\n"},
        {"a member goes", "spec: {a: 1, b: x}", "spec: {a: 1}", 1, "#spec\n-  b: x\n"},
        {"keys that need quotes", "metadata: {annotations: {a.b/c: {d: 1}}}", "metadata: {annotations: {a.b/c: {d: 2}}}", 1,
         "#metadata.annotations[\"a.b/c\"]\n-  d: 1\n+  d: 2\n"},
        {"a list grows: only the new item", "spec: {hosts: [a, b]}", "spec: {hosts: [a, x, b]}", 1,
         "#spec\n   hosts:\n+    [1] x\n"},
        {"an item of a plain list", "spec: {hosts: [a, b]}", "spec: {hosts: [a, c]}", 1, "#spec.hosts\n-  [1] b\n+  [1] c\n"},
        {"null is not absent", "spec: {a: null}", "spec: {}", 1, "#spec\n-  a: null\n"},
        {"what the server writes does not count", "metadata: {resourceVersion: '1', generation: 1}\nstatus: {a: 1}",
         "metadata: {resourceVersion: '2', generation: 2}\nstatus: {a: 2}", 0, ""},
        {"text over several lines by line", "data: {f: \"a\\nb\\nc\\n\"}", "data: {f: \"a\\nB\\nc\\n\"}", 1,
         "#data\n   f: |\n-    b\n+    B\n"},
        {"kinds differ", "spec: {a: [1]}", "spec: {a: {b: 1}}", 1, "#spec\n-  a:\n-  - 1\n+  a:\n+    b: 1\n"},
    };
    for (const Row &row : rows) {
        const Diff diff = diffObjects(yaml(row.before), yaml(row.after));
        EXPECT_EQ(diff.changedFields, row.fields) << row.name;
        EXPECT_EQ(printed(diff), row.lines) << row.name;
    }
}

TEST(Diff, neverShowsWhatASecretHolds)
{
    const Value before = yaml("apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: "
                              "{kubectl.kubernetes.io/last-applied-configuration: hunter2}}\ndata: {password: aHVudGVyMg==}");
    Value after = value::deepCopy(before);
    Value data = after["data"];
    data.set("password", "c3dvcmRmaXNo");
    const Diff diff = diffObjects(before, after);
    EXPECT_EQ(diff.changedFields, 1);
    EXPECT_EQ(printed(diff).find("aHVu"), std::string::npos);
    EXPECT_EQ(printed(diff).find("c3dv"), std::string::npos);
    EXPECT_NE(printed(diff).find("<secret, 12 characters"), std::string::npos) << printed(diff);
}

TEST(Diff, isBoundedForHugeObjects)
{
    Value before = Value::map();
    Value after = Value::map();
    for (int i = 0; i < 20000; ++i) {
        before.set("k" + std::to_string(i), i);
        after.set("k" + std::to_string(i), i + 1);
    }
    const Diff diff = diffObjects(before, after);
    EXPECT_EQ(diff.changedFields, 20000);
    EXPECT_EQ(diff.lines.size(), 2000U);
    EXPECT_TRUE(diff.isTruncated);
}

TEST(LineDiff, editsRebuildBothSides)
{
    const std::vector<std::pair<std::string, std::string>> rows {
        {"", ""}, {"a\n", ""}, {"", "a\n"}, {"a\nb\nc\n", "a\nc\n"}, {"a\nb\nc\n", "x\ny\n"},
        {"a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n"}, {"1\n2\n3\n4\n5\n6\n", "1\n3\n2\n4\n6\n5\n7\n"}};
    for (const auto &[before, after] : rows) {
        const auto a = value::splitLines(before);
        const auto b = value::splitLines(after);
        std::vector<std::string_view> left;
        std::vector<std::string_view> right;
        for (const value::LineEdit &edit : value::diffLines(a, b)) {
            if (edit.kind != value::LineEdit::Kind::Added)
                left.push_back(a[edit.before]);
            if (edit.kind != value::LineEdit::Kind::Removed)
                right.push_back(b[edit.after]);
            if (edit.kind == value::LineEdit::Kind::Same) {
                EXPECT_EQ(a[edit.before], b[edit.after]);
            }
        }
        EXPECT_EQ(left, a);
        EXPECT_EQ(right, b);
    }
}

TEST(UnifiedDiff, looksLikeDiffU)
{
    std::string before;
    for (int i = 1; i <= 20; ++i)
        before += std::to_string(i) + "\n";
    std::string after = before;
    after.replace(after.find("2\n"), 2, "two\n");
    after.replace(after.find("19\n"), 3, "");
    EXPECT_EQ(unifiedDiff(before, after, "old", "new"),
              "--- old\n+++ new\n"
              "@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n"
              "@@ -16,5 +16,4 @@\n 16\n 17\n 18\n-19\n 20\n");
    EXPECT_EQ(unifiedDiff("", "a\n", "old", "new"), "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n");
    EXPECT_EQ(unifiedDiff(before, before, "old", "new"), "");
}

TEST(FieldPath, tellsIndexesFromKeys)
{
    const Value object = yaml("a: [{b: {c/d: 1, '0': 2}}]");
    EXPECT_EQ(fieldPath(object, "/a/0/b/c~1d"), "a[0].b[\"c/d\"]");
    EXPECT_EQ(fieldPath(object, "/a/0/b/0"), "a[0].b.0");
    EXPECT_EQ(fieldPath(object, ""), "");
}
