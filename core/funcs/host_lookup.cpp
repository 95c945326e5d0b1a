#include "core/funcs/host_lookup.h"

#include <algorithm>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>

namespace fairway::funcs {

namespace {

constexpr std::size_t maxAddresses = 256;

} // namespace

std::vector<std::string> lookupHost(const std::string &name)
{
    std::vector<std::string> out;
    addrinfo hints {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (name.empty() || name.find('\0') != std::string::npos || ::getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0)
        return out;
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    for (const addrinfo *entry = found; entry != nullptr && out.size() < maxAddresses; entry = entry->ai_next) {
        char text[NI_MAXHOST];
        if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
            continue;
        if (std::find(out.begin(), out.end(), text) == out.end())
            out.emplace_back(text);
    }
    return out;
}

} // namespace fairway::funcs
