#include "core/lab/protobuf_reader.h"

// Field numbers of the Kubernetes API's messages, as its published .proto files give them: a message a line (continued by
// lines that begin with a blank), its fields as name:number:type. Left out: status, which clients do not write, and kinds
// of volumes that a practice cluster has no use for.
//
// Types: s string, b bool, i integer, d double, y bytes (base64 in JSON), T Time, M MicroTime, I IntOrString, Q Quantity,
// J JSON in bytes, L list of strings in a message, .Name a message, <.Name a message whose fields stand in the outer
// one; * in front repeats, { in front is a map from strings.

namespace fairway::lab {

std::string_view protobufSchema()
{
    return R"(
Namespace metadata:1:.ObjectMeta spec:2:.NamespaceSpec
ObjectMeta name:1:s generateName:2:s namespace:3:s uid:5:s resourceVersion:6:s generation:7:i
 creationTimestamp:8:T deletionTimestamp:9:T deletionGracePeriodSeconds:10:i labels:11:{s annotations:12:{s
 ownerReferences:13:*.OwnerReference finalizers:14:*s
OwnerReference apiVersion:5:s kind:1:s name:3:s uid:4:s controller:6:b blockOwnerDeletion:7:b
NamespaceSpec finalizers:1:*s
ConfigMap metadata:1:.ObjectMeta immutable:4:b data:2:{s binaryData:3:{y
Secret metadata:1:.ObjectMeta immutable:5:b data:2:{y stringData:4:{s type:3:s
ServiceAccount metadata:1:.ObjectMeta secrets:2:*.ObjectReference imagePullSecrets:3:*.LocalObjectReference
 automountServiceAccountToken:4:b
ObjectReference kind:1:s namespace:2:s name:3:s uid:4:s apiVersion:5:s resourceVersion:6:s fieldPath:7:s
LocalObjectReference name:1:s
Service metadata:1:.ObjectMeta spec:2:.ServiceSpec
ServiceSpec ports:1:*.ServicePort selector:2:{s clusterIP:3:s clusterIPs:18:*s type:4:s externalIPs:5:*s
 sessionAffinity:7:s loadBalancerIP:8:s loadBalancerSourceRanges:9:*s externalName:10:s
 externalTrafficPolicy:11:s healthCheckNodePort:12:i publishNotReadyAddresses:13:b
 sessionAffinityConfig:14:.SessionAffinityConfig ipFamilies:19:*s ipFamilyPolicy:17:s
 allocateLoadBalancerNodePorts:20:b loadBalancerClass:21:s internalTrafficPolicy:22:s trafficDistribution:23:s
ServicePort name:1:s protocol:2:s appProtocol:6:s port:3:i targetPort:4:I nodePort:5:i
SessionAffinityConfig clientIP:1:.ClientIPConfig
ClientIPConfig timeoutSeconds:1:i
Pod metadata:1:.ObjectMeta spec:2:.PodSpec
PodSpec volumes:1:*.Volume initContainers:20:*.Container containers:2:*.Container restartPolicy:3:s
 terminationGracePeriodSeconds:4:i activeDeadlineSeconds:5:i dnsPolicy:6:s nodeSelector:7:{s
 serviceAccountName:8:s serviceAccount:9:s automountServiceAccountToken:21:b nodeName:10:s hostNetwork:11:b
 hostPID:12:b hostIPC:13:b shareProcessNamespace:27:b securityContext:14:.PodSecurityContext
 imagePullSecrets:15:*.LocalObjectReference hostname:16:s subdomain:17:s affinity:18:.Affinity
 schedulerName:19:s tolerations:22:*.Toleration hostAliases:23:*.HostAlias priorityClassName:24:s
 priority:25:i dnsConfig:26:.PodDNSConfig readinessGates:28:*.PodReadinessGate runtimeClassName:29:s
 enableServiceLinks:30:b preemptionPolicy:31:s overhead:32:{Q
 topologySpreadConstraints:33:*.TopologySpreadConstraint setHostnameAsFQDN:35:b os:36:.PodOS hostUsers:37:b
 schedulingGates:38:*.PodSchedulingGate resources:40:.ResourceRequirements hostnameOverride:41:s
 schedulingGroup:43:.PodSchedulingGroup evictionResponders:44:*.EvictionResponder
Volume name:1:s volumeSource:2:<.VolumeSource
VolumeSource hostPath:1:.HostPathVolumeSource emptyDir:2:.EmptyDirVolumeSource secret:6:.SecretVolumeSource
 nfs:7:.NFSVolumeSource persistentVolumeClaim:10:.PersistentVolumeClaimVolumeSource
 downwardAPI:16:.DownwardAPIVolumeSource configMap:19:.ConfigMapVolumeSource
 projected:26:.ProjectedVolumeSource csi:28:.CSIVolumeSource ephemeral:29:.EphemeralVolumeSource
 image:30:.ImageVolumeSource
HostPathVolumeSource path:1:s type:2:s
EmptyDirVolumeSource medium:1:s sizeLimit:2:Q mode:3:i
SecretVolumeSource secretName:1:s items:2:*.KeyToPath defaultMode:3:i optional:4:b defaultUser:5:i
KeyToPath key:1:s path:2:s mode:3:i user:4:i
NFSVolumeSource server:1:s path:2:s readOnly:3:b
PersistentVolumeClaimVolumeSource claimName:1:s readOnly:2:b
DownwardAPIVolumeSource items:1:*.DownwardAPIVolumeFile defaultMode:2:i defaultUser:3:i
DownwardAPIVolumeFile path:1:s fieldRef:2:.ObjectFieldSelector resourceFieldRef:3:.ResourceFieldSelector
 mode:4:i user:5:i
ObjectFieldSelector apiVersion:1:s fieldPath:2:s
ResourceFieldSelector containerName:1:s resource:2:s divisor:3:Q
ConfigMapVolumeSource localObjectReference:1:<.LocalObjectReference items:2:*.KeyToPath defaultMode:3:i
 optional:4:b defaultUser:5:i
ProjectedVolumeSource sources:1:*.VolumeProjection defaultMode:2:i defaultUser:3:i
VolumeProjection secret:1:.SecretProjection downwardAPI:2:L configMap:3:.ConfigMapProjection
 serviceAccountToken:4:.ServiceAccountTokenProjection clusterTrustBundle:5:.ClusterTrustBundleProjection
 podCertificate:6:.PodCertificateProjection
SecretProjection localObjectReference:1:<.LocalObjectReference items:2:*.KeyToPath optional:4:b
ConfigMapProjection localObjectReference:1:<.LocalObjectReference items:2:*.KeyToPath optional:4:b
ServiceAccountTokenProjection audience:1:s expirationSeconds:2:i path:3:s user:4:i
ClusterTrustBundleProjection name:1:s signerName:2:s labelSelector:3:.LabelSelector optional:5:b path:4:s
 user:6:i
LabelSelector matchLabels:1:{s matchExpressions:2:*.LabelSelectorRequirement
LabelSelectorRequirement key:1:s operator:2:s values:3:*s
PodCertificateProjection signerName:1:s keyType:2:s maxExpirationSeconds:3:i credentialBundlePath:4:s
 keyPath:5:s certificateChainPath:6:s userAnnotations:7:{s user:8:i
CSIVolumeSource driver:1:s readOnly:2:b fsType:3:s volumeAttributes:4:{s
 nodePublishSecretRef:5:.LocalObjectReference
EphemeralVolumeSource volumeClaimTemplate:1:.PersistentVolumeClaimTemplate
PersistentVolumeClaimTemplate metadata:1:.ObjectMeta spec:2:.PersistentVolumeClaimSpec
PersistentVolumeClaimSpec accessModes:1:*s selector:4:.LabelSelector resources:2:.VolumeResourceRequirements
 volumeName:3:s storageClassName:5:s volumeMode:6:s dataSource:7:.TypedLocalObjectReference
 dataSourceRef:8:.TypedObjectReference volumeAttributesClassName:9:s
VolumeResourceRequirements limits:1:{Q requests:2:{Q
TypedLocalObjectReference apiGroup:1:s kind:2:s name:3:s
TypedObjectReference apiGroup:1:s kind:2:s name:3:s namespace:4:s
ImageVolumeSource reference:1:s pullPolicy:2:s
Container name:1:s image:2:s command:3:*s args:4:*s workingDir:5:s ports:6:*.ContainerPort
 envFrom:19:*.EnvFromSource env:7:*.EnvVar resources:8:.ResourceRequirements
 resizePolicy:23:*.ContainerResizePolicy restartPolicy:24:s restartPolicyRules:25:*.ContainerRestartRule
 volumeMounts:9:*.VolumeMount volumeDevices:21:*.VolumeDevice livenessProbe:10:.Probe readinessProbe:11:.Probe
 startupProbe:22:.Probe terminationMessagePath:13:s terminationMessagePolicy:20:s imagePullPolicy:14:s
 securityContext:15:.SecurityContext stdin:16:b stdinOnce:17:b tty:18:b
ContainerPort name:1:s hostPort:2:i containerPort:3:i protocol:4:s hostIP:5:s
EnvFromSource prefix:1:s configMapRef:2:.ConfigMapEnvSource secretRef:3:.SecretEnvSource
ConfigMapEnvSource localObjectReference:1:<.LocalObjectReference optional:2:b
SecretEnvSource localObjectReference:1:<.LocalObjectReference optional:2:b
EnvVar name:1:s value:2:s valueFrom:3:.EnvVarSource
EnvVarSource fieldRef:1:.ObjectFieldSelector resourceFieldRef:2:.ResourceFieldSelector
 configMapKeyRef:3:.ConfigMapKeySelector secretKeyRef:4:.SecretKeySelector fileKeyRef:5:.FileKeySelector
ConfigMapKeySelector localObjectReference:1:<.LocalObjectReference key:2:s optional:3:b
SecretKeySelector localObjectReference:1:<.LocalObjectReference key:2:s optional:3:b
FileKeySelector volumeName:1:s path:2:s key:3:s optional:4:b
ResourceRequirements limits:1:{Q requests:2:{Q claims:3:*.ResourceClaim
ResourceClaim name:1:s request:2:s
ContainerResizePolicy resourceName:1:s restartPolicy:2:s
ContainerRestartRule action:1:s exitCodes:2:.ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator:1:s values:2:*i
VolumeMount name:1:s readOnly:2:b recursiveReadOnly:7:s mountPath:3:s subPath:4:s mountPropagation:5:s
 subPathExpr:6:s bindMountOptions:8:*s
VolumeDevice name:1:s devicePath:2:s
Probe handler:1:<.ProbeHandler initialDelaySeconds:2:i timeoutSeconds:3:i periodSeconds:4:i
 successThreshold:5:i failureThreshold:6:i terminationGracePeriodSeconds:7:i
ProbeHandler exec:1:.ExecAction httpGet:2:.HTTPGetAction tcpSocket:3:.TCPSocketAction grpc:4:.GRPCAction
ExecAction command:1:*s
HTTPGetAction path:1:s port:2:I host:3:s scheme:4:s httpHeaders:5:*.HTTPHeader protocol:6:s
HTTPHeader name:1:s value:2:s
TCPSocketAction port:1:I host:2:s
GRPCAction port:1:i service:2:s mode:3:s
SecurityContext capabilities:1:.Capabilities privileged:2:b seLinuxOptions:3:.SELinuxOptions runAsUser:4:i
 runAsGroup:8:i runAsNonRoot:5:b readOnlyRootFilesystem:6:b allowPrivilegeEscalation:7:b procMount:9:s
 seccompProfile:11:.SeccompProfile appArmorProfile:12:.AppArmorProfile
Capabilities add:1:*s drop:2:*s
SELinuxOptions user:1:s role:2:s type:3:s level:4:s
SeccompProfile type:1:s localhostProfile:2:s
AppArmorProfile type:1:s localhostProfile:2:s
PodSecurityContext seLinuxOptions:1:.SELinuxOptions runAsUser:2:i runAsGroup:6:i runAsNonRoot:3:b
 supplementalGroups:4:*i supplementalGroupsPolicy:12:s fsGroup:5:i sysctls:7:*.Sysctl fsGroupChangePolicy:9:s
 seccompProfile:10:.SeccompProfile appArmorProfile:11:.AppArmorProfile seLinuxChangePolicy:13:s
Sysctl name:1:s value:2:s
Affinity nodeAffinity:1:.NodeAffinity podAffinity:2:.PodAffinity podAntiAffinity:3:.PodAntiAffinity
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:1:.NodeSelector
 preferredDuringSchedulingIgnoredDuringExecution:2:*.PreferredSchedulingTerm
NodeSelector nodeSelectorTerms:1:*.NodeSelectorTerm
NodeSelectorTerm matchExpressions:1:*.NodeSelectorRequirement matchFields:2:*.NodeSelectorRequirement
NodeSelectorRequirement key:1:s operator:2:s values:3:*s
PreferredSchedulingTerm weight:1:i preference:2:.NodeSelectorTerm
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:1:*.PodAffinityTerm
 preferredDuringSchedulingIgnoredDuringExecution:2:*.WeightedPodAffinityTerm
PodAffinityTerm labelSelector:1:.LabelSelector namespaces:2:*s topologyKey:3:s
 namespaceSelector:4:.LabelSelector matchLabelKeys:5:*s mismatchLabelKeys:6:*s
WeightedPodAffinityTerm weight:1:i podAffinityTerm:2:.PodAffinityTerm
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:1:*.PodAffinityTerm
 preferredDuringSchedulingIgnoredDuringExecution:2:*.WeightedPodAffinityTerm
Toleration key:1:s operator:2:s value:3:s effect:4:s tolerationSeconds:5:i
HostAlias ip:1:s hostnames:2:*s
PodDNSConfig nameservers:1:*s searches:2:*s options:3:*.PodDNSConfigOption
PodDNSConfigOption name:1:s value:2:s
PodReadinessGate conditionType:1:s
TopologySpreadConstraint maxSkew:1:i topologyKey:2:s whenUnsatisfiable:3:s labelSelector:4:.LabelSelector
 minDomains:5:i nodeAffinityPolicy:6:s nodeTaintsPolicy:7:s matchLabelKeys:8:*s
PodOS name:1:s
PodSchedulingGate name:1:s
PodSchedulingGroup podGroupName:1:s
EvictionResponder name:1:s priority:2:i
Event metadata:1:.ObjectMeta involvedObject:2:.ObjectReference reason:3:s message:4:s source:5:.EventSource
 firstTimestamp:6:T lastTimestamp:7:T count:8:i type:9:s eventTime:10:M series:11:.EventSeries action:12:s
 related:13:.ObjectReference reportingComponent:14:s reportingInstance:15:s
EventSource component:1:s host:2:s
EventSeries count:1:i lastObservedTime:2:M
PersistentVolumeClaim metadata:1:.ObjectMeta spec:2:.PersistentVolumeClaimSpec
Deployment metadata:1:.ObjectMeta spec:2:.DeploymentSpec
DeploymentSpec replicas:1:i selector:2:.LabelSelector template:3:.PodTemplateSpec
 strategy:4:.DeploymentStrategy minReadySeconds:5:i revisionHistoryLimit:6:i paused:7:b
 progressDeadlineSeconds:9:i
PodTemplateSpec metadata:1:.ObjectMeta spec:2:.PodSpec
DeploymentStrategy type:1:s rollingUpdate:2:.RollingUpdateDeployment
RollingUpdateDeployment maxUnavailable:1:I maxSurge:2:I
ReplicaSet metadata:1:.ObjectMeta spec:2:.ReplicaSetSpec
ReplicaSetSpec replicas:1:i minReadySeconds:4:i selector:2:.LabelSelector template:3:.PodTemplateSpec
StatefulSet metadata:1:.ObjectMeta spec:2:.StatefulSetSpec
StatefulSetSpec replicas:1:i selector:2:.LabelSelector template:3:.PodTemplateSpec
 volumeClaimTemplates:4:*.PersistentVolumeClaim serviceName:5:s podManagementPolicy:6:s
 updateStrategy:7:.StatefulSetUpdateStrategy revisionHistoryLimit:8:i minReadySeconds:9:i
 persistentVolumeClaimRetentionPolicy:10:.StatefulSetPersistentVolumeClaimRetentionPolicy
 ordinals:11:.StatefulSetOrdinals
StatefulSetUpdateStrategy type:1:s rollingUpdate:2:.RollingUpdateStatefulSetStrategy
RollingUpdateStatefulSetStrategy partition:1:i maxUnavailable:2:I
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:1:s whenScaled:2:s
StatefulSetOrdinals start:1:i
DaemonSet metadata:1:.ObjectMeta spec:2:.DaemonSetSpec
DaemonSetSpec selector:1:.LabelSelector template:2:.PodTemplateSpec updateStrategy:3:.DaemonSetUpdateStrategy
 minReadySeconds:4:i revisionHistoryLimit:6:i
DaemonSetUpdateStrategy type:1:s rollingUpdate:2:.RollingUpdateDaemonSet
RollingUpdateDaemonSet maxUnavailable:1:I maxSurge:2:I
Scale metadata:1:.ObjectMeta spec:2:.ScaleSpec
ScaleSpec replicas:1:i
HorizontalPodAutoscaler metadata:1:.ObjectMeta spec:2:.HorizontalPodAutoscalerSpec
HorizontalPodAutoscalerSpec scaleTargetRef:1:.CrossVersionObjectReference minReplicas:2:i maxReplicas:3:i
 metrics:4:*.MetricSpec behavior:5:.HorizontalPodAutoscalerBehavior
CrossVersionObjectReference kind:1:s name:2:s apiVersion:3:s
MetricSpec type:1:s object:2:.ObjectMetricSource pods:3:.PodsMetricSource resource:4:.ResourceMetricSource
 containerResource:7:.ContainerResourceMetricSource external:5:.ExternalMetricSource
ObjectMetricSource describedObject:1:.CrossVersionObjectReference target:2:.MetricTarget
 metric:3:.MetricIdentifier
MetricTarget type:1:s value:2:Q averageValue:3:Q averageUtilization:4:i
MetricIdentifier name:1:s selector:2:.LabelSelector
PodsMetricSource metric:1:.MetricIdentifier target:2:.MetricTarget
ResourceMetricSource name:1:s target:2:.MetricTarget
ContainerResourceMetricSource name:1:s target:2:.MetricTarget container:3:s
ExternalMetricSource metric:1:.MetricIdentifier target:2:.MetricTarget
HorizontalPodAutoscalerBehavior scaleUp:1:.HPAScalingRules scaleDown:2:.HPAScalingRules
HPAScalingRules stabilizationWindowSeconds:3:i selectPolicy:1:s policies:2:*.HPAScalingPolicy tolerance:4:Q
HPAScalingPolicy type:1:s value:2:i periodSeconds:3:i
Job metadata:1:.ObjectMeta spec:2:.JobSpec
JobSpec parallelism:1:i completions:2:i activeDeadlineSeconds:3:i podFailurePolicy:11:.PodFailurePolicy
 successPolicy:16:.SuccessPolicy backoffLimit:7:i backoffLimitPerIndex:12:i maxFailedIndexes:13:i
 selector:4:.LabelSelector manualSelector:5:b template:6:.PodTemplateSpec ttlSecondsAfterFinished:8:i
 completionMode:9:s suspend:10:b podReplacementPolicy:14:s managedBy:15:s
 scheduling:17:.JobSchedulingConfiguration
PodFailurePolicy rules:1:*.PodFailurePolicyRule
PodFailurePolicyRule action:1:s onExitCodes:2:.PodFailurePolicyOnExitCodesRequirement
 onPodConditions:3:*.PodFailurePolicyOnPodConditionsPattern
PodFailurePolicyOnExitCodesRequirement containerName:1:s operator:2:s values:3:*i
PodFailurePolicyOnPodConditionsPattern type:1:s
SuccessPolicy rules:1:*.SuccessPolicyRule
SuccessPolicyRule succeededIndexes:1:s succeededCount:2:i
JobSchedulingConfiguration
CronJob metadata:1:.ObjectMeta spec:2:.CronJobSpec
CronJobSpec schedule:1:s timeZone:8:s startingDeadlineSeconds:2:i concurrencyPolicy:3:s suspend:4:b
 jobTemplate:5:.JobTemplateSpec successfulJobsHistoryLimit:6:i failedJobsHistoryLimit:7:i
JobTemplateSpec metadata:1:.ObjectMeta spec:2:.JobSpec
Role metadata:1:.ObjectMeta rules:2:*.PolicyRule
PolicyRule verbs:1:*s apiGroups:2:*s resources:3:*s resourceNames:4:*s nonResourceURLs:5:*s
RoleBinding metadata:1:.ObjectMeta subjects:2:*.Subject roleRef:3:.RoleRef
Subject kind:1:s apiGroup:2:s name:3:s namespace:4:s
RoleRef apiGroup:1:s kind:2:s name:3:s
ClusterRole metadata:1:.ObjectMeta rules:2:*.PolicyRule aggregationRule:3:.AggregationRule
AggregationRule clusterRoleSelectors:1:*.LabelSelector
ClusterRoleBinding metadata:1:.ObjectMeta subjects:2:*.Subject roleRef:3:.RoleRef
Ingress metadata:1:.ObjectMeta spec:2:.IngressSpec
IngressSpec ingressClassName:4:s defaultBackend:1:.IngressBackend tls:2:*.IngressTLS rules:3:*.IngressRule
IngressBackend service:4:.IngressServiceBackend resource:3:.TypedLocalObjectReference
IngressServiceBackend name:1:s port:2:.ServiceBackendPort
ServiceBackendPort name:1:s number:2:i
IngressTLS hosts:1:*s secretName:2:s
IngressRule host:1:s ingressRuleValue:2:.IngressRuleValue
IngressRuleValue http:1:.HTTPIngressRuleValue
HTTPIngressRuleValue paths:1:*.HTTPIngressPath
HTTPIngressPath path:1:s pathType:3:s backend:2:.IngressBackend
PodDisruptionBudget metadata:1:.ObjectMeta spec:2:.PodDisruptionBudgetSpec
PodDisruptionBudgetSpec minAvailable:1:I selector:2:.LabelSelector maxUnavailable:3:I
 unhealthyPodEvictionPolicy:4:s
Lease metadata:1:.ObjectMeta spec:2:.LeaseSpec
LeaseSpec holderIdentity:1:s leaseDurationSeconds:2:i acquireTime:3:M renewTime:4:M leaseTransitions:5:i
 strategy:6:s preferredHolder:7:s
SelfSubjectAccessReview metadata:1:.ObjectMeta spec:2:.SelfSubjectAccessReviewSpec
SelfSubjectAccessReviewSpec resourceAttributes:1:.ResourceAttributes
 nonResourceAttributes:2:.NonResourceAttributes
ResourceAttributes namespace:1:s verb:2:s group:3:s version:4:s resource:5:s subresource:6:s name:7:s
 fieldSelector:8:.FieldSelectorAttributes labelSelector:9:.LabelSelectorAttributes
FieldSelectorAttributes rawSelector:1:s requirements:2:*.FieldSelectorRequirement
FieldSelectorRequirement key:1:s operator:2:s values:3:*s
LabelSelectorAttributes rawSelector:1:s requirements:2:*.LabelSelectorRequirement
NonResourceAttributes path:1:s verb:2:s
SelfSubjectRulesReview metadata:1:.ObjectMeta spec:2:.SelfSubjectRulesReviewSpec
SelfSubjectRulesReviewSpec namespace:1:s
SelfSubjectReview metadata:1:.ObjectMeta
DeleteOptions gracePeriodSeconds:1:i preconditions:2:.Preconditions orphanDependents:3:b propagationPolicy:4:s
 dryRun:5:*s ignoreStoreReadErrorWithClusterBreakingPotential:6:b
Preconditions uid:1:s resourceVersion:2:s
)";
}

} // namespace fairway::lab
