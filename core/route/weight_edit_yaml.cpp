#include "core/route/weight_edit_yaml.h"

#include "core/route/weights.h"
#include "core/value/patch.h"

#include <vector>

namespace fairway::route {

Result<RouteObject> routeInText(std::string_view text, const ObjectRef &object)
{
    const Result<ObjectInText> found = ObjectInText::find(text, object);
    if (!found)
        return tl::unexpected(found.error());
    Result<RouteObject> route = parseRoute(found->object());
    if (!route)
        return failWith(object.display(), route.error());
    return route;
}

Result<std::string> setWeightsInText(
    std::string_view text, const ObjectRef &object, const RuleRef &rule, std::span<const std::int64_t> weights)
{
    const Result<ObjectInText> found = ObjectInText::find(text, object);
    if (!found)
        return tl::unexpected(found.error());
    const Result<RouteObject> route = parseRoute(found->object());
    if (!route)
        return failWith(object.display(), route.error());
    const Rule *chosen = rule.section.empty() || rule.index < 0 ? route->headline() : route->find(rule.section, rule.index);
    if (chosen == nullptr)
        return fail(ErrorCode::NotFound, object.display() + " has no such rule with destinations");
    const Result<value::Value> after = setWeights(found->object(), chosen->section, chosen->index, weights);
    if (!after)
        return tl::unexpected(after.error());
    std::vector<value::FieldEdit> edits;
    for (const value::Change &change : value::changesBetween(found->object(), *after))
        edits.push_back({value::FieldEdit::Verb::Set, change.pointer, change.after});
    return found->withEdits(edits);
}

} // namespace fairway::route
