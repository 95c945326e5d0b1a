#include "core/lab/store.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace fairway::lab {

namespace {

constexpr std::size_t MaxHistoryBytes = std::size_t {16} << 20;

std::string keyOf(std::string_view ns, std::string_view name)
{
    std::string key(ns);
    if (!ns.empty())
        key += '/';
    key += name;
    return key;
}

void stamp(StoredObject &draft, std::uint64_t version)
{
    draft.resourceVersion = version;
    const std::size_t place = draft.json.find(VersionPlaceholder);
    assert(place != std::string::npos);
    draft.json.replace(place, VersionPlaceholder.size(), std::to_string(version));
    draft.json.shrink_to_fit();
}

} // namespace

Store::Store(std::size_t historyEvents)
    : m_historyEvents(historyEvents)
{
}

void Store::setListener(std::function<void(std::string_view)> listener)
{
    m_listener = std::move(listener);
}

void Store::notify(std::string_view resource) const
{
    if (m_listener)
        m_listener(resource);
}

const Store::Table *Store::table(std::string_view resource) const
{
    const auto found = m_tables.find(resource);
    return found == m_tables.end() ? nullptr : &found->second;
}

Store::Table &Store::tableFor(std::string_view resource)
{
    const auto [place, isNew] = m_tables.try_emplace(std::string(resource));
    if (isNew)
        place->second.compactedUpTo = m_compactedUpTo;
    return place->second;
}

StoredPtr Store::get(std::string_view resource, std::string_view ns, std::string_view name) const
{
    const std::string key = keyOf(ns, name);
    const std::scoped_lock lock(m_mutex);
    const Table *objects = table(resource);
    if (!objects)
        return nullptr;
    const auto found = objects->objects.find(key);
    return found == objects->objects.end() ? nullptr : found->second;
}

void Store::record(Table &table, Change change)
{
    table.historyBytes += change.object->json.size();
    table.history.push_back(std::move(change));
    while (table.history.size() > m_historyEvents || table.historyBytes > MaxHistoryBytes) {
        table.historyBytes -= table.history.front().object->json.size();
        table.compactedUpTo = table.history.front().resourceVersion;
        table.history.pop_front();
    }
}

Store::PutResult Store::put(std::string_view resource, StoredObject draft, std::uint64_t expected)
{
    StoredPtr stored;
    {
        const std::scoped_lock lock(m_mutex);
        Table &objects = tableFor(resource);
        const std::string key = draft.key();
        const auto found = objects.objects.find(key);
        const bool exists = found != objects.objects.end();
        if (expected == 0 && exists)
            return {nullptr, PutError::Exists};
        if (expected != 0 && !exists)
            return {nullptr, PutError::Missing};
        if (exists && found->second->resourceVersion != expected)
            return {nullptr, PutError::Conflict};
        const std::uint64_t version = m_version.load(std::memory_order_relaxed) + 1;
        stamp(draft, version);
        stored = std::make_shared<const StoredObject>(std::move(draft));
        m_storedBytes += stored->json.size();
        Change change {exists ? ChangeType::Modified : ChangeType::Added, version, stored, nullptr};
        if (exists) {
            m_storedBytes -= found->second->json.size();
            change.previous = std::exchange(found->second, stored);
        } else {
            objects.objects.emplace(key, stored);
        }
        record(objects, std::move(change));
        m_version.store(version, std::memory_order_release);
    }
    notify(resource);
    return {stored, {}};
}

Store::PutResult Store::remove(std::string_view resource, StoredObject lastState, std::uint64_t expected)
{
    StoredPtr stored;
    {
        const std::scoped_lock lock(m_mutex);
        Table &objects = tableFor(resource);
        const auto found = objects.objects.find(lastState.key());
        if (found == objects.objects.end())
            return {nullptr, PutError::Missing};
        if (expected != 0 && found->second->resourceVersion != expected)
            return {nullptr, PutError::Conflict};
        const std::uint64_t version = m_version.load(std::memory_order_relaxed) + 1;
        stamp(lastState, version);
        stored = std::make_shared<const StoredObject>(std::move(lastState));
        m_storedBytes -= found->second->json.size();
        record(objects, {ChangeType::Deleted, version, stored, found->second});
        objects.objects.erase(found);
        m_version.store(version, std::memory_order_release);
    }
    notify(resource);
    return {stored, {}};
}

std::vector<StoredPtr> Store::pick(const Objects &objects, const Objects &past, std::string_view ns, std::string_view after)
{
    const std::string prefix = ns.empty() ? std::string() : std::string(ns) + "/";
    const auto startOf = [&](const Objects &in) { return after < prefix || after.empty() ? in.lower_bound(prefix) : in.upper_bound(after); };
    auto now = startOf(objects);
    auto then = startOf(past);
    const auto isIn = [&](const Objects &in, Objects::const_iterator at) { return at != in.end() && at->first.starts_with(prefix); };
    std::vector<StoredPtr> picked;
    while (isIn(objects, now) || isIn(past, then)) {
        const bool takesPast = isIn(past, then) && (!isIn(objects, now) || then->first <= now->first);
        if (!takesPast) {
            picked.push_back((now++)->second);
            continue;
        }
        if (isIn(objects, now) && now->first == then->first)
            ++now;
        if (then->second)
            picked.push_back(then->second);
        ++then;
    }
    return picked;
}

Store::Snapshot Store::snapshot(std::string_view resource, std::string_view ns, std::string_view after) const
{
    const std::scoped_lock lock(m_mutex);
    const Table *objects = table(resource);
    return {m_version.load(std::memory_order_relaxed), objects ? pick(objects->objects, {}, ns, after) : std::vector<StoredPtr>()};
}

std::optional<Store::Snapshot> Store::snapshotAt(
    std::string_view resource, std::string_view ns, std::uint64_t version, std::string_view after) const
{
    const std::scoped_lock lock(m_mutex);
    const Table *objects = table(resource);
    if (!objects)
        return Snapshot {version, {}};
    Objects past;
    if (version < m_version.load(std::memory_order_relaxed)) {
        if (version < objects->compactedUpTo)
            return std::nullopt;
        for (auto change = objects->history.rbegin(); change != objects->history.rend() && change->resourceVersion > version; ++change)
            past.insert_or_assign(change->object->key(), change->previous);
    }
    return Snapshot {version, pick(objects->objects, past, ns, after)};
}

Store::Changes Store::changesAfter(std::string_view resource, std::uint64_t after, std::size_t limit) const
{
    const std::scoped_lock lock(m_mutex);
    Changes result;
    result.upTo = m_version.load(std::memory_order_relaxed);
    const Table *objects = table(resource);
    if (after < (objects ? objects->compactedUpTo : m_compactedUpTo)) {
        result.isCompacted = true;
        result.oldest = !objects || objects->history.empty() ? result.upTo : objects->history.front().resourceVersion;
        return result;
    }
    if (!objects)
        return result;
    // History is in version order: find where `after` ends by bisection.
    auto it = std::upper_bound(objects->history.begin(), objects->history.end(), after,
        [](std::uint64_t version, const Change &change) { return version < change.resourceVersion; });
    for (; it != objects->history.end(); ++it) {
        if (result.changes.size() == limit) {
            result.upTo = result.changes.back().resourceVersion;
            break;
        }
        result.changes.push_back(*it);
    }
    return result;
}

void Store::compact()
{
    const std::scoped_lock lock(m_mutex);
    const std::uint64_t version = m_version.load(std::memory_order_relaxed) + 1;
    m_version.store(version, std::memory_order_release);
    m_compactedUpTo = version;
    for (auto &[resource, objects] : m_tables) {
        objects.history.clear();
        objects.historyBytes = 0;
        objects.compactedUpTo = version;
    }
}

std::size_t Store::objectCount() const
{
    const std::scoped_lock lock(m_mutex);
    std::size_t count = 0;
    for (const auto &[resource, objects] : m_tables)
        count += objects.objects.size();
    return count;
}

std::size_t Store::objectCount(std::string_view resource) const
{
    const std::scoped_lock lock(m_mutex);
    const Table *objects = table(resource);
    return objects ? objects->objects.size() : 0;
}

std::size_t Store::storedBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_storedBytes;
}

} // namespace fairway::lab
