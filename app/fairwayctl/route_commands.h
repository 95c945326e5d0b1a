#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `route weights` and `route check` below `app`. `exitCode` is set when a command ran; it must outlive parsing.
void addRouteCommands(CLI::App &app, int &exitCode);

} // namespace fairway::ctl
