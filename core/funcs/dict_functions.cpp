#include "core/funcs/convert.h"
#include "core/funcs/merge.h"
#include "core/funcs/tables.h"

#include <algorithm>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

constexpr int DeepestMerge = 1000; ///< A map that holds itself ends here.

void mergeInto(value::Map &into, const value::Map &from, bool overwrites, int depth)
{
    if (&into == &from || depth > DeepestMerge)
        return;
    for (const auto &[key, source] : from) {
        if (source.isNull()) {
            if (overwrites)
                into.set(key, source);
            continue;
        }
        Value *target = into.get(key);
        if (source.isMap() && target != nullptr && target->isMap()) {
            mergeInto(target->asMap(), source.asMap(), overwrites, depth + 1);
            if (target->size() > 0)
                continue;
        }
        if (overwrites || target == nullptr || isEmpty(*target))
            into.set(key, source);
    }
}

Out dict(Call &call)
{
    Value out = Value::map();
    for (std::size_t i = 0; i < call.size(); i += 2)
        out.asMap().set(textOf(call[i]), i + 1 < call.size() ? std::move(call[i + 1]) : Value(""));
    return out;
}

Out get(Call &call)
{
    const Value *member = call[0].isMap() ? call[0].asMap().get(call.text(1)) : nullptr;
    return member != nullptr ? *member : Value("");
}

Out set(Call &call)
{
    if (call[0].isNull())
        return failCall("assignment to entry in nil map");
    call[0].asMap().set(call.text(1), std::move(call[2]));
    return call[0];
}

Out unset(Call &call)
{
    if (call[0].isMap())
        call[0].asMap().remove(call.text(1));
    return call[0];
}

Out hasKey(Call &call)
{
    return Value(call[0].isMap() && call[0].asMap().get(call.text(1)) != nullptr);
}

Out pluck(Call &call)
{
    Value out = Value::list();
    for (const Value &map : call.arguments().subspan(1)) {
        if (const Value *member = map.isMap() ? map.asMap().get(call.text(0)) : nullptr)
            out.append(*member);
    }
    return out;
}

/// Go gives them in no order; ours is that of bytes.
Out keys(Call &call)
{
    std::vector<std::string> names;
    for (const Value &map : call.arguments()) {
        if (!map.isMap())
            continue;
        for (const auto &[name, member] : map.asMap())
            names.push_back(name);
    }
    return stringList(std::move(names));
}

Out values(Call &call)
{
    Value out = Value::list();
    if (call[0].isMap()) {
        for (const auto &[name, member] : call[0].asMap())
            out.append(member);
    }
    return out;
}

Out pick(Call &call)
{
    Value out = Value::map();
    for (std::size_t i = 1; i < call.size(); ++i) {
        if (const Value *member = call[0].isMap() ? call[0].asMap().get(call.text(i)) : nullptr)
            out.asMap().set(call.text(i), *member);
    }
    return out;
}

Out omit(Call &call)
{
    Value out = Value::map();
    if (!call[0].isMap())
        return out;
    for (const auto &[name, member] : call[0].asMap()) {
        const bool isOmitted = std::any_of(call.arguments().begin() + 1, call.arguments().end(),
            [&name = name](const Value &key) { return key.asString() == name; });
        if (!isOmitted)
            out.asMap().emplace_hint(out.asMap().end(), name, member);
    }
    return out;
}

Out merged(Call &call, bool overwrites)
{
    for (const Value &source : call.arguments().subspan(1))
        mergeMaps(call[0], source, overwrites);
    // Sprig takes and gives map[string]interface {}, whatever Go called the map before.
    return call[0].isNull() ? Value::map() : call[0].withOrigin(value::Origin::None);
}

Out merge(Call &call)
{
    return merged(call, false);
}
Out mergeOverwrite(Call &call)
{
    return merged(call, true);
}

Out deepCopy(Call &call)
{
    if (auto good = checkExtent(call[0]); !good)
        return tl::unexpected(std::move(good.error()));
    return value::deepCopy(call[0]);
}

Out dig(Call &call)
{
    constexpr std::size_t least = 3;
    if (call.size() < least)
        return failCall("dig needs at least three arguments");
    const auto notA = [](const Value &value, std::string_view wanted) {
        return failCall("interface conversion: interface {} is "
            + (value.isNull() ? "nil" : std::string(gotemplate::typeName(value))) + ", not " + std::string(wanted));
    };
    const auto isDict = [](const Value &value) { return value.isMap() && value.origin() == Origin::None; };
    const Value *step = &call[call.size() - 1];
    if (!isDict(*step))
        return notA(*step, "map[string]interface {}");
    for (std::size_t i = 0; i + 2 < call.size(); ++i) {
        if (!call[i].isString())
            return notA(call[i], "string");
    }
    for (std::size_t i = 0; i + 2 < call.size(); ++i) {
        if (!isDict(*step))
            return notA(*step, "map[string]interface {}");
        step = step->asMap().get(call.text(i));
        if (step == nullptr)
            return call[call.size() - 2];
    }
    return *step;
}

constexpr Type A = Type::Any;
constexpr Type M = Type::Map;
constexpr Type S = Type::String;
constexpr bool Variadic = true;
constexpr FunctionSpec Table[] = {
    {"dict", {{A}, Variadic}, dict},
    {"get", {{M, S}}, get},
    {"set", {{M, S, A}}, set},
    {"unset", {{M, S}}, unset},
    {"hasKey", {{M, S}}, hasKey},
    {"pluck", {{S, M}, Variadic}, pluck},
    {"keys", {{M}, Variadic}, keys},
    {"values", {M}, values},
    {"pick", {{M, S}, Variadic}, pick},
    {"omit", {{M, S}, Variadic}, omit},
    {"merge", {{M, M}, Variadic}, merge},
    {"mustMerge", {{M, M}, Variadic}, merge},
    {"mergeOverwrite", {{M, M}, Variadic}, mergeOverwrite},
    {"mustMergeOverwrite", {{M, M}, Variadic}, mergeOverwrite},
    {"deepCopy", {A}, deepCopy},
    {"mustDeepCopy", {A}, deepCopy},
    {"dig", {{A}, Variadic}, dig},
};

} // namespace

void mergeMaps(Value &into, const Value &from, bool overwrites)
{
    if (!from.isMap())
        return;
    if (!into.isMap())
        into = Value::map();
    mergeInto(into.asMap(), from.asMap(), overwrites, 0);
}

std::span<const FunctionSpec> dictFunctions()
{
    return Table;
}

} // namespace fairway::funcs
