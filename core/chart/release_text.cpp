#include "core/chart/release_text.h"

#include "core/chart/go_text.h"
#include "core/chart/paths.h"

#include <algorithm>

namespace fairway::chart {

namespace {

/// The template's path inside its chart: what follows the chart's name in the first "# Source:" line. Empty when there is none.
std::string_view templateOf(std::string_view manifest)
{
    constexpr std::string_view mark = "# Source: ";
    for (std::size_t at = manifest.find(mark); at != std::string_view::npos; at = manifest.find(mark, at + 1)) {
        std::string_view line = manifest.substr(at + mark.size());
        const std::size_t slash = line.find('/');
        const std::string_view path = slash == std::string_view::npos ? std::string_view() : line.substr(slash + 1);
        if (slash != 0 && !path.empty() && path.front() != '\n')
            return path.substr(0, path.find('\n'));
    }
    return {};
}

/// Of what append() makes of all, so that a large release's text doesn't stand there twice while it grows.
std::size_t sizeOf(const RenderedRelease &release)
{
    constexpr std::size_t frame = 16;
    std::size_t size = release.postRendered ? release.postRendered->size() : 0;
    const auto add = [&](const auto &parts) {
        for (const auto &part : parts)
            size += part.path.size() + part.text.size() + frame;
    };
    if (!release.postRendered)
        add(release.manifests);
    add(release.hooks);
    return size;
}

void append(ReleaseText &out, const std::string &path, std::string_view text, TextSegment::Kind kind, std::size_t offset)
{
    const std::size_t begin = out.text.size();
    appendManifest(out.text, path, text);
    const std::size_t end = out.text.size() - 1;
    const std::size_t body = end - text.size();
    out.segments.push_back({begin, body, TextSegment::Kind::Frame, path, 0, 1});
    out.segments.push_back({body, end, kind, path, offset, 1});
}

/// Appends a part of one text to another.
void copyPart(ReleaseText &out, const ReleaseText &from, std::size_t begin, std::size_t end)
{
    const std::size_t at = out.text.size();
    out.text.append(from.text, begin, end - begin);
    auto segment = std::partition_point(from.segments.begin(), from.segments.end(), [&](const TextSegment &one) { return one.end <= begin; });
    for (; segment != from.segments.end() && segment->begin < end; ++segment) {
        TextSegment part = *segment;
        const std::size_t first = std::max(part.begin, begin);
        part.offset += first - part.begin;
        part.line += static_cast<std::uint32_t>(std::count(from.text.begin() + static_cast<std::ptrdiff_t>(part.begin),
            from.text.begin() + static_cast<std::ptrdiff_t>(first), '\n'));
        part.begin = at + (first - begin);
        part.end = at + (std::min(part.end, end) - begin);
        out.segments.push_back(std::move(part));
    }
}

Result<ReleaseText> onlyManifestsOf(const ReleaseText &all, const std::vector<std::string> &patterns)
{
    const std::vector<std::string_view> documents = splitManifests(all.text);
    ReleaseText shown;
    for (const std::string &pattern : patterns) {
        bool isFound = false;
        for (const std::string_view document : documents) {
            const std::string_view path = templateOf(document);
            if (path.empty() || !matchesPath(pattern, path).value_or(false))
                continue;
            const std::size_t begin = shown.text.size();
            shown.text += "---\n";
            shown.segments.push_back({begin, shown.text.size(), TextSegment::Kind::Frame, std::string(path), 0, 1});
            const auto offset = static_cast<std::size_t>(document.data() - all.text.data());
            copyPart(shown, all, offset, offset + document.size());
            shown.text += '\n';
            isFound = true;
        }
        if (!isFound)
            return fail(ErrorCode::NotFound, "could not find template " + pattern + " in chart");
    }
    return shown;
}

bool isTest(const Hook &hook)
{
    return std::find(hook.events.begin(), hook.events.end(), HookEvent::Test) != hook.events.end();
}

} // namespace

void appendManifest(std::string &out, std::string_view path, std::string_view text)
{
    out += "---\n# Source: ";
    out += path;
    out += '\n';
    out += text;
    out += '\n';
}

std::vector<const Hook *> shownHooks(const RenderedRelease &release, const ReleaseTextOptions &options)
{
    std::vector<const Hook *> hooks;
    for (const Hook &hook : release.hooks) {
        if (!options.noHooks && !(options.skipTests && isTest(hook)))
            hooks.push_back(&hook);
    }
    return hooks;
}

Result<ReleaseText> releaseText(const RenderedRelease &release, const ReleaseTextOptions &options)
{
    ReleaseText all;
    all.text.reserve(sizeOf(release));
    if (options.withCrds && !release.postRendered) {
        for (const CrdFile &crd : release.crds)
            append(all, crd.path, crd.text, TextSegment::Kind::File, 0);
    }
    for (const Manifest &manifest : release.manifests) {
        if (!release.postRendered)
            append(all, manifest.path, manifest.text, TextSegment::Kind::Output, manifest.offset);
    }
    if (release.postRendered) { // Where its lines come from only the post-renderer knows.
        all.text = trimSpace(*release.postRendered);
        all.segments.push_back({0, all.text.size(), TextSegment::Kind::Frame, {}, 0, 1});
    }
    // Documents begin with their mark: only the end can be white space.
    all.text.resize(trimSpace(all.text).size());
    for (TextSegment &segment : all.segments) {
        segment.begin = std::min(segment.begin, all.text.size());
        segment.end = std::min(segment.end, all.text.size());
    }
    all.text += '\n';
    for (const Hook *const hook : shownHooks(release, options))
        append(all, hook->path, hook->text, TextSegment::Kind::Output, hook->offset);
    return options.showOnly.empty() ? std::move(all) : onlyManifestsOf(all, options.showOnly);
}

ReleaseText notesText(const RenderedRelease &release)
{
    ReleaseText out;
    out.text = release.notes;
    for (const NotesPart &part : release.notesParts)
        out.segments.push_back({part.begin, part.begin + part.size, TextSegment::Kind::Output, part.path, 0, 1});
    return out;
}

} // namespace fairway::chart
