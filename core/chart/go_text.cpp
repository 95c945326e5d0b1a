#include "core/chart/go_text.h"

#include "core/gotemplate/go_format.h"
#include "core/gotemplate/go_quote.h"
#include "core/value/utf8.h"

#include <charconv>

namespace fairway::chart {

std::string goQuoted(std::string_view text)
{
    return gotemplate::quote(text);
}

std::string goQuotedRunes(std::string_view text)
{
    std::string out = "[";
    for (std::size_t at = 0; at < text.size();) {
        const value::Utf8Character character = value::decodeUtf8(text, at);
        out += (at > 0 ? " " : "") + gotemplate::quoteRune(character.size == 0 ? char32_t {0xFFFD} : character.code);
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
    std::string out;
    gotemplate::appendGoText(out, value);
    return out;
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
