#pragma once

#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// One field that differs. A list of other length, or a member that comes or goes, is one change at the highest point
/// where that is so.
struct FieldChange {
    std::string pointer;                ///< RFC 6901: "/spec/http/2/route/0/weight".
    std::optional<value::Value> before; ///< Absent: the field is new.
    std::optional<value::Value> after;  ///< Absent: the field goes.
};

/// Every field in which `after` differs from `before`, in the order of the document. Neither is kept: the values are copies.
/// What the server alone writes (metadata.resourceVersion, generation, uid, creationTimestamp, managedFields, selfLink and
/// status) does not count unless `withServerFields`.
[[nodiscard]] std::vector<FieldChange> changedFields(const value::Value &before, const value::Value &after,
                                                     bool withServerFields = false);

struct DiffLine {
    enum class Kind : std::uint8_t { Header, Context, Removed, Added };
    Kind kind = Kind::Context;
    std::string text; ///< Without a leading sign; no newline.

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

struct Diff {
    int changedFields = 0;
    std::vector<DiffLine> lines;
    bool isTruncated = false; ///< More changed than maxLines shows; changedFields counts all.
};

struct DiffOptions {
    std::size_t maxLines = 2000;
    bool isSecret = false; ///< Values below data, stringData and the last-applied annotation are shown as hash and size.
};

/// What changes between two objects, as people read it: for each group of changes a header with the field's path
/// ("spec.http[2].route"), then the changed fields with the item they belong to as context:
///
///     spec.http[2].route          Header
///       [0] subset: v1            Context
///           weight: 90            Removed
///           weight: 75            Added
///
/// Nothing that stays the same is shown beyond such a context line. Bounded by DiffOptions.
[[nodiscard]] Diff diffObjects(const value::Value &before, const value::Value &after, const DiffOptions &options = {});

/// Unified diff of two texts (Myers, with `context` lines around); empty when they are equal. Beyond 20000 lines a side it
/// falls back to "all removed, all added".
[[nodiscard]] std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeLabel,
                                      std::string_view afterLabel, int context = 3);

/// "spec.http[2].route[0].weight" for "/spec/http/2/route/0/weight" in `root` (which tells list indexes from keys); keys with
/// dots or blanks are quoted: metadata.annotations["a.b/c"].
[[nodiscard]] std::string fieldPath(const value::Value &root, std::string_view pointer);

} // namespace fairway::operate
