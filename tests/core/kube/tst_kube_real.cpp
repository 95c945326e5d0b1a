#include "core/kube/access.h"
#include "core/kube/discovery.h"
#include "core/kube/informer.h"
#include "core/value/json.h"
#include "tests/core/kube/temporary_folder.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>

namespace fairway::kube {
namespace {

using namespace std::chrono_literals;
using test::TemporaryFolder;
using value::Value;

const ResourceId configMaps {"", "v1", "configmaps"};

bool eventually(const std::function<bool()> &condition)
{
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!condition() && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(10ms);
    }
    return condition();
}

int freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    socklen_t length = sizeof address;
    const bool isBound = ::bind(fd, generic, length) == 0 && ::getsockname(fd, generic, &length) == 0;
    ::close(fd);
    return isBound ? ntohs(address.sin_port) : 0;
}

/// A real kube-apiserver with etcd, one for all tests.
class RealCluster : public testing::Test {
protected:
    static inline std::string s_bin;
    static inline TemporaryFolder *s_folder = nullptr;
    static inline int s_port = 0;
    static inline int s_etcdPort = 0;
    static inline bool s_isUp = false;

    static void SetUpTestSuite()
    {
        const char *bin = std::getenv("FAIRWAY_KUBE_APISERVER_BIN");
        if (bin == nullptr) {
            return;
        }
        s_bin = bin;
        s_folder = new TemporaryFolder;
        s_port = freePort();
        s_etcdPort = freePort();
        s_isUp = script("setup");
    }
    static void TearDownTestSuite()
    {
        if (s_folder != nullptr) {
            (void)script("stop");
            delete s_folder;
            s_folder = nullptr;
        }
    }
    void SetUp() override
    {
        if (s_bin.empty()) {
            GTEST_SKIP() << "FAIRWAY_KUBE_APISERVER_BIN IS NOT SET: nothing was checked against a real kube-apiserver. Name the folder that holds "
                            "kube-apiserver and etcd.";
        }
        ASSERT_TRUE(s_isUp) << "kube-apiserver did not start";
    }

    static bool script(const std::string &command, int port = s_port)
    {
        const std::string line = std::string(FAIRWAY_SOURCE_FOLDER) + "/tests/core/kube/kube_apiserver.sh " + command + " '" + s_bin + "' '" + s_folder->path() + "' "
            + std::to_string(port) + " " + std::to_string(s_etcdPort);
        return std::system(line.c_str()) == 0;
    }

    static std::shared_ptr<Client> as(const std::string &context)
    {
        const auto config = Kubeconfig::load({s_folder->path("kubeconfig"), {}, {}});
        EXPECT_TRUE(config) << config.error().message;
        const auto access = config->access(context);
        EXPECT_TRUE(access) << access.error().message;
        auto client = Client::create(*access);
        EXPECT_TRUE(client) << client.error().message;
        return *client;
    }

    static Value configMap(const std::string &name, const std::string &text)
    {
        return Value::map({{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", Value::map({{"name", name}})}, {"data", Value::map({{"a", text}})}});
    }

};

TEST_F(RealCluster, SpeaksHttp2AndNegotiatesVersions)
{
    const auto client = as("admin");
    const auto probe = client->probe();
    ASSERT_TRUE(probe) << probe.error().message;
    const auto answer = client->raw({"GET", "/version"});
    EXPECT_EQ(answer->version, 2);
    const auto discovery = discover(*client);
    ASSERT_TRUE(discovery) << discovery.error().message;
    EXPECT_TRUE(discovery->problems().empty());
    const ResourceType *slices = discovery->preferred("discovery.k8s.io", "endpointslices", {"v1", "v1beta1"});
    const ResourceType *autoscalers = discovery->preferred("autoscaling", "horizontalpodautoscalers", {"v2", "v2beta2"});
    ASSERT_TRUE(slices != nullptr && autoscalers != nullptr);
    RecordProperty("server", probe->gitVersion);
    if (probe->gitVersion.starts_with("v1.20.")) {
        EXPECT_EQ(slices->version, "v1beta1");
        EXPECT_EQ(autoscalers->version, "v2beta2");
    }
    EXPECT_TRUE(client->list(slices->id()));
    EXPECT_TRUE(client->list(autoscalers->id()));
    EXPECT_EQ((*discovery->lookUp("deploy"))->id().qualifiedName(), "deployments.apps");
    EXPECT_TRUE((*discovery->lookUp("deploy"))->can("patch"));
}

TEST_F(RealCluster, CertificatesBothWays)
{
    for (const char *context : {"admin", "admin-cert", "insecure", "named"}) {
        const auto probe = as(context)->list(configMaps);
        EXPECT_TRUE(probe) << context << ": " << probe.error().message;
    }
    const std::vector<std::pair<std::string, std::string>> bad = {{"other-ca", "is not trusted"}, {"system-ca", "is not trusted"}, {"misnamed", "is for another name"}};
    for (const auto &[context, message] : bad) {
        const auto probe = as(context)->probe();
        ASSERT_FALSE(probe) << context;
        EXPECT_EQ(probe.error().code, ErrorCode::Unreachable) << context;
        EXPECT_NE(probe.error().message.find(message), std::string::npos) << context << ": " << probe.error().message;
    }
    const auto mixed = as("mixed-cert")->probe();
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, ErrorCode::InvalidInput) << mixed.error().message;
    const auto plain = as("plain")->probe();
    ASSERT_FALSE(plain) << "http to an https port";
}

TEST_F(RealCluster, ExpiredServerCertificate)
{
    const int port = freePort();
    ASSERT_TRUE(script("late", port));
    ClusterAccess access;
    access.server = "https://127.0.0.1:" + std::to_string(port);
    access.ca.file = s_folder->path("pki/ca.crt");
    const auto client = Client::create(access).value();
    Result<Client::Probe> probe;
    ASSERT_TRUE(eventually([&] {
        probe = client->probe();
        return !probe && probe.error().message.find("no connection") == std::string::npos;
    }));
    EXPECT_EQ(probe.error().code, ErrorCode::Unreachable);
    EXPECT_NE(probe.error().message.find("has expired; it must be renewed on the server"), std::string::npos) << probe.error().message;
}

TEST_F(RealCluster, RefusedCredentials)
{
    for (const char *context : {"wrong", "expired", "expired-cert"}) {
        const auto list = as(context)->list(configMaps);
        ASSERT_FALSE(list) << context;
        EXPECT_EQ(list.error().code, ErrorCode::Unauthorized) << context << ": " << list.error().message;
        EXPECT_NE(list.error().message.find("user \"" + std::string(context) + "\""), std::string::npos) << list.error().message;
        EXPECT_EQ(list.error().message.find("token-"), std::string::npos);
    }
    const auto anonymous = as("anonymous")->list(configMaps);
    ASSERT_FALSE(anonymous);
    EXPECT_EQ(anonymous.error().code, ErrorCode::Unauthorized) << anonymous.error().message;
}

TEST_F(RealCluster, RightsAreAskedAndEnforced)
{
    const auto admin = as("admin");
    const Value binding = value::parseJson(R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"readers"},
        "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"readers"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"Group","name":"readers"}]})")
                              .value();
    // A role of our own: "view" is filled by the controller manager, which does not run here.
    const Value role = value::parseJson(R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"readers"},
        "rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list","watch"]}]})")
                           .value();
    ASSERT_TRUE(admin->create({"rbac.authorization.k8s.io", "v1", "clusterroles"}, "", role));
    const auto bound = admin->create({"rbac.authorization.k8s.io", "v1", "clusterrolebindings"}, "", binding);
    ASSERT_TRUE(bound) << bound.error().message;
    ASSERT_TRUE(eventually([&] { return as("reader")->list(configMaps).has_value(); }));
    const auto denied = as("nobody")->list(configMaps);
    ASSERT_FALSE(denied);
    EXPECT_EQ(denied.error().code, ErrorCode::Forbidden);
    EXPECT_NE(denied.error().message.find("list configmaps: not allowed (configmaps is forbidden: User \"nobody\" cannot list"), std::string::npos) << denied.error().message;
    const auto reader = as("reader");
    EXPECT_EQ(reader->create(configMaps, "default", configMap("x", "1")).error().code, ErrorCode::Forbidden);
    AccessReviewer reviewer(reader);
    EXPECT_TRUE(reviewer.canI({"list", "", "configmaps", "", "default", ""})->allowed);
    EXPECT_FALSE(reviewer.canI({"patch", "", "configmaps", "", "default", ""})->allowed);
    EXPECT_FALSE(reviewer.canI({"list", "", "secrets", "", "default", ""})->allowed);

    Informer informer(as("nobody"), configMaps, {}, {});
    informer.start();
    EXPECT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Forbidden; }));
}

TEST_F(RealCluster, WritesConflictsAndDryRuns)
{
    const auto client = as("admin");
    const auto made = client->create(configMaps, "default", configMap("w", "1"));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(client->create(configMaps, "default", configMap("w", "1")).error().code, ErrorCode::AlreadyExists);

    WriteOptions dry;
    dry.dryRun = true;
    const auto tried = client->patch(configMaps, "default", "w", PatchType::Merge, Value::map({{"data", Value::map({{"a", "2"}})}}), dry);
    ASSERT_TRUE(tried);
    EXPECT_EQ(tried->parse().value()["data"]["a"].stringOr(), "2");
    EXPECT_EQ(client->get(configMaps, "default", "w")->parse().value()["data"]["a"].stringOr(), "1") << "a dry run stores nothing";

    const Value stale = made->parse().value();
    ASSERT_TRUE(client->patch(configMaps, "default", "w", PatchType::Merge, Value::map({{"data", Value::map({{"a", "3"}})}})));
    const auto conflict = client->replace(configMaps, "default", "w", stale);
    ASSERT_FALSE(conflict);
    EXPECT_EQ(conflict.error().code, ErrorCode::Conflict);
    EXPECT_NE(conflict.error().message.find("changed meanwhile"), std::string::npos) << conflict.error().message;

    const Value failing = Value::list({Value::map({{"op", "test"}, {"path", "/data/a"}, {"value", "no"}})});
    EXPECT_FALSE(client->patch(configMaps, "default", "w", PatchType::Json, failing));
    CallInfo info;
    WriteOptions invalid;
    invalid.call.info = &info;
    EXPECT_EQ(client->create(configMaps, "default", configMap("Not A Name", "1"), invalid).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(info.status);
    EXPECT_FALSE(info.status->causes.empty());

    DeleteOptions other;
    other.uid = "00000000-0000-0000-0000-000000000000";
    EXPECT_EQ(client->remove(configMaps, "default", "w", other).error().code, ErrorCode::Conflict);
    EXPECT_TRUE(client->remove(configMaps, "default", "w"));
    EXPECT_EQ(client->get(configMaps, "default", "w").error().code, ErrorCode::NotFound);
    EXPECT_EQ(client->list({"nope.example", "v1", "things"}).error().code, ErrorCode::Unsupported);
}

TEST_F(RealCluster, ApplyConflictsNameTheOwner)
{
    const auto client = as("admin");
    WriteOptions other;
    other.fieldManager = "argocd";
    ASSERT_TRUE(client->patch(configMaps, "default", "s", PatchType::Apply, configMap("s", "1"), other));
    CallInfo info;
    WriteOptions ours;
    ours.call.info = &info;
    const auto conflict = client->patch(configMaps, "default", "s", PatchType::Apply, configMap("s", "2"), ours);
    ASSERT_FALSE(conflict);
    EXPECT_EQ(conflict.error().code, ErrorCode::Conflict);
    EXPECT_NE(conflict.error().message.find(".data.a (argocd)"), std::string::npos) << conflict.error().message;
    ASSERT_TRUE(info.status);
    EXPECT_TRUE(info.status->isApplyConflict());
    ours.force = true;
    const auto taken = client->patch(configMaps, "default", "s", PatchType::Apply, configMap("s", "2"), ours);
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(taken->parse().value()["data"]["a"].stringOr(), "2");
}

TEST_F(RealCluster, PagesTablesAndCustomResources)
{
    const auto client = as("admin");
    ASSERT_TRUE(client->create({"", "v1", "namespaces"}, "", value::parseJson(R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"many"}})").value()));
    for (int i = 0; i < 25; ++i) {
        ASSERT_TRUE(client->create(configMaps, "many", configMap("c" + std::to_string(i), "1")));
    }
    ListOptions options;
    options.ns = "many";
    options.limit = 10;
    const auto page = client->list(configMaps, options);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->items.size(), 10U);
    EXPECT_EQ(page->items[0].kind(), "ConfigMap");
    EXPECT_FALSE(page->continueToken.empty());
    EXPECT_GE(client->listAll(configMaps, options)->items.size(), 25U);
    const auto table = client->table(configMaps, options);
    ASSERT_TRUE(table) << table.error().message;
    EXPECT_EQ(table->rows.size(), 10U);
    EXPECT_EQ(table->columns.at(0).name, "Name");
    EXPECT_EQ(table->rows[0].cell(0), table->rows[0].name());

    const Value crd = value::parseJson(R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"virtualservices.networking.istio.io"},
        "spec":{"group":"networking.istio.io","scope":"Namespaced","names":{"plural":"virtualservices","singular":"virtualservice","kind":"VirtualService","shortNames":["vs"]},
        "versions":[{"name":"v1beta1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
                    {"name":"v1alpha3","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}})")
                          .value();
    ASSERT_TRUE(client->create({"apiextensions.k8s.io", "v1", "customresourcedefinitions"}, "", crd));
    ASSERT_TRUE(eventually([&] { return discover(*client)->lookUp("vs").has_value(); }));
    const auto discovery = discover(*client);
    const ResourceType *routes = discovery->preferred("networking.istio.io", "virtualservices", {"v1", "v1beta1", "v1alpha3"});
    ASSERT_NE(routes, nullptr);
    EXPECT_EQ(routes->version, "v1beta1");
    EXPECT_TRUE(eventually([&] { return client->list(routes->id()).has_value(); }));
}

TEST_F(RealCluster, InformersSurviveTheServersDeath)
{
    const auto client = as("admin");
    ASSERT_TRUE(client->create({"", "v1", "namespaces"}, "", value::parseJson(R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"death"}})").value()));
    ASSERT_TRUE(client->create(configMaps, "death", configMap("a", "1")));
    ASSERT_TRUE(client->create(configMaps, "death", configMap("b", "1")));
    InformerOptions options;
    options.ns = "death";
    std::mutex mutex;
    std::vector<std::string> changes;
    std::vector<InformerPhase> phases;
    Informer informer(as("admin"), configMaps, options,
                      {[&](const std::vector<ObjectChange> &batch) {
                           const std::scoped_lock lock(mutex);
                           for (const ObjectChange &change : batch) {
                               changes.push_back(std::string(1, "+~-"[static_cast<int>(change.type)]) + std::string(change.object.name()));
                           }
                       },
                       [&](const InformerState &state) {
                           const std::scoped_lock lock(mutex);
                           phases.push_back(state.phase);
                       }});
    TableInformer table(as("admin-cert"), configMaps, options, {});
    informer.start();
    table.start();
    const auto areLive = [&] { return informer.state().phase == InformerPhase::Live && table.state().phase == InformerPhase::Live; };
    ASSERT_TRUE(eventually(areLive)) << informer.state().reason << table.state().reason;
    EXPECT_GE(informer.size(), 2U);
    ASSERT_TRUE(client->create(configMaps, "death", configMap("c", "1")));
    ASSERT_TRUE(eventually([&] { return informer.find("death", "c") && table.find("death", "c"); }));

    const auto before = std::chrono::system_clock::now();
    ASSERT_TRUE(script("kill"));
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Stale && table.state().phase == InformerPhase::Stale; }));
    EXPECT_LE(informer.state().since, before + 1s);
    EXPECT_TRUE(informer.state().hasListed);
    EXPECT_GE(informer.size(), 3U) << "what was known stays readable";
    ASSERT_TRUE(eventually([&] { return informer.state().code == ErrorCode::Unreachable; })) << informer.state().reason;
    EXPECT_FALSE(client->get(configMaps, "death", "a"));
    {
        const std::scoped_lock lock(mutex);
        changes.clear();
    }
    ASSERT_TRUE(script("up"));
    ASSERT_TRUE(client->remove(configMaps, "death", "b"));
    ASSERT_TRUE(client->patch(configMaps, "death", "a", PatchType::Merge, Value::map({{"data", Value::map({{"a", "2"}})}})));
    ASSERT_TRUE(eventually([&] { return areLive() && !informer.find("death", "b") && !table.find("death", "b"); })) << informer.state().reason;
    ASSERT_TRUE(eventually([&] { return informer.find("death", "a")->parse().value()["data"]["a"].stringOr() == "2"; }));
    ASSERT_TRUE(eventually([&] {
        const std::scoped_lock lock(mutex);
        return std::count(changes.begin(), changes.end(), "~a") > 0;
    }));
    const std::scoped_lock lock(mutex);
    EXPECT_EQ(std::count(changes.begin(), changes.end(), "-b"), 1);
    EXPECT_EQ(std::count(changes.begin(), changes.end(), "-c"), 0) << "nothing vanished that was there";
    EXPECT_EQ(std::count(changes.begin(), changes.end(), "+c"), 0);
    EXPECT_GE(std::count(phases.begin(), phases.end(), InformerPhase::Stale), 1);
}

} // namespace
} // namespace fairway::kube
