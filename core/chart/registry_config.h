#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// A user of a registry. Either user and password, or a token.
struct RegistryCredential {
    std::string user;
    std::string password;
    std::string identityToken; ///< An OAuth 2 refresh token, which buys access tokens.
    std::string registryToken; ///< An access token as it is.

    [[nodiscard]] bool isEmpty() const { return user.empty() && password.empty() && identityToken.empty() && registryToken.empty(); }
    friend bool operator==(const RegistryCredential &, const RegistryCredential &) = default;
};

/// The text of Docker's config.json or of Helm's registry/config.json: who uses which registry. Keys that mean nothing here are kept.
///
/// Errors:  InvalidInput; no error quotes the text, for it holds passwords.
/// Threads: a value.
/// Source:  docker/cli, "config.json properties"; what Helm 4 reads and writes.
class RegistryConfig {
public:
    /// An empty one.
    RegistryConfig() = default;
    [[nodiscard]] static Result<RegistryConfig> parse(std::string_view text);

    /// Of "auths": the credential of exactly this server address, or of one with a scheme or a path whose host it is.
    /// Errors: InvalidInput when its "auth" is no base64 of user:password.
    [[nodiscard]] Result<std::optional<RegistryCredential>> find(std::string_view server) const;
    void set(std::string_view server, const RegistryCredential &credential);
    /// Whether there was one.
    bool remove(std::string_view server);

    /// The helper for a server: its own of "credHelpers", else "credsStore", else empty. The suffix of "docker-credential-".
    [[nodiscard]] std::string helperOf(std::string_view server) const;
    void setDefaultHelper(std::string_view suffix) { m_root.set("credsStore", value::Value(suffix)); }
    /// It names helpers or holds credentials.
    [[nodiscard]] bool isConfigured() const;

    /// As Docker and Helm write it: indented by tabs, keys sorted, no line break at the end.
    [[nodiscard]] std::string toText() const;

private:
    value::Value m_root = value::Value::map();
};

} // namespace fairway::chart
