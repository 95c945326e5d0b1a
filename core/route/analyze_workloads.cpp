#include "core/route/istio_analysis.h"

#include "core/route/text_matcher.h"
#include "core/route/validation_report.h"

#include <algorithm>

namespace fairway::route::analyzers {
namespace {

    using value::Value;

    const Value *proxyOf(const Value &spec)
    {
        for (const char *list : {"containers", "initContainers"}) {
            for (std::size_t i = 0; i < spec[list].size(); ++i) {
                if (spec[list][i]["name"].stringOr() == "istio-proxy" && !spec[list][i]["image"].stringOr().empty())
                    return &spec[list][i];
            }
        }
        return nullptr;
    }

    bool isInMesh(const AnalysisInput &input, const Value &pod)
    {
        if (proxyOf(pod["spec"]) != nullptr)
            return true;
        for (const char *map : {"labels", "annotations"}) {
            const Value &inject = pod["metadata"][map]["sidecar.istio.io/inject"];
            if (!inject.isNull())
                return inject.stringOr() == "true";
        }
        const Value *ns = input.find("", "Namespace", "", namespaceOf(pod));
        return ns != nullptr && (*ns)["metadata"]["labels"]["istio-injection"].stringOr() == "enabled";
    }

    bool isAmbientPod(const Value &pod)
    {
        return pod["metadata"]["annotations"]["ambient.istio.io/redirection"].stringOr() == "enabled";
    }

    bool isAmbientNamespace(const Value *ns)
    {
        if (ns == nullptr)
            return false;
        const Value &labels = (*ns)["metadata"]["labels"];
        return labels["istio-injection"].stringOr() != "enabled" && labels["istio.io/rev"].stringOr().empty()
            && labels["istio.io/dataplane-mode"].stringOr() == "ambient";
    }

    bool namespaceMatches(std::string_view ns, std::string_view wanted)
    {
        if (wanted == "*")
            return true;
        if (wanted.starts_with('*'))
            return ns.ends_with(wanted.substr(1));
        if (wanted.ends_with('*'))
            return ns.starts_with(wanted.substr(0, wanted.size() - 1));
        return equalsIgnoringCase(ns, wanted);
    }

    /// Objects whose selectors take the same pods.
    void selectorConflicts(const AnalysisInput &input, AnalysisOutput &output, const std::vector<const Value *> &objects,
        std::string_view selectorField, std::string_view labelsField, std::string_view conflict)
    {
        std::map<const Value *, std::vector<const Value *>> byPod;
        for (const Value *object : objects) {
            const Value &selector = (*object)["spec"][selectorField][labelsField];
            if (selector.size() == 0)
                continue;
            bool hasPod = false;
            for (const Value *pod : input.all("", "Pod")) {
                if (namespaceOf(*pod) == namespaceOf(*object) && selects(selector, (*pod)["metadata"]["labels"])) {
                    hasPod = true;
                    byPod[pod].push_back(object);
                }
            }
            if (!hasPod)
                output.add("ReferencedResourceNotFound", *object,
                    phrase("route", "selector not found: \"%1\"").with(selectorText(selector)),
                    field("spec", selectorField));
        }
        for (const auto &[pod, selected] : byPod) {
            for (const Value *object : selected) {
                if (isAmbientPod(*pod) && conflict == "ConflictingSidecarWorkloadSelectors")
                    output.add(
                        "IneffectivePolicy", *object, phrase("route", "the selected workload is in ambient mode"));
                else if (selected.size() > 1)
                    output.add(conflict, *object,
                        phrase("route", "pod %1 is selected by several of them").with(fullNameOf(*pod)),
                        field("spec", selectorField));
            }
        }
    }

} // namespace

void sidecarSelectors(const AnalysisInput &input, AnalysisOutput &output)
{
    const std::vector<const Value *> &sidecars = input.all("networking.istio.io", "Sidecar");
    selectorConflicts(input, output, sidecars, "workloadSelector", "labels", "ConflictingSidecarWorkloadSelectors");
    std::map<std::string, std::vector<const Value *>> byNamespace;
    for (const Value *sidecar : sidecars) {
        if ((*sidecar)["spec"]["workloadSelector"]["labels"].size() == 0)
            byNamespace[std::string(namespaceOf(*sidecar))].push_back(sidecar);
    }
    for (const auto &[ns, list] : byNamespace) {
        const bool isAmbient = isAmbientNamespace(input.find("", "Namespace", "", ns));
        for (const Value *sidecar : list) {
            if (isAmbient)
                output.add("IneffectivePolicy", *sidecar, phrase("route", "the namespace is in ambient mode"));
            else if (list.size() > 1)
                output.add("MultipleSidecarsWithoutWorkloadSelectors", *sidecar,
                    phrase("route", "namespace %1 has several Sidecars without a selector").with(ns));
        }
    }
}

void deprecatedFields(const AnalysisInput &input, AnalysisOutput &output)
{
    for (const Value *object : input.all("networking.istio.io", "VirtualService")) {
        const Value &rules = (*object)["spec"]["http"];
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (rules[i]["fault"]["delay"]["percent"].intOr(0) > 0)
                output.add("Deprecated", *object, phrase("route", "fault.delay.percent is deprecated: use percentage"),
                    item("spec.http", i) + ".fault.delay.percent");
        }
    }
    for (const Value *object : input.all("networking.istio.io", "Sidecar")) {
        if (!(*object)["spec"]["outboundTrafficPolicy"]["egressProxy"].isNull())
            output.add("Deprecated", *object, phrase("route", "outboundTrafficPolicy.egressProxy is ignored"),
                "spec.outboundTrafficPolicy.egressProxy");
    }
    static constexpr std::string_view Removed[] = {"ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding"};
    for (const Value *object : input.all("apiextensions.k8s.io", "CustomResourceDefinition")) {
        const Value &spec = (*object)["spec"];
        const std::string_view kind = spec["names"]["kind"].stringOr();
        if (spec["group"].stringOr() == "rbac.istio.io" && std::find(std::begin(Removed), std::end(Removed), kind) != std::end(Removed))
            output.add("Deprecated", *object, phrase("route", "Istio no longer has the kind %1").with(kind));
    }
}

void envoyPatches(const AnalysisInput &input, AnalysisOutput &output)
{
    std::set<std::string> versioned; // names that a patch before bound to a version of the proxy
    for (const Value *object : input.all("networking.istio.io", "EnvoyFilter")) {
        const Value &spec = (*object)["spec"];
        const Value &patches = spec["configPatches"];
        for (std::size_t i = 0; i < patches.size(); ++i) {
            const Value &patch = patches[i]["patch"];
            if (patch.isNull())
                break;
            const std::string path = item("spec.configPatches", i);
            const std::string_view operation = patch["operation"].stringOr();
            const std::string_view target = patches[i]["applyTo"].stringOr();
            std::string name(patch["value"]["name"].stringOr());
            if (name.empty() && patch["value"].size() > 0)
                name = patches[i]["match"]["listener"]["filterChain"]["filter"]["name"].stringOr();
            const bool isRoute = target == "ROUTE_CONFIGURATION" || target == "HTTP_ROUTE";
            const auto relative = [&] {
                if (spec["priority"].intOr(0) == 0)
                    output.add(versioned.contains(name) ? "EnvoyFilterUsesRelativeOperationWithProxyVersion"
                                                        : "EnvoyFilterUsesRelativeOperation",
                        *object,
                        phrase("route", "a relative operation without a priority depends on the order of filters"),
                        path);
            };
            if (operation == "ADD" && isRoute)
                output.add("EnvoyFilterUsesAddOperationIncorrectly", *object,
                    phrase("route", "ADD is ignored for %1").with(target), path);
            else if (operation == "REMOVE" && isRoute)
                output.add("EnvoyFilterUsesRemoveOperationIncorrectly", *object,
                    phrase("route", "REMOVE is ignored for %1").with(target), path);
            else if (operation == "REPLACE" && target != "NETWORK_FILTER" && target != "HTTP_FILTER" && target != "VIRTUAL_HOST")
                output.add("EnvoyFilterUsesReplaceOperationIncorrectly", *object,
                    phrase("route", "REPLACE is for filters only"), path);
            else if (operation == "REMOVE" || operation == "REPLACE" || operation == "INSERT_BEFORE" || operation == "INSERT_AFTER")
                relative();
            if (!patches[i]["match"]["proxy"]["proxyVersion"].stringOr().empty())
                versioned.insert(name);
        }
    }
}

void authorizationPolicies(const AnalysisInput &input, AnalysisOutput &output)
{
    const std::string_view root = input.meshConfig()["rootNamespace"].stringOr("istio-system");
    for (const Value *policy : input.all("security.istio.io", "AuthorizationPolicy")) {
        const Value &spec = (*policy)["spec"];
        const Value &labels = spec["selector"]["matchLabels"];
        const bool isMeshWide = namespaceOf(*policy) == root;
        const std::vector<const Value *> &pods = input.all("", "Pod");
        const bool hasPod = std::any_of(pods.begin(), pods.end(), [&](const Value *pod) {
            return (isMeshWide || namespaceOf(*pod) == namespaceOf(*policy)) && (isInMesh(input, *pod) || isAmbientPod(*pod))
                && selects(labels, (*pod)["metadata"]["labels"]);
        });
        if (!hasPod && !(isMeshWide && spec["selector"].isNull()))
            output.add("NoMatchingWorkloadsFound", *policy,
                phrase("route", "no workload of the mesh has the labels %1").with(selectorText(labels)),
                "spec.selector");
        for (std::size_t r = 0; r < spec["rules"].size(); ++r) {
            const Value &from = spec["rules"][r]["from"];
            for (std::size_t f = 0; f < from.size(); ++f) {
                for (const char *key : {"namespaces", "notNamespaces"}) {
                    const Value &names = from[f]["source"][key];
                    for (std::size_t n = 0; n < names.size(); ++n) {
                        const std::string wanted(names[n].stringOr());
                        const std::vector<const Value *> &all = input.all("", "Namespace");
                        if (std::none_of(all.begin(), all.end(), [&](const Value *ns) { return namespaceMatches(nameOf(*ns), wanted); }))
                            output.add("ReferencedResourceNotFound", *policy,
                                phrase("route", "namespace not found: \"%1\"").with(wanted),
                                item("spec.rules", r) + "." + item("from", f) + ".source." + key);
                    }
                }
            }
        }
    }
}

void injection(const AnalysisInput &input, AnalysisOutput &output)
{
    std::set<std::string, std::less<>> injected;
    for (const Value *ns : input.all("", "Namespace")) {
        const Value &labels = (*ns)["metadata"]["labels"];
        if (nameOf(*ns) == "istio-system")
            continue;
        const Value &label = labels["istio-injection"];
        const bool mayCount = label.isNull() || label.stringOr() == "enabled";
        int count = label.isNull() ? 0 : 1;
        for (const char *key : {"istio.io/rev", "istio.io/dataplane-mode"})
            count += !labels[key].isNull() && mayCount ? 1 : 0;
        if (count > 1)
            output.add("NamespaceMultipleInjectionLabels", *ns,
                phrase("route", "its labels contradict each other about injection"));
        if (labels["istio.io/dataplane-mode"].stringOr() == "ambient")
            continue;
        if (label.stringOr().empty() && labels["istio.io/rev"].isNull()) {
            bool isDefault = false;
            for (const Value *map : input.all("", "ConfigMap")) {
                const std::string_view values = (*map)["data"]["values"].stringOr();
                isDefault = isDefault
                    || (nameOf(*map) == "istio-sidecar-injector" && values.find("\"enableNamespacesByDefault\": true") != std::string_view::npos);
            }
            output.add(isDefault ? "NamespaceInjectionEnabledByDefault" : "NamespaceNotInjected", *ns,
                phrase("route", "sidecars are not asked for by a label"));
        } else if (label.stringOr() == "enabled") {
            injected.insert(std::string(nameOf(*ns)));
        }
    }
    for (const Value *pod : input.all("", "Pod")) {
        if (!injected.contains(namespaceOf(*pod)) || (*pod)["spec"]["hostNetwork"].boolOr(false))
            continue;
        const Value &label = (*pod)["metadata"]["labels"]["sidecar.istio.io/inject"];
        const Value &wish = label.isNull() ? (*pod)["metadata"]["annotations"]["sidecar.istio.io/inject"] : label;
        if (!equalsIgnoringCase(wish.stringOr(), "false") && proxyOf((*pod)["spec"]) == nullptr)
            output.add(
                "PodMissingProxy", *pod, phrase("route", "it has no sidecar although its namespace injects them"));
    }
}

void autoImages(const AnalysisInput &input, AnalysisOutput &output)
{
    const auto isAuto = [](const Value &spec) {
        for (std::size_t i = 0; i < spec["containers"].size(); ++i) {
            if (spec["containers"][i]["name"].stringOr() == "istio-proxy" && spec["containers"][i]["image"].stringOr() == "auto")
                return true;
        }
        return false;
    };
    for (const Value *pod : input.all("", "Pod")) {
        if (isAuto((*pod)["spec"]))
            output.add("ImageAutoWithoutInjectionError", *pod,
                phrase("route", "image \"auto\" was not replaced: the pod can't start"));
    }
    for (const Value *deployment : input.all("apps", "Deployment")) {
        const Value &pod = (*deployment)["spec"]["template"];
        const std::string_view home = namespaceOf(*deployment);
        const Value *ns = input.find("", "Namespace", "", home.empty() ? "default" : home);
        bool isInjected = !isAuto(pod["spec"]);
        for (const Value *hooks : input.all("admissionregistration.k8s.io", "MutatingWebhookConfiguration")) {
            const Value &list = (*hooks)["webhooks"];
            for (std::size_t i = 0; i < list.size(); ++i) {
                const auto fits = [](const Value &selector, const Value &labels) {
                    if (!selects(selector["matchLabels"], labels))
                        return false;
                    const Value &expressions = selector["matchExpressions"];
                    for (std::size_t e = 0; e < expressions.size(); ++e) {
                        const Value &label = labels[expressions[e]["key"].stringOr()];
                        const std::string_view op = expressions[e]["operator"].stringOr();
                        bool isListed = false;
                        for (std::size_t v = 0; v < expressions[e]["values"].size(); ++v)
                            isListed = isListed || (!label.isNull() && label.stringOr() == expressions[e]["values"][v].stringOr());
                        const bool holds = op == "In" ? isListed : op == "NotIn" ? !isListed : op == "Exists" ? !label.isNull() : label.isNull();
                        if (!holds)
                            return false;
                    }
                    return true;
                };
                const Value none;
                isInjected = isInjected
                    || (list[i]["name"].stringOr().ends_with("istio.io") && fits(list[i]["namespaceSelector"], ns == nullptr ? none : (*ns)["metadata"]["labels"])
                        && fits(list[i]["objectSelector"], pod["metadata"]["labels"]));
            }
        }
        if (!isInjected)
            output.add("ImageAutoWithoutInjectionWarning", *deployment,
                phrase("route", "image \"auto\" is replaced by injection only, which does not reach it"));
    }
}

void telemetryDefaults(const AnalysisInput &input, AnalysisOutput &output)
{
    std::map<std::string, std::vector<const Value *>> byNamespace;
    for (const Value *object : input.all("telemetry.istio.io", "Telemetry")) {
        if ((*object)["spec"]["selector"].isNull())
            byNamespace[std::string(namespaceOf(*object))].push_back(object);
    }
    for (const auto &[ns, list] : byNamespace) {
        for (const Value *object : list) {
            if (list.size() > 1)
                output.add("MultipleTelemetriesWithoutWorkloadSelectors", *object,
                    phrase("route", "namespace %1 has several Telemetries without a selector").with(ns));
        }
    }
}

void telemetrySelectors(const AnalysisInput &input, AnalysisOutput &output)
{
    selectorConflicts(input, output, input.all("telemetry.istio.io", "Telemetry"), "selector", "matchLabels", "ConflictingTelemetryWorkloadSelectors");
}

void telemetryProviders(const AnalysisInput &input, AnalysisOutput &output)
{
    if (input.meshConfig()["defaultProviders"]["accessLogging"].size() > 0)
        return;
    for (const Value *object : input.all("telemetry.istio.io", "Telemetry")) {
        const Value &logs = (*object)["spec"]["accessLogging"];
        for (std::size_t i = 0; i < logs.size(); ++i) {
            if (!logs[i]["disabled"].boolOr(false) && logs[i]["providers"].size() == 0)
                output.add("InvalidTelemetryProvider", *object,
                    phrase("route", "access logging names no provider and there is no default one"),
                    item("spec.accessLogging", i));
        }
    }
}

void conditions(const AnalysisInput &input, AnalysisOutput &output)
{
    struct Watched {
        const char *group;
        const char *kind;
        std::vector<std::string_view> types;
    };
    const std::vector<std::string_view> waypoint {"istio.io/WaypointBound"};
    const std::vector<std::string_view> api {"Accepted", "Programmed", "ResolvedRefs"};
    const std::vector<Watched> all {{"", "Service", waypoint}, {"networking.istio.io", "ServiceEntry", waypoint},
        {"networking.istio.io", "WorkloadEntry", waypoint},
        {"security.istio.io", "AuthorizationPolicy", {"ZtunnelAccepted", "WaypointAccepted"}},
        {"gateway.networking.k8s.io", "Gateway", api}, {"gateway.networking.k8s.io", "HTTPRoute", api},
        {"gateway.networking.k8s.io", "GRPCRoute", api}};
    for (const Watched &watched : all) {
        for (const Value *object : input.all(watched.group, watched.kind)) {
            const auto check = [&](const Value &list) {
                for (std::size_t i = 0; i < list.size(); ++i) {
                    const std::string_view type = list[i]["type"].stringOr();
                    const bool isWatched = std::find(watched.types.begin(), watched.types.end(), type) != watched.types.end();
                    const bool isPartly = type == "WaypointAccepted" && list[i]["reason"].stringOr() == "PartiallyInvalid";
                    if ((isWatched && list[i]["status"].stringOr() == "False") || isPartly)
                        output.add("NegativeConditionStatus", *object,
                            phrase("route", "%1 is False: %2: %3")
                                .with(type, list[i]["reason"].stringOr(), list[i]["message"].stringOr()),
                            "status");
                }
            };
            check((*object)["status"]["conditions"]);
            const Value &parents = (*object)["status"]["parents"];
            for (std::size_t i = 0; i < parents.size(); ++i)
                check(parents[i]["conditions"]);
        }
    }
}

void blockedRanges(const AnalysisInput &input, AnalysisOutput &output)
{
    if (input.all("security.istio.io", "RequestAuthentication").empty())
        return;
    for (const Value *deployment : input.all("apps", "Deployment")) {
        if ((*deployment)["metadata"]["labels"]["app"].stringOr() != "istiod")
            continue;
        bool isBlocked = false;
        const Value &containers = (*deployment)["spec"]["template"]["spec"]["containers"];
        for (std::size_t c = 0; c < containers.size(); ++c) {
            const Value &env = containers[c]["env"];
            for (std::size_t e = 0; e < env.size(); ++e)
                isBlocked = isBlocked || (env[e]["name"].stringOr() == "BLOCKED_CIDRS_IN_JWKS_URIS" && !env[e]["value"].stringOr().empty());
        }
        if (!isBlocked)
            output.add("JwksUriFetchUnrestricted", *deployment,
                phrase("route",
                    "istiod fetches keys from any address a RequestAuthentication names: set "
                    "BLOCKED_CIDRS_IN_JWKS_URIS"));
    }
}

} // namespace fairway::route::analyzers
