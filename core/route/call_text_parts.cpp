#include "core/route/call_text_parts.h"

#include "core/route/text_matcher.h"

#include <algorithm>

namespace fairway::route {
namespace {

    void setScheme(Call &call, std::string_view scheme)
    {
        call.request.scheme = lowerAscii(scheme);
        const bool isTls = call.request.scheme == "https";
        call.tls = isTls ? Call::Tls::Tls : Call::Tls::None;
        if (call.port == 0)
            call.port = isTls ? 443 : 80;
        if (isTls && call.sni.empty())
            call.sni = hostWithoutPort(call.request.authority);
    }

} // namespace

std::string_view trim(std::string_view text)
{
    const std::size_t from = text.find_first_not_of(kBlanks);
    return from == std::string_view::npos ? std::string_view() : text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool isMethod(std::string_view text)
{
    return !text.empty() && text.size() <= 32
        && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
}

Result<void> setUrl(Call &call, std::string_view url)
{
    std::string_view scheme = "http";
    if (const std::size_t at = url.find("://"); at != std::string_view::npos) {
        scheme = url.substr(0, at);
        url.remove_prefix(at + 3);
    }
    if (scheme != "http" && scheme != "https")
        return fail(ErrorCode::InvalidInput, phrase("route", "a URL starts with http:// or https://"));
    const std::size_t end = url.find_first_of("/?#");
    std::string_view authority = url.substr(0, end);
    const std::string_view rest = end == std::string_view::npos ? std::string_view("/") : url.substr(end);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    if (authority.empty() || authority.find_first_of(kBlanks) != std::string_view::npos)
        return fail(ErrorCode::InvalidInput, phrase("route", "the URL has no host"));
    call.request.authority = authority;
    call.port = portOfAuthority(authority);
    setTarget(call.request, rest.front() == '/' ? std::string(rest) : "/" + std::string(rest));
    setScheme(call, scheme);
    return {};
}

void addHeader(Call &call, std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return;
    const std::string name = lowerAscii(trim(line.substr(0, colon)));
    const std::string_view text = trim(line.substr(colon + 1));
    if (name == "host")
        call.request.authority = text;
    else if (!name.empty())
        call.request.headers.emplace_back(name, text);
}

} // namespace fairway::route
