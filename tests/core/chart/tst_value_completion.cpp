#include "core/chart/value_completion.h"

#include <gtest/gtest.h>

#include <string>

using namespace fairway;
using namespace fairway::chart;

namespace {

/// `marked` has the caret as a `|`.
std::optional<CompletionPlace> placeIn(std::string marked)
{
    const std::size_t caret = marked.find('|');
    marked.erase(caret, 1);
    const auto line = static_cast<std::size_t>(std::count(marked.begin(), marked.begin() + static_cast<std::ptrdiff_t>(caret), '\n'));
    const std::size_t start = caret == 0 ? std::string::npos : marked.rfind('\n', caret - 1);
    return completionPlace(marked, line, start == std::string::npos ? caret : caret - start - 1);
}

std::string told(const CompletionPlace &place)
{
    std::string text;
    for (const std::string &step : place.steps)
        text += "/" + step;
    text += " " + std::to_string(place.indent);
    if (!place.key.empty())
        text += " " + place.key + "=";
    text += " '" + place.typed + "'";
    for (const std::string &key : place.present)
        text += " -" + key;
    return text;
}

ValueForm formOf(const std::string &text)
{
    FormSource source;
    source.schema = R"({"type":"object","required":["owner"],"properties":{
      "owner":{"type":"string","description":"Who is woken"},
      "image":{"type":"object","properties":{"tag":{"type":"string"},"pullPolicy":{"enum":["Always","IfNotPresent","Never"]}}},
      "debug":{"type":"boolean","deprecated":true},
      "hosts":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"port":{"type":"integer"}}}},
      "yes":{"type":"string","enum":["no","a: b"]}}})";
    source.defaults = "# -- How many pods\nreplicas: 3\nimage:\n  tag: '1'\n  pullPolicy: IfNotPresent\nhosts:\n- {name: a, port: 80}\nempty: []\ncache:\n  size: 1Gi\n";
    source.text = text;
    return makeValueForm(source).value();
}

std::string offered(const std::string &marked)
{
    const std::optional<CompletionPlace> place = placeIn(marked);
    if (!place)
        return "nowhere";
    std::string text;
    for (const Completion &one : completionsAt(formOf("").root, *place))
        text += (text.empty() ? "" : " ") + one.name;
    return text;
}

const Completion *named(const std::vector<Completion> &all, std::string_view name)
{
    for (const Completion &one : all) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

} // namespace

TEST(CompletionPlace, isToldByIndentation)
{
    struct Row {
        const char *text;
        const char *place; ///< Null: nothing can be completed there.
    };
    const Row rows[] = {
        {"|", " 0 ''"},
        {"ima|", " 0 'ima'"},
        {"a: 1\nb|\nc: 2", " 0 'b' -a -c"},
        {"image:\n  |", "/image 2 ''"},
        {"image:\n  tag: 1\n  pu|\nother: 2\n", "/image 2 'pu' -tag"},
        {"image:\n    tag: 1\n    pu|", "/image 4 'pu' -tag"},
        {"a:\n  b:\n    c: 1\n  d|", "/a 2 'd' -b"},
        {"a:\n  b:\n    c: 1\nd|", " 0 'd' -a"},
        {"# image:\nimage: # the image\n  # tag\n  t|", "/image 2 't'"},
        {"image: &anchor\n  t|", "/image 2 't'"},
        {"image: !!map\n  t|", "/image 2 't'"},
        {"\"a.b\":\n  t|", "/a.b 2 't'"},
        {"a: 1\n---\nb|", " 0 'b'"},
        {"image:\r\n  tag: 1\r\n  p|", "/image 2 'p' -tag"},
        // values
        {"image:\n  pullPolicy: Al|", "/image 2 pullPolicy= 'Al'"},
        {"debug: |", " 0 debug= ''"},
        {"debug:|", nullptr},
        {"url: http://x|", " 0 url= 'http://x'"},
        // lists
        {"env:\n- n|", "/env/0 2 'n'"},
        {"env:\n  - n|", "/env/0 4 'n'"},
        {"env:\n  - name: a\n    va|", "/env/0 4 'va' -name"},
        {"env:\n  - name: a\n    value: 1\n  - name: b\n    va|\n  - name: c\n", "/env/1 4 'va' -name"},
        {"env:\n- name: a\n- na|", "/env/1 2 'na'"},
        {"env:\n- name: a\n  va|\nb: 1", "/env/0 2 'va' -name"},
        {"a:\n  - b:\n      - c|", "/a/0/b/0 8 'c'"},
        {"a:\n  - b:\n      c|", "/a/0/b 6 'c'"},
        {"hosts:\n- a: 1\npo|", " 0 'po' -hosts"},
        // nothing to offer
        {"# a|", nullptr},
        {"a: 1 # b|", nullptr},
        {"- - a|", nullptr},
        {"- a|", nullptr},
        {"{a: |", nullptr},
        {"script: |-\n  echo |", nullptr},
        {"a: text\n  b|", nullptr},
    };
    for (const Row &row : rows) {
        std::string text = row.text;
        const std::size_t block = text.find(": |-\n"); // a bar of YAML's own
        if (block != std::string::npos) {
            const std::size_t caret = text.rfind('|');
            text.erase(caret, 1);
            const std::optional<CompletionPlace> place = completionPlace(text, 1, caret - text.find('\n') - 1);
            EXPECT_FALSE(place) << row.text;
            continue;
        }
        const std::optional<CompletionPlace> place = placeIn(text);
        EXPECT_EQ(place ? told(*place) : "nowhere", row.place ? row.place : "nowhere") << row.text;
    }
    EXPECT_FALSE(completionPlace("a: 1", 5, 0));
    EXPECT_TRUE(completionPlace("a", 0, 100));
}

TEST(Completion, offersWhatSchemaAndDefaultsKnow)
{
    struct Row {
        const char *text;
        const char *offered;
    };
    const Row rows[] = {
        {"|", "owner replicas image hosts empty cache debug yes"},
        {"re|", "replicas"},
        {"E|", "empty owner replicas image cache debug yes"}, // beginning with it before having it
        {"owner: x\nreplicas: 1\n|", "image hosts empty cache debug yes"},
        {"image:\n  |", "tag pullPolicy"},
        {"image:\n  tag: 2\n  |", "pullPolicy"},
        {"image:\n  pullPolicy: |", "Always IfNotPresent Never"},
        {"image:\n  pullPolicy: n|", "Never IfNotPresent"},
        {"debug: |", "true false"},
        {"replicas: |", "3"},
        {"yes: |", "\"no\" 'a: b'"},
        {"hosts:\n- |", "name port"},
        {"hosts:\n- name: a\n- name: b\n  |", "port"},
        {"hosts: |", ""},
        {"cache:\n  s|", "size"},
        {"cache:\n  x|", ""},
        {"nowhere:\n  |", ""},
        {"nowhere: |", ""},
        {"image:\n  tag:\n    |", ""},
    };
    for (const Row &row : rows)
        EXPECT_EQ(offered(row.text), row.offered) << row.text;
}

TEST(Completion, saysWhatItIsAndWhatIsInserted)
{
    const ValueForm form = formOf("");
    const auto top = completionsAt(form.root, *placeIn("a:\n    b: 1\n|"));
    EXPECT_EQ(named(top, "owner")->help, "Who is woken");
    EXPECT_TRUE(named(top, "owner")->isRequired);
    EXPECT_EQ(named(top, "owner")->insert, "owner: ");
    EXPECT_EQ(named(top, "replicas")->preset, "3");
    EXPECT_EQ(named(top, "replicas")->kind, FieldFacts::Kind::Number);
    EXPECT_EQ(named(top, "replicas")->help, "How many pods");
    EXPECT_EQ(named(top, "image")->insert, "image:\n    "); // as the text indents
    EXPECT_EQ(named(top, "hosts")->insert, "hosts:\n    - ");
    EXPECT_TRUE(named(top, "debug")->isDeprecated);
    EXPECT_EQ(named(top, "yes")->insert, "\"yes\": "); // a bare one would be true to YAML's older readers
    const auto policies = completionsAt(form.root, *placeIn("image:\n  pullPolicy: |"));
    EXPECT_TRUE(named(policies, "IfNotPresent")->isPreset);
    EXPECT_FALSE(named(policies, "Always")->isPreset);
    EXPECT_EQ(named(policies, "Always")->insert, "Always");
    EXPECT_FALSE(named(policies, "Always")->isKey);
    const auto inside = completionsAt(form.root, *placeIn("x:\n  y: 1\nimage:\n  |"));
    EXPECT_EQ(named(inside, "tag")->insert, "tag: ");
}
