#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

struct GlobalOptions;

/// `route graph`: files, a dump of a cluster or the cluster itself as one picture: hosts, rules, destinations, pods.
void addRouteGraph(CLI::App &route, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
