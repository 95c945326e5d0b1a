#pragma once

#include "core/proxy/config_file.h"

#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}

namespace fairway::ctl {

/// The flags of `proxy run` that stand for `traffic` of a configuration file.
struct TrafficFlags {
    std::vector<std::string> routes;
    std::string envoy;
    std::string envoyRoute;
    std::string at = "mesh";
    std::string fromNamespace = "default";
    std::string fromLabels;
    std::vector<int> ports;
    std::string pods = "local";
    std::vector<std::string> endpoints;

    [[nodiscard]] bool areGiven() const { return !routes.empty() || !envoy.empty(); }
};
/// Adds them to `run`; they and `file` exclude each other.
void addTrafficFlags(CLI::App &run, CLI::Option &file, TrafficFlags &flags);
/// Errors are of usage and name the flag.
[[nodiscard]] Result<proxy::TrafficSource> sourceOf(const TrafficFlags &flags);

/// Reads what `file.traffic` names and compiles it into `file.config`; says on standard error what is not executed, by object and field.
/// `fileName` is the configuration's, empty when flags took its place. Errors name the file and object, the configuration's key or the flag.
[[nodiscard]] Result<void> loadTraffic(proxy::ConfigFile &file, const std::string &fileName);

/// `proxy import-envoy FILE`: prints a configuration for `proxy run -f`, and what it can't execute on standard error.
void addProxyImport(CLI::App &group, int &exitCode);

} // namespace fairway::ctl
