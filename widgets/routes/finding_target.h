#pragma once

#include "core/engine/types.h"

#include <QList>
#include <QString>

namespace fairway::ui {

/// Where the next step of a finding leads.
struct FindingTarget {
    int rule = -1; ///< Position among the route's rules; -1: none of them.
    QString page;  ///< For Page::navigate(), when it is no rule; empty: the field itself, in the object's YAML.
};

/// Reads "rule:http/2" (or "rule:2", where the section does not matter), "pod:ns/name", "service:ns/name"; anything else is taken
/// for a place of the application. A rule that is no longer there leads to the YAML.
[[nodiscard]] FindingTarget targetOf(const engine::Finding &finding, const QList<engine::Rule> &rules);

} // namespace fairway::ui
