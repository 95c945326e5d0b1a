#pragma once

#include "core/base/result.h"
#include "core/kube/client.h"
#include "core/kube/resource.h"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::kube {

/// What an API server serves. An immutable value: ask again (discover()) after a CRD came or went.
///
/// Version negotiation: the program knows which versions of a resource it can read, the server knows which it serves.
/// `preferred("autoscaling", "horizontalpodautoscalers", {"v2", "v2beta2"})` picks the first of ours that is served, so one
/// binary works from Kubernetes 1.20 on.
///
/// Threads: immutable; share it by shared_ptr<const Discovery>.
class Discovery {
public:
    /// `types`: every resource in every served version; within a group, versions in the server's order of preference.
    Discovery(std::vector<ResourceType> types, std::vector<std::string> problems = {});
    Discovery() = default;

    [[nodiscard]] const std::vector<ResourceType> &types() const { return m_types; }
    /// One of each resource, in its preferred version, sorted by group and plural; what api-resources prints.
    [[nodiscard]] std::vector<const ResourceType *> preferredTypes() const;
    /// Groups that could not be read ("metrics.k8s.io/v1beta1: the server is currently unable to handle the request").
    [[nodiscard]] const std::vector<std::string> &problems() const { return m_problems; }

    /// Exactly this one; nullptr when not served.
    [[nodiscard]] const ResourceType *find(const ResourceId &id) const;
    [[nodiscard]] const ResourceType *findKind(std::string_view apiVersion, std::string_view kind) const;
    /// The first of `versions` that is served; nullptr when none is. No versions: the server's preference.
    [[nodiscard]] const ResourceType *preferred(std::string_view group, std::string_view plural,
                                                std::initializer_list<std::string_view> versions = {}) const;
    /// As kubectl reads a resource argument, letter case ignored: plural, singular, short name or kind, with ".group" or
    /// ".version.group" behind it. The core group wins, then the server's order. NotFound names what was looked for.
    [[nodiscard]] Result<const ResourceType *> lookUp(std::string_view name) const;

private:
    std::vector<ResourceType> m_types; ///< In the server's order of groups and versions.
    std::vector<std::string> m_problems;
};

/// Asks the server: aggregated discovery (v2, then v2beta1), else the legacy documents of each group version.
/// A group that fails alone becomes a problem, not an error. Blocks; any thread.
[[nodiscard]] Result<Discovery> discover(Client &client, const CallOptions &options = {});

/// Parsers of the documents, public for tests. The aggregated one adds to `types` and `problems`.
[[nodiscard]] Result<void> parseAggregatedDiscovery(std::string_view json, std::vector<ResourceType> &types,
                                                    std::vector<std::string> &problems);
[[nodiscard]] Result<std::vector<ResourceType>> parseResourceList(std::string_view json);

} // namespace fairway::kube
