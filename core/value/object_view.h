#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::value {

enum class Keep : std::uint8_t { WithoutManagedFields, Everything };

/// One object as the cluster holds it: immutable and compact. The object's JSON, without white space, stands in one
/// block of memory together with where its metadata is; the tree is made only when parse() is called.
///
/// Shape:   copies share the block (16 bytes each). A default-made view is empty: every accessor gives "" or 0.
///          Views of accessors live as long as any copy of the ObjectView.
/// Size:    the compact JSON plus 170 bytes, and 16 bytes a label.
/// Threads: any; nothing changes after it was made.
class ObjectView {
public:
    ObjectView() = default;

    /// Errors: InvalidInput (no JSON object), LimitExceeded.
    [[nodiscard]] static Result<ObjectView> fromJson(std::string_view json, Keep keep = Keep::WithoutManagedFields);
    [[nodiscard]] static Result<ObjectView> fromValue(const Value &object, Keep keep = Keep::WithoutManagedFields);
    /// Every object of a List's `items` at once, quicker than one by one. Items of an API server's list carry no
    /// kind and apiVersion: they are taken from the list ("PodList" -> "Pod") where an item has none.
    struct Page;
    [[nodiscard]] static Result<Page> fromList(std::string_view json, Keep keep = Keep::WithoutManagedFields);

    [[nodiscard]] bool isEmpty() const noexcept { return !m_block; }
    [[nodiscard]] std::string_view apiVersion() const noexcept;
    [[nodiscard]] std::string_view kind() const noexcept;
    [[nodiscard]] std::string_view name() const noexcept;
    [[nodiscard]] std::string_view ns() const noexcept;
    [[nodiscard]] std::string_view uid() const noexcept;
    [[nodiscard]] std::string_view resourceVersion() const noexcept;
    [[nodiscard]] std::string_view creationTimestamp() const noexcept;
    [[nodiscard]] bool isDeleting() const noexcept; ///< metadata.deletionTimestamp is set.
    [[nodiscard]] std::int64_t generation() const noexcept;
    /// The label's value; empty when absent (hasLabel() tells an empty value from none).
    [[nodiscard]] std::string_view label(std::string_view key) const noexcept;
    [[nodiscard]] bool hasLabel(std::string_view key) const noexcept;
    [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> labels() const;

    /// The compact JSON.
    [[nodiscard]] std::string_view json() const noexcept;
    /// The whole object as a tree of its own, whole numbers as Int64.
    [[nodiscard]] Result<Value> parse() const;
    /// Bytes this object holds, its share of bookkeeping included; a block shared by copies counts once.
    [[nodiscard]] std::size_t bytes() const noexcept;

    /// Same kind, namespace and name at the same resourceVersion and uid.
    [[nodiscard]] bool isSameVersion(const ObjectView &other) const noexcept;

private:
    struct Block;
    explicit ObjectView(std::shared_ptr<const Block> block) noexcept;
    friend struct ObjectViewMaker;
    std::shared_ptr<const Block> m_block;
};

struct ObjectView::Page {
    std::vector<ObjectView> items;
    std::string resourceVersion;      ///< Where a watch goes on.
    std::string continueToken;        ///< Empty on the last page.
    std::int64_t remainingItems = 0;  ///< metadata.remainingItemCount, 0 when not told.
};

} // namespace fairway::value
