#include "core/chart/registry_reference.h"

#include "core/chart/go_text.h"

#include <algorithm>

namespace fairway::chart {

namespace {

constexpr std::string_view ociScheme = "oci://";
constexpr std::size_t maxTag = 128;
constexpr std::size_t maxRepository = 4096;

bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Words of letters and digits, between them one dot, one or two underscores, or any number of dashes.
bool isNameComponent(std::string_view part)
{
    if (part.empty() || !isLowerOrDigit(part.front()) || !isLowerOrDigit(part.back()))
        return false;
    for (std::size_t i = 0; i < part.size();) {
        if (isLowerOrDigit(part[i])) {
            ++i;
            continue;
        }
        const std::size_t end = std::min(part.find_first_not_of(part[i], i), part.size());
        const std::size_t run = end - i;
        const bool good = part[i] == '-' || (part[i] == '.' && run == 1) || (part[i] == '_' && run <= 2);
        if (!good || !isLowerOrDigit(part[end]))
            return false;
        i = end;
    }
    return true;
}

bool isRepository(std::string_view name)
{
    if (name.size() > maxRepository)
        return false;
    while (true) {
        const std::size_t slash = name.find('/');
        if (!isNameComponent(name.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        name.remove_prefix(slash + 1);
    }
}

bool isTag(std::string_view tag)
{
    const auto isWord = [](char c) { return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !tag.empty() && tag.size() <= maxTag && isWord(tag.front())
        && std::all_of(tag.begin(), tag.end(), [&](char c) { return isWord(c) || c == '.' || c == '-'; });
}

/// A name or an address, in brackets when it has colons, and a port.
bool isRegistry(std::string_view text)
{
    std::string_view host = text;
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return false;
        host = text.substr(1, end - 1);
        port = text.substr(end + 1);
        if (host.empty() || host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
            return false;
    } else {
        const std::size_t colon = text.find(':');
        host = text.substr(0, colon);
        port = colon == std::string_view::npos ? std::string_view() : text.substr(colon);
        const auto isGood = [](char c) { return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_'; };
        if (host.empty() || !std::all_of(host.begin(), host.end(), isGood))
            return false;
    }
    return port.empty() || (port.size() <= 6 && port.front() == ':' && port.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

tl::unexpected<Error> refuse(const std::string &what)
{
    return fail(ErrorCode::InvalidInput, "invalid reference: " + what);
}

} // namespace

std::string RegistryReference::toString() const
{
    std::string text = registry + "/" + repository;
    if (!tag.empty())
        return text + ":" + tag;
    return digest.empty() ? text : text + "@" + digest;
}

std::string_view RegistryReference::host() const
{
    return registry == "docker.io" ? std::string_view("registry-1.docker.io") : std::string_view(registry);
}

Result<RegistryReference> RegistryReference::parse(std::string_view text)
{
    if (text.starts_with(ociScheme))
        text.remove_prefix(ociScheme.size());
    RegistryReference out;
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        out.digest = text.substr(at + 1);
        text = text.substr(0, at);
        if (!isSha256Digest(out.digest))
            return refuse("invalid digest " + goQuoted(out.digest));
    }
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return refuse("missing registry or repository");
    out.registry = text.substr(0, slash);
    std::string_view path = text.substr(slash + 1);
    if (const std::size_t colon = path.find(':'); colon != std::string_view::npos) {
        out.tag = path.substr(colon + 1);
        std::replace(out.tag.begin(), out.tag.end(), '+', '_');
        path = path.substr(0, colon);
    }
    out.repository = path;
    if (!isRegistry(out.registry))
        return refuse("invalid registry " + goQuoted(out.registry));
    if (!isRepository(out.repository))
        return refuse("invalid repository " + goQuoted(out.repository));
    if (!out.tag.empty() && !isTag(out.tag))
        return refuse("invalid tag " + goQuoted(out.tag));
    return out;
}

bool isOciReference(std::string_view text)
{
    return text.starts_with(ociScheme);
}

bool isSha256Digest(std::string_view text)
{
    constexpr std::string_view algorithm = "sha256:";
    return text.size() == algorithm.size() + 64 && text.starts_with(algorithm)
        && text.find_first_not_of("0123456789abcdef", algorithm.size()) == std::string_view::npos;
}

} // namespace fairway::chart
