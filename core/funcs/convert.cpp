#include "core/funcs/convert.h"

#include "core/gotemplate/go_format.h"
#include "core/gotemplate/go_types.h"
#include "core/gotemplate/number.h"
#include "core/value/extent.h"

#include <cmath>
#include <limits>

namespace fairway::funcs {

using value::Kind;

namespace {

/// "1.0" and "1.000" count as whole.
std::string_view withoutZeroDecimals(std::string_view text)
{
    const std::size_t last = text.find_last_not_of('0');
    const bool isZeroes = last != std::string_view::npos && text[last] == '.' && last + 1 < text.size();
    return isZeroes ? text.substr(0, last) : text;
}

/// amd64's conversion: what does not fit is the smallest number.
std::int64_t truncated(double number)
{
    constexpr double limit = 0x1p63;
    if (std::isnan(number) || number >= limit || number < -limit)
        return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(number);
}

std::int64_t parsed(std::string_view text)
{
    if (const auto number = gotemplate::parseInt(withoutZeroDecimals(text)); number.isGood())
        return number.value;
    // "08" is no octal number: leading zeros then count for nothing.
    if (text.starts_with('0')) {
        const std::size_t digits = text.find_first_not_of('0');
        if (digits != std::string_view::npos) {
            if (const auto number = gotemplate::parseInt(text.substr(digits)); number.isGood())
                return number.value;
        }
    }
    return 0;
}

} // namespace

std::int64_t toInt64(const Value &value)
{
    switch (value.kind()) {
    case Kind::Int: return value.asInt();
    case Kind::Float: return truncated(value.asFloat());
    case Kind::Bool: return value.asBool() ? 1 : 0;
    case Kind::String: return parsed(value.asString());
    default: return 0;
    }
}

double toFloat64(const Value &value)
{
    switch (value.kind()) {
    case Kind::Int:
    case Kind::Float: return value.asFloat();
    case Kind::Bool: return value.asBool() ? 1 : 0;
    case Kind::String: {
        const auto number = gotemplate::parseFloat(value.asString());
        return number.isGood() ? number.value : 0;
    }
    default: return 0;
    }
}

std::string textOf(const Value &value)
{
    if (value.isString())
        return value.asString();
    std::string out;
    if (value.isList() && value.origin() == value::Origin::Uint8) {
        for (const Value &byte : value.asList())
            out += static_cast<char>(byte.asInt());
    } else {
        gotemplate::appendGoText(out, value);
    }
    return out;
}

std::vector<std::string> textsOf(const Value &value)
{
    std::vector<std::string> texts;
    if (!value.isList()) {
        if (!value.isNull())
            texts.push_back(textOf(value));
        return texts;
    }
    texts.reserve(value.size());
    for (const Value &item : value.asList()) {
        if (!item.isNull())
            texts.push_back(textOf(item));
    }
    return texts;
}

namespace {

/// What comes round again counts as equal there, as reflect.DeepEqual has it; so does what no one could compare to its end.
bool areEqual(const Value &a, const Value &b, std::size_t depth, std::size_t &nodes)
{
    if (a.isSame(b) || depth == 0 || nodes == 0)
        return true;
    --nodes;
    if (a.kind() != b.kind() || gotemplate::typeName(a) != gotemplate::typeName(b))
        return false;
    if (a.isList()) {
        if (a.size() != b.size())
            return false;
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!areEqual(a[i], b[i], depth - 1, nodes))
                return false;
        }
        return true;
    }
    if (a.isMap()) {
        if (a.size() != b.size())
            return false;
        for (auto x = a.asMap().begin(), y = b.asMap().begin(); x != a.asMap().end(); ++x, ++y) {
            if (x->first != y->first || !areEqual(x->second, y->second, depth - 1, nodes))
                return false;
        }
        return true;
    }
    return a == b;
}

} // namespace

bool deepEqual(const Value &a, const Value &b)
{
    const value::ExtentLimits limits;
    std::size_t nodes = limits.maxNodes;
    return areEqual(a, b, limits.maxDepth, nodes);
}

bool isEmpty(const Value &value)
{
    if (value.isObject() && gotemplate::kindOf(value) == gotemplate::GoKind::Struct)
        return false;
    return !gotemplate::isTrue(value);
}

std::string kindName(const Value &value)
{
    return std::string(gotemplate::toString(gotemplate::kindOf(value)));
}

Value stringList(std::vector<std::string> texts)
{
    Value list = Value::list().withOrigin(Origin::Strings);
    list.asList().reserve(texts.size());
    for (std::string &text : texts)
        list.asList().emplace_back(std::move(text));
    return list;
}

gotemplate::TemplateResult<void> checkExtent(const Value &value)
{
    switch (value::extentOf(value)) {
    case value::Extent::Fits: return {};
    case value::Extent::TooDeep:
        return tl::unexpected(gotemplate::TemplateError(
            Error {ErrorCode::InvalidInput, "json: unsupported value: encountered a cycle via " + std::string(value.isMap() ? "map[string]interface {}" : "[]interface {}")}));
    case value::Extent::TooLarge: break;
    }
    return tooLarge();
}

tl::unexpected<gotemplate::TemplateError> tooLarge()
{
    return tl::unexpected(gotemplate::TemplateError(Error {ErrorCode::LimitExceeded, "result is too large"}));
}

} // namespace fairway::funcs
