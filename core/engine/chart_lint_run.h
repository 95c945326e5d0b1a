#pragma once

#include "core/engine/chart_renderer.h"

namespace fairway::engine {

/// Lint of one state, as `helm lint` would find it on the disk, and what extraLint() adds. A state that isn't there (edits, an archive) is laid out in a temporary
/// folder first. Errors of rendering are left out: the output's own problems say them better.
/// Blocks on the disk and for as long as the templates run.
[[nodiscard]] QList<ChartProblem> lintState(const RenderJob &job);

} // namespace fairway::engine
