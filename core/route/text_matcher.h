#pragma once

#include "core/base/result.h"
#include "core/base/text.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace re2 {
class RE2;
}

namespace fairway::route {

/// Upper case ASCII letters become lower case; other bytes stay.
[[nodiscard]] std::string lowerAscii(std::string_view text);
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

/// Compiles each regular expression once, however many rules write it.
///
/// Errors:  InvalidInput with RE2's reason, also for expressions above 4 MiB of program.
/// Threads: one owner; what it handed out may be used by any thread.
class RegexCache {
public:
    [[nodiscard]] Result<std::shared_ptr<const re2::RE2>> compile(const std::string &pattern);

private:
    std::map<std::string, Result<std::shared_ptr<const re2::RE2>>, std::less<>> m_known;
};

/// A comparison with a text, ready to run. Immutable; copies share the expression.
class TextMatcher {
public:
    /// Regex must match the whole text. Range compares whole numbers, the end excluded.
    enum class Kind : std::uint8_t { Present, Exact, Prefix, Suffix, Contains, Regex, Range };

    TextMatcher() = default; ///< Present: any text matches.
    TextMatcher(Kind kind, std::string text, bool ignoresCase = false);
    [[nodiscard]] static Result<TextMatcher> regex(const std::string &pattern, RegexCache &cache);
    [[nodiscard]] static TextMatcher range(std::int64_t start, std::int64_t end);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] const std::string &text() const { return m_text; } ///< Lower case when case is ignored.
    [[nodiscard]] bool ignoresCase() const { return m_ignoresCase; }
    [[nodiscard]] bool matches(std::string_view given) const;
    /// "is "a"", "starts with "/api"": the condition as an operator would say it.
    [[nodiscard]] Text describe() const;

private:
    Kind m_kind = Kind::Present;
    bool m_ignoresCase = false;
    std::string m_text;
    std::pair<std::int64_t, std::int64_t> m_range;
    std::shared_ptr<const re2::RE2> m_regex;
};

} // namespace fairway::route
