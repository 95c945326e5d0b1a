#pragma once

#include "core/base/cancellation.h"
#include "core/route/call.h"
#include "core/route/route_table.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fairway::route {

/// Two rules of one host that could take the same request. The first one stands before the second, so it gets it.
struct Overlap {
    enum class Kind {
        Unreachable, ///< Whatever the second takes, the first takes: the second never runs.
        Crossing,    ///< Each takes requests that the other does not; the example fits both.
        OtherObject, ///< The first is a special case of the second, but somebody else's: both objects speak for the host.
    };
    Kind kind = Kind::Crossing;
    RuleOrigin first;
    RuleOrigin second;
    std::string host;
    RequestView example; ///< A request that fits both; tried on the table itself.
    Text text;           ///< "VirtualService shop/a http[1] never runs: …"
};

struct OverlapOptions {
    std::size_t maxOverlaps = 1000;
    std::size_t maxRoutesPerHost = 5000; ///< Pairs grow with the square; routes beyond are not compared.
};

/// All claims about a table of hosts, each with its example. Only pairs are looked at: a rule that several others cover together
/// is not found. Expressions are compared by their text.
/// Speed:  1,000 rules of one host within two seconds; `token` is asked after every rule.
/// Errors: Cancelled.
[[nodiscard]] Result<std::vector<Overlap>> findOverlaps(
    const HostTable &hosts, const OverlapOptions &options = {}, const CancelToken &token = {});

} // namespace fairway::route
