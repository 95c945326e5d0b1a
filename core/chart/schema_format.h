#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// Why `text` is not of JSON Schema's format `name`, as santhosh-tekuri/jsonschema says it; nothing when it is, or when the format is
/// unknown.
/// Source: JSON Schema Validation, section 7.3, and the RFCs it names.
[[nodiscard]] std::optional<std::string> formatFault(std::string_view name, std::string_view text);

} // namespace fairway::chart
