#include "core/operate/diff.h"
#include "core/operate/pointer.h"
#include "core/value/server_fields.h"

#include <algorithm>

namespace fairway::operate {

using value::Value;

namespace {

bool isServerField(std::string_view pointer)
{
    constexpr std::string_view metadata = "/metadata/";
    if (!pointer.starts_with(metadata))
        return pointer == "/status";
    const auto &fields = value::kServerMetadata;
    return std::find(fields.begin(), fields.end(), pointer.substr(metadata.size())) != fields.end();
}

/// Walks both trees; recursion is bounded by what the parsers accept.
class Comparison {
public:
    explicit Comparison(bool withServerFields)
        : m_withServerFields(withServerFields)
    {
    }

    void compare(const Value &before, const Value &after, const std::string &pointer)
    {
        if (before.isSame(after))
            return;
        if (before.isMap() && after.isMap()) {
            compareMaps(before.asMap(), after.asMap(), pointer);
        } else if (before.isList() && after.isList() && before.size() == after.size()) {
            for (std::size_t i = 0; i < before.size(); ++i)
                compare(before[i], after[i], childPointer(pointer, i));
        } else if (!(before == after)) {
            changes.push_back({pointer, before, after});
        }
    }

    std::vector<FieldChange> changes;

private:
    void compareMaps(const value::Map &before, const value::Map &after, const std::string &pointer)
    {
        auto a = before.begin();
        auto b = after.begin();
        while (a != before.end() || b != after.end()) {
            const bool isOld = b == after.end() || (a != before.end() && a->first < b->first);
            const bool isNew = a == before.end() || (b != after.end() && b->first < a->first);
            const std::string at = childPointer(pointer, isNew ? b->first : a->first);
            const bool isSkipped = !m_withServerFields && isServerField(at);
            if (!isSkipped && isOld)
                changes.push_back({at, a->second, std::nullopt});
            else if (!isSkipped && isNew)
                changes.push_back({at, std::nullopt, b->second});
            else if (!isSkipped)
                compare(a->second, b->second, at);
            if (!isNew)
                ++a;
            if (!isOld)
                ++b;
        }
    }

    const bool m_withServerFields;
};

bool isPlainKey(std::string_view key)
{
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

} // namespace

std::vector<FieldChange> changedFields(const Value &before, const Value &after, bool withServerFields)
{
    Comparison comparison(withServerFields);
    comparison.compare(before, after, {});
    return std::move(comparison.changes);
}

std::string fieldPath(const Value &root, std::string_view pointer)
{
    std::string path;
    const Value *node = &root;
    for (const std::string &token : splitPointer(pointer)) {
        if (node != nullptr && node->isList())
            path += '[' + token + ']';
        else if (isPlainKey(token))
            path += (path.empty() ? "" : ".") + token;
        else
            path += "[\"" + token + "\"]";
        node = node != nullptr ? findAt(*node, childPointer({}, token)) : nullptr;
    }
    return path;
}

} // namespace fairway::operate
