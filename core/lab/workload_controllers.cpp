#include "core/lab/controller_context.h"

#include "core/value/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::string_view Revision = "deployment.kubernetes.io/revision";
constexpr std::string_view HashLabel = "pod-template-hash";

std::string text(std::string_view view)
{
    return std::string(view);
}

/// "25%" of `whole` (rounded as asked), or a plain number.
std::int64_t resolved(const Value &value, std::int64_t whole, bool roundsUp)
{
    if (!value.isString())
        return value.intOr(0);
    double percent = 0;
    const std::string_view digits = value.stringOr();
    std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    const double exact = percent * static_cast<double>(whole) / 100;
    return static_cast<std::int64_t>(roundsUp ? std::ceil(exact) : std::floor(exact));
}

std::int64_t sum(const std::vector<Value> &sets, std::string_view section, std::string_view field)
{
    std::int64_t total = 0;
    for (const Value &set : sets)
        total += set[section][field].intOr(0);
    return total;
}

void scaleSet(ControllerContext &context, const Value &deployment, Value set, std::int64_t replicas)
{
    const std::int64_t before = set["spec"]["replicas"].intOr(0);
    if (before == replicas)
        return;
    set = value::deepCopy(set);
    mapMember(set, "spec").set("replicas", replicas);
    if (context.update("replicasets.apps", set))
        context.event(deployment, "Normal", "ScalingReplicaSet",
            std::string("Scaled ") + (replicas > before ? "up" : "down") + " replica set " + text(set["metadata"]["name"].stringOr())
                + " from " + std::to_string(before) + " to " + std::to_string(replicas),
            "deployment-controller");
}

/// The ReplicaSet for the Deployment's present template, made when it is not there.
void createReplicaSet(ControllerContext &context, const Value &deployment, const std::string &hash, std::int64_t revision, std::int64_t replicas)
{
    Value podTemplate = value::deepCopy(deployment["spec"]["template"]);
    mapMember(mapMember(podTemplate, "metadata"), "labels").set(HashLabel, hash);
    Value selector = value::deepCopy(deployment["spec"]["selector"]);
    mapMember(selector, "matchLabels").set(HashLabel, hash);
    const std::string name = text(deployment["metadata"]["name"].stringOr()) + "-" + hash;
    Value set = Value::map({{"metadata",
                                Value::map({{"name", name}, {"namespace", deployment["metadata"]["namespace"]},
                                    {"labels", value::deepCopy(podTemplate["metadata"]["labels"])},
                                    {"annotations", Value::map({{Revision, std::to_string(revision)}})},
                                    {"ownerReferences", ownerReference(deployment)}})},
        {"spec", Value::map({{"replicas", replicas}, {"selector", selector}, {"template", podTemplate}})}});
    if (context.create("replicasets.apps", set))
        context.event(deployment, "Normal", "ScalingReplicaSet",
            "Scaled up replica set " + name + " from 0 to " + std::to_string(replicas), "deployment-controller");
}

std::int64_t revisionOf(const Value &object)
{
    std::int64_t number = 0;
    const std::string_view digits = object["metadata"]["annotations"][Revision].stringOr();
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

void writeDeploymentStatus(ControllerContext &context, const Value &deployment, const std::vector<Value> &sets, const Value *current)
{
    Value after = value::deepCopy(deployment);
    Value &status = mapMember(after, "status");
    const std::int64_t wanted = deployment["spec"]["replicas"].intOr(1);
    const std::int64_t ready = sum(sets, "status", "readyReplicas");
    const std::int64_t total = sum(sets, "status", "replicas");
    const std::int64_t updated = current ? (*current)["status"]["replicas"].intOr(0) : 0;
    const auto put = [&](const char *field, std::int64_t count) {
        if (count > 0)
            status.set(field, count);
        else
            status.asMap().remove(field);
    };
    status.set("observedGeneration", deployment["metadata"]["generation"]);
    put("replicas", total);
    put("updatedReplicas", updated);
    put("readyReplicas", ready);
    put("availableReplicas", ready);
    put("unavailableReplicas", std::max<std::int64_t>(0, std::max(wanted, total) - ready));
    const std::int64_t allowed = wanted - resolved(deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"], wanted, false);
    const std::string now = context.now();
    const bool isAvailable = ready >= allowed;
    setCondition(status, "Available", isAvailable, isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.", now);
    const std::string setName = current ? text((*current)["metadata"]["name"].stringOr()) : std::string();
    const bool isComplete = updated == wanted && total == wanted && ready == wanted;
    setCondition(status, "Progressing", true, isComplete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
        "ReplicaSet \"" + setName + "\" " + (isComplete ? "has successfully progressed." : "is progressing."), now);
    if (current)
        mapMember(mapMember(after, "metadata"), "annotations").set(Revision, (*current)["metadata"]["annotations"][Revision]);
    (void)context.update("deployments.apps", after);
}

} // namespace

void reconcileDeployment(ControllerContext &context, std::string_view ns, std::string_view name)
{
    const Value deployment = context.get("deployments.apps", ns, name);
    if (deployment.isNull() || deployment["metadata"]["deletionTimestamp"].isString())
        return;
    std::vector<Value> sets = context.ownedBy("replicasets.apps", ns, deployment["metadata"]["uid"].stringOr());
    const std::string hash = templateHash(value::toJson(deployment["spec"]["template"]));
    const std::int64_t wanted = deployment["spec"]["replicas"].intOr(1);
    const Value &strategy = deployment["spec"]["strategy"];
    const bool recreates = strategy["type"].stringOr() == "Recreate";
    const std::int64_t surge = recreates ? 0 : resolved(strategy["rollingUpdate"]["maxSurge"], wanted, true);
    std::int64_t unavailable = recreates ? wanted : resolved(strategy["rollingUpdate"]["maxUnavailable"], wanted, false);
    if (surge == 0 && unavailable == 0)
        unavailable = 1;
    const auto current = std::find_if(sets.begin(), sets.end(), [&](const Value &set) { return set["metadata"]["labels"][HashLabel].stringOr() == hash; });
    std::int64_t revision = 0;
    std::int64_t oldTotal = 0;
    for (const Value &set : sets) {
        revision = std::max(revision, revisionOf(set));
        if (set["metadata"]["labels"][HashLabel].stringOr() != hash)
            oldTotal += std::max(set["spec"]["replicas"].intOr(0), set["status"]["replicas"].intOr(0));
    }
    const std::int64_t room = std::max<std::int64_t>(0, wanted + surge - oldTotal);
    const std::int64_t wantedNew = recreates && oldTotal > 0 ? 0 : std::min(wanted, room);
    if (current == sets.end()) {
        createReplicaSet(context, deployment, hash, revision + 1, wantedNew);
        return; // its arrival brings us back
    }
    if (revisionOf(*current) < revision) {
        // A rollback: the old template is the newest revision again.
        Value newest = value::deepCopy(*current);
        mapMember(mapMember(newest, "metadata"), "annotations").set(Revision, std::to_string(revision + 1));
        (void)context.update("replicasets.apps", newest);
        return;
    }
    // Only forwards: a shrinking room must not take back what the new set already has.
    const std::int64_t have = (*current)["spec"]["replicas"].intOr(0);
    scaleSet(context, deployment, *current, oldTotal > 0 ? std::min(wanted, std::max(have, wantedNew)) : wanted);
    // Old Pods may go as far as enough ready ones are left.
    std::int64_t spare = sum(sets, "status", "readyReplicas") - (wanted - unavailable);
    for (const Value &set : sets) {
        const std::int64_t replicas = set["spec"]["replicas"].intOr(0);
        if (set["metadata"]["labels"][HashLabel].stringOr() == hash || replicas == 0)
            continue;
        const std::int64_t notReady = replicas - set["status"]["readyReplicas"].intOr(0);
        const std::int64_t less = recreates ? replicas : std::min(replicas, notReady + std::max<std::int64_t>(0, spare));
        spare -= std::max<std::int64_t>(0, less - notReady);
        scaleSet(context, deployment, set, replicas - less);
    }
    writeDeploymentStatus(context, deployment, sets, &*current);
}

namespace {

Value podFrom(const Value &owner, const std::string &generateName, const std::string &name)
{
    const Value &podTemplate = owner["spec"]["template"];
    Value metadata = value::deepCopy(podTemplate["metadata"]);
    metadata.set("namespace", owner["metadata"]["namespace"]);
    metadata.set("ownerReferences", ownerReference(owner));
    if (name.empty())
        metadata.set("generateName", generateName);
    else
        metadata.set("name", name);
    Value spec = value::deepCopy(podTemplate["spec"]);
    Value tolerations = Value::list();
    for (const char *key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"})
        tolerations.append(Value::map({{"key", key}, {"operator", "Exists"}, {"effect", "NoExecute"}, {"tolerationSeconds", 300}}));
    spec.set("tolerations", tolerations);
    return Value::map({{"metadata", metadata}, {"spec", spec}});
}

std::int64_t readyCount(const std::vector<Value> &pods)
{
    return std::count_if(pods.begin(), pods.end(), [](const Value &pod) { return isReady(pod); });
}

} // namespace

void reconcileReplicaSet(ControllerContext &context, std::string_view ns, std::string_view name)
{
    const Value set = context.get("replicasets.apps", ns, name);
    if (set.isNull() || set["metadata"]["deletionTimestamp"].isString())
        return;
    std::vector<Value> pods = context.ownedBy("pods", ns, set["metadata"]["uid"].stringOr());
    const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(0, set["spec"]["replicas"].intOr(1)));
    const bool isChanging = pods.size() != wanted;
    for (std::size_t i = pods.size(); i < wanted; ++i) {
        if (!context.create("pods", podFrom(set, text(name) + "-", {})))
            break;
    }
    if (pods.size() > wanted) {
        // Those that serve nobody go first, then the youngest.
        std::stable_sort(pods.begin(), pods.end(), [](const Value &a, const Value &b) {
            if (isReady(a) != isReady(b))
                return !isReady(a);
            return a["metadata"]["creationTimestamp"].stringOr() > b["metadata"]["creationTimestamp"].stringOr();
        });
        for (std::size_t i = 0; i < pods.size() - wanted; ++i)
            (void)context.remove("pods", ns, pods[i]["metadata"]["name"].stringOr());
    }
    if (isChanging)
        pods = context.ownedBy("pods", ns, set["metadata"]["uid"].stringOr());
    Value after = value::deepCopy(set);
    Value &status = mapMember(after, "status");
    const std::int64_t ready = readyCount(pods);
    status.set("replicas", static_cast<std::int64_t>(pods.size()));
    status.set("fullyLabeledReplicas", static_cast<std::int64_t>(pods.size()));
    status.set("observedGeneration", set["metadata"]["generation"]);
    status.set("readyReplicas", ready);
    status.set("availableReplicas", ready);
    (void)context.update("replicasets.apps", after);
}

void reconcileStatefulSet(ControllerContext &context, std::string_view ns, std::string_view name)
{
    const Value set = context.get("statefulsets.apps", ns, name);
    if (set.isNull() || set["metadata"]["deletionTimestamp"].isString())
        return;
    const std::string hash = text(name) + "-" + templateHash(value::toJson(set["spec"]["template"]));
    std::vector<Value> pods = context.ownedBy("pods", ns, set["metadata"]["uid"].stringOr());
    const std::int64_t wanted = set["spec"]["replicas"].intOr(1);
    const bool isParallel = set["spec"]["podManagementPolicy"].stringOr() == "Parallel";
    const auto named = [&](const std::string &pod) {
        return std::find_if(pods.begin(), pods.end(), [&](const Value &candidate) { return candidate["metadata"]["name"].stringOr() == pod; });
    };
    std::int64_t updated = 0;
    bool isBusy = false;
    for (std::int64_t i = 0; i < wanted && (!isBusy || isParallel); ++i) {
        const std::string pod = text(name) + "-" + std::to_string(i);
        const auto found = named(pod);
        if (found == pods.end()) {
            Value made = podFrom(set, {}, pod);
            Value &metadata = mapMember(made, "metadata");
            mapMember(metadata, "labels").set("controller-revision-hash", hash);
            mapMember(metadata, "labels").set("statefulset.kubernetes.io/pod-name", pod);
            mapMember(metadata, "labels").set("apps.kubernetes.io/pod-index", std::to_string(i));
            mapMember(made, "spec").set("hostname", pod);
            mapMember(made, "spec").set("subdomain", set["spec"]["serviceName"].stringOr());
            (void)context.create("pods", made);
            isBusy = true;
        } else if (!isReady(*found)) {
            isBusy = true;
        }
    }
    // From the last ordinal down, one at a time, and only while all others are well.
    for (std::int64_t i = wanted - 1; i >= 0; --i) {
        const auto found = named(text(name) + "-" + std::to_string(i));
        if (found == pods.end())
            continue;
        if ((*found)["metadata"]["labels"]["controller-revision-hash"].stringOr() == hash) {
            ++updated;
        } else if (!isBusy) {
            (void)context.remove("pods", ns, (*found)["metadata"]["name"].stringOr());
            isBusy = true;
        }
    }
    for (const Value &pod : pods) {
        std::int64_t ordinal = -1;
        const std::string_view digits = pod["metadata"]["labels"]["apps.kubernetes.io/pod-index"].stringOr();
        std::from_chars(digits.data(), digits.data() + digits.size(), ordinal);
        if (ordinal >= wanted)
            (void)context.remove("pods", ns, pod["metadata"]["name"].stringOr());
    }
    pods = context.ownedBy("pods", ns, set["metadata"]["uid"].stringOr());
    const std::int64_t ready = readyCount(pods);
    Value after = value::deepCopy(set);
    Value &status = mapMember(after, "status");
    status.set("observedGeneration", set["metadata"]["generation"]);
    status.set("replicas", static_cast<std::int64_t>(pods.size()));
    status.set("readyReplicas", ready);
    status.set("availableReplicas", ready);
    status.set("currentReplicas", updated);
    status.set("updatedReplicas", updated);
    status.set("currentRevision", hash);
    status.set("updateRevision", hash);
    status.set("collisionCount", 0);
    (void)context.update("statefulsets.apps", after);
}

} // namespace fairway::lab
