#include "core/funcs/convert.h"
#include "core/funcs/tables.h"

#include <vector>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

/// Go's path.Clean: the shortest path that means the same.
std::string cleaned(std::string_view path)
{
    if (path.empty())
        return ".";
    const bool isRooted = path.front() == '/';
    std::vector<std::string_view> steps;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        const std::string_view step = path.substr(at, slash - at);
        at = slash + 1;
        if (step.empty() || step == ".")
            continue;
        if (step != "..")
            steps.push_back(step);
        else if (!steps.empty() && steps.back() != "..")
            steps.pop_back();
        else if (!isRooted)
            steps.push_back(step);
    }
    std::string out = isRooted ? "/" : "";
    for (const std::string_view step : steps) {
        if (!out.empty() && out.back() != '/')
            out += '/';
        out += step;
    }
    return out.empty() ? "." : out;
}

Out clean(Call &call)
{
    return Value(cleaned(call.text(0)));
}

Out base(Call &call)
{
    std::string_view path = call.text(0);
    if (path.empty())
        return Value(".");
    while (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    if (path.empty())
        return Value("/");
    return Value(path.substr(path.rfind('/') + 1));
}

Out dir(Call &call)
{
    const std::string_view path = call.text(0);
    return Value(cleaned(path.substr(0, path.rfind('/') + 1)));
}

Out ext(Call &call)
{
    const std::string_view path = call.text(0);
    const std::size_t dot = path.rfind('.');
    if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos)
        return Value("");
    return Value(path.substr(dot));
}

Out isAbs(Call &call)
{
    return Value(call.text(0).starts_with('/'));
}

constexpr Type S = Type::String;
constexpr FunctionSpec Table[] = {
    {"base", {S}, base},
    {"dir", {S}, dir},
    {"clean", {S}, clean},
    {"ext", {S}, ext},
    {"isAbs", {S}, isAbs},
    {"osBase", {S}, base},
    {"osDir", {S}, dir},
    {"osClean", {S}, clean},
    {"osExt", {S}, ext},
    {"osIsAbs", {S}, isAbs},
};

} // namespace

std::span<const FunctionSpec> pathFunctions()
{
    return Table;
}

} // namespace fairway::funcs
