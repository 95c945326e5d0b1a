#include "tests/core/chart/broken_charts.h"

namespace fairway::chart::test {

namespace {

constexpr struct {
    const char *title;
    const char *schema;
    const char *values;
} rows[] = {
    {"id draft4 inner", R"json({"properties":{"a":{"$id":"http://x/a","$schema":"http://json-schema.org/draft-04/schema#","exclusiveMinimum":true,"minimum":1}}})json", "a: 1\n"},
    {"id draft7 inner items", R"json({"properties":{"a":{"$id":"http://x/a","$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}]}}})json", "a: [1]\n"},
    {"id draft4 id", R"json({"properties":{"a":{"id":"http://x/a","$schema":"http://json-schema.org/draft-04/schema#","type":"string"}}})json", "a: 1\n"},
    {"inner schema no id", R"json({"properties":{"a":{"$schema":"http://json-schema.org/draft-04/schema#","type":"string"}}})json", "a: 1\n"},
    {"inner id type", R"json({"properties":{"a":{"$id":"a.json","type":"string"}}})json", "a: 1\n"},
    {"ref to inner id", R"json({"properties":{"a":{"$ref":"b.json"}},"$defs":{"x":{"$id":"b.json","type":"string"}}})json", "a: 1\n"},
    {"ref to abs inner id", R"json({"$id":"http://e/r.json","properties":{"a":{"$ref":"http://e/b.json"}},"$defs":{"x":{"$id":"b.json","type":"string"}}})json", "a: 1\n"},
    {"anchor", R"json({"properties":{"a":{"$ref":"#n"}},"$defs":{"x":{"$anchor":"n","type":"string"}}})json", "a: 1\n"},
    {"anchor d7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"$ref":"#n"}},"definitions":{"x":{"$id":"#n","type":"string"}}})json", "a: 1\n"},
    {"dynamicRef", R"json({"$id":"http://e/t","$dynamicAnchor":"node","type":"object","properties":{"a":{"$dynamicRef":"#node"}}})json", "a: 1\n"},
    {"dynamicRef missing", R"json({"properties":{"a":{"$dynamicRef":"#none"}}})json", "a: 1\n"},
    {"recursiveRef", R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"type":"object","properties":{"a":{"$recursiveRef":"#"}}})json", "a: 1\n"},
    {"recursiveRef 2020", R"json({"properties":{"a":{"$recursiveRef":"#"}}})json", "a: 1\n"},
    {"named group", R"json({"properties":{"a":{"pattern":"(?<n>x)"}}})json", "a: y\n"},
    {"named group P", R"json({"properties":{"a":{"pattern":"(?P<n>x)"}}})json", "a: y\n"},
    {"named group ok", R"json({"properties":{"a":{"pattern":"^(?<n>y)$"}}})json", "a: y\n"},
    {"named group dup", R"json({"properties":{"a":{"pattern":"(?<n>x)(?<n>y)"}}})json", "a: y\n"},
    {"named group bad", R"json({"properties":{"a":{"pattern":"(?<1>x)"}}})json", "a: y\n"},
    {"named group bad2", R"json({"properties":{"a":{"pattern":"(?<n x)"}}})json", "a: y\n"},
    {"lookbehind", R"json({"properties":{"a":{"pattern":"(?<=x)y"}}})json", "a: y\n"},
    {"lookbehind neg", R"json({"properties":{"a":{"pattern":"(?<!x)y"}}})json", "a: y\n"},
    {"pattern props named", R"json({"patternProperties":{"(?<n>a)":{"type":"string"}}})json", "a: 1\n"},
    {"unevaluatedItems", R"json({"properties":{"a":{"prefixItems":[{"type":"integer"}],"unevaluatedItems":false}}})json", "a: [1,2]\n"},
    {"unevaluatedProps", R"json({"allOf":[{"properties":{"a":true}}],"unevaluatedProperties":false})json", "a: 1\nb: 2\n"},
    {"dependentSchemas", R"json({"dependentSchemas":{"a":{"required":["b"]}}})json", "a: 1\n"},
    {"dependentRequired", R"json({"dependentRequired":{"a":["b"]}})json", "a: 1\n"},
    {"dependencies", R"json({"dependencies":{"a":["b"]}})json", "a: 1\n"},
    {"dependencies d7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":["b"]}})json", "a: 1\n"},
    {"minContains", R"json({"properties":{"a":{"contains":{"const":1},"minContains":2}}})json", "a: [1,2]\n"},
    {"maxContains", R"json({"properties":{"a":{"contains":{"const":1},"maxContains":1}}})json", "a: [1,1]\n"},
    {"minContains d7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"contains":{"const":1},"minContains":2}}})json", "a: [1,2]\n"},
    {"contentEncoding", R"json({"properties":{"a":{"contentEncoding":"base64"}}})json", "a: \"***\"\n"},
    {"contentMedia d7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"contentMediaType":"application/json"}}})json", "a: \"{\"\n"},
    {"propertyNames", R"json({"propertyNames":{"pattern":"^x"}})json", "a: 1\n"},
    {"if else", R"json({"if":{"properties":{"a":{"const":2}}},"then":{"required":["b"]},"else":{"required":["c"]}})json", "a: 1\n"},
    {"ref siblings d7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"$ref":"#/definitions/s","minimum":5}},"definitions":{"s":{"type":"integer"}}})json", "a: 1\n"},
    {"ref siblings", R"json({"properties":{"a":{"$ref":"#/definitions/s","minimum":5}},"definitions":{"s":{"type":"integer"}}})json", "a: 1\n"},
    {"ref file", R"json({"properties":{"a":{"$ref":"file:///nope/x.json"}}})json", "a: 1\n"},
    {"ref relative", R"json({"properties":{"a":{"$ref":"x.json"}}})json", "a: 1\n"},
    {"ref draft ok", R"json({"properties":{"a":{"$ref":"http://json-schema.org/draft-07/schema"}}})json", "a: {}\n"},
    {"ref urn", R"json({"properties":{"a":{"$ref":"urn:x:y"}}})json", "a: 1\n"},
    {"ref pointer escape", R"json({"properties":{"a":{"$ref":"#/$defs/x~1y"}},"$defs":{"x/y":{"type":"string"}}})json", "a: 1\n"},
    {"ref percent", R"json({"properties":{"a":{"$ref":"#/$defs/x%20y"}},"$defs":{"x y":{"type":"string"}}})json", "a: 1\n"},
    {"ref notschema", R"json({"properties":{"a":{"$ref":"#/properties"}}})json", "a: 1\n"},
    {"schema https", R"json({"$schema":"https://json-schema.org/draft-07/schema#","type":"array"})json", "a: 1\n"},
    {"schema nohash", R"json({"$schema":"http://json-schema.org/draft-07/schema","type":"array"})json", "a: 1\n"},
    {"schema latest", R"json({"$schema":"http://json-schema.org/schema#","type":"array"})json", "a: 1\n"},
    {"schema 2020hash", R"json({"$schema":"https://json-schema.org/draft/2020-12/schema#","type":"array"})json", "a: 1\n"},
    {"vocabulary", R"json({"$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true},"type":"array"})json", "a: 1\n"},
    {"inner 2019 in 2020", R"json({"properties":{"a":{"$id":"http://x/a","$schema":"https://json-schema.org/draft/2019-09/schema","items":[{"type":"string"}],"additionalItems":false}}})json", "a: [\"x\",2]\n"},
    {"inner 2020 in 7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"$id":"http://x/a","$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"string"}]}}})json", "a: [1]\n"},
    {"inner 7 bad keyword", R"json({"properties":{"a":{"$id":"http://x/a","$schema":"http://json-schema.org/draft-07/schema#","items":5}}})json", "a: [1]\n"},
    {"inner 4 exclusive bad", R"json({"properties":{"a":{"$id":"http://x/a","$schema":"http://json-schema.org/draft-07/schema#","exclusiveMinimum":true}}})json", "a: 1\n"},
    {"inner 6 in 4", R"json({"$schema":"http://json-schema.org/draft-04/schema#","properties":{"a":{"id":"http://x/a","$schema":"http://json-schema.org/draft-06/schema#","exclusiveMinimum":1}}})json", "a: 1\n"},
    {"inner 6 in 4 dollar", R"json({"$schema":"http://json-schema.org/draft-04/schema#","properties":{"a":{"$id":"http://x/a","$schema":"http://json-schema.org/draft-06/schema#","const":2}}})json", "a: 1\n"},
    {"prefixItems", R"json({"properties":{"a":{"prefixItems":[{"type":"string"}],"items":false}}})json", "a: [x, 1]\n"},
    {"prefixItems d7", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"prefixItems":[{"type":"string"}]}}})json", "a: [1]\n"},
    {"items array 2020", R"json({"properties":{"a":{"items":[{"type":"string"}]}}})json", "a: [1]\n"},
    {"const null", R"json({"properties":{"a":{"const":null}}})json", "a: 1\n"},
    {"enum obj", R"json({"properties":{"a":{"enum":[{"b":1},[1],null,"x"]}}})json", "a: 1\n"},
    {"type list", R"json({"properties":{"a":{"type":["string","null"]}}})json", "a: 1\n"},
    {"number as int", R"json({"properties":{"a":{"type":"integer"}}})json", "a: 1.5\n"},
    {"big multiple", R"json({"properties":{"a":{"multipleOf":0.01}}})json", "a: 0.07\n"},
    {"format date", R"json({"properties":{"a":{"format":"date-time"},"b":{"format":"email"},"c":{"format":"uuid"}}})json", "a: x\n"},
    {"format regex", R"json({"properties":{"a":{"format":"regex"}}})json", "a: \"(\"\n"},
    {"format regex named", R"json({"properties":{"a":{"format":"regex"}}})json", "a: \"(?<n>x)\"\n"},
    {"false prop", R"json({"properties":{"a":false}})json", "a: 1\n"},
    {"not", R"json({"not":{"required":["a"]}})json", "a: 1\n"},
    {"oneOf both", R"json({"oneOf":[{"required":["a"]},{"type":"object"}]})json", "a: 1\n"},
    {"minProps", R"json({"minProperties":3})json", "a: 1\n"},
    {"maxProps", R"json({"maxProperties":0})json", "a: 1\n"},
    {"additionalProps schema", R"json({"additionalProperties":{"type":"string"}})json", "a: 1\n"},
    {"patternProps", R"json({"patternProperties":{"^a":{"type":"string"}},"additionalProperties":false})json", "a: 1\nb: 1\n"},
    {"required nested", R"json({"properties":{"a":{"required":["x","y"]}}})json", "a: {x: 1}\n"},
    {"ref anchor missing", R"json({"properties":{"a":{"$ref":"#none"}}})json", "a: 1\n"},
    {"ref anchor missing inner", R"json({"$id":"http://e/x.json","properties":{"a":{"$ref":"#none"}}})json", "a: 1\n"},
    {"additionalItems schema", R"json({"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"items":[{"type":"string"}],"additionalItems":{"type":"string"}}}})json", "a: [x, x, 1]\n"},
    {"items after prefix", R"json({"properties":{"a":{"prefixItems":[{"type":"string"}],"items":{"type":"string"}}}})json", "a: [x, x, 1]\n"},
    {"dyn and anchor same", R"json({"$defs":{"x":{"$anchor":"n","$dynamicAnchor":"n"}}})json", "a: 1\n"},
    {"v3 2019 anchor", R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{"$ref":"#n"}},"$defs":{"x":{"$anchor":"n","type":"string"}}})json", "a: 1\n"},
    {"v3 2019 unevaluated", R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","unevaluatedProperties":false})json", "a: 1\n"},
    {"v3 2020 prefix", R"json({"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"prefixItems":[{"type":"string"}]}}})json", "a: [1]\n"},
    {"v3 2019 dependentRequired", R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","dependentRequired":{"a":["b"]}})json", "a: 1\n"},
    {"v3 2020 items array", R"json({"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"a":{"items":[{"type":"string"}]}}})json", "a: [1]\n"},
    {"v3 2019 ref siblings", R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{"$ref":"#/definitions/s","minimum":5}},"definitions":{"s":{"type":"integer"}}})json", "a: 1\n"},
    {"v3 2019 minContains", R"json({"$schema":"https://json-schema.org/draft/2019-09/schema","properties":{"a":{"contains":{"const":1},"minContains":2}}})json", "a: [1]\n"},
    {"dyn extend", R"json({"$id":"http://e/x","$ref":"list","$defs":{"s":{"$dynamicAnchor":"T","type":"string"},"l":{"$id":"list","type":"object","properties":{"a":{"type":"array","items":{"$dynamicRef":"#T"}}},"$defs":{"d":{"$dynamicAnchor":"T"}}}}})json", "a: [1]\n"},
    {"dyn to plain anchor", R"json({"$id":"http://e/x","$ref":"list","$defs":{"s":{"$dynamicAnchor":"T","type":"string"},"l":{"$id":"list","type":"object","properties":{"a":{"type":"array","items":{"$dynamicRef":"#T"}}},"$defs":{"d":{"$anchor":"T"}}}}})json", "a: [1]\n"},
};

} // namespace

std::vector<SmallChart> schemasAndValues()
{
    std::vector<SmallChart> charts;
    for (const auto &row : rows) {
        charts.push_back({row.title, {{"Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"}, {"values.yaml", row.values},
            {"values.schema.json", row.schema}, {"templates/a.yaml", "a: 1\n"}}, {}});
    }
    return charts;
}

} // namespace fairway::chart::test
