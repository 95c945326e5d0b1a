#pragma once

#include "core/engine/types.h"
#include "core/operate/writer.h"
#include "core/value/object_view.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fairway::engine {

/// The rule a draft is about, wherever it stands by now; null when the route has none such (any more).
[[nodiscard]] const Rule *findRule(const RouteDetail &detail, const RouteDraft &draft);

/// What is known around the object a draft is about.
struct DraftPlace {
    const RouteDetail *detail = nullptr; ///< The route as it is shown; null: unknown.
    std::function<std::string(const std::string &apiVersion, const std::string &kind)> plural {}; ///< Of a kind; empty while discovery is not in.
    std::function<std::optional<value::ObjectView>(const QString &id)> policy {}; ///< A DestinationRule: "DestinationRule/shop/reviews".
};

/// Pods that would get requests none of this rule's destinations led to before.
struct Arrival {
    std::string label; ///< What people call them: the subset.
    std::string ns;
    std::string service;
    std::vector<std::pair<std::string, std::string>> labels; ///< Beside those that the Service selects.
};

struct PlannedChanges {
    std::vector<operate::Change> changes; ///< In the order they are to be written.
    std::optional<Arrival> arrival;
};

/// What a draft makes of its object, last, and of those that must change with it, as the first. `base` without a
/// resourceVersion: it is to be created. Pure.
/// Errors: what was typed, or the object can't be changed so; Conflict when the draft's rule is not in `base`: nothing is written to another.
[[nodiscard]] Result<PlannedChanges> changesOfDraft(const RouteDraft &draft, const value::ObjectView &base, const DraftPlace &place);

[[nodiscard]] operate::ObjectRef objectRefOf(const value::Value &object, const DraftPlace &place);

/// The form of what a draft is about, in the window's words. Pure.
[[nodiscard]] EditForm formOfDraft(const RouteDraft &draft, const value::ObjectView &object, const RouteDetail *detail);

} // namespace fairway::engine
