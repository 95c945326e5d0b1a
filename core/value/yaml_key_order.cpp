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

char32_t characterAt(const std::u32string &text, std::size_t index)
{
    return text[index];
}

/// Of ASCII.
char32_t characterAt(std::string_view text, std::size_t index)
{
    return static_cast<unsigned char>(text[index]);
}

/// The amount of the digits from `start` on, wrapping as Go's int64 does, and where they end.
struct DigitRun {
    std::uint64_t amount;
    std::size_t end;
};

template <typename Text>
DigitRun readDigits(const Text &text, std::size_t start, std::uint64_t carried)
{
    DigitRun run {carried, start};
    while (run.end < text.size() && isDecimalDigit(characterAt(text, run.end)))
        run.amount = run.amount * 10 + (std::uint64_t {characterAt(text, run.end++)} - U'0');
    return run;
}

template <typename Text>
bool isBefore(const Text &a, const Text &b)
{
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i])
        ++i;
    if (i == a.size() || i == b.size())
        return a.size() < b.size();
    const char32_t inA = characterAt(a, i);
    const char32_t inB = characterAt(b, i);
    const bool aIsLetter = isLetter(inA);
    const bool bIsLetter = isLetter(inB);
    if (aIsLetter && bIsLetter)
        return inA < inB;
    if (aIsLetter || bIsLetter)
        return bIsLetter;
    // Where a zero differs, digits that both share before it decide whether it is a leading one.
    std::uint64_t carried = 0;
    if (inA == U'0' || inB == U'0') {
        for (std::size_t j = i; j > 0 && isDecimalDigit(characterAt(a, j - 1)) && carried == 0; --j)
            carried = characterAt(a, j - 1) != U'0' ? 1 : 0;
    }
    const DigitRun runA = readDigits(a, i, carried);
    const DigitRun runB = readDigits(b, i, carried);
    if (runA.amount != runB.amount)
        return static_cast<std::int64_t>(runA.amount) < static_cast<std::int64_t>(runB.amount);
    if (runA.end != runB.end)
        return runA.end < runB.end;
    return inA < inB;
}

} // namespace

bool isYamlKeyBefore(std::string_view a, std::string_view b)
{
    return isBefore(toCharacters(a), toCharacters(b));
}

std::vector<const Map::value_type *> inYamlOrder(const Map &map)
{
    std::vector<const Map::value_type *> ordered;
    ordered.reserve(map.size());
    for (const auto &member : map)
        ordered.push_back(&member);
    // Stable, as the order is not transitive for every mix of digits and signs: equal input must give equal output.
    if (std::all_of(ordered.begin(), ordered.end(), [](const auto *member) { return isAscii(member->first); })) {
        const auto isFirst = [](const auto *a, const auto *b) { return isBefore(std::string_view(a->first), std::string_view(b->first)); };
        std::stable_sort(ordered.begin(), ordered.end(), isFirst);
        return ordered;
    }
    struct Entry {
        std::u32string key;
        const Map::value_type *member;
    };
    std::vector<Entry> entries;
    entries.reserve(map.size());
    for (const auto *member : ordered)
        entries.push_back({toCharacters(member->first), member});
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return isBefore(a.key, b.key); });
    ordered.clear();
    for (const Entry &entry : entries)
        ordered.push_back(entry.member);
    return ordered;
}

} // namespace fairway::value
