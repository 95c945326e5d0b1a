#include "core/route/istio_validation.h"

#include <algorithm>

namespace fairway::route {
namespace {

    using value::Value;

    bool isAuthority(std::string_view name)
    {
        return equalsIgnoringCase(name, ":authority") || equalsIgnoringCase(name, "host");
    }

    void checkEditedName(Report &report, std::string_view path, std::string_view name, bool mayBeAuthority)
    {
        if (name.empty())
            report.error(path, phrase("route", "a header name must not be empty"));
        else if (mayBeAuthority && isAuthority(name))
            return;
        else if (equalsIgnoringCase(name, "host"))
            report.error(path, phrase("route", "the Host header can't be changed here"));
        else if (name.starts_with(':'))
            report.error(path, phrase("route", "header \"%1\" can't be changed: it begins with \":\"").with(name));
    }

    void checkEdits(Report &report, const std::string &path, const Value &operations, bool isRequest)
    {
        for (const char *kind : {"add", "set"}) {
            if (!operations[kind].isMap())
                continue;
            for (const auto &[name, text] : operations[kind].asMap()) {
                checkEditedName(report, field(path, kind), name, isRequest);
                checkHeaderValue(report, field(path, kind), text.stringOr());
            }
        }
        const Value &removed = operations["remove"];
        for (std::size_t i = 0; i < removed.size(); ++i)
            checkEditedName(report, item(field(path, "remove"), i), removed[i].stringOr(), false);
    }

    void checkHeaders(Report &report, const std::string &path, const Value &headers)
    {
        checkEdits(report, field(path, "request"), headers["request"], true);
        checkEdits(report, field(path, "response"), headers["response"], false);
    }

    void checkAuthorityOnce(Report &report, const std::string &path, const Value &rule)
    {
        std::size_t count = hasText(rule["rewrite"], "authority") ? 1 : 0;
        for (const char *kind : {"set", "add"}) {
            const Value &edits = rule["headers"]["request"][kind];
            if (!edits.isMap())
                continue;
            for (const auto &[name, text] : edits.asMap()) {
                if (isAuthority(name) && count++ > 0)
                    report.error(path,
                        phrase(
                            "route", "the authority can be set in one place only: rewrite.authority, or one header"));
            }
        }
    }

    void checkConflicts(Report &report, const std::string &path, const Value &rule, HttpRuleRole role)
    {
        const bool hasRedirect = !rule["redirect"].isNull();
        const bool hasDirect = !rule["directResponse"].isNull();
        const bool hasRoute = rule["route"].size() > 0;
        if (!rule["delegate"].isNull()) {
            if (role == HttpRuleRole::Delegate) {
                report.error(
                    field(path, "delegate"), phrase("route", "a rule that is delegated to can't delegate again"));
            } else {
                if (hasRedirect)
                    report.error(field(path, "redirect"), phrase("route", "a rule that delegates can't redirect"));
                if (!rule["route"].isNull())
                    report.error(field(path, "route"), phrase("route", "a rule that delegates can't have a route"));
                return;
            }
        }
        const std::string_view action = hasRedirect ? "redirect" : "directResponse";
        if (hasRedirect || hasDirect) {
            if (hasRoute)
                report.error(path, phrase("route", "a rule can't have both route and %1").with(action));
            for (const char *other : {"fault", "rewrite"}) {
                if (!rule[other].isNull())
                    report.error(
                        field(path, other), phrase("route", "a rule can't have both %1 and %2").with(other, action));
            }
            if (hasRedirect && hasDirect)
                report.error(path, phrase("route", "a rule can't have both redirect and directResponse"));
        } else if (!hasRoute) {
            report.error(path, phrase("route", "a rule needs a route, redirect or directResponse"));
        }
        if (!rule["mirror"].isNull() && rule["mirrors"].size() > 0)
            report.error(path, phrase("route", "a rule can't have both mirror and mirrors"));
    }

    void checkMatch(Report &report, const std::string &path, const Value &match)
    {
        if (match["headers"].isMap()) {
            for (const auto &[name, compared] : match["headers"].asMap()) {
                const std::string here = field(field(path, "headers"), name);
                if (compared.isNull())
                    report.error(here, phrase("route", "a header match must not be null"));
                checkHeaderName(report, here, name);
                checkStringMatch(report, here, compared);
            }
        }
        if (match["withoutHeaders"].isMap()) {
            for (const auto &[name, compared] : match["withoutHeaders"].asMap()) {
                const std::string here = field(field(path, "withoutHeaders"), name);
                checkHeaderName(report, here, name);
                // "*" is no expression: it asks whether the header is there.
                if (compared["regex"].stringOr() != "*")
                    checkStringMatch(report, here, compared);
            }
        }
        checkStringMatchRegex(report, field(path, "uri"), match["uri"]);
        for (const char *key : {"scheme", "method", "authority"})
            checkStringMatch(report, field(path, key), match[key]);
        if (match["queryParams"].isMap()) {
            for (const auto &[name, compared] : match["queryParams"].asMap())
                checkStringMatch(report, field(field(path, "queryParams"), name), compared);
        }
        if (const std::int64_t port = match["port"].intOr(0); port != 0)
            checkPort(report, field(path, "port"), port);
        checkLabels(report, field(path, "sourceLabels"), match["sourceLabels"]);
        checkGatewayNames(report, field(path, "gateways"), match["gateways"]);
        if (const std::string_view ns = match["sourceNamespace"].stringOr(); !ns.empty() && !isDnsLabel(ns))
            report.error(field(path, "sourceNamespace"), phrase("route", "is no namespace: \"%1\"").with(ns));
    }

    void checkSharePercent(Report &report, const std::string &path, double percent)
    {
        if (percent > 100 || percent < 0)
            report.error(path, phrase("route", "a percentage of mirrored requests must be 0 to 100"));
    }

    void checkMirrors(Report &report, const std::string &path, const Value &rule)
    {
        if (!rule["mirrorPercent"].isNull()) {
            if (rule["mirrorPercent"].intOr(0) > 100)
                report.error(field(path, "mirrorPercent"), phrase("route", "must be 100 at most"));
            report.warn(
                field(path, "mirrorPercent"), phrase("route", "mirrorPercent is deprecated: use mirrorPercentage"));
        }
        if (!rule["mirrorPercentage"].isNull())
            checkSharePercent(report, field(path, "mirrorPercentage"), numberOf(rule["mirrorPercentage"]["value"]));
        checkDestination(report, field(path, "mirror"), rule["mirror"]);
        const Value &several = rule["mirrors"];
        for (std::size_t i = 0; i < several.size(); ++i) {
            const std::string here = item(field(path, "mirrors"), i);
            if (several[i].isNull())
                report.error(here, phrase("route", "a mirror must not be null"));
            else if (several[i]["destination"].isNull())
                report.error(here, phrase("route", "a mirror needs a destination"));
            else
                checkDestination(report, field(here, "destination"), several[i]["destination"]);
            if (!several[i]["percentage"].isNull())
                checkSharePercent(report, field(here, "percentage"), numberOf(several[i]["percentage"]["value"]));
        }
    }

    void checkWeights(Report &report, std::string_view path, const Value &list, bool isHttp)
    {
        std::int64_t total = 0;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string here = item(path, i);
            if (list[i].isNull()) {
                report.error(here, phrase("route", "a destination must not be null"));
                continue;
            }
            if (list[i]["destination"].isNull())
                report.error(here, phrase("route", "destination is required"));
            if (isHttp)
                checkHeaders(report, field(here, "headers"), list[i]["headers"]);
            checkDestination(report, field(here, "destination"), list[i]["destination"]);
            const std::int64_t weight = list[i]["weight"].intOr(0);
            if (weight < 0)
                report.error(field(here, "weight"), phrase("route", "weight %1 is below 0").with(weight));
            total += std::clamp<std::int64_t>(weight, -2'147'483'648, 2'147'483'647);
        }
        if (list.size() > 1 && total == 0)
            report.error(path, phrase("route", "total destination weight = 0"));
    }

} // namespace

void checkHttpDestinations(Report &report, std::string_view path, const Value &list)
{
    checkWeights(report, path, list, true);
}

void checkStreamDestinations(Report &report, std::string_view path, const Value &list)
{
    checkWeights(report, path, list, false);
}

void checkDestination(Report &report, std::string_view path, const Value &destination)
{
    if (destination.isNull())
        return;
    const std::string_view host = destination["host"].stringOr();
    if (host == "*")
        report.error(field(path, "host"), phrase("route", "\"*\" is no destination"));
    else if (Text problem = wildcardProblem(host); !problem.empty())
        report.error(field(path, "host"), std::move(problem));
    const std::string_view subset = destination["subset"].stringOr();
    if (!subset.empty() && !isDnsLabel(subset))
        report.error(field(path, "subset"), phrase("route", "is no name of a subset: \"%1\"").with(subset));
    if (!destination["port"].isNull())
        checkPort(report, field(field(path, "port"), "number"), destination["port"]["number"].intOr(0));
}

void checkHttpRule(Report &report, std::string_view path, const Value &rule, HttpRuleRole role)
{
    const std::string here(path);
    checkConflicts(report, here, rule, role);
    const Value &matches = rule["match"];
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (!matches[i].isNull())
            checkMatch(report, item(field(here, "match"), i), matches[i]);
    }
    checkHeaders(report, field(here, "headers"), rule["headers"]);
    checkCors(report, field(here, "corsPolicy"), rule["corsPolicy"]);
    if (const Value &fault = rule["fault"]; !fault.isNull()) {
        if (fault["abort"].isNull() && fault["delay"].isNull())
            report.error(field(here, "fault"), phrase("route", "a fault needs an abort or a delay"));
        report.muteWarnings(true); // as Istio: they get lost on the way
        checkAbort(report, field(here, "fault.abort"), fault["abort"]);
        checkDelay(report, field(here, "fault.delay"), fault["delay"]);
        report.muteWarnings(false);
    }
    checkMirrors(report, here, rule);
    checkRedirect(report, field(here, "redirect"), rule["redirect"], matches);
    checkDirectResponse(report, field(here, "directResponse"), rule["directResponse"]);
    checkRetry(report, field(here, "retries"), rule["retries"]);
    checkRewrite(report, field(here, "rewrite"), rule["rewrite"]);
    checkAuthorityOnce(report, here, rule);
    checkHttpDestinations(report, field(here, "route"), rule["route"]);
    if (!rule["timeout"].isNull())
        checkDuration(report, field(here, "timeout"), rule["timeout"]);
}

} // namespace fairway::route
