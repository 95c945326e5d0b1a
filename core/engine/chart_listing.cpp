#include "core/engine/chart_listing.h"

#include "core/chart/manifest_head.h"
#include "core/engine/text.h"

#include <algorithm>
#include <vector>

namespace fairway::engine {
namespace {

using Phase = ChartObject::Phase;

struct Entry {
    ChartObject object;
    std::string_view path;
    std::string_view text;
    std::size_t offset = 0; ///< In what the template wrote, or in the file.
    std::uint32_t line = 1; ///< Of a file: where `offset` is.
};

/// metadata.namespace of a manifest in block style; templates write it that way. Not a reader of YAML: empty when it is written otherwise.
QString namespaceOf(std::string_view text)
{
    std::size_t at = text.starts_with("metadata:") ? 0 : text.find("\nmetadata:");
    if (at == std::string_view::npos)
        return {};
    at = text.find('\n', at + 1);
    while (at != std::string_view::npos && at + 1 < text.size() && (text[at + 1] == ' ' || text[at + 1] == '#')) {
        constexpr std::string_view Key = "  namespace:";
        const std::size_t end = text.find('\n', at + 1);
        const std::string_view line = text.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
        if (line.starts_with(Key))
            return toQString(line.substr(Key.size())).remove(QLatin1Char('"')).remove(QLatin1Char('\'')).trimmed();
        at = end;
    }
    return {};
}

Phase phaseOf(const chart::Hook &hook, bool isUpgrade)
{
    const auto has = [&](chart::HookEvent event) { return std::find(hook.events.begin(), hook.events.end(), event) != hook.events.end(); };
    if (has(isUpgrade ? chart::HookEvent::PreUpgrade : chart::HookEvent::PreInstall))
        return Phase::PreHook;
    if (has(isUpgrade ? chart::HookEvent::PostUpgrade : chart::HookEvent::PostInstall))
        return Phase::PostHook;
    return Phase::Other;
}

Entry entryOf(const chart::Manifest &manifest, const ChartIndex &index)
{
    Entry entry;
    entry.object.kind = toQString(manifest.kind);
    entry.object.apiVersion = toQString(manifest.apiVersion);
    entry.object.name = toQString(manifest.name);
    entry.object.ns = namespaceOf(manifest.text);
    entry.object.file = toQString(index.fileOfTemplate(manifest.path));
    entry.path = manifest.path;
    entry.text = manifest.text;
    entry.offset = manifest.offset;
    return entry;
}

/// A file of crds/ may hold several documents.
void addCrds(const chart::CrdFile &file, const ChartIndex &index, std::vector<Entry> &entries)
{
    const chart::ManifestHeadReader reader(chart::HelmVersion::V4);
    for (const std::string_view document : chart::splitManifests(file.text)) {
        Entry entry;
        entry.object.phase = Phase::Crd;
        entry.object.file = toQString(index.fileOfTemplate(file.path));
        if (const Result<chart::ManifestHead> head = reader.read(document); head) {
            entry.object.kind = toQString(head->kind);
            entry.object.apiVersion = toQString(head->apiVersion);
            entry.object.name = toQString(head->name);
        }
        entry.path = file.path;
        entry.text = document;
        entry.offset = static_cast<std::size_t>(document.data() - file.text.data());
        entry.line = 1 + static_cast<std::uint32_t>(std::count(file.text.begin(), file.text.begin() + static_cast<std::ptrdiff_t>(entry.offset), '\n'));
        entries.push_back(std::move(entry));
    }
}

void sortForApply(std::vector<Entry> &entries)
{
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        if (a.object.phase != b.object.phase)
            return a.object.phase < b.object.phase;
        const bool areHooks = a.object.phase == Phase::PreHook || a.object.phase == Phase::PostHook;
        if (!areHooks)
            return false;
        if (a.object.hookWeight != b.object.hookWeight)
            return a.object.hookWeight < b.object.hookWeight;
        return a.object.name < b.object.name;
    });
}

} // namespace

chart::ReleaseText listRelease(
    const chart::RenderedRelease &release, const ChartIndex &index, ChartOrder order, bool isUpgrade, ChartOutput &output)
{
    std::vector<Entry> entries;
    for (const chart::CrdFile &crd : release.crds)
        addCrds(crd, index, entries);
    for (const chart::Manifest &manifest : release.manifests)
        entries.push_back(entryOf(manifest, index));
    for (const chart::Hook &hook : release.hooks) {
        Entry entry = entryOf(hook, index);
        entry.object.phase = phaseOf(hook, isUpgrade);
        entry.object.hookWeight = hook.weight;
        for (const chart::HookEvent event : hook.events)
            entry.object.hookEvents.append(toQString(chart::toString(event)));
        entries.push_back(std::move(entry));
    }
    if (order == ChartOrder::Apply)
        sortForApply(entries);
    else
        std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.object.file < b.object.file; });

    chart::ReleaseText listed;
    int line = 1;
    for (Entry &entry : entries) {
        entry.object.line = line;
        entry.object.lines = static_cast<int>(std::count(entry.text.begin(), entry.text.end(), '\n')) + 1;
        line += entry.object.lines + 2;
        const std::size_t begin = listed.text.size();
        chart::appendManifest(listed.text, entry.path, entry.text);
        const std::size_t end = listed.text.size() - 1; // its line break belongs to nobody
        const std::size_t body = end - entry.text.size();
        const bool isFile = entry.object.phase == Phase::Crd;
        listed.segments.push_back({begin, body, chart::TextSegment::Kind::Frame, std::string(entry.path), 0, 1});
        listed.segments.push_back({body, end, isFile ? chart::TextSegment::Kind::File : chart::TextSegment::Kind::Output, std::string(entry.path),
            entry.offset, entry.line});
        output.objects.append(std::move(entry.object));
    }
    output.lineCount = line - 1;
    output.text = toQString(listed.text);
    return listed;
}

} // namespace fairway::engine
