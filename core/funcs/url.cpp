#include "core/funcs/url.h"

#include "core/gotemplate/go_quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace fairway::funcs {

namespace {

using gotemplate::failCall;
using gotemplate::quote;

enum class Part : std::uint8_t { Path, UserPassword, Host, Fragment };

int hexDigit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
}

/// Which characters must be written as %XX in a part (RFC 3986, as net/url reads it).
bool mustEncode(char c, Part part)
{
    if (isUnreserved(c))
        return false;
    const auto isOneOf = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
    switch (part) {
    case Part::Host: return !isOneOf("!$&'()*+,;=:[]<>\"");
    case Part::Path: return !isOneOf("$&+,/:;=@");
    case Part::UserPassword: return !isOneOf("$&+,;=");
    case Part::Fragment: return !isOneOf("$&+,/:;=?@!()*");
    }
    return true;
}

std::string encoded(std::string_view text, Part part)
{
    std::string out;
    for (const char c : text) {
        if (mustEncode(c, part))
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out;
}

gotemplate::TemplateResult<std::string> decoded(std::string_view text, Part part)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            const bool isWhole = i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
            if (!isWhole)
                return failCall("invalid URL escape " + quote(text.substr(i, 3)));
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
            continue;
        }
        const bool isAscii = static_cast<unsigned char>(c) < 0x80;
        if (part == Part::Host && isAscii && mustEncode(c, Part::Host))
            return failCall("invalid character " + quote(text.substr(i, 1)) + " in host name");
        out += c;
    }
    return out;
}

bool isPort(std::string_view text)
{
    return text.empty() || (text[0] == ':' && text.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

gotemplate::TemplateResult<std::string> readHost(std::string_view host)
{
    if (host.starts_with('[')) {
        const std::size_t close = host.rfind(']');
        if (close == std::string_view::npos)
            return failCall("missing ']' in host");
        const std::string_view port = host.substr(close + 1);
        if (!isPort(port))
            return failCall("invalid port " + quote(port) + " after host");
    } else if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos) {
        const std::string_view port = host.substr(colon);
        if (!isPort(port))
            return failCall("invalid port " + quote(port) + " after host");
    }
    return decoded(host, Part::Host);
}

gotemplate::TemplateResult<void> readAuthority(GoUrl &url, std::string_view authority)
{
    const std::size_t at = authority.rfind('@');
    auto host = readHost(at == std::string_view::npos ? authority : authority.substr(at + 1));
    if (!host)
        return tl::unexpected(host.error());
    url.host = std::move(*host);
    if (at == std::string_view::npos)
        return {};
    const std::string_view user = authority.substr(0, at);
    const bool isValid = std::all_of(user.begin(), user.end(), [](char c) {
        return isUnreserved(c) || std::string_view(":!$&'()*+,;=%@").find(c) != std::string_view::npos;
    });
    if (!isValid)
        return failCall("net/url: invalid userinfo");
    const std::size_t colon = user.find(':');
    auto name = decoded(user.substr(0, colon), Part::UserPassword);
    if (!name)
        return tl::unexpected(name.error());
    url.hasUserInfo = true;
    url.userInfo = encoded(*name, Part::UserPassword);
    if (colon != std::string_view::npos) {
        auto password = decoded(user.substr(colon + 1), Part::UserPassword);
        if (!password)
            return tl::unexpected(password.error());
        url.userInfo += ":" + encoded(*password, Part::UserPassword);
    }
    return {};
}

/// "http" of "http:…"; empty without; nullopt when it starts with a colon.
std::optional<std::string_view> schemeOf(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            continue;
        if ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.') {
            if (i == 0)
                return std::string_view();
            continue;
        }
        if (c != ':')
            return std::string_view();
        if (i == 0)
            return std::nullopt;
        return text.substr(0, i);
    }
    return std::string_view();
}

gotemplate::TemplateResult<GoUrl> parseRest(std::string_view rest)
{
    GoUrl url;
    if (std::any_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; }))
        return failCall("net/url: invalid control character in URL");
    if (rest == "*") {
        url.path = "*";
        return url;
    }
    const auto scheme = schemeOf(rest);
    if (!scheme)
        return failCall("missing protocol scheme");
    if (!scheme->empty()) {
        url.scheme = *scheme;
        std::transform(url.scheme.begin(), url.scheme.end(), url.scheme.begin(),
            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; });
        rest.remove_prefix(scheme->size() + 1);
    }
    if (rest.ends_with('?') && std::count(rest.begin(), rest.end(), '?') == 1) {
        url.forcesQuery = true;
        rest.remove_suffix(1);
    } else if (const std::size_t query = rest.find('?'); query != std::string_view::npos) {
        url.rawQuery = rest.substr(query + 1);
        rest = rest.substr(0, query);
    }
    if (!rest.starts_with('/')) {
        if (!url.scheme.empty()) {
            url.opaque = rest;
            return url;
        }
        const std::string_view segment = rest.substr(0, rest.find('/'));
        if (segment.find(':') != std::string_view::npos)
            return failCall("first path segment in URL cannot contain colon");
    }
    if ((!url.scheme.empty() || !rest.starts_with("///")) && rest.starts_with("//")) {
        const std::size_t slash = rest.find('/', 2);
        const std::string_view authority = rest.substr(2, slash == std::string_view::npos ? slash : slash - 2);
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
        if (auto read = readAuthority(url, authority); !read)
            return tl::unexpected(read.error());
    }
    auto path = decoded(rest, Part::Path);
    if (!path)
        return tl::unexpected(path.error());
    url.path = std::move(*path);
    if (encoded(url.path, Part::Path) != rest)
        url.rawPath = rest;
    return url;
}

} // namespace

gotemplate::TemplateResult<GoUrl> GoUrl::parse(std::string_view text)
{
    const std::size_t hash = text.find('#');
    const std::string_view main = text.substr(0, hash);
    auto url = parseRest(main);
    if (!url)
        return failCall("parse " + quote(main) + ": " + url.error().message);
    if (hash != std::string_view::npos) {
        auto fragment = decoded(text.substr(hash + 1), Part::Fragment);
        if (!fragment)
            return failCall("parse " + quote(text) + ": " + fragment.error().message);
        url->fragment = std::move(*fragment);
    }
    return url;
}

std::string GoUrl::hostName() const
{
    std::string_view name = host;
    if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos && isPort(name.substr(colon)))
        name = name.substr(0, colon);
    if (name.starts_with('[') && name.ends_with(']'))
        name = name.substr(1, name.size() - 2);
    return std::string(name);
}

std::string GoUrl::toString() const
{
    std::string out;
    if (!scheme.empty())
        out += scheme + ":";
    if (!opaque.empty()) {
        out += opaque;
    } else {
        if (!scheme.empty() || !host.empty() || hasUserInfo) {
            if (!host.empty() || !path.empty() || hasUserInfo)
                out += "//";
            if (hasUserInfo)
                out += userInfo + "@";
            out += encoded(host, Part::Host);
        }
        const std::string shown = rawPath.empty() ? encoded(path, Part::Path) : rawPath;
        if (!shown.empty() && shown.front() != '/' && !host.empty())
            out += '/';
        // "a:b" alone would read as a scheme.
        if (out.empty() && shown.substr(0, shown.find('/')).find(':') != std::string::npos)
            out += "./";
        out += shown;
    }
    if (forcesQuery || !rawQuery.empty())
        out += "?" + rawQuery;
    if (!fragment.empty())
        out += "#" + encoded(fragment, Part::Fragment);
    return out;
}

} // namespace fairway::funcs
