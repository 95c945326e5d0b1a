#include "core/route/istio_validation.h"

#include "core/route/istio_config.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    bool isHttp(std::string_view protocol)
    {
        return protocolNamed(protocol) == PortProtocol::Http;
    }

    /// Source: BoringSSL's suites as Envoy names them. What does not begin with a letter or digit is an operator on a list.
    bool isCipher(std::string_view name)
    {
        static constexpr std::string_view Known[] = {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA", "AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "DES-CBC3-SHA"};
        if (name.empty() || name == "ALL")
            return true;
        const char c = name.front();
        const bool isName = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return !isName || std::find(std::begin(Known), std::end(Known), name) != std::end(Known);
    }

    void checkCiphers(Report &report, std::string_view path, const Value &tls)
    {
        const Value &suites = tls["cipherSuites"];
        const std::string_view least = tls["minProtocolVersion"].stringOr();
        if ((least == "TLSV1_0" || least == "TLSV1_1") && suites.size() == 0)
            report.warn(field(path, "minProtocolVersion"),
                phrase("route", "versions below TLS 1.2 need cipherSuites: the default ones don't fit them"));
        std::set<std::string, std::less<>> known;
        for (std::size_t i = 0; i < suites.size(); ++i) {
            const std::string name(suites[i].stringOr());
            if (!isCipher(name))
                report.warn(item(field(path, "cipherSuites"), i),
                    phrase("route", "unknown cipher suite %1 is ignored").with(name));
            else if (!known.insert(name).second)
                report.warn(item(field(path, "cipherSuites"), i),
                    phrase("route", "duplicate cipher suite %1 is ignored").with(name));
        }
    }

    void checkIstioMutual(Report &report, std::string_view path, const Value &tls)
    {
        const std::pair<const char *, Text> own[] = {{"serverCertificate", phrase("route", "server certificate")},
            {"privateKey", phrase("route", "private key")}, {"caCertificates", phrase("route", "CA bundle")},
            {"tlsCertificates", Text::verbatim("tlsCertificates")}, {"credentialName", Text::verbatim("credentialName")},
            {"credentialNames", Text::verbatim("credentialNames")}};
        for (const auto &[key, words] : own) {
            if (hasText(tls, key) || tls[key].size() > 0)
                report.error(
                    field(path, key), phrase("route", "ISTIO_MUTUAL TLS cannot have associated %1").with(words));
        }
    }

    void checkCertificates(Report &report, std::string_view path, const Value &tls, std::string_view mode)
    {
        const bool isMutual = mode != "SIMPLE";
        const std::string prefix = isMutual ? "MUTUAL TLS" : "SIMPLE TLS";
        if (isMutual && !hasText(tls, "caCertificates"))
            report.error(field(path, "caCertificates"), phrase("route", "%1 requires a client CA bundle").with(prefix));
        const Value &several = tls["tlsCertificates"];
        if (several.size() > 2)
            report.warn(field(path, "tlsCertificates"),
                phrase("route", "%1 can support up to 2 server certificates").with(prefix));
        for (std::size_t i = 0; i < std::max<std::size_t>(1, several.size()); ++i) {
            const Value &one = several.size() == 0 ? tls : several[i];
            const std::string here = several.size() == 0 ? std::string(path) : item(field(path, "tlsCertificates"), i);
            if (!hasText(one, "serverCertificate"))
                report.error(
                    field(here, "serverCertificate"), phrase("route", "%1 requires a server certificate").with(prefix));
            if (!hasText(one, "privateKey"))
                report.error(field(here, "privateKey"), phrase("route", "%1 requires a private key").with(prefix));
        }
    }

    void checkServerPort(Report &report, const std::string &path, const Value &port, std::string_view bind)
    {
        if (!isKnownProtocol(port["protocol"].stringOr()))
            report.error(field(path, "protocol"),
                phrase("route",
                    "unknown protocol \"%1\": HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP and TLS are "
                    "known")
                    .with(port["protocol"].stringOr()));
        const std::int64_t number = port["number"].intOr(0);
        if (number > 0 || !bind.starts_with("unix://"))
            checkPort(report, field(path, "number"), number);
        if (port["targetPort"].intOr(0) > 0)
            report.error(field(path, "targetPort"), phrase("route", "targetPort has no effect on a Gateway"));
        if (!hasText(port, "name"))
            report.error(field(path, "name"), phrase("route", "a port needs a name"));
    }

} // namespace

void checkServerTls(Report &report, std::string_view path, const Value &tls)
{
    if (tls.isNull())
        return;
    checkCiphers(report, path, tls);
    const std::string_view mode = tls["mode"].stringOr("PASSTHROUGH");
    if (mode == "ISTIO_MUTUAL")
        return checkIstioMutual(report, path, tls);
    const bool hasCredential = hasText(tls, "credentialName") || tls["credentialNames"].size() > 0;
    if (mode == "PASSTHROUGH" || mode == "AUTO_PASSTHROUGH") {
        const bool hasAny = hasText(tls, "caCrl") || hasText(tls, "serverCertificate") || hasText(tls, "privateKey")
            || hasText(tls, "caCertificates") || tls["tlsCertificates"].size() > 0 || hasCredential;
        if (hasAny)
            report.warn(path, phrase("route", "%1 uses no certificates: they are ignored").with(mode));
    }
    const int sources = (hasText(tls, "serverCertificate") && hasText(tls, "privateKey") ? 1 : 0) + (hasText(tls, "credentialName") ? 1 : 0)
        + (tls["credentialNames"].size() > 0 ? 1 : 0) + (tls["tlsCertificates"].size() > 0 ? 1 : 0);
    if (sources > 1)
        report.error(path,
            phrase("route",
                "only one of credential_name, credential_names, server_certificate/private_key, tls_certificates can "
                "be given"));
    const bool isOurs = mode == "SIMPLE" || mode == "MUTUAL" || mode == "OPTIONAL_MUTUAL";
    if (isOurs && hasCredential)
        return;
    if (isOurs)
        checkCertificates(report, path, tls, mode);
    if (hasText(tls, "caCrl") && hasText(tls, "credentialName"))
        report.error(
            field(path, "caCrl"), phrase("route", "a CRL belongs into the credential when credentialName is given"));
    if (hasText(tls, "caCrl") && mode == "SIMPLE")
        report.error(field(path, "caCrl"), phrase("route", "SIMPLE TLS checks no client certificates: no CRL"));
}

void checkServer(Report &report, std::string_view path, const Value &server)
{
    if (server.isNull())
        return report.error(path, phrase("route", "a server must not be null"));
    const Value &hosts = server["hosts"];
    if (hosts.size() == 0)
        report.error(field(path, "hosts"), phrase("route", "a server must have at least one host"));
    for (std::size_t i = 0; i < hosts.size(); ++i)
        checkNamespacedHost(report, item(field(path, "hosts"), i), hosts[i].stringOr(), true);
    const Value &port = server["port"];
    const std::string_view bind = server["bind"].stringOr();
    Report portReport;
    if (port.isNull())
        portReport.error(field(path, "port"), phrase("route", "a server needs a port"));
    else
        checkServerPort(portReport, field(path, "port"), port, bind);
    for (const Violation &violation : portReport.violations())
        report.error(violation.path, violation.message);
    if (bind.starts_with("unix://")) {
        checkUnixAddress(report, field(path, "bind"), bind.substr(7));
        if (port["number"].intOr(0) != 0)
            report.error(field(path, "port.number"), phrase("route", "the port of a unix socket must be 0"));
    } else if (!bind.empty() && !isIpAddress(bind)) {
        report.error(field(path, "bind"), phrase("route", "\"%1\" is not a valid IP").with(bind));
    }
    const Value &tls = server["tls"];
    checkServerTls(report, field(path, "tls"), tls);
    if (portReport.hasErrors())
        return;
    const std::string_view protocol = port["protocol"].stringOr();
    const bool isTls = protocolNamed(protocol) == PortProtocol::Tls;
    if (isTls && tls.isNull())
        report.error(field(path, "tls"), phrase("route", "a server must have TLS settings for HTTPS/TLS protocols"));
    if (!isTls && !tls.isNull()) {
        const std::string_view mode = tls["mode"].stringOr("PASSTHROUGH");
        const bool isPassthrough = mode == "PASSTHROUGH" || mode == "AUTO_PASSTHROUGH";
        const bool isPlain = isPassthrough && !hasText(tls, "caCertificates") && !hasText(tls, "privateKey") && !hasText(tls, "serverCertificate");
        if (!isHttp(protocol))
            report.error(
                field(path, "tls"), phrase("route", "a server cannot have TLS settings for non HTTPS/TLS ports"));
        else if (!isPlain)
            report.error(field(path, "tls"), phrase("route", "a server cannot have TLS settings for plain HTTP ports"));
    }
}

void checkGateway(Report &report, const Value &spec, std::string_view name)
{
    if (!isDnsLabel(name))
        report.error("metadata.name", phrase("route", "is no name of a gateway: \"%1\"").with(name));
    const Value &servers = spec["servers"];
    if (servers.size() == 0)
        report.error("spec.servers", phrase("route", "a gateway must have at least one server"));
    std::set<std::string, std::less<>> names;
    for (std::size_t i = 0; i < servers.size(); ++i) {
        const std::string here = item("spec.servers", i);
        checkServer(report, here, servers[i]);
        const Value &port = servers[i]["port"];
        if (port.isNull())
            continue;
        if (!names.insert(std::string(port["name"].stringOr())).second)
            report.error(field(here, "port.name"), phrase("route", "port names of servers must be unique"));
        if (!isHttp(port["protocol"].stringOr()) && servers[i]["tls"]["httpsRedirect"].boolOr(false))
            report.warn(field(here, "tls.httpsRedirect"),
                phrase("route", "tls.httpsRedirect should only be used with http servers"));
    }
}

} // namespace fairway::route
