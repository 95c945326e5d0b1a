#include "core/chart/schema_form.h"

#include "core/chart/go_text.h"
#include "core/chart/metaschema.h"
#include "core/chart/schema_check.h"
#include "core/chart/schema_form_plain.h"
#include "core/chart/schema_words.h"

namespace fairway::chart {

using value::Value;
using Draft = SchemaDocument::Draft;

namespace {

/// Read once a process, when first needed: they never change. Thread-safe as every local static.
template <Draft draft>
const SchemaDocument &read()
{
    static const SchemaDocument document = SchemaDocument::metaschema(draft);
    return document;
}

const SchemaDocument &metaschema(Draft draft)
{
    switch (draft) {
    case Draft::Draft4: return read<Draft::Draft4>();
    case Draft::Draft6: return read<Draft::Draft6>();
    case Draft::Draft7: return read<Draft::Draft7>();
    case Draft::Draft2019: return read<Draft::Draft2019>();
    case Draft::Draft2020: break;
    }
    return read<Draft::Draft2020>();
}

} // namespace

std::vector<SchemaFault> faultsByMetaschema(const Value &schema, Draft draft)
{
    return checkAgainstSchema(metaschema(draft), schema);
}

std::string schemaFormFault(const Value &schema, Draft draft, HelmVersion version, std::string_view place)
{
    if (version == HelmVersion::V3) {
        const std::optional<Draft> stated = SchemaDocument::statedDraft(schema);
        return schemaFormFault3(schema, draft, !stated || *stated > Draft::Draft7);
    }
    if (isPlainSchema(schema, draft))
        return {};
    const std::vector<SchemaFault> faults = faultsByMetaschema(schema, draft);
    if (faults.empty())
        return {};
    std::string text = goQuoted(place) + " is not valid against metaschema: jsonschema validation failed with '" + std::string(metaschemaUri(draft)) + "'\n"
        + toText(faults, version);
    text.pop_back(); // the line break at the end belongs to a list of faults in values
    return text;
}

} // namespace fairway::chart
