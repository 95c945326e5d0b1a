#pragma once

#include "core/base/cancellation.h"
#include "core/base/process.h"
#include "core/base/result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// A program of the user's that changes rendered manifests: they come on its standard input, what it prints takes their place.
///
/// It runs with the user's rights, so only after the user asked for just this one: neither a chart nor a repository can name it. It has
/// five minutes and 100 MiB of output.
///
/// Errors:  in Helm's words; Timeout, LimitExceeded, Cancelled.
/// Threads: a value; run() blocks.
class PostRenderer {
public:
    /// Helm 3: a program, looked up in PATH when it has no slash.
    /// Errors: NotFound, `unable to find binary at x: exec: "x": executable file not found in $PATH`.
    [[nodiscard]] static Result<PostRenderer> ofCommand(const std::string &command, std::vector<std::string> arguments);
    /// Helm 4: a plugin of type postrenderer/v1, by its name in FOLDER/*/plugin.yaml. Only those that are programs, not WebAssembly.
    /// Errors: NotFound, `plugin: {Name:x Type:postrenderer/v1} not found`; InvalidInput.
    [[nodiscard]] static Result<PostRenderer> ofPlugin(
        const std::string &name, std::vector<std::string> arguments, const std::vector<std::string> &folders);

    [[nodiscard]] Result<std::string> run(std::string manifests, const CancelToken &cancel = {}) const;

    /// Where Helm looks for plugins: HELM_PLUGINS, a list with colons, or the data home's.
    [[nodiscard]] static std::vector<std::string> pluginFolders();

private:
    ProcessSpec m_process;
    std::string m_plugin; ///< Its name; empty: a command.
};

} // namespace fairway::chart
