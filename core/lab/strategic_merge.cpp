#include "core/lab/strategic_merge.h"

#include "core/lab/structure.h"

#include <algorithm>
#include <optional>

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::string_view OrderPrefix = "$setElementOrder/";
constexpr std::string_view DeletePrefix = "$deleteFromPrimitiveList/";

class Merger {
public:
    Value mergeMaps(const Value &target, const Value &patch)
    {
        const std::string_view directive = patch["$patch"].stringOr();
        if (directive == "delete")
            return Value::map();
        const bool replaces = directive == "replace";
        if (!directive.empty() && !replaces && directive != "merge")
            fail("Unknown patch type " + std::string(directive) + " found");
        Value result = target.isMap() && !replaces ? value::deepCopy(target) : Value::map();
        retainKeys(result, patch["$retainKeys"]);
        for (const auto &[name, member] : patch.asMap()) {
            if (name.starts_with(DeletePrefix))
                deleteScalars(result, name.substr(DeletePrefix.size()), member);
        }
        for (const auto &[name, member] : patch.asMap()) {
            if (!name.starts_with('$'))
                mergeMember(result, name, member);
        }
        for (const auto &[name, member] : patch.asMap()) {
            if (name.starts_with(OrderPrefix))
                order(result, name.substr(OrderPrefix.size()), member);
        }
        return result;
    }

    std::optional<ApiError> error;

private:
    void fail(std::string message)
    {
        if (!error)
            error = badRequest(std::move(message));
    }

    static void retainKeys(Value &result, const Value &keys)
    {
        if (!keys.isList())
            return;
        std::erase_if(result.asMap(), [&keys](const auto &entry) {
            return std::none_of(keys.asList().begin(), keys.asList().end(),
                [&](const Value &key) { return key.stringOr() == entry.first; });
        });
    }

    static void deleteScalars(Value &result, const std::string &name, const Value &values)
    {
        Value *list = result.asMap().get(name);
        if (!list || !list->isList() || !values.isList())
            return;
        std::erase_if(list->asList(), [&values](const Value &item) {
            return std::find(values.asList().begin(), values.asList().end(), item) != values.asList().end();
        });
    }

    void mergeMember(Value &result, const std::string &name, const Value &member)
    {
        if (member.isNull()) {
            result.asMap().remove(name);
            return;
        }
        m_path.push_back(name);
        const Value *existing = result.asMap().get(name);
        if (member.isMap()) {
            const bool isDeletion = member["$patch"].stringOr() == "delete";
            const Value merged = isDeletion ? Value() : mergeMaps(existing ? *existing : Value(), member);
            if (isDeletion)
                result.asMap().remove(name);
            else
                result.set(name, merged);
        } else if (member.isList()) {
            result.set(name, mergeLists(existing ? *existing : Value(), member));
        } else {
            result.set(name, member);
        }
        m_path.pop_back();
    }

    Value mergeLists(const Value &target, const Value &patch)
    {
        bool isSet = false;
        const std::string_view key = strategicMergeKey(m_path, isSet);
        if (isSet) {
            Value result = target.isList() ? value::deepCopy(target) : Value::list();
            for (const Value &item : patch.asList()) {
                if (std::find(result.asList().begin(), result.asList().end(), item) == result.asList().end())
                    result.append(item);
            }
            return result;
        }
        if (key.empty())
            return value::deepCopy(patch);
        const bool replaces = std::any_of(patch.asList().begin(), patch.asList().end(), [](const Value &item) {
            return item["$patch"].stringOr() == "replace";
        });
        Value result = target.isList() && !replaces ? value::deepCopy(target) : Value::list();
        for (const Value &item : patch.asList()) {
            const std::string_view directive = item["$patch"].stringOr();
            if (directive == "replace")
                continue;
            const Value &wanted = item[key];
            if (wanted.isNull()) {
                fail("map: does not contain declared merge key: " + std::string(key));
                return result;
            }
            const auto same = std::find_if(result.asList().begin(), result.asList().end(),
                [&](const Value &candidate) { return candidate[key] == wanted; });
            if (directive == "delete") {
                std::erase_if(result.asList(), [&](const Value &candidate) { return candidate[key] == wanted; });
            } else if (same != result.asList().end()) {
                *same = mergeMaps(*same, item);
            } else {
                result.append(mergeMaps(Value(), item));
            }
        }
        return result;
    }

    void order(Value &result, const std::string &name, const Value &wanted)
    {
        Value *list = result.asMap().get(name);
        if (!list || !list->isList() || !wanted.isList())
            return;
        m_path.push_back(name);
        bool isSet = false;
        const std::string_view key = strategicMergeKey(m_path, isSet);
        m_path.pop_back();
        const auto rank = [&](const Value &item) {
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                if (key.empty() ? wanted[i] == item : wanted[i][key] == item[key])
                    return i;
            }
            return wanted.size();
        };
        // Items that the order does not name belong to somebody else; they keep their places behind.
        std::stable_sort(list->asList().begin(), list->asList().end(),
            [&](const Value &a, const Value &b) { return rank(a) < rank(b); });
    }

    FieldPath m_path;
};

} // namespace

ApiResult<Value> strategicMerge(const Value &target, const Value &patch)
{
    if (!patch.isMap())
        return tl::unexpected(badRequest("cannot restore slice from map"));
    Merger merger;
    Value result = merger.mergeMaps(target, patch);
    if (merger.error)
        return tl::unexpected(*merger.error);
    return result;
}

} // namespace fairway::lab
