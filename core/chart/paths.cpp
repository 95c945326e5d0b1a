#include "core/chart/paths.h"

#include "core/value/utf8.h"

#include <algorithm>
#include <vector>

namespace fairway::chart {

namespace {

/// One character; a byte that is no UTF-8 counts as one.
struct Rune {
    char32_t code = 0;
    std::size_t size = 0;
};

Rune runeAt(std::string_view text, std::size_t at)
{
    const value::Utf8Character character = value::decodeUtf8(text, at);
    return character.size == 0 ? Rune {0xFFFD, 1} : Rune {character.code, character.size};
}

enum class Fit { No, Yes, Malformed };

/// Takes an end of a class's range; false when there is none.
bool takeClassRune(std::string_view chunk, std::size_t &at, char32_t &code)
{
    if (at >= chunk.size() || chunk[at] == '-' || chunk[at] == ']')
        return false;
    if (chunk[at] == '\\' && ++at >= chunk.size())
        return false;
    const Rune rune = runeAt(chunk, at);
    code = rune.code;
    at += rune.size;
    return at < chunk.size(); // the closing bracket must follow
}

/// Matches a chunk without stars at the start of `name`, which then loses what was matched. Reads the whole chunk even after a
/// misfit, to notice what is malformed.
Fit fitChunk(std::string_view chunk, std::string_view &name)
{
    const auto isItself = [](char c) { return c != '[' && c != '?' && c != '\\'; };
    if (std::all_of(chunk.begin(), chunk.end(), isItself)) { // as nearly all are, and every rule meets every file
        if (!name.starts_with(chunk))
            return Fit::No;
        name.remove_prefix(chunk.size());
        return Fit::Yes;
    }
    bool failed = false;
    std::string_view rest = name;
    for (std::size_t at = 0; at < chunk.size();) {
        failed = failed || rest.empty();
        switch (chunk[at]) {
        case '[': {
            Rune rune;
            if (!failed) {
                rune = runeAt(rest, 0);
                rest.remove_prefix(rune.size);
            }
            ++at;
            const bool isNegated = at < chunk.size() && chunk[at] == '^';
            at += isNegated ? 1 : 0;
            bool isInside = false;
            for (int ranges = 0;; ++ranges) {
                if (at < chunk.size() && chunk[at] == ']' && ranges > 0) {
                    ++at;
                    break;
                }
                char32_t low = 0;
                if (!takeClassRune(chunk, at, low))
                    return Fit::Malformed;
                char32_t high = low;
                if (chunk[at] == '-' && !takeClassRune(chunk, ++at, high))
                    return Fit::Malformed;
                isInside = isInside || (low <= rune.code && rune.code <= high);
            }
            failed = failed || isInside == isNegated;
            break;
        }
        case '?':
            if (!failed) {
                failed = rest[0] == '/';
                rest.remove_prefix(runeAt(rest, 0).size);
            }
            ++at;
            break;
        case '\\':
            if (++at >= chunk.size())
                return Fit::Malformed;
            [[fallthrough]];
        default:
            if (!failed) {
                failed = rest[0] != chunk[at];
                rest.remove_prefix(1);
            }
            ++at;
        }
    }
    if (failed)
        return Fit::No;
    name = rest;
    return Fit::Yes;
}

/// Length of the part before the next star that isn't escaped or in a class.
std::size_t chunkLength(std::string_view pattern)
{
    bool isInClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\')
            ++i;
        else if (pattern[i] == '[')
            isInClass = true;
        else if (pattern[i] == ']')
            isInClass = false;
        else if (pattern[i] == '*' && !isInClass)
            return i;
    }
    return pattern.size();
}

} // namespace

std::string cleanPath(std::string_view path)
{
    const bool isRooted = path.starts_with('/');
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (!isRooted)
            parts.push_back(part);
    }
    std::string clean = isRooted ? "/" : "";
    for (const std::string_view part : parts) {
        if (clean.size() > (isRooted ? 1U : 0U))
            clean += '/';
        clean += part;
    }
    return clean.empty() ? "." : clean;
}

std::string joinPath(std::string_view folder, std::string_view name)
{
    if (folder.empty())
        return name.empty() ? std::string() : cleanPath(name);
    return cleanPath(std::string(folder) + "/" + std::string(name));
}

std::string_view basePath(std::string_view path)
{
    if (path.empty())
        return ".";
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    if (path == "/")
        return path;
    return path.substr(path.rfind('/') + 1);
}

std::string_view extensionOf(std::string_view path)
{
    const std::string_view base = path.substr(path.rfind('/') + 1);
    const std::size_t dot = base.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : base.substr(dot);
}

std::optional<bool> matchesPath(std::string_view pattern, std::string_view name)
{
    while (!pattern.empty()) {
        bool hasStar = false;
        while (pattern.starts_with('*')) {
            hasStar = true;
            pattern.remove_prefix(1);
        }
        const std::string_view chunk = pattern.substr(0, chunkLength(pattern));
        pattern.remove_prefix(chunk.size());
        if (hasStar && chunk.empty())
            return name.find('/') == std::string_view::npos;

        std::string_view rest = name;
        const Fit fit = fitChunk(chunk, rest);
        if (fit == Fit::Malformed)
            return std::nullopt;
        // Of the last chunk a fit must reach the end, or a later start is tried.
        bool isFound = fit == Fit::Yes && (rest.empty() || !pattern.empty());
        for (std::size_t i = 0; !isFound && hasStar && i < name.size() && name[i] != '/'; ++i) {
            rest = name.substr(i + 1);
            const Fit later = fitChunk(chunk, rest);
            isFound = later == Fit::Yes && (rest.empty() || !pattern.empty());
        }
        if (isFound) {
            name = rest;
            continue;
        }
        // No match, but the rest of the pattern may still be malformed.
        while (!pattern.empty()) {
            while (pattern.starts_with('*'))
                pattern.remove_prefix(1);
            const std::string_view next = pattern.substr(0, chunkLength(pattern));
            pattern.remove_prefix(next.size());
            std::string_view nothing;
            if (fitChunk(next, nothing) == Fit::Malformed)
                return std::nullopt;
        }
        return false;
    }
    return name.empty();
}

void removeByteOrderMark(std::string &data)
{
    if (data.starts_with("\xEF\xBB\xBF"))
        data.erase(0, 3);
}

} // namespace fairway::chart
