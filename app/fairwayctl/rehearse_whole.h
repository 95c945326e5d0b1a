#pragma once

#include "app/fairwayctl/object_output.h"
#include "core/proxy/route_rehearsal.h"
#include "core/route/topology.h"
#include "core/route/traffic_config.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fairway::ctl {

/// What `rehearse --all-rules` was asked for.
struct WholeRehearsal {
    std::vector<value::Value> objects;
    std::vector<std::string> routes; ///< "VirtualService shop/reviews": whose rules are played.
    route::Viewpoint place;
    std::uint64_t requests = 0; ///< For each rule; 0: 1,000.
    proxy::Split split = proxy::Split::Random;
    std::map<std::string, proxy::StandInDial, std::less<>> dials;
};

/// Plays every rule that the proxy at the place holds, prints what came of each; returns the exit code: 1 when a split differs or a
/// rule never runs.
int runWholeRehearsal(const WholeRehearsal &asked, const route::TopologyView &topology, OutputForm form);

} // namespace fairway::ctl
