#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `rehearse` below `app`. `exitCode` is set when the command ran; it must outlive parsing.
void addRehearseCommands(CLI::App &app, int &exitCode);

} // namespace fairway::ctl
