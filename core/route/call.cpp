#include "core/route/call.h"

#include <algorithm>
#include <charconv>

namespace fairway::route {
namespace {

    std::size_t portColon(std::string_view authority)
    {
        const std::size_t colon = authority.rfind(':');
        if (colon == std::string_view::npos || colon + 1 == authority.size())
            return std::string_view::npos;
        // "::1" is an address and no host with a port; "[::1]:80" is one.
        if (authority.front() != '[' && authority.find(':') != colon)
            return std::string_view::npos;
        const std::string_view digits = authority.substr(colon + 1);
        const bool isNumber = std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        return isNumber ? colon : std::string_view::npos;
    }

} // namespace

std::string_view hostWithoutPort(std::string_view authority)
{
    return authority.empty() ? authority : authority.substr(0, portColon(authority));
}

int portOfAuthority(std::string_view authority)
{
    const std::size_t colon = authority.empty() ? std::string_view::npos : portColon(authority);
    if (colon == std::string_view::npos)
        return 0;
    int port = 0;
    const auto [end, error] = std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), port);
    return error == std::errc() && end == authority.data() + authority.size() && port <= 65535 ? port : 0;
}

std::string addressOf(std::string_view client)
{
    // nginx logs IPv6 addresses without brackets, and then without a port.
    const bool isBareIpv6 = !client.starts_with('[') && std::count(client.begin(), client.end(), ':') > 1;
    std::string_view host = isBareIpv6 ? client : hostWithoutPort(client);
    if (host.size() > 2 && host.front() == '[')
        host = host.substr(1, host.size() - 2);
    return std::string(host);
}

void setTarget(RequestView &request, std::string_view target)
{
    target = target.substr(0, target.find('#'));
    const std::size_t question = target.find('?');
    request.path = target.substr(0, question);
    request.query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
}

std::optional<std::string> headerOf(const RequestView &request, std::string_view name)
{
    if (name == ":method")
        return request.method;
    if (name == ":authority" || name == "host")
        return request.authority;
    if (name == ":scheme")
        return request.scheme;
    if (name == ":path")
        return request.path + (request.query.empty() ? "" : "?" + request.query);
    std::optional<std::string> out; // repeated fields are one list
    for (const auto &[field, text] : request.headers) {
        if (field == name)
            out = out ? *out + "," + text : text;
    }
    return out;
}

std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name)
{
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view part = query.substr(0, end);
        const std::size_t equals = part.find('=');
        if (part.substr(0, equals) == name)
            return equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    }
    return std::nullopt;
}

} // namespace fairway::route
