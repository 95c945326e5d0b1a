#pragma once

#include "core/base/cancellation.h"
#include "core/kube/client.h"
#include "core/kube/discovery.h"
#include "core/route/not_modelled.h"
#include "core/value/value.h"

#include <QStringList>

#include <cstdint>
#include <span>
#include <vector>

namespace fairway::engine {

/// Objects of kinds that are listed when somebody asks, not watched all the time.
struct ListedKinds {
    std::vector<value::Value> objects;
    QStringList unread;  ///< Kinds that can't be listed.
    QStringList partial; ///< Kinds with more objects than were asked for.
};

/// Lists those of the kinds that the server has, at most `most` of each. Blocks: at most 5 s a kind. Not for the GUI thread.
[[nodiscard]] ListedKinds listKinds(kube::Client &client, const kube::Discovery &discovery, std::span<const route::PolicyKind> kinds,
    std::int64_t most, const CancelToken &cancel);

} // namespace fairway::engine
