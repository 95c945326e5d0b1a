#include "core/chart/workspace_cell.h"

#include "core/chart/messages.h"
#include "core/chart/value_options.h"
#include "core/value/line_diff.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <span>
#include <tuple>

namespace fairway::chart {

namespace {

// 14 November 2023, 22:13:20, and a moment that shares no part of its date or time with it: 25 January 2025, 07:09:09.
constexpr std::chrono::seconds shownTime {1'700'000'000};
constexpr std::chrono::seconds otherTime {1'737'788'949};

CellObject objectOf(const Manifest &manifest)
{
    CellObject object {manifest.kind, manifest.apiVersion, {}, manifest.name, manifest.path, manifest.text};
    if (const Result<value::Value> data = value::parseYaml(manifest.text))
        object.ns = (*data)["metadata"]["namespace"].stringOr();
    return object;
}

/// The documents of a file in crds/.
void addCrds(const CrdFile &file, std::vector<CellObject> &objects)
{
    for (const std::string_view text : splitManifests(file.text)) {
        CellObject object;
        object.path = file.path;
        object.text = text;
        if (const Result<value::Value> data = value::parseYaml(text)) {
            object.kind = (*data)["kind"].stringOr();
            object.apiVersion = (*data)["apiVersion"].stringOr();
            object.name = (*data)["metadata"]["name"].stringOr();
        }
        objects.push_back(std::move(object));
    }
}

CellRender renderOnce(
    const ChartTree &chart, const value::Value &values, const ReleaseRequest &request, const ReleaseTextOptions &shown, const Messages &messages)
{
    CellRender render;
    ChartTree tree = chart.clone();
    const auto release = renderRelease(tree, values, request, messages);
    if (!release) {
        render.error = release.error().error.message;
        return render;
    }
    for (const CrdFile &file : release->crds)
        addCrds(file, render.objects);
    for (const Manifest &manifest : release->manifests)
        render.objects.push_back(objectOf(manifest));
    for (const Hook *const hook : shownHooks(*release, shown))
        render.objects.push_back(objectOf(*hook));
    return render;
}

using Key = std::tuple<std::string, std::string, std::string, std::size_t>;

/// Objects by kind, namespace and name; of those that share all three by their order.
template <typename Object>
std::map<Key, Object *> byKey(std::span<Object> objects)
{
    std::map<Key, Object *> map;
    std::map<Key, std::size_t> copies;
    for (Object &object : objects) {
        const std::size_t copy = copies[Key {object.kind, object.ns, object.name, 0}]++;
        map.emplace(Key {object.kind, object.ns, object.name, copy}, &object);
    }
    return map;
}

/// Gives each object its text in the other run. One whose name is random is found by its template, in which it has its place.
void tellOther(std::vector<CellObject> &objects, const std::vector<CellObject> &others)
{
    const auto known = byKey(std::span<const CellObject>(others));
    const auto mine = byKey(std::span<CellObject>(objects));
    std::map<std::string, std::vector<const CellObject *>> left;
    for (const CellObject &other : others)
        left[other.path].push_back(&other);
    std::map<const CellObject *, const CellObject *> pairs;
    for (const auto &[key, object] : mine) {
        if (const auto found = known.find(key); found != known.end()) {
            pairs[object] = found->second;
            std::erase(left[found->second->path], found->second);
        }
    }
    for (CellObject &object : objects) {
        const CellObject *other = pairs[&object];
        if (std::vector<const CellObject *> &rest = left[object.path]; other == nullptr && !rest.empty()) {
            other = rest.front();
            rest.erase(rest.begin());
        }
        if (other != nullptr && other->text != object.text)
            object.otherText = other->text;
    }
}

} // namespace

std::vector<std::size_t> CellObject::randomLines() const
{
    return otherText.empty() ? std::vector<std::size_t>() : value::changedLines(text, otherText);
}

ComparedDraws::ComparedDraws()
    : shown(1, std::chrono::system_clock::time_point(shownTime))
    , other(2, std::chrono::system_clock::time_point(otherTime))
{
}

CellRender renderObjects(const ChartTree &tree, const value::Value &values, ReleaseRequest request, const ReleaseTextOptions &shown,
    const Messages &messages, ComparedDraws &draws)
{
    request.render.pinned = &draws.shown;
    CellRender render = renderOnce(tree, values, request, shown, messages);
    if (!render.error.empty() || !draws.shown.wasUsed())
        return render;
    request.render.pinned = &draws.other;
    tellOther(render.objects, renderOnce(tree, values, request, shown, Messages(request.render.version)).objects);
    return render;
}

CellRender renderCell(CellFiles files, const CellOptions &options)
{
    CellRender render;
    const Messages messages(options.version);
    ValueSources sources;
    const LoadContext context {options.version, messages, sources};
    Result<ChartTree> tree = chartFromFiles(std::move(files.chart), context);
    if (!tree) {
        render.error = tree.error().message;
        return render;
    }
    if (const Result<void> installable = checkInstallable(tree->root()); !installable && tree->root().isLibrary())
        return render; // a library renders nothing by itself, and that is no fault
    ValueOptions values;
    for (const auto &[path, text] : files.values)
        values.files.push_back(path);
    const Result<value::Value> merged = mergeValueOptions(values, options.version, sources, [&files](std::string_view wanted) -> Result<std::string> {
        for (const auto &[path, text] : files.values) {
            if (path == wanted)
                return text;
        }
        return fail(ErrorCode::NotFound, "open " + std::string(wanted) + ": no such file or directory");
    });
    if (!merged) {
        render.error = merged.error().message;
        return render;
    }
    ReleaseRequest request;
    request.release.name = options.release;
    request.release.nameSpace = options.ns;
    request.capabilities = defaultCapabilities(options.version);
    request.render.version = options.version;
    request.render.cancel = options.cancel;
    if (options.draws != nullptr)
        return renderObjects(*tree, *merged, std::move(request), {}, messages, *options.draws);
    ComparedDraws alone;
    request.render.pinned = &alone.shown;
    return renderOnce(*tree, *merged, request, {}, messages);
}

std::vector<ObjectChange> changesBetween(const std::vector<CellObject> &before, const std::vector<CellObject> &after)
{
    const auto old = byKey(std::span(before));
    const auto fresh = byKey(std::span(after));
    std::map<Key, ObjectChange> changes;
    for (const auto &[key, object] : old) {
        const auto now = fresh.find(key);
        if (now == fresh.end())
            changes[key] = {ObjectChange::Kind::Removed, *object, {}};
        else if (now->second->text != object->text)
            changes[key] = {ObjectChange::Kind::Changed, *object, *now->second};
    }
    for (const auto &[key, object] : fresh) {
        if (old.count(key) == 0)
            changes[key] = {ObjectChange::Kind::Added, {}, *object};
    }
    std::vector<ObjectChange> sorted;
    for (auto &[key, change] : changes)
        sorted.push_back(std::move(change));
    return sorted;
}

} // namespace fairway::chart
