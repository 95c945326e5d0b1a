#pragma once

#include "core/engine/engine.h"
#include "widgets/common/empty_state.h"

#include <QString>

namespace fairway::ui {

/// What the Routes page shows in the place of a route, and what its button does.
struct NoRoute {
    enum class Next { Nothing, Retry, Explore, Practice };
    EmptyState::Kind kind = EmptyState::Kind::Empty;
    QString title;
    QString text;
    QString action; ///< Empty: no button.
    Next next = Next::Nothing;
};

/// Practice means that no cluster is chosen: the words are those every page has for that (widgets/common/no_cluster.h).
/// `routeId`: the route that was asked for and is not there; may be empty.
[[nodiscard]] NoRoute wordsWithoutRoute(engine::Engine &engine, const QString &routeId);

} // namespace fairway::ui
