#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace fairway {

/// A program to run without a shell or a terminal.
struct ProcessSpec {
    std::string command; ///< With a slash: that file; without: looked up in PATH.
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env; ///< Added to this process's environment.
    std::chrono::milliseconds timeout {std::chrono::seconds(60)};
    std::size_t maxOutput = std::size_t {1} << 20;
    std::size_t maxErrorText = std::size_t {8} << 10; ///< Of standard error the last so many bytes are kept.
    std::string input {}; ///< On its standard input, which otherwise is empty. Never on disk.
};

struct ProcessOutput {
    int exitCode = 0; ///< 128 + signal when killed by one.
    std::string out;
    std::string errorText;     ///< What it wrote on standard error, the end of it.
    std::string lastErrorLine; ///< Last line with text of standard error, at most 300 bytes, control characters blanked.
};

/// Runs it to its end in a process group of its own, which is killed on timeout, cancellation or too much output.
/// Errors: NotFound (no such program), Io (can't be started), Timeout, Cancelled, LimitExceeded. Blocks.
[[nodiscard]] Result<ProcessOutput> runProcess(const ProcessSpec &spec, const CancelToken &cancel);

} // namespace fairway
