#include "core/funcs/pattern_cache.h"

#include <re2/re2.h>

namespace fairway::funcs {

std::shared_ptr<const re2::RE2> PatternCache::find(const std::string &pattern)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_compiled.find(pattern); known != m_compiled.end())
        return known->second;
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto fresh = std::make_shared<const re2::RE2>(pattern, options);
    constexpr std::size_t most = 256;
    if (m_compiled.size() >= most)
        m_compiled.clear();
    m_compiled.emplace(pattern, fresh);
    return fresh;
}

std::string patternFault(const re2::RE2 &regex, const std::string &pattern)
{
    const auto quotedPart = [](std::string_view part) { return ": `" + std::string(part) + "`"; };
    const std::string part = regex.error_arg();
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
