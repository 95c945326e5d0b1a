#include "core/chart/schema.h"

#include "core/chart/go_text.h"
#include "core/chart/schema_check.h"
#include "core/chart/schema_document.h"
#include "core/chart/schema_words.h"

namespace fairway::chart {

using value::Value;

std::string faultsAgainstSchema(std::string_view schema, const Value &values, HelmVersion version)
{
    const Result<SchemaDocument> document = SchemaDocument::parse(schema, version);
    if (!document)
        return document.error().message;
    const std::vector<SchemaFault> faults = checkAgainstSchema(*document, values);
    return faults.empty() ? std::string() : toText(faults, version);
}

namespace {

std::string faultsOfTree(const Chart &chart, const Value &values, HelmVersion version)
{
    std::string faults;
    if (chart.content->schema) {
        const std::string own = faultsAgainstSchema(chart.content->files[*chart.content->schema].data, values, version);
        if (!own.empty())
            faults = chart.name() + ":\n" + own;
    }
    for (const Chart *const sub : chart.dependencies) {
        const Value *const inner = values.asMap().get(sub->name());
        if (!inner || inner->isNull())
            continue;
        if (inner->isMap())
            faults += faultsOfTree(*sub, *inner, version);
        else
            faults += sub->name() + ":\ninvalid type for values: expected object (map), got " + std::string(goTypeName(*inner)) + "\n";
    }
    return faults;
}

} // namespace

Result<void> validateAgainstSchemas(const Chart &chart, const Value &values, HelmVersion version)
{
    std::string faults = faultsOfTree(chart, values, version);
    if (faults.empty())
        return {};
    return fail(ErrorCode::InvalidInput, std::move(faults));
}

} // namespace fairway::chart
