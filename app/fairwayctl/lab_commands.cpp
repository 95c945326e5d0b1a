#include "app/fairwayctl/lab_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/lab/lab.h"
#include "core/lab/lab_kubeconfig.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <memory>
#include <optional>

namespace fairway::ctl {

namespace {

struct LabUpOptions {
    std::string kubeconfig;
    lab::LabOptions lab;
};

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
    std::optional<lab::KubeconfigFile> kubeconfig;
    if (!options.kubeconfig.empty()) {
        auto written = lab::KubeconfigFile::write(options.kubeconfig, lab.kubeconfigText());
        if (!written)
            return failed(written.error());
        kubeconfig.emplace(std::move(*written));
    }
    out("practice cluster at " + lab.address() + "\n");
    if (!options.kubeconfig.empty())
        out("export KUBECONFIG=" + options.kubeconfig + "\n");
    int signal = 0;
    sigwait(&signals, &signal);
    lab.stop();
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
