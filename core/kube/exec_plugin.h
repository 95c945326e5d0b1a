#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/kube/credentials.h"
#include "core/kube/kubeconfig.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace fairway::kube {

/// A program to run without a shell, a terminal or input.
struct ProcessSpec {
    std::string command; ///< With a slash: that file; without: looked up in PATH.
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env; ///< Added to this process's environment.
    std::chrono::milliseconds timeout {std::chrono::seconds(60)};
    std::size_t maxOutput = std::size_t {1} << 20;
};

struct ProcessOutput {
    int exitCode = 0; ///< 128 + signal when killed by one.
    std::string out;
    std::string lastErrorLine; ///< Last line with text of standard error, at most 300 bytes, control characters blanked.
};

/// Runs it to its end in a process group of its own, which is killed on timeout, cancellation or too much output.
/// Errors: Io (can't be started), Timeout, Cancelled, LimitExceeded. Blocks.
[[nodiscard]] Result<ProcessOutput> runProcess(const ProcessSpec &spec, const CancelToken &cancel);

/// Runs a credential plugin for `access` and reads what it printed.
[[nodiscard]] Result<ExecCredentialStatus> runExecPlugin(const ExecPlugin &plugin, const ClusterAccess &access,
                                                         std::chrono::milliseconds timeout, std::size_t maxOutput, const CancelToken &cancel);

} // namespace fairway::kube
