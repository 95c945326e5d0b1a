#pragma once

#include "core/kube/resource.h"

#include <string>

namespace fairway::operate {

/// One object in a cluster, by address.
struct ObjectRef {
    std::string group;
    std::string version;
    std::string plural;
    std::string kind;
    std::string ns;   ///< Empty: cluster scope.
    std::string name;

    [[nodiscard]] kube::ResourceId resource() const { return {group, version, plural}; }
    [[nodiscard]] std::string apiVersion() const { return resource().apiVersion(); }
    /// What people read: "VirtualService shop/reviews".
    [[nodiscard]] std::string display() const { return kind + " " + (ns.empty() ? name : ns + "/" + name); }

    friend bool operator==(const ObjectRef &, const ObjectRef &) = default;
};

/// A context as settings and journal know it: the name alone would let another cluster under the same name inherit the
/// unlocked state.
struct ContextKey {
    std::string name;
    std::string server; ///< The cluster's URL.

    friend bool operator==(const ContextKey &, const ContextKey &) = default;
    friend auto operator<=>(const ContextKey &, const ContextKey &) = default;

    /// The same cluster is written with and without a slash at the end.
    [[nodiscard]] ContextKey normalized() const
    {
        ContextKey key = *this;
        while (!key.server.empty() && key.server.back() == '/')
            key.server.pop_back();
        return key;
    }
};

} // namespace fairway::operate
