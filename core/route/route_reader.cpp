#include "core/route/route_reader.h"

namespace fairway::route {

const value::Value *RouteReader::specOf(const value::Value &object)
{
    const value::Value &spec = object["spec"];
    return m_shape.isMap(spec, "/spec") ? &spec : nullptr;
}

int RouteReader::portOf(const value::Value &parent, std::string_view key, std::string_view pointer)
{
    const std::int64_t port = m_shape.whole(parent, key, pointer, 0);
    if (port < 0 || port > 65535) {
        m_shape.problem(childPointer(pointer, key), phrase("route", "must be a port"));
        return 0;
    }
    return static_cast<int>(port);
}

Text RouteReader::latestProblem() const
{
    if (m_route.problems.empty())
        return {};
    const ShapeProblem &latest = m_route.problems.back();
    return phrase("route", "%1: %2").with(latest.path, latest.message);
}

void RouteReader::lockWhenBroken(Rule &rule, std::size_t problemsBefore) const
{
    if (m_shape.count() == problemsBefore)
        return;
    rule.isEditable = false;
    rule.notEditableReason = latestProblem();
}

} // namespace fairway::route
