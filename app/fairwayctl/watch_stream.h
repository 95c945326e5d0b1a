#pragma once

#include "app/fairwayctl/session.h"

#include <functional>
#include <string>

namespace fairway::ctl {

/// Follows a watch on and on: goes on where it stopped when the connection breaks, and says so when it had to list again.
///
/// `path`: the collection with its query but for watch and resourceVersion. `onEvent`: type ("ADDED" …) and object; runs in
/// the transport's thread. `relist`: lists again and returns the version to go on from; called when the server has forgotten
/// the version. Returns only with an error that trying again can't mend.
[[nodiscard]] Error followWatch(Session &session, const std::string &path, std::string_view accept, std::string resourceVersion,
                                const std::function<void(std::string_view type, const value::Value &object)> &onEvent,
                                const std::function<Result<std::string>()> &relist);

} // namespace fairway::ctl
