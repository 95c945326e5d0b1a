#pragma once

#include "core/base/result.h"
#include "core/route/object_in_text.h"
#include "core/route/route_object.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fairway::route {

/// One rule of an object. An empty section or a negative index means: the rule a mini bar shows (RouteObject::headline()).
struct RuleRef {
    std::string section;
    int index = -1;
};

/// The route as the text has it, to see its rules and the order of their destinations.
/// Errors: NotFound, InvalidInput, LimitExceeded.
[[nodiscard]] Result<RouteObject> routeInText(std::string_view text, const ObjectRef &object);

/// Changes the weights of one rule in the text of a YAML or JSON file and **nothing else**: comments, order, quoting,
/// line ends, anchors and all other documents keep every byte. A missing `weight` key is inserted in the style of its
/// neighbours (block or flow). Kubernetes List objects are looked into.
///
/// Shape:  the result is checked: parsed again, it equals the old data but for the weights.
/// Errors: NotFound (object or rule), InvalidInput (text is no YAML, weights refused; the destinations come from an alias,
///         so that one change would reach two places), LimitExceeded.
[[nodiscard]] Result<std::string> setWeightsInText(std::string_view text, const ObjectRef &object, const RuleRef &rule,
    std::span<const std::int64_t> weights);

} // namespace fairway::route
