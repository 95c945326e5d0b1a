#include "core/route/overlap_check.h"

#include "core/route/overlaps.h"
#include "core/route/traffic_config.h"

#include <set>
#include <string>
#include <utility>

namespace fairway::route {
namespace {

    constexpr std::size_t MostPlaces = 200;

    ObjectFinding findingOf(const Overlap &overlap)
    {
        ObjectFinding out;
        out.object = overlap.second.object();
        out.path = overlap.second.path();
        out.message = overlap.text;
        out.severity = overlap.kind == Overlap::Kind::Unreachable ? Severity::Warning : Severity::Info;
        out.code = overlap.kind == Overlap::Kind::Unreachable ? "FW0030" : overlap.kind == Overlap::Kind::OtherObject ? "FW0031" : "FW0032";
        return out;
    }

} // namespace

Result<std::vector<ObjectFinding>> checkOverlaps(const std::vector<value::Value> &objects, const CancelToken &token)
{
    const TrafficConfig config(objects);
    std::vector<ObjectFinding> out;
    std::set<std::pair<std::string, std::string>> told;
    std::size_t places = 0;
    for (const Viewpoint &place : config.viewpoints()) {
        if (token.isCancelled())
            return fail(ErrorCode::Cancelled, "the comparison of rules was cancelled");
        const Result<RouteTable> table = config.tableAt(place);
        if (!table || ++places > MostPlaces)
            continue;
        std::set<const HostTable *> seen;
        for (const Listener &listener : table->listeners) {
            for (const FilterChain &chain : listener.chains) {
                if (!chain.http || !seen.insert(chain.http.get()).second)
                    continue;
                const Result<std::vector<Overlap>> found = findOverlaps(*chain.http, {}, token);
                if (!found)
                    return tl::unexpected(found.error());
                for (const Overlap &overlap : *found) {
                    if (overlap.second.section.empty())
                        continue; // a Service's default route: behind every rule by design
                    if (told.emplace(overlap.first.object() + " " + overlap.first.path(), overlap.second.object() + " " + overlap.second.path()).second)
                        out.push_back(findingOf(overlap));
                }
            }
        }
    }
    return out;
}

} // namespace fairway::route
