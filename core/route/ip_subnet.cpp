#include "core/route/ip_subnet.h"

#include <arpa/inet.h>
#include <charconv>
#include <string>

namespace fairway::route {

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    if (text.empty() || text.size() > 45)
        return std::nullopt;
    const std::string copy(text);
    IpAddress out;
    out.isV6 = text.find(':') != std::string_view::npos;
    if (inet_pton(out.isV6 ? AF_INET6 : AF_INET, copy.c_str(), out.bytes.data()) != 1)
        return std::nullopt;
    return out;
}

std::optional<IpSubnet> IpSubnet::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::optional<IpAddress> address = IpAddress::parse(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    const int most = address->isV6 ? 128 : 32;
    IpSubnet out {*address, most};
    if (slash == std::string_view::npos)
        return out;
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.bits);
    const bool hasZero = digits.size() > 1 && digits.front() == '0';
    if (error != std::errc() || end != digits.data() + digits.size() || out.bits < 0 || out.bits > most || hasZero)
        return std::nullopt;
    return out;
}

bool IpSubnet::contains(const IpAddress &other) const
{
    if (other.isV6 != address.isV6)
        return false;
    for (int bit = 0; bit < bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const int mask = 0x80 >> (bit % 8);
        if ((address.bytes[byte] & mask) != (other.bytes[byte] & mask))
            return false;
    }
    return true;
}

} // namespace fairway::route
