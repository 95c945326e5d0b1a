#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

struct GlobalOptions;

/// Adds `route weights`, `route check` and `route resolve` below `app`. `exitCode` is set when a command ran; it must outlive parsing.
void addRouteCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
