#include "core/route/istio_analysis.h"

#include "core/route/text_matcher.h"

#include <algorithm>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr AnalysisType types[] = {
        {"Deprecated", "IST0002", Severity::Warning},
        {"ReferencedResourceNotFound", "IST0101", Severity::Error},
        {"NamespaceNotInjected", "IST0102", Severity::Info},
        {"PodMissingProxy", "IST0103", Severity::Warning},
        {"SchemaValidationError", "IST0106", Severity::Error},
        {"ConflictingMeshGatewayVirtualServiceHosts", "IST0109", Severity::Error},
        {"ConflictingSidecarWorkloadSelectors", "IST0110", Severity::Error},
        {"MultipleSidecarsWithoutWorkloadSelectors", "IST0111", Severity::Error},
        {"VirtualServiceDestinationPortSelectorRequired", "IST0112", Severity::Error},
        {"DeploymentAssociatedToMultipleServices", "IST0116", Severity::Warning},
        {"PortNameIsNotUnderNamingConvention", "IST0118", Severity::Info},
        {"NamespaceMultipleInjectionLabels", "IST0123", Severity::Warning},
        {"NoMatchingWorkloadsFound", "IST0127", Severity::Warning},
        {"NoServerCertificateVerificationDestinationLevel", "IST0128", Severity::Warning},
        {"NoServerCertificateVerificationPortLevel", "IST0129", Severity::Warning},
        {"VirtualServiceUnreachableRule", "IST0130", Severity::Warning},
        {"VirtualServiceIneffectiveMatch", "IST0131", Severity::Info},
        {"VirtualServiceHostNotFoundInGateway", "IST0132", Severity::Warning},
        {"SchemaWarning", "IST0133", Severity::Warning},
        {"ServiceEntryAddressesRequired", "IST0134", Severity::Warning},
        {"DeploymentConflictingPorts", "IST0137", Severity::Warning},
        {"GatewayDuplicateCertificate", "IST0138", Severity::Warning},
        {"IngressRouteRulesNotAffected", "IST0140", Severity::Warning},
        {"InvalidApplicationUID", "IST0144", Severity::Warning},
        {"ConflictingGateways", "IST0145", Severity::Error},
        {"ImageAutoWithoutInjectionWarning", "IST0146", Severity::Warning},
        {"ImageAutoWithoutInjectionError", "IST0147", Severity::Error},
        {"NamespaceInjectionEnabledByDefault", "IST0148", Severity::Info},
        {"JwtClaimBasedRoutingWithoutRequestAuthN", "IST0149", Severity::Error},
        {"ExternalNameServiceTypeInvalidPortName", "IST0150", Severity::Warning},
        {"EnvoyFilterUsesRelativeOperation", "IST0151", Severity::Warning},
        {"EnvoyFilterUsesReplaceOperationIncorrectly", "IST0152", Severity::Error},
        {"EnvoyFilterUsesAddOperationIncorrectly", "IST0153", Severity::Error},
        {"EnvoyFilterUsesRemoveOperationIncorrectly", "IST0154", Severity::Error},
        {"EnvoyFilterUsesRelativeOperationWithProxyVersion", "IST0155", Severity::Warning},
        {"InvalidTelemetryProvider", "IST0157", Severity::Warning},
        {"ConflictingTelemetryWorkloadSelectors", "IST0159", Severity::Error},
        {"MultipleTelemetriesWithoutWorkloadSelectors", "IST0160", Severity::Error},
        {"InvalidGatewayCredential", "IST0161", Severity::Error},
        {"GatewayPortNotDefinedOnService", "IST0162", Severity::Warning},
        {"ReferencedInternalGateway", "IST0165", Severity::Warning},
        {"IneffectiveSelector", "IST0166", Severity::Warning},
        {"IneffectivePolicy", "IST0167", Severity::Warning},
        {"NegativeConditionStatus", "IST0171", Severity::Warning},
        {"DestinationRuleSubsetNotSelectPods", "IST0173", Severity::Error},
        {"UnknownDestinationRuleHost", "IST0174", Severity::Warning},
        {"JwksUriFetchUnrestricted", "IST0175", Severity::Warning},
        {"GatewayAPICRDVersionBelowMinimum", "IST0176", Severity::Warning},
        {"ConflictingServiceEntryProtocol", "IST0177", Severity::Warning},
    };

    constexpr Analyzer all[] = {
        {"virtualservice.ConflictingMeshGatewayHostsAnalyzer", analyzers::meshHosts},
        {"virtualservice.DestinationHostAnalyzer", analyzers::destinationHosts},
        {"virtualservice.DestinationRuleAnalyzer", analyzers::destinationSubsets},
        {"virtualservice.GatewayAnalyzer", analyzers::routeGateways},
        {"virtualservice.JWTClaimRouteAnalyzer", analyzers::claimRoutes},
        {"destinationrule.PodNotSelectedAnalyzer", analyzers::subsetPods},
        {"destinationrule.CaCertificateAnalyzer", analyzers::caCertificates},
        {"gateway.IngressGatewayPortAnalyzer", analyzers::gatewayPorts},
        {"gateway.ConflictingGatewayAnalyzer", analyzers::gatewayConflicts},
        {"gateway.CertificateAnalyzer", analyzers::gatewayCertificates},
        {"gateway.SecretAnalyzer", analyzers::gatewaySecrets},
        {"service.PortNameAnalyzer", analyzers::servicePortNames},
        {"serviceentry.ProtocolAddressesAnalyzer", analyzers::entryAddresses},
        {"serviceentry.ConflictingServiceEntryProtocolAnalyzer", analyzers::entryProtocols},
        {"sidecar.SelectorAnalyzer", analyzers::sidecarSelectors},
        {"schema.ValidationAnalyzer", analyzers::schema},
        {"deployment.ServiceAssociationAnalyzer", analyzers::serviceAssociation, false},
        {"deployment.ApplicationUIDAnalyzer", analyzers::applicationUid, false},
        {"k8sgateway.CRDVersionAnalyzer", analyzers::gatewayApiVersions},
        {"k8sgateway.SelectorAnalyzer", analyzers::gatewayApiSelectors, false},
        {"deprecation.FieldAnalyzer", analyzers::deprecatedFields},
        {"envoyfilter.EnvoyPatchAnalyzer", analyzers::envoyPatches},
        {"authz.AuthorizationPoliciesAnalyzer", analyzers::authorizationPolicies, false},
        {"injection.Analyzer", analyzers::injection, false},
        {"injection.ImageAutoAnalyzer", analyzers::autoImages, false},
        {"telemetry.DefaultSelectorAnalyzer", analyzers::telemetryDefaults, false},
        {"telemetry.SelectorAnalyzer", analyzers::telemetrySelectors, false},
        {"telemetry.ProviderAnalyzer", analyzers::telemetryProviders, false},
        {"conditions.ConditionAnalyzer", analyzers::conditions},
        {"authn.BlockedCIDRsAnalyzer", analyzers::blockedRanges, false},
    };

    std::string keyOf(std::string_view group, std::string_view kind)
    {
        return std::string(group) + "/" + std::string(kind);
    }

    std::string fullHostOf(std::string_view ns, std::string_view host)
    {
        if (host.starts_with('*') || host.find('.') != std::string_view::npos)
            return std::string(host);
        return std::string(host) + "." + std::string(ns) + ".svc.cluster.local";
    }

} // namespace

AnalysisInput::AnalysisInput(std::span<const Value> objects, Value meshConfig)
    : m_meshConfig(std::move(meshConfig))
{
    for (const Value &object : objects) {
        const std::string_view version = object["apiVersion"].stringOr();
        const std::size_t slash = version.find('/');
        const std::string key = keyOf(slash == std::string_view::npos ? std::string_view() : version.substr(0, slash),
            object["kind"].stringOr());
        m_byKind[key].push_back(&object);
        m_byName[key + " " + std::string(namespaceOf(object)) + "/" + std::string(nameOf(object))] = &object;
    }
}

const std::vector<const Value *> &AnalysisInput::all(std::string_view group, std::string_view kind) const
{
    static const std::vector<const Value *> none;
    const auto found = m_byKind.find(keyOf(group, kind));
    return found == m_byKind.end() ? none : found->second;
}

const Value *AnalysisInput::find(std::string_view group, std::string_view kind, std::string_view ns, std::string_view name) const
{
    const auto found = m_byName.find(keyOf(group, kind) + " " + std::string(ns) + "/" + std::string(name));
    return found == m_byName.end() ? nullptr : found->second;
}

void AnalysisOutput::add(std::string_view type, const Value &object, Text text, std::string path)
{
    const auto found
        = std::find_if(std::begin(types), std::end(types), [&](const AnalysisType &known) { return known.name == type; });
    if (found == std::end(types))
        return;
    AnalysisMessage message {found->name, found->code, found->severity,
        std::string(object["kind"].stringOr()) + " " + fullNameOf(object), std::move(path), std::move(text)};
    if (m_known
            .insert(
                std::string(message.name) + "\n" + message.object + "\n" + message.path + "\n" + message.text.plain())
            .second)
        m_messages.push_back(std::move(message));
}

std::vector<AnalysisMessage> AnalysisOutput::take()
{
    m_known.clear();
    return std::move(m_messages);
}

std::span<const Analyzer> istioAnalyzers()
{
    return all;
}

std::vector<AnalysisMessage> analyzeIstio(const AnalysisInput &input, std::string_view analyzer)
{
    AnalysisOutput output;
    for (const Analyzer &one : all) {
        if (analyzer.empty() || one.name == analyzer)
            one.run(input, output);
    }
    return output.take();
}

std::string_view nameOf(const Value &object)
{
    return object["metadata"]["name"].stringOr();
}

std::string_view namespaceOf(const Value &object)
{
    return object["metadata"]["namespace"].stringOr();
}

std::string fullNameOf(const Value &object)
{
    const std::string_view ns = namespaceOf(object);
    return (ns.empty() ? std::string() : std::string(ns) + "/") + std::string(nameOf(object));
}

bool selects(const Value &selector, const Value &labels)
{
    if (!selector.isMap())
        return true;
    return std::all_of(selector.asMap().begin(), selector.asMap().end(), [&](const auto &wanted) {
        const Value &label = labels[wanted.first];
        return !label.isNull() && label.stringOr() == wanted.second.stringOr();
    });
}

std::string selectorText(const Value &selector)
{
    std::string out;
    if (selector.isMap()) {
        for (const auto &[key, text] : selector.asMap())
            out.append(out.empty() ? "" : ",").append(key).append("=").append(text.stringOr());
    }
    return out;
}

HostIndex::HostIndex(const AnalysisInput &input)
{
    const auto add = [&](const std::string &scope, std::string_view ns, std::string_view host, const Entry &entry) {
        const std::string key = scope + "/" + fullHostOf(ns, host);
        m_entries[key] = entry;
        if (host.starts_with('*'))
            m_wildcards.push_back(key);
    };
    for (const Value *object : input.all("networking.istio.io", "ServiceEntry")) {
        const Value &spec = (*object)["spec"];
        const std::string ns(namespaceOf(*object));
        Entry entry;
        entry.selector = spec["workloadSelector"]["labels"];
        for (std::size_t i = 0; i < spec["ports"].size(); ++i)
            entry.ports.push_back(spec["ports"][i]["number"].intOr(0));
        for (std::size_t h = 0; h < spec["hosts"].size(); ++h) {
            const std::string_view host = spec["hosts"][h].stringOr();
            if (spec["exportTo"].size() == 0)
                add("*", ns, host, entry);
            for (std::size_t e = 0; e < spec["exportTo"].size(); ++e) {
                const std::string to(spec["exportTo"][e].stringOr());
                add(to == "." ? ns : to, ns, host, entry);
            }
        }
    }
    for (const Value *object : input.all("", "Service")) {
        const std::string ns(namespaceOf(*object));
        Entry entry;
        const Value &ports = (*object)["spec"]["ports"];
        for (std::size_t i = 0; i < ports.size(); ++i)
            entry.ports.push_back(ports[i]["port"].intOr(0));
        const std::string_view exported = (*object)["metadata"]["annotations"]["networking.istio.io/exportTo"].stringOr("*");
        for (std::size_t from = 0; from <= exported.size();) {
            const std::size_t comma = std::min(exported.find(',', from), exported.size());
            std::string to(exported.substr(from, comma - from));
            std::erase(to, ' ');
            add(to == "." ? ns : to, ns, nameOf(*object), entry);
            from = comma + 1;
        }
    }
}

const HostIndex::Entry *HostIndex::find(std::string_view ns, const Value &exportTo, std::string_view host) const
{
    const std::string full = fullHostOf(ns, host);
    const auto at = [&](std::string_view scope) -> const Entry * {
        const auto found = m_entries.find(std::string(scope) + "/" + full);
        return found == m_entries.end() ? nullptr : &found->second;
    };
    if (const Entry *entry = at("*"))
        return entry;
    if (exportTo.size() == 0) {
        if (const Entry *entry = at(ns))
            return entry;
    }
    for (std::size_t i = 0; i < exportTo.size(); ++i) {
        const std::string_view to = exportTo[i].stringOr();
        if (const Entry *entry = at(to == "." ? ns : to))
            return entry;
    }
    for (const std::string &key : m_wildcards) {
        const std::size_t slash = key.find('/');
        const std::string_view scope = std::string_view(key).substr(0, slash);
        const std::string_view suffix = std::string_view(key).substr(slash + 2);
        const std::string_view bare = host.starts_with('*') ? host.substr(1) : host;
        if ((scope == "*" || scope == ns) && bare.ends_with(suffix))
            return &m_entries.find(key)->second;
    }
    return nullptr;
}

} // namespace fairway::route
