#pragma once

#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/kubeconfig.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace fairway::kube {

/// What one request carries. Holds secrets: never log it.
struct Credential {
    std::string authorization; ///< Value of the Authorization header; empty: none.
    std::string certificatePem; ///< Client certificate chain; empty: none.
    std::string keyPem;
    std::uint64_t generation = 0; ///< Grows with each change; hand it to refused().
};

struct CredentialOptions {
    /// Asked once before the first run of a plugin. Return false to hold it (a kubeconfig that was dropped or pasted in);
    /// unset: plugins run. Runs in the thread that needs the credential; may block.
    std::function<bool(const ExecPlugin &plugin)> mayRunPlugin {};
    std::chrono::milliseconds pluginTimeout {std::chrono::seconds(60)};
    std::size_t maxPluginOutput = std::size_t {1} << 20;
    const Clock *clock = nullptr; ///< Borrowed; nullptr: the machine's.
};

/// The credentials of one user entry, kept fresh.
///
/// - token, basic, inline certificates: fixed.
/// - tokenFile and certificate files: read again when the file changed, at most every 10 s; a token file in any case each
///   minute. A file that becomes unreadable keeps the last good content.
/// - exec plugins: run without a shell and without a terminal, output kept until its expirationTimestamp (less 10 s), run
///   again once after the server refused it. Two callers never run it twice at the same time.
///
/// Errors:  InvalidInput (rubbish from a plugin, bad file), Io (can't start), Timeout (killed), Unauthorized (held by
///          mayRunPlugin), Unsupported (interactiveMode Always), Cancelled. Messages name the plugin and quote the last line of its
///          standard error, never its output.
/// Threads: any. current() may block for as long as a plugin runs: never call it in a GUI or I/O thread.
/// Source:  client-go plugin/pkg/client/auth/exec, transport/token_source.
class Credentials {
public:
    Credentials(const ClusterAccess &access, CredentialOptions options = {});
    ~Credentials();
    Credentials(const Credentials &) = delete;
    Credentials &operator=(const Credentials &) = delete;

    [[nodiscard]] Result<Credential> current(const CancelToken &cancel = {});
    /// The credential when it is at hand without running or reading anything slow.
    [[nodiscard]] std::optional<Credential> atHand();
    /// The server answered 401 to this generation. True when asking again may bring something new (a plugin, a changed file).
    [[nodiscard]] bool refused(std::uint64_t generation);

private:
    class State;
    std::unique_ptr<State> m_state;
};

/// Outcome of parsing a plugin's standard output; public for tests and the fuzzer.
struct ExecCredentialStatus {
    std::string token;
    std::string certificatePem;
    std::string keyPem;
    std::optional<std::chrono::system_clock::time_point> expires;
};
/// Errors: InvalidInput with a sentence that says what is missing; never quotes the output.
[[nodiscard]] Result<ExecCredentialStatus> parseExecCredential(std::string_view output, std::string_view expectedApiVersion);

} // namespace fairway::kube
