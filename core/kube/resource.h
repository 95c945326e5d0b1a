#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fairway::kube {

/// A resource's address without object: "networking.istio.io", "v1", "virtualservices". The core group is "".
struct ResourceId {
    std::string group;
    std::string version;
    std::string plural;

    [[nodiscard]] std::string apiVersion() const; ///< "v1" or "group/version"
    /// "virtualservices.networking.istio.io", or "pods" for the core group.
    [[nodiscard]] std::string qualifiedName() const;
    /// Path below the server's URL, percent-encoded: "/apis/g/v/namespaces/ns/plural/name/subresource".
    /// `ns` empty: cluster scope, or all namespaces for a list. `name` empty: the collection.
    [[nodiscard]] std::string path(std::string_view ns, std::string_view name = {}, std::string_view subresource = {}) const;

    friend bool operator==(const ResourceId &, const ResourceId &) = default;
    friend auto operator<=>(const ResourceId &, const ResourceId &) = default;
};

/// What discovery tells about one resource in one version.
struct ResourceType {
    std::string group;
    std::string version;
    std::string kind;
    std::string plural;
    std::string singular;
    std::vector<std::string> shortNames;
    std::vector<std::string> categories;
    bool namespaced = true;
    std::vector<std::string> verbs;
    std::vector<std::string> subresources; ///< "status", "scale", "log" …

    [[nodiscard]] ResourceId id() const { return {group, version, plural}; }
    [[nodiscard]] std::string apiVersion() const { return id().apiVersion(); }
    [[nodiscard]] bool can(std::string_view verb) const;

    friend bool operator==(const ResourceType &, const ResourceType &) = default;
};

/// Splits "group/version" or "version" (core group).
struct GroupVersion {
    std::string group;
    std::string version;
    [[nodiscard]] static GroupVersion parse(std::string_view apiVersion);
};

/// RFC 3986 percent-encoding of everything but unreserved characters.
[[nodiscard]] std::string percentEncode(std::string_view text);

} // namespace fairway::kube
