#pragma once

#include "core/lab/resource_type.h"

namespace fairway::lab {

/// Fills in what the server adds to a CustomResourceDefinition (singular, listKind, conversion), in place.
void defaultCrd(value::Value &crd);
/// What a CRD lacks or gets wrong: its name, group, names, versions.
[[nodiscard]] std::vector<FieldCause> checkCrd(const value::Value &crd);
/// The resource that a checked CRD describes.
[[nodiscard]] ResourceTypePtr typeOfCrd(const value::Value &crd);
/// The status of a CRD whose names are accepted.
[[nodiscard]] value::Value establishedStatus(const value::Value &crd, std::string_view time);

} // namespace fairway::lab
