// Usage: bench_chart_probe run COMMAND...        prints the seconds it took and the kilobytes it held at most
//        bench_chart_probe WIDE_CHART INDEX CHART...
// Opens the first one, reads the repository's index, and renders the other charts again and again with one value changed as an editor
// does: the chart stays read, one leaf of its values is set. Prints name=value lines.

#include "core/chart/load_chart.h"
#include "core/chart/release.h"
#include "core/chart/repository_index.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace fairway;
using Steady = std::chrono::steady_clock;

namespace {

double milliseconds(Steady::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

/// Every leaf below maps, as a tree that sets it to what it is with a change that most charts bear.
void changes(const value::Value &values, std::vector<std::string> &path, std::vector<value::Value> &out)
{
    if (values.isMap()) {
        for (const auto &[key, member] : values.asMap()) {
            path.push_back(key);
            changes(member, path, out);
            path.pop_back();
        }
        return;
    }
    if (!values.isString() || path.empty())
        return;
    value::Value tree(values.asString() + "x");
    for (auto key = path.rbegin(); key != path.rend(); ++key)
        tree = value::Value::map({{*key, std::move(tree)}});
    out.push_back(std::move(tree));
}

double quantile(std::vector<double> times, double part)
{
    std::sort(times.begin(), times.end());
    return times.empty() ? 0 : times[std::min(times.size() - 1, static_cast<std::size_t>(part * static_cast<double>(times.size())))];
}

/// How long a prime is looked for is luck, and no part of rendering.
bool makesKeys(const chart::RenderedRelease &release)
{
    const auto hasKey = [](const std::string &text) {
        return text.find("BEGIN RSA PRIVATE KEY") != std::string::npos || text.find("LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk") != std::string::npos;
    };
    return std::any_of(release.manifests.begin(), release.manifests.end(), [&](const auto &one) { return hasKey(one.text); })
        || std::any_of(release.hooks.begin(), release.hooks.end(), [&](const auto &one) { return hasKey(one.text); });
}

/// Milliseconds at best of some, or nothing.
template <typename Work>
double quickest(Work work)
{
    double best = -1;
    for (int round = 0; round < 5; ++round) {
        const auto start = Steady::now();
        if (!work())
            return -1;
        const double taken = milliseconds(Steady::now() - start);
        best = best < 0 ? taken : std::min(best, taken);
    }
    return best;
}

/// From here and not from Python: a child's largest size counts what its parent held when it was made.
int runOnce(char **command)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
    const auto start = Steady::now();
    pid_t child = 0;
    int status = 0;
    rusage usage {};
    if (posix_spawnp(&child, command[0], &actions, nullptr, command, environ) != 0 || wait4(child, &status, 0, &usage) != child)
        return 1;
    std::printf("%.6f %ld\n", milliseconds(Steady::now() - start) / 1000, usage.ru_maxrss);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}

} // namespace

int main(int count, char **arguments)
{
    if (count > 2 && std::string_view(arguments[1]) == "run")
        return runOnce(arguments + 2);
    constexpr std::size_t changesEach = 12;
    const chart::Messages silent(chart::HelmVersion::V4);
    if (count < 3)
        return 2;
    const double opened = quickest([&] {
        chart::ValueSources sources;
        return chart::loadChart(arguments[1], {chart::HelmVersion::V4, silent, sources, {}}).has_value();
    });
    std::ifstream file(arguments[2], std::ios::binary);
    const std::string index((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const double indexed = quickest([&] { return chart::parseIndex(index, "large", silent).has_value(); });
    if (opened < 0 || indexed < 0)
        return 1;
    std::printf("open_ms=%.2f\nindex_ms=%.2f\n", opened, indexed);

    std::vector<double> all;
    std::size_t withKeys = 0;
    for (int i = 3; i < count; ++i) {
        chart::ValueSources sources;
        const auto tree = chart::loadChart(arguments[i], {chart::HelmVersion::V4, silent, sources, {}});
        if (!tree)
            continue;
        std::vector<value::Value> wanted;
        std::vector<std::string> path;
        changes(tree->root().values, path, wanted);
        std::vector<double> times;
        const std::size_t step = std::max<std::size_t>(1, wanted.size() / changesEach);
        const auto render = [&](const value::Value &values) {
            chart::ChartTree copy = tree->clone();
            chart::ReleaseRequest request;
            request.capabilities = chart::defaultCapabilities(chart::HelmVersion::V4);
            request.release.name = "rel";
            request.release.nameSpace = "ns";
            return chart::renderRelease(copy, values, request, silent);
        };
        (void)render(value::Value::map()); // as it is opened
        for (std::size_t at = 0; at < wanted.size(); at += step) {
            const auto start = Steady::now();
            const auto release = render(wanted[at]);
            const double taken = milliseconds(Steady::now() - start);
            if (release && makesKeys(*release))
                ++withKeys;
            else if (release)
                times.push_back(taken);
        }
        if (!times.empty())
            std::printf("%-90s median %7.2f ms, slowest %7.2f ms of %zu\n", arguments[i], quantile(times, 0.5), quantile(times, 1), times.size());
        all.insert(all.end(), times.begin(), times.end());
    }
    std::printf("rerenders_with_keys=%zu\n", withKeys);
    std::printf("rerenders=%zu\nrerender_median_ms=%.2f\nrerender_p95_ms=%.2f\n", all.size(), quantile(all, 0.5), quantile(all, 0.95));
    return 0;
}
