#pragma once

#include "core/lab/resource_type.h"
#include "core/lab/store.h"
#include "core/value/value.h"

#include <string_view>

/// What the steps of a write to the practice cluster's storage share. Internal to core/lab.
namespace fairway::lab {

/// A write that meets a newer version is tried again this often.
constexpr int MaxWriteAttempts = 8;

/// The member as a map, made when missing or something else.
[[nodiscard]] value::Value &member(value::Value &parent, std::string_view key);
/// True when the API counts generations of this kind.
[[nodiscard]] bool hasGeneration(const ResourceType &type);
/// The object as it would be stored.
[[nodiscard]] StoredObject draftOf(const value::Value &object, const ResourceType &type);

} // namespace fairway::lab
