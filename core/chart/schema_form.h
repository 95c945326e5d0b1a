#pragma once

#include "core/chart/schema_check.h"
#include "core/chart/schema_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// Why `schema` is no schema: a keyword of the wrong type, a pattern no regular expression, a type nobody knows. Empty when it is one.
/// Helm 4's validator holds schemas against the draft's metaschema; Helm 3's has a sentence for each keyword and stops at the first.
/// `place` is the schema's address in Helm 4's words.
[[nodiscard]] std::string schemaFormFault(const value::Value &schema, SchemaDocument::Draft draft, HelmVersion version, std::string_view place);

/// Helm 4's part: what the draft's metaschema finds.
[[nodiscard]] std::vector<SchemaFault> faultsByMetaschema(const value::Value &schema, SchemaDocument::Draft draft);
/// Helm 3's part. `isHybrid`: `$schema` names no draft, so that keywords of all count.
[[nodiscard]] std::string schemaFormFault3(const value::Value &schema, SchemaDocument::Draft draft, bool isHybrid);

} // namespace fairway::chart
