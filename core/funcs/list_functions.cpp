#include "core/funcs/convert.h"
#include "core/funcs/tables.h"

#include <algorithm>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

/// What reflect.TypeOf(nil).Kind() does to Sprig.
constexpr const char *NilPanic = "runtime error: invalid memory address or nil pointer dereference";

/// The argument as a list; `complaint` precedes the kind of what is none.
TemplateResult<const value::List *> listIn(const Value &value, std::string_view complaint)
{
    if (value.isNull())
        return failCall(NilPanic);
    if (!value.isList())
        return failCall(std::string(complaint) + kindName(value));
    return &value.asList();
}

template <typename Begin, typename End>
Value listOf(Begin begin, End end)
{
    Value list = Value::list();
    list.asList().assign(begin, end);
    return list;
}

Out list(Call &call)
{
    return listOf(std::make_move_iterator(call.arguments().begin()), std::make_move_iterator(call.arguments().end()));
}

Out push(Call &call)
{
    const auto items = listIn(call[0], "Cannot push on type ");
    if (!items)
        return tl::unexpected(items.error());
    Value out = Value::list();
    out.asList().reserve((*items)->size() + 1);
    out.asList().assign((*items)->begin(), (*items)->end());
    out.asList().push_back(std::move(call[1]));
    return out;
}

Out prepend(Call &call)
{
    const auto items = listIn(call[0], "Cannot prepend on type ");
    if (!items)
        return tl::unexpected(items.error());
    Value out = listOf((*items)->begin(), (*items)->end());
    out.asList().insert(out.asList().begin(), std::move(call[1]));
    return out;
}

Out first(Call &call)
{
    const auto items = listIn(call[0], "Cannot find first on type ");
    if (!items)
        return tl::unexpected(items.error());
    return (*items)->empty() ? Value() : (*items)->front();
}

Out last(Call &call)
{
    const auto items = listIn(call[0], "Cannot find last on type ");
    if (!items)
        return tl::unexpected(items.error());
    return (*items)->empty() ? Value() : (*items)->back();
}

Out rest(Call &call)
{
    const auto items = listIn(call[0], "Cannot find rest on type ");
    if (!items)
        return tl::unexpected(items.error());
    return (*items)->empty() ? Value::list() : listOf((*items)->begin() + 1, (*items)->end());
}

Out initial(Call &call)
{
    const auto items = listIn(call[0], "Cannot find initial on type ");
    if (!items)
        return tl::unexpected(items.error());
    return (*items)->empty() ? Value::list() : listOf((*items)->begin(), (*items)->end() - 1);
}

Out reverse(Call &call)
{
    const auto items = listIn(call[0], "Cannot find reverse on type ");
    if (!items)
        return tl::unexpected(items.error());
    return listOf((*items)->rbegin(), (*items)->rend());
}

Out compact(Call &call)
{
    const auto items = listIn(call[0], "Cannot compact on type ");
    if (!items)
        return tl::unexpected(items.error());
    Value out = Value::list();
    for (const Value &item : **items) {
        if (!isEmpty(item))
            out.append(item);
    }
    return out;
}

bool isIn(std::span<const Value> items, const Value &wanted)
{
    return std::any_of(items.begin(), items.end(), [&](const Value &item) { return deepEqual(wanted, item); });
}

Out uniq(Call &call)
{
    const auto items = listIn(call[0], "Cannot find uniq on type ");
    if (!items)
        return tl::unexpected(items.error());
    Value out = Value::list();
    for (const Value &item : **items) {
        if (!isIn(out.asList(), item))
            out.append(item);
    }
    return out;
}

Out without(Call &call)
{
    const auto items = listIn(call[0], "Cannot find without on type ");
    if (!items)
        return tl::unexpected(items.error());
    Value out = Value::list();
    for (const Value &item : **items) {
        if (!isIn(call.arguments().subspan(1), item))
            out.append(item);
    }
    return out;
}

Out has(Call &call)
{
    if (call[1].isNull())
        return Value(false);
    const auto items = listIn(call[1], "Cannot find has on type ");
    if (!items)
        return tl::unexpected(items.error());
    return Value(isIn(**items, call[0]));
}

Out slice(Call &call)
{
    const auto items = listIn(call[0], "list should be type of slice or array but ");
    if (!items)
        return tl::unexpected(items.error());
    const auto size = static_cast<std::int64_t>((*items)->size());
    if (size == 0)
        return Value();
    const std::int64_t begin = call.size() > 1 ? toInt64(call[1]) : 0;
    const std::int64_t end = call.size() > 2 ? toInt64(call[2]) : size;
    if (begin < 0 || end < begin || end > size)
        return failCall("reflect.Value.Slice: slice index out of bounds");
    return listOf((*items)->begin() + begin, (*items)->begin() + end).withOrigin(call[0].origin());
}

Out concat(Call &call)
{
    Value out = Value::list();
    for (const Value &value : call.arguments()) {
        if (value.isNull())
            return failCall(NilPanic);
        if (!value.isList())
            return failCall("Cannot concat type " + kindName(value) + " as list");
        // Before they are copied: a list that doubles in a loop ends here, not when the memory does.
        constexpr std::int64_t most = MaxItems / 4;
        if (static_cast<std::int64_t>(out.size() + value.size()) > most)
            return tooLarge();
        out.asList().insert(out.asList().end(), value.asList().begin(), value.asList().end());
    }
    return out;
}

Out chunk(Call &call)
{
    const std::int64_t size = call.integer(0);
    const auto items = listIn(call[1], "Cannot chunk type ");
    if (!items)
        return tl::unexpected(items.error());
    Value out = Value::list().withOrigin(Origin::Lists);
    if (size <= 0)
        return (*items)->empty() ? Out(std::move(out)) : failCall("runtime error: makeslice: len out of range");
    const value::List &all = **items;
    for (std::size_t begin = 0; begin < all.size(); begin += static_cast<std::size_t>(size)) {
        const std::size_t end = std::min(all.size(), begin + static_cast<std::size_t>(size));
        out.append(listOf(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)));
    }
    return out;
}

Out sortAlpha(Call &call)
{
    std::vector<std::string> texts = call[0].isList() ? textsOf(call[0]) : std::vector {textOf(call[0])};
    std::sort(texts.begin(), texts.end());
    return stringList(std::move(texts));
}

Out toStrings(Call &call)
{
    return stringList(textsOf(call[0]));
}

constexpr Type A = Type::Any;
constexpr bool Variadic = true;
constexpr FunctionSpec Table[] = {
    {"tuple", {{A}, Variadic}, list},
    {"list", {{A}, Variadic}, list},
    {"append", {{A, A}}, push},
    {"push", {{A, A}}, push},
    {"mustAppend", {{A, A}}, push},
    {"mustPush", {{A, A}}, push},
    {"prepend", {{A, A}}, prepend},
    {"mustPrepend", {{A, A}}, prepend},
    {"first", {A}, first},
    {"mustFirst", {A}, first},
    {"last", {A}, last},
    {"mustLast", {A}, last},
    {"rest", {A}, rest},
    {"mustRest", {A}, rest},
    {"initial", {A}, initial},
    {"mustInitial", {A}, initial},
    {"reverse", {A}, reverse},
    {"mustReverse", {A}, reverse},
    {"compact", {A}, compact},
    {"mustCompact", {A}, compact},
    {"uniq", {A}, uniq},
    {"mustUniq", {A}, uniq},
    {"without", {{A, A}, Variadic}, without},
    {"mustWithout", {{A, A}, Variadic}, without},
    {"has", {{A, A}}, has},
    {"mustHas", {{A, A}}, has},
    {"slice", {{A, A}, Variadic}, slice},
    {"mustSlice", {{A, A}, Variadic}, slice},
    {"concat", {{A}, Variadic}, concat},
    {"chunk", {{Type::Int, A}}, chunk},
    {"mustChunk", {{Type::Int, A}}, chunk},
    {"sortAlpha", {A}, sortAlpha},
    {"toStrings", {A}, toStrings},
};

} // namespace

std::span<const FunctionSpec> listFunctions()
{
    return Table;
}

} // namespace fairway::funcs
