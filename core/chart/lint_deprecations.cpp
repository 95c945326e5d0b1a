#include "core/chart/lint_rules.h"

#include <charconv>

namespace fairway::chart {

namespace {

struct Deprecation {
    std::string_view apiVersion;
    std::string_view kind;
    int deprecatedMinor = 0; ///< Of Kubernetes 1.
    int removedMinor = 0;    ///< 0: not said.
    std::string_view replacement;
    bool hasList = false; ///< The kind's list is deprecated in the same way.
};

/// The life cycles k8s.io/api 0.35 states.
constexpr Deprecation deprecations[] = {
    {"admission.k8s.io/v1beta1", "AdmissionReview", 19, 22, "admission.k8s.io/v1 AdmissionReview", false},
    {"admissionregistration.k8s.io/v1alpha1", "MutatingAdmissionPolicy", 35, 38, "", true},
    {"admissionregistration.k8s.io/v1alpha1", "MutatingAdmissionPolicyBinding", 35, 38, "", true},
    {"admissionregistration.k8s.io/v1alpha1", "ValidatingAdmissionPolicy", 29, 32, "", true},
    {"admissionregistration.k8s.io/v1alpha1", "ValidatingAdmissionPolicyBinding", 29, 32, "", true},
    {"admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicy", 37, 40, "", true},
    {"admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicyBinding", 37, 40, "", true},
    {"admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration", 16, 22, "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration", true},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicy", 31, 34, "", true},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicyBinding", 31, 34, "", true},
    {"admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration", 16, 22, "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration", true},
    {"apidiscovery.k8s.io/v2beta1", "APIGroupDiscovery", 32, 35, "", true},
    {"apps/v1beta1", "ControllerRevision", 8, 16, "apps/v1 ControllerRevision", true},
    {"apps/v1beta1", "Deployment", 8, 16, "apps/v1 Deployment", true},
    {"apps/v1beta1", "DeploymentRollback", 8, 16, "apps/v1 DeploymentRollback", false},
    {"apps/v1beta1", "Scale", 8, 16, "autoscaling/v1 Scale", false},
    {"apps/v1beta1", "StatefulSet", 8, 16, "apps/v1 StatefulSet", true},
    {"apps/v1beta2", "ControllerRevision", 9, 16, "apps/v1 ControllerRevision", true},
    {"apps/v1beta2", "DaemonSet", 9, 16, "apps/v1 DaemonSet", true},
    {"apps/v1beta2", "Deployment", 9, 16, "apps/v1 Deployment", true},
    {"apps/v1beta2", "ReplicaSet", 9, 16, "apps/v1 ReplicaSet", true},
    {"apps/v1beta2", "Scale", 9, 16, "autoscaling/v1 Scale", false},
    {"apps/v1beta2", "StatefulSet", 9, 16, "apps/v1 StatefulSet", true},
    {"authentication.k8s.io/v1alpha1", "SelfSubjectReview", 29, 32, "", false},
    {"authentication.k8s.io/v1beta1", "SelfSubjectReview", 30, 33, "", false},
    {"authentication.k8s.io/v1beta1", "TokenReview", 19, 22, "authentication.k8s.io/v1 TokenReview", false},
    {"authorization.k8s.io/v1beta1", "LocalSubjectAccessReview", 19, 22, "authorization.k8s.io/v1 LocalSubjectAccessReview", false},
    {"authorization.k8s.io/v1beta1", "SelfSubjectAccessReview", 19, 22, "authorization.k8s.io/v1 SelfSubjectAccessReview", false},
    {"authorization.k8s.io/v1beta1", "SelfSubjectRulesReview", 19, 22, "authorization.k8s.io/v1 SelfSubjectRulesReview", false},
    {"authorization.k8s.io/v1beta1", "SubjectAccessReview", 19, 22, "authorization.k8s.io/v1 SubjectAccessReview", false},
    {"autoscaling/v2beta1", "HorizontalPodAutoscaler", 22, 25, "autoscaling/v2 HorizontalPodAutoscaler", false},
    {"autoscaling/v2beta1", "HorizontalPodAutoscalerList", 22, 25, "autoscaling/v2beta2 HorizontalPodAutoscalerList", false},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", 23, 26, "autoscaling/v2 HorizontalPodAutoscaler", false},
    {"autoscaling/v2beta2", "HorizontalPodAutoscalerList", 22, 25, "", false},
    {"batch/v1beta1", "CronJob", 21, 25, "batch/v1 CronJob", true},
    {"certificates.k8s.io/v1alpha1", "ClusterTrustBundle", 34, 37, "", true},
    {"certificates.k8s.io/v1beta1", "CertificateSigningRequest", 19, 22, "certificates.k8s.io/v1 CertificateSigningRequest", true},
    {"certificates.k8s.io/v1beta1", "ClusterTrustBundle", 36, 39, "", true},
    {"certificates.k8s.io/v1beta1", "PodCertificateRequest", 38, 41, "", true},
    {"coordination.k8s.io/v1alpha2", "LeaseCandidate", 35, 38, "", true},
    {"coordination.k8s.io/v1beta1", "Lease", 19, 22, "coordination.k8s.io/v1 Lease", true},
    {"coordination.k8s.io/v1beta1", "LeaseCandidate", 36, 39, "", true},
    {"discovery.k8s.io/v1beta1", "EndpointSlice", 21, 25, "discovery.k8s.io/v1 EndpointSlice", false},
    {"discovery.k8s.io/v1beta1", "EndpointSliceList", 21, 25, "discovery.k8s.io/v1 EndpointSlice", false},
    {"events.k8s.io/v1beta1", "Event", 22, 25, "", true},
    {"extensions/v1beta1", "DaemonSet", 8, 16, "apps/v1 DaemonSet", true},
    {"extensions/v1beta1", "Deployment", 8, 16, "apps/v1 Deployment", true},
    {"extensions/v1beta1", "DeploymentRollback", 8, 16, "", false},
    {"extensions/v1beta1", "Ingress", 14, 22, "networking.k8s.io/v1 Ingress", true},
    {"extensions/v1beta1", "NetworkPolicy", 9, 16, "networking.k8s.io/v1 NetworkPolicy", true},
    {"extensions/v1beta1", "ReplicaSet", 8, 16, "apps/v1 ReplicaSet", true},
    {"extensions/v1beta1", "Scale", 2, 16, "", false},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", 23, 26, "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema", true},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "PriorityLevelConfiguration", 23, 26, "flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration", true},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", 26, 29, "flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema", true},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "PriorityLevelConfiguration", 26, 29, "flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration", true},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", 29, 32, "flowcontrol.apiserver.k8s.io/v1 FlowSchema", true},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration", 29, 32, "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration", true},
    {"networking.k8s.io/v1beta1", "IPAddress", 34, 37, "", true},
    {"networking.k8s.io/v1beta1", "Ingress", 19, 22, "networking.k8s.io/v1 Ingress", true},
    {"networking.k8s.io/v1beta1", "IngressClass", 19, 22, "networking.k8s.io/v1 IngressClassList", false},
    {"networking.k8s.io/v1beta1", "IngressClassList", 19, 22, "networking.k8s.io/v1 IngressClassList", false},
    {"networking.k8s.io/v1beta1", "ServiceCIDR", 34, 37, "", true},
    {"node.k8s.io/v1beta1", "RuntimeClass", 22, 25, "", true},
    {"policy/v1beta1", "Eviction", 22, 25, "", false},
    {"policy/v1beta1", "PodDisruptionBudget", 21, 25, "policy/v1 PodDisruptionBudget", true},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRole", 17, 22, "rbac.authorization.k8s.io/v1 ClusterRole", true},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding", 17, 22, "rbac.authorization.k8s.io/v1 ClusterRoleBinding", true},
    {"rbac.authorization.k8s.io/v1beta1", "Role", 17, 22, "rbac.authorization.k8s.io/v1 Role", true},
    {"rbac.authorization.k8s.io/v1beta1", "RoleBinding", 17, 22, "rbac.authorization.k8s.io/v1 RoleBinding", true},
    {"resource.k8s.io/v1alpha3", "DeviceTaintRule", 36, 39, "", true},
    {"resource.k8s.io/v1beta1", "DeviceClass", 35, 38, "", true},
    {"resource.k8s.io/v1beta1", "ResourceClaim", 35, 38, "", true},
    {"resource.k8s.io/v1beta1", "ResourceClaimTemplate", 35, 38, "", true},
    {"resource.k8s.io/v1beta1", "ResourceSlice", 35, 38, "", true},
    {"resource.k8s.io/v1beta2", "DeviceClass", 36, 39, "", true},
    {"resource.k8s.io/v1beta2", "ResourceClaim", 36, 39, "", true},
    {"resource.k8s.io/v1beta2", "ResourceClaimTemplate", 36, 39, "", true},
    {"resource.k8s.io/v1beta2", "ResourceSlice", 36, 39, "", true},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", 14, 22, "scheduling.k8s.io/v1 PriorityClass", true},
    {"storage.k8s.io/v1alpha1", "CSIStorageCapacity", 21, 24, "storage.k8s.io/v1beta1 CSIStorageCapacity", true},
    {"storage.k8s.io/v1alpha1", "VolumeAttachment", 21, 24, "storage.k8s.io/v1 VolumeAttachment", true},
    {"storage.k8s.io/v1alpha1", "VolumeAttributesClass", 32, 35, "storage.k8s.io/v1 VolumeAttributesClass", true},
    {"storage.k8s.io/v1beta1", "CSIDriver", 19, 22, "storage.k8s.io/v1 CSIDriver", true},
    {"storage.k8s.io/v1beta1", "CSINode", 17, 22, "storage.k8s.io/v1 CSINode", false},
    {"storage.k8s.io/v1beta1", "CSINodeList", 17, 22, "storage.k8s.io/v1 CSINode", false},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacity", 24, 27, "storage.k8s.io/v1 CSIStorageCapacity", true},
    {"storage.k8s.io/v1beta1", "StorageClass", 19, 22, "storage.k8s.io/v1 StorageClass", true},
    {"storage.k8s.io/v1beta1", "VolumeAttachment", 19, 22, "storage.k8s.io/v1 VolumeAttachment", true},
    {"storage.k8s.io/v1beta1", "VolumeAttributesClass", 34, 37, "storage.k8s.io/v1 VolumeAttributesClass", true},
    {"storagemigration.k8s.io/v1beta1", "StorageVersionMigration", 38, 41, "", true},
};

int numberOf(std::string_view text)
{
    int number = 0;
    (void)std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

std::string deprecationOf(std::string_view apiVersion, std::string_view kind, const KubeVersion &kube)
{
    for (const Deprecation &row : deprecations) {
        const bool isList = row.hasList && kind.size() == row.kind.size() + 4 && kind.starts_with(row.kind) && kind.ends_with("List");
        if (row.apiVersion != apiVersion || (row.kind != kind && !isList))
            continue;
        if (numberOf(kube.major) < 1 || (numberOf(kube.major) == 1 && numberOf(kube.minor) < row.deprecatedMinor))
            return {};
        std::string text = std::string(apiVersion) + " " + std::string(kind) + " is deprecated in v1." + std::to_string(row.deprecatedMinor) + "+";
        if (row.removedMinor != 0)
            text += ", unavailable in v1." + std::to_string(row.removedMinor) + "+";
        if (!row.replacement.empty())
            text += "; use " + std::string(row.replacement) + (isList ? "List" : "");
        return text;
    }
    return {};
}

} // namespace fairway::chart
