#include "core/route/edit_check.h"

#include "core/route/object_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace fairway::route {

Result<value::Value> checkedEdit(const value::Value &object, std::span<const value::FieldEdit> edits)
{
    Result<value::Value> after = value::withFieldEdits(object, edits);
    if (!after)
        return after;
    // Places move when a rule is put in, so the old errors are known by what they say.
    std::vector<std::string> known;
    for (const ObjectFinding &finding : checkObjects({object}))
        known.push_back(finding.code + finding.message.plain());
    for (const ObjectFinding &finding : checkObjects({*after})) {
        if (finding.severity == Severity::Error
            && std::find(known.begin(), known.end(), finding.code + finding.message.plain()) == known.end())
            return fail(ErrorCode::InvalidInput,
                phrase("route", "%1: %2 (%3)")
                    .with(finding.path.empty() ? finding.object : finding.path, finding.message, finding.code));
    }
    return after;
}

} // namespace fairway::route
