#include "core/chart/value_form.h"
#include "core/chart/value_form_edit.h"
#include "core/chart/value_help.h"
#include "core/value/json.h"
#include "core/value/pointer.h"

#include <gtest/gtest.h>

#include <functional>

using namespace fairway;
using namespace fairway::chart;
using Kind = FormField::Kind;

namespace {

const FormField *at(const FormField &field, std::string_view pointer)
{
    if (field.pointer == pointer)
        return &field;
    for (const FormField &inner : field.fields) {
        if (const FormField *found = at(inner, pointer))
            return found;
    }
    return nullptr;
}

const char *const Schema = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "required": ["image", "replicas", "owner"],
  "definitions": {
    "port": {"type": "integer", "minimum": 1, "maximum": 65535, "description": "A TCP port"},
    "named": {"properties": {"name": {"type": "string", "pattern": "^[a-z]+$", "title": "Name"}}}
  },
  "properties": {
    "replicas": {"type": "integer", "minimum": 1, "exclusiveMaximum": 10},
    "image": {"type": "object", "additionalProperties": false, "properties": {
      "tag": {"type": ["string", "null"], "minLength": 1},
      "pullPolicy": {"enum": ["Always", "IfNotPresent", "Never"], "default": "IfNotPresent"}}},
    "port": {"$ref": "#/definitions/port"},
    "hosts": {"type": "array", "items": {"allOf": [{"$ref": "#/definitions/named"}, {"type": "object", "properties": {"port": {"$ref": "#/definitions/port"}}}]}},
    "timeoutMs": {"type": "number", "multipleOf": 5},
    "storage": {"oneOf": [
      {"title": "None", "type": "object", "properties": {"kind": {"const": "none"}}, "required": ["kind"]},
      {"title": "Disk", "type": "object", "properties": {"kind": {"const": "disk"}, "size": {"type": "string"}}, "required": ["kind"]}]},
    "tree": {"$ref": "#/properties/recursive"},
    "recursive": {"type": "object", "properties": {"child": {"$ref": "#/properties/recursive"}}},
    "owner": {"type": "string"},
    "debug": {"type": "boolean", "deprecated": true}
  }
})";

FormSource source(std::string text)
{
    FormSource form;
    form.schema = Schema;
    form.defaults = "# -- How many\n# @default -- 3\nreplicas: 3\nimage:\n  tag: '1'\n  pullPolicy: IfNotPresent\n"
                    "hosts:\n  - name: a\nstorage: {kind: disk, size: 1Gi}\nextra:\n  free: yes\nport: 80\n";
    form.text = std::move(text);
    return form;
}

} // namespace

TEST(ValueForm, knowsWhatSchemaDefaultsAndFileSay)
{
    const auto form = makeValueForm(source("replicas: 20\nimage: {tag: ''}\nnew: [1]\n"));
    ASSERT_TRUE(form) << form.error().message;
    const FormField &root = form->root;
    const FormField &replicas = *at(root, "/replicas");
    EXPECT_EQ(replicas.kind, Kind::Int);
    EXPECT_TRUE(replicas.isSet);
    EXPECT_TRUE(replicas.isRequired);
    EXPECT_EQ(replicas.preset, value::Value(3));
    EXPECT_EQ(replicas.value, value::Value(20));
    EXPECT_EQ(replicas.minimum, 1.0);
    EXPECT_EQ(replicas.maximum, 10.0);
    EXPECT_TRUE(replicas.isBelowMaximum);
    EXPECT_EQ(replicas.help, "How many");
    ASSERT_EQ(replicas.faults.size(), 1U);
    EXPECT_NE(replicas.faults[0].find("10"), std::string::npos) << replicas.faults[0];
    EXPECT_FALSE(at(root, "/image/tag")->faults.empty());
    EXPECT_EQ(at(root, "/image/tag")->kind, Kind::String);
    EXPECT_EQ(at(root, "/image/pullPolicy")->kind, Kind::Enum);
    EXPECT_EQ(at(root, "/image/pullPolicy")->choices.size(), 3U);
    EXPECT_FALSE(at(root, "/image/pullPolicy")->isSet);
    EXPECT_FALSE(at(root, "/image")->isOpen);
    EXPECT_EQ(at(root, "/port")->help, "A TCP port");
    EXPECT_EQ(at(root, "/port")->maximum, 65535.0);
    EXPECT_EQ(at(root, "/timeoutMs")->unit, "ms");
    EXPECT_EQ(at(root, "/timeoutMs")->step, 5.0);
    EXPECT_FALSE(at(root, "/timeoutMs")->hasPreset);
    EXPECT_EQ(at(root, "/extra/free")->kind, Kind::Bool);
    EXPECT_TRUE(at(root, "/extra")->isOpen);
    EXPECT_TRUE(at(root, "/debug")->isDeprecated);
    const FormField &owner = *at(root, "/owner");
    EXPECT_EQ(owner.faults, std::vector<std::string> {"missing: the chart needs this value"});
    EXPECT_TRUE(root.faults.empty()) << root.faults.front();
    EXPECT_EQ(form->faultCount, 3U);
    EXPECT_EQ(root.faultsBelow, 3U);
}

TEST(ValueForm, keepsTheOrderOfValuesYaml)
{
    const auto form = makeValueForm(source("zebra: 1\n"));
    ASSERT_TRUE(form);
    std::string names;
    for (const FormField &field : form->root.fields)
        names += field.name + " ";
    EXPECT_EQ(names, "replicas image hosts storage extra port zebra debug owner recursive timeoutMs tree ");
}

TEST(ValueForm, listsHaveFieldsForItems)
{
    const auto form = makeValueForm(source("hosts:\n- name: Upper\n  port: 0\n- name: b\n"));
    ASSERT_TRUE(form);
    const FormField &hosts = *at(form->root, "/hosts");
    EXPECT_EQ(hosts.kind, Kind::List);
    ASSERT_EQ(hosts.fields.size(), 2U);
    EXPECT_EQ(at(hosts, "/hosts/0/name")->title, "Name");
    EXPECT_EQ(at(hosts, "/hosts/0/name")->pattern, "^[a-z]+$");
    EXPECT_FALSE(at(hosts, "/hosts/0/name")->faults.empty());
    EXPECT_FALSE(at(hosts, "/hosts/0/port")->faults.empty());
    EXPECT_TRUE(at(hosts, "/hosts/1/name")->faults.empty());
    EXPECT_EQ(hosts.faultsBelow, 2U);
    EXPECT_TRUE(hosts.newItem.isMap());
}

TEST(ValueForm, choosesTheAlternativeThatFits)
{
    const auto form = makeValueForm(source(""));
    ASSERT_TRUE(form);
    const FormField &storage = *at(form->root, "/storage");
    EXPECT_EQ(storage.alternatives, (std::vector<std::string> {"None", "Disk"}));
    EXPECT_EQ(storage.alternative, 1);
    EXPECT_EQ(value::toJson(storage.alternativeValues.at(0)), R"({"kind":"none"})");
    EXPECT_EQ(at(storage, "/storage/size")->kind, Kind::String);
    const auto other = makeValueForm(source("storage: {kind: none, size: null}"));
    EXPECT_EQ(at(other->root, "/storage")->alternative, 0);
}

TEST(ValueForm, aSchemaInsideItselfEnds)
{
    const auto form = makeValueForm(source("tree: {child: {child: {}}}\n"));
    ASSERT_TRUE(form);
    EXPECT_NE(at(form->root, "/tree/child/child"), nullptr);
    EXPECT_LT(form->fieldCount, 40U);
    EXPECT_FALSE(form->isCut);
}

TEST(ValueForm, subchartsBringTheirOwn)
{
    FormSource form = source("cache:\n  size: -1\n");
    form.subcharts.push_back({{"cache"}, R"({"properties": {"size": {"type": "integer", "minimum": 0}}})", "# cache\nsize: 5\nport: 6379 # -- no\n"});
    form.subcharts.push_back({{"cache", "deep"}, "", "# -- Deep inside\nflag: true\n"});
    form.defaults += "cache:\n  port: 7000\n";
    const auto made = makeValueForm(form);
    ASSERT_TRUE(made);
    EXPECT_EQ(at(made->root, "/cache/size")->kind, Kind::Int);
    EXPECT_EQ(at(made->root, "/cache/size")->preset, value::Value(5));
    EXPECT_FALSE(at(made->root, "/cache/size")->faults.empty());
    EXPECT_EQ(at(made->root, "/cache/port")->preset, value::Value(7000));
    EXPECT_EQ(at(made->root, "/cache/deep/flag")->help, "Deep inside");
}

TEST(ValueForm, otherFilesCount)
{
    FormSource form = source("image: {tag: x}\n");
    form.below = {"replicas: 5\n"};
    form.above = {"owner: me\n"};
    const auto made = makeValueForm(form);
    ASSERT_TRUE(made);
    EXPECT_EQ(at(made->root, "/replicas")->preset, value::Value(5));
    EXPECT_EQ(made->faultCount, 0U);
    form.isDefaults = true;
    const auto defaults = makeValueForm(form);
    EXPECT_FALSE(at(defaults->root, "/image/tag")->hasPreset);
}

TEST(ValueForm, saysWhatItCantUse)
{
    EXPECT_EQ(makeValueForm(source("a: [")).error().code, ErrorCode::InvalidInput);
    FormSource broken = source("a: 1\n");
    broken.schema = "{";
    const auto form = makeValueForm(broken);
    ASSERT_TRUE(form);
    EXPECT_FALSE(form->schemaProblem.empty());
    EXPECT_EQ(at(form->root, "/replicas")->kind, Kind::Number);
    broken.defaults = "a: [";
    EXPECT_EQ(makeValueForm(broken).error().message.substr(0, 12), "values.yaml:");
}

TEST(ValueForm, isBounded)
{
    std::string many;
    for (int i = 0; i < 30'000; ++i)
        many += "k" + std::to_string(i) + ": 1\n";
    FormSource form;
    form.text = many;
    const auto made = makeValueForm(form);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->isCut);
    EXPECT_EQ(made->fieldCount, 20'000U);
    std::string deep;
    for (int i = 0; i < 200; ++i)
        deep += "{a: ";
    form.text = "a: " + deep + "1" + std::string(200, '}') + "\n";
    EXPECT_TRUE(makeValueForm(form)->isCut);
}

TEST(ValueHelp, readsBothConventions)
{
    const auto help = helpFromComments(R"(
# -- (int) How many
#    copies run
# @default -- 3
replicas: 3
image:
  # A plain comment

  # -- Which one
  tag: x
# image.pullPolicy -- When to pull
  pullPolicy: Always
## @param service.port [nullable] Where it listens
## @param service.list[0].name First
service:
  port: 80
)");
    EXPECT_EQ(help.at("/replicas"), "How many copies run");
    EXPECT_EQ(help.at("/image/tag"), "Which one");
    EXPECT_EQ(help.at("/image/pullPolicy"), "When to pull");
    EXPECT_EQ(help.at("/service/port"), "Where it listens");
    EXPECT_EQ(help.at("/service/list/0/name"), "First");
    EXPECT_EQ(help.size(), 5U);
}

TEST(ValueForm, changesBecomeText)
{
    struct Row {
        const char *what;
        const char *text;
        FormChange change;
        const char *after;
    };
    using Change = FormChange::Kind;
    const Row rows[] = {
        {"a value", "replicas: 1 # c\n", {Change::Set, "/replicas", value::Value(4)}, "replicas: 4 # c\n"},
        {"a value of the defaults", "# c\n", {Change::Set, "/image/tag", value::Value("2")}, "# c\nimage:\n  tag: \"2\"\n"},
        {"back to the default", "replicas: 1\nport: 2\n", {Change::Reset, "/replicas", {}}, "port: 2\n"},
        {"an item of a list only the defaults have", "port: 2\n", {Change::Set, "/hosts/0/name", value::Value("b")}, "port: 2\nhosts:\n  - name: b\n"},
        {"one more", "", {Change::AddItem, "/hosts", value::Value("x")}, "hosts:\n  - name: a\n  - x\n"},
        {"one less", "", {Change::Remove, "/hosts/0", {}}, "hosts: []\n"},
        {"an item moves", "hosts: [a, b]\n", {Change::MoveUp, "/hosts/1", {}}, "hosts: [b, a]\n"},
        {"the first can't move up", "hosts: [a, b]\n", {Change::MoveUp, "/hosts/0", {}}, "hosts: [a, b]\n"},
        {"a member with a default", "", {Change::Remove, "/extra/free", {}}, "extra:\n  free: null\n"},
        {"a member of the file", "extra:\n  a: 1\n  b: 2\n", {Change::Remove, "/extra/a", {}}, "extra:\n  b: 2\n"},
        {"a new member", "extra:\n  a: 1\n", {Change::Set, "/extra/c", value::Value("")}, "extra:\n  a: 1\n  c: \"\"\n"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const auto form = makeValueForm(source(row.text));
        ASSERT_TRUE(form);
        const Result<std::string> after = applyFormChange(row.text, *form, row.change);
        EXPECT_EQ(after ? *after : "error: " + after.error().message, row.after);
    }
    const auto form = makeValueForm(source(""));
    EXPECT_EQ(applyFormChange("", *form, {Change::Remove, "/nowhere", {}}).error().code, ErrorCode::NotFound);
}

TEST(ValueForm, typedTextBecomesAValue)
{
    FieldFacts field;
    field.kind = Kind::Int;
    EXPECT_EQ(valueFromText(field, " 12 ").value(), value::Value(12));
    EXPECT_FALSE(valueFromText(field, "1e3"));
    field.kind = Kind::Number;
    EXPECT_EQ(valueFromText(field, "-0.5").value(), value::Value(-0.5));
    EXPECT_FALSE(valueFromText(field, "inf"));
    field.kind = Kind::String;
    EXPECT_EQ(valueFromText(field, " 1 ").value(), value::Value(" 1 "));
    field.kind = Kind::Any;
    EXPECT_EQ(valueFromText(field, "{a: [1]}").value()["a"][0], value::Value(1));
    EXPECT_FALSE(valueFromText(field, "{"));
    field.kind = Kind::Enum;
    field.choices = {value::Value(1), value::Value("on")};
    EXPECT_EQ(valueFromText(field, "1").value(), value::Value(1));
    EXPECT_EQ(valueFromText(field, "on").value(), value::Value("on"));
    EXPECT_FALSE(valueFromText(field, "off"));
}
