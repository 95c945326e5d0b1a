#pragma once

#include "core/lab/resource_type.h"

#include <cstdint>

namespace fairway::lab {

/// Fills in what the API server fills in for the built-in kinds that matter here (Pods and their templates, workloads,
/// Services, Secrets, Namespaces, HPAs), in place. `serial` numbers Services' cluster addresses.
void applyDefaults(value::Value &object, const ResourceType &type, std::uint64_t serial);

/// Wrong or missing fields of a built-in object; `before` is Null for a creation, else immutable fields are held against it.
[[nodiscard]] std::vector<FieldCause> validate(const value::Value &object, const value::Value &before, const ResourceType &type);

/// Sentences for the Warning header ("hides previous definition of …").
[[nodiscard]] std::vector<std::string> warningsFor(const value::Value &object, const ResourceType &type);

} // namespace fairway::lab
