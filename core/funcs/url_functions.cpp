#include "core/funcs/convert.h"
#include "core/funcs/tables.h"
#include "core/funcs/url.h"

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

Out urlParse(Call &call)
{
    const auto url = GoUrl::parse(call.text(0));
    if (!url)
        return failCall("unable to parse url: " + url.error().message);
    Value out = Value::map();
    out.set("scheme", Value(url->scheme));
    out.set("host", Value(url->host));
    out.set("hostname", Value(url->hostName()));
    out.set("path", Value(url->path));
    out.set("query", Value(url->rawQuery));
    out.set("opaque", Value(url->opaque));
    out.set("fragment", Value(url->fragment));
    out.set("userinfo", Value(url->userInfo));
    return out;
}

TemplateResult<std::string> member(const Value &map, std::string_view name)
{
    const Value *found = map.isMap() ? map.asMap().get(name) : nullptr;
    if (found == nullptr)
        return std::string();
    if (found->isNull())
        return failCall("runtime error: invalid memory address or nil pointer dereference");
    if (!found->isString())
        return failCall("unable to parse " + std::string(name) + " key, must be of type string, but " + kindName(*found) + " found");
    return found->asString();
}

Out urlJoin(Call &call)
{
    GoUrl url;
    std::string userInfo;
    const std::pair<std::string_view, std::string *> parts[] = {{"scheme", &url.scheme}, {"host", &url.host}, {"path", &url.path},
        {"query", &url.rawQuery}, {"opaque", &url.opaque}, {"fragment", &url.fragment}, {"userinfo", &userInfo}};
    for (const auto &[name, target] : parts) {
        auto text = member(call[0], name);
        if (!text)
            return tl::unexpected(std::move(text.error()));
        *target = std::move(*text);
    }
    if (!userInfo.empty()) {
        const auto parsed = GoUrl::parse("proto://" + userInfo + "@host");
        if (!parsed)
            return failCall("unable to parse userinfo in dict: " + parsed.error().message);
        url.userInfo = parsed->userInfo;
        url.hasUserInfo = parsed->hasUserInfo;
    }
    return Value(url.toString());
}

constexpr FunctionSpec Table[] = {
    {"urlParse", {Type::String}, urlParse},
    {"urlJoin", {Type::Map}, urlJoin},
};

} // namespace

std::span<const FunctionSpec> urlFunctions()
{
    return Table;
}

} // namespace fairway::funcs
