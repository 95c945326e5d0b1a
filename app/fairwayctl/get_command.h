#pragma once

#include "app/fairwayctl/cli.h"

#include <CLI/CLI.hpp>

namespace fairway::ctl {

/// `get` and `watch`: any kind, in kubectl's forms.
void addGetCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
