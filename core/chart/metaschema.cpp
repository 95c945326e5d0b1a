#include "core/chart/metaschema.h"

namespace fairway::chart {

namespace {

using Draft = SchemaDocument::Draft;

constexpr std::string_view draft4 = R"json({"$schema":"http://json-schema.org/draft-04/schema#","type":"object",
"definitions":{
 "schemas":{"type":"array","minItems":1,"items":{"$ref":"#"}},
 "count":{"type":"integer","minimum":0},
 "countFromNone":{"allOf":[{"$ref":"#/definitions/count"},{}]},
 "types":{"enum":["array","boolean","integer","null","number","object","string"]},
 "names":{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true}},
"properties":{
 "id":{"type":"string"},"$schema":{"type":"string","format":"uri"},
 "title":{"type":"string"},"description":{"type":"string"},
 "multipleOf":{"type":"number","minimum":0,"exclusiveMinimum":true},
 "maximum":{"type":"number"},"exclusiveMaximum":{"type":"boolean"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"boolean"},
 "maxLength":{"$ref":"#/definitions/count"},"minLength":{"$ref":"#/definitions/countFromNone"},"pattern":{"type":"string","format":"regex"},
 "additionalItems":{"anyOf":[{"type":"boolean"},{"$ref":"#"}]},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/schemas"}]},
 "maxItems":{"$ref":"#/definitions/count"},"minItems":{"$ref":"#/definitions/countFromNone"},"uniqueItems":{"type":"boolean"},
 "maxProperties":{"$ref":"#/definitions/count"},"minProperties":{"$ref":"#/definitions/countFromNone"},"required":{"$ref":"#/definitions/names"},
 "additionalProperties":{"anyOf":[{"type":"boolean"},{"$ref":"#"}]},
 "definitions":{"type":"object","additionalProperties":{"$ref":"#"}},"properties":{"type":"object","additionalProperties":{"$ref":"#"}},"patternProperties":{"type":"object","additionalProperties":{"$ref":"#"}},
 "dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/names"}]}},
 "enum":{"type":"array","minItems":1,"uniqueItems":true},
 "type":{"anyOf":[{"$ref":"#/definitions/types"},{"type":"array","items":{"$ref":"#/definitions/types"},"minItems":1,"uniqueItems":true}]},
 "format":{"type":"string"},
 "allOf":{"$ref":"#/definitions/schemas"},"anyOf":{"$ref":"#/definitions/schemas"},"oneOf":{"$ref":"#/definitions/schemas"},"not":{"$ref":"#"}},
"dependencies":{"exclusiveMaximum":["maximum"],"exclusiveMinimum":["minimum"]}})json";

constexpr std::string_view draft6 = R"json({"$schema":"http://json-schema.org/draft-06/schema#","type":["object","boolean"],
"definitions":{
 "schemas":{"type":"array","minItems":1,"items":{"$ref":"#"}},
 "count":{"type":"integer","minimum":0},
 "countFromNone":{"allOf":[{"$ref":"#/definitions/count"},{}]},
 "types":{"enum":["array","boolean","integer","null","number","object","string"]},
 "names":{"type":"array","items":{"type":"string"},"uniqueItems":true}},
"properties":{
 "$id":{"type":"string","format":"uri-reference"},"$schema":{"type":"string","format":"uri"},"$ref":{"type":"string","format":"uri-reference"},
 "title":{"type":"string"},"description":{"type":"string"},
 "multipleOf":{"type":"number","exclusiveMinimum":0},
 "maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},
 "maxLength":{"$ref":"#/definitions/count"},"minLength":{"$ref":"#/definitions/countFromNone"},"pattern":{"type":"string","format":"regex"},
 "additionalItems":{"$ref":"#"},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/schemas"}]},
 "maxItems":{"$ref":"#/definitions/count"},"minItems":{"$ref":"#/definitions/countFromNone"},"uniqueItems":{"type":"boolean"},"contains":{"$ref":"#"},
 "maxProperties":{"$ref":"#/definitions/count"},"minProperties":{"$ref":"#/definitions/countFromNone"},"required":{"$ref":"#/definitions/names"},
 "additionalProperties":{"$ref":"#"},
 "definitions":{"type":"object","additionalProperties":{"$ref":"#"}},"properties":{"type":"object","additionalProperties":{"$ref":"#"}},"patternProperties":{"type":"object","additionalProperties":{"$ref":"#"}},
 "dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/names"}]}},"propertyNames":{"$ref":"#"},
 "enum":{"type":"array","minItems":1,"uniqueItems":true},
 "type":{"anyOf":[{"$ref":"#/definitions/types"},{"type":"array","items":{"$ref":"#/definitions/types"},"minItems":1,"uniqueItems":true}]},
 "format":{"type":"string"},
 "allOf":{"$ref":"#/definitions/schemas"},"anyOf":{"$ref":"#/definitions/schemas"},"oneOf":{"$ref":"#/definitions/schemas"},"not":{"$ref":"#"}}})json";

constexpr std::string_view draft7 = R"json({"$schema":"http://json-schema.org/draft-07/schema#","type":["object","boolean"],
"definitions":{
 "schemas":{"type":"array","minItems":1,"items":{"$ref":"#"}},
 "count":{"type":"integer","minimum":0},
 "countFromNone":{"allOf":[{"$ref":"#/definitions/count"},{}]},
 "types":{"enum":["array","boolean","integer","null","number","object","string"]},
 "names":{"type":"array","items":{"type":"string"},"uniqueItems":true}},
"properties":{
 "$id":{"type":"string","format":"uri-reference"},"$schema":{"type":"string","format":"uri"},"$ref":{"type":"string","format":"uri-reference"},
 "$comment":{"type":"string"},"title":{"type":"string"},"description":{"type":"string"},"readOnly":{"type":"boolean"},"examples":{"type":"array","items":true},
 "multipleOf":{"type":"number","exclusiveMinimum":0},
 "maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},
 "maxLength":{"$ref":"#/definitions/count"},"minLength":{"$ref":"#/definitions/countFromNone"},"pattern":{"type":"string","format":"regex"},
 "additionalItems":{"$ref":"#"},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/schemas"}]},
 "maxItems":{"$ref":"#/definitions/count"},"minItems":{"$ref":"#/definitions/countFromNone"},"uniqueItems":{"type":"boolean"},"contains":{"$ref":"#"},
 "maxProperties":{"$ref":"#/definitions/count"},"minProperties":{"$ref":"#/definitions/countFromNone"},"required":{"$ref":"#/definitions/names"},
 "additionalProperties":{"$ref":"#"},
 "definitions":{"type":"object","additionalProperties":{"$ref":"#"}},"properties":{"type":"object","additionalProperties":{"$ref":"#"}},
 "patternProperties":{"type":"object","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"}},
 "dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/names"}]}},"propertyNames":{"$ref":"#"},
 "enum":{"type":"array","items":true,"minItems":1,"uniqueItems":true},
 "type":{"anyOf":[{"$ref":"#/definitions/types"},{"type":"array","items":{"$ref":"#/definitions/types"},"minItems":1,"uniqueItems":true}]},
 "format":{"type":"string"},"contentMediaType":{"type":"string"},"contentEncoding":{"type":"string"},
 "if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"},
 "allOf":{"$ref":"#/definitions/schemas"},"anyOf":{"$ref":"#/definitions/schemas"},"oneOf":{"$ref":"#/definitions/schemas"},"not":{"$ref":"#"}}})json";

constexpr std::string_view draft2019 = R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","type":["object","boolean"],
"allOf":[{"$ref":"#/$defs/core"},{"$ref":"#/$defs/applicator"},{"$ref":"#/$defs/validation"},{"$ref":"#/$defs/meta-data"},{"$ref":"#/$defs/format"},
 {"$ref":"#/$defs/content"}],
"properties":{"definitions":{"type":"object","additionalProperties":{"$ref":"#"}},
 "dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/$defs/names"}]}}},
"$defs":{
 "schemas":{"type":"array","minItems":1,"items":{"$ref":"#"}},
 "count":{"type":"integer","minimum":0},
 "types":{"enum":["array","boolean","integer","null","number","object","string"]},
 "names":{"type":"array","items":{"type":"string"},"uniqueItems":true},
 "core":{"type":["object","boolean"],"properties":{
  "$id":{"type":"string","format":"uri-reference","pattern":"^[^#]*#?$"},"$schema":{"type":"string","format":"uri"},
  "$anchor":{"type":"string","pattern":"^[A-Za-z][-A-Za-z0-9.:_]*$"},"$ref":{"type":"string","format":"uri-reference"},
  "$recursiveRef":{"type":"string","format":"uri-reference"},"$recursiveAnchor":{"type":"boolean"},
  "$vocabulary":{"type":"object","propertyNames":{"type":"string","format":"uri"},"additionalProperties":{"type":"boolean"}},
  "$comment":{"type":"string"},"$defs":{"type":"object","additionalProperties":{"$ref":"#"}}}},
 "applicator":{"type":["object","boolean"],"properties":{
  "additionalItems":{"$ref":"#"},"unevaluatedItems":{"$ref":"#"},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/$defs/schemas"}]},"contains":{"$ref":"#"},
  "additionalProperties":{"$ref":"#"},"unevaluatedProperties":{"$ref":"#"},"properties":{"type":"object","additionalProperties":{"$ref":"#"}},
  "patternProperties":{"type":"object","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"}},
  "dependentSchemas":{"type":"object","additionalProperties":{"$ref":"#"}},"propertyNames":{"$ref":"#"},"if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"},
  "allOf":{"$ref":"#/$defs/schemas"},"anyOf":{"$ref":"#/$defs/schemas"},"oneOf":{"$ref":"#/$defs/schemas"},"not":{"$ref":"#"}}},
 "validation":{"type":["object","boolean"],"properties":{
  "multipleOf":{"type":"number","exclusiveMinimum":0},
  "maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},
  "maxLength":{"$ref":"#/$defs/count"},"minLength":{"$ref":"#/$defs/count"},"pattern":{"type":"string","format":"regex"},
  "maxItems":{"$ref":"#/$defs/count"},"minItems":{"$ref":"#/$defs/count"},"uniqueItems":{"type":"boolean"},
  "maxContains":{"$ref":"#/$defs/count"},"minContains":{"$ref":"#/$defs/count"},
  "maxProperties":{"$ref":"#/$defs/count"},"minProperties":{"$ref":"#/$defs/count"},"required":{"$ref":"#/$defs/names"},
  "dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/names"}},"enum":{"type":"array","items":true},
  "type":{"anyOf":[{"$ref":"#/$defs/types"},{"type":"array","items":{"$ref":"#/$defs/types"},"minItems":1,"uniqueItems":true}]}}},
 "meta-data":{"type":["object","boolean"],"properties":{"title":{"type":"string"},"description":{"type":"string"},"deprecated":{"type":"boolean"},
  "readOnly":{"type":"boolean"},"writeOnly":{"type":"boolean"},"examples":{"type":"array","items":true}}},
 "format":{"type":["object","boolean"],"properties":{"format":{"type":"string"}}},
 "content":{"type":["object","boolean"],"properties":{"contentMediaType":{"type":"string"},"contentEncoding":{"type":"string"},
  "contentSchema":{"$ref":"#"}}}}})json";

constexpr std::string_view draft2020 = R"json({"$schema":"https://json-schema.org/draft/2020-12/schema","type":["object","boolean"],
"allOf":[{"$ref":"#/$defs/core"},{"$ref":"#/$defs/applicator"},{"$ref":"#/$defs/unevaluated"},{"$ref":"#/$defs/validation"},{"$ref":"#/$defs/meta-data"},
 {"$ref":"#/$defs/format-annotation"},{"$ref":"#/$defs/content"}],
"properties":{"definitions":{"type":"object","additionalProperties":{"$ref":"#"}},
 "dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/$defs/names"}]}},
 "$recursiveAnchor":{"$ref":"#/$defs/anchor"},"$recursiveRef":{"$ref":"#/$defs/reference"}},
"$defs":{
 "schemas":{"type":"array","minItems":1,"items":{"$ref":"#"}},
 "count":{"type":"integer","minimum":0},
 "types":{"enum":["array","boolean","integer","null","number","object","string"]},
 "names":{"type":"array","items":{"type":"string"},"uniqueItems":true},
 "anchor":{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"},
 "reference":{"type":"string","format":"uri-reference"},
 "address":{"type":"string","format":"uri"},
 "core":{"type":["object","boolean"],"properties":{
  "$id":{"$ref":"#/$defs/reference","pattern":"^[^#]*#?$"},"$schema":{"$ref":"#/$defs/address"},"$ref":{"$ref":"#/$defs/reference"},
  "$anchor":{"$ref":"#/$defs/anchor"},"$dynamicRef":{"$ref":"#/$defs/reference"},"$dynamicAnchor":{"$ref":"#/$defs/anchor"},
  "$vocabulary":{"type":"object","propertyNames":{"$ref":"#/$defs/address"},"additionalProperties":{"type":"boolean"}},
  "$comment":{"type":"string"},"$defs":{"type":"object","additionalProperties":{"$ref":"#"}}}},
 "applicator":{"type":["object","boolean"],"properties":{
  "prefixItems":{"$ref":"#/$defs/schemas"},"items":{"$ref":"#"},"contains":{"$ref":"#"},"additionalProperties":{"$ref":"#"},
  "properties":{"type":"object","additionalProperties":{"$ref":"#"}},
  "patternProperties":{"type":"object","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"}},
  "dependentSchemas":{"type":"object","additionalProperties":{"$ref":"#"}},"propertyNames":{"$ref":"#"},"if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"},
  "allOf":{"$ref":"#/$defs/schemas"},"anyOf":{"$ref":"#/$defs/schemas"},"oneOf":{"$ref":"#/$defs/schemas"},"not":{"$ref":"#"}}},
 "unevaluated":{"type":["object","boolean"],"properties":{"unevaluatedItems":{"$ref":"#"},"unevaluatedProperties":{"$ref":"#"}}},
 "validation":{"type":["object","boolean"],"properties":{
  "type":{"anyOf":[{"$ref":"#/$defs/types"},{"type":"array","items":{"$ref":"#/$defs/types"},"minItems":1,"uniqueItems":true}]},
  "enum":{"type":"array","items":true},"multipleOf":{"type":"number","exclusiveMinimum":0},
  "maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},
  "maxLength":{"$ref":"#/$defs/count"},"minLength":{"$ref":"#/$defs/count"},"pattern":{"type":"string","format":"regex"},
  "maxItems":{"$ref":"#/$defs/count"},"minItems":{"$ref":"#/$defs/count"},"uniqueItems":{"type":"boolean"},
  "maxContains":{"$ref":"#/$defs/count"},"minContains":{"$ref":"#/$defs/count"},
  "maxProperties":{"$ref":"#/$defs/count"},"minProperties":{"$ref":"#/$defs/count"},"required":{"$ref":"#/$defs/names"},
  "dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/names"}}}},
 "meta-data":{"type":["object","boolean"],"properties":{"title":{"type":"string"},"description":{"type":"string"},"deprecated":{"type":"boolean"},
  "readOnly":{"type":"boolean"},"writeOnly":{"type":"boolean"},"examples":{"type":"array","items":true}}},
 "format-annotation":{"type":["object","boolean"],"properties":{"format":{"type":"string"}}},
 "content":{"type":["object","boolean"],"properties":{"contentEncoding":{"type":"string"},"contentMediaType":{"type":"string"},
  "contentSchema":{"$ref":"#"}}}}})json";

} // namespace

std::string_view metaschemaText(Draft draft)
{
    switch (draft) {
    case Draft::Draft4: return draft4;
    case Draft::Draft6: return draft6;
    case Draft::Draft7: return draft7;
    case Draft::Draft2019: return draft2019;
    case Draft::Draft2020: break;
    }
    return draft2020;
}

std::string_view metaschemaUri(Draft draft)
{
    switch (draft) {
    case Draft::Draft4: return "http://json-schema.org/draft-04/schema#";
    case Draft::Draft6: return "http://json-schema.org/draft-06/schema#";
    case Draft::Draft7: return "http://json-schema.org/draft-07/schema#";
    case Draft::Draft2019: return "https://json-schema.org/draft/2019-09/schema#";
    case Draft::Draft2020: break;
    }
    return "https://json-schema.org/draft/2020-12/schema#";
}

} // namespace fairway::chart
