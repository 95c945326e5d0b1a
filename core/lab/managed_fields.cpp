#include "core/lab/managed_fields.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

bool isSameWriter(const ManagedEntry &entry, const FieldWriter &writer, bool isApply)
{
    return entry.isApply == isApply && entry.manager == writer.manager && entry.subresource == writer.subresource
        && (isApply || entry.apiVersion == writer.apiVersion);
}

ManagedEntry newEntry(const FieldWriter &writer, bool isApply)
{
    return {writer.manager, isApply, writer.apiVersion, writer.subresource, writer.time, {}};
}

/// The owner as a conflict names it.
std::string described(const ManagedEntry &entry)
{
    std::string text = "\"" + entry.manager + "\"";
    if (!entry.subresource.empty())
        text += " with subresource \"" + entry.subresource + "\"";
    if (!entry.isApply)
        text += " using " + entry.apiVersion;
    return text;
}

Value withoutNulls(const Value &node)
{
    if (node.isMap()) {
        Value result = Value::map();
        for (const auto &[name, member] : node.asMap()) {
            if (!member.isNull())
                result.set(name, withoutNulls(member));
        }
        return result;
    }
    if (node.isList()) {
        Value result = Value::list();
        for (const Value &item : node.asList())
            result.append(withoutNulls(item));
        return result;
    }
    return node;
}

Value withoutManagedFields(const Value &object)
{
    Value copy = Value::map();
    if (!object.isMap())
        return copy;
    for (const auto &[name, member] : object.asMap()) {
        if (name != "metadata") {
            copy.set(name, member);
            continue;
        }
        Value metadata = Value::map();
        for (const auto &[key, entry] : member.asMap()) {
            if (key != "managedFields")
                metadata.set(key, entry);
        }
        copy.set("metadata", metadata);
    }
    return copy;
}

} // namespace

std::vector<ManagedEntry> readManagedFields(const Value &object)
{
    std::vector<ManagedEntry> entries;
    const Value &list = object["metadata"]["managedFields"];
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Value &item = list[i];
        entries.push_back({std::string(item["manager"].stringOr()), item["operation"].stringOr() == "Apply",
            std::string(item["apiVersion"].stringOr()), std::string(item["subresource"].stringOr()),
            std::string(item["time"].stringOr()), FieldSet::fromFieldsV1(item["fieldsV1"])});
    }
    return entries;
}

void writeManagedFields(Value &object, std::vector<ManagedEntry> entries)
{
    std::erase_if(entries, [](const ManagedEntry &entry) { return entry.fields.isEmpty(); });
    // Apply entries first, then by time: the server's order.
    std::stable_sort(entries.begin(), entries.end(), [](const ManagedEntry &a, const ManagedEntry &b) {
        return a.isApply != b.isApply ? a.isApply : a.time < b.time;
    });
    if (entries.empty()) {
        object.asMap().get("metadata")->asMap().remove("managedFields");
        return;
    }
    Value list = Value::list();
    for (const ManagedEntry &entry : entries) {
        Value item = Value::map({{"manager", entry.manager}, {"operation", entry.isApply ? "Apply" : "Update"},
            {"apiVersion", entry.apiVersion}, {"time", entry.time}, {"fieldsType", "FieldsV1"},
            {"fieldsV1", entry.fields.toFieldsV1()}});
        if (!entry.subresource.empty())
            item.set("subresource", entry.subresource);
        list.append(item);
    }
    object.asMap().get("metadata")->set("managedFields", list);
}

void recordUpdate(const Value &before, Value &after, const FieldWriter &writer, const Structure &structure)
{
    FieldChanges changes = compareFields(withoutManagedFields(before), withoutManagedFields(after), structure);
    dropServerFields(changes.changed);
    dropServerFields(changes.removed);
    std::vector<ManagedEntry> entries = readManagedFields(before);
    FieldSet touched = changes.changed;
    touched.unite(changes.removed);
    if (touched.isEmpty()) {
        writeManagedFields(after, std::move(entries));
        return;
    }
    ManagedEntry *mine = nullptr;
    for (ManagedEntry &entry : entries) {
        if (isSameWriter(entry, writer, false))
            mine = &entry;
        else
            entry.fields.subtract(touched);
    }
    if (!mine) {
        entries.push_back(newEntry(writer, false));
        mine = &entries.back();
    }
    FieldSet fields = mine->fields;
    fields.subtract(changes.removed);
    fields.unite(changes.changed);
    if (!(fields == mine->fields)) {
        mine->fields = std::move(fields);
        mine->time = writer.time;
    }
    writeManagedFields(after, std::move(entries));
}

ApiResult<Value> applyFields(const Value &live, const Value &rawApplied, const FieldWriter &writer, bool isForced,
    const Structure &structure)
{
    const Value applied = withoutNulls(withoutManagedFields(rawApplied));
    const Value plainLive = withoutManagedFields(live);
    std::vector<ManagedEntry> entries = readManagedFields(live);
    if (live.isMap() && entries.empty()) {
        // Somebody wrote this before ownership was recorded; without an entry an apply would seem to own nothing of it.
        ManagedEntry before {"before-first-apply", false, writer.apiVersion, {}, writer.time, fieldsOf(plainLive, structure, true)};
        dropServerFields(before.fields);
        entries.push_back(std::move(before));
    }

    FieldSet wanted = fieldsOf(applied, structure, false);
    dropServerFields(wanted);
    FieldSet last;
    FieldSet kept = wanted;
    for (const ManagedEntry &entry : entries) {
        if (isSameWriter(entry, writer, true))
            last = entry.fields;
        else
            kept.unite(entry.fields);
    }

    Value merged = live.isMap() ? mergeApplied(plainLive, applied, structure) : value::deepCopy(applied);
    FieldChanges changes = compareFields(plainLive, merged, structure);
    dropServerFields(changes.changed);
    std::vector<std::pair<std::string, std::string>> conflicts;
    for (ManagedEntry &entry : entries) {
        if (isSameWriter(entry, writer, true))
            continue;
        const FieldSet contested = entry.fields.intersected(changes.changed);
        if (contested.isEmpty())
            continue;
        if (isForced) {
            entry.fields.subtract(contested);
            continue;
        }
        for (std::string &path : contested.paths())
            conflicts.emplace_back(described(entry), std::move(path));
    }
    if (!conflicts.empty())
        return tl::unexpected(applyConflict(conflicts));

    FieldSet dropped = last;
    dropped.subtract(wanted);
    pruneFields(merged, dropped, kept, structure);

    auto mine = std::find_if(entries.begin(), entries.end(), [&](const ManagedEntry &entry) { return isSameWriter(entry, writer, true); });
    if (mine == entries.end())
        mine = entries.insert(entries.end(), newEntry(writer, true));
    const bool isSame = mine->fields == wanted && mine->apiVersion == writer.apiVersion && merged == plainLive;
    mine->fields = std::move(wanted);
    mine->apiVersion = writer.apiVersion;
    if (!isSame)
        mine->time = writer.time;
    writeManagedFields(merged, std::move(entries));
    return merged;
}

} // namespace fairway::lab
