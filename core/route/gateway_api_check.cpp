#include "core/route/gateway_api_check.h"

#include "core/route/durations.h"
#include "core/route/gateway_api_rules.h"
#include "core/route/validation_basics.h"

#include <algorithm>
#include <map>

namespace fairway::route {
namespace {

    using value::Value;

    void most(Report &report, std::string_view path, const Value &list, std::size_t count)
    {
        if (list.size() > count)
            report.error(path, phrase("route", "has %1 entries: at most %2").with(list.size(), count), "FW0020");
    }

    bool isPrefix(const Value &match)
    {
        return match["path"]["type"].stringOr("PathPrefix") == "PathPrefix";
    }

    void checkPathModifier(Report &report, const std::string &path, const Value &modifier, const Value &matches)
    {
        if (modifier["type"].stringOr() != "ReplacePrefixMatch")
            return;
        if (matches.size() > 1 || (matches.size() == 1 && !isPrefix(matches[0])))
            report.error(
                path, phrase("route", "ReplacePrefixMatch needs exactly one match, of type PathPrefix"), "FW0021");
    }

    struct Body {
        std::string_view type;
        const char *field;
    };
    constexpr Body bodies[] = {{"CORS", "cors"}, {"ExtensionRef", "extensionRef"}, {"ExternalAuth", "externalAuth"},
        {"RequestHeaderModifier", "requestHeaderModifier"}, {"RequestMirror", "requestMirror"}, {"RequestRedirect", "requestRedirect"},
        {"ResponseHeaderModifier", "responseHeaderModifier"}, {"URLRewrite", "urlRewrite"}};

    /// Each type of filter has its own part, and no other.
    void checkBody(Report &report, const std::string &path, const Value &filter)
    {
        const std::string_view type = filter["type"].stringOr();
        for (const Body &body : bodies) {
            if (body.type == type && filter[body.field].isNull())
                report.error(field(path, body.field), phrase("route", "a filter of type %1 needs %2").with(type, body.field), "FW0021");
            else if (body.type != type && !filter[body.field].isNull() && !type.empty())
                report.error(field(path, body.field), phrase("route", "a filter of type %1 can't have %2").with(type, body.field), "FW0021");
        }
    }

    void checkTimeouts(Report &report, const std::string &path, const Value &timeouts)
    {
        const auto whole = parseDuration(timeouts["request"].stringOr());
        const auto part = parseDuration(timeouts["backendRequest"].stringOr());
        if (whole && part && whole->count() > 0 && *part > *whole)
            report.error(field(path, "backendRequest"), phrase("route", "backendRequest can't be longer than request"), "FW0021");
    }

    void checkFilters(Report &report, const std::string &path, const Value &filters, const Value &matches)
    {
        std::map<std::string, int> count;
        for (std::size_t i = 0; i < filters.size(); ++i) {
            const std::string type(filters[i]["type"].stringOr());
            const std::string here = item(path, i);
            if (++count[type] > 1 && type != "RequestMirror" && type != "ExtensionRef")
                report.error(here, phrase("route", "filter %1 stands twice").with(type), "FW0021");
            checkBody(report, here, filters[i]);
            checkPathModifier(report, here, filters[i]["urlRewrite"]["path"], matches);
            checkPathModifier(report, here, filters[i]["requestRedirect"]["path"], matches);
            for (const char *modifier : {"requestHeaderModifier", "responseHeaderModifier"}) {
                for (const char *list : {"set", "add", "remove"})
                    most(report, field(field(here, modifier), list), filters[i][modifier][list], 16);
            }
        }
        if (count.contains("RequestRedirect") && count.contains("URLRewrite"))
            report.error(path, phrase("route", "RequestRedirect and URLRewrite exclude each other"), "FW0021");
    }

    void checkMatch(Report &report, const std::string &path, const Value &match)
    {
        most(report, field(path, "headers"), match["headers"], 16);
        most(report, field(path, "queryParams"), match["queryParams"], 16);
        const Value &value = match["path"]["value"];
        const std::string_view type = match["path"]["type"].stringOr("PathPrefix");
        if (value.isString() && type == "RegularExpression") {
            checkRegex(report, field(path, "path.value"), value.asString());
        } else if (value.isString()) {
            if (!value.asString().starts_with('/'))
                report.error(field(path, "path.value"), phrase("route", "a path must begin with \"/\""), "FW0021");
            for (const char *bad : {"//", "/./", "/../", "%2f", "%2F", "#"}) {
                if (value.asString().find(bad) != std::string::npos)
                    report.error(field(path, "path.value"), phrase("route", "a path must not contain \"%1\"").with(bad),
                        "FW0021");
            }
        }
    }

} // namespace

void checkApiRoute(Report &report, const GatewayApiConfig &config, const ApiRoute &route)
{
    const Value &spec = route.object["spec"];
    const Value &rules = spec["rules"];
    most(report, "spec.rules", rules, 16);
    most(report, "spec.hostnames", spec["hostnames"], 16);
    std::size_t matches = 0;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::string here = item("spec.rules", i);
        const Value &rule = rules[i];
        matches += std::max<std::size_t>(1, rule["matches"].size());
        most(report, field(here, "matches"), rule["matches"], 64);
        most(report, field(here, "filters"), rule["filters"], 16);
        most(report, field(here, "backendRefs"), rule["backendRefs"], 16);
        for (std::size_t m = 0; m < rule["matches"].size(); ++m)
            checkMatch(report, item(field(here, "matches"), m), rule["matches"][m]);
        checkFilters(report, field(here, "filters"), rule["filters"], rule["matches"]);
        checkTimeouts(report, field(here, "timeouts"), rule["timeouts"]);
        std::int64_t total = 0;
        bool redirects = false;
        for (std::size_t f = 0; f < rule["filters"].size(); ++f)
            redirects = redirects || rule["filters"][f]["type"].stringOr() == "RequestRedirect";
        for (std::size_t b = 0; b < rule["backendRefs"].size(); ++b) {
            const Value &backend = rule["backendRefs"][b];
            const std::string path = item(field(here, "backendRefs"), b);
            total += backend["weight"].intOr(1);
            checkFilters(report, field(path, "filters"), backend["filters"], rule["matches"]);
            if (const Text problem = apiTarget(config, route, backend).problem; !problem.empty())
                report.error(
                    path, phrase("route", "%1; its share of requests is answered with 500").with(problem), "FW0023");
        }
        if (redirects && rule["backendRefs"].size() > 0)
            report.error(
                field(here, "backendRefs"), phrase("route", "a rule that redirects has no backends"), "FW0021");
        if (!redirects && rule["backendRefs"].size() > 0 && total == 0)
            report.warn(field(here, "backendRefs"),
                phrase("route", "no backend has a share: every request is answered with 500"), "FW0024");
    }
    if (matches > 128)
        report.error("spec.rules", phrase("route", "has %1 matches in all: at most 128").with(matches), "FW0020");
    const std::vector<ApiParentStatus> status = routeStatus(config, route);
    for (std::size_t p = 0; p < status.size(); ++p) {
        const ApiCondition &accepted = status[p].conditions.front();
        const std::string &kind = status[p].parent.kind;
        const bool isKnown = (kind != "Gateway" && !kind.ends_with("ListenerSet"))
            || config.gateway(status[p].parent.ns, status[p].parent.name) != nullptr;
        if (accepted.isTrue)
            continue;
        if (isKnown || !config.gateways().empty())
            report.error(item("spec.parentRefs", p), phrase("route", "%1: %2").with(accepted.reason, accepted.message),
                "FW0022");
        else
            report.warn(item("spec.parentRefs", p),
                phrase("route", "whether there is a Gateway %1 can't be known from these objects: none of them is a Gateway").with(status[p].parent.name),
                "FW0026");
    }
    const bool isParentless = spec["parentRefs"].isNull() || (spec["parentRefs"].isList() && spec["parentRefs"].size() == 0);
    if (isParentless && spec["useDefaultGateways"].stringOr("None") == "None")
        report.warn("spec.parentRefs", phrase("route", "names no parent: no gateway and no mesh takes it"), "FW0022");
}

} // namespace fairway::route
