#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/chart_archive.h"
#include "core/chart/extra_lint.h"
#include "core/chart/git_tree.h"
#include "core/chart/go_text.h"
#include "core/chart/lint.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <unistd.h>

namespace fairway::ctl {

namespace {

/// A packaged chart laid out in a temporary folder, which goes with this object.
class Unpacked {
public:
    Unpacked() = default;
    ~Unpacked()
    {
        std::error_code code;
        if (!m_folder.empty())
            std::filesystem::remove_all(m_folder, code);
    }
    Unpacked(const Unpacked &) = delete;
    Unpacked &operator=(const Unpacked &) = delete;

    /// The folder the chart is in.
    [[nodiscard]] Result<std::string> unpack(const std::string &archive)
    {
        const chart::ChartLimits limits;
        const Result<std::string> bytes = chart::readWholeFile(archive, limits.maxChartBytes);
        if (!bytes)
            return failWith("unable to open tarball", bytes.error());
        const Result<std::vector<chart::ChartFile>> files = chart::readChartArchive(*bytes);
        if (!files)
            return failWith("unable to extract tarball", files.error());
        std::string pattern = (std::filesystem::temp_directory_path() / "fairway-lint-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return fail(ErrorCode::Io, "unable to create temp dir to extract tarball");
        m_folder = pattern;
        const std::string chartFolder = m_folder + "/chart";
        for (const chart::ChartFile &file : *files) {
            const std::filesystem::path path = chartFolder + "/" + file.name;
            std::error_code code;
            std::filesystem::create_directories(path.parent_path(), code);
            std::ofstream(path, std::ios::binary) << file.data;
        }
        return chartFolder;
    }

private:
    std::string m_folder;
};

bool isArchive(std::string_view path)
{
    return path.ends_with(".tgz") || path.ends_with(".tar.gz");
}

/// Charts below charts/, those of folders and those packaged.
void addSubcharts(const std::string &path, std::vector<std::string> &paths)
{
    std::error_code code;
    std::vector<std::string> found;
    for (auto it = std::filesystem::recursive_directory_iterator(path + "/charts", code); !code && it != std::filesystem::recursive_directory_iterator();
         it.increment(code)) {
        const std::string name = it->path().string();
        if (it->path().filename() == "Chart.yaml")
            found.push_back(it->path().parent_path().string());
        else if (isArchive(name))
            found.push_back(name);
    }
    std::sort(found.begin(), found.end());
    paths.insert(paths.end(), found.begin(), found.end());
}

/// What the chart in a folder was at a commit.
struct EarlierChart {
    std::optional<std::string> chartYaml; ///< Nothing when there was none.
    bool isChanged = false;
};

Result<EarlierChart> chartAt(const std::string &folder, const std::string &commit)
{
    const Result<chart::GitTree> tree = chart::GitTree::find(folder, commit);
    if (!tree)
        return tl::unexpected(tree.error());
    Result<std::optional<std::string>> text = tree->file("Chart.yaml");
    if (!text)
        return tl::unexpected(text.error());
    const Result<bool> isChanged = tree->isChanged(".");
    if (!isChanged)
        return tl::unexpected(isChanged.error());
    return EarlierChart {std::move(*text), *isChanged};
}

/// Our own findings beside Helm's.
struct ExtraRequest {
    bool isWanted = false;
    std::string against;
    chart::ReleaseRequest release;
};

Result<std::vector<chart::ExtraFinding>> extraFindings(
    const std::string &path, const ExtraRequest &extra, const value::Value &userValues, chart::ValueSources sources, const chart::Messages &messages)
{
    std::error_code code;
    const std::string absolute = std::filesystem::absolute(path, code).lexically_normal().string();
    const Result<chart::ChartTree> tree = chart::loadChart(absolute, {messages.version(), messages, sources, {}});
    if (!tree)
        return std::vector<chart::ExtraFinding> {}; // Helm's own rules say why
    std::vector<chart::ExtraFinding> findings = chart::extraLint(*tree, userValues, sources, extra.release);
    if (extra.against.empty())
        return findings;
    if (isArchive(path))
        return fail(ErrorCode::Unsupported, "--against: " + path + " is a package; give the folder of its chart");
    const Result<EarlierChart> earlier = chartAt(absolute, extra.against);
    if (!earlier)
        return failWith("--against " + extra.against, earlier.error());
    const Result<std::string> text = chart::readWholeFile(absolute + "/Chart.yaml", chart::ChartLimits {}.maxFileBytes);
    if (auto finding = chart::versionNotBumped(tree->root(), text.value_or(""), earlier->chartYaml, earlier->isChanged))
        findings.insert(findings.begin(), std::move(*finding));
    return findings;
}

struct LintOutcome {
    std::string text;
    bool isFailed = false;
    bool hasFindings = false;
};

LintOutcome lintOne(const std::string &path, const chart::LintRequest &request, const chart::Messages &messages, bool isStrict, bool isQuiet)
{
    LintOutcome outcome;
    Unpacked unpacked;
    const Result<std::string> folder = isArchive(path) ? unpacked.unpack(path) : Result<std::string>(path);
    std::error_code code;
    const Result<std::vector<chart::LintMessage>> found = folder
        ? chart::lintChart(std::filesystem::absolute(*folder, code).lexically_normal().string(), request, messages)
        : Result<std::vector<chart::LintMessage>>(tl::unexpected(folder.error()));
    outcome.text = "==> Linting " + path + "\n";
    if (!found) {
        outcome.isFailed = true;
        outcome.hasFindings = true;
        outcome.text += "Error " + found.error().message + "\n\n";
        return outcome;
    }
    for (const chart::LintMessage &message : *found) {
        const bool isFinding = message.severity > chart::LintSeverity::Info;
        outcome.hasFindings = outcome.hasFindings || isFinding;
        outcome.isFailed = outcome.isFailed || message.severity >= (isStrict ? chart::LintSeverity::Warning : chart::LintSeverity::Error);
        if (!isQuiet || isFinding)
            outcome.text += message.toString() + "\n";
    }
    outcome.text += "\n";
    return outcome;
}

std::string usage()
{
    return std::string(R"(Looks for what is wrong with charts, as helm does.

Usage:  fairwayctl chart lint PATH... [flags]

      --strict                     warnings fail, too
      --quiet                      only warnings and errors
      --with-subcharts             the charts in charts/, too
      --kube-version VERSION       of the cluster it is for
      --skip-schema-validation     don't look at values.schema.json
      --extra                      our own findings: unused and undefined values, overrides that hit nothing, removed API versions, floats
      --against REF                and a version that was not bumped since a git commit, branch or tag
)") + std::string(valueFlagsHelp) + std::string(globalFlagsHelp);
}

} // namespace

int chartLint(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    chart::ValueOptions valueOptions;
    chart::LintRequest request;
    std::string kubeVersion;
    bool isStrict = false;
    bool isQuiet = false;
    bool withSubcharts = false;
    settings.addTo(flags);
    addValueFlags(flags, valueOptions);
    flags.text("kube-version", kubeVersion);
    flags.boolean("strict", isStrict);
    flags.boolean("quiet", isQuiet);
    flags.boolean("with-subcharts", withSubcharts);
    flags.boolean("skip-schema-validation", request.skipSchema);
    ExtraRequest extra;
    flags.boolean("extra", extra.isWanted);
    flags.text("against", extra.against);
    flags.help(usage());
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->empty())
        return helmWantsArguments("lint", "at least 1 argument", "lint PATH [flags]");
    if (!kubeVersion.empty()) {
        Result<chart::KubeVersion> kube = chart::parseKubeVersion(kubeVersion, settings.version);
        if (!kube)
            return helmFailed("invalid kube version '" + kubeVersion + "': " + kube.error().message);
        request.kubeVersion = std::move(*kube);
    }
    std::vector<std::string> paths = *positional;
    if (withSubcharts) {
        for (const std::string &path : *positional)
            addSubcharts(path, paths);
    }
    request.nameSpace = settings.effectiveNamespace();
    chart::ValueSources sources;
    Result<value::Value> values = chart::mergeValueOptions(valueOptions, settings.version, sources, readUserFile);
    if (!values)
        return helmFailed(values.error().message);
    request.userValues = std::move(*values);

    extra.isWanted = extra.isWanted || !extra.against.empty();
    extra.release.capabilities = chart::defaultCapabilities(settings.version);
    if (request.kubeVersion)
        extra.release.capabilities.kubeVersion = *request.kubeVersion;
    extra.release.release.name = "test-release";
    extra.release.release.nameSpace = request.nameSpace;
    extra.release.render.version = settings.version;
    extra.release.render.isLint = true;
    extra.release.skipSchema = request.skipSchema;

    const chart::Messages messages = standardErrorMessages(settings.version);
    std::string report;
    std::size_t failedCharts = 0;
    bool hasFindings = false;
    for (const std::string &path : paths) {
        LintOutcome outcome = lintOne(path, request, messages, isStrict, isQuiet);
        if (extra.isWanted) {
            const chart::Messages silent(settings.version); // the warnings were printed once
            const auto findings = extraFindings(path, extra, request.userValues, sources, silent);
            if (!findings)
                return helmFailed(findings.error().message);
            outcome.text.pop_back(); // the empty line comes behind ours
            for (const chart::ExtraFinding &finding : *findings) {
                const bool isFinding = finding.severity > chart::LintSeverity::Info;
                outcome.hasFindings = outcome.hasFindings || isFinding;
                outcome.isFailed = outcome.isFailed || (isStrict && isFinding);
                if (!isQuiet || isFinding)
                    outcome.text += finding.toString() + "\n";
            }
            outcome.text += "\n";
        }
        hasFindings = hasFindings || outcome.hasFindings;
        failedCharts += outcome.isFailed ? 1 : 0;
        if (!isQuiet || outcome.hasFindings)
            report += outcome.text;
    }
    out(report);
    const std::string summary = std::to_string(paths.size()) + " chart(s) linted, " + std::to_string(failedCharts) + " chart(s) failed";
    if (failedCharts > 0)
        return helmFailed(summary);
    if (!isQuiet || hasFindings)
        out(summary + "\n");
    return exitOk;
}

} // namespace fairway::ctl
