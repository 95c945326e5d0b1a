#include "core/route/weight_edit_yaml.h"

#include "core/route/shape_reader.h"
#include "core/route/weights.h"
#include "core/value/patch.h"
#include "core/value/pointer.h"
#include "core/value/yaml.h"
#include "core/value/yaml_tree.h"

#include <algorithm>
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

    tl::unexpected<Error> shared(const YamlNode &node, std::string_view what)
    {
        return fail(ErrorCode::InvalidInput,
            "line " + std::to_string(node.start.line) + ": " + std::string(what)
                + ", so one change would reach two places: write the weights out first");
    }

    bool isAliasOf(const YamlNode &node, std::string_view anchor)
    {
        if (node.kind == YamlNode::Kind::Alias)
            return node.text == anchor;
        return std::any_of(node.items.begin(), node.items.end(), [&](const YamlNode &item) { return isAliasOf(item, anchor); })
            || std::any_of(node.members.begin(), node.members.end(),
                [&](const auto &member) { return isAliasOf(member.first, anchor) || isAliasOf(member.second, anchor); });
    }

    /// The map that holds the weight. Every node on the way must stand here alone: no alias, no merge key, no anchor that
    /// somebody refers to.
    Result<const YamlNode *> descend(const YamlNode &document, const std::vector<std::string> &tokens)
    {
        const YamlNode *node = &document;
        for (std::size_t i = 0;; ++i) {
            if (node->kind == YamlNode::Kind::Alias)
                return shared(*node, "*" + node->text + " stands for another place");
            if (!node->anchor.empty() && isAliasOf(document, node->anchor))
                return shared(*node, "&" + node->anchor + " is used elsewhere");
            if (i == tokens.size())
                break;
            const YamlNode *next = nullptr;
            if (node->kind == YamlNode::Kind::Map) {
                next = node->member(tokens[i]);
                if (next == nullptr && node->member("<<") != nullptr)
                    return shared(*node->member("<<"), "`" + tokens[i] + "` comes from a merge key");
            } else if (node->kind == YamlNode::Kind::List) {
                next = node->at("/" + tokens[i]);
            }
            if (next == nullptr)
                return fail(ErrorCode::InvalidInput, "line " + std::to_string(node->start.line) + ": no `" + tokens[i] + "` here");
            node = next;
        }
        if (node->kind != YamlNode::Kind::Map)
            return fail(ErrorCode::InvalidInput, "line " + std::to_string(node->start.line) + ": a map is expected here");
        return node;
    }

    std::string_view lineBreakOf(std::string_view text)
    {
        const std::size_t end = text.find('\n');
        return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
    }

    /// What stands before a key on its own line, with dashes turned into spaces: the indentation of its neighbours.
    std::string indentBefore(std::string_view text, std::size_t offset)
    {
        const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
        std::string indent(text.substr(begin, offset - begin));
        for (char &c : indent)
            c = c == ' ' || c == '\t' ? c : ' ';
        return indent;
    }

    std::string keyText(const YamlNode &neighbour, std::string_view key)
    {
        // In JSON, and where the neighbours are quoted, the new key is quoted too.
        if (neighbour.style == YamlNode::Style::DoubleQuoted)
            return "\"" + std::string(key) + "\"";
        if (neighbour.style == YamlNode::Style::SingleQuoted)
            return "'" + std::string(key) + "'";
        return std::string(key);
    }

    /// Where the text of a node ends, or 0 when that is not certain (block scalars swallow the lines after them).
    std::size_t certainEnd(const YamlNode &node)
    {
        if (node.style == YamlNode::Style::Flow)
            return node.end.offset;
        if (!node.items.empty())
            return certainEnd(node.items.back());
        if (!node.members.empty())
            return certainEnd(node.members.back().second);
        const bool isBlock = node.style == YamlNode::Style::Literal || node.style == YamlNode::Style::Folded;
        return isBlock || node.start.offset == node.end.offset ? 0 : node.end.offset;
    }

    value::TextEdit flowInsertion(std::string_view text, const YamlNode &map, const std::string &entry)
    {
        const auto &[key, last] = map.members.back();
        // Where each member has a line of its own, the new one gets one too.
        const std::size_t keyAt = key.start.offset;
        const std::size_t lineStart = keyAt == 0 ? 0 : text.rfind('\n', keyAt - 1) + 1;
        const bool isAlone = lineStart > 0
            && text.substr(lineStart, keyAt - lineStart).find_first_not_of(" \t") == std::string_view::npos;
        const std::string gap
            = isAlone ? std::string(lineBreakOf(text)).append(text.substr(lineStart, keyAt - lineStart)) : std::string(" ");
        const std::size_t at = std::max(last.end.offset, key.end.offset);
        return {at, at, "," + gap + entry};
    }

    /// Below the last member that ends on a line of its own; else before the first member, which is always possible.
    value::TextEdit blockInsertion(std::string_view text, const YamlNode &map, const std::string &entry)
    {
        const std::size_t first = map.members.front().first.start.offset;
        const std::string indent = indentBefore(text, first);
        const std::string lineBreak(lineBreakOf(text));
        for (auto member = map.members.rbegin(); member != map.members.rend(); ++member) {
            const std::size_t end = certainEnd(member->second);
            if (end == 0 || end > text.size())
                continue;
            const std::size_t lineEnd = text.find('\n', end);
            const std::string_view tail
                = text.substr(end, lineEnd == std::string_view::npos ? lineEnd : lineEnd - end);
            const std::size_t mark = tail.find_first_not_of(" \t\r");
            if (mark != std::string_view::npos && tail[mark] != '#')
                continue;
            if (lineEnd == std::string_view::npos)
                return {text.size(), text.size(), lineBreak + indent + entry};
            return {lineEnd + 1, lineEnd + 1, indent + entry + lineBreak};
        }
        return {first, first, entry + lineBreak + indent};
    }

    Result<value::TextEdit> insertion(
        std::string_view text, const YamlNode &map, std::string_view key, const std::string &written)
    {
        const std::string line = "line " + std::to_string(map.start.line) + ": ";
        if (const YamlNode *merge = map.member("<<"))
            return shared(*merge, "a merge key stands beside the weight");
        if (map.members.empty())
            return fail(ErrorCode::InvalidInput, line + "nothing to put the weight beside");
        const YamlNode &first = map.members.front().first;
        if (!first.anchor.empty() || !first.tag.empty() || first.kind != YamlNode::Kind::Scalar)
            return fail(ErrorCode::InvalidInput, line + "can't put a weight beside this key: edit the file by hand");
        const std::string entry = keyText(map.members.back().first, key) + ": " + written;
        return map.style == YamlNode::Style::Flow ? flowInsertion(text, map, entry) : blockInsertion(text, map, entry);
    }

    /// The number in the manner of what stood there: an annotation keeps its quotes.
    std::string inStyle(const std::string &number, YamlNode::Style style)
    {
        if (style == YamlNode::Style::DoubleQuoted)
            return "\"" + number + "\"";
        if (style == YamlNode::Style::SingleQuoted)
            return "'" + number + "'";
        return number;
    }

    Result<value::TextEdit> editFor(
        std::string_view text, const YamlNode &document, const Found &object, const value::Change &change)
    {
        std::vector<std::string> tokens = value::splitPointer(change.pointer);
        if (object.item >= 0) {
            const std::string prefix[] = {"items", std::to_string(object.item)};
            tokens.insert(tokens.begin(), std::begin(prefix), std::end(prefix));
        }
        const std::string key = tokens.back();
        tokens.pop_back();
        const Result<const YamlNode *> parent = descend(document, tokens);
        if (!parent)
            return tl::unexpected(parent.error());
        const bool isText = change.after.isString();
        const std::string number = isText ? change.after.asString() : std::to_string(change.after.intOr(0));
        const YamlNode *old = (*parent)->member(key);
        if (old == nullptr)
            return insertion(text, **parent, key, isText ? inStyle(number, YamlNode::Style::DoubleQuoted) : number);
        if (old->kind == YamlNode::Kind::Alias)
            return shared(*old, "*" + old->text + " stands for another place");
        if (!old->anchor.empty() && isAliasOf(document, old->anchor))
            return shared(*old, "&" + old->anchor + " is used elsewhere");
        if (old->kind != YamlNode::Kind::Scalar || old->style == YamlNode::Style::Literal || old->style == YamlNode::Style::Folded)
            return fail(ErrorCode::InvalidInput, "line " + std::to_string(old->start.line) + ": the weight is no plain number");
        if (old->start.offset == old->end.offset) // "weight:" and nothing
            return value::TextEdit {old->start.offset, old->start.offset, " " + number};
        const YamlNode::Style style = isText && old->style == YamlNode::Style::Plain ? YamlNode::Style::DoubleQuoted : old->style;
        return value::TextEdit {old->start.offset, old->end.offset, inStyle(number, style)};
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
        Result<value::TextEdit> edit = editFor(text, (*trees)[found->document], *found, change);
        if (!edit)
            return failWith(describe(object), edit.error());
        edits.push_back(std::move(*edit));
    }
    Result<std::string> edited = value::applyEdits(text, std::move(edits));
    if (!edited)
        return edited;
    if (Result<void> same = verify(*edited, *documents, *found, *after); !same)
        return failWith(describe(object), same.error());
    return edited;
}

} // namespace fairway::route
