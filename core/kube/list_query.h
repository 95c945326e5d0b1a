#pragma once

#include "core/kube/client.h"

#include <string>
#include <string_view>

namespace fairway::kube {

/// Path and query of a list; watches add their own parameters.
[[nodiscard]] std::string listPath(const ResourceId &resource, const ListOptions &options);
/// "list pods in namespace shop", for messages.
[[nodiscard]] Text listAction(const ResourceId &resource, std::string_view ns);

} // namespace fairway::kube
