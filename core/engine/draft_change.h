#pragma once

#include "core/engine/types.h"
#include "core/operate/writer.h"
#include "core/value/object_view.h"

#include <string>

namespace fairway::engine {

/// The rule a draft is about; null when the route has none such (any more).
[[nodiscard]] const Rule *findRule(const RouteDetail &detail, const WeightDraft &draft);

/// What a draft makes of its object. `detail`: the route as it is shown, to name destinations without ready pods; null: unknown.
/// `plural`: of the object's kind, empty while discovery is not in. Pure.
/// Errors: what was typed, or the object can't be changed so.
[[nodiscard]] Result<operate::Change> changeOfDraft(
    const WeightDraft &draft, const value::ObjectView &base, const RouteDetail *detail, const std::string &plural);

/// The form of what a draft is about, in the window's words. Pure.
[[nodiscard]] EditForm formOfDraft(const WeightDraft &draft, const value::ObjectView &object);

} // namespace fairway::engine
