#include "core/chart/workspace_cell.h"

#include "core/base/clock.h"
#include "core/chart/messages.h"
#include "core/chart/value_options.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>

namespace fairway::chart {

namespace {

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

} // namespace

CellRender renderObjects(ChartTree &tree, const value::Value &values, ReleaseRequest request, const ReleaseTextOptions &shown, const Messages &messages)
{
    CellRender render;
    const ManualClock clock(std::chrono::system_clock::time_point(std::chrono::seconds(1'700'000'000)));
    request.render.clock = &clock;
    request.render.random = [state = std::uint64_t {1}](unsigned char *bytes, std::size_t size) mutable {
        // Knuth's MMIX constants: nothing here has to be hard to guess.
        for (std::size_t i = 0; i < size; ++i) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            bytes[i] = static_cast<unsigned char>(state >> 56);
        }
    };
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
    return renderObjects(*tree, *merged, std::move(request), {}, messages);
}

std::vector<ObjectChange> changesBetween(const std::vector<CellObject> &before, const std::vector<CellObject> &after)
{
    using Key = std::tuple<std::string, std::string, std::string, std::size_t>;
    const auto byKey = [](const std::vector<CellObject> &objects) {
        std::map<Key, const CellObject *> map;
        std::map<Key, std::size_t> copies;
        for (const CellObject &object : objects) {
            const std::size_t copy = copies[Key {object.kind, object.ns, object.name, 0}]++;
            map.emplace(Key {object.kind, object.ns, object.name, copy}, &object);
        }
        return map;
    };
    const auto old = byKey(before);
    const auto fresh = byKey(after);
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
