#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/registry_config.h"

#include <chrono>
#include <string>
#include <string_view>

namespace fairway::chart {

/// A program that keeps credentials for Docker and its kin: `docker-credential-SUFFIX`, looked up in PATH. Runs for at most `timeout`; more than
/// 64 KiB of output are refused.
///
/// Errors:  Io in the helper's own words (what it printed on standard output, its last error line otherwise), NotFound (no such program),
///          InvalidInput (a suffix that is no name; an answer that is none), Timeout, Cancelled, LimitExceeded.
/// Threads: any. Blocks.
/// Source:  docker/docker-credential-helpers, "Development".
class CredentialHelper {
public:
    explicit CredentialHelper(std::string suffix, std::chrono::milliseconds timeout = std::chrono::seconds(30));

    /// Empty when it knows none.
    [[nodiscard]] Result<RegistryCredential> get(std::string_view server, const CancelToken &cancel) const;
    [[nodiscard]] Result<void> store(std::string_view server, const RegistryCredential &credential, const CancelToken &cancel) const;
    [[nodiscard]] Result<void> erase(std::string_view server, const CancelToken &cancel) const;

    /// The suffix of this system's own helper when it is installed ("pass", "secretservice"), else empty.
    [[nodiscard]] static std::string systemDefault();

private:
    [[nodiscard]] Result<std::string> run(const char *action, std::string input, const CancelToken &cancel) const;

    std::string m_suffix;
    std::chrono::milliseconds m_timeout;
};

} // namespace fairway::chart
