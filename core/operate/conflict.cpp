#include "core/operate/conflict.h"

#include "core/operate/pointer.h"

namespace fairway::operate {

using value::Value;

namespace {

std::string pathList(const Value &root, const std::vector<FieldChange> &changes)
{
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < changes.size() && i < shown; ++i)
        text += (i == 0 ? "" : ", ") + fieldPath(root, changes[i].pointer);
    if (changes.size() > shown)
        text += " and " + std::to_string(changes.size() - shown) + " more";
    return text;
}

} // namespace

std::string lastManager(const Value &object)
{
    const Value &entries = object["metadata"]["managedFields"];
    std::string_view latest;
    std::string_view manager;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!entries[i]["subresource"].stringOr().empty() || entries[i]["time"].stringOr() < latest)
            continue;
        latest = entries[i]["time"].stringOr();
        manager = entries[i]["manager"].stringOr();
    }
    return manager.empty() ? std::string() : "\"" + std::string(manager) + "\" at " + std::string(latest);
}

ConflictView describeConflict(const Change &change, const Value &theirs)
{
    ConflictView view;
    view.theirs = theirs;
    const std::string object = change.object.display();
    if (theirs.isNull()) {
        view.detail = object + " was deleted meanwhile";
        return view;
    }
    const std::string_view uid = change.base["metadata"]["uid"].stringOr();
    if (!uid.empty() && uid != theirs["metadata"]["uid"].stringOr()) {
        view.theirChanges = diffObjects(change.base, theirs);
        view.detail = object + " was deleted and created again meanwhile";
        return view;
    }
    view.merge = merge3(change.base, change.desired, theirs);
    view.theirChanges = diffObjects(change.base, theirs);
    const std::string by = lastManager(theirs);
    view.detail = object + " changed meanwhile" + (by.empty() ? "" : " (last written by " + by + ")") + ": "
        + pathList(theirs, view.merge.theirs);
    if (!view.merge.isClean)
        view.detail += "; both sides changed the same fields";
    return view;
}

} // namespace fairway::operate
