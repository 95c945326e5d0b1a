#pragma once

#include "core/route/call.h"

#include <string>
#include <string_view>

namespace fairway::route {

/// The value of a header that Envoy fills in for each request: "%REQ(x-id)%", "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "%%" for
/// a percent sign.
///
/// Source: Envoy, "Custom request/response headers" and "Command operators".
struct HeaderText {
    std::string text;    ///< As written where isKnown is false. Empty: Envoy leaves the header as it is.
    bool isKnown = true; ///< False: an operator stands for what the call does not say, or what only a running Envoy knows.
};
[[nodiscard]] HeaderText headerText(std::string_view pattern, const Call &call);

/// What a pattern asks for.
struct HeaderTextNeeds {
    bool unknown = false; ///< An operator that headerText() never knows.
    bool client = false;  ///< Call::client
};
[[nodiscard]] HeaderTextNeeds headerTextNeeds(std::string_view pattern);

} // namespace fairway::route
