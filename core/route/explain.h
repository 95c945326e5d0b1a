#pragma once

#include "core/route/effects.h"
#include "core/route/resolve.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fairway::route {

/// A rule that was asked, in order.
struct TriedRule {
    RuleOrigin origin;
    bool isTaken = false;
    bool isHeld = true; ///< False: the proxy at this place was never given the rule (see rulesNotHeld()).
    Text subject; ///< What decided against it: "path", "header x-tester", "method"; empty when taken.
    Text reason;  ///< "path "/cart" does not start with "/api""
};

/// The whole decision, for people: every step that led to it.
struct Explanation {
    Decision decision;
    Effects effects;
    std::string listener; ///< "0.0.0.0_80"; empty without one.
    std::string chain;
    std::string host;     ///< Name of the virtual host.
    std::string domain;   ///< Of its domains the one that took the request's host.
    std::vector<std::string> otherHosts; ///< Domains that would have taken it, had this one not been more specific.
    std::vector<TriedRule> tried;
    std::size_t untold = 0; ///< Rules beyond the limit.
    Text summary;    ///< "no rule of host shop.example.com takes it"
};

/// Resolves and tells why. At most `maxTried` rules are listed: the first ones, and always the taken one.
[[nodiscard]] Explanation explain(const RouteTable &table, const Call &call, std::size_t maxTried = 200);

/// The first condition of the match that does not hold; an empty reason when all do.
[[nodiscard]] TriedRule whyNot(const CompiledRoute &route, const Call &call);

} // namespace fairway::route
