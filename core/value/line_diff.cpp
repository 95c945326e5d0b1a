#include "core/value/line_diff.h"

#include <algorithm>
#include <optional>

namespace fairway::value {

namespace {

using Lines = std::vector<std::string_view>;
constexpr std::ptrdiff_t maxEdits = 2000;

/// The furthest x on each diagonal after every number of edits; diagonal k of step d is at index k + d.
using Trace = std::vector<std::vector<std::ptrdiff_t>>;

std::ptrdiff_t furthest(const Trace &trace, std::ptrdiff_t edits, std::ptrdiff_t diagonal)
{
    return trace[static_cast<std::size_t>(edits)][static_cast<std::size_t>(diagonal + edits)];
}

/// Where diagonal k starts from in step d: true when it comes down from k + 1 (a line was added).
bool comesDown(const Trace &trace, std::ptrdiff_t d, std::ptrdiff_t k)
{
    return k == -d || (k != d && furthest(trace, d - 1, k - 1) < furthest(trace, d - 1, k + 1));
}

std::optional<Trace> search(const std::string_view *a, std::ptrdiff_t n, const std::string_view *b, std::ptrdiff_t m)
{
    Trace trace;
    for (std::ptrdiff_t d = 0; d <= std::min(n + m, maxEdits); ++d) {
        trace.emplace_back(static_cast<std::size_t>(2 * d + 1), -1);
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            std::ptrdiff_t x = 0;
            if (d > 0)
                x = comesDown(trace, d, k) ? furthest(trace, d - 1, k + 1) : furthest(trace, d - 1, k - 1) + 1;
            while (x < n && x - k < m && x - k >= 0 && a[x] == b[x - k])
                ++x;
            trace.back()[static_cast<std::size_t>(k + d)] = x;
            if (x >= n && x - k >= m)
                return trace;
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<std::string_view> splitLines(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

std::vector<LineEdit> diffLines(const Lines &before, const Lines &after)
{
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head])
        ++head;
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < after.size() - head
           && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;

    std::vector<LineEdit> edits;
    for (std::size_t i = 0; i < head; ++i)
        edits.push_back({LineEdit::Kind::Same, i, i});

    const auto n = static_cast<std::ptrdiff_t>(before.size() - head - tail);
    const auto m = static_cast<std::ptrdiff_t>(after.size() - head - tail);
    const std::string_view *a = before.data() + head;
    const std::string_view *b = after.data() + head;
    if (const auto trace = search(a, n, b, m)) {
        std::vector<LineEdit> middle; // from the end
        std::ptrdiff_t x = n;
        std::ptrdiff_t y = m;
        const auto at = [head](std::ptrdiff_t i) { return head + static_cast<std::size_t>(i); };
        for (auto d = static_cast<std::ptrdiff_t>(trace->size()) - 1; d >= 0; --d) {
            const std::ptrdiff_t k = x - y;
            std::ptrdiff_t fromX = 0;
            std::ptrdiff_t fromY = 0;
            const bool isDown = d > 0 && comesDown(*trace, d, k);
            if (d > 0) {
                fromX = isDown ? furthest(*trace, d - 1, k + 1) : furthest(*trace, d - 1, k - 1);
                fromY = isDown ? fromX - k - 1 : fromX - k + 1;
            }
            const std::ptrdiff_t startX = d == 0 ? 0 : (isDown ? fromX : fromX + 1);
            while (x > startX) {
                --x;
                --y;
                middle.push_back({LineEdit::Kind::Same, at(x), at(y)});
            }
            if (d > 0) {
                middle.push_back({isDown ? LineEdit::Kind::Added : LineEdit::Kind::Removed, at(fromX), at(fromY)});
                x = fromX;
                y = fromY;
            }
        }
        edits.insert(edits.end(), middle.rbegin(), middle.rend());
    } else {
        for (std::size_t i = head; i < before.size() - tail; ++i)
            edits.push_back({LineEdit::Kind::Removed, i, head});
        for (std::size_t j = head; j < after.size() - tail; ++j)
            edits.push_back({LineEdit::Kind::Added, before.size() - tail, j});
    }
    for (std::size_t i = tail; i > 0; --i)
        edits.push_back({LineEdit::Kind::Same, before.size() - i, after.size() - i});
    return edits;
}

std::vector<std::size_t> changedLines(std::string_view text, std::string_view other)
{
    const std::vector<std::string_view> mine = splitLines(text);
    const std::vector<std::string_view> theirs = splitLines(other);
    std::vector<std::size_t> lines;
    if (mine.size() == theirs.size()) { // a comparison of large texts would cost more than what made them
        for (std::size_t i = 0; i < mine.size(); ++i) {
            if (mine[i] != theirs[i])
                lines.push_back(i + 1);
        }
        return lines;
    }
    for (const LineEdit &edit : diffLines(mine, theirs)) {
        if (edit.kind == LineEdit::Kind::Removed)
            lines.push_back(edit.before + 1);
    }
    return lines;
}

} // namespace fairway::value
