#include "core/chart/package_chart.h"

#include "core/base/clock.h"
#include "core/chart/dependencies.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/chart/tgz_writer.h"
#include "core/funcs/semver.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <filesystem>

namespace fairway::chart {

namespace {

class Packer {
public:
    explicit Packer(std::optional<std::int64_t> latestSeconds)
        : m_latest(latestSeconds)
    {
    }

    Result<void> add(const Chart &chart, const std::string &prefix)
    {
        if (basePath(chart.name()) != chart.name())
            return fail(ErrorCode::InvalidInput, "chart.metadata.name " + goQuoted(chart.name()) + " is invalid");
        const std::string base = joinPath(prefix, chart.name());
        const ChartContent &content = *chart.content;
        Metadata metadata = chart.metadata;
        if (metadata.apiVersion == "v1")
            metadata.dependencies.clear(); // They stand in requirements.yaml, which is one of the files.
        const ChartFile *const chartYaml = content.find("Chart.yaml");
        Result<void> done = put(base + "/Chart.yaml", value::toYaml(toValue(metadata)), chartYaml ? chartYaml->modifiedSeconds : 0);
        if (done && metadata.apiVersion == "v2" && chart.lock)
            done = put(base + "/Chart.lock", value::toYaml(toValue(*chart.lock)), generatedSeconds(*chart.lock));
        for (const ChartFile &file : content.files) {
            if (done && file.name == "values.yaml")
                done = put(base + "/values.yaml", file.data, file.modifiedSeconds);
        }
        if (done && content.schema) {
            const ChartFile &schema = content.files[*content.schema];
            if (!value::parseJson(schema.data))
                return fail(ErrorCode::InvalidInput, "invalid JSON in values.schema.json");
            done = put(base + "/values.schema.json", schema.data, schema.modifiedSeconds);
        }
        for (const std::vector<std::uint32_t> *const group : {&content.templates, &content.others}) {
            for (const std::uint32_t index : *group) {
                const ChartFile &file = content.files[index];
                if (done)
                    done = put(joinPath(base, file.name), file.data, file.modifiedSeconds);
            }
        }
        for (const Chart *const dependency : chart.dependencies) {
            if (done)
                done = add(*dependency, base + "/charts");
        }
        return done;
    }

    std::string finish() { return m_writer.finish(); }

private:
    Result<void> put(const std::string &name, std::string_view data, std::int64_t seconds)
    {
        return m_writer.add(name, data, m_latest ? std::min(seconds, *m_latest) : seconds);
    }

    static std::int64_t generatedSeconds(const Lock &lock)
    {
        const auto time = parseRfc3339(lock.generated);
        if (!time)
            return 0;
        const std::size_t dot = lock.generated.find('.');
        const bool roundsUp = dot != std::string::npos && dot + 1 < lock.generated.size() && lock.generated[dot + 1] >= '5';
        return std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count() + (roundsUp ? 1 : 0);
    }

    const std::optional<std::int64_t> m_latest;
    TgzWriter m_writer;
};

} // namespace

Result<std::string> chartArchive(const Chart &chart, const std::optional<std::int64_t> &latestSeconds)
{
    Packer packer(latestSeconds);
    if (const Result<void> added = packer.add(chart, {}); !added)
        return tl::unexpected(added.error());
    return packer.finish();
}

Result<std::string> saveChart(const Chart &chart, const std::string &folder, const std::optional<std::int64_t> &latestSeconds)
{
    std::error_code code;
    if (std::filesystem::exists(folder, code) && !std::filesystem::is_directory(folder, code))
        return fail(ErrorCode::Io, "is not a directory: " + folder);
    const Result<std::string> archive = chartArchive(chart, latestSeconds);
    if (!archive)
        return archive;
    std::string path = joinPath(folder, chart.name() + "-" + chart.metadata.version + ".tgz");
    if (const Result<void> written = replaceFile(path, *archive); !written)
        return tl::unexpected(written.error());
    return path;
}

Result<std::string> packageChart(const std::string &folder, const PackageOptions &options, const LoadContext &context, const CancelToken &cancel)
{
    LoadContext withTimes = context;
    withTimes.withTimes = true;
    Result<ChartTree> tree = loadChartFolder(folder, withTimes);
    if (!tree)
        return tl::unexpected(tree.error());
    if (cancel.isCancelled())
        return fail(ErrorCode::Cancelled, "cancelled");
    Chart &chart = tree->root();
    if (!options.version.empty())
        chart.metadata.version = options.version;
    const auto release = context.version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
    if (const auto version = funcs::SemanticVersion::parse(chart.metadata.version, release); !version)
        return tl::unexpected(version.error());
    if (!options.appVersion.empty())
        chart.metadata.appVersion = options.appVersion;
    if (const Result<void> complete = checkDependencies(chart); !complete)
        return tl::unexpected(complete.error());
    if (const Result<void> valid = validateMetadata(chart.metadata, context.version); !valid)
        return failWith("failed to save: chart validation", valid.error());

    std::error_code code;
    const std::string destination = options.destination == "." ? std::filesystem::current_path(code).string() : options.destination;
    Result<std::string> saved = saveChart(chart, destination, options.latestSeconds);
    if (!saved)
        return failWith("failed to save", saved.error());
    return saved;
}

} // namespace fairway::chart
