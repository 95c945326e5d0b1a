#include "app/fairwayctl/route_names.h"

#include "app/fairwayctl/cli.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fairway::ctl {

namespace {

std::optional<std::string> kindOf(std::string text)
{
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    text = text.substr(0, text.find('.')); // virtualservices.networking.istio.io
    static constexpr std::pair<const char *, const char *> Known[] = {
        {"virtualservice", "VirtualService"}, {"virtualservices", "VirtualService"}, {"vs", "VirtualService"},
        {"httproute", "HTTPRoute"}, {"httproutes", "HTTPRoute"},
        {"grpcroute", "GRPCRoute"}, {"grpcroutes", "GRPCRoute"},
        {"ingress", "Ingress"}, {"ingresses", "Ingress"}, {"ing", "Ingress"}};
    for (const auto &[name, kind] : Known) {
        if (text == name)
            return kind;
    }
    return std::nullopt;
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
    const std::vector<std::string> parts = splitAt(text, '/');
    const std::optional<std::string> kind = kindOf(parts.front());
    if (parts.size() < 2 || parts.size() > 3 || parts.back().empty())
        return fail(ErrorCode::InvalidInput, "\"" + text + "\" is not KIND/NAME");
    if (!kind)
        return fail(ErrorCode::InvalidInput, "\"" + parts.front() + "\" is no kind with weights: VirtualService, HTTPRoute, GRPCRoute or Ingress");
    return route::ObjectRef {*kind, parts.size() == 3 ? parts[1] : "", parts.back()};
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

Result<std::map<std::string, std::string>> parseLabels(const std::string &text)
{
    std::map<std::string, std::string> labels;
    if (text.empty())
        return labels;
    for (const std::string &pair : splitAt(text, ',')) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidInput, "--from-labels: \"" + pair + "\" is not KEY=VALUE");
        labels[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return labels;
}

} // namespace fairway::ctl
