#include "core/lab/resource_type.h"

#include <algorithm>

namespace fairway::lab {

const ResourceVersion *ResourceType::version(std::string_view name) const
{
    for (const ResourceVersion &candidate : versions) {
        if (candidate.name == name)
            return &candidate;
    }
    return nullptr;
}

bool ResourceType::allows(std::string_view verb) const
{
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

std::string ResourceType::groupVersion(std::string_view version) const
{
    return group.empty() ? std::string(version) : group + "/" + std::string(version);
}

namespace {

enum Trait : unsigned { None = 0, Cluster = 1, Status = 2, Scale = 4, All = 8, NoCollection = 16 };

std::vector<std::string> words(std::string_view text)
{
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        result.emplace_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return result;
}

struct Row {
    std::string_view group;
    std::string_view versions;
    std::string_view kind;
    std::string_view plural;
    std::string_view shortNames;
    unsigned traits;
};

constexpr Row Rows[] = {
    {"", "v1", "ConfigMap", "configmaps", "cm", None},
    {"", "v1", "Endpoints", "endpoints", "ep", None},
    {"", "v1", "Event", "events", "ev", None},
    {"", "v1", "LimitRange", "limitranges", "limits", None},
    {"", "v1", "Namespace", "namespaces", "ns", Cluster | Status | NoCollection},
    {"", "v1", "Node", "nodes", "no", Cluster | Status},
    {"", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc", Status},
    {"", "v1", "PersistentVolume", "persistentvolumes", "pv", Cluster | Status},
    {"", "v1", "Pod", "pods", "po", Status | All},
    {"", "v1", "ReplicationController", "replicationcontrollers", "rc", Status | Scale | All},
    {"", "v1", "ResourceQuota", "resourcequotas", "quota", Status},
    {"", "v1", "Secret", "secrets", "", None},
    {"", "v1", "ServiceAccount", "serviceaccounts", "sa", None},
    {"", "v1", "Service", "services", "svc", Status | All},
    {"apps", "v1", "ControllerRevision", "controllerrevisions", "", None},
    {"apps", "v1", "DaemonSet", "daemonsets", "ds", Status | All},
    {"apps", "v1", "Deployment", "deployments", "deploy", Status | Scale | All},
    {"apps", "v1", "ReplicaSet", "replicasets", "rs", Status | Scale | All},
    {"apps", "v1", "StatefulSet", "statefulsets", "sts", Status | Scale | All},
    {"autoscaling", "v2,v1", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa", Status | All},
    {"batch", "v1", "CronJob", "cronjobs", "cj", Status | All},
    {"batch", "v1", "Job", "jobs", "", Status | All},
    {"networking.k8s.io", "v1", "IngressClass", "ingressclasses", "", Cluster},
    {"networking.k8s.io", "v1", "Ingress", "ingresses", "ing", Status},
    {"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", "netpol", None},
    {"policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb", Status},
    {"rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", "", Cluster},
    {"rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", "", Cluster},
    {"rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", "", None},
    {"rbac.authorization.k8s.io", "v1", "Role", "roles", "", None},
    {"storage.k8s.io", "v1", "StorageClass", "storageclasses", "sc", Cluster},
    {"admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "", Cluster},
    {"admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "", Cluster},
    {"apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", "crd,crds", Cluster | Status},
    {"scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", "pc", Cluster},
    {"coordination.k8s.io", "v1", "Lease", "leases", "", None},
    {"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "", None},
};

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

ResourceTypePtr fromRow(const Row &row)
{
    auto type = std::make_shared<ResourceType>();
    type->group = row.group;
    for (std::string &name : words(row.versions))
        type->versions.push_back({std::move(name), {}, {}});
    type->kind = row.kind;
    type->listKind = std::string(row.kind) + "List";
    type->plural = row.plural;
    type->singular = lowered(row.kind);
    type->shortNames = words(row.shortNames);
    if (row.traits & All)
        type->categories = {"all"};
    if (row.plural == "customresourcedefinitions")
        type->categories = {"api-extensions"};
    type->verbs = {"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"};
    if (row.traits & NoCollection)
        type->verbs.erase(type->verbs.begin() + 2);
    type->isNamespaced = !(row.traits & Cluster);
    type->hasStatus = (row.traits & Status) != 0;
    type->hasScale = (row.traits & Scale) != 0;
    return type;
}

} // namespace

std::vector<ResourceTypePtr> builtinTypes()
{
    std::vector<ResourceTypePtr> types;
    for (const Row &row : Rows)
        types.push_back(fromRow(row));
    return types;
}

} // namespace fairway::lab
