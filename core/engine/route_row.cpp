#include "core/engine/route_row.h"

namespace fairway::engine {

RouteRow withFindings(RouteRow row, const QList<Finding> &findings)
{
    for (const Finding &finding : findings) {
        if (finding.severity < Severity::Warning)
            continue;
        if (finding.severity > row.severity) {
            row.severity = finding.severity;
            row.trouble = finding.title;
        }
        ++row.problems;
    }
    return row;
}

} // namespace fairway::engine
