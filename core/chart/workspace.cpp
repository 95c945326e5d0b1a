#include "core/chart/workspace.h"

#include "core/chart/load_chart.h"

#include <re2/re2.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

namespace fairway::chart {

namespace {

constexpr std::size_t maxFileBytes = std::size_t {1} << 20;
constexpr std::size_t maxPatterns = 200;

/// Where environments are by name: in a chart's folder, then at the top of the workspace.
constexpr std::string_view chartPatterns[] = {"values-{env}.yaml", "values.{env}.yaml", "values_{env}.yaml", "values/{env}.yaml", "values/{env}/*.yaml",
    "environments/{env}.yaml", "environments/{env}/*.yaml", "envs/{env}.yaml", "envs/{env}/*.yaml", "env/{env}.yaml", "env/{env}/*.yaml", "ci/{env}-values.yaml"};
constexpr std::string_view rootPatterns[] = {"environments/{env}/{chart}.yaml", "environments/{env}/{chart}/*.yaml", "environments/{env}/values.yaml",
    "envs/{env}/{chart}.yaml", "envs/{env}/{chart}/*.yaml", "env/{env}/{chart}.yaml", "env/{env}/{chart}/*.yaml"};

/// A pattern as a regular expression over a whole path; `{env}` is its one group.
std::unique_ptr<re2::RE2> compiled(std::string_view pattern, std::string_view chartName)
{
    std::string expression;
    for (std::size_t i = 0; i < pattern.size();) {
        const std::string_view rest = pattern.substr(i);
        if (rest.starts_with("{env}")) {
            expression += "([A-Za-z0-9][A-Za-z0-9._-]*)";
            i += 5;
        } else if (rest.starts_with("{chart}")) {
            expression += re2::RE2::QuoteMeta({chartName.data(), chartName.size()});
            i += 7;
        } else if (rest == ".yaml") {
            expression += "\\.ya?ml";
            i += 5;
        } else if (rest.front() == '*') {
            expression += "[^/]*";
            ++i;
        } else {
            expression += re2::RE2::QuoteMeta({rest.data(), 1});
            ++i;
        }
    }
    auto regex = std::make_unique<re2::RE2>(expression, re2::RE2::Quiet);
    return regex->ok() ? std::move(regex) : nullptr;
}

std::string_view baseName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

/// Which files belong to which environment, for one chart.
class Environments {
public:
    Environments(const std::string &chart, std::string_view chartName)
        : m_prefix(chart == "." ? std::string() : chart + "/")
        , m_name(chartName)
    {
    }

    void byName(const std::vector<std::string> &paths, const std::string &rootPrefix)
    {
        // Weakest first: what all charts of an environment share, then the chart's own.
        for (const std::string_view pattern : rootPatterns)
            take(pattern, paths, rootPrefix, std::string());
        for (const std::string_view pattern : chartPatterns)
            take(pattern, paths, m_prefix, std::string());
    }

    void listed(const std::string &environment, const std::vector<std::string> &patterns, const std::vector<std::string> &paths)
    {
        for (const std::string &pattern : patterns) {
            if (take(pattern, paths, m_prefix, environment) == 0 && !m_prefix.empty())
                take(pattern, paths, std::string(), environment);
        }
    }

    std::map<std::string, std::vector<std::string>> found;

private:
    std::size_t take(std::string_view pattern, const std::vector<std::string> &paths, const std::string &prefix, const std::string &environment)
    {
        const auto regex = compiled(pattern, m_name);
        std::size_t count = 0;
        // Sorted, so that those with the prefix stand together.
        for (auto path = std::lower_bound(paths.begin(), paths.end(), prefix); regex != nullptr && path != paths.end() && path->starts_with(prefix); ++path) {
            const std::string_view inside = std::string_view(*path).substr(prefix.size());
            std::string name = environment;
            const re2::StringPiece piece(inside.data(), inside.size());
            const bool isMatch = environment.empty() && regex->NumberOfCapturingGroups() == 1 ? re2::RE2::FullMatch(piece, *regex, &name) : re2::RE2::FullMatch(piece, *regex);
            std::vector<std::string> &files = found[name];
            if (!isMatch || name.empty() || std::find(files.begin(), files.end(), *path) != files.end()) {
                if (files.empty())
                    found.erase(name);
                continue;
            }
            files.push_back(*path);
            ++count;
        }
        return count;
    }

    std::string m_prefix;
    std::string_view m_name;
};

std::vector<std::string> chartFolders(const std::vector<std::string> &paths, const WorkspaceFile &file)
{
    std::set<std::string> all;
    for (const std::string &path : paths) {
        if (path == "Chart.yaml")
            all.insert(".");
        else if (path.ends_with("/Chart.yaml"))
            all.insert(path.substr(0, path.size() - std::string_view("/Chart.yaml").size()));
    }
    const auto isInside = [&](const std::string &folder) { // another chart: a subchart, not one of ours
        for (std::size_t at = folder.find("/charts/"); at != std::string::npos; at = folder.find("/charts/", at + 1)) {
            if (all.count(folder.substr(0, at)) > 0)
                return true;
        }
        return folder != "." && all.count(".") > 0 && folder.starts_with("charts/");
    };
    std::vector<std::string> folders;
    for (const std::string &folder : all) {
        const bool isListed = file.charts.empty() || std::any_of(file.charts.begin(), file.charts.end(), [&](const std::string &pattern) {
            const auto regex = compiled(pattern, {});
            return regex != nullptr && re2::RE2::FullMatch(folder, *regex);
        });
        if (isListed && !isInside(folder))
            folders.push_back(folder);
    }
    return folders;
}

std::vector<std::string> stringsOf(const YAML::Node &node)
{
    std::vector<std::string> strings;
    if (node.IsScalar())
        strings.push_back(node.as<std::string>());
    for (const YAML::Node &item : node) {
        if (strings.size() >= maxPatterns)
            break;
        strings.push_back(item.as<std::string>());
    }
    return strings;
}

} // namespace

const WorkspaceCell *Workspace::cell(std::size_t chart, std::size_t environment) const
{
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const WorkspaceCell &cell) { return cell.chart == chart && cell.environment == environment; });
    return found == cells.end() ? nullptr : &*found;
}

Result<WorkspaceFile> parseWorkspaceFile(std::string_view text)
{
    const std::string name(workspaceFileName);
    if (text.size() > maxFileBytes)
        return fail(ErrorCode::LimitExceeded, name + " is larger than " + std::to_string(maxFileBytes) + " bytes");
    try {
        const YAML::Node root = YAML::Load(std::string(text));
        WorkspaceFile file;
        if (!root.IsMap() || !root["version"] || root["version"].as<int>() != 1)
            return fail(ErrorCode::InvalidInput, name + ": not a workspace file of this version (version: 1)");
        if (root["charts"])
            file.charts = stringsOf(root["charts"]);
        for (const auto &entry : root["environments"]) {
            if (file.environments.size() < maxPatterns)
                file.environments.emplace_back(entry.first.as<std::string>(), stringsOf(entry.second));
        }
        return file;
    } catch (const YAML::Exception &error) {
        return fail(ErrorCode::InvalidInput, name + ": line " + std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

std::string writeWorkspaceFile(const WorkspaceFile &file)
{
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << "version" << YAML::Value << 1;
    if (!file.charts.empty())
        out << YAML::Key << "charts" << YAML::Value << file.charts;
    if (!file.environments.empty()) {
        out << YAML::Key << "environments" << YAML::Value << YAML::BeginMap;
        for (const auto &[name, patterns] : file.environments)
            out << YAML::Key << name << YAML::Value << patterns;
        out << YAML::EndMap;
    }
    out << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

Workspace arrangeWorkspace(std::string root, std::vector<std::string> paths, const WorkspaceFile &file, const WorkspaceLimits &limits)
{
    Workspace workspace;
    workspace.root = std::move(root);
    std::sort(paths.begin(), paths.end());
    workspace.charts = chartFolders(paths, file);
    if (workspace.charts.size() > limits.maxCharts) {
        workspace.charts.resize(limits.maxCharts);
        workspace.isCut = true;
    }
    std::vector<std::map<std::string, std::vector<std::string>>> found;
    std::set<std::string> names;
    for (const std::string &chart : workspace.charts) {
        const std::string_view name = chart == "." ? baseName(workspace.root) : baseName(chart);
        Environments environments(chart, name);
        if (file.environments.empty()) {
            environments.byName(paths, std::string());
        } else {
            for (const auto &[environment, patterns] : file.environments)
                environments.listed(environment, patterns, paths);
        }
        for (const auto &[environment, files] : environments.found)
            names.insert(environment);
        found.push_back(std::move(environments.found));
    }
    workspace.environments.emplace_back("default");
    for (const auto &[name, patterns] : file.environments)
        workspace.environments.push_back(name);
    if (file.environments.empty())
        std::copy_if(names.begin(), names.end(), std::back_inserter(workspace.environments), [](const std::string &name) { return name != "default"; });
    for (std::size_t chart = 0; chart < workspace.charts.size(); ++chart) {
        for (std::size_t environment = 0; environment < workspace.environments.size(); ++environment) {
            const auto files = found[chart].find(workspace.environments[environment]);
            if (environment > 0 && files == found[chart].end())
                continue;
            if (workspace.cells.size() >= limits.maxCells) {
                workspace.isCut = true;
                return workspace;
            }
            workspace.cells.push_back({chart, environment, files == found[chart].end() ? std::vector<std::string>() : files->second});
        }
    }
    return workspace;
}

Result<Workspace> scanWorkspace(const std::string &root, const WorkspaceLimits &limits, const CancelToken &cancel)
{
    namespace fs = std::filesystem;
    std::error_code code;
    const fs::path top = fs::absolute(root, code).lexically_normal();
    if (code || !fs::is_directory(top, code))
        return fail(ErrorCode::NotFound, root + " is no folder");
    std::string whole = top.string();
    if (whole.size() > 1 && whole.back() == '/')
        whole.pop_back();
    WorkspaceFile file;
    if (const Result<std::string> text = readWholeFile(whole + "/" + std::string(workspaceFileName), maxFileBytes)) {
        Result<WorkspaceFile> read = parseWorkspaceFile(*text);
        if (!read)
            return tl::unexpected(read.error());
        file = std::move(*read);
    } else if (text.error().code != ErrorCode::NotFound) {
        return tl::unexpected(text.error());
    }
    std::vector<std::string> paths;
    std::size_t entries = 0;
    bool isCut = false;
    const auto end = fs::recursive_directory_iterator();
    for (auto it = fs::recursive_directory_iterator(whole, fs::directory_options::skip_permission_denied, code); !code && it != end; it.increment(code)) {
        if (cancel.isCancelled())
            return fail(ErrorCode::Cancelled, "cancelled");
        if (++entries > limits.maxEntries) {
            isCut = true;
            break;
        }
        const std::string name = it->path().filename().string();
        std::error_code ignored;
        const bool isFolder = it->is_directory(ignored) && !it->is_symlink(ignored);
        if (isFolder && (name.starts_with('.') || name == "node_modules" || static_cast<std::size_t>(it.depth()) >= limits.maxDepth))
            it.disable_recursion_pending();
        else if (!isFolder && it->is_regular_file(ignored))
            paths.push_back(it->path().string().substr(whole == "/" ? 1 : whole.size() + 1));
    }
    if (code)
        return fail(ErrorCode::Io, whole + ": " + code.message());
    Workspace workspace = arrangeWorkspace(whole, std::move(paths), file, limits);
    workspace.isCut = workspace.isCut || isCut;
    return workspace;
}

} // namespace fairway::chart
