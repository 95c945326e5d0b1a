#include "core/route/ingress_routes.h"

#include <algorithm>
#include <re2/re2.h>

namespace fairway::route {
namespace {

    std::optional<PathMatcher> matcherOf(const IngressPlace &place, bool byRegex, RegexCache &regexes, std::vector<Text> &notes)
    {
        if (byRegex) {
            // nginx looks for "^PATH" without case; ours have to take the whole path.
            Result<TextMatcher> expression = TextMatcher::regex("(?is).*?(?:^" + place.path + ").*", regexes);
            if (!expression) {
                notes.push_back(phrase("route", "%1: %2").with(place.origin.display(), expression.error().said()));
                return std::nullopt;
            }
            return PathMatcher {PathMatcher::Kind::Regex, std::move(*expression)};
        }
        if (place.path.empty())
            return PathMatcher {};
        if (place.type == IngressPlace::Type::Exact)
            return PathMatcher {PathMatcher::Kind::Exact, TextMatcher(TextMatcher::Kind::Exact, place.path)};
        if (place.type == IngressPlace::Type::Implementation)
            return PathMatcher {PathMatcher::Kind::Prefix, TextMatcher(TextMatcher::Kind::Prefix, place.path)};
        std::string prefix = place.path;
        while (prefix.ends_with('/'))
            prefix.pop_back();
        return PathMatcher {PathMatcher::Kind::PathPrefix, TextMatcher(TextMatcher::Kind::Exact, prefix)};
    }

    class PlaceRoutes {
    public:
        PlaceRoutes(const IngressPlace &place, PathMatcher path, RegexCache &regexes, std::vector<Text> &notes)
            : m_place(place)
            , m_path(std::move(path))
            , m_regexes(regexes)
            , m_notes(notes)
        {
        }

        std::vector<CompiledRoute> all()
        {
            const IngressAnnotations &wanted = *m_place.annotations;
            if (wanted.redirect) {
                auto action = std::make_shared<RouteAction>();
                action->kind = RouteAction::Kind::Redirect;
                action->redirect = *wanted.redirect;
                add(m_place.origin, std::nullopt, std::move(action));
                return std::move(m_routes);
            }
            if (!wanted.rewriteTarget.empty() && wanted.rewriteTarget != m_place.path) {
                if (Result<PathRewrite> rewrite = rewriteOf(m_place.path, wanted.rewriteTarget, m_regexes))
                    m_rewrite = std::move(*rewrite);
            }
            if (m_place.canary == nullptr)
                add(m_place.origin, std::nullopt, forwardTo({m_place.stable}));
            else
                addCanary();
            return std::move(m_routes);
        }

    private:
        void add(const RuleOrigin &origin, std::optional<HeaderCondition> condition, std::shared_ptr<const RouteAction> action)
        {
            CompiledRoute route;
            route.origin = origin;
            route.match.path = m_path;
            if (condition)
                route.match.headers.push_back(std::move(*condition));
            route.action = std::move(action);
            m_routes.push_back(std::move(route));
        }

        std::shared_ptr<const RouteAction> forwardTo(std::vector<RouteTarget> targets)
        {
            auto action = std::make_shared<RouteAction>();
            for (RouteTarget &target : targets) {
                if (target.weight == 0)
                    continue;
                action->totalWeight += target.weight;
                action->targets.push_back(std::move(target));
            }
            const IngressAnnotations &wanted = *m_place.annotations;
            action->rewrite = m_rewrite;
            action->authority = wanted.authority;
            if (wanted.mirror)
                action->mirrors.push_back(*wanted.mirror);
            if (wanted.keepsSession || m_place.canaryKeepsSession)
                action->sessionPersistence = "Cookie";
            return action;
        }

        TextMatcher expression(const std::string &pattern)
        {
            Result<TextMatcher> made = TextMatcher::regex(pattern, m_regexes);
            if (made)
                return std::move(*made);
            m_notes.push_back(phrase("route", "%1: %2").with(m_place.canaryOrigin.object(), made.error().said()));
            return {TextMatcher::Kind::Exact, std::string("\0", 1)}; // matches no header
        }

        void addCanary()
        {
            const auto annotation = [&](std::string_view key) { return ingressAnnotation(*m_place.canary, key); };
            const auto toCanary = forwardTo({m_place.canaryTarget});
            const auto toStable = forwardTo({m_place.stable});
            const auto always = [&](const std::string &name, TextMatcher matcher) {
                add(m_place.canaryOrigin, HeaderCondition {name, std::move(matcher), false, false}, toCanary);
            };
            const auto never = [&](const std::string &name, TextMatcher matcher) {
                add(m_place.origin, HeaderCondition {name, std::move(matcher), false, false}, toStable);
            };
            if (const std::string header = lowerAscii(annotation("canary-by-header")); !header.empty()) {
                const std::string value = annotation("canary-by-header-value");
                const std::string pattern = annotation("canary-by-header-pattern");
                if (!value.empty()) {
                    always(header, {TextMatcher::Kind::Exact, value});
                } else if (!pattern.empty()) {
                    always(header, expression(".*(?:" + pattern + ").*"));
                } else {
                    always(header, {TextMatcher::Kind::Exact, "always"});
                    never(header, {TextMatcher::Kind::Exact, "never"});
                }
            }
            if (const std::string cookie = annotation("canary-by-cookie"); !cookie.empty()) {
                const std::string begin = "(?:.*;\\s*)?" + RE2::QuoteMeta(cookie) + "=";
                always("cookie", expression(begin + "always(?:;.*)?"));
                never("cookie", expression(begin + "never(?:;.*)?"));
            }
            const auto number = [&](std::string_view key, std::uint64_t fallback) {
                const std::string text = annotation(key);
                const bool isNumber = !text.empty() && text.size() < 10
                    && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
                return isNumber ? std::stoull(text) : fallback;
            };
            const std::uint64_t total = std::max<std::uint64_t>(1, number("canary-weight-total", 100));
            RouteTarget stable = m_place.stable;
            stable.pointer.clear(); // it stands in the other Ingress
            RouteTarget other = m_place.canaryTarget;
            other.weight = std::min<std::uint64_t>(number("canary-weight", 0), total);
            stable.weight = total - other.weight;
            if (other.weight == 0)
                add(m_place.origin, std::nullopt, toStable);
            else
                add(m_place.canaryOrigin, std::nullopt, forwardTo({std::move(stable), std::move(other)}));
            if (m_routes.back().origin.object() != m_place.origin.object())
                m_routes.back().alsoFor = m_place.origin;
        }

        const IngressPlace &m_place;
        PathMatcher m_path;
        RegexCache &m_regexes;
        std::vector<Text> &m_notes;
        PathRewrite m_rewrite;
        std::vector<CompiledRoute> m_routes;
    };

} // namespace

bool IngressPlace::needsRegex() const
{
    return annotations->usesRegex || (!annotations->rewriteTarget.empty() && annotations->rewriteTarget != path);
}

std::vector<CompiledRoute> routesOfPlace(const IngressPlace &place, bool byRegex, RegexCache &regexes, std::vector<Text> &notes)
{
    std::optional<PathMatcher> path = matcherOf(place, byRegex, regexes, notes);
    if (!path)
        return {};
    return PlaceRoutes(place, std::move(*path), regexes, notes).all();
}

CompiledRoute redirectOfIngress(RuleOrigin origin, std::string_view annotation, PathMatcher path, RedirectAction redirect)
{
    CompiledRoute out;
    out.origin = std::move(origin);
    out.origin.section = "annotations";
    out.origin.index = 0;
    out.origin.ruleName = annotation;
    out.match.path = std::move(path);
    auto action = std::make_shared<RouteAction>();
    action->kind = RouteAction::Kind::Redirect;
    action->redirect = std::move(redirect);
    out.action = std::move(action);
    return out;
}

} // namespace fairway::route
