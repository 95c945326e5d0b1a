#pragma once

#include <map>
#include <string>
#include <string_view>

namespace fairway::chart {

/// What a registry asks for when it answers 401.
struct AuthChallenge {
    enum class Scheme { Unknown, Basic, Bearer };
    Scheme scheme = Scheme::Unknown;
    std::map<std::string, std::string, std::less<>> parameters; ///< Of Bearer: realm, service, scope. Names as they were written.

    [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// Reads a WWW-Authenticate header. What can't be read ends the parameters; it is no error: the request was refused anyway.
/// Source: RFC 9110, section 11.6.1; the distribution project's "token authentication".
[[nodiscard]] AuthChallenge readAuthChallenge(std::string_view header);

} // namespace fairway::chart
