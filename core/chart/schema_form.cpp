#include "core/chart/schema_form.h"

#include "core/chart/go_text.h"
#include "core/chart/metaschema.h"
#include "core/chart/schema_check.h"
#include "core/chart/schema_words.h"

#include <map>

namespace fairway::chart {

using value::Value;
using Draft = SchemaDocument::Draft;

namespace {

/// Read once a process: they never change. Thread-safe as every local static.
const SchemaDocument &metaschema(Draft draft)
{
    static const std::map<Draft, SchemaDocument> documents = [] {
        std::map<Draft, SchemaDocument> all;
        for (const Draft one : {Draft::Draft4, Draft::Draft6, Draft::Draft7, Draft::Draft2019, Draft::Draft2020})
            all.emplace(one, SchemaDocument::metaschema(one));
        return all;
    }();
    return documents.at(draft);
}

} // namespace

std::string schemaFormFault(const Value &schema, Draft draft, HelmVersion version, std::string_view place)
{
    if (version == HelmVersion::V3) {
        const std::optional<Draft> stated = SchemaDocument::statedDraft(schema);
        return schemaFormFault3(schema, draft, !stated || *stated > Draft::Draft7);
    }
    const std::vector<SchemaFault> faults = checkAgainstSchema(metaschema(draft), schema);
    if (faults.empty())
        return {};
    std::string text = goQuoted(place) + " is not valid against metaschema: jsonschema validation failed with '" + std::string(metaschemaUri(draft)) + "'\n"
        + toText(faults, version);
    text.pop_back(); // the line break at the end belongs to a list of faults in values
    return text;
}

} // namespace fairway::chart
