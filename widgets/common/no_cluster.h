#pragma once

#include "core/engine/engine.h"

#include <QString>

namespace fairway::ui {

class EmptyState;

/// What a page says while no cluster is chosen: the first button leads to practiceTarget(), the second to chooseContextTarget().
void showNoCluster(EmptyState &state);
/// Targets for Page::navigate(): open the practice cluster; let the user choose a context.
[[nodiscard]] QString practiceTarget(const engine::ContextService &contexts);
[[nodiscard]] QString chooseContextTarget();

} // namespace fairway::ui
