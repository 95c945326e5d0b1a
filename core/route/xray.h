#pragma once

#include "core/route/rules_not_held.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace fairway::route {

/// One request looked through from one place: what `explain` says, and what the place, the objects and the text add.
struct Xray {
    Viewpoint place;
    Call call;                               ///< As it was resolved.
    std::shared_ptr<const RouteTable> table; ///< What `told` points into.
    Explanation told;
    std::vector<TriedRule> notHeld; ///< Rules of the same objects that this proxy never got.
    std::vector<Text> notes;        ///< What was supposed of the request, and what the table does not hold of the objects that were asked.

    /// Some rule of an object took it (or failed to serve it), rather than nobody or a Service's default route.
    [[nodiscard]] bool isTakenByRule() const;
    /// Something takes it.
    [[nodiscard]] bool isTaken() const;
};

/// Looks through requests with the objects of one moment; compiled tables are kept for the next question.
/// Threads: one owner at a time.
class XrayDesk {
public:
    explicit XrayDesk(std::shared_ptr<const TrafficConfig> config);

    [[nodiscard]] const TrafficConfig &config() const { return *m_config; }

    /// From one place. Where the port does not fit, the likely one is tried and told in the notes: in the mesh the only one that the
    /// Service has for HTTP, when the request names none; at a gateway its only one, or 80 or 443. Who sends https to a port that
    /// asks for a client certificate is taken to bring one.
    /// Errors: NotFound: there is no such Gateway.
    [[nodiscard]] Result<Xray> at(const Viewpoint &place, const Call &call);

    /// From the first of these places where a rule takes it, else the first where something does, else the first of all.
    /// Errors: NotFound when none of the places exists.
    [[nodiscard]] Result<Xray> wherever(std::span<const Viewpoint> places, const Call &call);

private:
    void tryOtherPort(Xray &xray) const;
    [[nodiscard]] Result<std::shared_ptr<const RouteTable>> tableAt(const Viewpoint &place);

    std::shared_ptr<const TrafficConfig> m_config;
    std::map<std::string, std::shared_ptr<const RouteTable>> m_tables; ///< By place; dropped when there are many.
};

} // namespace fairway::route
