#pragma once

#include <array>
#include <string_view>

namespace fairway::value {

/// Members of an object's metadata that an API server writes, whatever a client sends.
/// Source: ObjectMeta of k8s.io/apimachinery, meta/v1.
inline constexpr std::array<std::string_view, 6> kServerMetadata {
    "resourceVersion", "generation", "uid", "creationTimestamp", "managedFields", "selfLink"};

} // namespace fairway::value
