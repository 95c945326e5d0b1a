#include "core/route/validation_basics.h"

#include "core/route/durations.h"
#include "core/route/ip_subnet.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    bool isAlnum(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    std::string quoted(std::string_view text)
    {
        constexpr std::size_t most = 120;
        return "\"" + std::string(text.substr(0, most)) + (text.size() > most ? "…\"" : "\"");
    }

    bool isWildcardLabel(std::string_view text)
    {
        if (text.size() > 63)
            return false;
        if (text == "*")
            return true;
        if (text.starts_with("*-"))
            text.remove_prefix(2);
        else if (text.starts_with('*'))
            text.remove_prefix(1);
        return isDnsLabel(text);
    }

    std::string labelsProblem(std::string_view domain, std::string_view labels)
    {
        const std::string_view top = labels.substr(labels.rfind('.') == std::string_view::npos ? 0 : labels.rfind('.') + 1);
        if (!top.empty() && std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return "domain name " + quoted(domain) + " is invalid: its last label must not be a number";
        while (true) {
            const std::size_t dot = labels.find('.');
            const std::string_view label = labels.substr(0, dot);
            if (dot == std::string_view::npos && label.empty())
                return {}; // the dot of a full name
            if (!isDnsLabel(label))
                return "domain name " + quoted(domain) + " is invalid: label " + quoted(label);
            if (dot == std::string_view::npos)
                return {};
            labels.remove_prefix(dot + 1);
        }
    }

    std::string lengthProblem(std::string_view domain)
    {
        if (domain.size() > 255)
            return "domain name is too long: 255 characters at most";
        return domain.empty() ? "a domain name must not be empty" : std::string();
    }

    bool isQualifiedName(std::string_view text)
    {
        if (text.empty() || !isAlnum(text.front()) || !isAlnum(text.back()))
            return false;
        return std::all_of(text.begin(), text.end(), [](char c) { return isAlnum(c) || c == '-' || c == '_' || c == '.'; });
    }

    bool isLabelKey(std::string_view key)
    {
        const std::size_t slash = key.find('/');
        if (slash != std::string_view::npos) {
            const std::string_view prefix = key.substr(0, slash);
            if (prefix.empty() || prefix.size() > 253)
                return false;
            for (std::size_t from = 0; from <= prefix.size();) {
                const std::size_t dot = std::min(prefix.find('.', from), prefix.size());
                if (!isDnsLabel(prefix.substr(from, dot - from)))
                    return false;
                from = dot + 1;
            }
            key.remove_prefix(slash + 1);
        }
        return key.size() <= 63 && isQualifiedName(key);
    }

    bool isToken(std::string_view name)
    {
        return std::all_of(name.begin(), name.end(),
            [](char c) { return isAlnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos; });
    }

} // namespace

bool isDnsLabel(std::string_view text)
{
    if (text.empty() || text.size() > 63 || !isAlnum(text.front()) || !isAlnum(text.back()))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return isAlnum(c) || c == '-'; });
}

bool isIpAddress(std::string_view text)
{
    const std::size_t zone = text.find('%');
    return IpAddress::parse(zone != std::string_view::npos && text.find(':') != std::string_view::npos ? text.substr(0, zone) : text)
        .has_value();
}

std::string fqdnProblem(std::string_view host)
{
    std::string problem = lengthProblem(host);
    return problem.empty() ? labelsProblem(host, host) : problem;
}

std::string wildcardProblem(std::string_view host)
{
    if (std::string problem = lengthProblem(host); !problem.empty())
        return problem;
    const std::size_t dot = host.find('.');
    if (!isWildcardLabel(host.substr(0, dot)))
        return "domain name " + quoted(host) + " is invalid: label " + quoted(host.substr(0, dot));
    return dot == std::string_view::npos ? std::string() : labelsProblem(host, host.substr(dot + 1));
}

std::string gatewayHostProblem(std::string_view host, bool isSni)
{
    if (std::string problem = lengthProblem(host); !problem.empty())
        return problem;
    if (!isSni || !host.starts_with("outbound_"))
        return wildcardProblem(host);
    // outbound_.<port>_.<subset>_.<host>
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= host.size();) {
        const std::size_t end = std::min(host.find('_', from), host.size());
        parts.push_back(host.substr(from, end - from));
        from = end + 1;
    }
    const auto hasAny = [](std::string_view text, auto test) { return std::any_of(text.begin(), text.end(), test); };
    const bool isGood = parts.size() >= 4 && hasAny(parts[1], [](char c) { return c >= '0' && c <= '9'; })
        && hasAny(parts[3], [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    return isGood ? std::string() : "domain name " + quoted(host) + " is invalid: it must be outbound_.<port>_.<subset>_.<host>";
}

std::string partialWildcardProblem(std::string_view host)
{
    if (host.find('*') != std::string_view::npos && host.size() != 1 && !host.starts_with("*."))
        return "partial wildcard " + quoted(host) + " is not allowed";
    return {};
}

/// Source: Envoy's header formatter: %VAR%, %VAR(text)%, %VAR(["a", "b"])%, %%.
std::string headerValueProblem(std::string_view value)
{
    enum class State { Literal, Name, Array, Text, TextStart, Delimiter, ArgumentsEnd, End };
    for (const char c : value) {
        if ((c >= 0 && c < 0x20 && c != '\t') || c == 0x7f)
            return "header value has a control character";
    }
    State state = State::Literal;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool isLast = i + 1 == value.size();
        switch (state) {
        case State::Literal:
            if (c != '%')
                break;
            if (isLast)
                return "header value ends in a single %: write %%";
            if (value[i + 1] == '%')
                ++i;
            else
                state = State::Name;
            break;
        case State::Name:
            state = c == '%' ? State::Literal : c == '(' ? State::Array : state;
            break;
        case State::Array:
            state = c == '[' ? State::TextStart : c != ' ' ? State::Text : state;
            break;
        case State::TextStart:
            if (c == '"')
                state = State::Text;
            else if (c != ' ')
                return "header value: a quote is expected in the arguments of a variable";
            break;
        case State::Text:
            if (c == '\\' && isLast)
                return "header value ends in a backslash";
            if (c == '\\')
                ++i;
            else if (c == ')')
                state = State::End;
            else if (c == '"')
                state = State::Delimiter;
            break;
        case State::Delimiter:
            if (c == ',')
                state = State::TextStart;
            else if (c == ']')
                state = State::ArgumentsEnd;
            else if (c != ' ')
                return "header value: a comma or bracket is expected in the arguments of a variable";
            break;
        case State::ArgumentsEnd:
            if (c == ')')
                state = State::End;
            else if (c != ' ')
                return "header value: a closing parenthesis is expected after the arguments of a variable";
            break;
        case State::End:
            if (c == '%')
                state = State::Literal;
            else if (c != ' ')
                return "header value: % is expected at the end of a variable";
            break;
        }
    }
    return state == State::Literal ? std::string() : "header value has a variable without its closing %: write %% for a percent sign";
}

bool isClaimName(std::string_view header)
{
    constexpr std::string_view prefix = "@request.auth.claims";
    if (header.size() <= prefix.size() + 1 || !equalsIgnoringCase(header.substr(0, prefix.size()), prefix))
        return false;
    return header[prefix.size()] == '.' || (header[prefix.size()] == '[' && header.back() == ']');
}

void checkDuration(Report &report, std::string_view path, const Value &given)
{
    const std::optional<std::chrono::nanoseconds> duration
        = given.isString() ? parseDuration(given.asString()) : std::optional<std::chrono::nanoseconds>();
    if (!duration) {
        report.error(path, "must be a duration such as \"1.5s\"");
        return;
    }
    if (*duration < std::chrono::milliseconds(1))
        report.error(path, "a duration must be at least 1ms");
    else if (*duration % std::chrono::milliseconds(1) != std::chrono::nanoseconds(0))
        report.error(path, "a duration can't be finer than 1ms");
}

void checkPort(Report &report, std::string_view path, std::int64_t port)
{
    if (port < 1 || port > 65535)
        report.error(path, "port number " + std::to_string(port) + " must be in the range 1..65535");
}

void checkPercent(Report &report, std::string_view path, std::int64_t percent)
{
    if (percent < 0 || percent > 100)
        report.error(path, "percentage " + std::to_string(percent) + " is not in the range 0..100");
}

void checkLabels(Report &report, std::string_view path, const Value &labels)
{
    if (!labels.isMap())
        return;
    for (const auto &[key, text] : labels.asMap()) {
        if (!isLabelKey(key))
            report.error(path, "invalid label key: " + quoted(key));
        if (!text.stringOr().empty() && !isQualifiedName(text.stringOr()))
            report.error(path, "invalid label value: " + quoted(text.stringOr()));
    }
}

void checkRegex(Report &report, std::string_view path, std::string_view pattern)
{
    if (pattern.size() > 1024) {
        report.error(path, "regular expression is too large: 1024 characters at most");
        return;
    }
    if (const auto compiled = report.regexes().compile(std::string(pattern)); !compiled)
        report.error(path, compiled.error().message + "; Istio reads RE2 expressions");
}

void checkStringMatchRegex(Report &report, std::string_view path, const Value &match)
{
    if (!match["regex"].isString())
        return;
    if (match["regex"].asString().empty())
        report.error(path, "a regular expression must not be empty");
    else
        checkRegex(report, path, match["regex"].asString());
}

void checkStringMatch(Report &report, std::string_view path, const Value &match)
{
    if (match["prefix"].isString() && match["prefix"].asString().empty())
        report.error(path, "a prefix must not be empty");
    checkStringMatchRegex(report, path, match);
}

void checkHeaderName(Report &report, std::string_view path, std::string_view name)
{
    static constexpr std::string_view Pseudo[] = {":method", ":scheme", ":authority", ":path", ":status"};
    if (name.empty())
        report.error(path, "a header name must not be empty");
    else if (!isClaimName(name) && std::find(std::begin(Pseudo), std::end(Pseudo), name) == std::end(Pseudo) && !isToken(name))
        report.error(path, quoted(name) + " is no header name");
}

void checkStrictHeaderName(Report &report, std::string_view path, std::string_view name)
{
    const bool isGood = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return isAlnum(c) || c == '-' || c == '_'; });
    if (!isGood)
        report.error(path, name.empty() ? "a header name must not be empty" : quoted(name) + " is no header name");
}

void checkHeaderValue(Report &report, std::string_view path, std::string_view value)
{
    if (std::string problem = headerValueProblem(value); !problem.empty())
        report.error(path, std::move(problem));
}

void checkSubnet(Report &report, std::string_view path, std::string_view subnet)
{
    if (!IpSubnet::parse(subnet))
        report.error(path, quoted(subnet) + (subnet.find('/') == std::string_view::npos ? " is not a valid IP" : " is not a valid CIDR block"));
}

void checkUnixAddress(Report &report, std::string_view path, std::string_view address)
{
    if (address.empty())
        report.error(path, "unix address must not be empty");
    else if (!address.starts_with('@') && (!address.starts_with('/') || address.ends_with('/')))
        report.error(path, quoted(address) + " is not an absolute path to a file");
}

void checkGatewayNames(Report &report, std::string_view path, const Value &names)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string_view name = names[i].stringOr();
        const std::string here = item(path, i);
        const std::size_t slash = name.find('/');
        if (slash == std::string_view::npos) {
            if (name.find('.') != std::string_view::npos)
                report.warn(here, "gateway " + quoted(name) + " is written the old way: write <namespace>/<name>");
            if (std::string problem = fqdnProblem(name); !problem.empty())
                report.error(here, std::move(problem));
            return; // as Istio: what follows a bare name is not looked at
        }
        if (slash == 0 || slash + 1 == name.size())
            report.error(here, "namespace and name of a gateway must not be empty");
        if (!isDnsLabel(name.substr(0, slash)))
            report.error(here, "invalid namespace: " + quoted(name.substr(0, slash)));
        if (!isDnsLabel(name.substr(slash + 1)))
            report.error(here, "invalid gateway name: " + quoted(name.substr(slash + 1)));
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
            report.error(here, entry == "." ? "\".\" repeats the object's own namespace" : "duplicate entry " + quoted(entry));
        else if (key == "~" && !isServiceEntry)
            report.error(here, "\"~\" (nobody) is for services only");
        else if (key != "~" && key != "*" && key != "." && !isDnsLabel(key))
            report.error(here, "must be \".\", \"*\" or a namespace, not " + quoted(entry));
        else
            known.insert(key);
    }
    if (hasSelector && !known.empty()) {
        if (!known.contains(ns))
            report.error(path, "a rule with a workload selector can't be exported beyond its own namespace");
        else if (known.size() > 1)
            report.error(path, "a rule with a workload selector is exported to its own namespace alone");
    }
    if (known.contains("*") && count > 1)
        report.error(path, "\"*\" (everybody) can't stand beside other entries");
    if (known.contains("~") && count > 1)
        report.error(path, "\"~\" (nobody) can't stand beside other entries");
}

void checkNamespacedHost(Report &report, std::string_view path, std::string_view host, bool isGateway)
{
    const std::size_t slash = host.find('/');
    if (slash == std::string_view::npos && !isGateway) {
        report.error(path, "host must be of the form namespace/dnsName");
        return;
    }
    std::string_view name = host;
    if (slash != std::string_view::npos) {
        std::string_view ns = host.substr(0, slash);
        name = host.substr(slash + 1);
        if (ns.empty() || name.empty())
            report.error(path, "namespace and dnsName of a host must not be empty");
        const bool isExcluding = !isGateway && ns.starts_with('~');
        if (isExcluding)
            ns.remove_prefix(1);
        const bool isFree = ns == "*" || ns == "." || (ns.empty() && isExcluding);
        if (!isFree && !ns.empty() && !isDnsLabel(ns))
            report.error(path, "invalid namespace value " + quoted(ns));
        else if (ns.empty() && isGateway)
            report.error(path, "invalid namespace value \"\"");
    }
    if (name != "*" && name.find('.') == std::string_view::npos)
        report.error(path, "short names are not allowed: write the full domain name");
    if (std::string problem = wildcardProblem(name); !problem.empty() && !(isGateway && isIpAddress(name)))
        report.error(path, std::move(problem));
    if (std::string problem = partialWildcardProblem(name); !problem.empty())
        report.error(path, std::move(problem));
}

void checkSelectorLabels(Report &report, std::string_view path, const Value &labels, std::string_view emptyWarning)
{
    if (labels.size() == 0) {
        report.warn(path, std::string(emptyWarning));
        return;
    }
    for (const auto &[key, text] : labels.asMap()) {
        if (key.empty())
            report.error(path, "a selector can't have an empty key");
        if (key.find('*') != std::string::npos || text.stringOr().find('*') != std::string_view::npos)
            report.error(path, "a selector can't have wildcards: " + quoted(key + "=" + std::string(text.stringOr())));
    }
}

} // namespace fairway::route
