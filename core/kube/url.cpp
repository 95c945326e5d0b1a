#include "core/kube/url.h"

#include <algorithm>
#include <charconv>

namespace fairway::kube {

bool ServerUrl::isLoopback() const
{
    return host == "localhost" || host.starts_with("127.") || host == "::1";
}

std::string ServerUrl::hostPort() const
{
    const bool isV6 = host.find(':') != std::string::npos;
    return (isV6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<ServerUrl> parseServerUrl(std::string_view text)
{
    ServerUrl url;
    if (text.starts_with("https://")) {
        url.scheme = "https";
    } else if (text.starts_with("http://")) {
        url.scheme = "http";
    } else {
        return std::nullopt;
    }
    text.remove_prefix(url.scheme.size() + 3);
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    std::string_view authority = text.substr(0, end);
    std::string_view path = text.substr(end);
    const bool isClean = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7f' && c != '\\'; });
    if (!isClean || authority.empty() || authority.find('@') != std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view port;
    if (authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        url.host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (!authority.empty() && authority.front() != ':') {
            return std::nullopt;
        }
        port = authority.empty() ? authority : authority.substr(1);
    } else {
        const std::size_t colon = authority.find(':');
        url.host = authority.substr(0, colon);
        port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon + 1);
    }
    if (url.host.empty()) {
        return std::nullopt;
    }
    url.port = url.scheme == "https" ? 443 : 80;
    if (!port.empty()) {
        const auto [last, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
        if (error != std::errc() || last != port.data() + port.size() || url.port < 1 || url.port > 65535) {
            return std::nullopt;
        }
    }
    path = path.substr(0, path.find_first_of("?#"));
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    url.prefix = path;
    return url;
}

} // namespace fairway::kube
