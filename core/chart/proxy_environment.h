#pragma once

#include <string>
#include <string_view>

namespace fairway::chart {

/// Which proxy a request goes through, as the environment says it.
///
/// Shape:   `httpProxy` and `httpsProxy` are what HTTP_PROXY and HTTPS_PROXY hold: a URL, or HOST:PORT. `noProxy` is a list with commas:
///          a name (and all below it), `.name` or `*.name` (only those below), an address, a CIDR block, each with an optional port, or
///          `*`. This machine itself (localhost, 127.0.0.0/8, ::1) is never reached through a proxy.
/// Source:  golang.org/x/net/http/httpproxy, whose rules Helm follows. ALL_PROXY means nothing there.
struct ProxyEnvironment {
    std::string httpProxy;
    std::string httpsProxy;
    std::string noProxy;

    /// The process's own: each name in upper case first, then in lower case. HTTP_PROXY is not believed where REQUEST_METHOD is set: a
    /// CGI program's client could have sent it as a header.
    [[nodiscard]] static ProxyEnvironment ofProcess();

    /// The proxy's URL for a URL's scheme and host (without brackets) and port; empty: none.
    [[nodiscard]] std::string proxyFor(std::string_view scheme, std::string_view host, std::string_view port) const;
};

} // namespace fairway::chart
