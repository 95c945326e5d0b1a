#pragma once

#include "core/route/compiled_route.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// What the annotations of an Ingress ask of ingress-nginx beside the shares of a canary.
/// Source: ingress-nginx's documentation of its annotations, and the configuration it writes for them.
struct IngressAnnotations {
    bool usesRegex = false;
    std::string rewriteTarget;              ///< "/$2"; empty: none.
    std::optional<RedirectAction> redirect; ///< Of temporal-redirect, else of permanent-redirect.
    bool redirectsToTls = true;             ///< ssl-redirect: where the host has a certificate.
    bool forcesTls = false;                 ///< force-ssl-redirect: certificate or not.
    std::string appRoot;
    std::vector<std::string> aliases;
    bool redirectsWww = false;
    std::string authority;                  ///< upstream-vhost
    std::optional<MirrorTarget> mirror;
    bool keepsSession = false;              ///< affinity: cookie
};

/// `notes` says of each annotation of ingress-nginx that does not count here, or only in part. A canary's own annotations are few: what
/// else stands there is ignored, as the main Ingress' count.
[[nodiscard]] IngressAnnotations readIngressAnnotations(const value::Value &object, const std::string &id, bool isCanary, std::vector<Text> &notes);

/// The annotation "nginx.ingress.kubernetes.io/KEY"; empty when there is none.
[[nodiscard]] std::string ingressAnnotation(const value::Value &object, std::string_view key);

/// Where "https://new.example:8443/path?query" points; `$request_uri` at the end keeps the request's path. Nothing for what nginx would
/// have to fill in otherwise.
[[nodiscard]] std::optional<RedirectAction> redirectTo(std::string_view url, int code);

/// "rewrite-target" of the place with this path: the path of a request becomes the text, with what the path's expression captured.
/// Errors: InvalidInput for an expression that RE2 can't read.
[[nodiscard]] Result<PathRewrite> rewriteOf(const std::string &path, std::string_view target, RegexCache &regexes);

} // namespace fairway::route
