#include "core/gotemplate/builtins.h"

#include "core/gotemplate/complex.h"
#include "core/gotemplate/go_format.h"
#include "core/gotemplate/go_types.h"
#include "core/gotemplate/template.h"
#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"

#include <fmt/format.h>

#include <optional>

namespace fairway::gotemplate {

namespace {

using value::Kind;
using value::Origin;

constexpr std::size_t maxPrinted = std::size_t {64} << 20;

enum class BasicKind : std::uint8_t { None, Bool, Complex, Int, Float, String, Uint };

BasicKind basicKind(const Value &value)
{
    switch (kindOf(value)) {
    case GoKind::Bool: return BasicKind::Bool;
    case GoKind::Int:
    case GoKind::Int32:
    case GoKind::Int64: return BasicKind::Int;
    case GoKind::Uint8:
    case GoKind::Uint64: return BasicKind::Uint;
    case GoKind::Float64: return BasicKind::Float;
    case GoKind::Complex128: return BasicKind::Complex;
    case GoKind::String: return BasicKind::String;
    default: return BasicKind::None;
    }
}

const Complex &asComplex(const Value &value)
{
    return static_cast<const Complex &>(value.asObject());
}

/// Compares an int with an unsigned one by what they mean.
int compareIntegers(const Value &a, const Value &b, bool isUnsignedA, bool isUnsignedB)
{
    const std::int64_t x = a.asInt();
    const std::int64_t y = b.asInt();
    // Seen as signed, an unsigned number above the signed range is negative.
    const bool isHugeA = isUnsignedA && x < 0;
    const bool isHugeB = isUnsignedB && y < 0;
    if (isHugeA != isHugeB)
        return isHugeA ? 1 : -1;
    return x < y ? -1 : x > y ? 1 : 0;
}

bool isInteger(BasicKind kind)
{
    return kind == BasicKind::Int || kind == BasicKind::Uint;
}

tl::unexpected<TemplateError> incompatible(const Value &a, const Value &b, GoRelease release)
{
    if (release == GoRelease::Go123)
        return failCall("incompatible types for comparison");
    return failCall("incompatible types for comparison: " + std::string(typeName(a)) + " and " + std::string(typeName(b)));
}

TemplateResult<bool> less(const Value &a, const Value &b, GoRelease release)
{
    const BasicKind first = basicKind(a);
    const BasicKind second = basicKind(b);
    if (first == BasicKind::None || second == BasicKind::None)
        return failCall("invalid type for comparison");
    if (isInteger(first) && isInteger(second))
        return compareIntegers(a, b, first == BasicKind::Uint, second == BasicKind::Uint) < 0;
    if (first != second)
        return incompatible(a, b, release);
    switch (first) {
    case BasicKind::Float: return a.asFloat() < b.asFloat();
    case BasicKind::String: return a.asString() < b.asString();
    default: return failCall("invalid type for comparison");
    }
}

GoRelease releaseOf(const Call &call)
{
    return call.execution().options().release;
}

TemplateResult<Value> eq(Call &call)
{
    if (call.size() < 2)
        return failCall("missing argument for comparison");
    for (std::size_t i = 1; i < call.size(); ++i) {
        auto equal = goEqual(call[0], call[i], releaseOf(call));
        if (!equal)
            return tl::unexpected(std::move(equal.error()));
        if (*equal)
            return Value(true);
    }
    return Value(false);
}

TemplateResult<Value> ne(Call &call)
{
    return goEqual(call[0], call[1], releaseOf(call)).map([](bool equal) { return Value(!equal); });
}

TemplateResult<Value> lt(Call &call)
{
    return less(call[0], call[1], releaseOf(call)).map([](bool is) { return Value(is); });
}

TemplateResult<bool> lessOrEqual(Call &call)
{
    auto isLess = less(call[0], call[1], releaseOf(call));
    if (!isLess || *isLess)
        return isLess;
    return goEqual(call[0], call[1], releaseOf(call));
}

TemplateResult<Value> le(Call &call)
{
    return lessOrEqual(call).map([](bool is) { return Value(is); });
}

TemplateResult<Value> gt(Call &call)
{
    return lessOrEqual(call).map([](bool is) { return Value(!is); });
}

TemplateResult<Value> ge(Call &call)
{
    return less(call[0], call[1], releaseOf(call)).map([](bool is) { return Value(!is); });
}

TemplateResult<Value> notTrue(Call &call)
{
    return Value(!isTrue(call[0]));
}

/// and, or and call are done by the evaluator.
TemplateResult<Value> andFunction(Call &)
{
    return Value();
}
TemplateResult<Value> orFunction(Call &)
{
    return Value(false);
}
TemplateResult<Value> callFunction(Call &call)
{
    if (call[0].isNull())
        return failCall("call of nil");
    return failCall("non-function " + std::string(call.name()) + " of type " + std::string(typeName(call[0])));
}

TemplateResult<std::size_t> indexArgument(const Value &index, std::size_t size)
{
    if (index.isNull())
        return failCall("cannot index slice/array with nil");
    if (!index.isInt())
        return failCall("cannot index slice/array with type " + std::string(typeName(index)));
    if (index.asInt() < 0 || static_cast<std::uint64_t>(index.asInt()) > size)
        return failCall("index out of range: " + std::to_string(index.asInt()));
    return static_cast<std::size_t>(index.asInt());
}

TemplateResult<Value> itemAt(const Value &item, const Value &index)
{
    if (item.isMap()) {
        if (!index.isString())
            return failCall(index.isNull() ? "value is nil; should be of type string"
                                           : "value has type " + std::string(typeName(index)) + "; should be string");
        const Value *member = item.asMap().get(index.asString());
        return member != nullptr ? *member : zeroItem(item);
    }
    if (item.isList() || item.isString()) {
        const std::size_t size = item.isList() ? item.size() : item.asString().size();
        const auto at = indexArgument(index, size);
        if (!at)
            return tl::unexpected(at.error());
        if (*at == size)
            return failCall(item.isList() ? "reflect: slice index out of range" : "reflect: string index out of range");
        if (item.isList())
            return item.asList()[*at];
        return Value(std::int64_t {static_cast<unsigned char>(item.asString()[*at])}, Origin::Uint8);
    }
    return failCall("can't index item of type " + std::string(typeName(item)));
}

TemplateResult<Value> index(Call &call)
{
    if (call[0].isNull())
        return failCall("index of untyped nil");
    Value item = call[0];
    for (std::size_t i = 1; i < call.size(); ++i) {
        if (item.isNull())
            return failCall("index of nil pointer");
        if (const TemplateObject *object = asTemplateObject(item)) {
            if (auto items = object->items())
                item = std::move(*items);
        }
        auto next = itemAt(item, call[i]);
        if (!next)
            return next;
        item = std::move(*next);
    }
    return item;
}

TemplateResult<Value> slice(Call &call)
{
    const Value &item = call[0];
    if (item.isNull())
        return failCall("slice of untyped nil");
    if (call.size() > 4)
        return failCall("too many slice indexes: " + std::to_string(call.size() - 1));
    if (!item.isString() && !item.isList())
        return failCall("can't slice item of type " + std::string(typeName(item)));
    if (item.isString() && call.size() == 4)
        return failCall("cannot 3-index slice a string");
    const std::size_t size = item.isList() ? item.size() : item.asString().size();
    std::size_t bounds[3] = {0, size, size};
    for (std::size_t i = 1; i < call.size(); ++i) {
        const auto at = indexArgument(call[i], size);
        if (!at)
            return tl::unexpected(at.error());
        bounds[i - 1] = *at;
    }
    if (bounds[0] > bounds[1])
        return failCall("invalid slice index: " + std::to_string(bounds[0]) + " > " + std::to_string(bounds[1]));
    if (call.size() == 4 && bounds[1] > bounds[2])
        return failCall("invalid slice index: " + std::to_string(bounds[1]) + " > " + std::to_string(bounds[2]));
    if (item.isString())
        return Value(std::string_view(item.asString()).substr(bounds[0], bounds[1] - bounds[0]));
    Value part = Value::list().withOrigin(item.origin());
    for (std::size_t i = bounds[0]; i < bounds[1]; ++i)
        part.append(item[i]);
    return part;
}

TemplateResult<Value> length(Call &call)
{
    Value item = call[0];
    if (item.isNull())
        return failCall(item.origin() == Origin::Absent ? "reflect: call of reflect.Value.Type on zero Value" : "len of nil pointer");
    if (const TemplateObject *object = asTemplateObject(item)) {
        if (auto items = object->items())
            item = std::move(*items);
    }
    if (item.isString())
        return Value(static_cast<std::int64_t>(item.asString().size()), Origin::Int);
    if (item.isList() || item.isMap())
        return Value(static_cast<std::int64_t>(item.size()), Origin::Int);
    return failCall("len of type " + std::string(typeName(item)));
}

/// A text that doubles in a loop ends here, not when the memory does.
TemplateResult<Value> printed(std::string text)
{
    if (text.size() > maxPrinted)
        return tl::unexpected(TemplateError(Error {ErrorCode::LimitExceeded, "result is too large"}));
    return Value(std::move(text));
}

TemplateResult<Value> print(Call &call)
{
    return printed(goSprint(call.arguments()));
}

TemplateResult<Value> println(Call &call)
{
    return printed(goSprintln(call.arguments()));
}

TemplateResult<Value> printFormatted(Call &call)
{
    return printed(goSprintf(call.text(0), call.arguments().subspan(1)));
}

/// The arguments of an escaper as one text: nil is what an action would print.
std::string joined(Call &call)
{
    for (Value &argument : call.arguments()) {
        if (argument.isNull())
            argument = Value("<no value>");
    }
    return goSprint(call.arguments());
}

TemplateResult<Value> html(Call &call)
{
    return Value(escapeHtml(joined(call)));
}

TemplateResult<Value> js(Call &call)
{
    return Value(escapeJs(joined(call)));
}

TemplateResult<Value> urlquery(Call &call)
{
    return Value(escapeQuery(joined(call)));
}

constexpr bool Variadic = true;
constexpr FunctionSpec Builtins[] = {
    {"and", {{Type::Reflect, Type::Reflect}, Variadic}, andFunction},
    {"call", {{Type::Reflect, Type::Reflect}, Variadic}, callFunction},
    {"eq", {{Type::Reflect, Type::Reflect}, Variadic}, eq},
    {"ge", {{Type::Reflect, Type::Reflect}}, ge},
    {"gt", {{Type::Reflect, Type::Reflect}}, gt},
    {"html", {{Type::Any}, Variadic}, html},
    {"index", {{Type::Reflect, Type::Reflect}, Variadic}, index},
    {"js", {{Type::Any}, Variadic}, js},
    {"le", {{Type::Reflect, Type::Reflect}}, le},
    {"len", {Type::Reflect}, length},
    {"lt", {{Type::Reflect, Type::Reflect}}, lt},
    {"ne", {{Type::Reflect, Type::Reflect}}, ne},
    {"not", {Type::Reflect}, notTrue},
    {"or", {{Type::Reflect, Type::Reflect}, Variadic}, orFunction},
    {"print", {{Type::Any}, Variadic}, print},
    {"printf", {{Type::String, Type::Any}, Variadic}, printFormatted},
    {"println", {{Type::Any}, Variadic}, println},
    {"slice", {{Type::Reflect, Type::Reflect}, Variadic}, slice},
    {"urlquery", {{Type::Any}, Variadic}, urlquery},
};

} // namespace

std::span<const FunctionSpec> builtinFunctions()
{
    return Builtins;
}

bool isAnd(const FunctionSpec &function)
{
    return function.call == andFunction;
}

bool isOr(const FunctionSpec &function)
{
    return function.call == orFunction;
}

bool isCall(const FunctionSpec &function)
{
    return function.call == callFunction;
}

TemplateResult<bool> goEqual(const Value &a, const Value &b, GoRelease release)
{
    const BasicKind first = basicKind(a);
    const BasicKind second = basicKind(b);
    if (isInteger(first) && isInteger(second))
        return compareIntegers(a, b, first == BasicKind::Uint, second == BasicKind::Uint) == 0;
    if (first != second) {
        if (!a.isNull() && !b.isNull())
            return incompatible(a, b, release);
        return false;
    }
    switch (first) {
    case BasicKind::Bool: return a.asBool() == b.asBool();
    case BasicKind::Float: return a.asFloat() == b.asFloat();
    case BasicKind::String: return a.asString() == b.asString();
    case BasicKind::Complex:
        return asComplex(a).real() == asComplex(b).real() && asComplex(a).imaginary() == asComplex(b).imaginary();
    default: break;
    }
    if (a.isNull() || b.isNull())
        return a.isNull() == b.isNull();
    const Value shown[] = {a, b};
    if (kindOf(a) != kindOf(b)) {
        std::string message = goSprintf("non-comparable types %s: ", std::span(shown).first(1));
        message.append(typeName(a)).append(", ").append(typeName(b)).append(": ");
        return failCall(message + goSprintf("%v", std::span(shown).last(1)));
    }
    if (!b.isObject())
        return failCall(goSprintf("non-comparable type %s: ", std::span(shown).last(1)) + std::string(typeName(b)));
    return a == b;
}

std::string escapeHtml(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '\0': out += "\uFFFD"; break;
        case '"': out += "&#34;"; break;
        case '\'': out += "&#39;"; break;
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        default: out += c;
        }
    }
    return out;
}

std::string escapeJs(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) {
            const auto [code, size] = value::decodeUtf8(text, i);
            const char32_t character = size == 0 ? U'\uFFFD' : code;
            if (value::isPrintable(character))
                out += text.substr(i, std::max<std::size_t>(size, 1));
            else
                out += fmt::format("\\u{:04X}", static_cast<std::uint32_t>(character));
            i += std::max<std::size_t>(size, 1);
            continue;
        }
        ++i;
        if (c == '\\' || c == '\'' || c == '"')
            out.append(1, '\\').append(1, c);
        else if (c == '<' || c == '>' || c == '&' || c == '=' || byte < ' ')
            out += fmt::format("\\u{:04X}", byte);
        else
            out += c;
    }
    return out;
}

std::string escapeQuery(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
            || c == '.' || c == '~';
        if (isPlain)
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace fairway::gotemplate
