#pragma once

#include "core/base/text.h"
#include "core/value/field_edit.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// A change of fields after which a finding is gone and every request goes where it went before. There is none where that can't be
/// said for certain: a missing subset, a rule that never runs, an older API version that a cluster may not serve otherwise. The one
/// exception are names that Envoy has removed: with them a patch does nothing at all, with today's it does what it says.
struct Mend {
    std::string code; ///< Of the finding: "FW0004".
    std::string path; ///< Where it is told: "spec.http[0]".
    Text title;       ///< "Make the weights add up to 100"
    std::vector<value::FieldEdit> edits; ///< One after the other.
};

/// The mends of one object, each of them for the object as it is: after one was made, ask again.
///   VirtualService   FW0003 a lone destination's weight goes; FW0004 (Gateway API routes, too) weights in a proportion that whole
///                    numbers up to 100 can say; IST0002 fault.delay.percent; IST0131 a match goes that an earlier one repeats;
///                    IST0133 mirrorPercent, gateways named the old way
///   DestinationRule  IST0133 consistentHash.minimumRingSize
///   Gateway          IST0133 a cipher suite that is listed twice
///   Sidecar          IST0133 a host that is covered by an earlier one
///   EnvoyFilter      IST0106 types and IST0133 filter names that were only renamed
///   exportTo         IST0106 an entry that is listed twice
[[nodiscard]] std::vector<Mend> mendsOf(const value::Value &object);

/// Nothing when that finding of the object has no mend.
[[nodiscard]] std::optional<Mend> mendFor(const value::Value &object, std::string_view code, std::string_view path);

/// An object with everything mended that can be.
struct Mended {
    value::Value object;
    std::vector<Mend> done; ///< In the order they were made: the edits of one speak of the object as the ones before left it.
};
[[nodiscard]] Mended mendAll(const value::Value &object);

/// Why a finding of this code that mendsOf() leaves has none.
[[nodiscard]] Text whyNotMended(std::string_view code);

} // namespace fairway::route
