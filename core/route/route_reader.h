#pragma once

#include "core/route/route_object.h"
#include "core/route/shape_reader.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway::route {

/// What the readers of all kinds of route begin with. Internal to core/route.
class RouteReader {
public:
    RouteReader(RouteObject &route, const RouteLimits &limits)
        : m_route(route)
        , m_limits(limits)
        , m_shape(route.problems)
    {
    }

protected:
    /// The object's spec; nullptr, and a problem, when it is no map.
    [[nodiscard]] const value::Value *specOf(const value::Value &object);
    /// A member that is a port; 0 when absent, and with a problem when it is none.
    [[nodiscard]] int portOf(const value::Value &parent, std::string_view key, std::string_view pointer);
    /// The latest problem as the reason why a rule can't be edited; empty without problems.
    [[nodiscard]] Text latestProblem() const;
    /// Takes the right to edit from a rule in which problems were found.
    void lockWhenBroken(Rule &rule, std::size_t problemsBefore) const;

    RouteObject &m_route;
    const RouteLimits &m_limits;
    ShapeReader m_shape;
};

} // namespace fairway::route
