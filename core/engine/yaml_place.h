#pragma once

#include <QString>

namespace fairway::engine {

/// The line (from 0) on which the field of a path stands in the YAML of an object: "spec.http[2].route[1]". Where there is no such field, that of
/// the innermost one around it; -1 where nothing of it is there. Reads the text anew: for a user's action, not for each change.
[[nodiscard]] int lineOfField(const QString &yaml, const QString &path);

} // namespace fairway::engine
