#include "core/chart/go_text.h"

#include "core/value/float_text.h"
#include "core/value/utf8.h"

#include <charconv>

namespace fairway::chart {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

void appendHex(std::string &out, std::uint32_t number, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += hexDigits[(number >> shift) & 0xF];
}

void appendEscaped(std::string &out, char32_t code, char quote)
{
    switch (code) {
    case '\a': out += "\\a"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\v': out += "\\v"; return;
    case '\\': out += "\\\\"; return;
    default: break;
    }
    if (code == static_cast<unsigned char>(quote)) {
        out += '\\';
        out += quote;
    } else if (code < 0x20 || code == 0x7F) {
        out += "\\x";
        appendHex(out, code, 2);
    } else if (isGoPrint(code)) {
        value::appendUtf8(out, code);
    } else {
        out += code > 0xFFFF ? "\\U" : "\\u";
        appendHex(out, code, code > 0xFFFF ? 8 : 4);
    }
}

} // namespace

std::string goQuoted(std::string_view text)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const value::Utf8Character character = value::decodeUtf8(text, at);
        if (character.size == 0) {
            out += "\\x";
            appendHex(out, static_cast<unsigned char>(text[at++]), 2);
            continue;
        }
        appendEscaped(out, character.code, '"');
        at += character.size;
    }
    return out + "\"";
}

std::string goQuotedRunes(std::string_view text)
{
    std::string out = "[";
    for (std::size_t at = 0; at < text.size();) {
        const value::Utf8Character character = value::decodeUtf8(text, at);
        if (at > 0)
            out += ' ';
        out += '\'';
        appendEscaped(out, character.size == 0 ? char32_t {0xFFFD} : character.code, '\'');
        out += '\'';
        at += character.size == 0 ? 1 : character.size;
    }
    return out + "]";
}

std::string_view goTypeName(const value::Value &value)
{
    switch (value.kind()) {
    case value::Kind::Bool: return "bool";
    case value::Kind::Int: return value.origin() == value::Origin::Int ? "int" : "int64";
    case value::Kind::Float: return "float64";
    case value::Kind::String: return "string";
    case value::Kind::List: return "[]interface {}";
    case value::Kind::Map: return "map[string]interface {}";
    default: return "nil";
    }
}

std::string goFormatted(const value::Value &value)
{
    switch (value.kind()) {
    case value::Kind::Bool: return value.asBool() ? "true" : "false";
    case value::Kind::Int: return std::to_string(value.asInt());
    case value::Kind::Float: return value::formatFloatG(value.asFloat());
    case value::Kind::String: return value.asString();
    case value::Kind::List: {
        std::string out = "[";
        for (const value::Value &item : value.asList())
            out += (out.size() > 1 ? " " : "") + goFormatted(item);
        return out + "]";
    }
    case value::Kind::Map: {
        std::string out = "map[";
        for (const auto &[key, item] : value.asMap())
            out += (out.size() > 4 ? " " : "") + key + ":" + goFormatted(item);
        return out + "]";
    }
    default: return "<nil>";
    }
}

std::string goMisformattedBool(const value::Value &value)
{
    switch (value.kind()) {
    case value::Kind::Bool:
        return value.asBool() ? "true" : "false";
    case value::Kind::List: {
        std::string out = "[";
        for (const value::Value &item : value.asList())
            out += (out.size() > 1 ? " " : "") + goMisformattedBool(item);
        return out + "]";
    }
    case value::Kind::Map: {
        std::string out = "map[";
        for (const auto &[key, item] : value.asMap())
            out += (out.size() > 4 ? " " : "") + ("%!t(string=" + key + "):") + goMisformattedBool(item);
        return out + "]";
    }
    case value::Kind::Null:
        return "%!t(<nil>)";
    default:
        return "%!t(" + std::string(goTypeName(value)) + "=" + goFormatted(value) + ")";
    }
}

bool isGoSpace(char32_t character)
{
    if (character <= 0x20)
        return character == ' ' || (character >= '\t' && character <= '\r');
    return character == 0x85 || character == 0xA0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200A)
        || character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

bool isGoPrint(char32_t character)
{
    if (character < 0x7F)
        return character >= ' ';
    if (character <= 0xA0 || character == 0xAD || isGoSpace(character))
        return false;
    const bool isFormat = (character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
    const bool isPrivate = (character >= 0xE000 && character <= 0xF8FF) || character >= 0xE0000;
    return !isFormat && !isPrivate && (character & 0xFFFE) != 0xFFFE;
}

std::string_view trimSpace(std::string_view text)
{
    while (!text.empty()) {
        const value::Utf8Character character = value::decodeUtf8(text, 0);
        if (character.size == 0 || !isGoSpace(character.code))
            break;
        text.remove_prefix(character.size);
    }
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
            --start;
        const value::Utf8Character character = value::decodeUtf8(text, start);
        if (character.size != text.size() - start || !isGoSpace(character.code))
            break;
        text.remove_suffix(character.size);
    }
    return text;
}

bool equalsFolded(std::string_view text, std::string_view word)
{
    std::size_t at = 0;
    for (const char letter : word) {
        if (letter == 's' && text.substr(at).starts_with("\u017F")) { // the long s folds to s
            at += 2;
            continue;
        }
        if (at >= text.size() || (text[at] | 0x20) != letter)
            return false;
        ++at;
    }
    return at == text.size();
}

std::string_view parseGoIntFault(std::string_view text, std::int64_t &number)
{
    std::string_view digits = text;
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    const bool isSigned = digits.size() != text.size();
    const char *const end = digits.data() + digits.size();
    const auto [rest, code] = std::from_chars(digits.data(), end, number);
    if (rest != end || digits.empty() || code == std::errc::invalid_argument || (isSigned && digits.front() == '-'))
        return "invalid syntax";
    return code == std::errc::result_out_of_range ? "value out of range" : "";
}

bool parseGoInt(std::string_view text, std::int64_t &number)
{
    return parseGoIntFault(text, number).empty();
}

void setPositions(value::Value &tree, value::SourcePosition position)
{
    if (tree.isMap()) {
        for (auto &[name, member] : tree.asMap())
            setPositions(member, position);
    } else if (tree.isList()) {
        for (value::Value &item : tree.asList())
            setPositions(item, position);
    }
    tree.setPosition(position);
}

} // namespace fairway::chart
