#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `proxy run` below `app`. `exitCode` is set when the command ran; it must outlive parsing.
void addProxyCommands(CLI::App &app, int &exitCode);

} // namespace fairway::ctl
