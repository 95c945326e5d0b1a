#include "core/kube/resource.h"

#include <algorithm>

namespace fairway::kube {

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
            || c == '_' || c == '~';
        if (isPlain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

std::string ResourceId::apiVersion() const
{
    return group.empty() ? version : group + "/" + version;
}

std::string ResourceId::qualifiedName() const
{
    return group.empty() ? plural : plural + "." + group;
}

std::string ResourceId::path(std::string_view ns, std::string_view name, std::string_view subresource) const
{
    std::string out = group.empty() ? "/api/" + percentEncode(version) : "/apis/" + percentEncode(group) + "/" + percentEncode(version);
    if (!ns.empty()) {
        out += "/namespaces/" + percentEncode(ns);
    }
    out += "/" + percentEncode(plural);
    if (!name.empty()) {
        out += "/" + percentEncode(name);
    }
    if (!subresource.empty()) {
        out += "/" + percentEncode(subresource);
    }
    return out;
}

bool ResourceType::can(std::string_view verb) const
{
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

GroupVersion GroupVersion::parse(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    if (slash == std::string_view::npos) {
        return {{}, std::string(apiVersion)};
    }
    return {std::string(apiVersion.substr(0, slash)), std::string(apiVersion.substr(slash + 1))};
}

} // namespace fairway::kube
