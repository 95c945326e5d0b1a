#include "core/chart/chart_url.h"

#include "core/chart/paths.h"
#include "core/funcs/url.h"

#include <algorithm>
#include <vector>

namespace fairway::chart {

namespace {

using funcs::GoUrl;

Result<GoUrl> parse(std::string_view text)
{
    auto url = GoUrl::parse(text);
    if (!url)
        return fail(url.error().code, url.error().message);
    return std::move(*url);
}

/// The path as it stands in the URL's text.
std::string escapedPath(const GoUrl &url)
{
    const bool isRelative = !url.path.empty() && url.path.front() != '/'; // toString() would put a slash before it.
    GoUrl bare;
    bare.scheme = "x";
    bare.host = "h";
    bare.path = (isRelative ? "/" : "") + url.path;
    bare.rawPath = url.rawPath.empty() ? std::string() : (isRelative ? "/" : "") + url.rawPath;
    return bare.toString().substr(std::string_view("x://h").size() + (isRelative ? 1 : 0));
}

/// Without `.` and `..`. RFC 3986 section 5.2.4.
std::string withoutDots(std::string_view path)
{
    std::vector<std::string_view> kept;
    bool endsInFolder = false;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t slash = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, slash - begin);
        endsInFolder = part == "." || part == "..";
        if (part == ".." && !kept.empty())
            kept.pop_back();
        else if (!endsInFolder && !(begin == 0 && part.empty()))
            kept.push_back(part);
        begin = slash + 1;
    }
    std::string out;
    for (const std::string_view part : kept)
        out += "/" + std::string(part);
    return endsInFolder || out.empty() ? out + "/" : out;
}

} // namespace

Result<std::string> resolveUrl(std::string_view base, std::string_view reference)
{
    Result<GoUrl> from = parse(base);
    Result<GoUrl> target = parse(reference);
    if (!from || !target)
        return tl::unexpected((from ? target : from).error());
    if (!target->scheme.empty() && target->host.empty() && !target->opaque.empty())
        return target->toString();
    const std::string path = escapedPath(*target);
    std::string full = path;
    if (target->scheme.empty() && target->host.empty() && !target->hasUserInfo) {
        target->host = from->host;
        target->userInfo = from->userInfo;
        target->hasUserInfo = from->hasUserInfo;
        if (path.empty()) {
            full = escapedPath(*from);
            if (target->rawQuery.empty() && !target->forcesQuery)
                target->rawQuery = from->rawQuery;
        } else if (path.front() != '/') {
            const std::string old = escapedPath(*from);
            full = old.substr(0, old.rfind('/') + 1) + path;
        }
    }
    if (target->scheme.empty())
        target->scheme = from->scheme;
    target->path.clear();
    target->rawPath.clear();
    std::string text = target->toString();
    if (!full.empty()) {
        const std::size_t end = std::min(text.find_first_of("?#"), text.size());
        text.insert(end, withoutDots(full));
    }
    return text;
}

Result<std::string> resolveInRepository(std::string_view repository, std::string_view reference)
{
    const auto failed = [](std::string_view text, const Error &error) {
        return fail(ErrorCode::InvalidInput, "failed to parse " + std::string(text) + " as URL: " + error.message);
    };
    const Result<GoUrl> target = parse(reference);
    if (!target)
        return failed(reference, target.error());
    if (!target->scheme.empty())
        return std::string(reference);
    Result<GoUrl> base = parse(repository);
    if (!base)
        return failed(repository, base.error());
    const std::string query = base->rawQuery;
    if (!base->path.ends_with('/'))
        base->path += '/';
    if (!base->rawPath.empty() && !base->rawPath.ends_with('/'))
        base->rawPath += '/';
    const Result<std::string> resolved = resolveUrl(base->toString(), reference);
    if (!resolved)
        return resolved;
    Result<GoUrl> whole = parse(*resolved);
    if (!whole)
        return tl::unexpected(whole.error());
    whole->rawQuery = query;
    return whole->toString();
}

std::string joinUrl(std::string_view text, std::string_view path)
{
    Result<GoUrl> url = parse(text);
    if (!url)
        return joinPath(text, path);
    url->path = url->path.empty() && path.empty() ? std::string() : joinPath(url->path, path);
    url->rawPath.clear();
    return url->toString();
}

bool isSameUrl(std::string_view a, std::string_view b)
{
    Result<GoUrl> first = parse(a);
    if (!first)
        return cleanPath(a) == cleanPath(b);
    Result<GoUrl> second = parse(b);
    if (!second)
        return false;
    for (GoUrl *const url : {&*first, &*second}) {
        url->path = cleanPath(url->path.empty() ? "/" : url->path);
        url->rawPath.clear();
    }
    return first->toString() == second->toString();
}

std::string urlOrigin(std::string_view text)
{
    const Result<GoUrl> url = parse(text);
    return url && !url->host.empty() ? url->scheme + "://" + url->host : std::string();
}

std::string urlFileName(std::string_view text)
{
    const Result<GoUrl> url = parse(text);
    if (!url)
        return {};
    const std::string name(basePath(url->path));
    return name == "." || name == ".." || name == "/" || name.find('\0') != std::string::npos ? std::string() : name;
}

} // namespace fairway::chart
