#include "core/value/yaml_key_order.h"

#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace fairway::value {

namespace {

std::u32string toCharacters(std::string_view text)
{
    std::u32string characters;
    characters.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Utf8Character character = decodeUtf8(text, i);
        characters += character.size == 0 ? U'\uFFFD' : character.code;
        i += character.size == 0 ? 1 : character.size;
    }
    return characters;
}

/// The amount of the digits from `start` on, wrapping as Go's int64 does, and where they end.
struct DigitRun {
    std::uint64_t amount;
    std::size_t end;
};

DigitRun readDigits(const std::u32string &text, std::size_t start, std::uint64_t carried)
{
    DigitRun run {carried, start};
    while (run.end < text.size() && isDecimalDigit(text[run.end]))
        run.amount = run.amount * 10 + (std::uint64_t {text[run.end++]} - U'0');
    return run;
}

bool isBefore(const std::u32string &a, const std::u32string &b)
{
    const auto [inA, inB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (inA == a.end() || inB == b.end())
        return a.size() < b.size();
    const auto i = static_cast<std::size_t>(inA - a.begin());
    const bool aIsLetter = isLetter(*inA);
    const bool bIsLetter = isLetter(*inB);
    if (aIsLetter && bIsLetter)
        return *inA < *inB;
    if (aIsLetter || bIsLetter)
        return bIsLetter;
    // Where a zero differs, digits that both share before it decide whether it is a leading one.
    std::uint64_t carried = 0;
    if (*inA == U'0' || *inB == U'0') {
        for (std::size_t j = i; j > 0 && isDecimalDigit(a[j - 1]) && carried == 0; --j)
            carried = a[j - 1] != U'0' ? 1 : 0;
    }
    const DigitRun runA = readDigits(a, i, carried);
    const DigitRun runB = readDigits(b, i, carried);
    if (runA.amount != runB.amount)
        return static_cast<std::int64_t>(runA.amount) < static_cast<std::int64_t>(runB.amount);
    if (runA.end != runB.end)
        return runA.end < runB.end;
    return *inA < *inB;
}

} // namespace

bool isYamlKeyBefore(std::string_view a, std::string_view b)
{
    return isBefore(toCharacters(a), toCharacters(b));
}

std::vector<const Map::value_type *> inYamlOrder(const Map &map)
{
    struct Entry {
        std::u32string key;
        const Map::value_type *member;
    };
    std::vector<Entry> entries;
    entries.reserve(map.size());
    for (const auto &member : map)
        entries.push_back({toCharacters(member.first), &member});
    // Stable, as the order is not transitive for every mix of digits and signs: equal input must give equal output.
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return isBefore(a.key, b.key); });
    std::vector<const Map::value_type *> ordered;
    ordered.reserve(entries.size());
    for (const Entry &entry : entries)
        ordered.push_back(entry.member);
    return ordered;
}

} // namespace fairway::value
