#pragma once

#include "core/engine/chart_workshop.h"

namespace fairway::engine {

/// The workshop's threads and what lives in them.
struct ChartWorkshop::Threads {
    ChartRenderer renderer; ///< Of the render thread alone.
    TaskThread disk;
    TaskThread render;
    TaskThread lint;
};

} // namespace fairway::engine
