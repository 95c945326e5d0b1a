#include "core/value/patch.h"

#include "core/value/pointer.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace fairway::value {

namespace {

constexpr std::size_t MostOperations = 10'000;
constexpr std::size_t MostCopiedNodes = 1'000'000;

struct Location {
    Value *parent = nullptr;
    std::string last;
};

std::size_t countNodes(const Value &value)
{
    std::size_t count = 1;
    if (value.isList()) {
        for (const Value &item : value.asList())
            count += countNodes(item);
    } else if (value.isMap()) {
        for (const auto &[key, member] : value.asMap())
            count += countNodes(member);
    }
    return count;
}

Value *child(Value &parent, const std::string &step)
{
    if (parent.isMap())
        return parent.asMap().get(step);
    if (!parent.isList())
        return nullptr;
    const auto index = pointerIndex(step);
    List &items = parent.asList();
    return index && *index < items.size() ? &items[*index] : nullptr;
}

class Patcher {
public:
    explicit Patcher(const Value &target)
        : m_root(deepCopy(target))
    {
    }

    Result<void> apply(const Value &op)
    {
        const std::string_view name = op["op"].stringOr();
        if (!op.isMap() || !op["path"].isString())
            return fail(ErrorCode::InvalidInput, "an operation needs op and path");
        const std::string_view path = op["path"].stringOr();
        if (!path.empty() && path.front() != '/')
            return fail(ErrorCode::InvalidInput, "a path starts with /");
        const bool needsValue = name == "add" || name == "replace" || name == "test";
        if (needsValue && op.asMap().get("value") == nullptr)
            return fail(ErrorCode::InvalidInput, "the value is missing");
        if (name == "add")
            return add(path, deepCopy(op["value"]));
        if (name == "remove")
            return remove(path).map([](Value &&) { });
        if (name == "replace")
            return replace(path, deepCopy(op["value"]));
        if (name == "test")
            return test(path, op["value"]);
        if (name == "copy" || name == "move")
            return transfer(op["from"], path, name == "move");
        return fail(ErrorCode::InvalidInput, "op must be add, remove, replace, move, copy or test");
    }

    Value takeResult() { return std::move(m_root); }

private:
    Value *find(std::string_view path)
    {
        Value *node = &m_root;
        for (const std::string &step : splitPointer(path)) {
            node = child(*node, step);
            if (node == nullptr)
                return nullptr;
        }
        return node;
    }

    Result<Location> parentOf(std::string_view path)
    {
        std::vector<std::string> parts = splitPointer(path);
        Location location {&m_root, std::move(parts.back())};
        parts.pop_back();
        for (const std::string &step : parts) {
            location.parent = child(*location.parent, step);
            if (location.parent == nullptr)
                return fail(ErrorCode::InvalidInput, "nothing stands at " + childPointer({}, step).substr(1));
        }
        return location;
    }

    Result<void> add(std::string_view path, Value value)
    {
        if (path.empty()) {
            m_root = std::move(value);
            return {};
        }
        auto location = parentOf(path);
        if (!location)
            return tl::unexpected<Error>(std::move(location).error());
        Value &parent = *location->parent;
        if (parent.isMap()) {
            parent.asMap().set(location->last, std::move(value));
            return {};
        }
        if (!parent.isList())
            return fail(ErrorCode::InvalidInput, "the parent is neither a map nor a list");
        List &items = parent.asList();
        const auto index = location->last == "-" ? std::optional(items.size()) : pointerIndex(location->last);
        if (!index || *index > items.size())
            return fail(ErrorCode::InvalidInput, "no such index");
        items.insert(items.begin() + static_cast<std::ptrdiff_t>(*index), std::move(value));
        return {};
    }

    Result<Value> remove(std::string_view path)
    {
        if (path.empty())
            return std::exchange(m_root, Value());
        auto location = parentOf(path);
        if (!location)
            return tl::unexpected<Error>(std::move(location).error());
        Value &parent = *location->parent;
        const Value *found = child(parent, location->last);
        if (found == nullptr)
            return fail(ErrorCode::InvalidInput, "no such member");
        Value removed = *found;
        if (parent.isMap())
            parent.asMap().remove(location->last);
        else
            parent.asList().erase(parent.asList().begin() + static_cast<std::ptrdiff_t>(*pointerIndex(location->last)));
        return removed;
    }

    Result<void> replace(std::string_view path, Value value)
    {
        Value *found = find(path);
        if (found == nullptr)
            return fail(ErrorCode::InvalidInput, "no such member");
        *found = std::move(value);
        return {};
    }

    Result<void> test(std::string_view path, const Value &expected)
    {
        const Value *found = find(path);
        if (found == nullptr || !(*found == expected))
            return fail(ErrorCode::Conflict, "the value is another");
        return {};
    }

    Result<void> transfer(const Value &from, std::string_view path, bool isMove)
    {
        const std::string_view source = from.stringOr();
        if (!from.isString() || (!source.empty() && source.front() != '/'))
            return fail(ErrorCode::InvalidInput, "from is missing or does not start with /");
        if (isMove && path.size() > source.size() && path.substr(0, source.size()) == source && path[source.size()] == '/')
            return fail(ErrorCode::InvalidInput, "a value can't move into itself");
        if (isMove) {
            auto moved = remove(source);
            if (!moved)
                return tl::unexpected<Error>(std::move(moved).error());
            return add(path, std::move(*moved));
        }
        const Value *found = find(source);
        if (found == nullptr)
            return fail(ErrorCode::InvalidInput, "nothing stands at from");
        m_copied += countNodes(*found);
        if (m_copied > MostCopiedNodes)
            return fail(ErrorCode::LimitExceeded, "copies grow the object without measure");
        return add(path, deepCopy(*found));
    }

    Value m_root;
    std::size_t m_copied = 0;
};

void compare(const Value &before, const Value &after, const std::string &pointer, std::vector<Change> &changes)
{
    if (before.isMap() && after.isMap()) {
        const Map &olds = before.asMap();
        const Map &news = after.asMap();
        auto old = olds.begin();
        auto now = news.begin();
        // Both are sorted, so one pass meets every key in order.
        while (old != olds.end() || now != news.end()) {
            const bool onlyOld = now == news.end() || (old != olds.end() && old->first < now->first);
            const bool onlyNew = !onlyOld && (old == olds.end() || now->first < old->first);
            const std::string at = childPointer(pointer, onlyNew ? now->first : old->first);
            if (onlyOld)
                changes.push_back({at, old->second, Value(), Change::Kind::Removed});
            else if (onlyNew)
                changes.push_back({at, Value(), now->second, Change::Kind::Added});
            else
                compare(old->second, now->second, at, changes);
            if (!onlyNew)
                ++old;
            if (!onlyOld)
                ++now;
        }
        return;
    }
    if (before.isList() && after.isList()) {
        const std::size_t shared = std::min(before.size(), after.size());
        for (std::size_t i = 0; i < shared; ++i)
            compare(before[i], after[i], pointer + '/' + std::to_string(i), changes);
        for (std::size_t i = shared; i < before.size(); ++i)
            changes.push_back({pointer + '/' + std::to_string(i), before[i], Value(), Change::Kind::Removed});
        for (std::size_t i = shared; i < after.size(); ++i)
            changes.push_back({pointer + '/' + std::to_string(i), Value(), after[i], Change::Kind::Added});
        return;
    }
    if (!(before == after))
        changes.push_back({pointer, before, after, Change::Kind::Replaced});
}

} // namespace

Value mergePatch(const Value &target, const Value &patch)
{
    if (!patch.isMap())
        return deepCopy(patch);
    Value result = target.isMap() ? deepCopy(target) : Value::map();
    for (const auto &[key, member] : patch.asMap()) {
        if (member.isNull())
            result.asMap().remove(key);
        else
            result.asMap().set(key, mergePatch(result[key], member));
    }
    return result;
}

Result<Value> jsonPatch(const Value &target, const Value &ops)
{
    if (!ops.isList())
        return fail(ErrorCode::InvalidInput, "a JSON patch is a list of operations");
    if (ops.size() > MostOperations)
        return fail(ErrorCode::LimitExceeded, "a JSON patch holds at most " + std::to_string(MostOperations) + " operations");
    Patcher patcher(target);
    for (std::size_t i = 0; i < ops.size(); ++i) {
        const Value &op = ops[i];
        if (auto applied = patcher.apply(op); !applied)
            return failWith("op " + std::to_string(i) + " (" + std::string(op["op"].stringOr("?")) + " "
                    + std::string(op["path"].stringOr("?")) + ")",
                applied.error());
    }
    return patcher.takeResult();
}

Value diffToMergePatch(const Value &before, const Value &after)
{
    if (!before.isMap() || !after.isMap())
        return deepCopy(after);
    Value patch = Value::map();
    for (const auto &[key, member] : before.asMap()) {
        if (after.asMap().get(key) == nullptr)
            patch.set(key, Value());
    }
    for (const auto &[key, member] : after.asMap()) {
        const Value *old = before.asMap().get(key);
        if (old == nullptr || !(*old == member))
            patch.set(key, old == nullptr ? deepCopy(member) : diffToMergePatch(*old, member));
    }
    return patch;
}

std::vector<Change> changesBetween(const Value &before, const Value &after)
{
    std::vector<Change> changes;
    compare(before, after, std::string(), changes);
    return changes;
}

} // namespace fairway::value
