#include "core/route/weight_edit_yaml.h"

#include "core/route/shape_reader.h"
#include "core/route/weights.h"
#include "core/value/patch.h"
#include "core/value/pointer.h"
#include "core/value/yaml.h"
#include "core/value/yaml_edit.h"
#include "core/value/yaml_tree.h"

#include <iterator>
#include <optional>

namespace fairway::route {
namespace {

    using value::Value;
    using value::YamlNode;

    /// One object of the file: its data, and where it stands.
    struct Found {
        Value data;
        std::size_t document = 0; ///< Index among the documents that are maps.
        int item = -1;            ///< Index in a List object; -1: the document itself.
    };

    bool isObject(const Value &data, const ObjectRef &ref)
    {
        return data["kind"].stringOr() == ref.kind && data["metadata"]["name"].stringOr() == ref.name
            && (ref.ns.empty() || data["metadata"]["namespace"].stringOr("default") == ref.ns);
    }

    std::string describe(const ObjectRef &ref)
    {
        return ref.kind + " " + (ref.ns.empty() ? "" : ref.ns + "/") + ref.name;
    }

    /// Only maps can be objects; what else stands in the file is left out on both sides, so that indices agree.
    Result<std::vector<Value>> objectsOf(std::string_view text)
    {
        Result<std::vector<Value>> documents = value::parseYamlDocuments(text);
        if (documents)
            std::erase_if(*documents, [](const Value &document) { return !document.isMap(); });
        return documents;
    }

    Result<Found> find(const std::vector<Value> &documents, const ObjectRef &ref)
    {
        std::optional<Found> found;
        const auto take = [&](Found candidate) {
            const bool isFirst = !found;
            if (isFirst)
                found = std::move(candidate);
            return isFirst;
        };
        for (std::size_t i = 0; i < documents.size(); ++i) {
            bool isUnique = true;
            if (isObject(documents[i], ref))
                isUnique = take({documents[i], i, -1});
            const Value &items = documents[i]["items"];
            for (std::size_t n = 0; isUnique && n < items.size(); ++n) {
                if (!isObject(items[n], ref))
                    continue;
                isUnique = take({items[n], i, static_cast<int>(n)});
            }
            if (!isUnique)
                return fail(ErrorCode::InvalidInput, describe(ref) + " stands in the file twice: name its namespace");
        }
        if (!found)
            return fail(ErrorCode::NotFound, "the file holds no " + describe(ref));
        return *found;
    }

    Result<value::YamlEdits> editsFor(std::string_view text, const YamlNode &document, const Found &object, const value::Change &change)
    {
        std::vector<std::string> steps = value::splitPointer(change.pointer);
        if (object.item >= 0) {
            const std::string prefix[] = {"items", std::to_string(object.item)};
            steps.insert(steps.begin(), std::begin(prefix), std::end(prefix));
        }
        return value::editsToSet(text, document, steps, change.after);
    }

    /// The edited text must read as the old one but for the weights: whatever a strange layout did to us is caught here.
    Result<void> verify(const std::string &edited, std::vector<Value> expected, const Found &object, const Value &after)
    {
        if (object.item < 0) {
            expected[object.document] = after;
        } else {
            Value document = value::deepCopy(expected[object.document]);
            document.asMap().get("items")->asList()[static_cast<std::size_t>(object.item)] = after;
            expected[object.document] = document;
        }
        const Result<std::vector<Value>> read = objectsOf(edited);
        if (!read || *read != expected)
            return fail(ErrorCode::InvalidInput, "the weights can't be changed without touching more of this layout: edit the file by hand");
        return {};
    }

} // namespace

Result<RouteObject> routeInText(std::string_view text, const ObjectRef &object)
{
    const Result<std::vector<Value>> documents = objectsOf(text);
    if (!documents)
        return tl::unexpected(documents.error());
    const Result<Found> found = find(*documents, object);
    if (!found)
        return tl::unexpected(found.error());
    Result<RouteObject> route = parseRoute(found->data);
    if (!route)
        return failWith(describe(object), route.error());
    return route;
}

Result<std::string> setWeightsInText(
    std::string_view text, const ObjectRef &object, const RuleRef &rule, std::span<const std::int64_t> weights)
{
    Result<std::vector<YamlNode>> trees = value::parseYamlTree(text);
    if (!trees)
        return tl::unexpected(trees.error());
    std::erase_if(*trees, [](const YamlNode &root) { return root.kind != YamlNode::Kind::Map; });
    const Result<std::vector<Value>> documents = objectsOf(text);
    if (!documents)
        return tl::unexpected(documents.error());
    if (trees->size() != documents->size())
        return fail(ErrorCode::InvalidInput, "the documents of the file can't be told apart");
    const Result<Found> found = find(*documents, object);
    if (!found)
        return tl::unexpected(found.error());
    const Result<RouteObject> route = parseRoute(found->data);
    if (!route)
        return failWith(describe(object), route.error());
    const Rule *chosen = rule.section.empty() || rule.index < 0 ? route->headline() : route->find(rule.section, rule.index);
    if (chosen == nullptr)
        return fail(ErrorCode::NotFound, describe(object) + " has no such rule with destinations");
    const Result<Value> after = setWeights(found->data, chosen->section, chosen->index, weights);
    if (!after)
        return tl::unexpected(after.error());

    std::vector<value::TextEdit> edits;
    for (const value::Change &change : value::changesBetween(found->data, *after)) {
        Result<value::YamlEdits> edit = editsFor(text, (*trees)[found->document], *found, change);
        if (!edit)
            return failWith(describe(object), edit.error());
        edits.insert(edits.end(), edit->begin(), edit->end());
    }
    Result<std::string> edited = value::applyEdits(text, std::move(edits));
    if (!edited)
        return edited;
    if (Result<void> same = verify(*edited, *documents, *found, *after); !same)
        return failWith(describe(object), same.error());
    return edited;
}

} // namespace fairway::route
