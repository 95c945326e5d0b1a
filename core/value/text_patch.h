#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace fairway::value {

/// Bytes of the old text that give way to bytes of the new one. Whole lines (a last one may lack its newline).
struct TextHunk {
    std::size_t before = 0; ///< Place in the old text.
    std::size_t removed = 0;
    std::size_t after = 0; ///< Place in the new text.
    std::size_t added = 0;
    friend bool operator==(const TextHunk &, const TextHunk &) = default;
};

/// What makes the one text the other: hunks from the front, apart from each other. For bringing a view that shows megabytes up to date, not
/// for reading: it goes through both texts once and looks a few hundred lines ahead where they part, so it finds few lines changed in each
/// of many thousand places, which is where the shortest script of line_diff.h takes too long; but it does not promise the shortest.
/// Bounds: time grows with the texts' size; no more than a few hundred comparisons a line.
[[nodiscard]] std::vector<TextHunk> textPatch(std::string_view before, std::string_view after);

} // namespace fairway::value
