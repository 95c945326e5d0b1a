#include "core/chart/chart_archive.h"

#include "core/chart/go_text.h"
#include "core/chart/paths.h"
#include "core/chart/tar_reader.h"

#include <algorithm>

namespace fairway::chart {

namespace {

tl::unexpected<Error> refuse(std::string message)
{
    return fail(ErrorCode::InvalidInput, std::move(message));
}

bool hasDrive(std::string_view path)
{
    return path.size() >= 3 && path[1] == ':' && path[2] == '/' && ((path[0] | 0x20) >= 'a' && (path[0] | 0x20) <= 'z');
}

/// The path inside the chart: without the first folder, cleaned.
Result<std::string> pathInChart(const std::string &name)
{
    const char delimiter = name.find('\\') == std::string::npos ? '/' : '\\'; // archives written on Windows
    const std::size_t first = name.find(delimiter);
    std::string path = first == std::string::npos ? std::string() : name.substr(first + 1);
    std::replace(path.begin(), path.end(), delimiter, '/');
    if (path.starts_with('/'))
        return refuse("chart illegally contains absolute paths");
    path = cleanPath(path);
    if (path == ".")
        return refuse("chart illegally contains content outside the base directory: " + goQuoted(name));
    if (path.starts_with(".."))
        return refuse("chart illegally references parent directory");
    if (hasDrive(path))
        return refuse("chart contains illegally named files");
    if (std::string_view(name).substr(0, first) == "Chart.yaml")
        return refuse("chart yaml not in base directory");
    return path;
}

} // namespace

Result<std::vector<ChartFile>> readChartArchive(std::string_view archive, const ChartLimits &limits)
{
    const auto tooLarge = [&] {
        return fail(ErrorCode::LimitExceeded, "decompressed chart is larger than the maximum size " + std::to_string(limits.maxChartBytes));
    };
    TarReader tar(archive);
    std::vector<ChartFile> files;
    std::uint64_t remaining = limits.maxChartBytes;
    for (std::size_t entries = 0;; ++entries) {
        if (entries > limits.maxFiles)
            return fail(ErrorCode::LimitExceeded, "chart archive has more than " + std::to_string(limits.maxFiles) + " entries");
        Result<std::optional<TarEntry>> entry = tar.next();
        if (!entry)
            return tl::unexpected(entry.error());
        if (!*entry)
            break;
        const TarEntry &header = **entry;
        if (header.isFolder || header.type == 'g')
            continue;
        Result<std::string> path = pathInChart(header.name);
        if (!path)
            return tl::unexpected(path.error());
        if (header.size > remaining)
            return tooLarge();
        if (header.size > limits.maxFileBytes)
            return fail(ErrorCode::LimitExceeded, "decompressed chart file " + goQuoted(header.name) + " is larger than the maximum file size "
                + std::to_string(limits.maxFileBytes));
        Result<std::string> data = tar.readData();
        if (!data)
            return tl::unexpected(data.error());
        remaining -= header.size;
        if (remaining == 0)
            return tooLarge();
        removeByteOrderMark(*data);
        files.push_back({std::move(*path), std::move(*data), header.modifiedSeconds});
    }
    if (files.empty())
        return refuse("no files in chart archive");
    return files;
}

} // namespace fairway::chart
