#pragma once

#include "core/route/findings.h"
#include "core/value/value.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What `istioctl analyze` finds between objects, with its codes.
/// Source: Istio's pkg/config/analysis (analyzers and messages.yaml) as of 1.28.
namespace fairway::route {

/// One kind of message; the table is in istio_analysis.cpp.
struct AnalysisType {
    std::string_view name; ///< "ReferencedResourceNotFound"
    std::string_view code; ///< "IST0101"
    Severity severity = Severity::Warning;
};

struct AnalysisMessage {
    std::string_view name;
    std::string_view code;
    Severity severity = Severity::Warning;
    std::string object; ///< "Gateway istio-system/front"; without a namespace "Gateway front".
    std::string path;   ///< "spec.http[0].route[1].destination.host"; empty when it concerns the whole object.
    Text text;
    friend bool operator==(const AnalysisMessage &, const AnalysisMessage &) = default;
};

/// The objects by kind, for analyzers. Namespaces are as written.
class AnalysisInput {
public:
    /// The objects must outlive the input.
    explicit AnalysisInput(std::span<const value::Value> objects, value::Value meshConfig = {});

    /// `group` "" is Kubernetes' core; versions don't matter.
    [[nodiscard]] const std::vector<const value::Value *> &all(std::string_view group, std::string_view kind) const;
    [[nodiscard]] const value::Value *find(
        std::string_view group, std::string_view kind, std::string_view ns, std::string_view name) const;
    [[nodiscard]] const value::Value &meshConfig() const { return m_meshConfig; }

private:
    std::map<std::string, std::vector<const value::Value *>, std::less<>> m_byKind;
    std::map<std::string, const value::Value *, std::less<>> m_byName;
    value::Value m_meshConfig;
};

/// Takes messages in; the same one twice counts once.
class AnalysisOutput {
public:
    void add(std::string_view type, const value::Value &object, Text text, std::string path = {});
    [[nodiscard]] std::vector<AnalysisMessage> take();

private:
    std::vector<AnalysisMessage> m_messages;
    std::set<std::string> m_known;
};

struct Analyzer {
    std::string_view name; ///< "virtualservice.GatewayAnalyzer"
    void (*run)(const AnalysisInput &input, AnalysisOutput &output);
    bool isAboutRoutes = true; ///< False for what concerns workloads, injection and policies.
};
[[nodiscard]] std::span<const Analyzer> istioAnalyzers();

/// Runs one analyzer, or with an empty name all of them. Nothing for an unknown name.
[[nodiscard]] std::vector<AnalysisMessage> analyzeIstio(const AnalysisInput &input, std::string_view analyzer = {});

/// "default/reviews" of an object; just the name without a namespace.
[[nodiscard]] std::string fullNameOf(const value::Value &object);
[[nodiscard]] std::string_view nameOf(const value::Value &object);
[[nodiscard]] std::string_view namespaceOf(const value::Value &object);
/// Whether labels carry everything a selector map asks for; an empty selector takes all.
[[nodiscard]] bool selects(const value::Value &selector, const value::Value &labels);
/// "a=1,b=2"
[[nodiscard]] std::string selectorText(const value::Value &selector);

// --- the analyzers, by file ------------------------------------------------------------------------------------------------
namespace analyzers {
    void meshHosts(const AnalysisInput &input, AnalysisOutput &output);
    void destinationHosts(const AnalysisInput &input, AnalysisOutput &output);
    void destinationSubsets(const AnalysisInput &input, AnalysisOutput &output);
    void routeGateways(const AnalysisInput &input, AnalysisOutput &output);
    void claimRoutes(const AnalysisInput &input, AnalysisOutput &output);
    void subsetPods(const AnalysisInput &input, AnalysisOutput &output);
    void caCertificates(const AnalysisInput &input, AnalysisOutput &output);
    void gatewayPorts(const AnalysisInput &input, AnalysisOutput &output);
    void gatewayConflicts(const AnalysisInput &input, AnalysisOutput &output);
    void gatewayCertificates(const AnalysisInput &input, AnalysisOutput &output);
    void gatewaySecrets(const AnalysisInput &input, AnalysisOutput &output);
    void servicePortNames(const AnalysisInput &input, AnalysisOutput &output);
    void entryAddresses(const AnalysisInput &input, AnalysisOutput &output);
    void entryProtocols(const AnalysisInput &input, AnalysisOutput &output);
    void sidecarSelectors(const AnalysisInput &input, AnalysisOutput &output);
    void schema(const AnalysisInput &input, AnalysisOutput &output);
    void serviceAssociation(const AnalysisInput &input, AnalysisOutput &output);
    void applicationUid(const AnalysisInput &input, AnalysisOutput &output);
    void gatewayApiVersions(const AnalysisInput &input, AnalysisOutput &output);
    void gatewayApiSelectors(const AnalysisInput &input, AnalysisOutput &output);
    void deprecatedFields(const AnalysisInput &input, AnalysisOutput &output);
    void envoyPatches(const AnalysisInput &input, AnalysisOutput &output);
    void authorizationPolicies(const AnalysisInput &input, AnalysisOutput &output);
    void injection(const AnalysisInput &input, AnalysisOutput &output);
    void autoImages(const AnalysisInput &input, AnalysisOutput &output);
    void telemetryDefaults(const AnalysisInput &input, AnalysisOutput &output);
    void telemetrySelectors(const AnalysisInput &input, AnalysisOutput &output);
    void telemetryProviders(const AnalysisInput &input, AnalysisOutput &output);
    void conditions(const AnalysisInput &input, AnalysisOutput &output);
    void blockedRanges(const AnalysisInput &input, AnalysisOutput &output);
} // namespace analyzers

/// Services and ServiceEntries by the host that names them and the namespaces that see it. Internal to core/route.
class HostIndex {
public:
    explicit HostIndex(const AnalysisInput &input);
    /// The ports of the service a host means for an object of `ns` exported to `exportTo`; nullptr without one.
    struct Entry {
        std::vector<std::int64_t> ports;
        value::Value selector; ///< Of a ServiceEntry's workloads.
    };
    [[nodiscard]] const Entry *find(std::string_view ns, const value::Value &exportTo, std::string_view host) const;

private:
    std::map<std::string, Entry, std::less<>> m_entries; ///< "scope/host"
    std::vector<std::string> m_wildcards;
};

} // namespace fairway::route
