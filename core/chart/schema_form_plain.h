#pragma once

#include "core/chart/schema_document.h"

namespace fairway::chart {

/// Whether `schema` is certainly valid against its draft's metaschema: each keyword is looked up in a table of forms, which takes a
/// fiftieth of the time that holding it against the metaschema does. False says nothing: the schema has a fault or something rare.
[[nodiscard]] bool isPlainSchema(const value::Value &schema, SchemaDocument::Draft draft);

} // namespace fairway::chart
