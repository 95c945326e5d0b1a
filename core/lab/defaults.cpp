#include "core/lab/defaults.h"

#include "core/base/base64.h"

namespace fairway::lab {

using value::Value;

namespace {

void fill(Value &map, std::string_view key, Value member)
{
    if (map[key].isNull())
        map.set(key, std::move(member));
}

/// The member as a map that can be written to; made when absent.
Value &mapIn(Value &parent, std::string_view key)
{
    if (!parent[key].isMap())
        parent.set(key, Value::map());
    return *parent.asMap().get(key);
}

std::string_view pullPolicy(std::string_view image)
{
    const std::size_t slash = image.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? image : image.substr(slash + 1);
    const std::size_t colon = last.find(':');
    return colon == std::string_view::npos || last.substr(colon) == ":latest" ? "Always" : "IfNotPresent";
}

void defaultProbe(Value &container, std::string_view name)
{
    Value *probe = container.asMap().get(name);
    if (!probe || !probe->isMap())
        return;
    fill(*probe, "timeoutSeconds", 1);
    fill(*probe, "periodSeconds", 10);
    fill(*probe, "successThreshold", 1);
    fill(*probe, "failureThreshold", 3);
    if (Value *get = probe->asMap().get("httpGet"); get && get->isMap()) {
        fill(*get, "path", "/");
        fill(*get, "scheme", "HTTP");
    }
}

void defaultContainers(Value &spec, std::string_view list)
{
    Value *containers = spec.asMap().get(list);
    if (!containers || !containers->isList())
        return;
    for (Value &container : containers->asList()) {
        if (!container.isMap())
            continue;
        fill(container, "resources", Value::map());
        fill(container, "terminationMessagePath", "/dev/termination-log");
        fill(container, "terminationMessagePolicy", "File");
        fill(container, "imagePullPolicy", pullPolicy(container["image"].stringOr()));
        for (const char *probe : {"livenessProbe", "readinessProbe", "startupProbe"})
            defaultProbe(container, probe);
        if (Value *ports = container.asMap().get("ports"); ports && ports->isList()) {
            for (Value &port : ports->asList()) {
                if (port.isMap())
                    fill(port, "protocol", "TCP");
            }
        }
    }
}

void defaultVolumes(Value &spec)
{
    Value *volumes = spec.asMap().get("volumes");
    if (!volumes || !volumes->isList())
        return;
    for (Value &volume : volumes->asList()) {
        for (const char *source : {"configMap", "secret", "projected"}) {
            if (volume[source].isMap())
                fill(*volume.asMap().get(source), "defaultMode", 420);
        }
    }
}

void defaultPodSpec(Value &spec)
{
    if (!spec.isMap())
        return;
    defaultContainers(spec, "containers");
    defaultContainers(spec, "initContainers");
    defaultVolumes(spec);
    fill(spec, "restartPolicy", "Always");
    fill(spec, "terminationGracePeriodSeconds", 30);
    fill(spec, "dnsPolicy", "ClusterFirst");
    fill(spec, "securityContext", Value::map());
    fill(spec, "schedulerName", "default-scheduler");
    if (!spec["serviceAccountName"].isNull())
        fill(spec, "serviceAccount", spec["serviceAccountName"]);
}

void defaultTemplate(Value &spec)
{
    Value &podTemplate = mapIn(spec, "template");
    mapIn(podTemplate, "metadata");
    defaultPodSpec(mapIn(podTemplate, "spec"));
}

void defaultWorkload(Value &spec, std::string_view kind)
{
    defaultTemplate(spec);
    if (kind == "Deployment" || kind == "ReplicaSet" || kind == "StatefulSet")
        fill(spec, "replicas", 1);
    if (kind == "Deployment") {
        Value &strategy = mapIn(spec, "strategy");
        fill(strategy, "type", "RollingUpdate");
        if (strategy["type"].stringOr() == "RollingUpdate") {
            Value &rolling = mapIn(strategy, "rollingUpdate");
            fill(rolling, "maxUnavailable", "25%");
            fill(rolling, "maxSurge", "25%");
        }
        fill(spec, "revisionHistoryLimit", 10);
        fill(spec, "progressDeadlineSeconds", 600);
    } else if (kind == "StatefulSet") {
        fill(spec, "podManagementPolicy", "OrderedReady");
        fill(spec, "revisionHistoryLimit", 10);
        Value &strategy = mapIn(spec, "updateStrategy");
        fill(strategy, "type", "RollingUpdate");
        if (strategy["type"].stringOr() == "RollingUpdate")
            fill(mapIn(strategy, "rollingUpdate"), "partition", 0);
    } else if (kind == "DaemonSet") {
        fill(spec, "revisionHistoryLimit", 10);
        fill(mapIn(spec, "updateStrategy"), "type", "RollingUpdate");
    }
}

void defaultService(Value &spec, std::uint64_t serial)
{
    fill(spec, "type", "ClusterIP");
    const bool isExternal = spec["type"].stringOr() == "ExternalName";
    if (Value *ports = spec.asMap().get("ports"); ports && ports->isList()) {
        for (Value &port : ports->asList()) {
            if (!port.isMap())
                continue;
            fill(port, "protocol", "TCP");
            fill(port, "targetPort", port["port"]);
            const std::string_view type = spec["type"].stringOr();
            if ((type == "NodePort" || type == "LoadBalancer") && port["nodePort"].isNull())
                port.set("nodePort", static_cast<std::int64_t>(30000 + serial % 2768));
        }
    }
    fill(spec, "sessionAffinity", "None");
    if (isExternal)
        return;
    if (spec["clusterIP"].stringOr().empty())
        spec.set("clusterIP", "10.96." + std::to_string(serial / 250 % 250) + "." + std::to_string(1 + serial % 250));
    fill(spec, "clusterIPs", Value::list({spec["clusterIP"]}));
    fill(spec, "ipFamilies", Value::list({"IPv4"}));
    fill(spec, "ipFamilyPolicy", "SingleStack");
    fill(spec, "internalTrafficPolicy", "Cluster");
    if (spec["type"].stringOr() != "ClusterIP") {
        fill(spec, "externalTrafficPolicy", "Cluster");
        if (spec["type"].stringOr() == "LoadBalancer")
            fill(spec, "allocateLoadBalancerNodePorts", true);
    }
}

void defaultSecret(Value &object)
{
    fill(object, "type", "Opaque");
    const Value given = object["stringData"];
    if (!given.isMap())
        return;
    for (const auto &[key, text] : given.asMap())
        mapIn(object, "data").set(key, encodeBase64(text.stringOr()));
    object.asMap().remove("stringData");
}

void defaultNamespace(Value &object)
{
    mapIn(mapIn(object, "metadata"), "labels").set("kubernetes.io/metadata.name", object["metadata"]["name"]);
    fill(mapIn(object, "spec"), "finalizers", Value::list({"kubernetes"}));
    fill(mapIn(object, "status"), "phase", "Active");
}

} // namespace

void applyDefaults(Value &object, const ResourceType &type, std::uint64_t serial)
{
    if (type.isCustom)
        return;
    const std::string_view kind = type.kind;
    if (kind == "Secret")
        return defaultSecret(object);
    if (kind == "Namespace")
        return defaultNamespace(object);
    if (kind == "Pod") {
        Value &spec = mapIn(object, "spec");
        defaultPodSpec(spec);
        fill(spec, "enableServiceLinks", true);
        fill(mapIn(object, "status"), "phase", "Pending");
        fill(mapIn(object, "status"), "qosClass", "BestEffort");
        return;
    }
    if (type.group == "apps" && kind != "ControllerRevision") {
        defaultWorkload(mapIn(object, "spec"), kind);
        mapIn(object, "status");
        if (kind != "Deployment")
            fill(mapIn(object, "status"), "replicas", 0);
        return;
    }
    if (kind == "Job") {
        Value &spec = mapIn(object, "spec");
        defaultTemplate(spec);
        for (const char *field : {"parallelism", "completions"})
            fill(spec, field, 1);
        fill(spec, "backoffLimit", 6);
        fill(spec, "completionMode", "NonIndexed");
        fill(spec, "suspend", false);
        mapIn(object, "status");
        return;
    }
    if (kind == "Service") {
        defaultService(mapIn(object, "spec"), serial);
        fill(mapIn(object, "status"), "loadBalancer", Value::map());
    } else if (kind == "Ingress") {
        fill(mapIn(object, "status"), "loadBalancer", Value::map());
    } else if (kind == "HorizontalPodAutoscaler") {
        fill(mapIn(object, "spec"), "minReplicas", 1);
        Value &status = mapIn(object, "status");
        fill(status, "desiredReplicas", 0);
        fill(status, "currentMetrics", Value());
    } else if (kind == "Event") {
        fill(object, "reportingComponent", "");
        fill(object, "reportingInstance", "");
        fill(object, "source", Value::map());
    } else if (kind == "StorageClass") {
        fill(object, "reclaimPolicy", "Delete");
        fill(object, "volumeBindingMode", "Immediate");
    }
}

} // namespace fairway::lab
