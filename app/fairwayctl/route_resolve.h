#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `route resolve` below `route`. `exitCode` is set when the command ran; it must outlive parsing.
void addRouteResolve(CLI::App &route, int &exitCode);

} // namespace fairway::ctl
