#include "core/chart/schema_check.h"
#include "core/chart/schema_document.h"
#include "core/chart/schema_form_plain.h"
#include "tests/core/chart/chart_fixture.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::chart;
using value::Value;
using Draft = SchemaDocument::Draft;

namespace {

constexpr Draft drafts[] = {Draft::Draft4, Draft::Draft6, Draft::Draft7, Draft::Draft2019, Draft::Draft2020};

constexpr const char *keywords[] = {
    "$anchor", "$comment", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveAnchor", "$recursiveRef", "$ref", "$schema", "$vocabulary",
    "additionalItems", "additionalProperties", "allOf", "anyOf", "const", "contains", "contentEncoding", "contentMediaType", "contentSchema",
    "default", "definitions", "dependencies", "dependentRequired", "dependentSchemas", "deprecated", "description", "disallow", "else", "enum",
    "examples", "exclusiveMaximum", "exclusiveMinimum", "extends", "format", "id", "if", "items", "maxContains", "maxItems", "maxLength",
    "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "nothing of ours",
    "oneOf", "pattern", "patternProperties", "prefixItems", "properties", "propertyNames", "readOnly", "required", "then", "title", "type",
    "unevaluatedItems", "unevaluatedProperties", "uniqueItems", "writeOnly",
};

constexpr const char *values[] = {
    "null", "true", "false", "-1", "0", "1", "1.5", "2.0", "1e300", R"("")", R"("x")", R"("a b")", R"("object")", R"("[")", R"("^a[b-d]*$")", R"("#")", R"("#/$defs/x")",
    R"("#/a%zz")", R"("\\")", R"("http://json-schema.org/draft-07/schema#")", R"("https://example.com/values.json")", R"("https://example.com/values.json#a")", "[]",
    "[1]", "[true]", "[null]", "[{}]", R"([{},{"type":7}])", R"(["a"])", R"(["a","b"])", R"(["a","a"])", R"(["string"])", R"(["string","null"])", R"(["string","string"])",
    R"([1,1.0])", "[{},{}]", "{}", R"({"type":"string"})", R"({"type":"text"})", R"({"a":{}})", R"({"a":true})", R"({"a":1})", R"({"a":[]})", R"({"a":["b"]})",
    R"({"a":["b","b"]})", R"({"a":{"type":"integer","minimum":1}})", R"({"a":{"type":"whole"}})", R"({"[":{}})", R"({"^a":{}})",
    R"({"properties":{"a":{"items":{"enum":[]}}}})", R"({"properties":{"a":{"items":{"enum":["a"]}}}})",
};

bool isValid(const Value &schema, Draft draft)
{
    return checkAgainstSchema(SchemaDocument::metaschema(draft), schema).empty();
}

} // namespace

TEST(SchemaForm, isPlainOnlyWhereTheMetaschemaAgrees)
{
    int plain = 0;
    int valid = 0;
    for (const Draft draft : drafts) {
        const SchemaDocument metaschema = SchemaDocument::metaschema(draft);
        for (const char *const keyword : keywords) {
            for (const char *const text : values) {
                const Value schema = Value::map({{keyword, chart::test::json(text)}});
                const bool isGood = checkAgainstSchema(metaschema, schema).empty();
                valid += isGood ? 1 : 0;
                if (!isPlainSchema(schema, draft))
                    continue;
                ++plain;
                EXPECT_TRUE(isGood) << static_cast<int>(draft) << ": " << keyword << ": " << text;
            }
        }
    }
    EXPECT_GT(plain, valid / 2) << "the quick answer is of use for most of " << valid;
}

TEST(SchemaForm, isPlainForSchemasAsPeopleWriteThem)
{
    constexpr const char *schemas[] = {
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://example.com/values.schema.json","title":"values","type":"object",
            "properties":{"image":{"$ref":"#/$defs/image"},"replicas":{"type":["integer","null"],"minimum":0,"default":1}},
            "required":["image"],"additionalProperties":false,
            "$defs":{"image":{"type":"object","properties":{"tag":{"type":"string","pattern":"^v[0-9.]+$"},"pullPolicy":{"enum":["Always","Never"]}}}}})",
        R"({"type":"object","properties":{"a":{"anyOf":[{"type":"string","maxLength":63},{"type":"array","items":{"type":"string"},"uniqueItems":true}]}},
            "patternProperties":{"^x-":{}},"dependencies":{"a":["b"],"b":{"minProperties":1}},"examples":[{}]})",
    };
    for (const char *const schema : schemas) {
        for (const Draft draft : {Draft::Draft6, Draft::Draft7, Draft::Draft2019, Draft::Draft2020}) {
            EXPECT_TRUE(isPlainSchema(chart::test::json(schema), draft)) << static_cast<int>(draft) << schema;
            EXPECT_TRUE(isValid(chart::test::json(schema), draft)) << static_cast<int>(draft) << schema;
        }
    }
}
