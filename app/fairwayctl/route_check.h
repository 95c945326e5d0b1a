#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `route check` below `route`. `exitCode` is set when the command ran; it must outlive parsing.
void addRouteCheck(CLI::App &route, int &exitCode);

} // namespace fairway::ctl
