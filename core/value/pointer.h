#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

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

/// A step as index of a list: digits without a leading zero.
[[nodiscard]] std::optional<std::size_t> pointerIndex(std::string_view step);

} // namespace fairway::value
