#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

/// `route edit`, `route canary` and `route http1`: changes of one object, printed with every other byte of its file kept.
void addRouteEdit(CLI::App &route, int &exitCode);

} // namespace fairway::ctl
