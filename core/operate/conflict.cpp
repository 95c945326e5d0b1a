#include "core/operate/conflict.h"

#include "core/operate/pointer.h"

namespace fairway::operate {

using value::Value;

namespace {

Text pathList(const Value &root, const std::vector<FieldChange> &changes)
{
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < changes.size() && i < shown; ++i)
        text += (i == 0 ? "" : ", ") + fieldPath(root, changes[i].pointer);
    if (changes.size() > shown)
        return phrase("operate", "%1 and %2 more").with(text, changes.size() - shown);
    return Text::verbatim(text);
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
        view.detail = phrase("operate", "%1 was deleted meanwhile").with(object);
        return view;
    }
    const std::string_view uid = change.base["metadata"]["uid"].stringOr();
    if (!uid.empty() && uid != theirs["metadata"]["uid"].stringOr()) {
        view.theirChanges = diffObjects(change.base, theirs);
        view.detail = phrase("operate", "%1 was deleted and created again meanwhile").with(object);
        return view;
    }
    view.merge = merge3(change.base, change.desired, theirs);
    view.theirChanges = diffObjects(change.base, theirs);
    const std::string by = lastManager(theirs);
    const Text paths = pathList(theirs, view.merge.theirs);
    view.detail = by.empty() ? phrase("operate", "%1 changed meanwhile: %2").with(object, paths)
                             : phrase("operate", "%1 changed meanwhile (last written by %2): %3").with(object, by, paths);
    if (!view.merge.isClean)
        view.detail = phrase("operate", "%1; both sides changed the same fields").with(view.detail);
    return view;
}

} // namespace fairway::operate
