#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `route weights`, `route check` and `route resolve` below `app`. `exitCode` is set when a command ran; it must outlive parsing.
void addRouteCommands(CLI::App &app, int &exitCode);

} // namespace fairway::ctl
