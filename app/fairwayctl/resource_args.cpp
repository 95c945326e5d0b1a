#include "app/fairwayctl/resource_args.h"

#include "app/fairwayctl/cli.h"

#include <algorithm>

namespace fairway::ctl {

namespace {

std::vector<const kube::ResourceType *> typesOfCategory(const kube::Discovery &discovery, const std::string &category)
{
    std::vector<const kube::ResourceType *> types;
    for (const kube::ResourceType *type : discovery.preferredTypes()) {
        const auto &categories = type->categories;
        if (type->can("list") && std::find(categories.begin(), categories.end(), category) != categories.end())
            types.push_back(type);
    }
    return types;
}

Error unknownKind(const std::string &name)
{
    return {ErrorCode::NotFound, "the server doesn't have a resource type \"" + name + "\""};
}

void add(std::vector<Selection> &selections, const kube::ResourceType *type, const std::string &name)
{
    const auto known = std::find_if(selections.begin(), selections.end(), [type](const Selection &s) { return s.type == type; });
    if (known == selections.end())
        selections.push_back({type, {name}});
    else
        known->names.push_back(name);
}

} // namespace

Result<std::vector<Selection>> parseResourceArgs(const kube::Discovery &discovery, const std::vector<std::string> &args)
{
    std::vector<Selection> selections;
    if (args.empty())
        return fail(ErrorCode::InvalidInput, "say which kind of resource, for example: pods, svc/web, virtualservices");
    const bool isPaired = args.front().find('/') != std::string::npos;
    for (const std::string &arg : args) {
        const std::size_t slash = arg.find('/');
        if ((slash != std::string::npos) != isPaired)
            return fail(ErrorCode::InvalidInput, "\"" + arg + "\": TYPE/NAME and TYPE NAME can't be mixed");
        if (!isPaired)
            continue;
        const std::string name = arg.substr(slash + 1);
        if (name.empty() || name.find('/') != std::string::npos || slash == 0)
            return fail(ErrorCode::InvalidInput, "\"" + arg + "\": arguments in this form must be TYPE/NAME");
        const auto type = discovery.lookUp(arg.substr(0, slash));
        if (!type)
            return tl::unexpected(unknownKind(arg.substr(0, slash)));
        add(selections, *type, name);
    }
    if (isPaired)
        return selections;
    const std::vector<std::string> names(args.begin() + 1, args.end());
    for (const std::string &kind : splitAt(args.front(), ',')) {
        const auto type = discovery.lookUp(kind);
        if (type) {
            selections.push_back({*type, names});
            continue;
        }
        const auto types = typesOfCategory(discovery, kind);
        if (types.empty())
            return tl::unexpected(unknownKind(kind));
        for (const kube::ResourceType *one : types)
            selections.push_back({one, names});
    }
    return selections;
}

} // namespace fairway::ctl
