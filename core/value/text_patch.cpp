#include "core/value/text_patch.h"

#include <algorithm>

namespace fairway::value {
namespace {

constexpr std::size_t LinesAhead[] = {8, 48, 300}; ///< Mostly they part for a line or two.

/// With its newline.
std::string_view lineAt(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find('\n', at);
    return text.substr(at, end == std::string_view::npos ? std::string_view::npos : end + 1 - at);
}

/// Further lines behind those that are there, up to so many; whether that is all of the text.
bool readAhead(std::string_view text, std::size_t at, std::size_t most, std::vector<std::string_view> &lines)
{
    if (!lines.empty())
        at = static_cast<std::size_t>(lines.back().data() + lines.back().size() - text.data());
    while (lines.size() < most && at < text.size()) {
        lines.push_back(lineAt(text, at));
        at += lines.back().size();
    }
    return at == text.size();
}

std::size_t bytesOf(const std::vector<std::string_view> &lines, std::size_t count)
{
    return count == 0 ? 0 : static_cast<std::size_t>(lines[count - 1].data() + lines[count - 1].size() - lines.front().data());
}

struct Step {
    std::size_t before = 0; ///< Bytes that have no counterpart.
    std::size_t after = 0;
};

/// To where both agree again, with the fewest lines passed over. Two lines in a row, since a single one is often a mere `data:`.
Step nextAgreement(std::string_view before, std::size_t atBefore, std::string_view after, std::size_t atAfter)
{
    std::vector<std::string_view> old;
    std::vector<std::string_view> now;
    for (const std::size_t most : LinesAhead) {
        const bool isOldWhole = readAhead(before, atBefore, most, old);
        const bool isNowWhole = readAhead(after, atAfter, most, now);
        const auto agree = [&](std::size_t i, std::size_t j) {
            if (i + 1 < old.size() && j + 1 < now.size())
                return old[i] == now[j] && old[i + 1] == now[j + 1];
            return ((isOldWhole && i + 1 == old.size()) || (isNowWhole && j + 1 == now.size())) && old[i] == now[j];
        };
        for (std::size_t passed = 1; passed < old.size() + now.size(); ++passed) {
            const std::size_t first = passed >= now.size() ? passed - now.size() + 1 : 0;
            for (std::size_t i = first; i <= passed && i < old.size(); ++i) {
                if (agree(i, passed - i))
                    return {bytesOf(old, i), bytesOf(now, passed - i)};
            }
        }
    }
    return {bytesOf(old, old.size()), bytesOf(now, now.size())};
}

} // namespace

std::vector<TextHunk> textPatch(std::string_view before, std::string_view after)
{
    std::vector<TextHunk> hunks;
    // What both end with need not be looked at line by line; from a line's start on, so that hunks are whole lines.
    const auto ends = std::mismatch(before.rbegin(), before.rend(), after.rbegin(), after.rend());
    std::size_t tail = static_cast<std::size_t>(ends.first - before.rbegin());
    while (tail > 0 && ((before.size() > tail && before[before.size() - tail - 1] != '\n') || (after.size() > tail && after[after.size() - tail - 1] != '\n')))
        --tail;
    const std::string_view old = before.substr(0, before.size() - tail);
    const std::string_view now = after.substr(0, after.size() - tail);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old.size() || j < now.size()) {
        const auto shared = std::mismatch(old.begin() + static_cast<std::ptrdiff_t>(i), old.end(), now.begin() + static_cast<std::ptrdiff_t>(j), now.end());
        std::size_t same = static_cast<std::size_t>(shared.first - old.begin()) - i;
        const bool isEnd = i + same == old.size() && j + same == now.size();
        while (!isEnd && same > 0 && old[i + same - 1] != '\n')
            --same;
        i += same;
        j += same;
        if (i == old.size() && j == now.size())
            break;
        const Step step = nextAgreement(old, i, now, j);
        if (!hunks.empty() && hunks.back().before + hunks.back().removed == i && hunks.back().after + hunks.back().added == j) {
            hunks.back().removed += step.before;
            hunks.back().added += step.after;
        } else {
            hunks.push_back({i, step.before, j, step.after});
        }
        i += step.before;
        j += step.after;
    }
    return hunks;
}

} // namespace fairway::value
