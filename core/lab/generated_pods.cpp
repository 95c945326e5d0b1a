#include "core/lab/generated_pods.h"

#include "core/lab/controller_context.h"

#include <fmt/format.h>

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

constexpr unsigned PodsPerNamespace = 1000;
constexpr unsigned MaxPods = 200'000;
constexpr const char *Programs[] = {"api", "worker", "ingest", "billing", "cache", "report"};

} // namespace

GeneratedPods::GeneratedPods(ObjectService &service, std::uint64_t seed)
    : m_service(service)
    , m_random(seed + 7)
{
}

GeneratedPods::~GeneratedPods()
{
    stop();
}

StoredObject GeneratedPods::draft(const Pod &pod) const
{
    const char *program = Programs[pod.number % std::size(Programs)];
    const char *ready = pod.isReady ? "True" : "False";
    StoredObject object;
    object.ns = pod.ns;
    object.name = pod.name;
    object.uid = pod.uid;
    object.labels = LabelSet(Value::map({{"app", program}, {"version", pod.number % 5 == 0 ? "v2" : "v1"}}));
    object.json = fmt::format(
        R"({{"metadata":{{"creationTimestamp":"{created}","generation":1,"labels":{{"app":"{app}","version":"{version}"}},"name":"{name}","namespace":"{ns}","resourceVersion":"{placeholder}","uid":"{uid}"}},)"
        R"("spec":{{"containers":[{{"image":"registry.example/load/{app}:1","name":"{app}","ports":[{{"containerPort":8080,"protocol":"TCP"}}],"resources":{{}}}}],"nodeName":"lab-node-{node}","restartPolicy":"Always"}},)"
        R"("status":{{"conditions":[{{"lastTransitionTime":"{created}","status":"{ready}","type":"Ready"}}],"containerStatuses":[{{"image":"registry.example/load/{app}:1","imageID":"","name":"{app}","ready":{isReady},"restartCount":{restarts},"started":true,"state":{{"running":{{"startedAt":"{created}"}}}}}}],"hostIP":"127.0.0.1","phase":"Running","podIP":"10.244.{high}.{low}","startTime":"{created}"}}}})",
        fmt::arg("created", pod.created), fmt::arg("app", program), fmt::arg("version", pod.number % 5 == 0 ? "v2" : "v1"),
        fmt::arg("name", pod.name), fmt::arg("ns", pod.ns), fmt::arg("placeholder", VersionPlaceholder), fmt::arg("uid", pod.uid),
        fmt::arg("node", pod.number % 3 + 1), fmt::arg("ready", ready), fmt::arg("isReady", pod.isReady), fmt::arg("restarts", pod.restarts),
        fmt::arg("high", pod.number / 250 % 256), fmt::arg("low", pod.number % 250 + 1));
    return object;
}

void GeneratedPods::create(unsigned count)
{
    count = std::min(count, MaxPods);
    WriteOptions options;
    options.tracksFields = false;
    const ResourceTypePtr namespaces = m_service.registry().findId("namespaces");
    const std::string created = m_service.now();
    for (unsigned i = 0; i < count; ++i) {
        const std::string ns = std::string(GeneratedPrefix) + std::to_string(i / PodsPerNamespace);
        if (i % PodsPerNamespace == 0)
            (void)m_service.create(*namespaces, "v1", {}, Value::map({{"metadata", Value::map({{"name", ns}})}}), options);
        Pod pod {ns, fmt::format("{}-{}", Programs[i % std::size(Programs)], m_service.identity().suffix() + m_service.identity().suffix()),
            m_service.identity().uid(), created, i, 0, i % 97 != 0, 0};
        const Store::PutResult result = m_service.store().put("pods", draft(pod), 0);
        if (!result.object)
            continue;
        pod.version = result.object->resourceVersion;
        m_pods.push_back(std::move(pod));
    }
}

void GeneratedPods::change(Pod &pod)
{
    pod.isReady = !pod.isReady;
    pod.restarts += pod.isReady ? 0 : 1;
    const Store::PutResult result = m_service.store().put("pods", draft(pod), pod.version);
    // Somebody else wrote or deleted it: it is theirs from now on.
    pod.version = result.object ? result.object->resourceVersion : 0;
}

void GeneratedPods::startChurn(unsigned perSecond)
{
    if (perSecond > 0 && !m_pods.empty())
        m_thread = std::thread([this, perSecond] { run(perSecond); });
}

void GeneratedPods::run(unsigned perSecond)
{
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t done = 0;
    std::unique_lock lock(m_mutex);
    while (!m_condition.wait_for(lock, std::chrono::milliseconds(20), [this] { return m_isStopping; })) {
        lock.unlock();
        const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
        const std::uint64_t due = static_cast<std::uint64_t>(elapsed) * perSecond / 1000;
        for (; done < due; ++done) {
            Pod &pod = m_pods[m_random.below(m_pods.size())];
            if (pod.version > 0)
                change(pod);
        }
        lock.lock();
    }
}

void GeneratedPods::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    m_condition.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace fairway::lab
