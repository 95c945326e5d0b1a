#include "core/route/path_rewrite.h"

#include <re2/re2.h>

namespace fairway::route {
namespace {

    std::string_view withoutSlashes(std::string_view text)
    {
        while (text.ends_with('/'))
            text.remove_suffix(1);
        return text;
    }

    constexpr std::size_t kMaxPath = std::size_t {1} << 20;

} // namespace

bool PathMatcher::matches(std::string_view path) const
{
    if (kind == Kind::Any)
        return true;
    if (kind != Kind::PathPrefix)
        return text.matches(path);
    const std::size_t length = text.text().size();
    if (path.size() < length || !text.matches(path.substr(0, length)))
        return false;
    return path.size() == length || path[length] == '/';
}

std::size_t matchedLength(const PathMatcher &matcher, std::string_view path)
{
    switch (matcher.kind) {
    case PathMatcher::Kind::Any:
        return std::min<std::size_t>(1, path.size());
    case PathMatcher::Kind::Prefix:
    case PathMatcher::Kind::PathPrefix:
        return std::min(matcher.text.text().size(), path.size());
    case PathMatcher::Kind::Exact:
    case PathMatcher::Kind::Regex:
    case PathMatcher::Kind::Template:
        break;
    }
    return path.size();
}

std::string rewritten(const PathRewrite &rewrite, const PathMatcher &matcher, const std::string &path)
{
    switch (rewrite.kind) {
    case PathRewrite::Kind::None:
        break;
    case PathRewrite::Kind::Full:
        return rewrite.text;
    case PathRewrite::Kind::Prefix:
        return rewrite.text + path.substr(matchedLength(matcher, path));
    case PathRewrite::Kind::GatewayPrefix: {
        const std::size_t length = matcher.kind == PathMatcher::Kind::Any ? 0 : matchedLength(matcher, path);
        const std::string out = std::string(withoutSlashes(rewrite.text)) + path.substr(length);
        return out.empty() ? "/" : out;
    }
    case PathRewrite::Kind::Regex: {
        std::string out = path;
        if (rewrite.regex && path.size() <= kMaxPath)
            RE2::GlobalReplace(&out, *rewrite.regex, rewrite.text);
        return out;
    }
    case PathRewrite::Kind::Captures: {
        std::string out;
        const bool isTaken = rewrite.regex && path.size() <= kMaxPath && RE2::Extract(path, *rewrite.regex, rewrite.text, &out);
        return isTaken ? out : path;
    }
    }
    return path;
}

std::string templatePattern(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        if (text.starts_with("**")) {
            out += ".*";
            text.remove_prefix(2);
        } else if (text.front() == '*') {
            out += "[^/]+";
            text.remove_prefix(1);
        } else if (text.front() == '{') {
            const std::size_t end = text.find('}');
            if (end == std::string_view::npos)
                return {};
            const std::string_view variable = text.substr(1, end - 1);
            const std::size_t equals = variable.find('=');
            out += equals == std::string_view::npos ? "[^/]+" : templatePattern(variable.substr(equals + 1));
            text.remove_prefix(end + 1);
        } else {
            out += RE2::QuoteMeta(re2::StringPiece(text.data(), 1));
            text.remove_prefix(1);
        }
    }
    return out;
}

} // namespace fairway::route
