#pragma once

#include "core/engine/chart_workshop.h"

#include <memory>
#include <type_traits>
#include <utility>

namespace fairway::engine {

/// The workshop's threads and what lives in them.
struct ChartWorkshop::Threads {
    ChartRenderer renderer; ///< Of the render thread alone.
    TaskThread disk;
    TaskThread render;
    TaskThread lint;
};

template <typename T>
void ChartWorkshop::retire(T &&old)
{
    if (m_threads)
        m_threads->render.post([held = std::make_shared<std::decay_t<T>>(std::forward<T>(old))] {});
}

} // namespace fairway::engine
