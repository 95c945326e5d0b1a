#include "core/route/istio_validation.h"

#include "core/route/host_name.h"
#include "core/value/json.h"

#include <algorithm>
#include <map>
#include <optional>

namespace fairway::route {
namespace {

    using value::Value;

    bool isForMesh(const Value &spec)
    {
        const Value &gateways = spec["gateways"];
        for (std::size_t i = 0; i < gateways.size(); ++i) {
            if (gateways[i].stringOr() == "mesh")
                return true;
        }
        return gateways.size() == 0;
    }

    bool hasSniHosts(const Value &spec)
    {
        for (std::size_t r = 0; r < spec["tls"].size(); ++r) {
            const Value &matches = spec["tls"][r]["match"];
            for (std::size_t m = 0; m < matches.size(); ++m) {
                if (matches[m]["sniHosts"].size() > 0)
                    return true;
            }
        }
        return false;
    }

    void checkHosts(Report &report, const Value &spec)
    {
        const bool isMesh = isForMesh(spec);
        const bool isSni = hasSniHosts(spec);
        const Value &hosts = spec["hosts"];
        bool areValid = true;
        for (std::size_t i = 0; i < hosts.size(); ++i) {
            const std::string_view host = hosts[i].stringOr();
            const std::string here = item("spec.hosts", i);
            Text problem = isMesh ? wildcardProblem(host) : gatewayHostProblem(host, isSni);
            if (!problem.empty() && !isIpAddress(host)) {
                report.error(here, std::move(problem));
                areValid = false;
            } else if (problem.empty() && isMesh && host == "*") {
                report.error(here, phrase("route", "the host \"*\" is for gateways: the mesh needs a name"));
                areValid = false;
            }
        }
        constexpr std::size_t most = 1000; // pairs grow with the square
        for (std::size_t i = 0; areValid && i < std::min(hosts.size(), most); ++i) {
            for (std::size_t j = i + 1; j < std::min(hosts.size(), most); ++j) {
                if (hostsOverlap(hosts[i].stringOr(), hosts[j].stringOr()))
                    report.error(item("spec.hosts", j),
                        phrase("route", "overlaps with %1, another host of this object").with(hosts[i].stringOr()));
            }
        }
    }

    void checkSni(Report &report, const std::string &path, std::string_view sni, const Value &spec)
    {
        // Without gateways Istio takes the names of gateways here, too.
        Text problem
            = spec["gateways"].size() > 0 && isForMesh(spec) ? wildcardProblem(sni) : gatewayHostProblem(sni, true);
        if (!problem.empty()) {
            if (isIpAddress(sni))
                report.warn(path, phrase("route", "an address is no SNI name, and most clients don't send one"));
            else
                report.error(path, std::move(problem));
            return;
        }
        const Value &hosts = spec["hosts"];
        for (std::size_t i = 0; i < hosts.size(); ++i) {
            if (isHostWithin(sni, hosts[i].stringOr()))
                return;
        }
        report.error(path, phrase("route", "SNI host \"%1\" lies within none of the hosts of the object").with(sni));
    }

    void checkStreamMatch(Report &report, const std::string &path, const Value &match)
    {
        const Value &subnets = match["destinationSubnets"];
        for (std::size_t i = 0; i < subnets.size(); ++i)
            checkSubnet(report, item(field(path, "destinationSubnets"), i), subnets[i].stringOr());
        if (const std::int64_t port = match["port"].intOr(0); port != 0)
            checkPort(report, field(path, "port"), port);
        checkLabels(report, field(path, "sourceLabels"), match["sourceLabels"]);
        checkGatewayNames(report, field(path, "gateways"), match["gateways"]);
    }

    void checkTls(Report &report, const std::string &path, const Value &rule, const Value &spec)
    {
        if (rule.isNull())
            return;
        const Value &matches = rule["match"];
        if (matches.size() == 0)
            report.error(path, phrase("route", "a TLS rule needs a match"));
        for (std::size_t i = 0; i < matches.size(); ++i) {
            const std::string here = item(field(path, "match"), i);
            if (matches[i].isNull()) {
                report.error(here, phrase("route", "a TLS match must not be null"));
                continue;
            }
            const Value &names = matches[i]["sniHosts"];
            if (names.size() == 0)
                report.error(field(here, "sniHosts"), phrase("route", "a TLS match needs an SNI host"));
            for (std::size_t n = 0; n < names.size(); ++n)
                checkSni(report, item(field(here, "sniHosts"), n), names[n].stringOr(), spec);
            checkStreamMatch(report, here, matches[i]);
        }
        if (rule["route"].size() == 0)
            report.error(path, phrase("route", "a TLS rule needs a route"));
        checkStreamDestinations(report, field(path, "route"), rule["route"]);
    }

    void checkTcp(Report &report, const std::string &path, const Value &rule)
    {
        if (rule.isNull())
            return;
        const Value &matches = rule["match"];
        report.muteWarnings(true);
        for (std::size_t i = 0; i < matches.size(); ++i) {
            const std::string here = item(field(path, "match"), i);
            if (matches[i].isNull())
                report.error(here, phrase("route", "a TCP match must not be null"));
            else
                checkStreamMatch(report, here, matches[i]);
        }
        if (rule["route"].size() == 0)
            report.error(path, phrase("route", "a TCP rule needs a route"));
        checkStreamDestinations(report, field(path, "route"), rule["route"]);
        report.muteWarnings(false);
    }

    /// A match as far as `istioctl` compares it with others: everything by its exact text or prefix.
    struct Comparable {
        std::size_t rule = 0;
        std::size_t match = 0;
        std::string prefix;
        std::int64_t port = 0;
        std::string method;
        std::string authority;
        std::map<std::string, std::string> headers;
        std::map<std::string, std::string> query;
        std::map<std::string, std::string> without;
    };

    std::string comparedText(const Value &match)
    {
        if (!match["exact"].stringOr().empty())
            return "exact:" + std::string(match["exact"].stringOr());
        return match["prefix"].stringOr().empty() ? std::string() : "prefix:" + std::string(match["prefix"].stringOr());
    }

    std::map<std::string, std::string> comparedTexts(const Value &map)
    {
        std::map<std::string, std::string> out;
        if (map.isMap()) {
            for (const auto &[key, match] : map.asMap())
                out.emplace(key, comparedText(match));
        }
        return out;
    }

    std::optional<Comparable> comparableOf(const Value &match, std::size_t rule, std::size_t index)
    {
        Comparable out;
        out.prefix = match["uri"]["prefix"].stringOr();
        if (out.prefix.empty())
            return std::nullopt;
        out.rule = rule;
        out.match = index;
        out.port = match["port"].intOr(0);
        out.method = comparedText(match["method"]);
        if (out.method.empty())
            out.method = "exact:GET";
        out.authority = comparedText(match["authority"]);
        out.headers = comparedTexts(match["headers"]);
        out.query = comparedTexts(match["queryParams"]);
        out.without = comparedTexts(match["withoutHeaders"]);
        return out;
    }

    bool covers(const std::map<std::string, std::string> &first, const std::map<std::string, std::string> &second)
    {
        return first.size() == second.size() && std::all_of(first.begin(), first.end(), [&](const auto &entry) {
            const auto other = second.find(entry.first);
            return other != second.end() && entry.second.starts_with(other->second);
        });
    }

    bool covers(const Comparable &first, const Comparable &second)
    {
        return second.prefix.starts_with(first.prefix) && first.port == second.port && first.method.starts_with(second.method)
            && first.authority.starts_with(second.authority) && covers(first.headers, second.headers)
            && covers(first.query, second.query) && covers(first.without, second.without);
    }

    class Overlaps {
    public:
        Overlaps(Report &report, const Value &rules, std::string_view section)
            : m_report(report)
            , m_rules(rules)
            , m_section(section)
        {
        }

        void check()
        {
            for (std::size_t r = 0; r < m_rules.size(); ++r) {
                if (!m_rules[r].isNull())
                    checkRule(r);
            }
            if (m_section == "http")
                checkPrefixes();
        }

    private:
        std::string name(std::size_t rule) const
        {
            const std::string_view own = m_rules[rule]["name"].stringOr();
            return m_section == "http" && !own.empty() ? "\"" + std::string(own) + "\"" : "#" + std::to_string(rule);
        }

        std::string path(std::size_t rule) const { return item(field("spec", m_section), rule); }

        void unreachable(std::size_t rule, const Text &reason)
        {
            m_report.warn(path(rule), phrase("route", "rule %1 is not used: %2").with(name(rule), reason), "IST0130");
        }

        void checkRule(std::size_t rule)
        {
            const Value &matches = m_rules[rule]["match"];
            if (matches.size() == 0) {
                if (m_hasCatchAll)
                    unreachable(rule, phrase("route", "only the last rule can have no matches"));
                m_hasCatchAll = true;
                return;
            }
            std::size_t duplicates = 0;
            for (std::size_t m = 0; m < matches.size(); ++m) {
                if (m_hasCatchAll) {
                    unreachable(rule, phrase("route", "a rule without matches stands before it"));
                    continue;
                }
                Value compared = matches[m];
                if (m_section == "http" && compared.isMap() && !compared["name"].isNull()) {
                    compared = value::deepCopy(compared);
                    compared.asMap().remove("name");
                }
                const auto [known, isNew] = m_known.emplace(value::toJson(compared), rule);
                if (!isNew) {
                    m_report.warn(item(field(path(rule), "match"), m),
                        phrase("route", "this match is not used: rule %1 has the same").with(name(known->second)),
                        "IST0131");
                    ++duplicates;
                    continue;
                }
                if (m_section == "http") {
                    if (std::optional<Comparable> comparable = comparableOf(matches[m], rule, m))
                        m_comparable.push_back(std::move(*comparable));
                }
            }
            if (duplicates == matches.size())
                unreachable(rule, phrase("route", "earlier rules use all its matches"));
        }

        void checkPrefixes()
        {
            constexpr std::size_t most = 3000; // pairs grow with the square
            const std::size_t count = std::min(m_comparable.size(), most);
            for (std::size_t i = 0; i < count; ++i) {
                for (std::size_t j = i + 1; j < count; ++j) {
                    const Comparable &first = m_comparable[i];
                    const Comparable &second = m_comparable[j];
                    if (first.prefix == second.prefix || !covers(first, second))
                        continue;
                    m_report.warn(item(field(path(second.rule), "match"), second.match),
                        phrase("route", "prefix %1 lies within prefix %2 of rule %3, which comes first")
                            .with(second.prefix, first.prefix, name(first.rule)),
                        "IST0131");
                }
            }
        }

        Report &m_report;
        const Value &m_rules;
        std::string_view m_section;
        bool m_hasCatchAll = false;
        std::map<std::string, std::size_t> m_known;
        std::vector<Comparable> m_comparable;
    };

    void checkClaims(Report &report, const Value &spec)
    {
        for (std::size_t r = 0; r < spec["http"].size(); ++r) {
            const Value &matches = spec["http"][r]["match"];
            for (std::size_t m = 0; m < matches.size(); ++m) {
                for (const char *key : {"headers", "withoutHeaders"}) {
                    if (!matches[m][key].isMap())
                        continue;
                    for (const auto &[name, match] : matches[m][key].asMap()) {
                        if (isClaimName(name))
                            report.error(field(item(field(item("spec.http", r), "match"), m), key),
                                phrase("route", "claims of a token can be matched at gateways only: %1").with(name));
                    }
                }
            }
        }
    }

} // namespace

void checkVirtualService(Report &report, const Value &spec, std::string_view ns)
{
    const bool isDelegate = spec["hosts"].size() == 0;
    if (isDelegate) {
        for (const char *key : {"gateways", "tls", "tcp"}) {
            if (spec[key].size() > 0)
                report.error(field("spec", key),
                    phrase("route", "a virtual service without hosts, which is delegated to, can't have %1").with(key));
        }
    }
    checkGatewayNames(report, "spec.gateways", spec["gateways"]);
    if (isForMesh(spec))
        checkClaims(report, spec);
    checkHosts(report, spec);
    if (spec["http"].size() == 0 && spec["tls"].size() == 0 && spec["tcp"].size() == 0)
        report.error("spec", phrase("route", "http, tls or tcp must be given"));
    for (std::size_t i = 0; i < spec["http"].size(); ++i) {
        if (spec["http"][i].isNull())
            report.error(item("spec.http", i), phrase("route", "a rule must not be null"));
        else
            checkHttpRule(report, item("spec.http", i), spec["http"][i], isDelegate ? HttpRuleRole::Delegate : HttpRuleRole::Plain);
    }
    for (std::size_t i = 0; i < spec["tls"].size(); ++i)
        checkTls(report, item("spec.tls", i), spec["tls"][i], spec);
    for (std::size_t i = 0; i < spec["tcp"].size(); ++i)
        checkTcp(report, item("spec.tcp", i), spec["tcp"][i]);
    checkExportTo(report, "spec.exportTo", spec["exportTo"], ns, false, false);
    for (const char *section : {"http", "tcp", "tls"})
        Overlaps(report, spec[section], section).check();
}

} // namespace fairway::route
