#pragma once

#include "core/route/istio_config.h"
#include "core/route/route_table.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fairway::route {

/// Who asks for routes: decides which match blocks are loaded and what names mean. Internal to core/route.
struct IstioViewer {
    std::string gateway = "mesh"; ///< Or "ns/name".
    std::string ns;
    std::string domain = "cluster.local";
    std::map<std::string, std::string> labels;
    int port = 0;       ///< Of the listener.
    bool isTls = false; ///< The listener ends TLS: scheme https.
    std::function<const MeshService *(const std::string &host)> lookup;
    RegexCache *regexes = nullptr;
    std::vector<Text> *notes = nullptr;
};

/// Where a rule stands: in the virtual service itself, or in the one it was delegated to.
[[nodiscard]] RuleOrigin originOf(const MeshVirtualService &service, const Rule &rule, int match);

/// The http rules of a virtual service as Envoy routes, one per loaded match block, up to and including the first that takes
/// everything. Source: Istio's BuildHTTPRoutesForVirtualService and TranslateRoute.
[[nodiscard]] std::vector<CompiledRoute> compileHttp(const MeshVirtualService &service, const IstioViewer &viewer);

/// A tls or tcp rule as a route that forwards bytes.
[[nodiscard]] CompiledRoute compileStream(const MeshVirtualService &service, const Rule &rule, const IstioViewer &viewer);

/// Whether a match block is loaded for the viewer at all. Source: sourceMatchHTTP and the port of TranslateRoute.
[[nodiscard]] bool isLoaded(const Match &match, const IstioViewer &viewer);

/// The route a service gets that no virtual service speaks for: everything goes to itself.
[[nodiscard]] CompiledRoute defaultRoute(const MeshService &service, int port);

/// Routes that take everything come last, the others keep their order. Source: SortVHostRoutes.
void sortCatchAllLast(std::vector<CompiledRoute> &routes);

/// Reads what a rule does besides choosing destinations, from its `spec.http[i]`. Short names resolve in `home`; `where` begins
/// its notes.
void readHttpActions(RouteAction &action, const value::Value &rule, const IstioViewer &viewer, std::string_view home,
    const std::string &where);
[[nodiscard]] RouteTarget istioTarget(const std::string &host, const std::string &subset, int port, const IstioViewer &viewer);
/// set/add/remove of a Headers message; what concerns the authority comes back apart.
struct IstioHeaders {
    HeaderEdits request;
    HeaderEdits response;
    std::string authority;
};
[[nodiscard]] IstioHeaders readIstioHeaders(const value::Value &headers);

} // namespace fairway::route
