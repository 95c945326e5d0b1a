#include "core/route/validation_basics.h"

#include "core/route/durations.h"
#include "core/route/ip_subnet.h"

#include <algorithm>
#include <set>

namespace fairway::route {

using value::Value;

bool hasText(const Value &from, std::string_view key)
{
    return !from[key].stringOr().empty();
}

double numberOf(const Value &given)
{
    return given.isFloat() ? given.asFloat() : static_cast<double>(given.intOr(0));
}

void checkDuration(Report &report, std::string_view path, const Value &given)
{
    const std::optional<std::chrono::nanoseconds> duration
        = given.isString() ? parseDuration(given.asString()) : std::optional<std::chrono::nanoseconds>();
    if (!duration) {
        report.error(path, phrase("route", "must be a duration such as \"1.5s\""));
        return;
    }
    if (*duration < std::chrono::milliseconds(1))
        report.error(path, phrase("route", "a duration must be at least 1ms"));
    else if (*duration % std::chrono::milliseconds(1) != std::chrono::nanoseconds(0))
        report.error(path, phrase("route", "a duration can't be finer than 1ms"));
}

void checkPort(Report &report, std::string_view path, std::int64_t port)
{
    if (port < 1 || port > 65535)
        report.error(path, phrase("route", "port number %1 must be in the range 1..65535").with(port));
}

void checkPercent(Report &report, std::string_view path, std::int64_t percent)
{
    if (percent < 0 || percent > 100)
        report.error(path, phrase("route", "percentage %1 is not in the range 0..100").with(percent));
}

void checkLabels(Report &report, std::string_view path, const Value &labels)
{
    if (!labels.isMap())
        return;
    for (const auto &[key, text] : labels.asMap()) {
        if (!isLabelKey(key))
            report.error(path, phrase("route", "invalid label key: %1").with(quoted(key)));
        if (!text.stringOr().empty() && !isLabelValue(text.stringOr()))
            report.error(path, phrase("route", "invalid label value: %1").with(quoted(text.stringOr())));
    }
}

void checkRegex(Report &report, std::string_view path, std::string_view pattern)
{
    if (pattern.size() > 1024) {
        report.error(path, phrase("route", "regular expression is too large: 1024 characters at most"));
        return;
    }
    if (const auto compiled = report.regexes().compile(std::string(pattern)); !compiled)
        report.error(path, phrase("route", "%1; Istio reads RE2 expressions").with(compiled.error().said()));
}

void checkStringMatchRegex(Report &report, std::string_view path, const Value &match)
{
    if (!match["regex"].isString())
        return;
    if (match["regex"].asString().empty())
        report.error(path, phrase("route", "a regular expression must not be empty"));
    else
        checkRegex(report, path, match["regex"].asString());
}

void checkStringMatch(Report &report, std::string_view path, const Value &match)
{
    if (match["prefix"].isString() && match["prefix"].asString().empty())
        report.error(path, phrase("route", "a prefix must not be empty"));
    checkStringMatchRegex(report, path, match);
}

void checkHeaderName(Report &report, std::string_view path, std::string_view name)
{
    static constexpr std::string_view Pseudo[] = {":method", ":scheme", ":authority", ":path", ":status"};
    if (name.empty())
        report.error(path, phrase("route", "a header name must not be empty"));
    else if (!isClaimName(name) && std::find(std::begin(Pseudo), std::end(Pseudo), name) == std::end(Pseudo) && !isHeaderToken(name))
        report.error(path, phrase("route", "%1 is no header name").with(quoted(name)));
}

void checkStrictHeaderName(Report &report, std::string_view path, std::string_view name)
{
    if (!isStrictHeaderName(name))
        report.error(path,
            name.empty() ? phrase("route", "a header name must not be empty")
                         : phrase("route", "%1 is no header name").with(quoted(name)));
}

void checkHeaderValue(Report &report, std::string_view path, std::string_view value)
{
    if (Text problem = headerValueProblem(value); !problem.empty())
        report.error(path, std::move(problem));
}

void checkSubnet(Report &report, std::string_view path, std::string_view subnet)
{
    if (!IpSubnet::parse(subnet))
        report.error(path,
            (subnet.find('/') == std::string_view::npos ? phrase("route", "%1 is not a valid IP")
                                                        : phrase("route", "%1 is not a valid CIDR block"))
                .with(quoted(subnet)));
}

void checkUnixAddress(Report &report, std::string_view path, std::string_view address)
{
    if (address.empty())
        report.error(path, phrase("route", "unix address must not be empty"));
    else if (!address.starts_with('@') && (!address.starts_with('/') || address.ends_with('/')))
        report.error(path, phrase("route", "%1 is not an absolute path to a file").with(quoted(address)));
}

void checkGatewayNames(Report &report, std::string_view path, const Value &names)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view name = names[i].stringOr();
        const std::string here = item(path, i);
        const std::size_t slash = name.find('/');
        if (slash == std::string_view::npos) {
            if (name.find('.') != std::string_view::npos)
                report.warn(here,
                    phrase("route", "gateway %1 is written the old way: write <namespace>/<name>").with(quoted(name)));
            if (Text problem = fqdnProblem(name); !problem.empty())
                report.error(here, std::move(problem));
            return; // as Istio: what follows a bare name is not looked at
        }
        if (slash == 0 || slash + 1 == name.size())
            report.error(here, phrase("route", "namespace and name of a gateway must not be empty"));
        if (!isDnsLabel(name.substr(0, slash)))
            report.error(here, phrase("route", "invalid namespace: %1").with(quoted(name.substr(0, slash))));
        if (!isDnsLabel(name.substr(slash + 1)))
            report.error(here, phrase("route", "invalid gateway name: %1").with(quoted(name.substr(slash + 1))));
    }
}

void checkExportTo(
    Report &report, std::string_view path, const Value &exportTo, std::string_view ns, bool isServiceEntry, bool hasSelector)
{
    std::set<std::string, std::less<>> known;
    const std::size_t count = exportTo.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view entry = exportTo[i].stringOr();
        const std::string key(entry == "." ? ns : entry);
        const std::string here = item(path, i);
        if (known.contains(key))
            report.error(here,
                entry == "." ? phrase("route", "\".\" repeats the object's own namespace")
                             : phrase("route", "duplicate entry %1").with(quoted(entry)));
        else if (key == "~" && !isServiceEntry)
            report.error(here, phrase("route", "\"~\" (nobody) is for services only"));
        else if (key != "~" && key != "*" && key != "." && !isDnsLabel(key))
            report.error(here, phrase("route", "must be \".\", \"*\" or a namespace, not %1").with(quoted(entry)));
        else
            known.insert(key);
    }
    if (hasSelector && !known.empty()) {
        if (!known.contains(ns))
            report.error(
                path, phrase("route", "a rule with a workload selector can't be exported beyond its own namespace"));
        else if (known.size() > 1)
            report.error(
                path, phrase("route", "a rule with a workload selector is exported to its own namespace alone"));
    }
    if (known.contains("*") && count > 1)
        report.error(path, phrase("route", "\"*\" (everybody) can't stand beside other entries"));
    if (known.contains("~") && count > 1)
        report.error(path, phrase("route", "\"~\" (nobody) can't stand beside other entries"));
}

void checkNamespacedHost(Report &report, std::string_view path, std::string_view host, bool isGateway)
{
    const std::size_t slash = host.find('/');
    if (slash == std::string_view::npos && !isGateway) {
        report.error(path, phrase("route", "host must be of the form namespace/dnsName"));
        return;
    }
    std::string_view name = host;
    if (slash != std::string_view::npos) {
        std::string_view ns = host.substr(0, slash);
        name = host.substr(slash + 1);
        if (ns.empty() || name.empty())
            report.error(path, phrase("route", "namespace and dnsName of a host must not be empty"));
        const bool isExcluding = !isGateway && ns.starts_with('~');
        if (isExcluding)
            ns.remove_prefix(1);
        const bool isFree = ns == "*" || ns == "." || (ns.empty() && isExcluding);
        if (!isFree && !ns.empty() && !isDnsLabel(ns))
            report.error(path, phrase("route", "invalid namespace value %1").with(quoted(ns)));
        else if (ns.empty() && isGateway)
            report.error(path, phrase("route", "invalid namespace value \"\""));
    }
    if (name != "*" && name.find('.') == std::string_view::npos)
        report.error(path, phrase("route", "short names are not allowed: write the full domain name"));
    if (Text problem = wildcardProblem(name); !problem.empty() && !(isGateway && isIpAddress(name)))
        report.error(path, std::move(problem));
    if (Text problem = partialWildcardProblem(name); !problem.empty())
        report.error(path, std::move(problem));
}

void checkSelectorLabels(Report &report, std::string_view path, const Value &labels, Text emptyWarning)
{
    if (!labels.isMap() && !labels.isNull())
        return; // checkFields() tells of it
    if (labels.size() == 0) {
        report.warn(path, std::move(emptyWarning));
        return;
    }
    for (const auto &[key, text] : labels.asMap()) {
        if (key.empty())
            report.error(path, phrase("route", "a selector can't have an empty key"));
        if (key.find('*') != std::string::npos || text.stringOr().find('*') != std::string_view::npos)
            report.error(path,
                phrase("route", "a selector can't have wildcards: %1")
                    .with(quoted(key + "=" + std::string(text.stringOr()))));
    }
}

} // namespace fairway::route
