#pragma once

#include "core/route/compiled_route.h"
#include "core/value/value.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route::envoy {

/// Reads RouteMatch and HeaderMatcher of Envoy's API. Internal to core/route.
/// Source: envoy/config/route/v3/route_components.proto.
class MatchReader {
public:
    explicit MatchReader(RegexCache &regexes)
        : m_regexes(regexes)
    {
    }

    [[nodiscard]] RouteMatch match(const value::Value &from);
    [[nodiscard]] std::vector<HeaderCondition> headers(const value::Value &list);
    /// False once something was met that can't be compared as Envoy does: what was read would take other requests.
    [[nodiscard]] bool isReadable() const { return m_isReadable; }
    /// Of a RouteMatch: those that match() looks at.
    [[nodiscard]] static std::initializer_list<std::string_view> fields();

private:
    TextMatcher string(const value::Value &from);
    TextMatcher regex(const std::string &pattern);

    RegexCache &m_regexes;
    bool m_isReadable = true;
};

} // namespace fairway::route::envoy
