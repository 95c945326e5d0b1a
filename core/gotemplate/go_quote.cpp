#include "core/gotemplate/go_quote.h"

#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"

#include <algorithm>

#include <fmt/format.h>

namespace fairway::gotemplate {

namespace {

constexpr char32_t Replacement = 0xFFFD;
constexpr char32_t LastCharacter = 0x10FFFF;

void appendEscaped(std::string &out, char32_t c, char quote, bool onlyAscii)
{
    if (c == static_cast<char32_t>(quote) || c == '\\') {
        out += '\\';
        out += static_cast<char>(c);
        return;
    }
    if (onlyAscii ? c < 0x80 && value::isPrintable(c) : value::isPrintable(c)) {
        value::appendUtf8(out, c);
        return;
    }
    switch (c) {
    case '\a': out += "\\a"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\v': out += "\\v"; return;
    default: break;
    }
    const auto code = static_cast<std::uint32_t>(c);
    if (code < ' ' || code == 0x7F)
        out += fmt::format("\\x{:02x}", code);
    else if (code > LastCharacter || (code >= 0xD800 && code < 0xE000))
        out += "\\ufffd";
    else if (code < 0x10000)
        out += fmt::format("\\u{:04x}", code);
    else
        out += fmt::format("\\U{:08x}", code);
}

std::string quoteWith(std::string_view text, char quote, bool onlyAscii)
{
    std::string out;
    out.reserve(text.size() + 2);
    out += quote;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            appendEscaped(out, byte, quote, onlyAscii);
            ++i;
            continue;
        }
        const auto [code, size] = value::decodeUtf8(text, i);
        if (size == 0)
            out += fmt::format("\\x{:02x}", byte);
        else
            appendEscaped(out, code, quote, onlyAscii);
        i += size == 0 ? 1 : size;
    }
    return out += quote;
}

std::optional<unsigned> digit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F')
        return static_cast<unsigned>(c - 'A') + 10U;
    return std::nullopt;
}

struct Unescaped {
    char32_t code = 0;
    bool isByte = false; ///< \x and octal escapes in strings are bytes, not characters.
};

std::optional<Unescaped> digits(std::string_view &rest, std::size_t count, unsigned base)
{
    if (rest.size() < count)
        return std::nullopt;
    char32_t code = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto d = digit(rest[i]);
        if (!d || *d >= base)
            return std::nullopt;
        code = code * base + *d;
    }
    rest.remove_prefix(count);
    return Unescaped {code, false};
}

std::optional<Unescaped> unescape(std::string_view &rest, char quote)
{
    if (rest.empty())
        return std::nullopt;
    const char c = rest.front();
    if (c == quote && (quote == '\'' || quote == '"'))
        return std::nullopt;
    if (static_cast<unsigned char>(c) >= 0x80) {
        const auto [code, size] = value::decodeUtf8(rest, 0);
        if (size == 0) {
            rest.remove_prefix(1);
            return Unescaped {Replacement, false};
        }
        rest.remove_prefix(size);
        return Unescaped {code, false};
    }
    rest.remove_prefix(1);
    if (c != '\\')
        return Unescaped {static_cast<unsigned char>(c), false};
    if (rest.empty())
        return std::nullopt;
    const char kind = rest.front();
    rest.remove_prefix(1);
    switch (kind) {
    case 'a': return Unescaped {'\a', false};
    case 'b': return Unescaped {'\b', false};
    case 'f': return Unescaped {'\f', false};
    case 'n': return Unescaped {'\n', false};
    case 'r': return Unescaped {'\r', false};
    case 't': return Unescaped {'\t', false};
    case 'v': return Unescaped {'\v', false};
    case '\\': return Unescaped {'\\', false};
    case '\'':
    case '"':
        if (kind != quote)
            return std::nullopt;
        return Unescaped {static_cast<unsigned char>(kind), false};
    case 'x': {
        auto byte = digits(rest, 2, 16);
        if (byte)
            byte->isByte = true;
        return byte;
    }
    case 'u':
    case 'U': {
        const auto wide = digits(rest, kind == 'u' ? 4 : 8, 16);
        if (!wide || wide->code > LastCharacter || (wide->code >= 0xD800 && wide->code < 0xE000))
            return std::nullopt;
        return wide;
    }
    default: break;
    }
    if (kind < '0' || kind > '7')
        return std::nullopt;
    const auto more = digits(rest, 2, 8);
    if (!more)
        return std::nullopt;
    const char32_t code = static_cast<char32_t>(kind - '0') * 64 + more->code;
    if (code > 255)
        return std::nullopt;
    return Unescaped {code, true};
}

} // namespace

std::string quote(std::string_view text)
{
    return quoteWith(text, '"', false);
}

std::string quoteToAscii(std::string_view text)
{
    return quoteWith(text, '"', true);
}

std::string quoteRune(char32_t character, bool onlyAscii)
{
    if (character > LastCharacter || (character >= 0xD800 && character < 0xE000))
        character = Replacement;
    std::string out = "'";
    appendEscaped(out, character, '\'', onlyAscii);
    return out += '\'';
}

bool canBackquote(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto [code, size] = value::decodeUtf8(text, i);
        if (size == 0 || code == 0xFEFF || code == '`' || code == 0x7F || (code < ' ' && code != '\t'))
            return false;
        i += size;
    }
    return true;
}

std::optional<std::string> unquote(std::string_view literal)
{
    if (literal.size() < 2 || literal.front() != literal.back())
        return std::nullopt;
    const char quote = literal.front();
    literal.remove_prefix(1);
    literal.remove_suffix(1);
    if (quote == '`' && literal.find('\r') == std::string_view::npos)
        return std::string(literal);
    std::string out;
    if (quote == '`') {
        // Raw strings leave carriage returns out.
        for (const char c : literal) {
            if (c != '\r')
                out += c;
        }
        return out;
    }
    if (quote != '"')
        return std::nullopt;
    const auto isItself = [](char c) { return c != '\\' && c != '"' && c != '\n' && static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(literal.begin(), literal.end(), isItself))
        return std::string(literal);
    while (!literal.empty()) {
        if (literal.front() == '\n')
            return std::nullopt;
        if (static_cast<unsigned char>(literal.front()) >= 0x80) {
            const std::size_t size = value::decodeUtf8(literal, 0).size;
            if (size == 0)
                value::appendUtf8(out, Replacement);
            else
                out += literal.substr(0, size);
            literal.remove_prefix(size == 0 ? 1 : size);
            continue;
        }
        const auto one = unescape(literal, quote);
        if (!one)
            return std::nullopt;
        if (one->isByte || one->code < 0x80)
            out += static_cast<char>(one->code);
        else
            value::appendUtf8(out, one->code);
    }
    return out;
}

std::optional<char32_t> unquoteCharacter(std::string_view text, char quote, std::string_view &tail)
{
    const auto one = unescape(text, quote);
    if (!one)
        return std::nullopt;
    tail = text;
    return one->code;
}

std::string unicodePoint(char32_t character)
{
    std::string out = fmt::format("U+{:04X}", static_cast<std::uint32_t>(character));
    if (character <= LastCharacter && value::isPrintable(character)) {
        out += " '";
        value::appendUtf8(out, character);
        out += '\'';
    }
    return out;
}

} // namespace fairway::gotemplate
