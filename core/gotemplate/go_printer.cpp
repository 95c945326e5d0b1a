#include "core/gotemplate/go_printer.h"

#include "core/gotemplate/complex.h"
#include "core/gotemplate/function.h"
#include "core/gotemplate/go_quote.h"
#include "core/value/utf8.h"

namespace fairway::gotemplate {

using value::Kind;
using value::Origin;

namespace {

constexpr std::string_view LowerDigits = "0123456789abcdefx";
constexpr std::string_view UpperDigits = "0123456789ABCDEFX";
constexpr int DeepestNesting = 200; ///< A map that holds itself ends here; Go would run out of stack.
constexpr std::int64_t Address = 0xc000000000; ///< Of whatever a pointer points to.

bool isOneOf(char32_t verb, std::string_view verbs)
{
    return verb < 0x80 && verbs.find(static_cast<char>(verb)) != std::string_view::npos;
}

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++count)
        i += std::max<std::size_t>(value::decodeUtf8(text, i).size, 1);
    return count;
}

std::string bytesOf(const Value &list)
{
    std::string bytes;
    for (const Value &item : list.asList())
        bytes += static_cast<char>(item.asInt());
    return bytes;
}

} // namespace

void GoPrinter::argument(const Value &value, char32_t verb)
{
    if (value.isNull()) {
        if (verb == 'T' || verb == 'v')
            padded("<nil>");
        else
            badVerb(verb, {}, value);
        return;
    }
    if (verb == 'T')
        padded(truncated(typeName(value)));
    else if (verb == 'v' && flags.goSyntax && value.isList() && value.origin() == Origin::Uint8)
        list(value, "[]byte", verb, 0); // in Go's words only where it stands alone
    else
        print(value, verb, 0);
}

void GoPrinter::print(const Value &value, char32_t verb, int depth)
{
    if (depth > DeepestNesting) {
        out += "...";
        return;
    }
    switch (value.kind()) {
    case Kind::Null: out += flags.goSyntax ? "interface {}(nil)" : "<nil>"; break;
    case Kind::Bool:
        if (verb == 't' || verb == 'v')
            padded(value.asBool() ? "true" : "false");
        else
            badVerb(verb, "bool", value);
        break;
    case Kind::Int: integer(value, verb); break;
    case Kind::Float: real(value, verb); break;
    case Kind::String: text(value.asString(), verb, value); break;
    case Kind::List: list(value, typeName(value), verb, depth); break;
    case Kind::Map: map(value, typeName(value), verb, depth); break;
    case Kind::Object:
        if (const TemplateObject *const one = asTemplateObject(value))
            object(*one, verb, depth);
        else
            padded("{}");
        break;
    }
}

void GoPrinter::badVerb(char32_t verb, std::string_view typeName, const Value &value)
{
    out += "%!";
    value::appendUtf8(out, verb);
    out += '(';
    if (value.isNull()) {
        out += "<nil>";
    } else {
        out.append(typeName).append(1, '=');
        print(value, 'v', 0);
    }
    out += ')';
}

void GoPrinter::padding(int count)
{
    if (count > 0)
        out.append(static_cast<std::size_t>(count), flags.zero && !flags.minus ? '0' : ' ');
}

void GoPrinter::padded(std::string_view text)
{
    if (!flags.width) {
        out += text;
        return;
    }
    const int missing = *flags.width - static_cast<int>(characters(text));
    if (!flags.minus)
        padding(missing);
    out += text;
    if (flags.minus)
        padding(missing);
}

std::string_view GoPrinter::truncated(std::string_view text) const
{
    if (!flags.precision)
        return text;
    std::size_t end = 0;
    for (int i = 0; i < *flags.precision && end < text.size(); ++i)
        end += std::max<std::size_t>(value::decodeUtf8(text, end).size, 1);
    return text.substr(0, end);
}

void GoPrinter::text(std::string_view content, char32_t verb, const Value &whole)
{
    switch (verb) {
    case 'v':
        if (flags.goSyntax)
            quoted(content);
        else
            padded(truncated(content));
        break;
    case 's': padded(truncated(content)); break;
    case 'x': hexadecimal(content, LowerDigits); break;
    case 'X': hexadecimal(content, UpperDigits); break;
    case 'q': quoted(content); break;
    default: badVerb(verb, typeName(whole), whole);
    }
}

void GoPrinter::quoted(std::string_view content)
{
    const std::string_view shown = truncated(content);
    if (flags.sharp && canBackquote(shown))
        padded("`" + std::string(shown) + "`");
    else
        padded(flags.plus ? quoteToAscii(shown) : quote(shown));
}

void GoPrinter::hexadecimal(std::string_view content, std::string_view digits)
{
    if (flags.precision)
        content = content.substr(0, static_cast<std::size_t>(*flags.precision));
    std::string encoded;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (flags.space && i > 0)
            encoded += ' ';
        if (flags.sharp && (i == 0 || flags.space))
            encoded.append(1, '0').append(1, digits[16]);
        const auto byte = static_cast<unsigned char>(content[i]);
        encoded.append(1, digits[byte >> 4U]).append(1, digits[byte & 0xFU]);
    }
    padded(encoded);
}

void GoPrinter::list(const Value &value, std::string_view typeName, char32_t verb, int depth)
{
    if (value.origin() == Origin::Uint8 && isOneOf(verb, "sqxX")) {
        text(bytesOf(value), verb, value);
        return;
    }
    if (flags.goSyntax)
        out.append(typeName).append(1, '{');
    else
        out += '[';
    bool isFirst = true;
    for (const Value &item : value.asList()) {
        if (!isFirst)
            out += flags.goSyntax ? ", " : " ";
        isFirst = false;
        print(item, verb, depth + 1);
    }
    out += flags.goSyntax ? '}' : ']';
}

void GoPrinter::map(const Value &value, std::string_view typeName, char32_t verb, int depth)
{
    if (flags.goSyntax)
        out.append(typeName).append(1, '{');
    else
        out += "map[";
    bool isFirst = true;
    for (const auto &[key, member] : value.asMap()) {
        if (!isFirst)
            out += flags.goSyntax ? ", " : " ";
        isFirst = false;
        text(key, verb, Value(key));
        out += ':';
        print(member, verb, depth + 1);
    }
    out += flags.goSyntax ? '}' : ']';
}

void GoPrinter::object(const TemplateObject &object, char32_t verb, int depth)
{
    if (object.goKind() == GoKind::Complex128) {
        const bool isNumeric = isOneOf(verb, "vbgGxXfFeE");
        if (!isNumeric) {
            out += "%!";
            value::appendUtf8(out, verb);
            out.append(1, '(').append(object.typeName()).append(1, '=');
        }
        complex(static_cast<const Complex &>(object), isNumeric ? verb : U'v');
        out += isNumeric ? "" : ")";
        return;
    }
    if (object.isStringer() && !flags.goSyntax && isOneOf(verb, "vsxXq")) {
        text(object.text(), verb, {});
        return;
    }
    if (const std::optional<Value> items = object.items()) {
        if (items->isList())
            list(*items, object.typeName(), verb, depth);
        else
            map(*items, object.typeName(), verb, depth);
        return;
    }
    if (object.goKind() == GoKind::Ptr && depth > 0)
        pointer(object, verb);
    else
        structure(object, verb, depth);
}

void GoPrinter::structure(const TemplateObject &object, char32_t verb, int depth)
{
    std::string_view name = object.typeName();
    if (object.goKind() == GoKind::Ptr) {
        out += '&';
        name.remove_prefix(1);
    }
    if (flags.goSyntax)
        out += name;
    out += '{';
    bool isFirst = true;
    for (const TemplateObject::GoField &field : object.goFields()) {
        if (!isFirst)
            out += flags.goSyntax ? ", " : " ";
        isFirst = false;
        if (flags.goSyntax || flags.hasNames)
            out.append(field.name).append(1, ':');
        const Value &value = field.value;
        const std::string_view type = field.typeName.empty() ? typeName(value) : field.typeName;
        if (flags.goSyntax && (value.isList() || value.isMap()) && value.size() == 0)
            out.append(type).append("(nil)"); // what no file names was never made
        else if (value.isList())
            list(value, type, verb, depth + 1);
        else
            print(value, verb, depth + 1);
    }
    out += '}';
}

void GoPrinter::pointer(const TemplateObject &object, char32_t verb)
{
    if (isOneOf(verb, "bodxX")) {
        integer(Value(Address, Origin::Uint64), verb);
    } else if (verb != 'v' && verb != 'p') {
        out += "%!";
        value::appendUtf8(out, verb);
        out.append(1, '(').append(object.typeName()).append(1, '=');
        structure(object, 'v', 0);
        out += ')';
    } else if (flags.goSyntax) {
        out.append(1, '(').append(object.typeName()).append(")(0xc000000000)");
    } else {
        padded("0xc000000000");
    }
}

} // namespace fairway::gotemplate
