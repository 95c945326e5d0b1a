#pragma once

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/session.h"

#include <CLI/CLI.hpp>

namespace fairway::ctl {

/// `apply`, `diff` and `delete`; all writes go through core/operate.
void addApplyCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode);
void addDiffCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode);
void addDeleteCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode);

/// --confirm-context, --reason, --without-dry-run.
void addConsentOptions(CLI::App &command, ConsentOptions &consent);

} // namespace fairway::ctl
