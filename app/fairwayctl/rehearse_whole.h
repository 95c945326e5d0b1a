#pragma once

#include "app/fairwayctl/object_output.h"
#include "core/proxy/whole_route.h"
#include "core/route/topology.h"
#include "core/route/traffic_config.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairway::ctl {

/// What `rehearse --all-rules` was asked for.
struct WholeRehearsal {
    std::vector<value::Value> objects;
    std::vector<route::RouteObject> routes; ///< Whose rules are played.
    std::optional<route::Viewpoint> place;  ///< Only there; else wherever each is loaded.
    std::uint64_t requests = 0; ///< For each rule; 0: 1,000.
    proxy::Split split = proxy::Split::Random;
    std::map<std::string, proxy::StandInDial, std::less<>> dials;
};

/// Plays every rule of the routes and prints what came of each; returns the exit code: 1 when a split differs, a rule never runs, or
/// none of the proxies that could be looked for has it.
int runWholeRehearsal(const WholeRehearsal &asked, const route::TopologyView &topology, OutputForm form);

} // namespace fairway::ctl
