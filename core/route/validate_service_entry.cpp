#include "core/route/istio_validation.h"

#include "core/route/host_name.h"
#include "core/route/istio_config.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    bool isStream(std::string_view protocol)
    {
        const PortProtocol parsed = protocolNamed(protocol);
        return parsed == PortProtocol::Tcp || parsed == PortProtocol::Tls;
    }

    void checkPortName(Report &report, std::string_view path, std::string_view name)
    {
        if (!isDnsLabel(name))
            report.error(path, phrase("route", "is no name of a port: \"%1\"").with(name));
    }

    class Checker {
    public:
        Checker(Report &report, const Value &spec, const Value &labels, std::string_view ns)
            : m_report(report)
            , m_spec(spec)
            , m_labels(labels)
            , m_ns(ns)
            , m_resolution(spec["resolution"].stringOr("NONE"))
        {
        }

        void check()
        {
            const Value &selector = m_spec["workloadSelector"];
            if (!selector.isNull()) {
                Report own;
                checkSelectorLabels(own, "spec.workloadSelector", selector["labels"],
                    phrase("route", "a selector without labels applies to everything in the namespace"));
                if (own.hasErrors()) { // as Istio: nothing else is looked at
                    for (const Violation &violation : own.violations())
                        m_report.error(violation.path, violation.message);
                    return;
                }
                for (const Violation &violation : own.violations())
                    m_report.warn(violation.path, violation.message);
                if (!m_spec["endpoints"].isNull())
                    m_report.error("spec.endpoints",
                        phrase("route", "a service entry has either a workloadSelector or endpoints"));
            }
            checkHosts();
            checkAddresses();
            checkPorts();
            checkResolution();
            const Value &hosts = m_spec["hosts"];
            for (std::size_t i = 0; m_resolution != "NONE" && hosts.size() > 1 && i < m_spec["ports"].size(); ++i) {
                const PortProtocol protocol = protocolNamed(m_spec["ports"][i]["protocol"].stringOr());
                if (!m_spec["ports"][i].isNull() && protocol != PortProtocol::Http && protocol != PortProtocol::Tls) {
                    m_report.error(
                        item("spec.ports", i), phrase("route", "several hosts can share ports of HTTP and TLS only"));
                    break;
                }
            }
            checkExportTo(m_report, "spec.exportTo", m_spec["exportTo"], m_ns, true, false);
        }

    private:
        void checkHosts()
        {
            const Value &hosts = m_spec["hosts"];
            if (hosts.size() == 0)
                m_report.error("spec.hosts", phrase("route", "a service entry must have at least one host"));
            for (std::size_t i = 0; i < hosts.size(); ++i) {
                const std::string_view host = hosts[i].stringOr();
                const std::string here = item("spec.hosts", i);
                if (host == "*") {
                    m_report.error(here, phrase("route", "a hostname cannot be the wildcard \"*\""));
                    continue;
                }
                if (Text problem = wildcardProblem(host); !problem.empty())
                    m_report.error(here, std::move(problem));
                Text partial = partialWildcardProblem(host);
                if (m_resolution != "DYNAMIC_DNS" && !partial.empty())
                    m_report.warn(here, std::move(partial));
            }
        }

        void checkAddresses()
        {
            const Value &addresses = m_spec["addresses"];
            bool hasRange = false;
            for (std::size_t i = 0; i < addresses.size(); ++i) {
                hasRange = hasRange || addresses[i].stringOr().find('/') != std::string_view::npos;
                checkSubnet(m_report, item("spec.addresses", i), addresses[i].stringOr());
            }
            if (hasRange && m_resolution != "NONE" && m_resolution != "STATIC")
                m_report.error("spec.addresses",
                    phrase("route", "CIDR addresses are allowed for resolution NONE and STATIC only"));
        }

        bool allocatesAddresses() const
        {
            const std::string_view wanted = m_labels["networking.istio.io/enable-autoallocate-ip"].stringOr();
            return m_resolution != "NONE" && !equalsIgnoringCase(wanted, "false") && m_spec["addresses"].size() == 0;
        }

        void checkPorts()
        {
            std::set<std::int64_t> numbers;
            const Value &ports = m_spec["ports"];
            for (std::size_t i = 0; i < ports.size(); ++i) {
                const std::string here = item("spec.ports", i);
                const Value &port = ports[i];
                if (port.isNull()) {
                    m_report.error(here, phrase("route", "a port must not be null"));
                    continue;
                }
                const std::string_view name = port["name"].stringOr();
                if (!m_portNames.insert(std::string(name)).second)
                    m_report.error(
                        field(here, "name"), phrase("route", "port name \"%1\" is already defined").with(name));
                if (!numbers.insert(port["number"].intOr(0)).second)
                    m_report.error(field(here, "number"),
                        phrase("route", "port %1 is already defined").with(port["number"].intOr(0)));
                if (port["targetPort"].intOr(0) != 0)
                    checkPort(m_report, field(here, "targetPort"), port["targetPort"].intOr(0));
                const std::string_view protocol = port["protocol"].stringOr();
                if (m_spec["addresses"].size() == 0 && !allocatesAddresses() && (protocol.empty() || protocol == "TCP"))
                    m_report.warn(field(here, "protocol"),
                        phrase("route", "TCP (or no protocol) needs addresses where none are allocated"));
                checkPortName(m_report, field(here, "name"), name);
                if (!protocol.empty() && !isKnownProtocol(protocol))
                    m_report.error(field(here, "protocol"), phrase("route", "unsupported protocol: %1").with(protocol));
                checkPort(m_report, field(here, "number"), port["number"].intOr(0));
            }
        }

        Value portNames() const
        {
            Value out = Value::map();
            for (const std::string &name : m_portNames)
                out.set(name, Value(true));
            return out;
        }

        void checkResolution()
        {
            const Value &endpoints = m_spec["endpoints"];
            if (m_resolution == "NONE") {
                if (endpoints.size() > 0)
                    m_report.error("spec.endpoints", phrase("route", "resolution NONE has no endpoints"));
                if (!m_spec["workloadSelector"].isNull())
                    m_report.warn("spec.workloadSelector", phrase("route", "resolution NONE uses no workloadSelector"));
            } else if (m_resolution == "STATIC") {
                const Value names = portNames();
                for (std::size_t i = 0; i < endpoints.size(); ++i) {
                    if (endpoints[i].isNull())
                        m_report.error(item("spec.endpoints", i), phrase("route", "an endpoint must not be null"));
                    else
                        checkWorkloadEntry(m_report, item("spec.endpoints", i), endpoints[i], names, false);
                }
            } else if (m_resolution == "DNS" || m_resolution == "DNS_ROUND_ROBIN") {
                checkDns();
            } else if (m_resolution == "DYNAMIC_DNS") {
                checkDynamicDns();
            } else {
                m_report.error("spec.resolution", phrase("route", "unsupported resolution %1").with(m_resolution));
            }
        }

        void checkDns()
        {
            const Value &endpoints = m_spec["endpoints"];
            const Value &hosts = m_spec["hosts"];
            for (std::size_t i = 0; endpoints.size() == 0 && i < hosts.size(); ++i) {
                if (!fqdnProblem(hosts[i].stringOr()).empty()) {
                    m_report.error(item("spec.hosts", i),
                        phrase("route", "without endpoints resolution %1 needs full names").with(m_resolution));
                    break;
                }
            }
            if (m_resolution == "DNS_ROUND_ROBIN" && endpoints.size() > 1)
                m_report.error(
                    "spec.endpoints", phrase("route", "DNS_ROUND_ROBIN mode cannot have multiple endpoints"));
            for (std::size_t i = 0; i < endpoints.size(); ++i) {
                const std::string here = item("spec.endpoints", i);
                if (endpoints[i].isNull()) {
                    m_report.error(here, phrase("route", "an endpoint must not be null"));
                    continue;
                }
                const std::string_view address = endpoints[i]["address"].stringOr();
                if (!isIpAddress(address) && !fqdnProblem(address).empty())
                    m_report.error(field(here, "address"), phrase("route", "is no full domain name and no address"));
                checkLabels(m_report, field(here, "labels"), endpoints[i]["labels"]);
                checkEndpointPorts(here, endpoints[i]["ports"]);
            }
            const Value &ports = m_spec["ports"];
            if (m_spec["addresses"].size() == 0)
                return;
            for (std::size_t i = 0; i < ports.size(); ++i) {
                if (ports[i].isNull())
                    m_report.error(item("spec.ports", i), phrase("route", "a port must not be null"));
                else if (isStream(ports[i]["protocol"].stringOr())) {
                    if (hosts.size() > 1)
                        m_report.warn("spec.hosts",
                            phrase("route", "with an address and a TCP port only one host can be told apart"));
                    break;
                }
            }
        }

        void checkEndpointPorts(const std::string &path, const Value &ports)
        {
            if (!ports.isMap())
                return;
            for (const auto &[name, port] : ports.asMap()) {
                const std::string here = field(field(path, "ports"), name);
                if (!m_portNames.contains(name))
                    m_report.error(here, phrase("route", "the service entry defines no such port"));
                checkPortName(m_report, here, name);
                checkPort(m_report, here, port.intOr(0));
            }
        }

        void checkDynamicDns()
        {
            const Value &hosts = m_spec["hosts"];
            if (hosts.size() == 0)
                m_report.error("spec.hosts", phrase("route", "resolution DYNAMIC_DNS needs a wildcard host"));
            for (std::size_t i = 0; i < hosts.size(); ++i) {
                if (!isWildcardHost(hosts[i].stringOr()))
                    m_report.error(
                        item("spec.hosts", i), phrase("route", "resolution DYNAMIC_DNS needs wildcard hosts"));
            }
            for (const char *key : {"addresses", "endpoints"}) {
                if (m_spec[key].size() > 0)
                    m_report.error(field("spec", key), phrase("route", "resolution DYNAMIC_DNS has no %1").with(key));
            }
            for (std::size_t i = 0; i < m_spec["ports"].size(); ++i) {
                const std::string protocol = lowerAscii(m_spec["ports"][i]["protocol"].stringOr());
                if (m_spec["ports"][i].isNull())
                    m_report.error(item("spec.ports", i), phrase("route", "a port must not be null"));
                else if (protocol != "http" && protocol != "tls" && protocol != "grpc" && protocol != "http2")
                    m_report.error(item("spec.ports", i),
                        phrase("route", "resolution DYNAMIC_DNS carries HTTP, HTTP2, GRPC and TLS only"));
            }
            const std::string_view waypoint = m_labels["istio.io/use-waypoint"].stringOr();
            if (m_spec["location"].stringOr() == "MESH_INTERNAL" && !waypoint.empty() && !equalsIgnoringCase(waypoint, "none"))
                m_report.error("spec.location",
                    phrase("route", "resolution DYNAMIC_DNS within the mesh does not go with waypoints"));
        }

        Report &m_report;
        const Value &m_spec;
        const Value &m_labels;
        std::string_view m_ns;
        std::string m_resolution;
        std::set<std::string, std::less<>> m_portNames;
    };

} // namespace

void checkWorkloadEntry(Report &report, std::string_view path, const Value &entry, const Value &servicePorts, bool allowsNames)
{
    const std::string_view address = entry["address"].stringOr();
    const Value &ports = entry["ports"];
    if (address.empty()) {
        if (entry["network"].stringOr().empty())
            return report.error(field(path, "address"), phrase("route", "an address is required"));
        report.warn(field(path, "address"),
            phrase("route", "there is no address in network %1").with(entry["network"].stringOr()));
    }
    const bool isUnix = address.starts_with("unix://");
    if (isUnix) {
        checkUnixAddress(report, field(path, "address"), address.substr(7));
        if (ports.size() > 0)
            report.error(field(path, "ports"), phrase("route", "a unix endpoint must not include ports"));
    } else if (!address.empty() && !isIpAddress(address) && (!allowsNames || !fqdnProblem(address).empty())) {
        report.error(field(path, "address"),
            (allowsNames ? phrase("route", "\"%1\" is no full domain name and no address")
                         : phrase("route", "\"%1\" is not a valid IP"))
                .with(address));
    }
    if (ports.isMap()) {
        for (const auto &[name, port] : ports.asMap()) {
            const std::string here = field(field(path, "ports"), name);
            if (!servicePorts.isNull() && servicePorts[name].isNull())
                report.error(here, phrase("route", "the service entry defines no such port"));
            checkPortName(report, here, name);
            checkPort(report, here, port.intOr(0));
        }
    }
    checkLabels(report, field(path, "labels"), entry["labels"]);
    if (isUnix && !servicePorts.isNull() && servicePorts.size() != 1)
        report.error(path, phrase("route", "a unix endpoint needs exactly one port of the service entry"));
}

void checkServiceEntry(Report &report, const Value &spec, const Value &labels, std::string_view ns)
{
    Checker(report, spec, labels, ns).check();
}

} // namespace fairway::route
