#pragma once

#include "app/fairwayctl/cli.h"

#include <CLI/CLI.hpp>

namespace fairway::ctl {

/// `context list|lock|unlock|production`: the guard rails.
void addContextCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode);
/// `journal list|show` and `undo`: what was written, and taking it back.
void addJournalCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
