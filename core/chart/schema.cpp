#include "core/chart/schema.h"

#include "core/chart/go_text.h"
#include "core/chart/messages.h"
#include "core/chart/schema_check.h"
#include "core/chart/schema_document.h"
#include "core/chart/schema_words.h"

namespace fairway::chart {

using value::Value;

namespace {

std::string faultsFound(std::string_view schema, const Value &values, HelmVersion version, const Messages *messages)
{
    const Result<SchemaDocument> document = SchemaDocument::parse(schema, version);
    if (!document)
        return document.error().message;
    for (const std::string &urn : document->unresolvedUrns()) {
        if (messages != nullptr)
            messages->structured("WARN", "unresolved URN reference ignored; using permissive schema", {{"urn", urn}});
    }
    const std::vector<SchemaFault> faults = checkAgainstSchema(*document, values);
    return faults.empty() ? std::string() : toText(faults, version);
}

std::string faultsOfTree(const Chart &chart, const Value &values, HelmVersion version, const Messages *messages)
{
    std::string faults;
    if (chart.content->schema) {
        const std::string own = faultsFound(chart.content->files[*chart.content->schema].data, values, version, messages);
        if (!own.empty())
            faults = chart.name() + ":\n" + own;
    }
    for (const Chart *const sub : chart.dependencies) {
        const Value *const inner = values.asMap().get(sub->name());
        if (!inner || inner->isNull())
            continue;
        if (inner->isMap())
            faults += faultsOfTree(*sub, *inner, version, messages);
        else
            faults += sub->name() + ":\ninvalid type for values: expected object (map), got " + std::string(goTypeName(*inner)) + "\n";
    }
    return faults;
}

} // namespace

std::string faultsAgainstSchema(std::string_view schema, const Value &values, HelmVersion version)
{
    return faultsFound(schema, values, version, nullptr);
}

Result<void> validateAgainstSchemas(const Chart &chart, const Value &values, HelmVersion version, const Messages *messages)
{
    std::string faults = faultsOfTree(chart, values, version, messages);
    if (faults.empty())
        return {};
    return fail(ErrorCode::InvalidInput, std::move(faults));
}

} // namespace fairway::chart
