#include "core/chart/create_chart.h"

#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/package_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <filesystem>

namespace fairway::chart {

namespace {

constexpr std::size_t maxNameBytes = 250;
constexpr std::string_view placeholder = "<CHARTNAME>";

std::string named(std::string_view text, std::string_view name)
{
    std::string out;
    for (std::size_t at = text.find(placeholder); at != std::string_view::npos; at = text.find(placeholder)) {
        out += text.substr(0, at);
        out += name;
        text.remove_prefix(at + placeholder.size());
    }
    return out += text;
}

Result<void> checkName(const std::string &name)
{
    if (name.empty() || name.size() > maxNameBytes)
        return fail(ErrorCode::InvalidInput, "chart name must be between 1 and " + std::to_string(maxNameBytes) + " characters");
    const bool isGood = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
    if (!isGood)
        return fail(ErrorCode::InvalidInput, R"(chart name must match the regular expression "^[a-zA-Z0-9._-]+$")");
    return {};
}

} // namespace

Result<std::string> createChart(const std::string &folder, const std::string &name, const std::function<void(std::string_view)> &warn)
{
    if (const Result<void> good = checkName(name); !good)
        return tl::unexpected(good.error());
    std::error_code code;
    const std::string top = std::filesystem::absolute(folder, code).lexically_normal().string();
    if (!std::filesystem::exists(top, code))
        return fail(ErrorCode::NotFound, "stat " + cleanPath(top) + ": no such file or directory");
    if (!std::filesystem::is_directory(top, code))
        return fail(ErrorCode::InvalidInput, "no such directory " + cleanPath(top));
    const std::string chart = joinPath(top, name);
    if (std::filesystem::exists(chart, code) && !std::filesystem::is_directory(chart, code))
        return fail(ErrorCode::AlreadyExists, "file " + chart + " already exists and is not a directory");
    for (const StarterFile &file : starterFiles()) {
        const std::string path = joinPath(chart, file.path);
        if (warn && std::filesystem::exists(path, code))
            warn("WARNING: File " + goQuoted(path) + " already exists. Overwriting.");
        if (const Result<void> written = replaceFile(path, named(file.text, name)); !written)
            return tl::unexpected(written.error());
    }
    std::filesystem::create_directories(chart + "/charts", code);
    if (code)
        return fail(ErrorCode::Io, "mkdir " + chart + "/charts: " + code.message());
    return chart;
}

Result<void> createFromStarter(const std::string &folder, const std::string &name, const std::string &starter, const LoadContext &context)
{
    const Result<ChartTree> tree = loadChart(starter, context);
    if (!tree)
        return failWith("could not load " + starter, tree.error());
    if (basePath(name) != name || name == "." || name == "..")
        return fail(ErrorCode::InvalidInput, "chart.metadata.name " + goQuoted(name) + " is invalid");
    const Chart &from = tree->root();
    Metadata metadata;
    metadata.name = name;
    metadata.description = "A Helm chart for Kubernetes";
    metadata.type = "application";
    metadata.version = "0.1.0";
    metadata.appVersion = "0.1.0";
    metadata.apiVersion = "v2";

    const std::string chart = joinPath(folder, name);
    std::error_code code;
    if (std::filesystem::exists(chart, code) && !std::filesystem::is_directory(chart, code))
        return fail(ErrorCode::AlreadyExists, "file " + chart + " already exists and is not a directory");
    Result<void> done = replaceFile(chart + "/Chart.yaml", value::toYaml(toValue(metadata)));
    const auto write = [&](const ChartFile &file, bool isNamed) {
        if (done)
            done = replaceFile(joinPath(chart, file.name), isNamed ? named(file.data, name) : file.data);
    };
    if (const ChartFile *const values = from.content->find("values.yaml"))
        write(*values, true);
    if (from.content->schema)
        write(from.content->files[*from.content->schema], false);
    for (const std::uint32_t index : from.content->templates)
        write(from.content->files[index], true);
    for (const std::uint32_t index : from.content->others)
        write(from.content->files[index], false);
    for (const Chart *const dependency : from.dependencies) {
        if (!done)
            return done;
        if (const Result<std::string> saved = saveChart(*dependency, chart + "/charts"); !saved)
            return failWith("saving " + dependency->fullPath(), saved.error());
    }
    return done;
}

} // namespace fairway::chart
