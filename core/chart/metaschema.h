#pragma once

#include "core/chart/schema_document.h"

#include <string_view>

namespace fairway::chart {

/// What a schema itself must look like, as JSON Schema: keywords, their types and bounds, without titles and defaults. The parts of the
/// newer drafts' vocabularies stand in `$defs` of one document, in their order.
/// Source: the metaschemas of drafts 4, 6, 7, 2019-09 and 2020-12.
[[nodiscard]] std::string_view metaschemaText(SchemaDocument::Draft draft);
/// Its address.
[[nodiscard]] std::string_view metaschemaUri(SchemaDocument::Draft draft);

} // namespace fairway::chart
