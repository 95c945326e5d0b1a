#include "core/route/text_matcher.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

namespace fairway::route {
namespace {

    char lowerAscii(char c)
    {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }

    re2::StringPiece piece(std::string_view text)
    {
        return {text.data(), text.size()};
    }

    constexpr std::size_t kMaxPattern = 8192;

} // namespace

std::string lowerAscii(std::string_view text)
{
    std::string out(text);
    for (char &c : out)
        c = lowerAscii(c);
    return out;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lowerAscii(x) == lowerAscii(y); });
}

Result<std::shared_ptr<const re2::RE2>> RegexCache::compile(const std::string &pattern)
{
    if (const auto known = m_known.find(pattern); known != m_known.end())
        return known->second;
    Result<std::shared_ptr<const re2::RE2>> made = fail(ErrorCode::LimitExceeded, "regular expression is too long");
    if (pattern.size() <= kMaxPattern) {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(std::int64_t {4} << 20);
        auto expression = std::make_shared<RE2>(pattern, options);
        if (expression->ok())
            made = std::move(expression);
        else
            made = fail(ErrorCode::InvalidInput, expression->error());
    }
    m_known.emplace(pattern, made);
    return made;
}

TextMatcher::TextMatcher(Kind kind, std::string text, bool ignoresCase)
    : m_kind(kind)
    , m_ignoresCase(ignoresCase)
    , m_text(ignoresCase ? route::lowerAscii(text) : std::move(text))
{
}

Result<TextMatcher> TextMatcher::regex(const std::string &pattern, RegexCache &cache)
{
    Result<std::shared_ptr<const re2::RE2>> expression = cache.compile(pattern);
    if (!expression)
        return tl::unexpected(expression.error());
    TextMatcher matcher(Kind::Regex, pattern);
    matcher.m_regex = std::move(*expression);
    return matcher;
}

TextMatcher TextMatcher::range(std::int64_t start, std::int64_t end)
{
    TextMatcher matcher(Kind::Range, "[" + std::to_string(start) + ", " + std::to_string(end) + ")");
    matcher.m_range = {start, end};
    return matcher;
}

bool TextMatcher::matches(std::string_view given) const
{
    std::string lowered;
    if (m_ignoresCase) {
        lowered = route::lowerAscii(given);
        given = lowered;
    }
    switch (m_kind) {
    case Kind::Present:
        return true;
    case Kind::Exact:
        return given == m_text;
    case Kind::Prefix:
        return given.starts_with(m_text);
    case Kind::Suffix:
        return given.ends_with(m_text);
    case Kind::Contains:
        return given.find(m_text) != std::string_view::npos;
    case Kind::Regex:
        return m_regex && RE2::FullMatch(piece(given), *m_regex);
    case Kind::Range: {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
        return error == std::errc() && end == given.data() + given.size() && number >= m_range.first && number < m_range.second;
    }
    }
    return false;
}

Text TextMatcher::describe() const
{
    const std::string plain = "\"" + m_text + "\"";
    const Text quoted = m_ignoresCase ? phrase("route", "%1 in any case").with(plain) : Text::verbatim(plain);
    switch (m_kind) {
    case Kind::Present:
        return phrase("route", "is present");
    case Kind::Exact:
        return phrase("route", "is %1").with(quoted);
    case Kind::Prefix:
        return phrase("route", "starts with %1").with(quoted);
    case Kind::Suffix:
        return phrase("route", "ends with %1").with(quoted);
    case Kind::Contains:
        return phrase("route", "contains %1").with(quoted);
    case Kind::Regex:
        return phrase("route", "matches %1").with(quoted);
    case Kind::Range:
        return phrase("route", "is a number in %1").with(m_text);
    }
    return {};
}

} // namespace fairway::route
