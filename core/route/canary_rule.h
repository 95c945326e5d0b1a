#pragma once

#include "core/base/result.h"
#include "core/value/field_edit.h"
#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fairway::route {

/// Who is to get the canary.
struct CanaryWho {
    enum class By : std::uint8_t { SourceLabels, Header, Cookie };
    By by = By::Header;
    std::map<std::string, std::string> labels{}; ///< SourceLabels: of the pods that send the requests.
    std::string name{};                          ///< Header, Cookie.
    std::string value{};                         ///< Of the header or cookie; empty: any.
};

/// A new rule before an existing one: of that rule's requests those of certain senders, all to one destination.
struct CanaryRule {
    std::string section = "http"; ///< The rule whose requests are divided: "http" (VirtualService) or "rules" (HTTPRoute).
    int index = 0;
    std::size_t destination = 0; ///< Of that rule: who gets them.
    CanaryWho who;
    std::string name{};   ///< Of the new rule; empty: none.
    std::string subset{}; ///< Of that destination's host, in the place of its own: for a VirtualService. Empty: as it is.
};

/// The edits that put the rule in. It is a copy of the old one (its rewrites, headers and time limits hold for the canary too) that
/// matches more narrowly and leads to one destination only.
///
/// A cookie is one of many in a header, so it is matched by a regular expression; in the Gateway API that is up to the implementation.
/// Errors: NotFound (no such rule or destination), InvalidInput: source labels in the Gateway API, which knows no senders, or in a rule
///         that only gateways serve; a name no header or cookie has; a rule that holds such a match already.
[[nodiscard]] Result<std::vector<value::FieldEdit>> planCanaryRule(const value::Value &object, const CanaryRule &canary);

} // namespace fairway::route
