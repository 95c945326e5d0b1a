#include "core/route/istio_validation.h"

#include "core/route/istio_config.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    void checkListenerPort(Report &report, const std::string &path, const Value &port)
    {
        const std::string_view name = port["name"].stringOr();
        if (!name.empty() && !isDnsLabel(name))
            report.error(field(path, "name"), phrase("route", "is no name of a port: \"%1\"").with(name));
        const std::string_view protocol = port["protocol"].stringOr();
        if (!protocol.empty() && !isKnownProtocol(protocol))
            report.error(field(path, "protocol"), phrase("route", "unsupported protocol: %1").with(protocol));
        if (port["targetPort"].intOr(0) > 0)
            report.error(field(path, "targetPort"), phrase("route", "targetPort has no effect on a Sidecar"));
    }

    void checkBind(Report &report, const std::string &path, std::string_view bind)
    {
        if (!bind.empty() && !isIpAddress(bind))
            report.error(path, phrase("route", "\"%1\" is not a valid IP").with(bind));
    }

    void checkDefaultEndpoint(Report &report, const std::string &path, std::string_view endpoint)
    {
        if (endpoint.empty())
            return;
        if (endpoint.starts_with("unix://"))
            return checkUnixAddress(report, path, endpoint.substr(7));
        const std::size_t colon = endpoint.rfind(':');
        std::string_view host = colon == std::string_view::npos ? endpoint : endpoint.substr(0, colon);
        if (host.size() > 1 && host.front() == '[' && host.back() == ']')
            host = host.substr(1, host.size() - 2);
        static constexpr std::string_view Hosts[] = {"", "127.0.0.1", "0.0.0.0", "::1", "::"};
        if (std::find(std::begin(Hosts), std::end(Hosts), host) == std::end(Hosts))
            report.error(path,
                phrase(
                    "route", "must be 127.0.0.1:<port>, 0.0.0.0:<port>, [::1]:<port>, [::]:<port> or unix://<path>"));
        std::int64_t port = 0;
        const std::string_view digits = colon == std::string_view::npos ? std::string_view() : endpoint.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc() || end != digits.data() + digits.size())
            report.error(path, phrase("route", "its port is no number"));
        else
            checkPort(report, path, port);
    }

    void checkIngressTls(Report &report, const std::string &path, const Value &tls, std::string_view protocol)
    {
        static constexpr const char *Unsupported[]
            = {"subjectAltNames", "httpsRedirect", "credentialName", "credentialNames", "tlsCertificates"};
        for (const char *key : Unsupported) {
            const bool isSet = tls[key].size() > 0 || tls[key].boolOr(false) || !tls[key].stringOr().empty();
            if (isSet)
                report.error(field(path, key), phrase("route", "%1 is not supported at a sidecar's ingress").with(key));
        }
        const std::string_view mode = tls["mode"].stringOr();
        if (mode == "ISTIO_MUTUAL" || mode == "AUTO_PASSTHROUGH")
            report.error(field(path, "mode"), phrase("route", "a sidecar's ingress can't have mode %1").with(mode));
        if (protocolNamed(protocol) != PortProtocol::Tls)
            report.error(path, phrase("route", "a server cannot have TLS settings for non HTTPS/TLS ports"));
        checkServerTls(report, path, tls);
    }

    void checkIngress(Report &report, const Value &ingress)
    {
        std::set<std::int64_t> ports;
        for (std::size_t i = 0; i < ingress.size(); ++i) {
            const std::string here = item("spec.ingress", i);
            const Value &one = ingress[i];
            if (one.isNull() || one["port"].isNull()) {
                report.error(here,
                    one.isNull() ? phrase("route", "a listener must not be null")
                                 : phrase("route", "a listener needs a port"));
                continue;
            }
            const Value &port = one["port"];
            checkListenerPort(report, field(here, "port"), port);
            checkPort(report, field(here, "port.number"), port["number"].intOr(0));
            checkBind(report, field(here, "bind"), one["bind"].stringOr());
            if (!ports.insert(port["number"].intOr(0)).second)
                report.error(field(here, "port.number"), phrase("route", "ports of listeners must be unique"));
            checkDefaultEndpoint(report, field(here, "defaultEndpoint"), one["defaultEndpoint"].stringOr());
            const std::string_view protocol = port["protocol"].stringOr();
            if (!one["tls"].isNull())
                checkIngressTls(report, field(here, "tls"), one["tls"], protocol);
            checkConnectionPool(report, field(here, "connectionPool"), one["connectionPool"]);
            if (!one["connectionPool"]["http"].isNull() && protocolNamed(protocol) != PortProtocol::Http)
                report.warn(field(here, "connectionPool.http"),
                    phrase("route", "settings of HTTP have no effect on a port that carries %1").with(protocol));
        }
    }

    void checkEgressHosts(Report &report, const std::string &path, const Value &hosts, std::string_view ns)
    {
        if (hosts.size() == 0)
            report.error(path, phrase("route", "a listener must have at least one host"));
        std::map<std::string, std::set<std::string>> known;
        for (std::size_t i = 0; i < hosts.size(); ++i) {
            const std::string_view host = hosts[i].stringOr();
            const std::size_t slash = host.find('/');
            if (slash != std::string_view::npos && !host.starts_with('~')) {
                const std::string_view from = host.substr(0, slash);
                std::set<std::string> &names = known[std::string(from == "." ? ns : from)];
                const std::string name(host.substr(slash + 1));
                const bool isRepeated = name == "*" ? !names.empty() : names.contains(name) || names.contains("*");
                if (isRepeated)
                    report.warn(item(path, i), phrase("route", "host %1 is covered already").with(host));
                names.insert(name);
            }
            checkNamespacedHost(report, item(path, i), host, false);
        }
        if (known.contains("*") && known["*"].contains("*") && known.size() != 1)
            report.warn(path, phrase("route", "\"*/*\" selects everything: the other hosts change nothing"));
    }

    void checkEgress(Report &report, const Value &egress, std::string_view ns)
    {
        std::set<std::int64_t> ports;
        std::set<std::string, std::less<>> sockets;
        bool hasCatchAll = false;
        for (std::size_t i = 0; i < egress.size(); ++i) {
            const std::string here = item("spec.egress", i);
            const Value &one = egress[i];
            if (one.isNull()) {
                report.error(here, phrase("route", "a listener must not be null"));
                continue;
            }
            const Value &port = one["port"];
            if (port.isNull()) {
                if (hasCatchAll) {
                    report.error(here, phrase("route", "only one listener can be without a port"));
                    continue;
                }
                if (i + 1 == egress.size())
                    hasCatchAll = true;
                else
                    report.error(here, phrase("route", "the listener without a port must be the last one"));
            } else {
                const std::string_view bind = one["bind"].stringOr();
                const std::string_view mode = one["captureMode"].stringOr("DEFAULT");
                checkListenerPort(report, field(here, "port"), port);
                if (port["number"].intOr(0) == 0) {
                    if (!bind.starts_with("unix://"))
                        report.error(field(here, "bind"), phrase("route", "port 0 needs the path of a unix socket"));
                    else
                        checkUnixAddress(report, field(here, "bind"), bind.substr(7));
                    if (mode != "DEFAULT" && mode != "NONE")
                        report.error(field(here, "captureMode"),
                            phrase("route", "a unix socket has captureMode DEFAULT or NONE"));
                    if (!sockets.insert(std::string(bind)).second)
                        report.error(field(here, "bind"), phrase("route", "unix sockets of listeners must be unique"));
                } else {
                    checkPort(report, field(here, "port.number"), port["number"].intOr(0));
                    checkBind(report, field(here, "bind"), bind);
                    if (!ports.insert(port["number"].intOr(0)).second)
                        report.error(field(here, "port.number"), phrase("route", "ports of listeners must be unique"));
                }
            }
            checkEgressHosts(report, field(here, "hosts"), one["hosts"], ns);
        }
    }

} // namespace

void checkSidecar(Report &report, const Value &spec, std::string_view ns)
{
    const Value &selector = spec["workloadSelector"];
    if (!selector.isNull())
        checkSelectorLabels(report, "spec.workloadSelector", selector["labels"],
            phrase("route", "a selector without labels applies to everything in the namespace"));
    const Value &policy = spec["outboundTrafficPolicy"];
    if (spec["egress"].size() == 0 && spec["ingress"].size() == 0 && policy.isNull() && spec["inboundConnectionPool"].isNull())
        return report.error("spec", phrase("route", "a Sidecar must configure something"));
    checkIngress(report, spec["ingress"]);
    checkConnectionPool(report, "spec.inboundConnectionPool", spec["inboundConnectionPool"]);
    checkEgress(report, spec["egress"], ns);
    if (const Value &proxy = policy["egressProxy"]; !proxy.isNull()) {
        const std::string here = "spec.outboundTrafficPolicy.egressProxy";
        if (policy["mode"].stringOr() != "ALLOW_ANY")
            return report.error(here, phrase("route", "egressProxy goes with mode ALLOW_ANY only"));
        if (Text problem = fqdnProblem(proxy["host"].stringOr()); !problem.empty())
            report.error(field(here, "host"), std::move(problem));
        if (proxy["port"].isNull())
            return report.error(field(here, "port"), phrase("route", "a port is required"));
        checkDestination(report, here, proxy);
    }
}

} // namespace fairway::route
