#pragma once

namespace CLI {
class App;
}

namespace fairway::ctl {

struct GlobalOptions;

/// `route alpn`: which protocol TLS servers agree on.
void addRouteAlpn(CLI::App &route, const GlobalOptions &globals, int &exitCode);

} // namespace fairway::ctl
