#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// Adds `lab up` below `app`. `exitCode` is set when the command ran; it must outlive parsing.
void addLabCommands(CLI::App &app, int &exitCode);

} // namespace fairway::ctl
