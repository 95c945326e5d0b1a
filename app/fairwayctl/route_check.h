#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

struct GlobalOptions;

/// Adds `route check` below `route`. `exitCode` is set when the command ran; it must outlive parsing.
void addRouteCheck(CLI::App &route, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
