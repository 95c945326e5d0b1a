#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway::chart {

/// Changes one value in the text of a values file and **nothing else**: comments, order, quoting, line ends and everything that
/// isn't on the way keep every byte. `pointer` is an RFC 6901 pointer from the top of the values ("/image/tag", "/hosts/0/name").
///
/// Shape:  the result is checked: read again, it equals the old values but for the place.
/// Errors: InvalidInput with the line and the reason: no YAML, several documents, a place that an alias or an anchor shares with
///         another, a tag, a scalar where a map is needed, a layout that can't be kept; NotFound (nothing to remove); LimitExceeded.

/// Sets it, making the maps above it where they are missing, in the file's own layout.
[[nodiscard]] Result<std::string> setValueInText(std::string_view text, std::string_view pointer, const value::Value &value);

/// Takes it away, so that the default counts again. Maps that would be left empty go too unless comments stand in them; an emptied
/// list stays as `[]`. Comments beside the value's own lines stay.
[[nodiscard]] Result<std::string> unsetValueInText(std::string_view text, std::string_view pointer);

/// Puts an item into the list at `pointer`, before the one at `index` or at the end.
[[nodiscard]] Result<std::string> insertItemInText(
    std::string_view text, std::string_view pointer, std::size_t index, const value::Value &item);

/// Exchanges the items `index` and `index + 1`, with the comments inside them.
[[nodiscard]] Result<std::string> swapItemsInText(std::string_view text, std::string_view pointer, std::size_t index);

} // namespace fairway::chart
