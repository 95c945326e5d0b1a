#pragma once

#include "core/proxy/rehearsal.h"
#include "core/route/route_object.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// One rule that was rehearsed.
struct RehearsedRule {
    std::string name;  ///< "VirtualService shop/reviews http[0]"
    std::string title; ///< "Everything else"
    std::vector<route::Destination> destinations;
    std::vector<std::string> notModelled;
    std::string note;  ///< Which requests it stands for, when not every one.
    proxy::RehearsalSnapshot result;
};

[[nodiscard]] std::string toText(const RehearsedRule &rule);
[[nodiscard]] value::Value toValue(const RehearsedRule &rule);

} // namespace fairway::ctl
