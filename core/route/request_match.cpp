#include "core/route/request_match.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

namespace fairway::route {
namespace {

    std::string lower(std::string_view text)
    {
        std::string out(text);
        for (char &c : out)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return out;
    }

    /// The first value of a repeated parameter counts.
    std::optional<std::string> parameter(std::string_view query, std::string_view key)
    {
        while (!query.empty()) {
            const std::size_t end = query.find('&');
            const std::string_view part = query.substr(0, end);
            const std::size_t equals = part.find('=');
            if (part.substr(0, equals) == key)
                return std::string(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
            query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        }
        return std::nullopt;
    }

    std::optional<std::string> header(const RequestView &request, std::string_view key)
    {
        const std::string name = lower(key);
        if (name == ":method")
            return request.method;
        if (name == ":authority" || name == "host")
            return request.authority;
        if (name == ":scheme")
            return request.scheme;
        if (name == ":path")
            return request.path + (request.query.empty() ? "" : "?" + request.query);
        std::optional<std::string> out; // repeated fields are one list
        for (const auto &[field, text] : request.headers) {
            if (field == name)
                out = out ? *out + "," + text : text;
        }
        return out;
    }

    std::optional<std::string> subjectOf(const Condition &condition, const RequestView &request)
    {
        switch (condition.subject) {
        case Subject::Path:
            return request.path;
        case Subject::Header:
            return header(request, condition.key);
        case Subject::QueryParam:
            return parameter(request.query, condition.key);
        case Subject::Method:
            return request.method;
        case Subject::Authority:
            return request.authority;
        case Subject::Scheme:
            return request.scheme;
        case Subject::GrpcService:
        case Subject::GrpcMethod: {
            const std::size_t slash = request.path.rfind('/');
            if (slash == std::string::npos || slash == 0)
                return std::nullopt;
            return condition.subject == Subject::GrpcMethod ? request.path.substr(slash + 1) : request.path.substr(1, slash - 1);
        }
        case Subject::Sni:
        case Subject::Subnet:
        case Subject::Cookie:
            break;
        }
        return std::nullopt; // a request has none
    }

    bool hasPathPrefix(std::string_view path, std::string_view prefix)
    {
        while (prefix.size() > 1 && prefix.back() == '/')
            prefix.remove_suffix(1);
        if (prefix == "/" || prefix.empty())
            return true;
        return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
    }

    Result<bool> compare(const Condition &condition, const std::string &given)
    {
        const std::string text = condition.ignoresCase ? lower(given) : given;
        const std::string wanted = condition.ignoresCase ? lower(condition.value) : condition.value;
        switch (condition.op) {
        case Operator::Exact:
            return text == wanted;
        case Operator::Prefix:
            return text.starts_with(wanted);
        case Operator::PathPrefix:
            return hasPathPrefix(text, wanted);
        case Operator::Present:
            return true;
        case Operator::Regex:
            break;
        }
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(4 << 20);
        const RE2 expression(condition.value, options);
        if (!expression.ok())
            return fail(ErrorCode::InvalidInput, "regular expression of a match: " + expression.error());
        return RE2::FullMatch(given, expression);
    }

    Result<bool> holds(const Condition &condition, const RequestView &request)
    {
        const std::optional<std::string> given = subjectOf(condition, request);
        if (condition.op == Operator::Present)
            return given.has_value() != condition.isNegated;
        if (condition.isNegated) {
            // withoutHeaders: a missing header counts as the empty text.
            const Result<bool> same = compare(condition, given.value_or(""));
            return same ? Result<bool>(!*same) : same;
        }
        if (!given)
            return false;
        return compare(condition, *given);
    }

} // namespace

bool isLoaded(const Match &match, const Origin &origin)
{
    if (match.port != 0 && origin.port != 0 && match.port != origin.port)
        return false;
    if (!match.gateways.empty())
        return std::find(match.gateways.begin(), match.gateways.end(), origin.gateway) != match.gateways.end();
    if (!match.sourceNamespace.empty() && match.sourceNamespace != origin.ns)
        return false;
    return std::all_of(match.sourceLabels.begin(), match.sourceLabels.end(), [&](const auto &label) {
        const auto own = origin.labels.find(label.first);
        return own != origin.labels.end() && own->second == label.second;
    });
}

Result<bool> matches(const Match &match, const RequestView &request)
{
    for (const Condition &condition : match.conditions) {
        const Result<bool> held = holds(condition, request);
        if (!held || !*held)
            return held;
    }
    return true;
}

Result<const Rule *> ruleFor(const RouteObject &route, const RequestView &request, const Origin &origin)
{
    if (route.kind == RouteKind::VirtualService
        && std::find(route.gateways.begin(), route.gateways.end(), origin.gateway) == route.gateways.end())
        return nullptr;
    for (const Rule &rule : route.rules) {
        if (rule.section == "tls" || rule.section == "tcp")
            continue;
        if (rule.matches.empty())
            return &rule;
        for (const Match &match : rule.matches) {
            if (!isLoaded(match, origin))
                continue;
            const Result<bool> taken = matches(match, request);
            if (!taken)
                return tl::unexpected(taken.error());
            if (*taken)
                return &rule;
        }
    }
    return nullptr;
}

} // namespace fairway::route
