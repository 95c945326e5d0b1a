#pragma once

#include "core/lab/resource_type.h"

#include <string_view>

namespace fairway::lab {

/// The object in another served version. Custom kinds only change apiVersion (conversion strategy None);
/// HorizontalPodAutoscaler v1 and v2 differ in how they say the CPU target.
[[nodiscard]] value::Value convertVersion(value::Value object, const ResourceType &type, std::string_view version);

} // namespace fairway::lab
