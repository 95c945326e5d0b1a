#include "core/lab/resource_registry.h"

#include <algorithm>

namespace fairway::lab {

ResourceRegistry::ResourceRegistry()
    : m_types(builtinTypes())
{
}

namespace {

template <typename Predicate>
ResourceTypePtr firstWhere(const std::vector<ResourceTypePtr> &types, Predicate predicate)
{
    const auto found = std::find_if(types.begin(), types.end(), [&](const ResourceTypePtr &type) { return predicate(*type); });
    return found == types.end() ? nullptr : *found;
}

} // namespace

ResourceTypePtr ResourceRegistry::find(std::string_view group, std::string_view version, std::string_view plural) const
{
    const std::scoped_lock lock(m_mutex);
    return firstWhere(m_types, [&](const ResourceType &type) {
        return type.group == group && type.plural == plural && type.version(version);
    });
}

ResourceTypePtr ResourceRegistry::findKind(std::string_view group, std::string_view version, std::string_view kind) const
{
    const std::scoped_lock lock(m_mutex);
    return firstWhere(m_types, [&](const ResourceType &type) {
        return type.group == group && type.kind == kind && type.version(version);
    });
}

ResourceTypePtr ResourceRegistry::findId(std::string_view id) const
{
    const std::size_t dot = id.find('.');
    const std::string_view plural = id.substr(0, dot);
    const std::string_view group = dot == std::string_view::npos ? std::string_view() : id.substr(dot + 1);
    const std::scoped_lock lock(m_mutex);
    return firstWhere(m_types, [&](const ResourceType &type) { return type.plural == plural && type.group == group; });
}

bool ResourceRegistry::hasGroupVersion(std::string_view group, std::string_view version) const
{
    const std::scoped_lock lock(m_mutex);
    return firstWhere(m_types, [&](const ResourceType &type) { return type.group == group && type.version(version); }) != nullptr;
}

bool ResourceRegistry::hasGroup(std::string_view group) const
{
    const std::scoped_lock lock(m_mutex);
    return firstWhere(m_types, [&](const ResourceType &type) { return type.group == group; }) != nullptr;
}

std::vector<ResourceTypePtr> ResourceRegistry::all() const
{
    const std::scoped_lock lock(m_mutex);
    return m_types;
}

std::uint64_t ResourceRegistry::revision() const
{
    const std::scoped_lock lock(m_mutex);
    return m_revision;
}

void ResourceRegistry::put(ResourceTypePtr type)
{
    const std::scoped_lock lock(m_mutex);
    ++m_revision;
    const std::string id = type->id();
    const auto same = std::find_if(m_types.begin(), m_types.end(), [&](const ResourceTypePtr &known) { return known->id() == id; });
    if (same != m_types.end()) {
        *same = std::move(type);
        return;
    }
    // Resources of one group stay together, so that discovery can be written in one pass.
    auto place = std::find_if(m_types.rbegin(), m_types.rend(),
        [&](const ResourceTypePtr &known) { return known->group == type->group; });
    m_types.insert(place == m_types.rend() ? m_types.end() : place.base(), std::move(type));
}

void ResourceRegistry::remove(std::string_view id)
{
    const std::scoped_lock lock(m_mutex);
    ++m_revision;
    std::erase_if(m_types, [&](const ResourceTypePtr &type) { return type->isCustom && type->id() == id; });
}

} // namespace fairway::lab
