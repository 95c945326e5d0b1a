#pragma once

#include "app/fairwayctl/cli.h"

#include <CLI/CLI.hpp>

namespace fairway::ctl {

void addApiResourcesCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode);
void addLogsCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode);
void addDescribeCommand(CLI::App &app, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
