#pragma once

#include "core/chart/registry_source.h"

#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

/// fairwayctl registry login|logout: helm's commands, with helm's flags, output and exit codes.
namespace fairway::ctl {

/// Shows the group in `fairwayctl --help`. The commands themselves are run by runRegistryCommand(), before CLI11 is set up.
void addRegistryCommands(CLI::App &app, int &exitCode);

/// Runs `fairwayctl registry ARGUMENTS…` and returns the exit code.
[[nodiscard]] int runRegistryCommand(std::span<const std::string> arguments);

} // namespace fairway::ctl
