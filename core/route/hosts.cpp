#include "core/route/route_object.h"
#include "core/value/pointer.h"

#include <algorithm>

namespace fairway::route {
namespace {

    std::string lower(std::string_view text)
    {
        std::string out(text);
        for (char &c : out) {
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c - 'A' + 'a');
        }
        return out;
    }

    bool isLabel(std::string_view text)
    {
        if (text.empty() || text.size() > 63)
            return false;
        return std::all_of(text.begin(), text.end(),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    }

    bool isAllDigits(std::string_view text)
    {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    }

} // namespace

std::optional<ServiceName> serviceOfHost(std::string_view host, std::string_view ns, std::string_view domain)
{
    const std::string text = lower(host);
    std::string_view rest = text;
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) {
        if (!isLabel(rest))
            return std::nullopt;
        return ServiceName {std::string(ns), text};
    }
    const std::string_view name = rest.substr(0, dot);
    rest.remove_prefix(dot + 1);
    const std::size_t second = rest.find('.');
    const std::string_view space = rest.substr(0, second);
    if (!isLabel(name) || !isLabel(space) || isAllDigits(space))
        return std::nullopt;
    if (second != std::string_view::npos) {
        const std::string_view tail = rest.substr(second + 1);
        if (tail != "svc" && tail != "svc." + std::string(domain))
            return std::nullopt;
    } else if (space == "com" || space == "org" || space == "net" || space == "io" || space == "dev") {
        return std::nullopt; // "httpbin.org" in a namespace called org is rarer than the public site
    }
    return ServiceName {std::string(space), std::string(name)};
}

std::string fullHost(std::string_view host, std::string_view ns, std::string_view domain)
{
    std::string out = lower(host);
    if (out.empty() || out == "*" || out.find_first_of(".:") != std::string::npos)
        return out;
    out.append(".").append(ns);
    return domain.empty() ? out : out.append(".svc.").append(domain);
}

std::string displayPath(std::string_view pointer)
{
    std::string out;
    for (const std::string &step : value::splitPointer(pointer)) {
        if (isAllDigits(step))
            out.append("[").append(step).append("]");
        else if (step.find_first_of("./") != std::string::npos)
            out.append("[\"").append(step).append("\"]");
        else
            out.append(out.empty() ? "" : ".").append(step);
    }
    return out;
}

} // namespace fairway::route
