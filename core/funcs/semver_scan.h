#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fairway::funcs {

/// A version cut into its texts; what is missing is empty.
struct VersionParts {
    std::string_view major;
    std::string_view minor;
    std::string_view patch;
    std::string_view prerelease;
    std::string_view metadata;
    std::string_view whole; ///< With a leading `v`.
};

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

inline bool isIdentifierCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}

/// Takes the longest version at `position` and moves it behind. `isSegment` says what its three numbers are made of.
/// Nothing when there is none; then `position` stays.
template <typename IsSegment>
std::optional<VersionParts> scanVersion(std::string_view text, std::size_t &position, const IsSegment &isSegment)
{
    std::size_t at = position;
    const auto run = [&](std::size_t from, const auto &accepts) {
        std::size_t end = from;
        while (end < text.size() && accepts(text[end]))
            ++end;
        return text.substr(from, end - from);
    };
    const auto identifiers = [&](char mark) -> std::string_view {
        if (at >= text.size() || text[at] != mark)
            return {};
        std::string_view found = run(at + 1, isIdentifierCharacter);
        if (found.empty())
            return {};
        std::size_t end = at + 1 + found.size();
        while (end < text.size() && text[end] == '.') {
            const std::string_view next = run(end + 1, isIdentifierCharacter);
            if (next.empty())
                break;
            end += 1 + next.size();
        }
        found = text.substr(at + 1, end - at - 1);
        at = end;
        return found;
    };
    const auto segment = [&]() -> std::string_view {
        if (at >= text.size() || text[at] != '.')
            return {};
        const std::string_view found = run(at + 1, isSegment);
        if (!found.empty())
            at += 1 + found.size();
        return found;
    };

    if (at < text.size() && text[at] == 'v')
        ++at;
    VersionParts parts;
    parts.major = run(at, isSegment);
    if (parts.major.empty())
        return std::nullopt;
    at += parts.major.size();
    parts.minor = segment();
    if (!parts.minor.empty())
        parts.patch = segment();
    parts.prerelease = identifiers('-');
    parts.metadata = identifiers('+');
    parts.whole = text.substr(position, at - position);
    position = at;
    return parts;
}

/// Order of two prereleases by their parts; an empty one comes first here.
[[nodiscard]] int comparePrereleases(std::string_view a, std::string_view b);

} // namespace fairway::funcs
