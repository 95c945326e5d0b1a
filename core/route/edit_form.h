#pragma once

#include "core/base/result.h"
#include "core/base/text.h"
#include "core/value/field_edit.h"
#include "core/value/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What can be changed at an existing object without writing YAML: fields with names, units and bounds. A form is made for the object
/// as it is; what somebody types into it becomes edits of exactly those fields.
namespace fairway::route {

enum class FieldType : std::uint8_t {
    Text,
    Integer,
    Duration, ///< "1.5s", "200ms", "1h30m".
    Percent,  ///< 0 to 100, fractions allowed; a sign is not written.
    Flag,     ///< "true" or "false".
    Choice,   ///< One of `choices`.
};

struct EditField {
    std::string id; ///< "retries.attempts": unique in its form; how a command line names it.
    Text label;
    Text help; ///< What it does, and what counts when it is not set.
    FieldType type = FieldType::Text;
    std::vector<std::string> choices{};
    std::int64_t min = 0; ///< Of Integer.
    std::int64_t max = 0;
    std::string pointer{};  ///< Where it stands, or would.
    bool isString = false;  ///< The object holds it as a text whatever its type: annotations.
    std::string needs{};    ///< Another field without which this one means nothing: it goes when that one goes.
    std::vector<std::string> needsOneOf{}; ///< What that field must hold; empty: anything.
    std::string startsAs{}; ///< What it becomes, unless something is typed, when the field it needs is set for the first time.
    std::string value{};    ///< As it is now, as text; empty: not set.
    std::vector<Text> choiceWords{}; ///< What to show for `choices`, parallel; empty: as they are.
};

/// Fields that belong together, one section of a form.
struct EditGroup {
    std::string id; ///< "time"
    Text title;
    std::vector<EditField> fields{};
    Text note{}; ///< Why something can't be changed here; empty otherwise.
    /// The group stands for an item of a list that may be missing: it is made when a field is set and goes with the last one.
    struct Item {
        std::string list;         ///< Pointer of the list.
        std::optional<std::size_t> index; ///< Nothing: there is no such item yet.
        value::Value blank;       ///< What a new one begins with.
    };
    std::optional<Item> item{}; ///< Pointers of the fields begin at the item then.
};

struct EditForm {
    std::vector<EditGroup> groups;

    [[nodiscard]] const EditField *find(std::string_view id) const;
};

/// What a rule of a route does with its requests besides weights: time limits, retries, faults, mirror (VirtualService http rules); time
/// limits, retries, mirror (HTTPRoute, GRPCRoute mirrors only). For a canary Ingress: who is sent to the canary.
/// Errors: NotFound (no such rule), InvalidInput (no route; a rule of a kind without such fields: tcp, tls).
[[nodiscard]] Result<EditForm> ruleForm(const value::Value &object, std::string_view section, int index);

/// The traffic policy of a DestinationRule, or of one of its subsets: connection pool, outlier detection, load balancer.
/// Errors: NotFound (no such subset), InvalidInput (no DestinationRule).
[[nodiscard]] Result<EditForm> policyForm(const value::Value &destinationRule, std::string_view subset = {});

/// A field and what was typed for it; empty: take the field away.
using TypedField = std::pair<std::string, std::string>;

/// The edits that make the object hold what was typed. Fields typed as they are give none.
/// Errors: InvalidInput naming the field ("timeout: \"5\" is no duration: write 5s"), NotFound naming those there are.
[[nodiscard]] Result<std::vector<value::FieldEdit>> planForm(const EditForm &form, std::span<const TypedField> typed);

/// One sentence for a journal: "timeout 2s → 5s, retries.attempts – → 3".
[[nodiscard]] std::string summaryOf(const EditForm &form, std::span<const TypedField> typed);

} // namespace fairway::route
