#pragma once

#include "core/base/text.h"

#include <string>
#include <string_view>

/// What hosts, labels, addresses and headers may be called. Pure; nothing is reported.
/// Source: Istio's pkg/config/validation and pkg/config/labels.
namespace fairway::route {

[[nodiscard]] bool isDnsLabel(std::string_view text);          ///< RFC 1123, up to 63 characters, either case.
[[nodiscard]] bool isIpAddress(std::string_view text);
[[nodiscard]] bool isLabelKey(std::string_view key);           ///< "app", "example.com/tier".
[[nodiscard]] bool isLabelValue(std::string_view text);        ///< Also the part of a key behind its slash; not empty.
[[nodiscard]] bool isHeaderToken(std::string_view name);       ///< RFC 9110, token; the empty one, too.
[[nodiscard]] bool isStrictHeaderName(std::string_view name);  ///< Letters, digits, "-" and "_"; not empty.
/// In quotes and cut, for messages.
[[nodiscard]] std::string quoted(std::string_view text);

/// Empty when it is a full domain name; else the reason.
[[nodiscard]] Text fqdnProblem(std::string_view host);
/// The same for a host that may begin with "*".
[[nodiscard]] Text wildcardProblem(std::string_view host);
/// The same for hosts of a virtual service at a gateway: with `isSni` Istio's own "outbound_.80_._.host" names are fine.
[[nodiscard]] Text gatewayHostProblem(std::string_view host, bool isSni);
/// "*" within a label: "*foo.com".
[[nodiscard]] Text partialWildcardProblem(std::string_view host);
/// Empty when no proxy would refuse the header's value: no control characters, "%" only as in %VARIABLE% or "%%".
[[nodiscard]] Text headerValueProblem(std::string_view value);
/// "@request.auth.claims.group": a claim of the request's token instead of a header.
[[nodiscard]] bool isClaimName(std::string_view header);

} // namespace fairway::route
