#include "app/fairwayctl/lab_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/lab/lab.h"

#include <CLI/CLI.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

namespace fairway::ctl {

namespace {

struct LabUpOptions {
    std::string kubeconfig;
    lab::LabOptions lab;
};

/// Writes the file for its owner only, and whole or not at all: whoever waits for it never reads half a kubeconfig.
Result<void> writePrivately(const std::string &name, const std::string &text)
{
    std::string temporary = name + ".XXXXXX";
    const int file = mkostemp(temporary.data(), O_CLOEXEC); // mode 0600
    if (file < 0)
        return fail(ErrorCode::Io, name + ": " + std::strerror(errno));
    std::size_t written = 0;
    bool isGood = true;
    while (isGood && written < text.size()) {
        const ssize_t count = write(file, text.data() + written, text.size() - written);
        isGood = count > 0;
        written += isGood ? static_cast<std::size_t>(count) : 0;
    }
    isGood = close(file) == 0 && isGood && std::rename(temporary.c_str(), name.c_str()) == 0;
    if (isGood)
        return {};
    const int reason = errno;
    unlink(temporary.c_str());
    return fail(ErrorCode::Io, name + ": " + std::strerror(reason));
}

int runLab(const LabUpOptions &options)
{
    // Blocked before any thread starts, so that sigwait() below is the only one who gets them.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT})
        sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    auto started = lab::Lab::start(options.lab);
    if (!started)
        return failed(started.error());
    lab::Lab &lab = **started;
    if (!options.kubeconfig.empty()) {
        if (const auto written = writePrivately(options.kubeconfig, lab.kubeconfigText()); !written)
            return failed(written.error());
    }
    out("practice cluster at " + lab.address() + "\n");
    if (!options.kubeconfig.empty())
        out("export KUBECONFIG=" + options.kubeconfig + "\n");
    int signal = 0;
    sigwait(&signals, &signal);
    lab.stop();
    // The tokens in it are worth nothing any more.
    if (!options.kubeconfig.empty())
        unlink(options.kubeconfig.c_str());
    return exitOk;
}

} // namespace

void addLabCommands(CLI::App &app, int &exitCode)
{
    CLI::App *const group = app.add_subcommand("lab", "Run a practice cluster on this machine");
    group->require_subcommand(1);
    CLI::App *const up = group->add_subcommand("up", "Run it in the foreground until SIGTERM or SIGINT");
    const auto options = std::make_shared<LabUpOptions>();
    up->add_option("--kubeconfig", options->kubeconfig, "Write a kubeconfig (mode 0600) here when the cluster is ready");
    up->add_option("--port", options->lab.port, "Port of the API server; 0: any free one");
    up->add_option("--pods", options->lab.pods, "Generate this many Pods beside the shop's")->check(CLI::Range(0U, 200'000U));
    up->add_option("--churn", options->lab.churn, "Random status changes of generated Pods per second")->check(CLI::Range(0U, 100'000U));
    up->add_option("--seed", options->lab.seed, "Same seed, same names");
    up->callback([options, &exitCode] { exitCode = runLab(*options); });
}

} // namespace fairway::ctl
