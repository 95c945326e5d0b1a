#include "core/chart/mirrors.h"

#include "core/chart/chart_url.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/value/yaml.h"

#include <cstdlib>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxFileBytes = std::uint64_t {1} << 20;

Result<UrlRewrite> checked(std::string from, std::string to)
{
    for (const std::string *const url : {&from, &to}) {
        if (!(url->starts_with("http://") || url->starts_with("https://")) || urlOrigin(*url).empty())
            return fail(ErrorCode::InvalidInput, "a mirror is two http or https URLs, FROM=TO");
    }
    // Whole path elements only: "https://a.example" must not stand for "https://a.example.evil".
    if (!from.ends_with('/'))
        from += '/';
    if (!to.ends_with('/'))
        to += '/';
    return UrlRewrite {std::move(from), std::move(to)};
}

std::string variable(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

} // namespace

Result<UrlRewrite> parseMirror(std::string_view text)
{
    const std::size_t equals = text.find("=http");
    if (equals == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "a mirror is two http or https URLs, FROM=TO");
    return checked(std::string(text.substr(0, equals)), std::string(text.substr(equals + 1)));
}

Result<std::vector<UrlRewrite>> parseMirrors(std::string_view text)
{
    const Result<value::Value> data = value::parseYaml(text);
    if (!data)
        return tl::unexpected(data.error());
    std::vector<UrlRewrite> mirrors;
    const value::Value &list = (*data)["mirrors"];
    if (!data->isNull() && !list.isList())
        return fail(ErrorCode::InvalidInput, "there is no list `mirrors`");
    for (std::size_t i = 0; i < list.size(); ++i) {
        Result<UrlRewrite> mirror = checked(std::string(list[i]["from"].stringOr()), std::string(list[i]["to"].stringOr()));
        if (!mirror)
            return failWith("mirror " + std::to_string(i + 1), mirror.error());
        mirrors.push_back(std::move(*mirror));
    }
    return mirrors;
}

Result<std::vector<UrlRewrite>> mirrorsOfProcess()
{
    const std::string named = variable("FAIRWAY_MIRRORS");
    const std::string home = variable("XDG_CONFIG_HOME").empty() ? joinPath(variable("HOME"), ".config") : variable("XDG_CONFIG_HOME");
    const std::string path = named.empty() ? joinPath(home, "fairway/mirrors.yaml") : named;
    const Result<std::string> text = readWholeFile(path, maxFileBytes);
    if (!text && text.error().code == ErrorCode::NotFound && named.empty())
        return std::vector<UrlRewrite> {};
    if (!text)
        return tl::unexpected(text.error());
    Result<std::vector<UrlRewrite>> mirrors = parseMirrors(*text);
    if (!mirrors)
        return failWith(path, mirrors.error());
    return mirrors;
}

} // namespace fairway::chart
