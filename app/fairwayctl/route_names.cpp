#include "app/fairwayctl/route_names.h"

#include "app/fairwayctl/cli.h"
#include "core/route/edit_request.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

namespace fairway::ctl {

namespace {

struct KnownKind {
    const char *name;
    const char *kind;
};
constexpr KnownKind Routes[] = {{"virtualservice", "VirtualService"}, {"virtualservices", "VirtualService"}, {"vs", "VirtualService"},
    {"httproute", "HTTPRoute"}, {"httproutes", "HTTPRoute"}, {"grpcroute", "GRPCRoute"}, {"grpcroutes", "GRPCRoute"},
    {"tlsroute", "TLSRoute"}, {"tlsroutes", "TLSRoute"}, {"tcproute", "TCPRoute"}, {"tcproutes", "TCPRoute"},
    {"ingress", "Ingress"}, {"ingresses", "Ingress"}, {"ing", "Ingress"}};
constexpr KnownKind BesideRoutes[] = {{"destinationrule", "DestinationRule"}, {"destinationrules", "DestinationRule"}, {"dr", "DestinationRule"},
    {"gateway", "Gateway"}, {"gateways", "Gateway"}, {"gw", "Gateway"}};

std::optional<std::string> kindOf(std::string text, std::span<const KnownKind> known)
{
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    text = text.substr(0, text.find('.')); // virtualservices.networking.istio.io
    for (const KnownKind &entry : known) {
        if (text == entry.name)
            return entry.kind;
    }
    return std::nullopt;
}

Result<route::ObjectRef> refOf(const std::string &text, const std::optional<std::string> &kind, const char *kinds)
{
    const std::vector<std::string> parts = splitAt(text, '/');
    if (parts.size() < 2 || parts.size() > 3 || parts.back().empty())
        return fail(ErrorCode::InvalidInput, "\"" + text + "\" is not KIND/NAME");
    if (!kind)
        return fail(ErrorCode::InvalidInput, "\"" + parts.front() + "\" is no kind with " + kinds);
    return route::ObjectRef {*kind, parts.size() == 3 ? parts[1] : "", parts.back()};
}

std::optional<int> numberOf(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

} // namespace

Result<route::ObjectRef> parseRouteName(const std::string &text)
{
    return refOf(text, kindOf(splitAt(text, '/').front(), Routes), "weights: VirtualService, HTTPRoute, GRPCRoute, TLSRoute, TCPRoute or Ingress");
}

Result<route::ObjectRef> parseEditableName(const std::string &text)
{
    const std::string name = splitAt(text, '/').front();
    const std::optional<std::string> kind = kindOf(name, Routes);
    return refOf(text, kind ? kind : kindOf(name, BesideRoutes), "fields to edit: a route, DestinationRule or Gateway");
}

std::string ruleName(const route::RouteObject &route, const route::Rule &rule)
{
    return std::string(toString(route.kind)) + " " + (route.ns.empty() ? "" : route.ns + "/") + route.name + " " + rule.section
        + "[" + std::to_string(rule.index) + "]";
}

Result<const route::Rule *> chooseRule(const route::RouteObject &route, const std::string &text)
{
    std::string section;
    std::string number = text;
    if (const std::size_t open = text.find_first_of("[/"); open != std::string::npos) {
        section = text.substr(0, open);
        number = text.substr(open + 1);
        if (text[open] == '[' && !number.empty() && number.back() == ']')
            number.pop_back();
    }
    const std::optional<int> index = numberOf(number);
    std::vector<std::string> known;
    for (const route::Rule &rule : route.rules) {
        const bool isAt = index && rule.index == *index && (section.empty() || section == rule.section);
        if (isAt || (!rule.name.empty() && rule.name == text))
            return &rule;
        if (known.size() < 20)
            known.push_back(rule.section + "[" + std::to_string(rule.index) + "]");
    }
    return fail(ErrorCode::NotFound, "no rule \"" + text + "\"; there are " + joined(known, ", "));
}

Result<std::size_t> chooseDestination(const route::Rule &rule, const std::string &text)
{
    std::vector<std::size_t> found;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < rule.destinations.size(); ++i) {
        const route::Destination &d = rule.destinations[i];
        if (d.label == text)
            return i;
        if (d.subset == text || d.service == text || d.host == text || (d.service + "/" + d.subset) == text)
            found.push_back(i);
        known.push_back(d.label);
    }
    if (found.size() == 1)
        return found.front();
    return fail(found.empty() ? ErrorCode::NotFound : ErrorCode::InvalidInput,
        (found.empty() ? "no destination \"" : "several destinations are \"") + text + "\"; there are " + joined(known, ", "));
}

Result<std::map<std::string, std::string>> parseLabels(const std::string &text)
{
    auto labels = route::parseLabelList(text);
    return labels ? labels : failWith("--from-labels", labels.error());
}

} // namespace fairway::ctl
