#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fairway::value {

/// One line of a comparison: kept, only before, only after. Indexes are into the two inputs.
struct LineEdit {
    enum class Kind : std::uint8_t { Same, Removed, Added };
    Kind kind = Kind::Same;
    std::size_t before = 0;
    std::size_t after = 0;
};

/// Splits at newlines; a last line without one counts, an empty rest does not.
[[nodiscard]] std::vector<std::string_view> splitLines(std::string_view text);

/// The shortest edit script between two lists of lines.
///
/// Bounds:  gives up after 2000 edits and then calls everything between the common head and tail changed: a comparison of
///          two unrelated megabytes must not stop the program.
/// Source:  E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, the greedy algorithm.
[[nodiscard]] std::vector<LineEdit> diffLines(const std::vector<std::string_view> &before,
                                              const std::vector<std::string_view> &after);

/// The lines of `text`, from 1, that are not in `other` at their place.
[[nodiscard]] std::vector<std::size_t> changedLines(std::string_view text, std::string_view other);

} // namespace fairway::value
