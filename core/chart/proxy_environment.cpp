#include "core/chart/proxy_environment.h"

#include "core/chart/go_text.h"

#include <algorithm>
#include <array>
#include <arpa/inet.h>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace fairway::chart {

namespace {

/// An IPv4 address as IPv6's mapped form, so that both compare alike.
using Address = std::array<unsigned char, 16>;

std::optional<Address> parseAddress(std::string_view text)
{
    const std::string name(text);
    Address address {};
    if (::inet_pton(AF_INET6, name.c_str(), address.data()) == 1)
        return address;
    address = {};
    address[10] = address[11] = 0xff;
    if (::inet_pton(AF_INET, name.c_str(), address.data() + 12) == 1)
        return address;
    return std::nullopt;
}

bool isLoopback(const Address &address)
{
    if (std::all_of(address.begin(), address.end() - 1, [](unsigned char byte) { return byte == 0; }) && address[15] == 1)
        return true;
    return std::all_of(address.begin(), address.begin() + 10, [](unsigned char byte) { return byte == 0; }) && address[10] == 0xff
        && address[11] == 0xff && address[12] == 127;
}

bool isInBlock(const Address &address, std::string_view block)
{
    const std::size_t slash = block.find('/');
    const std::string_view base = block.substr(0, slash);
    const auto network = parseAddress(base);
    std::size_t bits = 0;
    const std::string_view digits = block.substr(slash + 1);
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (!network || fault != std::errc {} || end != digits.data() + digits.size())
        return false;
    bits += base.find(':') == std::string_view::npos ? 96 : 0;
    if (bits > 128)
        return false;
    for (std::size_t bit = 0; bit < bits; ++bit) {
        const auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
        if (((address[bit / 8] ^ (*network)[bit / 8]) & mask) != 0)
            return false;
    }
    return true;
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

/// Takes ":PORT" off `entry`. Not off an IPv6 address without brackets.
std::string_view takePort(std::string_view &entry)
{
    const std::size_t colon = entry.rfind(':');
    const bool isBracketed = entry.starts_with('[');
    if (colon == std::string_view::npos || (!isBracketed && entry.find(':') != colon))
        return {};
    if (isBracketed && entry[colon - 1] != ']')
        return {};
    const std::string_view port = entry.substr(colon + 1);
    entry = entry.substr(0, colon);
    return port;
}

bool matches(std::string_view entry, const std::string &host, const std::optional<Address> &address, std::string_view port)
{
    if (entry == "*")
        return true;
    if (entry.find('/') != std::string_view::npos)
        return address && isInBlock(*address, entry);
    const std::string_view wantedPort = takePort(entry);
    if (!wantedPort.empty() && wantedPort != port)
        return false;
    if (entry.starts_with('[') && entry.ends_with(']'))
        entry = entry.substr(1, entry.size() - 2);
    if (entry.empty())
        return false;
    if (const auto wanted = parseAddress(entry))
        return address && *wanted == *address;
    if (entry.starts_with("*."))
        entry.remove_prefix(1);
    if (entry.starts_with('.'))
        return host.ends_with(entry);
    return host == entry || (host.ends_with(entry) && host[host.size() - entry.size() - 1] == '.');
}

std::string variable(const char *upper, const char *lower)
{
    for (const char *name : {upper, lower}) {
        const char *value = std::getenv(name);
        if (value != nullptr && *value != '\0')
            return value;
    }
    return {};
}

} // namespace

ProxyEnvironment ProxyEnvironment::ofProcess()
{
    ProxyEnvironment environment {variable("HTTP_PROXY", "http_proxy"), variable("HTTPS_PROXY", "https_proxy"), variable("NO_PROXY", "no_proxy")};
    if (!variable("REQUEST_METHOD", "REQUEST_METHOD").empty())
        environment.httpProxy.clear();
    return environment;
}

std::string ProxyEnvironment::proxyFor(std::string_view scheme, std::string_view host, std::string_view port) const
{
    const std::string &proxy = scheme == "https" ? httpsProxy : httpProxy;
    if (proxy.empty())
        return {};
    const std::string name = lowerCase(host);
    if (name == "localhost")
        return {};
    const auto address = parseAddress(name);
    if (address && isLoopback(*address))
        return {};
    const std::string list = lowerCase(noProxy);
    for (std::string_view rest = list; !rest.empty();) {
        const std::size_t comma = rest.find(',');
        const std::string_view entry = trimSpace(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        if (!entry.empty() && matches(entry, name, address, port))
            return {};
    }
    return proxy.find("://") == std::string::npos ? "http://" + proxy : proxy;
}

} // namespace fairway::chart
