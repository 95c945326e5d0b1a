#include "core/base/random.h"
#include "core/route/regex_sample.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <array>

namespace fairway::route {
namespace {

    TEST(RegexSample, GivesAShortTextThatFits)
    {
        struct Row {
            const char *pattern;
            const char *expected; ///< nullptr: none.
        };
        static constexpr Row Rows[] = {
            {"", ""}, {"/api/v[0-9]+/.*", "/api/v0/"}, {"a|b", "a"}, {"(?:x|y){2,3}z", "xxz"}, {"(?i)Shop(?P<n>[^/]+)?/", "Shop/"}, {"[^x0a-zA-Z]", "1"},
            {"\\d{3}-\\w\\.\\/", "000-x./"}, {"(?:.*;\\s*)?new=always(?:;.*)?", "new=always"}, {"[]a]b", "ab"}, {"[[:digit:]-]", "0"}, {"^/$", "/"},
            {"\\Qa.b\\E+", "a.b"}, {"\\Qab\\E{2}", "abb"}, {"\\Q\\E", ""}, {"\xc3\xa9*a\xc3\xa9", "a\xc3\xa9"}, {".+?", "x"}, {"a{,2}", "a{,2}"}, {"a{2,3,6}", "a{2,3,6}"}, {"a{2,}b{3}", "aabbb"}, {"a{2", "a{2"}, {"a{02}", "a{02}"}, {"a{2,03}", "a{2,03}"}, {"a{0}b", "b"}, {"[\\d.]", "0"}, {"((a)", nullptr}, {"[a", nullptr}, {"*", nullptr}, {"\\p{L}", nullptr}, {"\\", nullptr},
            {"(?=a)", nullptr}, {"(((x{50}){50}){50})", nullptr},
        };
        for (const Row &row : Rows) {
            const std::optional<std::string> text = sampleOfRegex(row.pattern);
            ASSERT_EQ(text.has_value(), row.expected != nullptr) << row.pattern;
            if (!text)
                continue;
            EXPECT_EQ(*text, row.expected) << row.pattern;
            EXPECT_TRUE(RE2::FullMatch(*text, row.pattern)) << row.pattern;
        }
    }

    TEST(RegexSample, FitsWhateverExpressionIsMade)
    {
        static constexpr std::array<const char *, 24> Parts {"a", "/", "[0-9]", "[^/]", "\\d", "\\.", "(?:", ")", "(", "|", "*", "+", "?", "{2}", "{1,3}", ".", "v", "[a-f-]",
            "\\w", "[[:alpha:]_]", "^", "$", "x", "-"};
        Random random(11);
        int read = 0;
        for (int i = 0; i < 20'000; ++i) {
            std::string pattern;
            for (std::uint64_t n = random.below(9) + 1; n > 0; --n)
                pattern += Parts[random.below(Parts.size())];
            const std::optional<std::string> text = sampleOfRegex(pattern);
            RE2::Options options;
            options.set_log_errors(false);
            const RE2 expression(pattern, options);
            // Anchors within a text are not looked at.
            if (!expression.ok() || pattern.find('^') != std::string::npos || pattern.find('$') != std::string::npos)
                continue;
            ++read;
            ASSERT_TRUE(text) << pattern;
            EXPECT_TRUE(RE2::FullMatch(*text, expression)) << pattern << " -> " << *text;
        }
        EXPECT_GT(read, 2'000);
    }

} // namespace
} // namespace fairway::route
