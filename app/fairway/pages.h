#pragma once

#include "core/engine/engine.h"
#include "widgets/frame/page_spec.h"

#include <QList>

namespace fairway::ui {

/// The rail as the design fixes it. Pages are made when first shown; those without a page yet are greyed.
[[nodiscard]] QList<PageSpec> railPages(engine::Engine &engine);

} // namespace fairway::ui
