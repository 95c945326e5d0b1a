#include "core/chart/load_chart.h"

#include "core/chart/chart_archive.h"
#include "core/chart/content_type.h"
#include "core/chart/go_struct.h"
#include "core/chart/values_text.h"

#include <sys/stat.h>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxArchiveBytes = std::uint64_t {256} << 20;

/// Helm 4 looks at apiVersion first: another one needs another reader. `package` names Go's type in errors.
Result<void> checkApiVersion(std::string_view chartYaml)
{
    Result<value::Value> read = readYamlAsGo(chartYaml);
    if (!read)
        return failWith("cannot load Chart.yaml", read.error());
    GoStructReader reader;
    const GoStructReader::Place place {"chartBase", {}};
    std::string apiVersion;
    reader.structure(*read, place, "loader.chartBase", [&](std::string_view key, const value::Value &member) {
        if (isField(key, "apiVersion"))
            reader.text(member, place.field("apiVersion"), apiVersion);
    });
    if (const Result<void> good = reader.result(); !good)
        return failWith("cannot load Chart.yaml", good.error());
    if (apiVersion.empty() || apiVersion == "v1" || apiVersion == "v2")
        return {};
    return fail(ErrorCode::Unsupported, apiVersion == "v3" ? "invalid chart apiVersion" : "unsupported chart version");
}

Result<ChartTree> loadArchive(const std::string &path, const LoadContext &context)
{
    const Result<std::string> archive = readWholeFile(path, maxArchiveBytes);
    if (!archive)
        return tl::unexpected(archive.error());
    const std::string_view head = std::string_view(*archive).substr(0, contentTypeBytes);
    if (!head.starts_with("\x1f\x8b\x08")) {
        if (path.ends_with(".yml") || path.ends_with(".yaml"))
            return fail(ErrorCode::InvalidInput, "file '" + path + "' seems to be a YAML file, but expected a gzipped archive");
        return fail(ErrorCode::InvalidInput, "file '" + path + "' does not appear to be a gzipped archive; got '" + contentTypeOf(head) + "'");
    }
    Result<std::vector<ChartFile>> files = readChartArchive(*archive, context.limits);
    if (!files) {
        const Error &error = files.error();
        if (error.message == "gzip: invalid header")
            return fail(error.code, "file '" + path + "' does not appear to be a valid chart file (details: " + error.message + ")");
        if (context.version == HelmVersion::V4)
            return fail(error.code, "unable to load chart archive");
        return tl::unexpected(error);
    }
    if (context.version == HelmVersion::V4) {
        const ChartFile *chartYaml = nullptr;
        for (const ChartFile &file : *files)
            chartYaml = chartYaml == nullptr && file.name == "Chart.yaml" ? &file : chartYaml;
        if (!chartYaml)
            return fail(ErrorCode::InvalidInput, "unable to detect chart version, no Chart.yaml found");
        if (const Result<void> good = checkApiVersion(chartYaml->data); !good)
            return tl::unexpected(good.error());
    }
    return chartFromFiles(std::move(*files), context);
}

} // namespace

Result<ChartTree> loadChartFolder(const std::string &path, const LoadContext &context)
{
    if (context.version == HelmVersion::V4) {
        const Result<std::string> chartYaml = readWholeFile(path + "/Chart.yaml", context.limits.maxFileBytes);
        if (!chartYaml)
            return failWith("unable to detect chart at " + path + "/Chart.yaml", chartYaml.error());
        if (const Result<void> good = checkApiVersion(*chartYaml); !good)
            return tl::unexpected(good.error());
    }
    Result<std::vector<ChartFile>> files = readChartFolder(path, context);
    if (!files)
        return tl::unexpected(files.error());
    return chartFromFiles(std::move(*files), context);
}

Result<ChartTree> loadChart(const std::string &path, const LoadContext &context)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return fail(ErrorCode::NotFound, "stat " + path + ": no such file or directory");
    return S_ISDIR(status.st_mode) ? loadChartFolder(path, context) : loadArchive(path, context);
}

} // namespace fairway::chart
