#pragma once

#include "core/chart/schema_document.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::chart {

/// One thing wrong with an instance, and what led to it.
struct SchemaFault {
    std::vector<std::string> path; ///< Of the value: names and indices.
    std::string text;              ///< In the words of the version's validator.
    bool isReference = false;      ///< Only says that what a reference leads to failed.
    bool isGroup = false;          ///< Only holds its causes together.
    std::vector<SchemaFault> causes;
};

/// Holds `instance` against the document's root schema; the faults found, none when it fits. What Go's maps leave to chance comes in
/// order of names. Work is bounded: a schema that needs too much is a fault of its own.
[[nodiscard]] std::vector<SchemaFault> checkAgainstSchema(const SchemaDocument &document, const value::Value &instance);

} // namespace fairway::chart
