#pragma once

#include "core/chart/remote.h"

#include <QtGlobal>

#include <functional>
#include <string>

namespace fairway::engine {

/// How far the fetching of one file has come. `total` is -1 while not known.
using FetchProgress = std::function<void(const std::string &what, qint64 received, qint64 total)>;

/// What fetching charts works with in the window: Helm's own paths, mirrors and credentials of this process. `onProgress` is called in
/// threads that fetch, a few times a second.
/// Errors: InvalidInput (what mirrors are set).
[[nodiscard]] Result<chart::RemoteContext> remoteContext(const CancelToken &cancel, FetchProgress onProgress);

} // namespace fairway::engine
