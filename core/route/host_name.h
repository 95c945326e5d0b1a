#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Host names that may start with "*". Source: Istio's pkg/config/host.
namespace fairway::route {

[[nodiscard]] inline bool isWildcardHost(std::string_view host)
{
    return host.starts_with('*');
}

/// Some host fits both: "*.a.b" and "x.a.b", "*.b" and "*.a.b".
[[nodiscard]] bool hostsOverlap(std::string_view a, std::string_view b);
/// Every host that fits `inner` fits `outer`.
[[nodiscard]] bool isHostWithin(std::string_view inner, std::string_view outer);
/// The narrower of each pair of one from either list that contain each other.
[[nodiscard]] std::vector<std::string> intersectHosts(const std::vector<std::string> &a, const std::vector<std::string> &b);

} // namespace fairway::route
