#pragma once

#include "core/value/value.h"

namespace fairway::value {

/// Equal, of the same kinds and origins throughout, and written at the same places.
[[nodiscard]] inline bool isSameWithPlaces(const Value &a, const Value &b)
{
    if (a.kind() != b.kind() || a.origin() != b.origin() || !(a.position() == b.position()))
        return false;
    if (a.isList()) {
        for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
            if (!isSameWithPlaces(a[i], b[i]))
                return false;
        }
        return a.size() == b.size();
    }
    if (a.isMap()) {
        for (const auto &[key, member] : a.asMap()) {
            const Value *const other = b.asMap().get(key);
            if (other == nullptr || !isSameWithPlaces(member, *other))
                return false;
        }
        return a.size() == b.size();
    }
    return a == b;
}

} // namespace fairway::value
