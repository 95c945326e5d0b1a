#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fairway::route {

/// An address of either family. IPv4 has four bytes.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes {};
    bool isV6 = false;

    /// "10.0.0.1", "fd00::1"; zones and leading zeros are refused, as Go's netip does.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
};

struct IpSubnet {
    IpAddress address;
    int bits = 0;

    /// "10.0.0.0/8", or a single address.
    [[nodiscard]] static std::optional<IpSubnet> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress &other) const;
};

} // namespace fairway::route
