#include "core/funcs/pattern_cache.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace fairway::funcs {

std::shared_ptr<const re2::RE2> PatternCache::find(const std::string &pattern)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_compiled.find(pattern); known != m_compiled.end())
        return known->second;
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto fresh = std::make_shared<const re2::RE2>(patternForRe2(pattern), options);
    constexpr std::size_t most = 256;
    if (m_compiled.size() >= most)
        m_compiled.clear();
    m_compiled.emplace(pattern, fresh);
    return fresh;
}

std::string patternForRe2(const std::string &pattern)
{
    if (pattern.find("(?<") == std::string::npos && pattern.find("(?P<") == std::string::npos)
        return pattern;
    std::string out;
    std::set<std::string_view> names;
    bool isInClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view rest = std::string_view(pattern).substr(i);
        if (rest.starts_with("\\Q")) {
            const std::size_t end = std::min(rest.find("\\E"), rest.size());
            out += rest.substr(0, end);
            i += end - 1;
        } else if (rest[0] == '\\') {
            out += rest.substr(0, 2);
            ++i;
        } else if (!isInClass && (rest.starts_with("(?<") || rest.starts_with("(?P<"))) {
            const std::size_t mark = rest.find('<') + 1;
            const std::size_t end = std::min(rest.find('>'), rest.size());
            const bool isNew = names.insert(rest.substr(mark, end - mark)).second;
            out += isNew ? "(?P<" : "(";
            i += isNew ? mark - 1 : end;
        } else {
            if (rest[0] == '[' && !isInClass) {
                isInClass = true;
                const std::size_t first = rest.starts_with("[^") ? 2 : 1; // a bracket that closes nothing may stand first
                if (rest.size() > first && rest[first] == ']') {
                    out += rest.substr(0, first);
                    i += first;
                }
            } else if (rest[0] == ']') {
                isInClass = false;
            }
            out += pattern[i];
        }
    }
    return out;
}

std::string patternFault(const re2::RE2 &regex, const std::string &pattern)
{
    const auto quotedPart = [](std::string_view part) { return ": `" + std::string(part) + "`"; };
    std::string part = regex.error_arg();
    if (const std::size_t group = part.find("(?P<"); group != std::string::npos && pattern.find(part) == std::string::npos)
        part.erase(group + 2, 1); // written as (?<
    switch (regex.error_code()) {
    case re2::RE2::ErrorMissingBracket: return "missing closing ]" + quotedPart(part);
    case re2::RE2::ErrorMissingParen: return "missing closing )" + quotedPart(pattern);
    case re2::RE2::ErrorUnexpectedParen: return "unexpected )" + quotedPart(pattern);
    case re2::RE2::ErrorTrailingBackslash: return "trailing backslash at end of expression: ``";
    case re2::RE2::ErrorRepeatArgument: return "missing argument to repetition operator" + quotedPart(part);
    case re2::RE2::ErrorRepeatSize: return "invalid repeat count" + quotedPart(part);
    case re2::RE2::ErrorRepeatOp: return "invalid nested repetition operator" + quotedPart(part);
    case re2::RE2::ErrorBadPerlOp: return "invalid or unsupported Perl syntax" + quotedPart(part);
    case re2::RE2::ErrorBadUTF8: return "invalid UTF-8" + quotedPart(part);
    case re2::RE2::ErrorBadNamedCapture: return "invalid named capture" + quotedPart(part);
    case re2::RE2::ErrorBadEscape: return "invalid escape sequence" + quotedPart(part);
    case re2::RE2::ErrorBadCharClass: return "invalid character class" + quotedPart(part);
    case re2::RE2::ErrorBadCharRange: return "invalid character class range" + quotedPart(part);
    case re2::RE2::ErrorPatternTooLarge: return "expression too large";
    default: return regex.error();
    }
}

} // namespace fairway::funcs
