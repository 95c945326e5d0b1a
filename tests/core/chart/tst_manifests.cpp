#include "core/chart/glob.h"
#include "core/chart/manifest_head.h"
#include "core/chart/manifest_scan.h"
#include "core/chart/manifests.h"

#include <gtest/gtest.h>

#include <random>

using namespace fairway;
using namespace fairway::chart;

namespace {

std::string splitAsText(std::string_view text)
{
    std::string out;
    for (const std::string_view document : splitManifests(text))
        out += "[" + std::string(document) + "]";
    return out;
}

std::string sorted(const std::map<std::string, std::string> &files, HelmVersion version = HelmVersion::V4)
{
    const auto result = sortManifests(files, Messages(version));
    if (!result)
        return result.error().message;
    std::string out;
    for (const Manifest &manifest : result->manifests)
        out += manifest.kind + "/" + manifest.name + " ";
    for (const Hook &hook : result->hooks)
        out += "hook:" + hook.kind + "/" + hook.name + "@" + std::to_string(hook.weight) + " ";
    return out;
}

std::string object(const std::string &kind, const std::string &name, const std::string &annotations = {})
{
    return "kind: " + kind + "\nmetadata: {name: " + name + (annotations.empty() ? "" : ", annotations: {" + annotations + "}") + "}\n";
}

} // namespace

TEST(SplitManifests, cutsAtMarks)
{
    const struct {
        const char *text;
        const char *result;
    } rows[] = {
        {"", ""},
        {"a", "[a]"},
        {"---\na\n---\nb\n", "[a][b]"},
        {"a\n\n  \n---   \n\nb", "[a][b]"},
        {"a\n---b", "[a][b]"},
        {"a ---\nb", "[a ---\nb]"},
        {"---\n---\na", "[---\na]"},
        {"a\n---\n---\nb", "[a][---\nb]"},
        {"a\n--- # c\nb", "[a][# c\nb]"},
        {"---", ""},
        {"a\n----\nb", "[a][-\nb]"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(splitAsText(row.text), row.result) << row.text;
}

TEST(SortManifests, installsInOrderAndKeepsHooksApart)
{
    EXPECT_EQ(sorted({{"c/templates/a.yaml", object("Deployment", "d") + "---\n" + object("Service", "s")},
                  {"c/templates/b.yaml", object("Widget", "w") + "---\n" + object("Namespace", "ns") + "---\n" + object("Gadget", "g")},
                  {"c/templates/_x.tpl", "not: looked at: all"}, {"c/templates/empty.yaml", " \n"}}),
        "Namespace/ns Service/s Deployment/d Gadget/g Widget/w ");
    EXPECT_EQ(sorted({{"a", object("Job", "late", "helm.sh/hook: 'post-install, TEST', helm.sh/hook-weight: '5'") + "---\n"
                  + object("ConfigMap", "c", "helm.sh/hook: pre-install") + "---\n" + object("Pod", "gone", "helm.sh/hook: never")}}),
        "hook:ConfigMap/c@0 hook:Job/late@5 ");
}

TEST(SortManifests, knowsWebhooksInHelm4Only)
{
    const std::map<std::string, std::string> files {
        {"a", object("Apple", "a") + "---\n" + object("ValidatingWebhookConfiguration", "v") + "---\n" + object("Zebra", "z")}};
    EXPECT_EQ(sorted(files), "ValidatingWebhookConfiguration/v Apple/a Zebra/z ");
    EXPECT_EQ(sorted(files, HelmVersion::V3), "Apple/a ValidatingWebhookConfiguration/v Zebra/z ");
}

TEST(SortManifests, refusesInHelmsWords)
{
    EXPECT_EQ(sorted({{"c/a.yaml", "a: b: c"}}),
        "YAML parse error on c/a.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context");
    EXPECT_EQ(sorted({{"c/a.yaml", "metadata: {annotations: {a: [1]}}"}}),
        "YAML parse error on c/a.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field "
        ".metadata.annotations of type string");
    EXPECT_EQ(sorted({{"c/a.yaml", "[1]"}}),
        "YAML parse error on c/a.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type "
        "util.SimpleHead");
    EXPECT_EQ(sorted({{"c/a.yaml", object("Pod", "p", "a: 1, b: true, c: null")}}), "Pod/p ");
}

TEST(ManifestScan, readsSimpleDocuments)
{
    const struct {
        const char *text;
        bool isSimple;
    } rows[] = {
        {"kind: A\napiVersion: v1\nmetadata:\n  name: x\n  annotations:\n    helm.sh/hook: pre-install\n    \"b\": 'c'\nspec:\n- a: 1\n  b:\n  - c\n- - d\n", true},
        {"# comment\nkind: A # kind\ndata:\n  a: |-\n    text: [\n\n    more\n  b: >\n   folded\nx: {}\ny: []\nz:\n", true},
        {"kind: \"A\"\nx: \"a\\nb\"\n", true},
        {"", true},
        {"kind: a: b", false},
        {"kind: A\n  more\n", false},
        {"kind: A\nx: one\n  two\n\n  - three\ny: 1\n", true},
        {"kind: A\nx: one\n  two: three\n", false},
        {"kind: A\nx: one\n  two # three\n", false},
        {"kind: A\nx: one # two\n  three\n", false},
        {"kind: A\nx:\n- one\n  two\n- a: b\n   c\n  d: e\n", true},
        {"kind: A\nx: 'a\n  it''s b' # end\ny: \"a\n  \\n\n  b\"\n", true},
        {"kind: A\nx: 'a\nb'\n", false},
        {"kind: A\nx: \"a\n  \\q\"\n", false},
        {"kind: A\nx: 'a\n", false},
        {"kind: A\nx: 'a\n  b' c\n", false},
        {"kind: A\nx: [\"a\", b, 'c' ]\ny:\n- [z]\n- {}\n", true},
        {"kind: A\nx: [a: b]\n", false},
        {"kind: A\nx: [a, *b]\n", false},
        {"kind: A\nx: [a,\n  b]\n", false},
        {"kind: A\nx:\n  {}\ny:\n-\n  []\n", true},
        {"kind: A\nx:\n  {}\n  a: b\n", false},
        {"kind: A\nx:\n{}\n", false},
        {"kind: A\nx: .status\n.y: |\n  z\n", true},
        {"kind: A\nx: .inf\n", false},
        {"kind: A\n.inf: x\n", false},
        {"metadata:\n  name: a\n   b\n", false},
        {"kind: A\n b: c\n", false},
        {"kind:\n  a: b\n", false},
        {"kind: yes\n", false},
        {"kind: A\nx: [1, 2]\n", true},
        {"kind: A\nx: *a\n", false},
        {"kind: A\nx: .nan\n", false},
        {"kind: A\nx:\n\t- a\n", false},
        {"kind: A\nx:\n    a: 1\n   b: 2\n", false},
        {"kind: A\nx: |\n    a\n   b\n", false},
        {"- a\n", false},
        {"metadata: x\n", false},
        {"Kind: A\nkind: B\n", false},
    };
    const ManifestHeadReader reader(HelmVersion::V4);
    for (const auto &row : rows) {
        const auto head = scanManifestHead(row.text);
        EXPECT_EQ(head.has_value(), row.isSimple) << row.text;
        if (head) {
            EXPECT_EQ(*head, reader.readFully(row.text).value()) << row.text;
        }
    }
}

TEST(ManifestScan, agreesWithTheFullReaderOnWhatItTakes)
{
    const std::string samples[] = {
        "kind: A\napiVersion: v1\nmetadata:\n  name: x\n  annotations:\n    helm.sh/hook: pre-install\n    b: 'c'\nspec:\n- a: 1\n  b:\n  - c\n- - d\n",
        "kind: A\ndata:\n  a: |-\n    text: [\n\n    more\n  b: >\n   folded\nx: {}\ny: []\nz:\n  q: \"s\"\n",
        "metadata:\n  annotations:\n    k: v\n  name: n1\n  labels:\n    - x\nkind: K\nlist:\n  - name: a\n    value: b\n  -\n    c: d\n",
        "kind: A\nx: one\n  two\n\n   three\ny: 'a\n  it''s b'\nmetadata:\n  annotations:\n    {}\n  name: n\nz:\n- one\n  two\n- a: b\n   c\n  d: .e\n",
        "a: [\"x\", y, 'z']\nb:\n  {}\nc: \"d\n  \\n\n  e\"\n.f:\n- [g]\n-\n  []\nkind: A\n",
    };
    constexpr std::string_view alphabet = " \n-:#'\"|>{}[]&*!ab.0~\\?,";
    std::mt19937 random(7);
    const ManifestHeadReader reader(HelmVersion::V4);
    std::size_t taken = 0;
    for (int round = 0; round < 150'000; ++round) {
        std::string text = samples[random() % std::size(samples)];
        for (unsigned edits = 1 + random() % 4; edits > 0; --edits) {
            const std::size_t at = random() % text.size();
            const char c = alphabet[random() % alphabet.size()];
            switch (random() % 3) {
            case 0: text.insert(at, 1, c); break;
            case 1: text[at] = c; break;
            default: text.erase(at, 1); break;
            }
        }
        const auto head = scanManifestHead(text);
        if (!head)
            continue;
        ++taken;
        const auto full = reader.readFully(text);
        ASSERT_TRUE(full) << full.error().message << "\n" << text;
        ASSERT_EQ(*head, *full) << text;
    }
    EXPECT_GT(taken, 5'000U);
}

TEST(Glob, matches)
{
    const struct {
        const char *pattern;
        const char *name;
        bool isMatch;
    } rows[] = {
        {"*", "a", true}, {"*", "a/b", false}, {"**", "a/b", true}, {"a/**", "a/b/c", true}, {"a/*.{txt,md}", "a/b.md", true},
        {"a/*.{txt,md}", "a/b.c", false}, {"[a-c]x", "bx", true}, {"[!a-c]x", "bx", false}, {"?", "/", false}, {"\\*", "*", true},
        {"[", "anything", true}, {"{a,b", "anything", true}, {"**.yaml", "x/y.yaml", true}, {"{a,b{c,d}}e", "bde", true},
    };
    for (const auto &row : rows)
        EXPECT_EQ(matchesGlob(row.pattern, row.name), row.isMatch) << row.pattern << " on " << row.name;
    EXPECT_FALSE(matchesGlob("a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a'))); // and comes back
}
