#include "core/funcs/base_encoding.h"
#include "core/funcs/convert.h"
#include "core/funcs/go_json.h"
#include "core/funcs/tables.h"
#include "core/value/json.h"

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

Out b64enc(Call &call)
{
    return Value(encodeBase64(call.text(0)));
}
Out b32enc(Call &call)
{
    return Value(encodeBase32(call.text(0)));
}

/// Sprig prints what is wrong in place of the text.
Out decoded(TemplateResult<std::string> text)
{
    return Value(text ? std::move(*text) : std::move(text.error().message));
}

Out b64dec(Call &call)
{
    return decoded(decodeBase64(call.text(0)));
}
Out b32dec(Call &call)
{
    return decoded(decodeBase32(call.text(0)));
}

Out toPrettyJson(Call &call)
{
    if (auto good = checkExtent(call[0]); !good)
        return call.name().starts_with("must") ? Out(tl::unexpected(std::move(good.error()))) : Out(Value(""));
    return Value(value::toJson(call[0], value::JsonStyle::Indented, value::JsonEscape::Html));
}

Out toRawJson(Call &call)
{
    if (auto good = checkExtent(call[0]); !good)
        return call.name().starts_with("must") ? Out(tl::unexpected(std::move(good.error()))) : Out(Value(""));
    return Value(value::toJson(call[0]));
}

Out mustFromJson(Call &call)
{
    return readGoJson(call.text(0));
}

constexpr Type A = Type::Any;
constexpr Type S = Type::String;
constexpr FunctionSpec Table[] = {
    {"b64enc", {S}, b64enc},
    {"b64dec", {S}, b64dec},
    {"b32enc", {S}, b32enc},
    {"b32dec", {S}, b32dec},
    {"toPrettyJson", {A}, toPrettyJson},
    {"mustToPrettyJson", {A}, toPrettyJson},
    {"toRawJson", {A}, toRawJson},
    {"mustToRawJson", {A}, toRawJson},
    {"mustFromJson", {S}, mustFromJson},
};

} // namespace

std::span<const FunctionSpec> encodingFunctions()
{
    return Table;
}

} // namespace fairway::funcs
