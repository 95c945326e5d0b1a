#pragma once

#include "core/kube/informer.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace fairway::kube {

/// The store behind an informer: items in order of namespace and name, and what changed when one or all of them are replaced.
/// Item: ns(), name(), uid(), resourceVersion(), cheap to copy (ObjectView, TableRow).
/// Threads: any; changes come from one thread.
template <typename Item, typename Change>
class ItemStore {
public:
    /// Makes the store equal to `items` and returns the way there. Items whose version did not change stay the ones held.
    std::vector<Change> replaceAll(std::vector<Item> items)
    {
        std::sort(items.begin(), items.end(), ByName());
        items.erase(std::unique(items.begin(), items.end(), isSameName), items.end());
        std::vector<Change> changes;
        Items next;
        const auto add = [&next](const Item &item) { next.emplace_hint(next.end(), item); };
        auto held = m_items.begin(); // Only this thread changes it, so reading needs no lock.
        for (Item &item : items) {
            while (held != m_items.end() && ByName()(*held, item)) {
                changes.push_back(make(ChangeType::Deleted, *held++));
            }
            if (held == m_items.end() || ByName()(item, *held)) {
                changes.push_back(make(ChangeType::Added, item));
                add(item);
                continue;
            }
            const Item &old = *held++;
            if (old.uid() != item.uid()) {
                changes.push_back(make(ChangeType::Deleted, old));
                changes.push_back(make(ChangeType::Added, item));
                add(item);
            } else if (old.resourceVersion() != item.resourceVersion()) {
                changes.push_back(make(ChangeType::Modified, item));
                add(item);
            } else {
                add(old);
            }
        }
        for (; held != m_items.end(); ++held) {
            changes.push_back(make(ChangeType::Deleted, *held));
        }
        {
            const std::scoped_lock lock(m_mutex);
            m_items.swap(next);
        }
        return changes; // `next`, now the old items, goes without the lock held.
    }

    /// Applies ADDED or MODIFIED; the same version again changes nothing.
    void put(const Item &item, std::vector<Change> &changes)
    {
        const auto held = m_items.find(item);
        if (held == m_items.end()) {
            changes.push_back(make(ChangeType::Added, item));
            const std::scoped_lock lock(m_mutex);
            m_items.insert(item);
            return;
        }
        if (held->uid() == item.uid() && held->resourceVersion() == item.resourceVersion()) {
            return;
        }
        if (held->uid() != item.uid()) {
            changes.push_back(make(ChangeType::Deleted, *held));
            changes.push_back(make(ChangeType::Added, item));
        } else {
            changes.push_back(make(ChangeType::Modified, item));
        }
        const std::scoped_lock lock(m_mutex);
        // The node is used again: its key is the item itself, so it can't be assigned in place.
        const auto hint = std::next(held);
        auto node = m_items.extract(held);
        node.value() = item;
        m_items.insert(hint, std::move(node));
    }

    void remove(const Item &item, std::vector<Change> &changes)
    {
        const auto held = m_items.find(item);
        if (held == m_items.end()) {
            return;
        }
        changes.push_back(make(ChangeType::Deleted, item));
        const std::scoped_lock lock(m_mutex);
        m_items.erase(held);
    }

    [[nodiscard]] std::size_t size() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_items.size();
    }

    [[nodiscard]] std::vector<Item> snapshot() const
    {
        const std::scoped_lock lock(m_mutex);
        return std::vector<Item>(m_items.begin(), m_items.end());
    }

    [[nodiscard]] std::optional<Item> find(std::string_view ns, std::string_view name) const
    {
        const std::scoped_lock lock(m_mutex);
        const auto held = m_items.find(std::pair(ns, name));
        return held == m_items.end() ? std::nullopt : std::optional<Item>(*held);
    }

private:
    using Name = std::pair<std::string_view, std::string_view>;
    static Name nameOf(const Item &item) { return {item.ns(), item.name()}; }
    static Name nameOf(const Name &name) { return name; }
    static bool isSameName(const Item &a, const Item &b) { return nameOf(a) == nameOf(b); }
    static Change make(ChangeType type, const Item &item) { return Change {type, item}; }

    struct ByName {
        using is_transparent = void;
        template <typename A, typename B>
        bool operator()(const A &a, const B &b) const
        {
            return nameOf(a) < nameOf(b);
        }
    };
    using Items = std::set<Item, ByName>;

    mutable std::mutex m_mutex;
    Items m_items; ///< Changed with m_mutex held by one thread; that thread reads it without.
};

} // namespace fairway::kube
