#include "core/route/ingress_annotations.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::string_view kPrefix = "nginx.ingress.kubernetes.io/";
    constexpr std::string_view kRequestUri = "$request_uri";

    bool isOneOf(std::string_view key, std::initializer_list<std::string_view> list)
    {
        return std::find(list.begin(), list.end(), key) != list.end();
    }

    bool isCanaryKey(std::string_view key)
    {
        return isOneOf(key, {"canary", "canary-weight", "canary-weight-total", "canary-by-header", "canary-by-header-value",
                                "canary-by-header-pattern", "canary-by-cookie"});
    }

    /// How a session is kept; whether it is stands in "affinity".
    bool isSessionKey(std::string_view key)
    {
        return key == "affinity" || key == "affinity-mode" || key == "affinity-canary-behavior" || key.starts_with("session-cookie-");
    }

    bool isModelled(std::string_view key, std::string_view text)
    {
        if (key == "backend-protocol")
            return isOneOf(text, {"HTTP", "AUTO_HTTP"});
        if (key == "affinity")
            return text == "cookie";
        return isCanaryKey(key) || isSessionKey(key)
            || isOneOf(key, {"use-regex", "rewrite-target", "permanent-redirect", "permanent-redirect-code", "temporal-redirect",
                                "temporal-redirect-code", "ssl-redirect", "force-ssl-redirect", "app-root", "server-alias",
                                "from-to-www-redirect", "upstream-vhost", "mirror-target"});
    }

    /// As Go reads a boolean.
    bool flag(const Value &object, std::string_view key, bool fallback)
    {
        const std::string text = ingressAnnotation(object, key);
        if (isOneOf(text, {"1", "t", "T", "TRUE", "true", "True"}))
            return true;
        return isOneOf(text, {"0", "f", "F", "FALSE", "false", "False"}) ? false : fallback;
    }

    int codeOf(const Value &object, std::string_view key, int fallback)
    {
        const std::string text = ingressAnnotation(object, key);
        int code = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
        return error == std::errc() && end == text.data() + text.size() && code >= 300 && code <= 308 ? code : fallback;
    }

    std::vector<std::string> listed(std::string_view text)
    {
        std::vector<std::string> out;
        while (!text.empty()) {
            const std::size_t comma = std::min(text.find(','), text.size());
            std::string_view one = text.substr(0, comma);
            while (one.starts_with(' '))
                one.remove_prefix(1);
            while (one.ends_with(' '))
                one.remove_suffix(1);
            if (!one.empty())
                out.push_back(lowerAscii(one));
            text.remove_prefix(std::min(comma + 1, text.size()));
        }
        return out;
    }

    /// Scheme, host and port of "https://host:8443"; false when the text has no such beginning or an unusable port.
    bool takeOrigin(std::string_view &url, RedirectAction &out)
    {
        const std::size_t colon = url.find("://");
        if (colon == std::string_view::npos)
            return false;
        out.scheme = url.substr(0, colon);
        if (out.scheme == "$scheme")
            out.scheme.clear();
        url.remove_prefix(colon + 3);
        const std::size_t end = std::min(url.find_first_of("/?#$"), url.size());
        std::string_view host = url.substr(0, end);
        url.remove_prefix(end);
        const std::size_t port = host.ends_with(']') ? std::string_view::npos : host.rfind(':');
        if (port != std::string_view::npos) {
            const std::string_view digits = host.substr(port + 1);
            const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
            if (error != std::errc() || rest != digits.data() + digits.size() || out.port < 1 || out.port > 65535)
                return false;
            host = host.substr(0, port);
        }
        out.host = host;
        return !host.empty() && (out.scheme.empty() || out.scheme == "http" || out.scheme == "https");
    }

    std::optional<MirrorTarget> mirrorTo(std::string_view url)
    {
        const std::optional<RedirectAction> to = redirectTo(url, 301);
        if (!to || to->host.empty() || to->path.kind != PathRewrite::Kind::None)
            return std::nullopt;
        MirrorTarget out;
        out.target.kind = "Host";
        out.target.host = to->host;
        out.target.port = to->port != 0 ? to->port : to->scheme == "https" ? 443 : 80;
        out.target.weight = 1;
        out.target.authority = to->host;
        out.isAsReceived = true; // the copy goes to $request_uri
        return out;
    }

} // namespace

std::string ingressAnnotation(const Value &object, std::string_view key)
{
    return std::string(object["metadata"]["annotations"][std::string(kPrefix).append(key)].stringOr());
}

std::optional<RedirectAction> redirectTo(std::string_view url, int code)
{
    RedirectAction out;
    out.code = code;
    if (!url.starts_with('/') && !takeOrigin(url, out))
        return std::nullopt;
    if (url == kRequestUri)
        return out;
    if (url.find('$') != std::string_view::npos)
        return std::nullopt;
    out.stripsQuery = true;
    out.path.kind = PathRewrite::Kind::Full;
    out.path.text = url;
    return out;
}

Result<PathRewrite> rewriteOf(const std::string &path, std::string_view target, RegexCache &regexes)
{
    const Result<std::shared_ptr<const re2::RE2>> compiled = regexes.compile("(?i)" + path);
    if (!compiled)
        return tl::unexpected(compiled.error());
    PathRewrite out;
    out.kind = PathRewrite::Kind::Captures;
    out.regex = *compiled;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const bool isCapture = target[i] == '$' && i + 1 < target.size() && target[i + 1] >= '1' && target[i + 1] <= '9';
        if (isCapture) {
            const int group = target[++i] - '0';
            if (group <= (*compiled)->NumberOfCapturingGroups()) // nginx: one that is not there is empty
                out.text.append("\\").append(std::to_string(group));
        } else if (target[i] == '\\') {
            out.text += "\\\\";
        } else {
            out.text += target[i];
        }
    }
    return out;
}

IngressAnnotations readIngressAnnotations(const Value &object, const std::string &id, bool isCanary, std::vector<Text> &notes)
{
    IngressAnnotations out;
    const Value &annotations = object["metadata"]["annotations"];
    if (!annotations.isMap())
        return out;
    for (const auto &[name, text] : annotations.asMap()) {
        if (!name.starts_with(kPrefix))
            continue;
        const std::string_view key = std::string_view(name).substr(kPrefix.size());
        if (isCanary && !isCanaryKey(key) && !isSessionKey(key))
            notes.push_back(phrase("route", "%1: annotation %2 is ignored: those of the main Ingress count").with(id, key));
        else if (!isModelled(key, text.stringOr()))
            notes.push_back(phrase("route", "%1: annotation %2 is not modelled").with(id, key));
    }
    out.keepsSession = ingressAnnotation(object, "affinity") == "cookie";
    if (isCanary)
        return out;
    const auto unreadable = [&](std::string_view key) {
        notes.push_back(phrase("route", "%1: annotation %2 is not modelled: %3").with(id, key, ingressAnnotation(object, key)));
    };
    out.rewriteTarget = ingressAnnotation(object, "rewrite-target");
    // What nginx would fill in, and a whole address, which makes it a redirect.
    const auto isFilledIn = [](std::string_view text) {
        for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
            if (at + 1 >= text.size() || text[at + 1] < '1' || text[at + 1] > '9')
                return true;
        }
        return text.find("://") != std::string_view::npos;
    };
    if (isFilledIn(out.rewriteTarget))
        unreadable("rewrite-target");
    out.usesRegex = flag(object, "use-regex", false);
    for (const auto &[key, fallback] : {std::pair {"temporal-redirect", 302}, std::pair {"permanent-redirect", 301}}) {
        const std::string url = ingressAnnotation(object, key);
        if (url.empty() || out.redirect)
            continue;
        out.redirect = redirectTo(url, codeOf(object, std::string(key) + "-code", fallback));
        if (!out.redirect)
            unreadable(key);
    }
    out.redirectsToTls = flag(object, "ssl-redirect", true);
    out.forcesTls = flag(object, "force-ssl-redirect", false);
    out.appRoot = ingressAnnotation(object, "app-root");
    if (!out.appRoot.empty() && (!out.appRoot.starts_with('/') || out.appRoot.find('$') != std::string::npos)) {
        unreadable("app-root");
        out.appRoot.clear();
    }
    for (std::string &alias : listed(ingressAnnotation(object, "server-alias"))) {
        if (alias.starts_with('~'))
            unreadable("server-alias");
        else
            out.aliases.push_back(std::move(alias));
    }
    out.redirectsWww = flag(object, "from-to-www-redirect", false);
    out.authority = ingressAnnotation(object, "upstream-vhost");
    if (out.authority.find('$') != std::string::npos) {
        unreadable("upstream-vhost");
        out.authority.clear();
    }
    if (const std::string url = ingressAnnotation(object, "mirror-target"); !url.empty()) {
        out.mirror = mirrorTo(url);
        if (!out.mirror)
            unreadable("mirror-target");
    }
    return out;
}

} // namespace fairway::route
