#pragma once

#include "core/chart/schema_document.h"
#include "core/chart/value_form.h"
#include "core/value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// A schema that applies to a value, with the document its references are resolved in.
struct SchemaPart {
    const SchemaDocument *document = nullptr;
    const value::Value *schema = nullptr; ///< A map.
};
/// All schemas that apply to one value at once: by reference, by allOf, by the alternative that was chosen.
using SchemaParts = std::vector<SchemaPart>;

/// `parts` with what they refer to and combine, each once; at most 64.
[[nodiscard]] SchemaParts expanded(const SchemaParts &parts);
/// Those for a member of the map, and for an item of the list, not expanded.
[[nodiscard]] SchemaParts memberParts(const SchemaParts &parts, const std::string &name);
[[nodiscard]] SchemaParts itemParts(const SchemaParts &parts, std::size_t index);
/// Names the schemas declare or require, in byte order.
[[nodiscard]] std::vector<std::string> memberNames(const SchemaParts &parts);
[[nodiscard]] bool isRequiredBy(const SchemaParts &parts, std::string_view name);

/// Fills in what the schemas say: kind, texts, bounds, choices. `like` decides the kind where they don't: the value that counts.
void describeField(FieldFacts &field, const SchemaParts &parts, const value::Value &like);

/// Chooses the alternative of a oneOf or anyOf that looks most like `like`: names them in `field`, adds its schemas to `parts`.
void chooseAlternative(FieldFacts &field, SchemaParts &parts, const value::Value &like);

/// A value to begin with where there is none: the schema's default, its first choice, or nothing of the type.
[[nodiscard]] value::Value emptyValue(const SchemaParts &parts);

} // namespace fairway::chart
