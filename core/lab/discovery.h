#pragma once

#include "core/lab/resource_registry.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairway::lab {

/// Kubernetes' version as the lab gives it: "v1.36.0+fairway-lab".
[[nodiscard]] value::Value versionInfo();

/// GET /api and /apis without aggregation.
[[nodiscard]] value::Value apiVersions(std::string_view address);
[[nodiscard]] value::Value apiGroupList(const ResourceRegistry &registry);
/// GET /apis/GROUP; nullopt when there is no such group.
[[nodiscard]] std::optional<value::Value> apiGroup(const ResourceRegistry &registry, std::string_view group);
/// GET /api/v1 and /apis/GROUP/VERSION; nullopt when not served.
[[nodiscard]] std::optional<value::Value> apiResourceList(const ResourceRegistry &registry, std::string_view group, std::string_view version);
/// apidiscovery.k8s.io/v2 of /api (`isCore`) or /apis.
[[nodiscard]] value::Value aggregatedDiscovery(const ResourceRegistry &registry, bool isCore);

/// GET /openapi/v3: where the documents of the groups are.
[[nodiscard]] value::Value openApiIndex(const ResourceRegistry &registry);
/// GET /openapi/v3/apis/GROUP/VERSION: the paths with what may be said in a query (kubectl looks there whether the server
/// validates fields), and the schemas of custom kinds. nullopt when not served.
[[nodiscard]] std::optional<value::Value> openApiDocument(const ResourceRegistry &registry, std::string_view group, std::string_view version);

} // namespace fairway::lab
