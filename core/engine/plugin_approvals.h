#pragma once

#include "core/base/result.h"
#include "core/kube/kubeconfig.h"

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace fairway::engine {

/// Which credential plugins of foreign kubeconfigs the user let run.
///
/// A kubeconfig names programs that sign in (exec entries); whoever wrote the file decides what runs. For the user's own files
/// (KUBECONFIG, else ~/.kube/config) that is settled: kubectl runs them too. Any other file may have come by mail, so the window
/// asks before it runs a command of it. fairwayctl does not ask: its user typed --kubeconfig FILE, as scripts do, and kubectl treats
/// that the same way.
///
/// What is approved is one command of one file: path, command, arguments and environment. Change one of them, and it is asked again.
/// The file on disk holds only hashes (SHA-256): arguments and environment may hold secrets.
///
/// Errors:  a file that can't be read approves nothing.
/// Threads: any. Touches the disk: not for the GUI thread.
class PluginApprovals {
public:
    /// `path`: where remembered approvals are kept, a line each.
    explicit PluginApprovals(std::string path);

    /// Stands for this command of this file.
    [[nodiscard]] static std::string fingerprint(const std::string &kubeconfig, const kube::ExecPlugin &plugin);

    [[nodiscard]] bool isApproved(const std::string &fingerprint) const;
    /// Until the process ends, or for good.
    [[nodiscard]] Result<void> approve(const std::string &fingerprint, bool isRemembered);

private:
    [[nodiscard]] std::set<std::string> remembered() const;

    const std::string m_path;
    mutable std::mutex m_mutex;
    std::set<std::string> m_once; ///< Guarded by m_mutex.
};

/// False for a kubeconfig that the user's environment names: KUBECONFIG's files and ~/.kube/config.
[[nodiscard]] bool isForeignKubeconfig(const std::string &file, const kube::KubeconfigSource &source);

/// The command as one could type it: words with blanks or quotes in quotes; at most 2000 characters.
[[nodiscard]] std::string commandLine(const kube::ExecPlugin &plugin);

} // namespace fairway::engine
