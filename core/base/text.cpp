#include "core/base/text.h"

namespace fairway {
namespace {

    /// Full stops of the languages that matter here; a text that ends with one of these is a sentence already.
    constexpr std::string_view kEnds[] = {".", "?", "!", "。", "？", "！"};

    void makeSentence(std::string &text)
    {
        if (text.empty())
            return;
        if (text.front() >= 'a' && text.front() <= 'z')
            text.front() = static_cast<char>(text.front() - 'a' + 'A');
        for (const std::string_view end : kEnds) {
            if (text.ends_with(end))
                return;
        }
        // CJK punctuation follows CJK text, recognised by its UTF-8 lead bytes 0xE3 to 0xE9 (and the full-width forms at 0xEF).
        const auto lead = text.size() < 3 ? 0U : static_cast<unsigned char>(text[text.size() - 3]);
        text += (lead >= 0xE3U && lead <= 0xE9U) || lead == 0xEFU ? "。" : ".";
    }

} // namespace

Text Text::verbatim(std::string words)
{
    if (words.empty())
        return {};
    Parts parts;
    parts.words = std::move(words);
    return Text(std::move(parts));
}

Text Text::patternOf(const char *context, const char *pattern)
{
    Parts parts;
    parts.context = context;
    parts.pattern = pattern;
    return Text(std::move(parts));
}

Text Text::filled(std::vector<Text> args) const
{
    if (!m_parts)
        return {};
    Parts parts = *m_parts;
    parts.args = std::move(args);
    return Text(std::move(parts));
}

Text Text::asSentence() const
{
    if (!m_parts)
        return {};
    Parts parts = *m_parts;
    parts.isSentence = true;
    return Text(std::move(parts));
}

std::string Text::plain() const
{
    return in([](const char *, const char *pattern) { return std::string(pattern); });
}

std::string Text::in(const Lookup &lookup) const
{
    if (!m_parts)
        return {};
    std::string out;
    if (m_parts->pattern == nullptr) {
        out = m_parts->words;
    } else {
        const std::string pattern = lookup(m_parts->context, m_parts->pattern);
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            const bool isPlace = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
            const std::size_t place = isPlace ? static_cast<std::size_t>(pattern[i + 1] - '1') : 0;
            if (!isPlace || place >= m_parts->args.size()) {
                out += pattern[i];
                continue;
            }
            out += m_parts->args[place].in(lookup);
            ++i;
        }
    }
    if (m_parts->isSentence)
        makeSentence(out);
    return out;
}

} // namespace fairway
