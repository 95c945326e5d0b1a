#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

struct GlobalOptions;

/// `route diff`: one route as two contexts hold it: what requests would notice, then the YAML.
void addRouteDiff(CLI::App &route, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
