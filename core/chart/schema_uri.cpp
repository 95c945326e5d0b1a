#include "core/chart/schema_uri.h"

#include <algorithm>

namespace fairway::chart {

std::string joinUri(const std::string &base, std::string_view reference)
{
    if (reference.empty())
        return base;
    const std::size_t colon = reference.find(':');
    if (colon != std::string_view::npos && reference.substr(0, colon).find('/') == std::string_view::npos)
        return std::string(reference);
    const std::size_t authority = base.find("//");
    const std::size_t path = authority == std::string::npos ? base.find(':') + 1 : std::min(base.find('/', authority + 2), base.size());
    if (reference.starts_with("//"))
        return base.substr(0, base.find(':') + 1) + std::string(reference);
    if (reference.starts_with('/'))
        return base.substr(0, path) + std::string(reference);
    while (reference.starts_with("./"))
        reference.remove_prefix(2);
    const std::size_t slash = base.rfind('/');
    return (slash == std::string::npos || slash < path ? base.substr(0, path) + "/" : base.substr(0, slash + 1)) + std::string(reference);
}

std::string percentDecoded(std::string_view text)
{
    const auto hex = [](char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1; };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace fairway::chart
