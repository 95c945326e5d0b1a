#pragma once

#include <string>
#include <string_view>

namespace fairway::chart {

/// RFC 4648, section 4, with padding.
[[nodiscard]] inline std::string toBase64(std::string_view data)
{
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((data.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < data.size(); i += 3) {
        const std::size_t left = data.size() - i;
        const auto byte = [&](std::size_t offset) { return offset < left ? static_cast<unsigned char>(data[i + offset]) : 0U; };
        const unsigned bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        out += alphabet[(bits >> 18) & 63];
        out += alphabet[(bits >> 12) & 63];
        out += left > 1 ? alphabet[(bits >> 6) & 63] : '=';
        out += left > 2 ? alphabet[bits & 63] : '=';
    }
    return out;
}

} // namespace fairway::chart
