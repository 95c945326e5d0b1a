#include "core/route/istio_analysis.h"

#include "core/route/istio_config.h"
#include "core/route/istio_validation.h"
#include "core/route/text_matcher.h"

#include <algorithm>

namespace fairway::route::analyzers {
namespace {

    using value::Value;

    constexpr std::string_view kIstio = "networking.istio.io";

    std::vector<std::string> scopesOf(const Value &exportTo, std::string_view ns)
    {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < exportTo.size(); ++i) {
            const std::string_view to = exportTo[i].stringOr();
            if (to == "*")
                return {"*"};
            out.emplace_back(to == "." ? ns : to);
        }
        return out.empty() ? std::vector<std::string> {"*"} : out;
    }

    bool isControlPlane(const Value &object)
    {
        const Value &labels = object["metadata"]["labels"];
        return !labels["istio"].isNull() || labels["release"].stringOr() == "istio";
    }

    bool needsCa(const Value &tls, bool hasSelector)
    {
        const std::string_view mode = tls["mode"].stringOr();
        const bool isCovered = !tls["credentialName"].stringOr().empty() && hasSelector;
        return (mode == "SIMPLE" || mode == "MUTUAL") && tls["caCertificates"].stringOr().empty() && !isCovered;
    }

    /// Labels of a pod with those that stand for its place.
    Value placedLabels(const AnalysisInput &input, const Value &pod)
    {
        const Value &own = pod["metadata"]["labels"];
        Value out = own.isMap() ? value::deepCopy(own) : Value::map();
        const std::string_view node = pod["spec"]["nodeName"].stringOr();
        if (const Value *found = input.find("", "Node", "", node)) {
            for (const char *key : {"topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"}) {
                if (const Value &label = (*found)["metadata"]["labels"][key]; !label.isNull())
                    out.set(key, label);
            }
        }
        if (!node.empty())
            out.set("kubernetes.io/hostname", Value(node));
        return out;
    }

} // namespace

void subsetPods(const AnalysisInput &input, AnalysisOutput &output)
{
    const HostIndex hosts(input);
    std::vector<Value> pods;
    for (const Value *pod : input.all("", "Pod"))
        pods.push_back(placedLabels(input, *pod));
    for (const Value *rule : input.all(kIstio, "DestinationRule")) {
        const Value &spec = (*rule)["spec"];
        const HostIndex::Entry *entry = hosts.find(namespaceOf(*rule), spec["exportTo"], spec["host"].stringOr());
        if (entry == nullptr) {
            output.add("UnknownDestinationRuleHost", *rule,
                phrase("route", "there is no service %1").with(spec["host"].stringOr()), "spec.host");
            continue;
        }
        for (std::size_t i = 0; i < spec["subsets"].size(); ++i) {
            const Value &subset = spec["subsets"][i];
            const bool hasPod = std::any_of(pods.begin(), pods.end(),
                [&](const Value &labels) { return selects(entry->selector, labels) && selects(subset["labels"], labels); });
            if (!hasPod)
                output.add("DestinationRuleSubsetNotSelectPods", *rule,
                    phrase("route", "subset %1 selects no pods").with(subset["name"].stringOr()),
                    item("spec.subsets", i));
        }
    }
}

void caCertificates(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *rule : input.all(kIstio, "DestinationRule")) {
        const Value &spec = (*rule)["spec"];
        const bool hasSelector = !spec["workloadSelector"].isNull();
        const Value &policy = spec["trafficPolicy"];
        const Text text = phrase("route", "the server's certificate is not verified: caCertificates is missing");
        if (needsCa(policy["tls"], hasSelector))
            output.add("NoServerCertificateVerificationDestinationLevel", *rule, text, "spec.trafficPolicy.tls");
        const Value &ports = policy["portLevelSettings"];
        for (std::size_t i = 0; i < ports.size(); ++i) {
            if (needsCa(ports[i]["tls"], hasSelector))
                output.add("NoServerCertificateVerificationPortLevel", *rule, text, field(item("spec.trafficPolicy.portLevelSettings", i), "tls"));
        }
    }
}

void servicePortNames(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *service : input.all("", "Service")) {
        const std::string_view managed = (*service)["metadata"]["labels"]["gateway.istio.io/managed"].stringOr();
        if (isControlPlane(*service) || managed.starts_with("istio.io-"))
            continue;
        const Value &spec = (*service)["spec"];
        const bool isExternal = spec["type"].stringOr() == "ExternalName";
        for (std::size_t i = 0; i < spec["ports"].size(); ++i) {
            const Value &port = spec["ports"][i];
            const std::string path = field(item("spec.ports", i), "name");
            if (protocolOfServicePort(port) != PortProtocol::Sniffed && !(isExternal && port["name"].stringOr() == "tcp"))
                continue;
            if (isExternal)
                output.add("ExternalNameServiceTypeInvalidPortName", *service,
                    phrase("route",
                        "an ExternalName service without a protocol in its port's name takes over all its TCP traffic"),
                    path);
            else
                output.add("PortNameIsNotUnderNamingConvention", *service,
                    phrase("route", "the name of port %1 says no protocol (as in http-web): it has to be guessed")
                        .with(port["port"].intOr(0)),
                    path);
        }
    }
}

void entryAddresses(const AnalysisInput &input, AnalysisOutput &output)
{
    const Value &metadata = input.meshConfig()["defaultConfig"]["proxyMetadata"];
    const bool isCaptured = metadata["ISTIO_META_DNS_CAPTURE"].stringOr() == "true";
    const bool allocates = isCaptured
        && (metadata["ISTIO_META_DNS_AUTO_ALLOCATE"].stringOr() == "true" || metadata["PILOT_ENABLE_IP_AUTOALLOCATE"].stringOr() == "true");
    for (const Value *entry : input.all(kIstio, "ServiceEntry")) {
        const Value &spec = (*entry)["spec"];
        if (allocates || !spec["addresses"].isNull() || (*entry)["status"]["addresses"].size() > 0)
            continue;
        for (std::size_t i = 0; i < spec["ports"].size(); ++i) {
            const std::string_view protocol = spec["ports"][i]["protocol"].stringOr();
            if (protocol.empty() || equalsIgnoringCase(protocol, "tcp"))
                output.add("ServiceEntryAddressesRequired", *entry,
                    phrase("route", "a TCP port (or one without a protocol) needs addresses"), item("spec.ports", i));
        }
    }
}

void entryProtocols(const AnalysisInput &input, AnalysisOutput &output)
{
    struct Use {
        std::string protocol;
        const Value *entry = nullptr;
    };
    std::map<std::string, std::vector<Use>> uses; // "scope host:port"
    const auto key = [](const std::string &scope, std::string_view host, std::int64_t port) {
        return scope + " " + std::string(host) + ":" + std::to_string(port);
    };
    for (const Value *entry : input.all(kIstio, "ServiceEntry")) {
        const Value &spec = (*entry)["spec"];
        for (const std::string &scope : scopesOf(spec["exportTo"], namespaceOf(*entry))) {
            for (std::size_t h = 0; h < spec["hosts"].size(); ++h) {
                for (std::size_t p = 0; p < spec["ports"].size(); ++p)
                    uses[key(scope, spec["hosts"][h].stringOr(), spec["ports"][p]["number"].intOr(0))].push_back(
                        {lowerAscii(spec["ports"][p]["protocol"].stringOr()), entry});
            }
        }
    }
    std::set<const Value *> reported;
    for (const auto &[place, own] : uses) {
        std::vector<Use> all = own;
        const std::string rest = place.substr(place.find(' ') + 1);
        if (!place.starts_with("* ")) {
            if (const auto everywhere = uses.find("* " + rest); everywhere != uses.end())
                all.insert(all.end(), everywhere->second.begin(), everywhere->second.end());
        }
        std::set<std::string> protocols;
        for (const Use &use : all)
            protocols.insert(use.protocol);
        for (const Use &use : all) {
            if (protocols.size() > 1 && reported.insert(use.entry).second)
                output.add("ConflictingServiceEntryProtocol", *use.entry,
                    phrase("route", "service entries name different protocols for %1").with(rest), "spec.ports");
        }
    }
}

void schema(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const char *kind : {"VirtualService", "DestinationRule", "Gateway", "ServiceEntry", "Sidecar", "WorkloadEntry"}) {
        for (const Value *object : input.all(kIstio, kind)) {
            Report report;
            validateIstio(report, *object);
            for (const Violation &violation : report.violations()) {
                const std::string_view type = violation.code == "IST0130" ? "VirtualServiceUnreachableRule"
                    : violation.code == "IST0131"                         ? "VirtualServiceIneffectiveMatch"
                    : violation.isWarning                                 ? "SchemaWarning"
                                                                          : "SchemaValidationError";
                output.add(type, *object, violation.message, violation.path);
            }
        }
    }
}

void serviceAssociation(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *deployment : input.all("apps", "Deployment")) {
        const Value &pod = (*deployment)["spec"]["template"];
        const Value &own = pod["metadata"];
        bool isInMesh = false;
        for (std::size_t i = 0; i < pod["spec"]["containers"].size(); ++i)
            isInMesh = isInMesh || (pod["spec"]["containers"][i]["name"].stringOr() == "istio-proxy" && !pod["spec"]["containers"][i]["image"].stringOr().empty());
        if (!isInMesh) {
            const Value &label = own["labels"]["sidecar.istio.io/inject"];
            const Value &annotation = own["annotations"]["sidecar.istio.io/inject"];
            const Value *ns = input.find("", "Namespace", "", namespaceOf(*deployment));
            isInMesh = !label.isNull() ? label.stringOr() == "true"
                : !annotation.isNull() ? annotation.stringOr() == "true"
                                       : ns != nullptr && (*ns)["metadata"]["labels"]["istio-injection"].stringOr() == "enabled";
        }
        if (!isInMesh || (*deployment)["metadata"]["labels"]["gateway.istio.io/managed"].stringOr() == "istio.io-mesh-controller")
            continue;
        std::map<std::int64_t, std::set<std::string>> protocols;
        std::map<std::string, std::set<std::int64_t>> targets;
        for (const Value *service : input.all("", "Service")) {
            const Value &spec = (*service)["spec"];
            if (namespaceOf(*service) != namespaceOf(*deployment) || spec["selector"].size() == 0 || !selects(spec["selector"], own["labels"]))
                continue;
            for (std::size_t i = 0; i < spec["ports"].size(); ++i) {
                const Value &port = spec["ports"][i];
                const std::int64_t number = port["port"].intOr(0);
                protocols[number].insert(std::string(port["protocol"].stringOr("TCP")));
                std::string target(port["targetPort"].stringOr());
                if (target.empty())
                    target = std::to_string(port["targetPort"].intOr(0) == 0 ? number : port["targetPort"].intOr(0));
                targets[target].insert(number);
            }
        }
        for (const auto &[port, names] : protocols) {
            if (names.size() > 1)
                output.add("DeploymentAssociatedToMultipleServices", *deployment,
                    phrase("route", "its services use port %1 with different protocols").with(port));
        }
        for (const auto &[target, ports] : targets) {
            if (ports.size() > 1)
                output.add("DeploymentConflictingPorts", *deployment,
                    phrase("route", "its services reach target port %1 from several ports").with(target));
        }
    }
}

void applicationUid(const AnalysisInput &input, AnalysisOutput &output)
{
    const auto check = [&](const Value &object, const Value &spec) {
        constexpr std::int64_t proxyUid = 1337;
        bool isUsed = spec["securityContext"]["runAsUser"].intOr(0) == proxyUid;
        for (std::size_t i = 0; i < spec["containers"].size(); ++i) {
            const Value &container = spec["containers"][i];
            const std::string_view name = container["name"].stringOr();
            isUsed = isUsed || (name != "istio-proxy" && name != "istio-operator" && container["securityContext"]["runAsUser"].intOr(0) == proxyUid);
        }
        if (isUsed && !isControlPlane(object))
            output.add("InvalidApplicationUID", object,
                phrase("route", "user 1337 is the proxy's own: its traffic would not be redirected"));
    };
    for (const Value *pod : input.all("", "Pod"))
        check(*pod, (*pod)["spec"]);
    for (const Value *deployment : input.all("apps", "Deployment"))
        check(*deployment, (*deployment)["spec"]["template"]["spec"]);
}

} // namespace fairway::route::analyzers
