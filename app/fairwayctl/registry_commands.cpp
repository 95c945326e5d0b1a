#include "app/fairwayctl/registry_commands.h"

#include "app/fairwayctl/chart_commands.h"
#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/terminal_input.h"

#include <CLI/CLI.hpp>

namespace fairway::ctl {

namespace {

constexpr std::string_view usageText = "Work with registries of charts as helm does.\n\n"
                                       "Usage: fairwayctl registry login HOST [flags]\n"
                                       "       fairwayctl registry logout HOST\n\n"
                                       "  -u, --username NAME     registry username\n"
                                       "  -p, --password TEXT     registry password or identity token (seen by others on this machine)\n"
                                       "      --password-stdin    read password or identity token from standard input\n"
                                       "      --insecure          take any certificate\n"
                                       "      --plain-http        speak HTTP without TLS\n"
                                       "      --ca-file FILE      verify the registry's certificate using this CA bundle\n"
                                       "      --cert-file FILE    identify by this certificate …\n"
                                       "      --key-file FILE     … and its key\n"
                                       "      --registry-config FILE   where logins are kept; default: helm's own file\n";

int wantsHost(std::string_view command)
{
    return helmFailed("\"fairwayctl registry " + std::string(command) + "\" requires at least 1 argument\n\nUsage:  fairwayctl registry "
        + std::string(command) + " [host] [flags]");
}

/// Name and password by flags, standard input or questions, in helm's order.
Result<void> askFor(std::string &user, std::string &password, bool isFromInput, const chart::Messages &messages)
{
    if (isFromInput) {
        Result<std::string> read = readStandardInputSecret();
        if (!read)
            return tl::unexpected(read.error());
        password = std::move(*read);
        return {};
    }
    if (!password.empty()) {
        messages.structured("WARN", "using --password via the CLI is insecure. Use --password-stdin");
        if (messages.version() == chart::HelmVersion::V3)
            note("WARNING: Using --password via the CLI is insecure. Use --password-stdin.");
        return {};
    }
    if (user.empty()) {
        Result<std::string> read = readTerminalLine("Username: ");
        if (!read)
            return tl::unexpected(read.error());
        user = std::move(*read);
    }
    Result<std::string> read = readTerminalSecret(user.empty() ? "Token: " : "Password: ");
    if (!read)
        return tl::unexpected(read.error());
    if (read->empty())
        return fail(ErrorCode::InvalidInput, user.empty() ? "token required" : "password required");
    password = std::move(*read);
    return {};
}

int login(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    chart::HelmPaths paths = chart::HelmPaths::ofProcess();
    chart::RemoteAccess access;
    bool isFromInput = false;
    flags.text("registry-config", paths.registryConfig);
    settings.addTo(flags);
    flags.text("username", access.username, 'u');
    flags.text("password", access.password, 'p');
    flags.boolean("password-stdin", isFromInput);
    flags.boolean("insecure", access.tls.insecure);
    flags.text("cert-file", access.tls.certificateFile);
    flags.text("key-file", access.tls.keyFile);
    flags.text("ca-file", access.tls.caFile);
    flags.boolean("plain-http", access.plainHttp);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return helmFailed(positional.error().message);
    if (positional->empty())
        return wantsHost("login");
    const std::string &host = positional->front();
    const chart::Messages messages = standardErrorMessages(settings.version);
    if (const Result<void> known = askFor(access.username, access.password, isFromInput, messages); !known)
        return helmFailed(known.error().message);
    if (const std::size_t slash = host.find('/'); slash != std::string::npos) {
        messages.structured("WARN", "registry login currently only supports registry hostname, not a repository path",
            {{"host", host}, {"suggested", host.substr(0, slash)}});
    }
    const bool isPlain = access.plainHttp;
    chart::RegistryAccess how = chart::RegistrySource(paths, settings.version).accessTo(host, access);
    how.user = access.username;
    how.password = access.password;
    how.plainHttp = isPlain || how.plainHttp;
    if (const Result<void> done = chart::loginToRegistry(std::move(how), host); !done)
        return helmFailed(done.error().message);
    note("Login Succeeded");
    return exitOk;
}

int logout(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    chart::HelmPaths paths = chart::HelmPaths::ofProcess();
    flags.text("registry-config", paths.registryConfig);
    settings.addTo(flags);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return helmFailed(positional.error().message);
    if (positional->empty())
        return wantsHost("logout");
    const std::string &host = positional->front();
    const chart::CredentialStore store(paths.registryConfig, {});
    const Result<bool> erased = store.erase(chart::CredentialStore::serverAddress(host));
    if (!erased)
        return helmFailed(erased.error().message);
    if (!*erased && settings.version == chart::HelmVersion::V3)
        return helmFailed("not logged in");
    note("Removing login credentials for " + host);
    return exitOk;
}

} // namespace

void addRegistryCommands(CLI::App &app, int &)
{
    CLI::App *const group = app.add_subcommand("registry", "log in to registries of charts and out again, as helm does");
    group->prefix_command();
}

int runRegistryCommand(std::span<const std::string> arguments)
{
    const std::string command = arguments.empty() ? "" : arguments.front();
    const bool asksForHelp = command.empty() || std::find(arguments.begin(), arguments.end(), "--help") != arguments.end()
        || std::find(arguments.begin(), arguments.end(), "-h") != arguments.end();
    if (asksForHelp && (command.empty() || command.starts_with('-') || command == "login" || command == "logout")) {
        out(usageText);
        return exitOk;
    }
    if (command == "login")
        return login(arguments.subspan(1));
    if (command == "logout")
        return logout(arguments.subspan(1));
    return badUsage("unknown command \"" + command + "\"; one of: login, logout");
}

} // namespace fairway::ctl
