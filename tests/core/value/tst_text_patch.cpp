#include "core/value/text_patch.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

using namespace fairway::value;

namespace {

/// Applied from the back; says what is wrong with the hunks themselves.
std::string applied(std::string_view before, std::string_view after, const std::vector<TextHunk> &hunks)
{
    std::string text(before);
    for (std::size_t i = hunks.size(); i-- > 0;) {
        const TextHunk &hunk = hunks[i];
        if (i > 0 && hunks[i - 1].before + hunks[i - 1].removed >= hunk.before && hunks[i - 1].after + hunks[i - 1].added >= hunk.after)
            return "hunks touch";
        if (hunk.removed == 0 && hunk.added == 0)
            return "an empty hunk";
        text.replace(hunk.before, hunk.removed, after.substr(hunk.after, hunk.added));
    }
    return text;
}

TEST(TextPatch, FindsWhatChanged)
{
    struct Row {
        const char *what;
        std::string before;
        std::string after;
        std::vector<TextHunk> hunks;
    };
    const Row rows[] = {
        {"nothing", "", "", {}},
        {"the same", "a\nb\n", "a\nb\n", {}},
        {"all of it", "", "a\n", {{0, 0, 0, 2}}},
        {"to nothing", "a\nb\n", "", {{0, 4, 0, 0}}},
        {"one line", "a\nb\nc\n", "a\nB\nc\n", {{2, 2, 2, 2}}},
        {"one more line", "a\nc\n", "a\nb\nc\n", {{2, 0, 2, 2}}},
        {"one line fewer", "a\nb\nc\n", "a\nc\n", {{2, 2, 2, 0}}},
        {"the last newline", "a\nb", "a\nb\n", {{2, 1, 2, 2}}},
        {"within a line: the whole line", "key: 7\n", "key: 77\n", {{0, 7, 0, 8}}},
        {"two places", "a\n1\nb\nc\n2\nd\n", "a\n3\nb\nc\n4\nd\n", {{2, 2, 2, 2}, {8, 2, 8, 2}}},
        {"a repeated line", "x\nx\n", "x\nx\nx\n", {{0, 0, 0, 2}}},
    };
    for (const Row &row : rows) {
        const std::vector<TextHunk> hunks = textPatch(row.before, row.after);
        EXPECT_EQ(hunks, row.hunks) << row.what;
        EXPECT_EQ(applied(row.before, row.after, hunks), row.after) << row.what;
    }
}

TEST(TextPatch, FewBytesForManyPlaces)
{
    std::string before;
    std::string after;
    for (int i = 0; i < 5000; ++i) {
        const std::string head = "---\nkind: ConfigMap\nname: item-" + std::to_string(i) + "\n";
        before += head + "tag: one\ndata:\n  key: value\n";
        after += head + "tag: two\nextra: true\ndata:\n  key: value\n";
    }
    const std::vector<TextHunk> hunks = textPatch(before, after);
    EXPECT_EQ(hunks.size(), 5000U);
    std::size_t moved = 0;
    for (const TextHunk &hunk : hunks)
        moved += hunk.removed + hunk.added;
    EXPECT_EQ(moved, 5000U * (9 + 9 + 12));
    EXPECT_EQ(applied(before, after, hunks), after);
}

TEST(TextPatch, AlwaysLeadsToTheNewText)
{
    std::mt19937 random(7);
    for (int round = 0; round < 2000; ++round) {
        const auto text = [&] {
            std::string made;
            for (auto lines = random() % 40; lines > 0; --lines)
                made += std::string(random() % 3, static_cast<char>('a' + random() % 3)) + (random() % 12 == 0 ? "" : "\n");
            return made;
        };
        const std::string before = text();
        std::string after = before;
        for (auto edits = random() % 4; edits > 0; --edits)
            after.replace(random() % (after.size() + 1), random() % 4, text().substr(0, random() % 9));
        if (random() % 8 == 0)
            after = text();
        EXPECT_EQ(applied(before, after, textPatch(before, after)), after) << before << "=>\n" << after;
    }
}

TEST(TextPatch, UnrelatedTextsAreGivenAnew)
{
    std::string before;
    std::string after;
    for (int i = 0; i < 20'000; ++i) {
        before += "old" + std::to_string(i) + "\n";
        after += "new" + std::to_string(i) + "\n";
    }
    const std::vector<TextHunk> hunks = textPatch(before, after);
    ASSERT_EQ(hunks.size(), 1U);
    EXPECT_EQ(applied(before, after, hunks), after);
}

} // namespace
