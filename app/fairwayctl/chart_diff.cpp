#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/chart_diff_output.h"
#include "app/fairwayctl/chart_request.h"
#include "app/fairwayctl/cli.h"
#include "core/chart/chart_archive.h"
#include "core/chart/dependency_bump.h"
#include "core/chart/git_tree.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"

#include <filesystem>

namespace fairway::ctl {

namespace {

constexpr int exitDiffers = 2;

std::string usage()
{
    return std::string(R"(Renders twice and shows in which objects the two differ, as a unified diff.

Usage:  fairwayctl chart diff OLD NEW [flags]     two charts: folders, packages, REPOSITORY/NAME, URLs
        fairwayctl chart diff CHART [flags]       one chart in two states, by at least one of these:

      --old-version, --new-version RANGE    versions in its repository
      --old-ref, --new-ref REF              git commits, branches or tags; the files of -f are taken from there, too
                                            (--against REF is --old-ref REF)
      --old-values, --new-values FILE       values files behind those of -f
      --old-set, --new-set KEY=VALUE        values behind those of --set
      --bump NAME=VERSION                   the chart against itself with another version of a dependency; NAME=PATH takes
                                            a chart's folder or package

Further flags are those of `chart template` and hold for both sides, and:

      --release NAME               the release's name (default "release-name")
  -o, --output FORMAT              diff, table (objects only), json or yaml
  -C, --context N                  lines around a change (default 3)
      --max-lines N                of all diffs together (default 10000, 0 for all)
      --show-secrets               the values of Secrets, which are masked otherwise
      --detailed-exitcode          exit with 2 when the two differ

Random functions, keys and the time of day give the same on both sides; which lines of an object they decide is said with it.
)") + std::string(globalFlagsHelp);
}

/// What makes one side differ from the other.
struct Side {
    const char *name;
    std::string chart;
    std::string ref;
    std::string version;
    std::vector<std::string> valuesFiles;
    std::vector<std::string> values;
    chart::DependencyBump *bump = nullptr;

    [[nodiscard]] bool isSpecial() const
    {
        return !ref.empty() || !version.empty() || !valuesFiles.empty() || !values.empty() || bump != nullptr;
    }
};

/// A chart and files as a commit of their repository has them.
class AtCommit {
public:
    static Result<AtCommit> find(const std::string &chart, const std::string &ref)
    {
        std::error_code code;
        const std::filesystem::path folder = std::filesystem::weakly_canonical(chart, code);
        std::filesystem::path existing = folder; // A chart that is gone by now still has its repository.
        while (!std::filesystem::is_directory(existing, code) && existing.has_relative_path())
            existing = existing.parent_path();
        Result<std::string> top = chart::GitTree::repositoryOf(existing.string());
        if (!top)
            return tl::unexpected(top.error());
        Result<chart::GitTree> tree = chart::GitTree::find(*top, ref);
        if (!tree)
            return tl::unexpected(tree.error());
        AtCommit at(std::move(*top), std::move(*tree));
        at.m_chart = at.inside(folder);
        return at;
    }

    [[nodiscard]] Result<chart::ChartTree> loadChart(const chart::LoadContext &context) const
    {
        Result<std::vector<chart::ChartFile>> files = m_tree.readChart(m_chart);
        if (!files)
            return tl::unexpected(files.error());
        return chart::chartFromFiles(std::move(*files), context);
    }

    /// What lies outside the repository is read from the disk; what wasn't there then counts as empty.
    [[nodiscard]] Result<std::string> readFile(std::string_view path) const
    {
        std::error_code code;
        const std::string relative = path == "-" ? std::string() : inside(std::filesystem::weakly_canonical(path, code));
        if (relative.empty() || path.find("://") != std::string_view::npos)
            return readUserFile(path);
        Result<std::optional<std::string>> text = m_tree.file(relative);
        if (!text)
            return tl::unexpected(text.error());
        if (!*text)
            note("note: " + std::string(path) + " was not there at " + m_tree.commit().substr(0, 12) + ": left out");
        return text->value_or(std::string());
    }

private:
    AtCommit(std::string top, chart::GitTree tree)
        : m_top(std::move(top))
        , m_tree(std::move(tree))
    {
    }

    /// Relative to the top, "." for the top itself; empty when it is outside.
    [[nodiscard]] std::string inside(const std::filesystem::path &path) const
    {
        const std::string relative = path.lexically_relative(m_top).string();
        return relative == ".." || relative.starts_with("../") ? std::string() : relative;
    }

    std::string m_top;
    chart::GitTree m_tree;
    std::string m_chart;
};

/// The chart at a path with another version of a dependency.
Result<chart::ChartTree> loadBumped(const std::string &path, chart::DependencyBump &bump, const chart::LoadContext &context)
{
    std::error_code code;
    Result<std::vector<chart::ChartFile>> files;
    if (std::filesystem::is_directory(path, code)) {
        files = chart::readChartFolder(path, context);
    } else {
        const Result<std::string> archive = chart::readWholeFile(path, chart::maxChartDownload);
        if (!archive)
            return tl::unexpected(archive.error());
        files = chart::readChartArchive(*archive);
    }
    if (!files)
        return tl::unexpected(files.error());
    const Result<std::string> put = bump.applyTo(*files, path);
    if (!put)
        return tl::unexpected(put.error());
    if (put->empty())
        return fail(ErrorCode::NotFound, "--bump " + bump.name() + "=" + bump.wanted() + ": the chart doesn't depend on " + bump.name());
    return chart::chartFromFiles(std::move(*files), context);
}

Result<std::vector<chart::CellObject>> rendered(const Side &side, TemplateFlags flags, const HelmSettings &settings, const std::string &release,
    chart::ComparedDraws &draws)
{
    flags.values.files.insert(flags.values.files.end(), side.valuesFiles.begin(), side.valuesFiles.end());
    flags.values.values.insert(flags.values.values.end(), side.values.begin(), side.values.end());
    if (!side.version.empty())
        flags.remote.version = side.version;
    std::optional<AtCommit> commit;
    ChartOrigin origin;
    if (!side.ref.empty()) {
        Result<AtCommit> found = AtCommit::find(side.chart, side.ref);
        if (!found)
            return tl::unexpected(found.error());
        commit = std::move(*found);
        origin.loadChart = [&commit](const std::string &, const chart::LoadContext &context) { return commit->loadChart(context); };
        origin.readFile = [&commit](std::string_view path) { return commit->readFile(path); };
    } else if (side.bump != nullptr) {
        const Result<std::string> path = locateChart(side.chart, flags.remote, settings);
        if (!path)
            return tl::unexpected(path.error());
        origin.loadChart = [&side, path = *path](const std::string &, const chart::LoadContext &context) { return loadBumped(path, *side.bump, context); };
        origin.readFile = readUserFile;
    }
    const chart::Messages messages = standardErrorMessages(settings.version);
    Result<ReleaseInput> input
        = readReleaseInput({release, side.chart}, settings, flags, messages, origin.loadChart ? &origin : nullptr);
    if (!input)
        return tl::unexpected(input.error());
    chart::CellRender render = chart::renderObjects(input->tree, input->values, std::move(input->request), flags.shown(), messages, draws);
    if (!render.error.empty())
        return fail(ErrorCode::InvalidInput, render.error);
    return std::move(render.objects);
}

} // namespace

int chartDiff(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    TemplateFlags common;
    ChartDiffOutput output;
    Side old {"old", {}, {}, {}, {}, {}};
    Side fresh {"new", {}, {}, {}, {}, {}};
    std::string bumpText;
    std::string release = "release-name";
    bool tellsByExitCode = false;
    settings.addTo(flags);
    common.addTo(flags, HelmSettings::versionIn(arguments));
    flags.help(usage());
    for (Side *const side : {&old, &fresh}) {
        const bool isOld = side == &old;
        flags.text(isOld ? "old-version" : "new-version", side->version);
        flags.text(isOld ? "old-ref" : "new-ref", side->ref);
        flags.list(isOld ? "old-values" : "new-values", side->valuesFiles);
        flags.texts(isOld ? "old-set" : "new-set", side->values);
    }
    flags.text("against", old.ref);
    flags.text("bump", bumpText);
    flags.text("release", release);
    flags.text("output", output.format, 'o');
    flags.number("context", output.context, 'C');
    flags.number("max-lines", output.maxLines);
    flags.boolean("show-secrets", output.showSecrets);
    flags.boolean("detailed-exitcode", tellsByExitCode);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->empty() || positional->size() > 2)
        return helmWantsArguments("diff", "1 or 2 arguments", "diff OLD [NEW] [flags]");
    for (const std::string_view name : {"output-dir", "show-only", "name-template", "generate-name"}) {
        if (flags.isSet(name))
            return helmFailed("--" + std::string(name) + " has no meaning for chart diff");
    }
    if (output.format != "diff" && output.format != "table" && output.format != "json" && output.format != "yaml")
        return helmFailed("--output must be diff, table, json or yaml");
    std::optional<chart::DependencyBump> bump;
    if (!bumpText.empty()) {
        auto parsed = chart::DependencyBump::parse(bumpText);
        if (!parsed)
            return helmFailed("--bump " + chart::goQuoted(bumpText) + ": " + parsed.error().message);
        Result<chart::RemoteContext> context = remoteContext(settings);
        if (!context)
            return helmFailed(context.error().message);
        if (!fresh.ref.empty())
            return helmFailed("--bump and --new-ref exclude each other: a commit is taken as it is");
        bump.emplace(std::move(parsed->first), std::move(parsed->second), std::move(*context));
        fresh.bump = &*bump;
    }
    old.chart = positional->front();
    fresh.chart = positional->back();
    if (positional->size() == 1 && !old.isSpecial() && !fresh.isSpecial())
        return helmFailed("one chart without a difference: give two charts, or one of --old-ref, --new-ref, --old-version, --new-version, "
                          "--old-values, --new-values, --old-set, --new-set, --bump");

    std::vector<chart::CellObject> objects[2];
    chart::ComparedDraws draws;
    for (const Side *const side : {&old, &fresh}) {
        Result<std::vector<chart::CellObject>> result = rendered(*side, common, settings, release, draws);
        if (!result)
            return helmFailed(std::string(side->name) + ": " + result.error().message);
        objects[side == &fresh ? 1 : 0] = std::move(*result);
    }
    const std::vector<chart::ObjectChange> changes = chart::changesBetween(objects[0], objects[1]);
    std::size_t omitted = 0;
    out(chartDiffText(changes, output, omitted));
    if (omitted > 0)
        note("note: " + std::to_string(omitted) + " changed objects are not shown with their lines: --max-lines 0 shows all, -o table lists them");
    return tellsByExitCode && !changes.empty() ? exitDiffers : exitOk;
}

} // namespace fairway::ctl
