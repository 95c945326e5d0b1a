#include "app/fairwayctl/proxy_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/proxy_traffic.h"
#include "core/proxy/admin.h"
#include "core/proxy/config_file.h"
#include "core/proxy/proxy.h"

#include <CLI/CLI.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

namespace fairway::ctl {

namespace {

struct ProxyRunOptions {
    std::string configFile;
    int workers = 0;
    std::vector<std::string> listen;
    std::vector<std::string> upstreams;
    std::string weights;
    std::string split; ///< Empty: exact for --upstream, random for routes.
    std::string listenProtocol = "auto";
    std::string upstreamProtocol = "auto";
    std::string certificateFile;
    std::string keyFile;
    std::string admin;
    TrafficFlags traffic;
};

Error usage(std::string message)
{
    return Error {ErrorCode::InvalidInput, std::move(message)};
}

Result<proxy::ConfigFile> readFile(const std::string &name)
{
    std::ifstream file(name, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return fail(ErrorCode::NotFound, name + ": can't be read");
    }
    return proxy::readConfigFile(text.str(), name);
}

Result<std::vector<std::uint32_t>> parseWeights(const std::string &text, std::size_t count)
{
    std::vector<std::uint32_t> weights;
    for (const std::string &part : splitAt(text, ',')) {
        std::uint32_t weight = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), weight);
        if (error != std::errc {} || end != part.data() + part.size()) {
            return tl::unexpected(usage("--weights: \"" + part + "\" is not a whole number from 0 to 4294967295"));
        }
        weights.push_back(weight);
    }
    if (weights.size() != count) {
        return tl::unexpected(usage("--weights has " + std::to_string(weights.size()) + " numbers for " + std::to_string(count) + " --upstream"));
    }
    return weights;
}

Result<proxy::Destination> parseUpstream(const std::string &text, const std::vector<proxy::Destination> &before)
{
    const auto parts = net::parseHostPort(text);
    if (!parts || parts->host.empty() || parts->port == 0) {
        return tl::unexpected(usage("--upstream: \"" + text + "\" is not ADDRESS:PORT"));
    }
    const auto found = net::resolve(parts->host, parts->port);
    if (!found) {
        return tl::unexpected(usage("--upstream: " + found.error().message));
    }
    proxy::Destination destination {text, 1, {{found->front(), text}}};
    const auto isSame = [&text](const proxy::Destination &other) { return other.name == text; };
    if (std::any_of(before.begin(), before.end(), isSame)) {
        destination.name += " (" + std::to_string(before.size() + 1) + ")";
    }
    return destination;
}

/// The flags as a configuration; every error is one of usage.
Result<proxy::ConfigFile> fromFlags(const ProxyRunOptions &options)
{
    const bool hasTraffic = options.traffic.areGiven();
    if (options.listen.empty() || options.upstreams.empty() != hasTraffic) {
        return tl::unexpected(usage("proxy run needs -f CONFIG, or --listen with --upstream, --routes or --envoy"));
    }
    if (!hasTraffic && !options.traffic.endpoints.empty()) {
        return tl::unexpected(usage("--endpoints goes with --routes or --envoy"));
    }
    // Weights of flags are kept to the request; routes split as Envoy picks.
    const bool isExact = options.split.empty() ? !hasTraffic : options.split == "exact";
    const proxy::Split split = isExact ? proxy::Split::Exact : proxy::Split::Random;
    std::vector<net::SocketAddress> listeners;
    for (const std::string &text : options.listen) {
        auto address = net::SocketAddress::parse(text);
        if (!address) {
            return tl::unexpected(usage("--listen: " + address.error().message));
        }
        listeners.push_back(*address);
    }
    std::vector<proxy::Destination> destinations;
    for (const std::string &text : options.upstreams) {
        auto destination = parseUpstream(text, destinations);
        if (!destination) {
            return tl::unexpected(destination.error());
        }
        destinations.push_back(std::move(*destination));
    }
    if (!options.weights.empty()) {
        const auto weights = parseWeights(options.weights, destinations.size());
        if (!weights) {
            return tl::unexpected(weights.error());
        }
        for (std::size_t i = 0; i < destinations.size(); ++i) {
            destinations[i].weight = (*weights)[i];
        }
    }
    proxy::ConfigFile file;
    const int workers = options.workers > 0 ? options.workers : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (hasTraffic) {
        const auto source = sourceOf(options.traffic);
        if (!source) {
            return tl::unexpected(source.error());
        }
        file.traffic = *source;
        file.config.listeners = std::move(listeners);
        file.config.workers = workers;
        file.config.split = split;
        return file; // the rest is checked once the routes are there
    }
    file.config = proxy::simpleConfig(std::move(listeners), std::move(destinations), split, workers);
    if (const auto checked = file.config.check(); !checked) {
        return tl::unexpected(usage(checked.error().message));
    }
    return file;
}

Result<proxy::ConfigFile> configurationOf(const ProxyRunOptions &options)
{
    if (options.listenProtocol == "h2" || options.listenProtocol == "tls") {
        return tl::unexpected(usage("--listen-protocol " + options.listenProtocol + " is not available in this version: h1 and auto are"));
    }
    if (options.upstreamProtocol == "h2" || options.upstreamProtocol == "h3") {
        return tl::unexpected(usage("--upstream-protocol " + options.upstreamProtocol + " is not available in this version: h1 and auto are"));
    }
    auto file = options.configFile.empty() ? fromFlags(options) : readFile(options.configFile);
    if (file && !options.configFile.empty() && options.workers > 0) {
        file->config.workers = options.workers;
    }
    if (file && !options.admin.empty()) {
        const auto admin = net::SocketAddress::parse(options.admin);
        if (!admin) {
            return tl::unexpected(usage("--admin: " + admin.error().message));
        }
        file->admin = *admin;
    }
    return file;
}

/// What other files say; its errors are none of usage.
Result<void> load(proxy::ConfigFile &file, const ProxyRunOptions &options)
{
    return file.traffic ? loadTraffic(file, options.configFile) : Result<void>();
}

void raiseFileLimit()
{
    rlimit limit {};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// Sleeps until a signal asks for something; false: end.
bool serveUntilSignal(const sigset_t &signals, proxy::Proxy &proxy, const ProxyRunOptions &options)
{
    int signal = 0;
    sigwait(&signals, &signal);
    if (signal != SIGHUP) {
        return false;
    }
    if (options.configFile.empty() && !options.traffic.areGiven()) {
        note("nothing to read again: the proxy runs without a file");
        return true;
    }
    auto file = configurationOf(options);
    auto swapped = file ? load(*file, options) : Result<void>(tl::unexpected(file.error()));
    if (swapped) {
        swapped = proxy.swap(std::move(file->config));
    }
    note(swapped ? "configuration read again" : "configuration kept as it was: " + swapped.error().message);
    return true;
}

int runProxy(const ProxyRunOptions &options)
{
    auto file = configurationOf(options);
    if (!file) {
        return options.configFile.empty() || file.error().message.starts_with("--") ? badUsage(file.error().message) : failed(file.error());
    }
    if (const auto loaded = load(*file, options); !loaded) {
        return failed(loaded.error());
    }
    raiseFileLimit();
    // Blocked before any thread starts, so that sigwait() below is the only one who gets them.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&signals, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const auto doors = file->config.traffic == nullptr ? std::vector<proxy::Traffic::Door>() : file->config.traffic->doors;
    auto running = proxy::Proxy::start(std::move(file->config));
    if (!running) {
        return failed(running.error());
    }
    proxy::Proxy &proxy = **running;
    std::unique_ptr<proxy::HttpServer> admin;
    if (file->admin) {
        auto started = proxy::startAdmin(*file->admin, [&proxy] { return proxy.stats(); });
        if (!started) {
            return failed(started.error());
        }
        admin = std::move(*started);
    }
    const std::vector<net::SocketAddress> addresses = proxy.addresses();
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        out("listening on " + addresses[i].toString() + (i < doors.size() ? " for port " + std::to_string(doors[i].port) : "") + "\n");
    }
    if (admin) {
        net::SocketAddress address = *file->admin;
        address.setPort(admin->port());
        out("statistics on http://" + address.toString() + "/stats\n");
    }
    while (serveUntilSignal(signals, proxy, options)) {
    }
    if (!proxy.drain()) {
        note("some requests were cut at the deadline of the drain");
        return exitFailed;
    }
    return exitOk;
}

} // namespace

void addProxyCommands(CLI::App &app, int &exitCode)
{
    CLI::App *const group = app.add_subcommand("proxy", "Run the built-in proxy");
    group->require_subcommand(1);
    CLI::App *const run = group->add_subcommand("run", "Run it in the foreground; SIGTERM drains, SIGHUP reads its files again");
    const auto options = std::make_shared<ProxyRunOptions>();
    CLI::Option *const file = run->add_option("-f,--filename", options->configFile, "Configuration file (YAML)");
    run->add_option("--workers", options->workers, "Threads, each with its own listeners (default: one per processor)")->check(CLI::Range(1, 256));
    run->add_option("--listen", options->listen, "ADDR:PORT to listen on; may be repeated")->excludes(file);
    CLI::Option *const upstream = run->add_option("--upstream", options->upstreams, "ADDR:PORT to forward to; may be repeated")->excludes(file);
    run->add_option("--weights", options->weights, "Weights of the upstreams, as 75,25")->needs(upstream);
    run->add_option("--split", options->split, "exact: shares are exact over every total (default of --upstream); random: as Envoy picks (of routes)")->check(CLI::IsMember({"exact", "random"}))->excludes(file);
    addTrafficFlags(*run, *file, options->traffic);
    run->add_option("--listen-protocol", options->listenProtocol, "h1, h2, tls or auto")->check(CLI::IsMember({"h1", "h2", "tls", "auto"}));
    run->add_option("--upstream-protocol", options->upstreamProtocol, "h1, h2, h3 or auto")->check(CLI::IsMember({"h1", "h2", "h3", "auto"}));
    run->add_option("--tls-cert", options->certificateFile, "Certificate for --listen-protocol tls");
    run->add_option("--tls-key", options->keyFile, "Its key");
    run->add_option("--admin", options->admin, "ADDR:PORT for statistics");
    run->callback([options, &exitCode] { exitCode = runProxy(*options); });
    addProxyImport(*group, exitCode);
}

} // namespace fairway::ctl
