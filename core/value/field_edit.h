#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fairway::value {

/// One field of an object as somebody wants it: what a form, a mend or a command line asks for.
struct FieldEdit {
    enum class Verb : std::uint8_t {
        Set,    ///< Makes the maps that lead there. The index of a list item must be that of one that is there.
        Remove, ///< With the maps that this leaves empty, up to the next list item. Removing what is not there changes nothing.
        Insert, ///< An item before the one at the pointer's last step; "-" or the length: at the end. Makes the list.
    };
    Verb verb = Verb::Set;
    std::string pointer; ///< RFC 6901, from the object's root.
    Value value;         ///< Of Set and Insert.

    friend bool operator==(const FieldEdit &, const FieldEdit &) = default;
};

/// A copy of `object` with the edits made one after the other: each pointer speaks of the object as the edits before left it.
/// Errors: InvalidInput naming the place: no such list item, a scalar where a map or list is needed, an empty pointer.
[[nodiscard]] Result<Value> withFieldEdits(const Value &object, std::span<const FieldEdit> edits);

} // namespace fairway::value
