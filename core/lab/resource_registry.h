#pragma once

#include "core/lab/resource_type.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// Which resources the API serves: the built-in ones, and those that CRDs add and take away.
/// Threads: any.
class ResourceRegistry {
public:
    ResourceRegistry();

    /// By path: group "apps", version "v1", plural "deployments". Null when not served.
    [[nodiscard]] ResourceTypePtr find(std::string_view group, std::string_view version, std::string_view plural) const;
    [[nodiscard]] ResourceTypePtr findKind(std::string_view group, std::string_view version, std::string_view kind) const;
    /// By the store's key: "deployments.apps".
    [[nodiscard]] ResourceTypePtr findId(std::string_view id) const;
    [[nodiscard]] bool hasGroupVersion(std::string_view group, std::string_view version) const;
    [[nodiscard]] bool hasGroup(std::string_view group) const;
    /// Everything, grouped by API group in discovery's order.
    [[nodiscard]] std::vector<ResourceTypePtr> all() const;
    /// Grows with each change: part of discovery's ETag.
    [[nodiscard]] std::uint64_t revision() const;

    void put(ResourceTypePtr type);
    void remove(std::string_view id);

private:
    mutable std::mutex m_mutex;
    std::vector<ResourceTypePtr> m_types; ///< Guarded by m_mutex.
    std::uint64_t m_revision = 1;         ///< Guarded by m_mutex.
};

} // namespace fairway::lab
