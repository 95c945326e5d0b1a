#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

/// Walks the steps of an RFC 6901 pointer: "/a~1b/0" gives "a/b", then "0".
class PointerSteps {
public:
    explicit PointerSteps(std::string_view pointer)
        : m_rest(pointer)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    /// The next step, unescaped; nothing when the rest doesn't start with a slash.
    [[nodiscard]] std::optional<std::string> next();

private:
    std::string_view m_rest;
};

/// All steps, unescaped; and back.
[[nodiscard]] std::vector<std::string> splitPointer(std::string_view pointer);
[[nodiscard]] std::string joinPointer(const std::vector<std::string> &steps);
/// `parent` with one more step, escaped.
[[nodiscard]] std::string childPointer(std::string_view parent, std::string_view step);
[[nodiscard]] std::string childPointer(std::string_view parent, std::size_t index);

/// A step as index of a list: digits without a leading zero.
[[nodiscard]] std::optional<std::size_t> pointerIndex(std::string_view step);

} // namespace fairway::value
