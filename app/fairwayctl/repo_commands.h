#pragma once

#include <span>
#include <string>

namespace CLI {
class App;
}

/// fairwayctl repo … and fairwayctl search repo: helm's commands on chart repositories, sharing its files.
namespace fairway::ctl {

/// Shows the groups in `fairwayctl --help`.
void addRepoCommands(CLI::App &app, int &exitCode);

/// Each runs a group with the arguments behind its name and returns the exit code.
[[nodiscard]] int runRepoCommand(std::span<const std::string> arguments);
[[nodiscard]] int runSearchCommand(std::span<const std::string> arguments);

[[nodiscard]] int repoAdd(std::span<const std::string> arguments);
[[nodiscard]] int repoIndex(std::span<const std::string> arguments);
[[nodiscard]] int repoList(std::span<const std::string> arguments);
[[nodiscard]] int repoRemove(std::span<const std::string> arguments);
[[nodiscard]] int repoUpdate(std::span<const std::string> arguments);
[[nodiscard]] int searchRepo(std::span<const std::string> arguments);

} // namespace fairway::ctl
