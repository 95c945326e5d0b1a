#pragma once

#include "core/base/result.h"
#include "core/chart/repository_index.h"

#include <string>

namespace fairway::chart {

/// The index of the packaged charts (*.tgz) in a folder and in the folders directly in it, unsorted. What is no chart is left out, as
/// Helm does. `url` is where they will be; empty: addresses are relative. `now`: when they were "created", as Go writes times.
/// Blocks on the disk. Errors: InvalidInput ("failed adding to … to index: …"), Io.
[[nodiscard]] Result<RepositoryIndex> indexFolder(
    const std::string &folder, const std::string &url, const std::string &now, const Messages &messages);

} // namespace fairway::chart
