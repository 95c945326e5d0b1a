#include "core/route/match_cover.h"

#include <algorithm>

namespace fairway::route {
namespace {

    using Kind = TextMatcher::Kind;

    /// Every text that fits `inner` fits `outer`.
    bool covers(const TextMatcher &outer, const TextMatcher &inner)
    {
        if (outer.kind() == Kind::Present)
            return true;
        if (inner.kind() == Kind::Exact && (!inner.ignoresCase() || outer.ignoresCase()))
            return outer.matches(inner.text());
        if (outer.ignoresCase() != inner.ignoresCase() && !outer.ignoresCase())
            return false;
        if (outer.kind() == Kind::Regex)
            return outer.text() == ".*" || (inner.kind() == Kind::Regex && inner.text() == outer.text());
        if (outer.kind() == Kind::Prefix)
            return inner.kind() == Kind::Prefix && TextMatcher(outer).matches(inner.text());
        return outer.kind() == inner.kind() && outer.text() == inner.text();
    }

    bool covers(const PathMatcher &outer, const PathMatcher &inner)
    {
        using Path = PathMatcher::Kind;
        const bool isRoot = outer.kind == Path::Prefix && (outer.text.text().empty() || outer.text.text() == "/");
        if (outer.kind == Path::Any || isRoot || (outer.kind == Path::PathPrefix && outer.text.text().empty()))
            return true;
        if (inner.kind == Path::Any)
            return outer.kind == Path::Regex && outer.text.text() == ".*";
        if (inner.kind == Path::Exact && (!inner.text.ignoresCase() || outer.text.ignoresCase()))
            return outer.matches(inner.text.text());
        if (outer.text.ignoresCase() != inner.text.ignoresCase() && !outer.text.ignoresCase())
            return false;
        if (outer.kind == Path::PathPrefix)
            return inner.kind == Path::PathPrefix ? outer.matches(inner.text.text())
                                                  : inner.kind == Path::Prefix && inner.text.text().starts_with(outer.text.text() + "/");
        if (outer.kind == Path::Prefix && (inner.kind == Path::Prefix || inner.kind == Path::PathPrefix))
            return outer.text.matches(inner.text.text());
        if (outer.kind == Path::Regex)
            return outer.text.text() == ".*" || (inner.kind == Path::Regex && inner.text.text() == outer.text.text());
        return outer.kind == inner.kind && outer.text.text() == inner.text.text();
    }

    /// A condition that `match` is sure to fulfil whenever it holds.
    bool implies(const RouteMatch &match, const HeaderCondition &wanted)
    {
        return std::any_of(match.headers.begin(), match.headers.end(), [&](const HeaderCondition &own) {
            if (own.name != wanted.name || own.isNegated != wanted.isNegated)
                return false;
            if (!wanted.isNegated)
                return covers(wanted.matcher, own.matcher);
            return covers(own.matcher, wanted.matcher) && (own.isEmptyWhenMissing == wanted.isEmptyWhenMissing);
        });
    }

} // namespace

bool covers(const RouteMatch &outer, const RouteMatch &inner)
{
    if (outer.onlyGrpc || outer.onlyTls || outer.fraction || !outer.metadata.empty())
        return false;
    if (!covers(outer.path, inner.path))
        return false;
    const bool headersImplied = std::all_of(
        outer.headers.begin(), outer.headers.end(), [&](const HeaderCondition &wanted) { return implies(inner, wanted); });
    return headersImplied && std::all_of(outer.query.begin(), outer.query.end(), [&](const QueryCondition &wanted) {
        return std::any_of(inner.query.begin(), inner.query.end(),
            [&](const QueryCondition &own) { return own.name == wanted.name && covers(wanted.matcher, own.matcher); });
    });
}

} // namespace fairway::route
