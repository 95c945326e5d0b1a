#pragma once

#include <string>

namespace fairway::operate {

/// Where things stand in a state folder (defaultStateFolder(), or the one the user named). The window and the command line
/// must agree, or a lock set in one would not hold in the other.
[[nodiscard]] inline std::string settingsFile(const std::string &stateFolder)
{
    return stateFolder + "/contexts.yaml";
}

/// Sign-in commands of foreign kubeconfigs that may run (core/engine/plugin_approvals.h).
[[nodiscard]] inline std::string pluginsFile(const std::string &stateFolder)
{
    return stateFolder + "/plugins.txt";
}

[[nodiscard]] inline std::string journalFile(const std::string &stateFolder)
{
    return stateFolder + "/journal.sqlite";
}

} // namespace fairway::operate
