#include "core/chart/glob.h"

#include "core/value/utf8.h"

#include <cstddef>
#include <string>

namespace fairway::chart {

namespace {

constexpr int maxSteps = 200'000;

struct Rune {
    char32_t code = 0;
    std::size_t size = 0;
};

Rune runeAt(std::string_view text, std::size_t at)
{
    const value::Utf8Character character = value::decodeUtf8(text, at);
    return character.size == 0 ? Rune {0xFFFD, 1} : Rune {character.code, character.size};
}

/// One past the bracket that closes the one at `open`, or npos.
std::size_t closing(std::string_view pattern, std::size_t open)
{
    const char opens = pattern[open];
    const char closes = opens == '{' ? '}' : ']';
    int depth = 0;
    for (std::size_t i = open; i < pattern.size(); ++i) {
        if (pattern[i] == '\\')
            ++i;
        else if (pattern[i] == opens && (opens == '{' || i == open))
            ++depth;
        else if (pattern[i] == closes && --depth == 0)
            return i + 1;
    }
    return std::string_view::npos;
}

bool isWellFormed(std::string_view pattern)
{
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\') {
            if (++i == pattern.size())
                return false;
        } else if (pattern[i] == '[') {
            const std::size_t end = closing(pattern, i);
            if (end == std::string_view::npos || end == i + 2)
                return false;
            i = end - 1;
        } else if (pattern[i] == '{' && closing(pattern, i) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

/// Whether `code` is in the class between the brackets.
bool isInClass(std::string_view members, char32_t code)
{
    const bool isNegated = members.starts_with('!');
    if (isNegated)
        members.remove_prefix(1);
    bool found = false;
    for (std::size_t at = 0; at < members.size();) {
        if (members[at] == '\\' && at + 1 < members.size())
            ++at;
        const Rune low = runeAt(members, at);
        at += low.size;
        char32_t high = low.code;
        if (at + 1 < members.size() && members[at] == '-') {
            const Rune last = runeAt(members, ++at);
            high = last.code;
            at += last.size;
        }
        found = found || (low.code <= code && code <= high);
    }
    return found != isNegated;
}

class Matcher {
public:
    bool matches(std::string_view pattern, std::string_view name)
    {
        while (!pattern.empty()) {
            if (++m_steps > maxSteps)
                return false;
            const char c = pattern.front();
            if (c == '*')
                return matchesStar(pattern, name);
            if (c == '{')
                return matchesAlternatives(pattern, name);
            if (name.empty())
                return false;
            const Rune rune = runeAt(name, 0);
            if (c == '?') {
                if (rune.code == '/')
                    return false;
                pattern.remove_prefix(1);
            } else if (c == '[') {
                const std::size_t end = closing(pattern, 0);
                if (!isInClass(pattern.substr(1, end - 2), rune.code))
                    return false;
                pattern.remove_prefix(end);
            } else {
                if (c == '\\')
                    pattern.remove_prefix(1);
                const Rune wanted = runeAt(pattern, 0);
                if (wanted.code != rune.code)
                    return false;
                pattern.remove_prefix(wanted.size);
            }
            name.remove_prefix(rune.size);
        }
        return name.empty();
    }

private:
    bool matchesStar(std::string_view pattern, std::string_view name)
    {
        const bool crossesSlashes = pattern.starts_with("**");
        while (pattern.starts_with('*'))
            pattern.remove_prefix(1);
        for (;;) {
            if (matches(pattern, name))
                return true;
            if (name.empty() || (name.front() == '/' && !crossesSlashes) || m_steps > maxSteps)
                return false;
            name.remove_prefix(1);
        }
    }

    bool matchesAlternatives(std::string_view pattern, std::string_view name)
    {
        const std::size_t end = closing(pattern, 0);
        const std::string_view rest = pattern.substr(end);
        const std::string_view inside = pattern.substr(1, end - 2);
        int depth = 0;
        std::size_t start = 0;
        for (std::size_t i = 0; i <= inside.size(); ++i) {
            if (i < inside.size() && inside[i] == '\\') {
                ++i;
                continue;
            }
            if (i < inside.size() && (inside[i] == '{' || inside[i] == '}'))
                depth += inside[i] == '{' ? 1 : -1;
            if (i == inside.size() || (inside[i] == ',' && depth == 0)) {
                if (matches(std::string(inside.substr(start, i - start)) + std::string(rest), name))
                    return true;
                start = i + 1;
            }
        }
        return false;
    }

    int m_steps = 0;
};

} // namespace

bool matchesGlob(std::string_view pattern, std::string_view name)
{
    return !isWellFormed(pattern) || Matcher().matches(pattern, name);
}

} // namespace fairway::chart
