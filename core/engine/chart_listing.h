#pragma once

#include "core/chart/release_text.h"
#include "core/engine/chart_source.h"
#include "core/engine/chart_types.h"

namespace fairway::engine {

/// Fills text, objects and line count of an output with a release in the order asked for.
///
/// Apply order is an install's (or upgrade's): CRDs; hooks that run before, by weight and name; objects by kind; hooks that run after;
/// last what an install does not run (tests, hooks of deletion).
/// Returns the same text with where its parts come from.
/// Source: Helm's behaviour, `helm install`.
chart::ReleaseText listRelease(
    const chart::RenderedRelease &release, const ChartIndex &index, ChartOrder order, bool isUpgrade, ChartOutput &output);

} // namespace fairway::engine
