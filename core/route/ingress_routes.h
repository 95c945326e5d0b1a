#pragma once

#include "core/route/ingress_annotations.h"
#include "core/route/route_table.h"

#include <memory>
#include <string>
#include <vector>

namespace fairway::route {

/// The rules of all Ingresses for one host, path and type of path. Internal to core/route.
struct IngressPlace {
    enum class Type : std::uint8_t { Exact, Prefix, Implementation }; ///< Implementation: ingress-nginx compares characters.
    Type type = Type::Implementation;
    std::string path;
    RuleOrigin origin;
    RouteTarget stable;
    std::shared_ptr<const IngressAnnotations> annotations;
    const value::Value *canary = nullptr; ///< The Ingress.
    RuleOrigin canaryOrigin;
    RouteTarget canaryTarget;
    bool canaryKeepsSession = false;

    /// Whether nginx has to compare by expressions: then it does so, without case, for every path of the host.
    [[nodiscard]] bool needsRegex() const;
};

/// What a place does with its requests: the canary's headers, then its cookie, then the shares. Without one: a single route.
/// `byRegex` as needsRegex() says of any place of the host. Empty when the path is no expression; `notes` says so.
[[nodiscard]] std::vector<CompiledRoute> routesOfPlace(const IngressPlace &place, bool byRegex, RegexCache &regexes, std::vector<Text> &notes);

/// A route that an annotation makes: where everything that `path` takes is sent instead.
[[nodiscard]] CompiledRoute redirectOfIngress(RuleOrigin origin, std::string_view annotation, PathMatcher path, RedirectAction redirect);

} // namespace fairway::route
