#include "core/chart/schema.h"
#include "core/chart/schema_format.h"
#include "tests/core/chart/chart_fixture.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::chart;

namespace {

/// What is wrong, without the chart's name; empty when the values fit.
std::string verdict(const std::string &schema, const std::string &values, HelmVersion version = HelmVersion::V4)
{
    test::Loading loading(version);
    const auto tree = test::chartOf({{"values.schema.json", schema}}, loading);
    const Result<void> result = validateAgainstSchemas(tree->root(), test::json(values), version);
    return result ? "" : result.error().message.substr(8);
}

} // namespace

TEST(Schema, saysWhatIsWrongAsHelm4Does)
{
    const struct {
        const char *schema;
        const char *values;
        const char *result;
    } rows[] = {
        {R"({"type":"object"})", "{}", ""},
        {R"({"properties":{"a":{"type":["string","null"]}}})", R"({"a":1.5})", "- at '/a': got number, want null or string\n"},
        {R"({"properties":{"a":{"type":"integer"}}})", R"({"a":1})", ""},
        {R"({"properties":{"a":{"type":"integer"}}})", R"({"a":1.5})", "- at '/a': got number, want integer\n"},
        {R"({"required":["x"]})", "{}", "- at '': missing property 'x'\n"},
        {R"({"required":["x","y'"]})", "{}", "- at '': missing properties 'x', 'y\\''\n"},
        {R"({"additionalProperties":false,"properties":{"a":{}}})", R"({"a":1,"b":2,"c":3})", "- at '': additional properties 'b', 'c' not allowed\n"},
        {R"({"properties":{"a":{"enum":["x",1,1.5,null,true]}}})", R"({"a":"q"})", "- at '/a': value must be one of 'x', 1, 1.5, <nil>, true\n"},
        {R"({"properties":{"a":{"enum":["x"]}}})", R"({"a":"q"})", "- at '/a': value must be 'x'\n"},
        {R"({"properties":{"a":{"enum":[{}]}}})", R"({"a":"q"})", "- at '/a': 'enum' failed\n"},
        {R"({"properties":{"a":{"const":1000000}}})", R"({"a":1})", "- at '/a': value must be 1000000\n"},
        {R"({"properties":{"a":{"maximum":1e6}}})", R"({"a":12345678})", "- at '/a': maximum: got 1.2345678×10⁰⁷, want 1×10⁰⁶\n"},
        {R"({"properties":{"a":{"minimum":1000.5}}})", R"({"a":1})", "- at '/a': minimum: got 1, want 1,000.5\n"},
        {R"({"properties":{"a":{"multipleOf":0.1}}})", R"({"a":0.3})", ""},
        {R"({"properties":{"a":{"multipleOf":0.3}}})", R"({"a":0.5})", "- at '/a': multipleOf: got 0.5, want 0.3\n"},
        {R"({"properties":{"a":{"minLength":2000}}})", R"({"a":"é"})", "- at '/a': minLength: got 1, want 2,000\n"},
        {R"({"properties":{"a":{"pattern":"^a"}}})", R"({"a":"b"})", "- at '/a': 'b' does not match pattern '^a'\n"},
        {R"({"properties":{"a":{"items":{"type":"string"},"minItems":3}}})", R"({"a":["x",1]})",
            "- at '/a': validation failed\n  - at '/a': minItems: got 2, want 3\n  - at '/a/1': got number, want string\n"},
        {R"({"properties":{"a":{"uniqueItems":true}}})", R"({"a":[1,2,1]})", "- at '/a': items at 0 and 2 are equal\n"},
        {R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"object"}]}}})", R"({"a":1})",
            "- at '/a': 'anyOf' failed\n  - at '/a': got number, want string\n  - at '/a': got number, want object\n"},
        {R"({"properties":{"a":{"oneOf":[{"type":"number"},{"minimum":0}]}}})", R"({"a":1})", "- at '/a': 'oneOf' failed, subschemas 0, 1 matched\n"},
        {R"({"properties":{"a":{"not":{"type":"string"}}}})", R"({"a":"x"})", "- at '/a': 'not' failed\n"},
        {R"({"properties":{"a":false}})", R"({"a":1})", "- at '/a': false schema\n"},
        {R"({"properties":{"a":{"if":{"type":"string"},"then":{"maxLength":1}}}})", R"({"a":"xx"})", "- at '/a': maxLength: got 2, want 1\n"},
        {R"({"properties":{"a":{"format":"email"}}})", R"({"a":"x"})", ""},
        {R"({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"format":"email"}}})", R"({"a":"foo"})",
            "- at '/a': 'foo' is not valid email: missing @\n"},
        {R"({"properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"integer","minimum":5}}})", R"({"a":1})", "- at '/a': minimum: got 1, want 5\n"},
        {R"({"properties":{"a":{"$ref":"#n"}},"$defs":{"x":{"$anchor":"n","type":"string"}}})", R"({"a":1})", "- at '/a': got number, want string\n"},
        {R"({"properties":{"a":{"$ref":"b.json"}},"$defs":{"x":{"$id":"b.json","type":"string"}}})", R"({"a":1})", "- at '/a': got number, want string\n"},
        {R"({"properties":{"a":{"$ref":"#"}}})", R"({"a":{"a":{}}})", ""},
        {R"({"$ref":"#"})", "{}", ""},
        {R"({"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false})", R"({"a":1,"b":2})", "- at '/b': false schema\n"},
        {R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})", "- at '': properties 'b' required, if 'a' exists\n"},
        {R"({"properties":{"a":{"contains":{"type":"string"}}}})", R"({"a":[1]})",
            "- at '/a': no items match contains schema\n  - at '/a/0': got number, want string\n"},
        {R"({"propertyNames":{"maxLength":1}})", R"({"ab":1})", "- at '': invalid propertyName 'ab'\n  - at '': maxLength: got 2, want 1\n"},
        {R"({"$ref":"#/nope"})", "{}", "json-pointer in \"file:///values.schema.json#/nope\" not found"},
        {R"({"$ref":"other.json"})", "{}", "failing loading \"file:///other.json\": open /other.json: no such file or directory"},
        {R"({"$ref":"https://example.com/x.json"})", "{}",
            "failing loading \"https://example.com/x.json\": references over the network are not followed here"},
        {R"j({"properties":{"a":{"pattern":"(?!x)"}}})j", "{}",
            "\"file:///values.schema.json#\" is not valid against metaschema: jsonschema validation failed with "
            "'https://json-schema.org/draft/2020-12/schema#'\n- at '': 'allOf' failed\n  - at '/properties/a': 'allOf' failed\n"
            "    - at '/properties/a/pattern': '(?!x)' is not valid regex: error parsing regexp: invalid or unsupported Perl syntax: `(?!`"},
        {R"({"$schema":"http://json-schema.org/draft-07/schema#","items":5})", "{}",
            "\"file:///values.schema.json#\" is not valid against metaschema: jsonschema validation failed with "
            "'http://json-schema.org/draft-07/schema#'\n- at '/items': 'anyOf' failed\n  - at '/items': got number, want boolean or object\n"
            "  - at '/items': got number, want array"},
        {R"({"$schema":"nonsense"})", "{}", "failing loading \"nonsense\": no URLLoader registered for \"nonsense\""},
        {R"({"$schema":"http://json-schema.org/draft-03/schema#"})", "{}",
            "failing loading \"http://json-schema.org/draft-03/schema\": references over the network are not followed here"},
        {R"({"$ref":"#/a","a":5})", "{}",
            "\"file:///values.schema.json#/a\" is not valid against metaschema: jsonschema validation failed with "
            "'https://json-schema.org/draft/2020-12/schema#'\n- at '': got number, want boolean or object"},
        {"", "{}", "EOF"},
        {"{", "{}", "unexpected EOF"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(verdict(row.schema, row.values), row.result) << row.schema << " on " << row.values;
}

TEST(Schema, saysWhatIsWrongAsHelm3Does)
{
    const struct {
        const char *schema;
        const char *values;
        const char *result;
    } rows[] = {
        {R"({"properties":{"a":{"type":["string","null"]}}})", R"({"a":1})", "- a: Invalid type. Expected: [string,null], given: integer\n"},
        {R"({"required":["x","y"]})", "{}", "- (root): x is required\n- (root): y is required\n"},
        {R"({"properties":{"a":{"additionalProperties":false}}})", R"({"a":{"b":1}})", "- a: Additional property b is not allowed\n"},
        {R"({"properties":{"a":{"enum":["x",1,null]}}})", R"({"a":"q"})", "- a: a must be one of the following: \"x\", 1, null\n"},
        {R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"object"}]}}})", R"({"a":1})",
            "- a: Must validate at least one schema (anyOf)\n- a: Invalid type. Expected: string, given: integer\n"},
        {R"({"properties":{"a":{"allOf":[{"maxLength":1}]}}})", R"({"a":"xx"})",
            "- a: String length must be less than or equal to 1\n- a: Must validate all the schemas (allOf)\n"},
        {R"({"properties":{"a":{"maximum":1e6}}})", R"({"a":12345678})", "- a: Must be less than or equal to 1e+06\n"},
        {R"({"$ref":"#/nope"})", "{}", "Object has no key 'nope'"},
        {R"({"type":"foo"})", "{}",
            "has a primitive type that is NOT VALID -- given: /foo/ Expected valid values are:[array boolean integer number null object string]"},
        {R"({"properties":{"a":1}})", "{}", "Expected: valid schema, given: Invalid JSON"},
        {R"({"exclusiveMinimum":true})", "{}", "exclusiveMinimum cannot be used without minimum"},
        {R"({"$schema":"http://json-schema.org/draft-07/schema#","exclusiveMinimum":true})", "{}", "Invalid type. Expected: number, given: exclusiveMinimum"},
        {R"({"minLength":5,"maxLength":3})", "{}", "minLength cannot be greater than maxLength"},
        {"[]", "{}", "schema is invalid"},
    };
    for (const auto &row : rows)
        EXPECT_EQ(verdict(row.schema, row.values, HelmVersion::V3), row.result) << row.schema << " on " << row.values;
}

TEST(Schema, looksIntoSubcharts)
{
    test::Loading loading;
    const auto tree = test::chartOf({{"values.schema.json", R"({"required":["x"]})"},
        {"charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n"}, {"charts/child/values.schema.json", R"({"required":["y"]})"}}, loading);
    EXPECT_EQ(validateAgainstSchemas(tree->root(), test::json(R"({"child":{}})"), HelmVersion::V4).error().message,
        "parent:\n- at '': missing property 'x'\nchild:\n- at '': missing property 'y'\n");
    EXPECT_EQ(validateAgainstSchemas(tree->root(), test::json(R"({"x":1,"child":3})"), HelmVersion::V4).error().message,
        "child:\ninvalid type for values: expected object (map), got float64\n");
}

TEST(Schema, comesBackFromDeepAndCircularOnes)
{
    EXPECT_EQ(verdict(R"({"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"})", "{}"), "");
    std::string deep;
    for (int i = 0; i < 300; ++i)
        deep += R"({"not":)";
    EXPECT_NE(verdict(deep + "{}" + std::string(300, '}'), "{}"), "");
}

TEST(SchemaFormat, checks)
{
    const struct {
        const char *format;
        const char *text;
        const char *fault; ///< Empty: good.
    } rows[] = {
        {"ipv4", "1.2.3.4", ""}, {"ipv4", "1.2.3", "expected four decimals"}, {"ipv4", "01.2.3.4", "leading zeros"},
        {"ipv4", "1.2.3.256", "decimal must be between 0 and 255"}, {"ipv6", "::1", ""}, {"ipv6", "x", "missing colon"},
        {"hostname", "a-b.c", ""}, {"hostname", "-a", "label starts with hyphen"}, {"hostname", "a_b", "invalid character '_'"},
        {"email", "a@b.c", ""}, {"email", "a..b@c", "consecutive dots"}, {"date", "2024-02-29", ""}, {"date", "2023-02-29", "parsing time \"2023-02-29\": day out of range"},
        {"time", "10:20:30Z", ""}, {"time", "25:00:00Z", "hour/min/sec out of range"}, {"date-time", "2024-01-01T10:20:30+01:00", ""},
        {"duration", "P1DT2H", ""}, {"duration", "P", "nothing after P"}, {"duration", "P1H", "invalid unit 'H'"},
        {"uuid", "01234567-89ab-cdef-0123-456789abcdef", ""}, {"uuid", "x", "must have 5 elements"},
        {"json-pointer", "/a~1", ""}, {"json-pointer", "a", "not starting with /"}, {"uri", "http://a/b", ""}, {"uri", "/a", "relative url"},
        {"uri", "http://u:p:q@example.com", ""}, {"uri", "http://2001:db8::1", "ipv6 address not enclosed in brackets"}, {"uri", "http://[::1]:80/x", ""},
        {"uri-template", "http://a/{b}", ""}, {"uri-template", "http://a/{b", "no matching closing brace"}, {"uri-template", "{a{b}}", "nested curly braces"},
        {"uri-reference", "/a", ""}, {"regex", "a+", ""}, {"regex", "(", "error parsing regexp: missing closing ): `(`"}, {"unheard-of", "x", ""},
    };
    for (const auto &row : rows)
        EXPECT_EQ(formatFault(row.format, row.text).value_or(""), row.fault) << row.format << " " << row.text;
}
