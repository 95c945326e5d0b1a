#pragma once

#include "core/route/pod_index.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// DestinationRules, asked for the subsets of a host. Internal to core/route.
class SubsetIndex {
public:
    struct Subset {
        std::string name;
        LabelList labels;
        std::string rule; ///< "ns/name" of the DestinationRule that defines it.
    };
    /// The rules that apply: empty names mean that none does.
    struct Found {
        std::string rule; ///< The oldest of them, for messages.
        std::vector<const Subset *> subsets;
    };

    void upsert(const value::Value &destinationRule, std::string_view domain);
    void remove(std::string_view ns, std::string_view name);
    void clear() { m_rules.clear(); }
    /// Source: Istio's lookup (traffic policy of the client's namespace, the service's, the root namespace).
    [[nodiscard]] Found find(std::string_view fqdn, std::string_view clientNs, std::string_view serviceNs,
        std::string_view rootNs) const;

private:
    struct RuleFacts {
        std::string name;
        std::string host; ///< Full and lower case; may start with "*".
        std::string created;
        bool isPrivate = false; ///< exportTo ".": only for its own namespace.
        std::vector<Subset> subsets;
    };
    [[nodiscard]] Found findIn(std::string_view ns, std::string_view fqdn, bool wantsPublic, bool wantsPrivate) const;

    std::map<std::string, std::map<std::string, RuleFacts, std::less<>>, std::less<>> m_rules; ///< By namespace, by name.
};

} // namespace fairway::route
