#include "core/funcs/text_case.h"

#include "core/value/unicode_case.h"
#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace fairway::funcs {

namespace {

bool isUpper(char32_t c)
{
    return value::isLetter(c) && value::toLower(c) != c && value::toUpper(c) == c;
}

bool isLower(char32_t c)
{
    return value::isLetter(c) && value::toUpper(c) != c && value::toLower(c) == c;
}

bool isPunctuation(char32_t c)
{
    if (c >= 0x80)
        return value::isPrintable(c) && !value::isLetter(c) && !value::isDecimalDigit(c) && c >= 0x2010 && c <= 0x2027;
    constexpr std::string_view marks = "!\"#%&'()*,-./:;?@[\\]_{}";
    return marks.find(static_cast<char>(c)) != std::string_view::npos;
}

std::vector<char32_t> characters(std::string_view text)
{
    std::vector<char32_t> out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto [code, size] = value::decodeUtf8(text, i);
        out.push_back(size == 0 ? U'\uFFFD' : code);
        i += std::max<std::size_t>(size, 1);
    }
    return out;
}

template <typename Mapping>
std::string mapped(std::string_view text, Mapping &&mapping)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            value::appendUtf8(out, mapping(byte));
            ++i;
            continue;
        }
        const auto [code, size] = value::decodeUtf8(text, i);
        value::appendUtf8(out, mapping(size == 0 ? U'\uFFFD' : code));
        i += std::max<std::size_t>(size, 1);
    }
    return out;
}

bool isConnector(char32_t c)
{
    return c == '-' || c == '_' || isUnicodeSpace(c);
}

bool isAlphabet(char32_t c)
{
    return isUpper(c) || isLower(c);
}

enum class WordType : std::uint8_t { None, Number, Upper, Alphabet, Connector, Punctuation, Other };

struct Word {
    WordType type = WordType::None;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Cuts a name into words at changes of case, digits, punctuation and connectors: "HTTPServer2xx" is HTTP, Server, 2, xx.
class WordReader {
public:
    explicit WordReader(const std::vector<char32_t> &text)
        : m_text(text)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] Word next()
    {
        if (atEnd())
            return {};
        const std::size_t begin = m_at;
        const WordType type = typeAt(begin);
        ++m_at;
        switch (type) {
        case WordType::Upper: upper(); break;
        case WordType::Alphabet: skipLetters(); break;
        case WordType::Connector: skipWhile([](char32_t c) { return isConnector(c); }); break;
        case WordType::Punctuation: skipWhile([](char32_t c) { return isPunctuation(c); }); break;
        case WordType::Number: skipWhile([](char32_t c) { return value::isDecimalDigit(c); }); break;
        default:
            skipWhile([](char32_t c) {
                return !isConnector(c) && !isAlphabet(c) && !value::isDecimalDigit(c) && !isPunctuation(c);
            });
        }
        return {type, begin, m_at};
    }

private:
    [[nodiscard]] WordType typeAt(std::size_t at) const
    {
        const char32_t c = m_text[at];
        if (isConnector(c))
            return WordType::Connector;
        if (isPunctuation(c))
            return WordType::Punctuation;
        if (isUpper(c))
            return WordType::Upper;
        if (isAlphabet(c))
            return WordType::Alphabet;
        return value::isDecimalDigit(c) ? WordType::Number : WordType::Other;
    }
    template <typename Test>
    void skipWhile(Test &&test)
    {
        while (!atEnd() && test(m_text[m_at]))
            ++m_at;
    }
    void skipLetters()
    {
        skipWhile([](char32_t c) { return isAlphabet(c) && !isUpper(c); });
    }
    void upper()
    {
        if (atEnd())
            return;
        if (!isUpper(m_text[m_at])) {
            if (isAlphabet(m_text[m_at]))
                skipLetters();
            return;
        }
        skipWhile([](char32_t c) { return isUpper(c); });
        // The last capital of "HTTPStatus" starts the next word.
        if (!atEnd() && isAlphabet(m_text[m_at]))
            --m_at;
    }

    const std::vector<char32_t> &m_text;
    std::size_t m_at = 0;
};

} // namespace

bool isUnicodeSpace(char32_t c)
{
    return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::string upperCase(std::string_view text)
{
    return mapped(text, value::toUpper);
}

std::string lowerCase(std::string_view text)
{
    std::string out(text);
    unsigned char all = 0;
    for (char &c : out) {
        all |= static_cast<unsigned char>(c);
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    if (all < 0x80)
        return out;
    return mapped(text, value::toLower);
}

std::string titleCase(std::string_view text)
{
    char32_t before = ' ';
    return mapped(text, [&before](char32_t c) {
        const auto isSeparator = [](char32_t b) {
            if (b < 0x80)
                return !((b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_');
            return !value::isLetter(b) && !value::isDecimalDigit(b) && isUnicodeSpace(b);
        };
        const char32_t out = isSeparator(before) ? value::toTitle(c) : c;
        before = c;
        return out;
    });
}

std::string pascalCase(std::string_view text)
{
    const std::vector<char32_t> in = characters(text);
    std::string out;
    if (in.empty())
        return out;
    std::size_t i = 0;
    // Connectors in front stay.
    for (; i < in.size() && isConnector(in[i]); ++i)
        value::appendUtf8(out, in[i]);
    if (i >= in.size()) {
        value::appendUtf8(out, in.back());
        return out;
    }
    bool startedUpper = isUpper(in[i]);
    char32_t current = value::toUpper(in[i]);
    for (++i; i < in.size(); ++i) {
        const char32_t before = current;
        current = in[i];
        if (isConnector(current) && isConnector(before)) {
            value::appendUtf8(out, before);
            continue;
        }
        if (isConnector(before)) {
            startedUpper = isUpper(current);
            current = value::toUpper(current);
            continue;
        }
        // Of a word that starts in capitals only the first one stays.
        if (startedUpper) {
            if (isUpper(current))
                current = value::toLower(current);
            else
                startedUpper = false;
        }
        value::appendUtf8(out, before);
    }
    value::appendUtf8(out, current);
    return out;
}

std::string joinedLowerCase(std::string_view text, char connector)
{
    const std::vector<char32_t> in = characters(text);
    std::string out;
    const auto write = [&](const Word &word) {
        for (std::size_t i = word.begin; i < word.end; ++i) {
            const bool isMapped = word.type == WordType::Upper || word.type == WordType::Connector;
            if (isMapped && isConnector(in[i]))
                out += connector;
            else
                value::appendUtf8(out, isMapped ? value::toLower(in[i]) : in[i]);
        }
    };
    const auto isText = [](WordType type) { return type == WordType::Alphabet || type == WordType::Number; };
    const auto isGap = [](WordType type) { return type == WordType::Connector || type == WordType::Punctuation; };
    WordReader reader(in);
    Word word = reader.next();
    while (!reader.atEnd()) {
        if (word.type != WordType::Connector)
            write(word);
        const Word before = word;
        word = reader.next();
        const auto writeRun = [&] {
            while (isText(word.type)) {
                write(word);
                word = reader.next();
            }
            if (word.type != WordType::None && !isGap(word.type))
                out += connector;
        };
        if (before.type == WordType::Number) {
            writeRun();
        } else if (before.type == WordType::Connector) {
            write(before);
        } else if (before.type != WordType::Punctuation) {
            if (word.type != WordType::Number) {
                if (!isGap(word.type))
                    out += connector;
                continue;
            }
            if (reader.atEnd())
                continue;
            const Word number = word;
            word = reader.next();
            if (word.type != WordType::Alphabet) {
                // "Bld4Floor": the number belongs to the word before.
                write(number);
                if (!isGap(word.type))
                    out += connector;
                continue;
            }
            // "HTTP2xx": it starts the word after.
            out += connector;
            write(number);
            writeRun();
        }
    }
    write(word);
    return out;
}

std::string swappedCase(std::string_view text)
{
    bool afterSpace = true;
    return mapped(text, [&afterSpace](char32_t c) {
        if (isUpper(c) || (value::isLetter(c) && value::toLower(c) != c)) {
            afterSpace = false;
            return value::toLower(c);
        }
        if (isLower(c)) {
            const char32_t out = afterSpace ? value::toTitle(c) : value::toUpper(c);
            afterSpace = false;
            return out;
        }
        afterSpace = isUnicodeSpace(c);
        return c;
    });
}

std::string untitled(std::string_view text)
{
    bool isStart = true;
    return mapped(text, [&isStart](char32_t c) {
        if (isUnicodeSpace(c)) {
            isStart = true;
            return c;
        }
        const char32_t out = isStart ? value::toLower(c) : c;
        isStart = false;
        return out;
    });
}

} // namespace fairway::funcs
