#pragma once

#include "core/base/result.h"
#include "core/base/text.h"
#include "core/route/route_object.h"
#include "core/value/value.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

/// Where a canary may lead: the destinations of the rule it divides, and other versions of the same hosts, known or still to be defined.
namespace fairway::route {

/// What DestinationRules say of a host.
struct HostSubsets {
    std::string host; ///< As the rule writes it.
    std::vector<std::string> names;
};

struct CanaryTarget {
    std::string label;           ///< Unique among the targets: what a form offers and takes.
    Text words;                  ///< The same, to be read.
    std::size_t destination = 0; ///< Of the rule: whose host and port are taken.
    std::string subset{};        ///< Empty: none, or its name is still to be typed.
    bool isNamed = true;         ///< False: a subset whose name is to be typed.
    bool isMissing = false;      ///< No DestinationRule defines the subset.
};

/// `hosts`: those that are known; subsets are Istio's, so only a VirtualService has more targets than destinations.
[[nodiscard]] std::vector<CanaryTarget> canaryTargets(const RouteObject &route, const Rule &rule, std::span<const HostSubsets> hosts);

/// A subset that is no destination of the rule yet, or that no DestinationRule defines.
struct WantedSubset {
    std::size_t destination = 0; ///< Of the rule: whose host.
    std::string host;            ///< As the rule writes it.
    std::string name;
    bool isMissing = false;                    ///< It is to be defined.
    std::map<std::string, std::string> labels; ///< Of its pods, when it is.
};

/// A DestinationRule for `host` that says nothing yet.
[[nodiscard]] value::Value bareDestinationRule(const std::string &apiVersion, const std::string &ns, const std::string &name, const std::string &host);

/// The DestinationRule with the subset appended; everything else as it was.
/// Errors: InvalidInput: it has one of that name; the result would be refused (see checkedEdit()).
[[nodiscard]] Result<value::Value> withSubset(const value::Value &destinationRule, const WantedSubset &subset);

} // namespace fairway::route
