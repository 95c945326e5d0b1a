#pragma once

#include "core/route/canary_target.h"
#include "core/route/edit_form.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// What of an object somebody wants to edit.
struct EditRequest {
    enum class Subject : std::uint8_t {
        Rule,   ///< What a rule does with its requests: ruleForm().
        Canary, ///< A new rule before it, for some senders: planCanaryRule().
        Policy, ///< Traffic policy of a DestinationRule or of one of its subsets: policyForm().
        Mend,   ///< What makes a finding go: mendFor(). Anything typed says: do it.
    };
    Subject subject = Subject::Rule;
    std::string section{}; ///< Of the rule.
    int index = 0;
    std::string subset{};
    std::vector<HostSubsets> hosts{}; ///< Of a Canary: what DestinationRules say of the hosts that the rule leads to, as far as known.
    std::string code{}; ///< Of a Mend: of the finding, and where it is told.
    std::string path{};
};

/// The form to show. Of a canary its fields are no fields of the object: "to" (a label of canaryTargets()), "subset" and
/// "subset.labels" (of a subset that is to be made), "by" (how its requests are told),
/// "name", "value", "labels", "rule" (the new rule's name). A Mend's says what will be done, and has no fields.
/// Errors: as ruleForm() and policyForm(); InvalidInput where a rule can't be divided by sender.
[[nodiscard]] Result<EditForm> formFor(const value::Value &object, const EditRequest &request);

/// The edits that what was typed into that form asks for; none when nothing was changed.
/// Errors: as planForm() and planCanaryRule().
[[nodiscard]] Result<std::vector<value::FieldEdit>> planFor(
    const value::Value &object, const EditRequest &request, std::span<const TypedField> typed);

/// The subset that the canary typed leads to, if it is none of the rule's destinations as they work today; nothing for all other requests.
/// Errors: as planFor(); InvalidInput where its labels can't be read.
[[nodiscard]] Result<std::optional<WantedSubset>> wantedSubset(
    const value::Value &object, const EditRequest &request, std::span<const TypedField> typed);

/// One sentence for the journal.
[[nodiscard]] Text summaryFor(const value::Value &object, const EditRequest &request, std::span<const TypedField> typed);

/// "app=web,tier=front"; blanks around are dropped.
/// Errors: InvalidInput naming what is no KEY=VALUE.
[[nodiscard]] Result<std::map<std::string, std::string>> parseLabelList(std::string_view text);

} // namespace fairway::route
