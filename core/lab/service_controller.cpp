#include "core/lab/controller_context.h"
#include "core/lab/selectors.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

/// The container port that a Service's targetPort means on this Pod; 0: a name the Pod does not know.
std::int64_t targetPort(const Value &servicePort, const Value &pod)
{
    const Value &target = servicePort["targetPort"];
    if (!target.isString())
        return target.intOr(servicePort["port"].intOr(0));
    const Value &containers = pod["spec"]["containers"];
    for (std::size_t c = 0; c < containers.size(); ++c) {
        for (std::size_t p = 0; p < containers[c]["ports"].size(); ++p) {
            if (containers[c]["ports"][p]["name"].stringOr() == target.stringOr())
                return containers[c]["ports"][p]["containerPort"].intOr(0);
        }
    }
    return 0;
}

Value endpointOf(const Value &pod, bool publishesNotReady)
{
    const bool ready = isReady(pod);
    Value endpoint = Value::map({{"addresses", Value::list({pod["status"]["podIP"]})},
        {"conditions", Value::map({{"ready", ready || publishesNotReady}, {"serving", ready}, {"terminating", false}})},
        {"nodeName", pod["spec"]["nodeName"]},
        {"targetRef",
            Value::map({{"kind", "Pod"}, {"name", pod["metadata"]["name"]}, {"namespace", pod["metadata"]["namespace"]},
                {"uid", pod["metadata"]["uid"]}})}});
    if (pod["spec"]["hostname"].isString() && pod["spec"]["subdomain"].isString())
        endpoint.set("hostname", pod["spec"]["hostname"]);
    return endpoint;
}

Value portsOf(const Value &service, const std::vector<Value> &pods)
{
    Value ports = Value::list();
    const Value &wanted = service["spec"]["ports"];
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::int64_t number = 0;
        for (std::size_t p = 0; p < pods.size() && number == 0; ++p)
            number = targetPort(wanted[i], pods[p]);
        if (number == 0)
            continue;
        Value port = Value::map({{"name", wanted[i]["name"].stringOr()}, {"protocol", wanted[i]["protocol"].stringOr("TCP")}, {"port", number}});
        if (wanted[i]["appProtocol"].isString())
            port.set("appProtocol", wanted[i]["appProtocol"]);
        ports.append(port);
    }
    return ports;
}

} // namespace

void reconcileService(ControllerContext &context, std::string_view ns, std::string_view name)
{
    const Value service = context.get("services", ns, name);
    const LabelSelector selector = LabelSelector::fromMap(service["spec"]["selector"]);
    if (service.isNull() || selector.isNothing() || service["spec"]["type"].stringOr() == "ExternalName")
        return;
    std::vector<Value> pods;
    const ResourceTypePtr podType = context.service().registry().findId("pods");
    for (const StoredPtr &stored : context.service().store().snapshot("pods", ns).objects) {
        if (!selector.matches(stored->labels))
            continue;
        Value pod = context.service().parse(*stored, *podType, "v1");
        if (!pod["status"]["podIP"].stringOr().empty())
            pods.push_back(std::move(pod));
    }
    Value endpoints = Value::list();
    for (const Value &pod : pods)
        endpoints.append(endpointOf(pod, service["spec"]["publishNotReadyAddresses"].boolOr(false)));
    const Value ports = portsOf(service, pods);
    const std::vector<Value> slices = context.ownedBy("endpointslices.discovery.k8s.io", ns, service["metadata"]["uid"].stringOr());
    if (slices.empty()) {
        Value labels = service["metadata"]["labels"].isMap() ? value::deepCopy(service["metadata"]["labels"]) : Value::map();
        labels.set("kubernetes.io/service-name", name);
        labels.set("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        if (service["spec"]["clusterIP"].stringOr() == "None")
            labels.set("service.kubernetes.io/headless", "");
        (void)context.create("endpointslices.discovery.k8s.io",
            Value::map({{"metadata",
                            Value::map({{"generateName", std::string(name) + "-"}, {"namespace", ns}, {"labels", labels},
                                {"ownerReferences", ownerReference(service)}})},
                {"addressType", "IPv4"}, {"endpoints", endpoints}, {"ports", ports}}));
        return;
    }
    Value slice = value::deepCopy(slices.front());
    if (slice["endpoints"] == endpoints && slice["ports"] == ports)
        return;
    slice.set("endpoints", endpoints);
    slice.set("ports", ports);
    (void)context.update("endpointslices.discovery.k8s.io", slice);
}

} // namespace fairway::lab
