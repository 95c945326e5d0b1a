#include "core/value/yaml_tree.h"

#include <gtest/gtest.h>

using namespace fairway::value;

namespace {

std::string covered(const std::string &text, const YamlNode &node)
{
    return text.substr(node.start.offset, node.end.offset - node.start.offset);
}

const std::string Route = R"(# The shop's front door: don't touch on Fridays
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, "namespace": 'web'}   # flow on purpose
spec:
  http:
  - route:
    - destination: {host: shop, subset: v1}
      weight: 90   # stable
    - destination:
        host: "shop"
        subset: 'v2'
      weight:    10
    retries: &r
      attempts: 3
    note: |
      a: b

  - retries: *r
)";

} // namespace

TEST(YamlTree, nodesKnowTheirBytes)
{
    const auto roots = parseYamlTree(Route);
    ASSERT_TRUE(roots) << roots.error().message;
    ASSERT_EQ(roots->size(), 1U);
    const YamlNode &root = roots->front();
    struct Row {
        const char *pointer;
        const char *bytes;
        YamlNode::Style style;
    } rows[] = {
        {"/kind", "VirtualService", YamlNode::Style::Plain},
        {"/metadata", R"({name: shop, "namespace": 'web'})", YamlNode::Style::Flow},
        {"/metadata/namespace", "'web'", YamlNode::Style::SingleQuoted},
        {"/spec/http/0/route/0/weight", "90", YamlNode::Style::Plain},
        {"/spec/http/0/route/1/weight", "10", YamlNode::Style::Plain},
        {"/spec/http/0/route/1/destination/host", "\"shop\"", YamlNode::Style::DoubleQuoted},
        {"/spec/http/0/retries", "attempts: 3", YamlNode::Style::Block},
        {"/spec/http/1/retries", "*r", YamlNode::Style::Plain},
    };
    for (const Row &row : rows) {
        const YamlNode *node = root.at(row.pointer);
        ASSERT_NE(node, nullptr) << row.pointer;
        EXPECT_EQ(covered(Route, *node), row.bytes) << row.pointer;
        EXPECT_EQ(node->style, row.style) << row.pointer;
    }
    EXPECT_EQ(root.at("/spec/http/0/route/1/weight")->start.line, 13U);
    EXPECT_EQ(root.at("/spec/http/0/route/1/weight")->start.column, 18U);
    EXPECT_EQ(root.at("/spec/http/0/retries")->anchor, "r");
    EXPECT_EQ(root.at("/spec/http/1/retries")->text, "r");
    EXPECT_EQ(root.at("/spec/http/0/note")->text, "a: b\n");
    EXPECT_EQ(root.at("/spec/http/7"), nullptr);
    EXPECT_EQ(root.at("/spec/nothing"), nullptr);
}

TEST(YamlTree, editsKeepEveryOtherByte)
{
    const auto roots = parseYamlTree(Route);
    ASSERT_TRUE(roots);
    const YamlNode &first = *roots->front().at("/spec/http/0/route/0/weight");
    const YamlNode &second = *roots->front().at("/spec/http/0/route/1/weight");
    const auto edited = applyEdits(Route,
        {{second.start.offset, second.end.offset, "25"}, {first.start.offset, first.end.offset, "75"}});
    ASSERT_TRUE(edited);
    std::string expected = Route;
    expected.replace(expected.find("90"), 2, "75");
    expected.replace(expected.find("10 ") == std::string::npos ? expected.find("    10\n") + 4 : 0, 2, "25");
    EXPECT_EQ(*edited, expected);
    EXPECT_FALSE(applyEdits("abc", {{0, 2, "x"}, {1, 3, "y"}}));
    EXPECT_FALSE(applyEdits("abc", {{2, 4, "x"}}));
}

TEST(YamlTree, offsetsAreBytesWhateverTheCharacters)
{
    const std::string filler(300, 'x');
    const std::string text = "\xEF\xBB\xBF# \u00e9\u4e16\U0001F600\r\na: \u00e9 # \u4e16\r\nb: " + filler + "\u00e9\r\nc: [\"\u4e16\", 7]\r\n";
    const auto roots = parseYamlTree(text);
    ASSERT_TRUE(roots);
    EXPECT_EQ(covered(text, *roots->front().at("/a")), "\u00e9");
    EXPECT_EQ(covered(text, *roots->front().at("/b")), filler + "\u00e9");
    EXPECT_EQ(covered(text, *roots->front().at("/c/0")), "\"\u4e16\"");
    EXPECT_EQ(covered(text, *roots->front().at("/c/1")), "7");
    EXPECT_EQ(roots->front().at("/c/1")->start.line, 4U);
}

TEST(YamlTree, severalDocumentsAndEmptyNodes)
{
    const std::string text = "---\n# nothing\n---\na:\nb: !!str\nc: &x\n---\n- 1\n";
    const auto roots = parseYamlTree(text);
    ASSERT_TRUE(roots);
    ASSERT_EQ(roots->size(), 2U);
    const YamlNode *empty = roots->front().at("/a");
    ASSERT_NE(empty, nullptr);
    EXPECT_EQ(empty->start.offset, empty->end.offset);
    EXPECT_EQ(roots->front().at("/b")->tag, "tag:yaml.org,2002:str");
    EXPECT_EQ(roots->back().start.line, 8U);
    EXPECT_FALSE(parseYamlTree("a: b: c"));
    EXPECT_FALSE(parseYamlTree(std::string(2000, '[')));
}

TEST(YamlTree, anchorsAndTagsStandBeforeTheNode)
{
    const std::string text = "a: &x !!map  {b: 1}\nc: !t &y # why\n  - 2\nd: &z 'q'\n";
    const auto roots = parseYamlTree(text);
    ASSERT_TRUE(roots) << roots.error().message;
    EXPECT_EQ(covered(text, *roots->front().at("/a")), "{b: 1}");
    EXPECT_EQ(covered(text, *roots->front().at("/c")), "- 2");
    EXPECT_EQ(roots->front().at("/c")->start.line, 3U);
    EXPECT_EQ(covered(text, *roots->front().at("/d")), "'q'");
}
