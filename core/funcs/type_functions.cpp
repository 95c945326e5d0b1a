#include "core/funcs/convert.h"
#include "core/funcs/semver.h"
#include "core/funcs/tables.h"

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

Out defaultTo(Call &call)
{
    return call.size() < 2 || isEmpty(call[1]) ? call[0] : call[1];
}

Out empty(Call &call)
{
    return Value(isEmpty(call[0]));
}

Out coalesce(Call &call)
{
    for (const Value &value : call.arguments()) {
        if (!isEmpty(value))
            return value;
    }
    return Value();
}

Out all(Call &call)
{
    for (const Value &value : call.arguments()) {
        if (isEmpty(value))
            return Value(false);
    }
    return Value(true);
}

Out any(Call &call)
{
    for (const Value &value : call.arguments()) {
        if (!isEmpty(value))
            return Value(true);
    }
    return Value(false);
}

Out ternary(Call &call)
{
    return call[call[2].asBool() ? 0 : 1];
}

Out typeOf(Call &call)
{
    return Value(gotemplate::typeName(call[0]));
}

Out typeIs(Call &call)
{
    return Value(call.text(0) == gotemplate::typeName(call[1]));
}

Out typeIsLike(Call &call)
{
    const std::string_view name = gotemplate::typeName(call[1]);
    return Value(call.text(0) == name || "*" + call.text(0) == name);
}

Out kindOf(Call &call)
{
    return Value(kindName(call[0]));
}

Out kindIs(Call &call)
{
    return Value(call.text(0) == gotemplate::toString(gotemplate::kindOf(call[1])));
}

Out equal(Call &call)
{
    return Value(deepEqual(call[0], call[1]));
}

constexpr Type A = Type::Any;
constexpr Type S = Type::String;
constexpr bool Variadic = true;
constexpr FunctionSpec Table[] = {
    {"default", {{A, A}, Variadic}, defaultTo},
    {"empty", {A}, empty},
    {"coalesce", {{A}, Variadic}, coalesce},
    {"all", {{A}, Variadic}, all},
    {"any", {{A}, Variadic}, any},
    {"ternary", {{A, A, Type::Bool}}, ternary},
    {"typeOf", {A}, typeOf},
    {"typeIs", {{S, A}}, typeIs},
    {"typeIsLike", {{S, A}}, typeIsLike},
    {"kindOf", {A}, kindOf},
    {"kindIs", {{S, A}}, kindIs},
    {"deepEqual", {{A, A}}, equal},
};

} // namespace

std::span<const FunctionSpec> typeFunctions()
{
    return Table;
}

} // namespace fairway::funcs
