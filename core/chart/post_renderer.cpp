#include "core/chart/post_renderer.h"

#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxPluginFile = std::uint64_t {1} << 20;
constexpr std::size_t maxPlugins = 1000;

std::string environment(const char *name)
{
    const char *const value = std::getenv(name);
    return value != nullptr ? value : "";
}

bool isProgram(const std::string &path)
{
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

/// As exec.LookPath, made absolute.
Result<std::string> lookUp(const std::string &program)
{
    std::error_code error;
    const auto absolute = [&](const std::string &path) { return std::filesystem::absolute(path, error).lexically_normal().string(); };
    if (program.find('/') != std::string::npos) {
        struct stat status {};
        if (::stat(program.c_str(), &status) != 0)
            return fail(ErrorCode::NotFound, "exec: " + goQuoted(program) + ": stat " + program + ": no such file or directory");
        if (!isProgram(program))
            return fail(ErrorCode::Forbidden, "exec: " + goQuoted(program) + ": " + (S_ISDIR(status.st_mode) ? "is a directory" : "permission denied"));
        return absolute(program);
    }
    const std::string path = environment("PATH");
    for (std::string_view rest = path; !rest.empty();) {
        const std::size_t end = rest.find(':');
        const std::string candidate = joinPath(rest.substr(0, end), program);
        if (isProgram(candidate))
            return absolute(candidate);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return fail(ErrorCode::NotFound, "exec: " + goQuoted(program) + ": executable file not found in $PATH");
}

/// As os.Expand: $NAME and ${NAME}.
std::string expanded(std::string_view text, const std::function<std::string(const std::string &)> &value)
{
    const auto isNameCharacter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '$' || i + 1 == text.size()) {
            out += text[i++];
            continue;
        }
        ++i;
        if (text[i] == '{') {
            const std::size_t end = text.find('}', i);
            if (end == std::string_view::npos)
                break;
            out += value(std::string(text.substr(i + 1, end - i - 1)));
            i = end + 1;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && isNameCharacter(text[end]))
            ++end;
        if (end == i) {
            out += '$';
            continue;
        }
        out += value(std::string(text.substr(i, end - i)));
        i = end;
    }
    return out;
}

/// Of the commands for several systems the one for this: both named and right before the system alone before neither.
const value::Value *commandHere(const value::Value &commands)
{
    if (!commands.isList())
        return nullptr;
    const value::Value *best = nullptr;
    int bestRank = 0;
    for (const value::Value &command : commands.asList()) {
        const std::string_view system = command["os"].stringOr();
        const std::string_view machine = command["arch"].stringOr();
#if defined(__aarch64__)
        const bool isMachine = equalsFolded(machine, "arm64");
#else
        const bool isMachine = equalsFolded(machine, "amd64");
#endif
        const bool isSystem = equalsFolded(system, "linux");
        int rank = 0;
        if (isSystem && isMachine)
            rank = 3;
        else if (machine.empty() && (system.empty() || isSystem))
            rank = isSystem ? 2 : 1;
        if (rank > bestRank) {
            best = &command;
            bestRank = rank;
        }
    }
    return best;
}

} // namespace

Result<PostRenderer> PostRenderer::ofCommand(const std::string &command, std::vector<std::string> arguments)
{
    const Result<std::string> path = lookUp(command);
    if (!path)
        return failWith("unable to find binary at " + command, path.error());
    PostRenderer out;
    out.m_process.command = *path;
    out.m_process.args = std::move(arguments);
    return out;
}

Result<PostRenderer> PostRenderer::ofPlugin(
    const std::string &name, std::vector<std::string> arguments, const std::vector<std::string> &folders)
{
    std::size_t looked = 0;
    for (const std::string &folder : folders) {
        std::error_code error;
        std::vector<std::string> plugins;
        for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end && ++looked < maxPlugins; entry.increment(error))
            plugins.push_back(entry->path().string());
        std::sort(plugins.begin(), plugins.end());
        for (const std::string &plugin : plugins) {
            const Result<std::string> text = readWholeFile(joinPath(plugin, "plugin.yaml"), maxPluginFile);
            const Result<value::Value> data = text ? value::parseYaml(*text) : tl::unexpected(text.error());
            if (!data || (*data)["name"].stringOr() != name || (*data)["type"].stringOr() != "postrenderer/v1")
                continue;
            if ((*data)["runtime"].stringOr() != "subprocess")
                return fail(ErrorCode::Unsupported, "plugin " + goQuoted(name) + ": only plugins that are programs can be run here (runtime: subprocess)");
            const value::Value *const command = commandHere((*data)["runtimeConfig"]["platformCommand"]);
            const std::string line(command != nullptr ? (*command)["command"].stringOr() : std::string_view());
            if (line.empty())
                return fail(ErrorCode::InvalidInput, "failed to prepare plugin command: no plugin command is applicable");
            const auto variable = [&](const std::string &wanted) {
                return wanted == "HELM_PLUGIN_NAME" ? name : wanted == "HELM_PLUGIN_DIR" ? plugin : environment(wanted.c_str());
            };
            PostRenderer out;
            out.m_plugin = name;
            out.m_process.env = {{"HELM_PLUGIN_NAME", name}, {"HELM_PLUGIN_DIR", plugin}};
            const std::size_t blank = line.find(' ');
            out.m_process.command = expanded(std::string_view(line).substr(0, blank), variable);
            for (std::string_view rest = blank == std::string::npos ? std::string_view() : std::string_view(line).substr(blank + 1); !rest.empty();) {
                const std::size_t end = rest.find(' ');
                out.m_process.args.push_back(expanded(rest.substr(0, end), variable));
                rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            }
            if (const value::Value &given = (*command)["args"]; given.isList()) {
                for (const value::Value &argument : given.asList())
                    out.m_process.args.push_back(expanded(argument.stringOr(), variable));
            }
            out.m_process.args.insert(out.m_process.args.end(), arguments.begin(), arguments.end());
            return out;
        }
    }
    return fail(ErrorCode::NotFound, "plugin: {Name:" + name + " Type:postrenderer/v1} not found");
}

Result<std::string> PostRenderer::run(std::string manifests, const CancelToken &cancel) const
{
    ProcessSpec process = m_process;
    process.input = std::move(manifests);
    process.timeout = std::chrono::minutes(5);
    process.maxOutput = std::size_t {100} << 20;
    process.maxErrorText = std::size_t {64} << 10;
    Result<ProcessOutput> output = runProcess(process, cancel);
    const std::string failure = m_plugin.empty() ? "error while running command " + process.command
                                                 : "failed to invoke post-renderer plugin " + goQuoted(m_plugin);
    if (!output)
        return failWith(failure, output.error());
    if (!m_plugin.empty()) {
        if (output->exitCode != 0)
            return fail(ErrorCode::Io, failure + ": plugin " + goQuoted(m_plugin) + " exited with error");
        if (trimSpace(output->out).empty())
            return fail(ErrorCode::InvalidInput, "post-renderer " + goQuoted(m_plugin) + " produced empty output");
    } else if (output->exitCode != 0) {
        return fail(ErrorCode::Io, failure + ". error output:\n" + output->errorText + ": exit status " + std::to_string(output->exitCode));
    }
    return std::move(output->out);
}

std::vector<std::string> PostRenderer::pluginFolders()
{
    std::string list = environment("HELM_PLUGINS");
    if (list.empty()) {
        std::string data = environment("HELM_DATA_HOME");
        if (data.empty() && !environment("XDG_DATA_HOME").empty())
            data = joinPath(environment("XDG_DATA_HOME"), "helm");
        if (data.empty())
            data = joinPath(environment("HOME"), ".local/share/helm");
        list = joinPath(data, "plugins");
    }
    std::vector<std::string> out;
    for (std::string_view rest = list; !rest.empty();) {
        const std::size_t end = rest.find(':');
        if (end != 0)
            out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

} // namespace fairway::chart
