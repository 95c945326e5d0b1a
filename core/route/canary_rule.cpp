#include "core/route/canary_rule.h"

#include "core/route/route_object.h"
#include "core/value/pointer.h"

#include <re2/re2.h>

#include <algorithm>

namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;

    /// A token of RFC 9110, which is what names of headers and cookies are.
    bool isToken(const std::string &text)
    {
        static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || others.find(c) != std::string_view::npos;
        });
    }

    bool isPrintable(const std::string &text)
    {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != '\x7f'; });
    }

    Result<void> checkWho(const CanaryWho &who)
    {
        if (who.by == CanaryWho::By::SourceLabels) {
            if (who.labels.empty())
                return fail(ErrorCode::InvalidInput, phrase("route", "no label of the sending pods is given"));
            return {};
        }
        const bool isHeader = who.by == CanaryWho::By::Header;
        if (!isToken(who.name)) {
            return fail(ErrorCode::InvalidInput,
                (isHeader ? phrase("route", "\"%1\" can't be the name of a header") : phrase("route", "\"%1\" can't be the name of a cookie")).with(who.name));
        }
        if (!isPrintable(who.value) || (who.by == CanaryWho::By::Cookie && who.value.find(';') != std::string::npos))
            return fail(ErrorCode::InvalidInput, phrase("route", "the value of %1 holds characters that can't be sent").with(who.name));
        return {};
    }

    std::string cookiePattern(const CanaryWho &who)
    {
        const std::string value = who.value.empty() ? "[^;]*" : RE2::QuoteMeta(who.value);
        return "^(.*;\\s*)?" + RE2::QuoteMeta(who.name) + "=" + value + "(;.*)?$";
    }

    std::string lowered(std::string text)
    {
        std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return text;
    }

    Result<void> narrowIstio(Value match, const CanaryWho &who)
    {
        if (who.by == CanaryWho::By::SourceLabels) {
            const Value &gateways = match["gateways"];
            if (!gateways.isNull() && !gateways.isList())
                return fail(ErrorCode::InvalidInput, "the gateways of a match of it are no list");
            const bool servesMesh = gateways.size() == 0
                || std::any_of(gateways.asList().begin(), gateways.asList().end(), [](const Value &name) { return name.stringOr() == "mesh"; });
            if (!servesMesh)
                return fail(ErrorCode::InvalidInput, phrase("route", "a match of this rule is for gateways only, and they know no labels of senders"));
            Value labels = match["sourceLabels"].isMap() ? value::deepCopy(match["sourceLabels"]) : Value::map();
            for (const auto &[key, text] : who.labels) {
                if (const Value *present = labels.asMap().get(key); present != nullptr && present->stringOr() != text)
                    return fail(ErrorCode::InvalidInput, phrase("route", "this rule is for senders with label %1 already").with(key + "=" + std::string(present->stringOr())));
                labels.asMap().set(key, Value(text));
            }
            match.asMap().set("sourceLabels", std::move(labels));
            return {};
        }
        const bool isCookie = who.by == CanaryWho::By::Cookie;
        const std::string header = isCookie ? "cookie" : lowered(who.name);
        Value condition = Value::map();
        if (isCookie)
            condition.asMap().set("regex", Value(cookiePattern(who)));
        else if (!who.value.empty())
            condition.asMap().set("exact", Value(who.value));
        Value headers = match["headers"].isMap() ? value::deepCopy(match["headers"]) : Value::map();
        for (const auto &[key, present] : headers.asMap()) {
            if (lowered(key) == header)
                return fail(ErrorCode::InvalidInput, phrase("route", "this rule asks for header %1 already").with(key));
        }
        headers.asMap().set(header, std::move(condition));
        match.asMap().set("headers", std::move(headers));
        return {};
    }

    Result<void> narrowGatewayApi(Value match, const CanaryWho &who)
    {
        if (who.by == CanaryWho::By::SourceLabels)
            return fail(ErrorCode::InvalidInput, phrase("route", "the Gateway API knows nothing of who sends a request: use a header or a cookie"));
        const bool isCookie = who.by == CanaryWho::By::Cookie;
        const std::string header = isCookie ? "Cookie" : who.name;
        Value headers = match["headers"].isList() ? value::deepCopy(match["headers"]) : Value::list();
        for (const Value &present : headers.asList()) {
            if (lowered(std::string(present["name"].stringOr())) == lowered(header))
                return fail(ErrorCode::InvalidInput, phrase("route", "this rule asks for header %1 already").with(present["name"].stringOr()));
        }
        const bool isPattern = isCookie || who.value.empty();
        Value condition = Value::map({{"name", Value(header)}, {"value", Value(isCookie ? cookiePattern(who) : isPattern ? std::string(".*") : who.value)}});
        if (isPattern)
            condition.asMap().set("type", Value("RegularExpression"));
        headers.append(std::move(condition));
        match.asMap().set("headers", std::move(headers));
        return {};
    }

} // namespace

Result<std::vector<FieldEdit>> planCanaryRule(const Value &object, const CanaryRule &canary)
{
    const Result<RouteObject> route = parseRoute(object);
    if (!route)
        return tl::unexpected(route.error());
    const std::string what = std::string(toString(route->kind)) + " " + route->name + " " + canary.section + "[" + std::to_string(canary.index) + "]";
    const bool isIstio = route->kind == RouteKind::VirtualService && canary.section == "http";
    if (!isIstio && route->kind != RouteKind::HttpRoute)
        return fail(ErrorCode::InvalidInput, phrase("route", "%1: only http rules of a VirtualService and rules of an HTTPRoute can be divided by sender").with(what));
    const Rule *rule = route->find(canary.section, canary.index);
    if (rule == nullptr)
        return fail(ErrorCode::NotFound, what + ": there is no such rule");
    if (canary.destination >= rule->destinations.size())
        return fail(ErrorCode::NotFound, what + " has no such destination");
    if (Result<void> fine = checkWho(canary.who); !fine)
        return failWith(what, fine.error());

    Value copy = value::deepCopy(value::at(object, rule->pointer));
    const char *const matchesKey = isIstio ? "match" : "matches";
    if (!copy.isMap())
        return fail(ErrorCode::InvalidInput, what + " is no map");
    if (copy[matchesKey].size() == 0)
        copy.set(matchesKey, Value::list({Value::map()}));
    if (!copy[matchesKey].isList())
        return fail(ErrorCode::InvalidInput, what + ": its matches are no list");
    for (const Value &match : copy[matchesKey].asList()) {
        if (!match.isMap())
            return fail(ErrorCode::InvalidInput, what + ": a match of it is no map");
        const Result<void> narrowed = isIstio ? narrowIstio(match, canary.who) : narrowGatewayApi(match, canary.who);
        if (!narrowed)
            return failWith(what, narrowed.error());
    }
    Value destination = value::deepCopy(value::at(object, rule->destinations[canary.destination].pointer));
    if (!destination.isMap())
        return fail(ErrorCode::InvalidInput, what + ": the destination is no map");
    destination.asMap().remove("weight");
    if (isIstio && !canary.subset.empty()) {
        if (Value named = destination["destination"]; named.isMap())
            named.asMap().set("subset", Value(canary.subset));
    }
    copy.set(isIstio ? "route" : "backendRefs", Value::list({std::move(destination)}));
    if (canary.name.empty())
        copy.asMap().remove("name");
    else
        copy.set("name", Value(canary.name));
    return std::vector<FieldEdit> {{FieldEdit::Verb::Insert, rule->pointer, std::move(copy)}};
}

} // namespace fairway::route
