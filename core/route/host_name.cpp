#include "core/route/host_name.h"

#include <algorithm>

namespace fairway::route {

bool hostsOverlap(std::string_view a, std::string_view b)
{
    if (isWildcardHost(a) && isWildcardHost(b)) {
        const std::string_view shorter = a.size() < b.size() ? a : b;
        const std::string_view longer = a.size() < b.size() ? b : a;
        return longer.substr(1).ends_with(shorter.substr(1));
    }
    if (isWildcardHost(a))
        return b.ends_with(a.substr(1));
    if (isWildcardHost(b))
        return a.ends_with(b.substr(1));
    return a == b;
}

bool isHostWithin(std::string_view inner, std::string_view outer)
{
    if (isWildcardHost(inner))
        return isWildcardHost(outer) && inner.size() >= outer.size() && inner.substr(1).ends_with(outer.substr(1));
    if (isWildcardHost(outer))
        return inner.ends_with(outer.substr(1));
    return inner == outer;
}

std::vector<std::string> intersectHosts(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    std::vector<std::string> out;
    const auto add = [&](const std::string &host) {
        if (std::find(out.begin(), out.end(), host) == out.end())
            out.push_back(host);
    };
    for (const std::string &left : a) {
        for (const std::string &right : b) {
            if (isHostWithin(left, right))
                add(left);
            else if (isHostWithin(right, left))
                add(right);
        }
    }
    return out;
}

} // namespace fairway::route
