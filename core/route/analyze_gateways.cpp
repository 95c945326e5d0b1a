#include "core/route/istio_analysis.h"

#include "core/route/validation_basics.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fairway::route::analyzers {
namespace {

    using value::Value;

    constexpr std::string_view kIstio = "networking.istio.io";

    struct Binding {
        const Value *gateway = nullptr;
        std::string selector;
        std::int64_t port = 0;
        std::map<std::string, std::string> hosts; ///< To the address they are bound to.
    };

    bool isSharedBySomePod(const AnalysisInput &input, const Value &a, const Value &b)
    {
        const std::vector<const Value *> &pods = input.all("", "Pod");
        return std::any_of(pods.begin(), pods.end(), [&](const Value *pod) {
            const Value &labels = (*pod)["metadata"]["labels"];
            return selects(a, labels) && selects(b, labels);
        });
    }

    bool hasSameCertificate(const Value &a, const Value &b)
    {
        const std::string_view first = a["credentialName"].stringOr();
        const std::string_view second = b["credentialName"].stringOr();
        if (!first.empty() && !second.empty())
            return first == second;
        if (!first.empty() || !second.empty())
            return false;
        const std::string_view certificate = a["serverCertificate"].stringOr();
        const std::string_view key = a["privateKey"].stringOr();
        return !certificate.empty() && certificate == b["serverCertificate"].stringOr() && !key.empty() && key == b["privateKey"].stringOr();
    }

    /// A secret that holds a certificate at all; whether it is a good one needs a TLS library.
    bool holdsCertificate(const Value &secret)
    {
        static constexpr std::array<std::pair<const char *, const char *>, 2> Pairs {{{"tls.crt", "tls.key"}, {"cert", "key"}}};
        return std::any_of(Pairs.begin(), Pairs.end(), [&](const auto &names) {
            // base64 of "-----BEGIN CERTIFICATE" begins so.
            const std::string_view certificate = secret["data"][names.first].stringOr();
            const bool isPem = certificate.starts_with("LS0tLS1CRUdJTiBDRVJUSUZJQ0FUR")
                || secret["stringData"][names.first].stringOr().starts_with("-----BEGIN CERTIFICATE");
            const bool hasKey = !secret["data"][names.second].isNull() || !secret["stringData"][names.second].isNull();
            return isPem && hasKey;
        });
    }

    std::array<int, 3> versionOf(std::string_view text)
    {
        std::array<int, 3> out {-1, 0, 0};
        if (text.starts_with('v'))
            text.remove_prefix(1);
        for (int &part : out) {
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
            if (error != std::errc())
                break;
            text.remove_prefix(static_cast<std::size_t>(end - text.data()));
            if (!text.starts_with('.'))
                break;
            text.remove_prefix(1);
        }
        return out;
    }

} // namespace

void gatewayPorts(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *gateway : input.all(kIstio, "Gateway")) {
        const Value &spec = (*gateway)["spec"];
        std::set<std::int64_t> ports;
        bool hasPod = false;
        for (const Value *pod : input.all("", "Pod")) {
            const Value &labels = (*pod)["metadata"]["labels"];
            if (!selects(spec["selector"], labels))
                continue;
            hasPod = true;
            for (const Value *service : input.all("", "Service")) {
                if (namespaceOf(*service) != namespaceOf(*pod) || !selects((*service)["spec"]["selector"], labels))
                    continue;
                const Value &list = (*service)["spec"]["ports"];
                for (std::size_t i = 0; i < list.size(); ++i) {
                    if (list[i]["protocol"].stringOr("TCP") != "TCP")
                        continue;
                    ports.insert(list[i]["port"].intOr(0));
                    if (const std::int64_t target = list[i]["targetPort"].intOr(0); target != 0)
                        ports.insert(target);
                }
            }
        }
        if (!hasPod) {
            output.add("ReferencedResourceNotFound", *gateway,
                phrase("route", "selector not found: \"%1\"").with(selectorText(spec["selector"])), "spec.selector");
            continue;
        }
        for (std::size_t i = 0; i < spec["servers"].size(); ++i) {
            const Value &port = spec["servers"][i]["port"];
            if (!port.isNull() && !ports.contains(port["number"].intOr(0)))
                output.add("GatewayPortNotDefinedOnService", *gateway,
                    phrase("route", "no Service of the pods %1 has port %2")
                        .with(selectorText(spec["selector"]), port["number"].intOr(0)),
                    field(item("spec.servers", i), "port.number"));
        }
    }
}

void gatewayConflicts(const AnalysisInput &input, AnalysisOutput &output)
{
    std::vector<Binding> bindings;
    for (const Value *gateway : input.all(kIstio, "Gateway")) {
        const Value &spec = (*gateway)["spec"];
        for (std::size_t s = 0; s < spec["servers"].size(); ++s) {
            const Value &server = spec["servers"][s];
            Binding binding {gateway, selectorText(spec["selector"]), server["port"]["number"].intOr(0), {}};
            for (std::size_t h = 0; h < server["hosts"].size(); ++h)
                binding.hosts[std::string(server["hosts"][h].stringOr())] = server["bind"].stringOr();
            // Of several servers on one port the last one counts, as in istioctl.
            std::erase_if(bindings, [&](const Binding &other) { return other.gateway == gateway && other.port == binding.port; });
            bindings.push_back(std::move(binding));
        }
    }
    for (const Value *gateway : input.all(kIstio, "Gateway")) {
        const Value &spec = (*gateway)["spec"];
        const std::string selector = selectorText(spec["selector"]);
        for (std::size_t s = 0; s < spec["servers"].size(); ++s) {
            const Value &server = spec["servers"][s];
            std::set<std::string> others;
            for (const Binding &binding : bindings) {
                if (binding.gateway == gateway || binding.port != server["port"]["number"].intOr(0))
                    continue;
                const bool mayShare = binding.selector.find(selector) != std::string::npos || selector.find(binding.selector) != std::string::npos;
                const bool isShared = binding.selector == selector
                    || (mayShare && isSharedBySomePod(input, spec["selector"], (*binding.gateway)["spec"]["selector"]));
                bool hasHost = false;
                for (std::size_t h = 0; h < server["hosts"].size(); ++h) {
                    const auto known = binding.hosts.find(std::string(server["hosts"][h].stringOr()));
                    hasHost = hasHost || (known != binding.hosts.end() && known->second == server["bind"].stringOr());
                }
                if (isShared && hasHost)
                    others.insert(fullNameOf(*binding.gateway));
            }
            std::string list;
            for (const std::string &other : others)
                list.append(list.empty() ? "" : ", ").append(other);
            if (!list.empty())
                output.add("ConflictingGateways", *gateway,
                    phrase("route", "port %1 and hosts of this server are those of %2")
                        .with(server["port"]["number"].intOr(0), list),
                    item("spec.servers", s));
        }
    }
}

void gatewayCertificates(const AnalysisInput &input, AnalysisOutput &output)
{
    const std::vector<const Value *> &gateways = input.all(kIstio, "Gateway");
    for (const Value *gateway : gateways) {
        const Value &spec = (*gateway)["spec"];
        for (const Value *other : gateways) {
            if (other == gateway || (spec["selector"].size() > 0 && !selects(spec["selector"], (*other)["spec"]["selector"])))
                continue;
            for (std::size_t a = 0; a < spec["servers"].size(); ++a) {
                const Value &servers = (*other)["spec"]["servers"];
                for (std::size_t b = 0; b < servers.size(); ++b) {
                    const Value &own = spec["servers"][a]["tls"];
                    const Value &tls = servers[b]["tls"];
                    if (own.isMap() && tls.isMap() && hasSameCertificate(own, tls))
                        output.add("GatewayDuplicateCertificate", *gateway,
                            phrase("route",
                                "it uses the certificate of Gateway %1: browsers then reuse a connection and get 404")
                                .with(fullNameOf(*other)));
                }
            }
        }
    }
}

void gatewaySecrets(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *gateway : input.all(kIstio, "Gateway")) {
        const Value &spec = (*gateway)["spec"];
        const std::vector<const Value *> &pods = input.all("", "Pod");
        const auto pod = std::find_if(
            pods.begin(), pods.end(), [&](const Value *one) { return selects(spec["selector"], (*one)["metadata"]["labels"]); });
        if (pod == pods.end()) {
            output.add("ReferencedResourceNotFound", *gateway,
                phrase("route", "selector not found: \"%1\"").with(selectorText(spec["selector"])), "spec.selector");
            continue;
        }
        for (std::size_t i = 0; i < spec["servers"].size(); ++i) {
            const std::string name(spec["servers"][i]["tls"]["credentialName"].stringOr());
            if (name.empty())
                continue;
            const std::string path = field(item("spec.servers", i), "tls.credentialName");
            const Value *secret = input.find("", "Secret", namespaceOf(**pod), name);
            if (secret == nullptr)
                output.add("ReferencedResourceNotFound", *gateway,
                    phrase("route", "credentialName not found: \"%1\"").with(name), path);
            else if (!holdsCertificate(*secret))
                output.add("InvalidGatewayCredential", *gateway,
                    phrase("route", "Secret %1 holds no certificate with its key").with(name), path);
        }
    }
}

void gatewayApiVersions(const AnalysisInput &input, AnalysisOutput &output)
{
    struct Least {
        std::string_view name;
        std::array<int, 3> version;
    };
    static constexpr Least Known[] = {{"grpcroutes.gateway.networking.k8s.io", {1, 1, 0}},
        {"backendtlspolicies.gateway.networking.k8s.io", {1, 4, 0}}, {"tlsroutes.gateway.networking.k8s.io", {1, 5, 0}},
        {"tcproutes.gateway.networking.k8s.io", {1, 6, 0}}};
    for (const Value *object : input.all("apiextensions.k8s.io", "CustomResourceDefinition")) {
        const std::string_view installed
            = (*object)["metadata"]["annotations"]["gateway.networking.k8s.io/bundle-version"].stringOr();
        const std::array<int, 3> version = versionOf(installed);
        for (const Least &least : Known) {
            if (nameOf(*object) == least.name && version[0] >= 0 && version < least.version)
                output.add("GatewayAPICRDVersionBelowMinimum", *object,
                    phrase("route", "%1 is too old: at least %2.%3 is read")
                        .with(installed, least.version[0], least.version[1]));
        }
    }
}

void gatewayApiSelectors(const AnalysisInput &input, AnalysisOutput &output)
{
    static constexpr std::pair<const char *, const char *> Kinds[] = {{"security.istio.io", "AuthorizationPolicy"},
        {"security.istio.io", "RequestAuthentication"}, {"telemetry.istio.io", "Telemetry"}, {"extensions.istio.io", "WasmPlugin"}};
    for (const auto &[group, kind] : Kinds) {
        for (const Value *policy : input.all(group, kind)) {
            const Value &spec = (*policy)["spec"];
            if (!spec["selector"].isMap() || !spec["targetRef"].isNull())
                continue;
            for (const Value *pod : input.all("", "Pod")) {
                const Value &labels = (*pod)["metadata"]["labels"];
                const Value &gateway = labels["gateway.networking.k8s.io/gateway-name"];
                if (!gateway.isNull() && namespaceOf(*pod) == namespaceOf(*policy) && selects(spec["selector"]["matchLabels"], labels))
                    output.add("IneffectiveSelector", *policy,
                        phrase("route", "a selector has no effect on Gateway %1: name it in targetRefs")
                            .with(gateway.stringOr()),
                        "spec.selector");
            }
        }
    }
}

} // namespace fairway::route::analyzers
