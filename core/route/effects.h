#pragma once

#include "core/route/resolve.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fairway::route {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

/// Where a redirect points.
struct Location {
    std::string scheme;
    std::string host;
    int port = 0;     ///< 0 when none stands in the text.
    std::string path; ///< With the query.

    [[nodiscard]] std::string text() const; ///< "https://example.com:8443/a?b"
};

/// What a decision does to the request and its answer, short of asking the backend.
struct Effects {
    /// What the client gets when the proxy answers itself: redirect, direct answer, abort, preflight, no route; 0 when a
    /// backend answers.
    int status = 0;
    std::string grpcStatus; ///< Of an abort that gRPC clients see: "UNAVAILABLE".
    std::optional<Location> location;
    std::string path; ///< What the backend sees, with the query.
    std::string authority;
    HeaderEdits requestEdits;  ///< In the order in which they apply.
    HeaderEdits responseEdits;
    HeaderFields corsHeaders;  ///< Added to the answer.
    bool isPreflight = false;  ///< Answered by the proxy as a CORS preflight.
    std::string body;          ///< Of a direct answer.
};

/// `target` says which backend's own edits count; by default the decision's.
[[nodiscard]] Effects effectsOf(const Decision &decision, const Call &call, const RouteTarget *target = nullptr);

/// Changes header fields in place; names compare without case. `joined` puts an added value behind the present one with ","
/// instead of as a field of its own.
void applyEdits(const HeaderEdits &edits, HeaderFields &headers, bool joined = true);

/// The answer to a call with an Origin under this policy. Source: Fetch standard as Envoy's cors filter and Gateway API's
/// HTTPCORSFilter read it.
struct CorsVerdict {
    bool answersPreflight = false;
    int status = 200;
    HeaderFields headers;
};
[[nodiscard]] CorsVerdict evaluateCors(const CorsAction &policy, const RequestView &request);

} // namespace fairway::route
