#pragma once

#include "core/operate/diff.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::operate {

/// A draft laid over what is there now.
struct Merge {
    bool isClean = false;                ///< `merged` holds both sides' changes.
    value::Value merged;                 ///< Theirs with mine on top; Null when not clean.
    std::vector<std::string> clashes;    ///< Pointers (in `base`) of fields that both sides changed to different values.
    std::vector<FieldChange> theirs;     ///< What changed meanwhile.
};

/// Three-way merge by field. A field that both changed to the same value is no clash. Lists are merged item by item when
/// their length is the same on all three sides; a list that grew or shrank on their side and whose items I changed is a clash
/// unless every item I changed still stands there exactly once, unchanged.
[[nodiscard]] Merge merge3(const value::Value &base, const value::Value &mine, const value::Value &theirs);

} // namespace fairway::operate
