#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/remote.h"
#include "core/kube/kubeconfig.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <unistd.h>

namespace fairway::ctl {

namespace {

constexpr std::uint64_t maxUserFile = std::uint64_t {256} << 20;

struct Command {
    std::string_view name;
    std::string_view help;
    int (*run)(std::span<const std::string>);
};

constexpr Command commands[] = {
    {"create", "make a new chart", chartCreate},
    {"dependency", "list, update or build what a chart depends on", chartDependency},
    {"dep", {}, chartDependency},
    {"diff", "show what differs between two charts, versions, git commits or sets of values", chartDiff},
    {"explain", "tell which template line and which values a line of the output comes from", chartExplain},
    {"fetch", {}, chartPull},
    {"lint", "look for what is wrong with a chart", chartLint},
    {"matrix", "render every chart of a folder in every environment, and compare with a git commit", chartMatrix},
    {"package", "pack a chart's folder into an archive", chartPackage},
    {"pull", "download a chart", chartPull},
    {"push", "upload a packaged chart to a registry", chartPush},
    {"show", "print a chart's definition, values, README or CRDs", chartShow},
    {"template", "render a chart locally and print its manifests", chartTemplate},
    {"verify", "check a packaged chart against its provenance file", chartVerify},
};

std::string environment(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

int usage(std::string_view problem)
{
    std::string names;
    for (const Command &command : commands) {
        if (!command.help.empty()) // an alias otherwise
            names += (names.empty() ? "" : ", ") + std::string(command.name);
    }
    return badUsage(std::string(problem) + "; one of: " + names);
}

int help()
{
    std::string text = "Work on Helm charts as helm does, with neither helm nor a cluster.\n\nUsage:  fairwayctl chart COMMAND [flags]\n\n";
    for (const Command &command : commands) {
        if (!command.help.empty())
            text += "  " + std::string(command.name) + std::string(12 - command.name.size(), ' ') + std::string(command.help) + "\n";
    }
    out(text + "\nEach tells of its flags with --help.\n");
    return exitOk;
}

void writeError(std::string text)
{
    if (::isatty(STDERR_FILENO) == 1)
        text = forTerminal(text);
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

bool looksRemote(std::string_view path)
{
    return path.starts_with("http://") || path.starts_with("https://");
}

} // namespace

void addChartCommands(CLI::App &app, int &)
{
    CLI::App *const group = app.add_subcommand("chart", "work on Helm charts as helm does: lint, show, template and more; diff two, explain a line");
    group->prefix_command();
}

namespace {

/// Colours are for helm's status and list; here only a mode that is none stops the command, before anything else, as helm 4 does.
std::optional<std::string> badColorMode(std::span<const std::string> arguments)
{
    std::string mode = "auto";
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        for (const std::string_view flag : {"--color", "--colour"}) {
            if (arguments[i] == flag && i + 1 < arguments.size())
                mode = arguments[i + 1];
            else if (arguments[i].starts_with(std::string(flag) + "="))
                mode = arguments[i].substr(flag.size() + 1);
        }
    }
    return mode == "auto" || mode == "never" || mode == "always" ? std::nullopt : std::optional(mode);
}

} // namespace

int runChartCommand(std::span<const std::string> arguments)
{
    if (HelmSettings::versionIn(arguments) == chart::HelmVersion::V4) {
        if (const std::optional<std::string> mode = badColorMode(arguments)) {
            standardErrorMessages(chart::HelmVersion::V4)
                .structured("WARN", "command failed", {{"error", "invalid color mode " + chart::goQuoted(*mode) + ": must be one of: never, auto, always"}});
            return exitFailed;
        }
    }
    if (arguments.empty())
        return usage("chart needs a command");
    if (arguments.front() == "--help" || arguments.front() == "-h" || arguments.front() == "help")
        return help();
    for (const Command &command : commands) {
        if (command.name == arguments.front())
            return command.run(arguments.subspan(1));
    }
    return usage("unknown command " + chart::goQuoted(arguments.front()));
}

HelmSettings::HelmSettings()
    : nameSpace(environment("HELM_NAMESPACE"))
    , kubeContext(environment("HELM_KUBECONTEXT"))
{
    const std::string debugging = environment("HELM_DEBUG");
    debug = debugging == "1" || debugging == "true";
}

void HelmSettings::addTo(HelmFlags &flags)
{
    flags.boolean("debug", debug);
    flags.text("namespace", nameSpace, 'n');
    flags.text("kubeconfig", kubeconfig);
    flags.text("kube-context", kubeContext);
    flags.custom("helm-version", [this](std::string_view text) -> Result<void> {
        if (text != "3" && text != "4")
            return fail(ErrorCode::InvalidInput, "must be 3 or 4");
        version = text == "3" ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
        return {};
    });
    flags.text("content-cache", paths.contentCache);
    flags.text("registry-config", paths.registryConfig);
    flags.text("repository-cache", paths.repositoryCache);
    flags.text("repository-config", paths.repositoryConfig);
    flags.texts("mirror", mirrors);
    for (const std::string_view name : {"color", "colour", "kube-apiserver", "kube-as-group", "kube-as-user", "kube-ca-file",
             "kube-tls-server-name", "kube-token"})
        flags.ignoredText(name);
    flags.ignoredNumber("burst-limit", true);
    flags.ignoredNumber("qps", false);
    flags.ignoredBoolean("kube-insecure-skip-tls-verify");
}

chart::HelmVersion HelmSettings::versionIn(std::span<const std::string> arguments)
{
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
        if (arguments[i] == "--helm-version=3" || (arguments[i] == "--helm-version" && i + 1 < arguments.size() && arguments[i + 1] == "3"))
            return chart::HelmVersion::V3;
    }
    return chart::HelmVersion::V4;
}

std::string HelmSettings::effectiveNamespace() const
{
    if (!nameSpace.empty())
        return nameSpace;
    const Result<kube::Kubeconfig> config = kube::Kubeconfig::load(kube::KubeconfigSource::fromEnvironment(kubeconfig));
    if (!config)
        return "default";
    const std::string &context = kubeContext.empty() ? config->currentContext() : kubeContext;
    for (const kube::ContextEntry &entry : config->contexts()) {
        if (entry.name == context && !entry.ns.empty())
            return entry.ns;
    }
    return "default";
}

int helmFailed(std::string_view message)
{
    writeError("Error: " + std::string(message) + "\n");
    return exitFailed;
}

int helmRefusesArguments(std::string_view group, std::string_view command, std::string_view wanted, std::string_view usage)
{
    const std::string program = "fairwayctl " + std::string(group) + (group.empty() ? "" : " ");
    return helmFailed("\"" + program + std::string(command) + "\" " + std::string(wanted) + "\n\nUsage:  " + program + std::string(usage));
}

int flagsFailed(const HelmFlags &flags, const Error &error)
{
    if (flags.askedHelp().empty())
        return helmFailed(error.message);
    out(flags.askedHelp());
    return exitOk;
}

int helmWantsArguments(std::string_view command, std::string_view wanted, std::string_view usage)
{
    return helmRefusesArguments("chart", command, "requires " + std::string(wanted), usage);
}

void addValueFlags(HelmFlags &flags, chart::ValueOptions &options)
{
    flags.list("values", options.files, 'f');
    flags.texts("set", options.values);
    flags.texts("set-string", options.stringValues);
    flags.texts("set-file", options.fileValues);
    flags.texts("set-json", options.jsonValues);
    flags.texts("set-literal", options.literalValues);
}

Result<std::string> readUserFile(std::string_view path)
{
    if (chart::trimSpace(path) == "-")
        return chart::readWholeFile("/dev/stdin", maxUserFile);
    if (looksRemote(path)) {
        chart::RemoteContext context;
        chart::HttpClient client;
        return chart::fetchFile(client, context, std::string(path), std::string(path), {}, maxUserFile);
    }
    return chart::readWholeFile(std::string(path), maxUserFile);
}

chart::Messages standardErrorMessages(chart::HelmVersion version)
{
    return chart::Messages(version, [](std::string_view line) { writeError(std::string(line) + "\n"); });
}

} // namespace fairway::ctl
