#include "core/lab/selectors.h"
#include "core/lab/table.h"
#include "core/lab/time_text.h"

#include <string>

// Columns as the API server's internal printers have them (kubernetes/pkg/printers/internalversion), for the kinds
// people look at; descriptions are left empty.

namespace fairway::lab {

using value::Value;
using Time = std::chrono::system_clock::time_point;
using Column = TableColumns::Column;

namespace {

std::string text(const Value &value)
{
    if (value.isString())
        return value.asString();
    return value.isNumber() ? std::to_string(value.intOr(0)) : std::string();
}

std::string orNone(std::string found, const char *fallback = "<none>")
{
    return found.empty() ? fallback : found;
}

void add(std::string &list, std::string_view item, std::string_view separator = ",")
{
    if (!list.empty())
        list += separator;
    list += item;
}

Value age(const Value &object, Time now)
{
    return humanAge(object["metadata"]["creationTimestamp"].stringOr(), now);
}

Value containerNames(const Value &object, Time)
{
    std::string names;
    const Value &containers = object["spec"]["template"]["spec"]["containers"];
    for (std::size_t i = 0; i < containers.size(); ++i)
        add(names, containers[i]["name"].stringOr());
    return names;
}

Value containerImages(const Value &object, Time)
{
    std::string images;
    const Value &containers = object["spec"]["template"]["spec"]["containers"];
    for (std::size_t i = 0; i < containers.size(); ++i)
        add(images, containers[i]["image"].stringOr());
    return images;
}

Value selectorCell(const Value &object, Time)
{
    return selectorText(object["spec"]["selector"]);
}

// --- Pods

Value podReady(const Value &pod, Time)
{
    std::int64_t ready = 0;
    const Value &statuses = pod["status"]["containerStatuses"];
    for (std::size_t i = 0; i < statuses.size(); ++i)
        ready += statuses[i]["ready"].boolOr(false) ? 1 : 0;
    return std::to_string(ready) + "/" + std::to_string(pod["spec"]["containers"].size());
}

Value podStatus(const Value &pod, Time)
{
    if (pod["metadata"]["deletionTimestamp"].isString())
        return "Terminating";
    std::string reason(pod["status"]["reason"].stringOr(pod["status"]["phase"].stringOr("Unknown")));
    const Value &statuses = pod["status"]["containerStatuses"];
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        const Value &state = statuses[i]["state"];
        const std::string_view waiting = state["waiting"]["reason"].stringOr();
        const std::string_view ended = state["terminated"]["reason"].stringOr();
        if (!waiting.empty())
            reason = waiting;
        else if (!ended.empty())
            reason = ended;
    }
    return reason;
}

Value podRestarts(const Value &pod, Time)
{
    std::int64_t restarts = 0;
    const Value &statuses = pod["status"]["containerStatuses"];
    for (std::size_t i = 0; i < statuses.size(); ++i)
        restarts += statuses[i]["restartCount"].intOr(0);
    return std::to_string(restarts);
}

Value podIp(const Value &pod, Time) { return orNone(text(pod["status"]["podIP"])); }
Value podNode(const Value &pod, Time) { return orNone(text(pod["spec"]["nodeName"])); }
Value podNominated(const Value &pod, Time) { return orNone(text(pod["status"]["nominatedNodeName"])); }
Value podGates(const Value &, Time) { return "<none>"; }

// --- workloads

Value readyOf(const Value &object, Time)
{
    return std::to_string(object["status"]["readyReplicas"].intOr(0)) + "/" + std::to_string(object["spec"]["replicas"].intOr(0));
}
Value upToDate(const Value &object, Time) { return object["status"]["updatedReplicas"].intOr(0); }
Value available(const Value &object, Time) { return object["status"]["availableReplicas"].intOr(0); }
Value desired(const Value &object, Time) { return object["spec"]["replicas"].intOr(0); }
Value current(const Value &object, Time) { return object["status"]["replicas"].intOr(0); }
Value readyCount(const Value &object, Time) { return object["status"]["readyReplicas"].intOr(0); }

Value daemonCell(const Value &object, const char *field) { return object["status"][field].intOr(0); }
Value daemonDesired(const Value &o, Time) { return daemonCell(o, "desiredNumberScheduled"); }
Value daemonCurrent(const Value &o, Time) { return daemonCell(o, "currentNumberScheduled"); }
Value daemonReady(const Value &o, Time) { return daemonCell(o, "numberReady"); }
Value daemonUpdated(const Value &o, Time) { return daemonCell(o, "updatedNumberScheduled"); }
Value daemonAvailable(const Value &o, Time) { return daemonCell(o, "numberAvailable"); }

Value jobStatus(const Value &object, Time)
{
    const Value &conditions = object["status"]["conditions"];
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (conditions[i]["status"].stringOr() == "True")
            return conditions[i]["type"];
    }
    return "Running";
}
Value jobCompletions(const Value &object, Time)
{
    return std::to_string(object["status"]["succeeded"].intOr(0)) + "/" + std::to_string(object["spec"]["completions"].intOr(1));
}
Value jobDuration(const Value &, Time) { return ""; }
Value cronSchedule(const Value &object, Time) { return object["spec"]["schedule"]; }
Value cronSuspend(const Value &object, Time) { return object["spec"]["suspend"].boolOr(false) ? "True" : "False"; }
Value cronActive(const Value &object, Time) { return static_cast<std::int64_t>(object["status"]["active"].size()); }
Value cronLast(const Value &object, Time now)
{
    const std::string_view last = object["status"]["lastScheduleTime"].stringOr();
    return last.empty() ? std::string("<none>") : humanAge(last, now);
}

// --- Services and endpoints

Value serviceType(const Value &object, Time) { return object["spec"]["type"]; }
Value serviceIp(const Value &object, Time) { return orNone(text(object["spec"]["clusterIP"])); }
Value serviceExternal(const Value &object, Time)
{
    if (object["spec"]["type"].stringOr() == "ExternalName")
        return object["spec"]["externalName"];
    std::string list;
    const Value &ingress = object["status"]["loadBalancer"]["ingress"];
    for (std::size_t i = 0; i < ingress.size(); ++i)
        add(list, ingress[i]["ip"].stringOr(ingress[i]["hostname"].stringOr()));
    return orNone(list, object["spec"]["type"].stringOr() == "LoadBalancer" ? "<pending>" : "<none>");
}
Value servicePorts(const Value &object, Time)
{
    std::string list;
    const Value &ports = object["spec"]["ports"];
    for (std::size_t i = 0; i < ports.size(); ++i) {
        std::string port = text(ports[i]["port"]);
        if (!ports[i]["nodePort"].isNull())
            port += ":" + text(ports[i]["nodePort"]);
        add(list, port + "/" + std::string(ports[i]["protocol"].stringOr("TCP")));
    }
    return orNone(list);
}
Value serviceSelector(const Value &object, Time)
{
    return orNone(selectorText(Value::map({{"matchLabels", object["spec"]["selector"]}})));
}
Value sliceType(const Value &object, Time) { return object["addressType"]; }
Value slicePorts(const Value &object, Time)
{
    std::string list;
    for (std::size_t i = 0; i < object["ports"].size(); ++i)
        add(list, text(object["ports"][i]["port"]));
    return orNone(list, "<unset>");
}
Value sliceEndpoints(const Value &object, Time)
{
    std::string list;
    const Value &endpoints = object["endpoints"];
    for (std::size_t i = 0; i < endpoints.size() && i < 3; ++i)
        add(list, endpoints[i]["addresses"][0].stringOr());
    if (endpoints.size() > 3)
        list += " + " + std::to_string(endpoints.size() - 3) + " more...";
    return orNone(list, "<unset>");
}
Value endpointsCell(const Value &object, Time)
{
    std::string list;
    std::size_t count = 0;
    const Value &subsets = object["subsets"];
    for (std::size_t s = 0; s < subsets.size(); ++s) {
        for (std::size_t a = 0; a < subsets[s]["addresses"].size(); ++a) {
            for (std::size_t p = 0; p < subsets[s]["ports"].size(); ++p) {
                if (++count <= 3)
                    add(list, text(subsets[s]["addresses"][a]["ip"]) + ":" + text(subsets[s]["ports"][p]["port"]));
            }
        }
    }
    if (count > 3)
        list += " + " + std::to_string(count - 3) + " more...";
    return orNone(list);
}
Value ingressClass(const Value &object, Time) { return orNone(text(object["spec"]["ingressClassName"])); }
Value ingressHosts(const Value &object, Time)
{
    std::string list;
    for (std::size_t i = 0; i < object["spec"]["rules"].size(); ++i)
        add(list, object["spec"]["rules"][i]["host"].stringOr("*"));
    return orNone(list, "*");
}
Value ingressAddress(const Value &object, Time)
{
    std::string list;
    const Value &ingress = object["status"]["loadBalancer"]["ingress"];
    for (std::size_t i = 0; i < ingress.size(); ++i)
        add(list, ingress[i]["ip"].stringOr(ingress[i]["hostname"].stringOr()));
    return list;
}
Value ingressPorts(const Value &object, Time) { return object["spec"]["tls"].size() > 0 ? "80, 443" : "80"; }
Value policySelector(const Value &object, Time) { return orNone(selectorText(object["spec"]["podSelector"])); }

// --- the rest

Value dataCount(const Value &object, Time)
{
    return static_cast<std::int64_t>(object["data"].size() + object["binaryData"].size());
}
Value secretType(const Value &object, Time) { return object["type"]; }
Value phase(const Value &object, Time) { return object["status"]["phase"]; }
Value noSecrets(const Value &object, Time) { return static_cast<std::int64_t>(object["secrets"].size()); }
Value nodeStatus(const Value &object, Time)
{
    std::string status;
    const Value &conditions = object["status"]["conditions"];
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (conditions[i]["type"].stringOr() == "Ready")
            status = conditions[i]["status"].stringOr() == "True" ? "Ready" : "NotReady";
    }
    return orNone(status, "Unknown") + (object["spec"]["unschedulable"].boolOr(false) ? ",SchedulingDisabled" : "");
}
Value nodeRoles(const Value &object, Time)
{
    std::string roles;
    const Value &labels = object["metadata"]["labels"];
    if (labels.isMap()) {
        constexpr std::string_view prefix = "node-role.kubernetes.io/";
        for (const auto &[key, member] : labels.asMap()) {
            if (key.starts_with(prefix))
                add(roles, std::string_view(key).substr(prefix.size()));
        }
    }
    return orNone(roles);
}
Value nodeVersion(const Value &object, Time) { return object["status"]["nodeInfo"]["kubeletVersion"]; }
Value hpaReference(const Value &object, Time)
{
    const Value &target = object["spec"]["scaleTargetRef"];
    return text(target["kind"]) + "/" + text(target["name"]);
}
Value hpaTargets(const Value &object, Time)
{
    std::string list;
    const Value &metrics = object["spec"]["metrics"];
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        const Value &wanted = metrics[i]["resource"]["target"]["averageUtilization"];
        const Value &found = object["status"]["currentMetrics"][i]["resource"]["current"]["averageUtilization"];
        add(list, text(metrics[i]["resource"]["name"]) + ": " + (found.isNull() ? "<unknown>" : text(found) + "%") + "/" + text(wanted) + "%", ", ");
    }
    return orNone(list);
}
Value hpaMin(const Value &object, Time) { return text(object["spec"]["minReplicas"]); }
Value hpaMax(const Value &object, Time) { return object["spec"]["maxReplicas"].intOr(0); }
Value hpaReplicas(const Value &object, Time) { return object["status"]["currentReplicas"].intOr(0); }
Value eventLast(const Value &object, Time now)
{
    return humanAge(object["lastTimestamp"].stringOr(object["eventTime"].stringOr(object["metadata"]["creationTimestamp"].stringOr())), now);
}
Value eventType(const Value &object, Time) { return object["type"]; }
Value eventReason(const Value &object, Time) { return object["reason"]; }
Value eventObject(const Value &object, Time)
{
    std::string kind = text(object["involvedObject"]["kind"]);
    for (char &c : kind)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return kind + "/" + text(object["involvedObject"]["name"]);
}
Value eventMessage(const Value &object, Time) { return object["message"]; }
Value leaseHolder(const Value &object, Time) { return text(object["spec"]["holderIdentity"]); }
Value createdAt(const Value &object, Time) { return object["metadata"]["creationTimestamp"]; }
Value roleRef(const Value &object, Time) { return text(object["roleRef"]["kind"]) + "/" + text(object["roleRef"]["name"]); }
Value budgetMin(const Value &object, Time) { return orNone(text(object["spec"]["minAvailable"]), "N/A"); }
Value budgetMax(const Value &object, Time) { return orNone(text(object["spec"]["maxUnavailable"]), "N/A"); }
Value budgetAllowed(const Value &object, Time) { return object["status"]["disruptionsAllowed"].intOr(0); }
Value provisioner(const Value &object, Time) { return object["provisioner"]; }

Column column(const char *name, TableColumns::Cell cell, int priority = 0, const char *type = "string")
{
    return {name, type, "", "", priority, cell, {}};
}

Column whole(const char *name, TableColumns::Cell cell)
{
    return column(name, cell, 0, "integer");
}

} // namespace

std::vector<Column> builtinColumns(const ResourceType &type)
{
    const std::string_view kind = type.kind;
    const Column ageColumn = column("Age", age);
    const std::vector<Column> podTemplate {column("Containers", containerNames, 1), column("Images", containerImages, 1),
        column("Selector", selectorCell, 1)};
    const auto withTemplate = [&](std::vector<Column> columns) {
        columns.insert(columns.end(), podTemplate.begin(), podTemplate.end());
        return columns;
    };
    if (kind == "Pod")
        return {column("Ready", podReady), column("Status", podStatus), column("Restarts", podRestarts), ageColumn,
            column("IP", podIp, 1), column("Node", podNode, 1), column("Nominated Node", podNominated, 1),
            column("Readiness Gates", podGates, 1)};
    if (kind == "Deployment")
        return withTemplate({column("Ready", readyOf), whole("Up-to-date", upToDate), whole("Available", available), ageColumn});
    if (kind == "ReplicaSet" || kind == "ReplicationController")
        return withTemplate({whole("Desired", desired), whole("Current", current), whole("Ready", readyCount), ageColumn});
    if (kind == "StatefulSet")
        return {column("Ready", readyOf), ageColumn, podTemplate[0], podTemplate[1]};
    if (kind == "DaemonSet")
        return withTemplate({whole("Desired", daemonDesired), whole("Current", daemonCurrent), whole("Ready", daemonReady),
            whole("Up-to-date", daemonUpdated), whole("Available", daemonAvailable), ageColumn});
    if (kind == "Job")
        return withTemplate({column("Status", jobStatus), column("Completions", jobCompletions), column("Duration", jobDuration), ageColumn});
    if (kind == "CronJob")
        return {column("Schedule", cronSchedule), column("Suspend", cronSuspend), whole("Active", cronActive),
            column("Last Schedule", cronLast), ageColumn};
    if (kind == "Service")
        return {column("Type", serviceType), column("Cluster-IP", serviceIp), column("External-IP", serviceExternal),
            column("Port(s)", servicePorts), ageColumn, column("Selector", serviceSelector, 1)};
    if (kind == "Endpoints")
        return {column("Endpoints", endpointsCell), ageColumn};
    if (kind == "EndpointSlice")
        return {column("AddressType", sliceType), column("Ports", slicePorts), column("Endpoints", sliceEndpoints), ageColumn};
    if (kind == "Ingress")
        return {column("Class", ingressClass), column("Hosts", ingressHosts), column("Address", ingressAddress),
            column("Ports", ingressPorts), ageColumn};
    if (kind == "NetworkPolicy")
        return {column("Pod-Selector", policySelector), ageColumn};
    if (kind == "ConfigMap")
        return {column("Data", dataCount), ageColumn};
    if (kind == "Secret")
        return {column("Type", secretType), column("Data", dataCount), ageColumn};
    if (kind == "Namespace")
        return {column("Status", phase), ageColumn};
    if (kind == "Node")
        return {column("Status", nodeStatus), column("Roles", nodeRoles), ageColumn, column("Version", nodeVersion)};
    if (kind == "ServiceAccount")
        return {column("Secrets", noSecrets), ageColumn};
    if (kind == "HorizontalPodAutoscaler")
        return {column("Reference", hpaReference), column("Targets", hpaTargets), column("MinPods", hpaMin),
            whole("MaxPods", hpaMax), whole("Replicas", hpaReplicas), ageColumn};
    if (kind == "Event")
        return {column("Last Seen", eventLast), column("Type", eventType), column("Reason", eventReason),
            column("Object", eventObject), column("Message", eventMessage)};
    if (kind == "Lease")
        return {column("Holder", leaseHolder), ageColumn};
    if (kind == "CustomResourceDefinition")
        return {column("Created At", createdAt, 0, "date")};
    if (kind == "RoleBinding" || kind == "ClusterRoleBinding")
        return {column("Role", roleRef), ageColumn};
    if (kind == "Role" || kind == "ClusterRole")
        return {column("Created At", createdAt, 0, "date")};
    if (kind == "PodDisruptionBudget")
        return {column("Min Available", budgetMin), column("Max Unavailable", budgetMax), whole("Allowed Disruptions", budgetAllowed), ageColumn};
    if (kind == "StorageClass")
        return {column("Provisioner", provisioner), ageColumn};
    return {};
}

} // namespace fairway::lab
