#include "core/lab/lab.h"

#include "core/base/base64.h"
#include "core/lab/api_server.h"
#include "core/lab/callers.h"
#include "core/lab/controllers.h"
#include "core/lab/generated_pods.h"
#include "core/lab/object_service.h"
#include "core/lab/pod_host.h"
#include "core/lab/seed_crds.h"
#include "core/lab/seed_shop.h"
#include "core/lab/shifted_clock.h"
#include "core/lab/store.h"
#include "core/lab/watch_hub.h"
#include "core/net/tls.h"
#include "core/proxy/http_server.h"
#include "core/value/yaml.h"

#include <fmt/format.h>

#include <utility>

namespace fairway::lab {

using value::Value;

/// Destroyed from the last member to the first: sockets go before what answers on them.
struct Lab::Impl {
    explicit Impl(const LabOptions &given)
        : options(given)
        , identity(given.seed)
        , store(given.historyEvents)
        , service(store, registry, identity, clock)
        , pods(given.seed, given.runsPods)
        , controllers(service, pods)
        , watches(store, given.bookmarkEvery)
        , generated(service, given.seed)
        , api(service, watches, callers, [this](std::string_view ns, std::string_view pod) { return pods.log(ns, pod); })
    {
        store.setListener([this](std::string_view resource) {
            watches.wake();
            controllers.noteChange(resource);
        });
    }

    Result<void> listen();
    Result<void> seed();
    Result<void> applyYaml(std::string_view yaml, const std::string &manager);
    void seedReleases();

    const LabOptions options;
    ShiftedClock clock;
    IdentitySource identity;
    ResourceRegistry registry;
    Store store;
    ObjectService service;
    PodHost pods;
    Controllers controllers;
    WatchHub watches;
    GeneratedPods generated;
    Callers callers;
    ApiServer api;
    std::string caPem;
    std::unique_ptr<proxy::HttpServer> server;
    std::mutex stopMutex;
    bool isStopped = false; ///< Guarded by stopMutex.
};

Result<void> Lab::Impl::listen()
{
    const auto authority = net::SelfSignedAuthority::create("Fairway practice cluster");
    if (!authority)
        return failWith("practice cluster", authority.error());
    const auto certificate = authority->issueServer({"localhost", "127.0.0.1", "kubernetes", "kubernetes.default.svc"});
    if (!certificate)
        return failWith("practice cluster", certificate.error());
    caPem = authority->certificatePem();
    proxy::HttpServerOptions http;
    http.port = options.port;
    http.tls = net::TlsServerOptions {certificate->certificatePem, certificate->keyPem, {"http/1.1"}, {}};
    http.maxBodyBytes = std::size_t {4} << 20;
    http.idleTimeout = std::chrono::minutes(10);
    auto started = proxy::HttpServer::start(std::move(http),
        [this](const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder) { api.handle(request, responder); });
    if (!started)
        return failWith("practice cluster", started.error());
    server = std::move(*started);
    api.setAddress("127.0.0.1:" + std::to_string(server->port()));
    pods.setApiPort(server->port());
    return {};
}

Result<void> Lab::Impl::applyYaml(std::string_view yaml, const std::string &manager)
{
    const auto documents = value::parseYamlDocuments(yaml);
    if (!documents)
        return tl::unexpected(documents.error());
    WriteOptions write;
    write.manager = manager;
    write.keepsGeneration = true;
    for (const Value &document : *documents) {
        if (document.isNull())
            continue;
        const std::string_view groupVersion = document["apiVersion"].stringOr();
        const std::size_t slash = groupVersion.find('/');
        const std::string_view group = slash == std::string_view::npos ? std::string_view() : groupVersion.substr(0, slash);
        const std::string_view version = slash == std::string_view::npos ? groupVersion : groupVersion.substr(slash + 1);
        const ResourceTypePtr type = registry.findKind(group, version, document["kind"].stringOr());
        const std::string name(document["metadata"]["name"].stringOr());
        if (!type)
            return fail(ErrorCode::Unsupported, "the practice cluster knows no " + std::string(groupVersion) + " " + std::string(document["kind"].stringOr()));
        const std::string ns = type->isNamespaced ? std::string(document["metadata"]["namespace"].stringOr("default")) : std::string();
        auto written = service.create(*type, version, ns, value::deepCopy(document), write);
        if (!written && written.error().reason == "AlreadyExists") {
            Value update = value::deepCopy(document);
            const StoredPtr stored = store.get(type->id(), ns, name);
            update.asMap().get("metadata")->set("resourceVersion", std::to_string(stored ? stored->resourceVersion : 0));
            written = service.update(*type, version, ns, name, update, write);
        }
        if (!written)
            return fail(ErrorCode::InvalidInput, type->kind + " " + name + ": " + written.error().message);
    }
    return {};
}

void Lab::Impl::seedReleases()
{
    const auto at = [this](std::chrono::hours age) { return formatRfc3339(clock.systemNow() - age); };
    constexpr std::string_view manifest = "---\n# Source: shop/templates/settings.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: storefront-settings\n  namespace: shop\n";
    constexpr std::string_view mailManifest = "---\n# Source: mail/templates/service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: notify\n  namespace: mail\n";
    const std::string first = at(std::chrono::hours(24 * 42));
    WriteOptions write;
    write.manager = "helm";
    const ResourceTypePtr secrets = registry.findId("secrets");
    const auto put = [&](const HelmRelease &release, const std::string &since, const std::string &time) {
        (void)service.create(*secrets, "v1", release.ns, helmSecret(release, since, time), write);
    };
    put({"shop", "shop", 1, "superseded", "shop", "2.8.1", "5.2", "Install complete", manifest, ""}, first, first);
    put({"shop", "shop", 2, "deployed", "shop", "2.9.0", "5.3", "Upgrade complete", manifest, "The shop is open.\n"}, first, at(std::chrono::hours(5)));
    put({"mail", "mail", 1, "deployed", "mail", "1.4.2", "1.4", "Install complete", mailManifest, ""}, first, first);
}

Result<void> Lab::Impl::seed()
{
    const ResourceTypePtr crds = registry.findId("customresourcedefinitions.apiextensions.k8s.io");
    WriteOptions write;
    write.tracksFields = false;
    clock.setBack(std::chrono::hours(24 * 90));
    for (Value &crd : seedCrds()) {
        const std::string name(crd["metadata"]["name"].stringOr());
        if (auto written = service.create(*crds, "v1", {}, std::move(crd), write); !written)
            return fail(ErrorCode::Internal, "CustomResourceDefinition " + name + ": " + written.error().message);
    }
    std::vector<SeedStep> steps = seedCluster();
    if (options.hasShop) {
        for (SeedStep &step : seedShop())
            steps.push_back(std::move(step));
    }
    for (const SeedStep &step : steps) {
        clock.setBack(step.age);
        if (auto applied = applyYaml(step.yaml, "lab"); !applied)
            return applied;
        controllers.settleNow();
    }
    if (options.hasShop) {
        // One canary Pod has lost its way: two of three are ready.
        const ResourceTypePtr podType = registry.findId("pods");
        for (const StoredPtr &pod : store.snapshot("pods", "shop").objects) {
            if (!pod->name.starts_with("reviews-v2-"))
                continue;
            (void)service.patch(*podType, "v1", "shop", pod->name, PatchKind::Merge,
                Value::map({{"metadata", Value::map({{"annotations", Value::map({{StateAnnotation, "NotReady"}})}})}}), write);
            break;
        }
        controllers.settleNow();
    }
    clock.setBack(std::chrono::hours(0));
    if (options.hasShop)
        seedReleases();
    clock.setBack(std::chrono::hours(3));
    generated.create(options.pods);
    clock.setBack(std::chrono::hours(0));
    controllers.settleNow();
    return {};
}

Lab::Lab(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Lab::~Lab()
{
    stop();
}

Result<std::unique_ptr<Lab>> Lab::start(const LabOptions &options)
{
    auto impl = std::make_unique<Impl>(options);
    if (auto listening = impl->listen(); !listening)
        return tl::unexpected(listening.error());
    if (auto seeded = impl->seed(); !seeded)
        return failWith("seed of the practice cluster", seeded.error());
    impl->controllers.start(options.podStart);
    impl->generated.startChurn(options.churn);
    return std::unique_ptr<Lab>(new Lab(std::move(impl)));
}

std::string Lab::address() const
{
    return "https://127.0.0.1:" + std::to_string(port());
}

std::uint16_t Lab::port() const
{
    return m_impl->server->port();
}

std::string Lab::caPem() const
{
    return m_impl->caPem;
}

std::string Lab::token(LabUser user) const
{
    return m_impl->callers.token(user);
}

std::string Lab::kubeconfigText() const
{
    return fmt::format(R"(apiVersion: v1
kind: Config
clusters:
- name: lab
  cluster:
    server: {}
    certificate-authority-data: {}
users:
- name: lab-admin
  user:
    token: {}
- name: lab-reader
  user:
    token: {}
contexts:
- name: lab
  context:
    cluster: lab
    namespace: {}
    user: lab-admin
- name: lab-reader
  context:
    cluster: lab
    namespace: {}
    user: lab-reader
current-context: lab
)",
        address(), encodeBase64(caPem()), token(LabUser::Admin), token(LabUser::Reader), m_impl->options.hasShop ? "shop" : "default",
        m_impl->options.hasShop ? "shop" : "default");
}

void Lab::setDial(std::string_view ns, std::string_view name, const PodDial &dial)
{
    m_impl->pods.setDial(ns, name, dial);
    m_impl->controllers.touchPods(ns);
}

std::vector<RunningPod> Lab::runningPods() const
{
    return m_impl->pods.running();
}

Result<void> Lab::apply(std::string_view yaml)
{
    return m_impl->applyYaml(yaml, "lab");
}

bool Lab::settle(std::chrono::milliseconds limit)
{
    return m_impl->controllers.settle(limit);
}

void Lab::cutWatches()
{
    m_impl->watches.cutAll();
}

void Lab::compact()
{
    m_impl->store.compact();
}

void Lab::failNext(unsigned count, int status)
{
    m_impl->api.failNext(count, status);
}

LabStats Lab::stats() const
{
    return {m_impl->store.version(), m_impl->store.objectCount(), m_impl->store.storedBytes(), m_impl->watches.openWatches(),
        m_impl->api.requests(), m_impl->watches.slowWatches()};
}

void Lab::stop()
{
    const std::scoped_lock lock(m_impl->stopMutex);
    if (std::exchange(m_impl->isStopped, true))
        return;
    m_impl->generated.stop();
    m_impl->controllers.stop();
    m_impl->watches.stop();
    m_impl->pods.stopAll();
    m_impl->server->stop();
}

} // namespace fairway::lab
