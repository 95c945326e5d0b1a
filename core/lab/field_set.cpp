#include "core/lab/field_set.h"

#include "core/value/json.h"
#include "core/value/server_fields.h"

#include <algorithm>
#include <optional>

namespace fairway::lab {

using value::Value;

FieldSet FieldSet::fromFieldsV1(const Value &fields)
{
    FieldSet set;
    if (!fields.isMap())
        return set;
    for (const auto &[key, member] : fields.asMap()) {
        if (key == ".") {
            set.isMember = true;
            continue;
        }
        FieldSet child = fromFieldsV1(member);
        if (child.isEmpty())
            child.isMember = true; // {} stands for the field itself
        set.children.emplace(key, std::move(child));
    }
    return set;
}

Value FieldSet::toFieldsV1() const
{
    Value fields = Value::map();
    if (isMember && !children.empty())
        fields.set(".", Value::map());
    for (const auto &[key, child] : children)
        fields.set(key, child.toFieldsV1());
    return fields;
}

void FieldSet::unite(const FieldSet &other)
{
    isMember = isMember || other.isMember;
    for (const auto &[key, theirs] : other.children)
        children[key].unite(theirs);
}

void FieldSet::subtract(const FieldSet &other)
{
    if (other.isMember)
        isMember = false;
    for (const auto &[key, theirs] : other.children) {
        const auto mine = children.find(key);
        if (mine == children.end())
            continue;
        mine->second.subtract(theirs);
        if (mine->second.isEmpty())
            children.erase(mine);
    }
}

FieldSet FieldSet::intersected(const FieldSet &other) const
{
    FieldSet result;
    result.isMember = isMember && other.isMember;
    for (const auto &[key, mine] : children) {
        if (const FieldSet *theirs = other.child(key)) {
            FieldSet both = mine.intersected(*theirs);
            if (!both.isEmpty())
                result.children.emplace(key, std::move(both));
        }
    }
    return result;
}

const FieldSet *FieldSet::child(std::string_view key) const
{
    const auto found = children.find(key);
    return found == children.end() ? nullptr : &found->second;
}

void FieldSet::removeChild(std::string_view key)
{
    const auto found = children.find(key);
    if (found != children.end())
        children.erase(found);
}

namespace {

std::string readable(std::string_view element)
{
    const std::string_view body = element.substr(std::min<std::size_t>(2, element.size()));
    if (element.starts_with("f:"))
        return "." + std::string(body);
    if (element.starts_with("v:"))
        return "[=" + std::string(body) + "]";
    std::string text = "[";
    if (const auto keys = value::parseJson(body); keys && keys->isMap()) {
        for (const auto &[key, member] : keys->asMap())
            text += (text.size() > 1 ? "," : "") + key + "=" + value::toJson(member);
    }
    return text + "]";
}

void collectPaths(const FieldSet &set, const std::string &path, std::vector<std::string> &paths)
{
    if (set.isMember)
        paths.push_back(path);
    for (const auto &[key, child] : set.children)
        collectPaths(child, path + readable(key), paths);
}

/// The path with one more name for as long as it lives.
class Step {
public:
    Step(FieldPath &path, std::string_view name)
        : m_path(path)
    {
        m_path.push_back(name);
    }
    ~Step() { m_path.pop_back(); }
    Step(const Step &) = delete;
    Step &operator=(const Step &) = delete;

private:
    FieldPath &m_path;
};

using Items = std::map<std::string, const Value *, std::less<>>;

/// Items by identity; nullopt when the list has to be taken as a whole (an item without key, or two alike).
std::optional<Items> itemsByKey(const Value &list, const ListShape &shape)
{
    if (shape.kind == ListShape::Kind::Atomic || !list.isList())
        return std::nullopt;
    Items items;
    for (const Value &item : list.asList()) {
        std::string key = itemKey(item, shape);
        if (key.empty() || !items.emplace(std::move(key), &item).second)
            return std::nullopt;
    }
    return items;
}

void collect(const Value &node, FieldPath &path, const Structure &structure, bool marks, FieldSet &into)
{
    if (node.isMap() && node.size() > 0 && !structure.isAtomicMap(path)) {
        into.isMember = into.isMember || marks;
        for (const auto &[name, member] : node.asMap()) {
            const Step step(path, name);
            collect(member, path, structure, marks, into.children["f:" + name]);
        }
        return;
    }
    if (node.isList() && node.size() > 0) {
        const ListShape shape = structure.list(path);
        if (const auto items = itemsByKey(node, shape)) {
            into.isMember = into.isMember || marks;
            for (const auto &[key, item] : *items) {
                FieldSet &child = into.children[key];
                child.isMember = true;
                if (shape.kind == ListShape::Kind::Keyed)
                    collect(*item, path, structure, marks, child);
            }
            return;
        }
    }
    into.isMember = true;
}

void putUnlessEmpty(FieldSet &parent, const std::string &key, FieldSet child)
{
    if (!child.isEmpty())
        parent.children[key].unite(child);
}

void compare(const Value &before, const Value &after, FieldPath &path, const Structure &structure, FieldChanges &into);

void compareChild(const std::string &element, const Value *before, const Value *after, FieldPath &path,
    const Structure &structure, bool isScalarItem, FieldChanges &into)
{
    FieldChanges child;
    if (before && after) {
        if (!isScalarItem)
            compare(*before, *after, path, structure, child);
    } else if (after) {
        child.changed.isMember = element.front() != 'f';
        if (!isScalarItem)
            collect(*after, path, structure, true, child.changed);
    } else if (before) {
        child.removed.isMember = element.front() != 'f';
        if (!isScalarItem)
            collect(*before, path, structure, true, child.removed);
    }
    putUnlessEmpty(into.changed, element, std::move(child.changed));
    putUnlessEmpty(into.removed, element, std::move(child.removed));
}

void compare(const Value &before, const Value &after, FieldPath &path, const Structure &structure, FieldChanges &into)
{
    if (before.isMap() && after.isMap() && !structure.isAtomicMap(path)) {
        for (const auto &[name, member] : after.asMap()) {
            const Step step(path, name);
            compareChild("f:" + name, before.asMap().get(name), &member, path, structure, false, into);
        }
        for (const auto &[name, member] : before.asMap()) {
            if (after.asMap().get(name))
                continue;
            const Step step(path, name);
            compareChild("f:" + name, &member, nullptr, path, structure, false, into);
        }
        return;
    }
    if (before.isList() && after.isList()) {
        const ListShape shape = structure.list(path);
        const auto oldItems = itemsByKey(before, shape);
        const auto newItems = itemsByKey(after, shape);
        if (oldItems && newItems) {
            const bool isScalarItem = shape.kind == ListShape::Kind::Set;
            for (const auto &[key, item] : *newItems) {
                const auto old = oldItems->find(key);
                compareChild(key, old == oldItems->end() ? nullptr : old->second, item, path, structure, isScalarItem, into);
            }
            for (const auto &[key, item] : *oldItems) {
                if (!newItems->contains(key))
                    compareChild(key, item, nullptr, path, structure, isScalarItem, into);
            }
            return;
        }
    }
    if (!(before == after))
        collect(after, path, structure, true, into.changed);
}

Value merge(const Value &live, const Value &applied, FieldPath &path, const Structure &structure)
{
    if (applied.isMap() && live.isMap() && !structure.isAtomicMap(path)) {
        Value result = Value::map();
        for (const auto &[name, member] : live.asMap())
            result.set(name, value::deepCopy(member));
        for (const auto &[name, member] : applied.asMap()) {
            const Step step(path, name);
            const Value *existing = live.asMap().get(name);
            result.set(name, existing ? merge(*existing, member, path, structure) : value::deepCopy(member));
        }
        return result;
    }
    if (applied.isList() && live.isList()) {
        const ListShape shape = structure.list(path);
        const auto liveItems = itemsByKey(live, shape);
        const auto appliedItems = itemsByKey(applied, shape);
        if (liveItems && appliedItems) {
            // What only the live list has keeps its place in front; then the applied ones in their own order.
            Value result = Value::list();
            for (const Value &item : live.asList()) {
                if (!appliedItems->contains(itemKey(item, shape)))
                    result.append(value::deepCopy(item));
            }
            for (const Value &item : applied.asList()) {
                const auto existing = liveItems->find(itemKey(item, shape));
                result.append(existing != liveItems->end() && item.isMap() ? merge(*existing->second, item, path, structure)
                                                                           : value::deepCopy(item));
            }
            return result;
        }
    }
    return value::deepCopy(applied);
}

bool holds(const FieldSet *set)
{
    return set && !set->isEmpty();
}

void prune(Value &node, const FieldSet &dropped, const FieldSet &kept, FieldPath &path, const Structure &structure)
{
    if (node.isMap()) {
        for (const auto &[element, child] : dropped.children) {
            if (!element.starts_with("f:"))
                continue;
            const std::string name = element.substr(2);
            Value *member = node.asMap().get(name);
            if (!member)
                continue;
            const FieldSet *keptChild = kept.child(element);
            const Step step(path, name);
            if (child.isMember && !holds(keptChild)) {
                node.asMap().remove(name);
                continue;
            }
            prune(*member, child, keptChild ? *keptChild : FieldSet {}, path, structure);
            // A map that held nothing but dropped fields goes with them.
            if (!holds(keptChild) && (member->isMap() || member->isList()) && member->size() == 0)
                node.asMap().remove(name);
        }
        return;
    }
    if (!node.isList())
        return;
    const ListShape shape = structure.list(path);
    std::erase_if(node.asList(), [&](Value &item) {
        const std::string key = itemKey(item, shape);
        const FieldSet *child = key.empty() ? nullptr : dropped.child(key);
        if (!child)
            return false;
        const FieldSet *keptChild = kept.child(key);
        if (child->isMember && !holds(keptChild))
            return true;
        prune(item, *child, keptChild ? *keptChild : FieldSet {}, path, structure);
        return false;
    });
}

} // namespace

std::vector<std::string> FieldSet::paths() const
{
    std::vector<std::string> result;
    collectPaths(*this, {}, result);
    return result;
}

FieldSet fieldsOf(const Value &object, const Structure &structure, bool marksContainers)
{
    FieldSet set;
    FieldPath path;
    collect(object, path, structure, marksContainers, set);
    set.isMember = false;
    return set;
}

FieldChanges compareFields(const Value &before, const Value &after, const Structure &structure)
{
    FieldChanges changes;
    FieldPath path;
    compare(before, after, path, structure, changes);
    return changes;
}

Value mergeApplied(const Value &live, const Value &applied, const Structure &structure)
{
    FieldPath path;
    return merge(live, applied, path, structure);
}

void pruneFields(Value &object, const FieldSet &dropped, const FieldSet &kept, const Structure &structure)
{
    FieldPath path;
    prune(object, dropped, kept, path, structure);
}

void dropServerFields(FieldSet &fields)
{
    fields.removeChild("f:apiVersion");
    fields.removeChild("f:kind");
    const auto metadata = fields.children.find("f:metadata");
    if (metadata == fields.children.end())
        return;
    metadata->second.isMember = false;
    for (const char *name : {"f:name", "f:namespace", "f:deletionTimestamp", "f:deletionGracePeriodSeconds"})
        metadata->second.removeChild(name);
    for (const std::string_view name : value::kServerMetadata)
        metadata->second.removeChild("f:" + std::string(name));
    if (metadata->second.isEmpty())
        fields.children.erase(metadata);
}

} // namespace fairway::lab
