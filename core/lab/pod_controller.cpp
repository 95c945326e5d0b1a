#include "core/lab/controller_context.h"
#include "core/lab/time_text.h"

#include <charconv>

namespace fairway::lab {

using value::Value;

namespace {

double number(const Value &annotation)
{
    double result = 0;
    const std::string_view digits = annotation.stringOr();
    std::from_chars(digits.data(), digits.data() + digits.size(), result);
    return result;
}

/// The Deployment or StatefulSet behind the Pod; a ReplicaSet's name ends in its hash.
std::string workloadOf(const Value &pod)
{
    const Value &owner = pod["metadata"]["ownerReferences"][0];
    std::string name(owner["name"].stringOr());
    const std::string_view hash = pod["metadata"]["labels"]["pod-template-hash"].stringOr();
    if (!hash.empty() && name.ends_with(hash) && name.size() > hash.size())
        name.resize(name.size() - hash.size() - 1);
    return name;
}

PodSpec specOf(const Value &pod)
{
    const Value &annotations = pod["metadata"]["annotations"];
    PodSpec spec;
    spec.ns = pod["metadata"]["namespace"].stringOr();
    spec.name = pod["metadata"]["name"].stringOr();
    spec.workload = workloadOf(pod);
    spec.version = annotations[VersionAnnotation].stringOr(pod["metadata"]["labels"]["version"].stringOr("v1"));
    spec.latencyMs = number(annotations[LatencyAnnotation]);
    spec.errorPercent = number(annotations[ErrorsAnnotation]);
    const std::int64_t port = pod["spec"]["containers"][0]["ports"][0]["containerPort"].intOr(8080);
    spec.port = static_cast<std::uint16_t>(port > 0 && port < 65536 ? port : 8080);
    return spec;
}

/// containerStatuses for a state; every container of a Pod shares its fate here.
Value containerStatuses(const Value &pod, std::string_view state, std::string_view now)
{
    const bool isRunning = state == "Ready" || state == "NotReady";
    Value list = Value::list();
    const Value &containers = pod["spec"]["containers"];
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const Value &old = pod["status"]["containerStatuses"][i];
        const Value &startedAt = old["state"]["running"]["startedAt"];
        Value running = isRunning ? Value::map({{"running", Value::map({{"startedAt", startedAt.isString() ? startedAt : Value(now)}})}})
                                  : Value::map({{"waiting", Value::map({{"reason", state}})}});
        std::int64_t restarts = old["restartCount"].intOr(0);
        if (state == "CrashLoopBackOff" && restarts == 0)
            restarts = 7;
        list.append(Value::map({{"name", containers[i]["name"]}, {"image", containers[i]["image"]}, {"imageID", ""},
            {"ready", state == "Ready"}, {"started", isRunning}, {"restartCount", restarts}, {"state", running}, {"lastState", Value::map()}}));
    }
    return list;
}

/// False: somebody else changed the Pod meanwhile.
bool schedule(ControllerContext &context, Value &pod)
{
    const std::string node = "lab-node-" + std::to_string(context.service().identity().serial() % 3 + 1);
    mapMember(pod, "spec").set("nodeName", node);
    Value &status = mapMember(pod, "status");
    status.set("startTime", context.now());
    status.set("hostIP", "127.0.0.1");
    setCondition(status, "PodScheduled", true, {}, {}, context.now());
    if (!context.update("pods", pod))
        return false;
    context.event(pod, "Normal", "Scheduled",
        "Successfully assigned " + std::string(pod["metadata"]["namespace"].stringOr()) + "/" + std::string(pod["metadata"]["name"].stringOr()) + " to " + node,
        "default-scheduler");
    return true;
}

} // namespace

std::chrono::milliseconds reconcilePod(ControllerContext &context, std::string_view ns, std::string_view name)
{
    using std::chrono::milliseconds;
    const Value stored = context.get("pods", ns, name);
    if (stored.isNull() || stored["metadata"]["deletionTimestamp"].isString())
        return milliseconds(0);
    Value pod = value::deepCopy(stored);
    if (pod["spec"]["nodeName"].stringOr().empty()) {
        if (!schedule(context, pod))
            return milliseconds(1);
        // The clock in the object has whole seconds; the start-up time runs from here. Without one no timer may decide
        // what comes first: the seed repeats.
        return context.podStart.count() > 0 ? context.podStart : reconcilePod(context, ns, name);
    }
    Value &status = mapMember(pod, "status");
    const std::string_view phase = status["phase"].stringOr();
    if (phase == "Succeeded" || phase == "Failed")
        return milliseconds(0);
    const std::string state(pod["metadata"]["annotations"][StateAnnotation].stringOr("Ready"));
    const PodSpec spec = specOf(pod);
    if (status["podIP"].stringOr().empty()) {
        const std::string address = context.pods().start(spec);
        if (address.empty()) {
            setCondition(status, "Ready", false, "NoAddress", "the practice cluster runs at most 254 Pods with servers", context.now());
            (void)context.update("pods", pod);
            return milliseconds(0);
        }
        status.set("podIP", address);
        status.set("podIPs", Value::list({Value::map({{"ip", address}})}));
        context.event(pod, "Normal", "Started", "Started container " + std::string(pod["spec"]["containers"][0]["name"].stringOr()), "kubelet");
        if (state == "CrashLoopBackOff")
            context.event(pod, "Warning", "BackOff", "Back-off restarting failed container", "kubelet");
        if (state == "NotReady")
            context.event(pod, "Warning", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", "kubelet");
    } else {
        context.pods().refresh(spec);
    }
    const bool isPulled = state != "ImagePullBackOff";
    const bool isUp = state == "Ready";
    const std::string now = context.now();
    status.set("phase", isPulled ? "Running" : "Pending");
    status.set("observedGeneration", pod["metadata"]["generation"]);
    const char *reason = isUp ? "" : "ContainersNotReady";
    const std::string message = isUp ? "" : "containers with unready status: [" + std::string(pod["spec"]["containers"][0]["name"].stringOr()) + "]";
    setCondition(status, "PodReadyToStartContainers", isPulled, {}, {}, now);
    setCondition(status, "Initialized", true, {}, {}, now);
    setCondition(status, "Ready", isUp, reason, message, now);
    setCondition(status, "ContainersReady", isUp, reason, message, now);
    status.set("containerStatuses", containerStatuses(pod, state, now));
    (void)context.update("pods", pod);
    return milliseconds(0);
}

} // namespace fairway::lab
