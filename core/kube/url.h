#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::kube {

/// The parts of an http(s) URL that reaching a server needs.
struct ServerUrl {
    std::string scheme; ///< "http" or "https"
    std::string host;   ///< Without brackets.
    int port = 0;
    std::string prefix; ///< Path without a trailing slash; empty for none.

    [[nodiscard]] bool isLoopback() const;
    [[nodiscard]] std::string hostPort() const; ///< With brackets where needed, port always.
};

/// nullopt: not an absolute http(s) URL with a host, or with user information, query or fragment in the authority.
[[nodiscard]] std::optional<ServerUrl> parseServerUrl(std::string_view text);

} // namespace fairway::kube
