#include "core/base/random.h"
#include "core/kube/discovery.h"
#include "core/operate/writer.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace fairway;
using namespace fairway::operate;
using namespace std::chrono_literals;
using value::Value;

namespace {

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

std::string environment(const char *name)
{
    const char *text = std::getenv(name);
    return text != nullptr ? text : "";
}

bool eventually(const std::function<bool()> &isTrue)
{
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!isTrue()) {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        std::this_thread::sleep_for(2ms); // polled: another process does it
    }
    return true;
}

/// Writer with everything it needs, for one context of a kubeconfig.
class Desk {
public:
    Desk(const std::string &kubeconfig, const std::string &contextName, const std::string &state)
        : settings(state + "/contexts.yaml")
    {
        const auto config = kube::Kubeconfig::load({kubeconfig, {}, {}});
        const auto access = config->access(contextName);
        client = *kube::Client::create(*access);
        context = {access->context, access->server};
        journal = std::move(*Journal::open(state + "/journal.sqlite"));
        api = makeObjectApi(client);
    }
    [[nodiscard]] Writer writer() { return Writer({context, api.get(), journal.get(), &settings}); }

    ContextSettings settings;
    std::shared_ptr<kube::Client> client;
    ContextKey context;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<ObjectApi> api;
};

Change weights(const Value &base, int first)
{
    Change change;
    change.object = test::reviewsRef();
    change.base = base;
    change.desired = test::withWeights(base, first, 100 - first);
    change.summary = std::to_string(first);
    return change;
}

int firstWeight(const Value &object)
{
    return static_cast<int>(object["spec"]["http"][2]["route"][0]["weight"].intOr(-1));
}

const char *virtualServices = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
"metadata":{"name":"virtualservices.networking.istio.io"},"spec":{"group":"networking.istio.io","scope":"Namespaced",
"names":{"kind":"VirtualService","listKind":"VirtualServiceList","plural":"virtualservices","singular":"virtualservice"},
"versions":[{"name":"v1beta1","served":true,"storage":true,"subresources":{"status":{}},
"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}})";

/// A real kube-apiserver with etcd, with one VirtualService.
class RealCluster : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_bin = environment("FAIRWAY_KUBE_APISERVER_BIN");
        if (s_bin.empty())
            return;
        s_folder = new test::TemporaryFolder;
        s_ports = std::to_string(freePort()) + " " + std::to_string(freePort());
        s_isUp = script("setup") && seed();
    }
    static void TearDownTestSuite()
    {
        if (s_folder != nullptr)
            (void)script("stop");
        delete s_folder;
        s_folder = nullptr;
    }
    void SetUp() override
    {
        if (s_bin.empty())
            GTEST_SKIP() << "FAIRWAY_KUBE_APISERVER_BIN IS NOT SET: no write was tried on a real kube-apiserver. Name the folder "
                            "that holds kube-apiserver and etcd.";
        ASSERT_TRUE(s_isUp) << "kube-apiserver did not start";
        desk = std::make_unique<Desk>(kubeconfig(), "admin", state.path());
        ASSERT_TRUE(desk->settings.setLocked(desk->context, false));
        // Back to 90 / 10, whatever the test before did.
        Writer writer = desk->writer();
        ASSERT_TRUE(writer.apply(weights(*writer.read(test::reviewsRef()), 90), {}).isOk());
        base = *writer.read(test::reviewsRef());
    }

    static std::string kubeconfig() { return s_folder->file("kubeconfig"); }
    static bool script(const std::string &command)
    {
        return std::system((std::string(FAIRWAY_SOURCE_FOLDER) + "/tests/core/kube/kube_apiserver.sh " + command + " '" + s_bin + "' '"
                            + s_folder->path() + "' " + s_ports).c_str()) == 0;
    }
    static bool seed()
    {
        const auto config = kube::Kubeconfig::load({kubeconfig(), {}, {}});
        const auto client = *kube::Client::create(*config->access("admin"));
        if (!client->create({"apiextensions.k8s.io", "v1", "customresourcedefinitions"}, "", *value::parseJson(virtualServices)))
            return false;
        const Value ns = Value::map({{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::map({{"name", "shop"}})}});
        if (!client->create({"", "v1", "namespaces"}, "", ns))
            return false;
        for (int i = 0; i < 300; ++i) { // the kind is served a moment after its definition was stored
            if (client->create(test::reviewsRef().resource(), "shop", test::reviews()))
                return true;
            std::this_thread::sleep_for(100ms);
        }
        return false;
    }
    Value live() { return *desk->writer().read(test::reviewsRef()); }

    static inline std::string s_bin;
    static inline test::TemporaryFolder *s_folder = nullptr;
    static inline std::string s_ports;
    static inline bool s_isUp = false;
    const test::TemporaryFolder state;
    std::unique_ptr<Desk> desk;
    Value base;
};

/// Waits for a signal that never comes; the parent ends it.
[[noreturn]] void writeForever()
{
    Desk desk(environment("FAIRWAY_TEST_KUBECONFIG"), "admin", environment("FAIRWAY_TEST_STATE"));
    Writer writer = desk.writer();
    for (int i = 1;; ++i) {
        const auto object = writer.read(test::reviewsRef());
        if (!object || !writer.apply(weights(*object, (i * 7) % 101), {}).isOk())
            ::_exit(2);
    }
}

} // namespace

/// Run by the kill -9 test as a process of its own.
TEST(WriterProcess, DISABLED_writesUntilKilled)
{
    writeForever();
}

TEST_F(RealCluster, changesOnlyTheWeightsAndUndoesThem)
{
    Writer writer = desk->writer();
    const WriteOutcome dry = writer.dryRun(weights(base, 75), {});
    ASSERT_TRUE(dry.isOk()) << dry.message;
    EXPECT_EQ(firstWeight(dry.object), 75);
    EXPECT_EQ(live()["metadata"]["resourceVersion"], base["metadata"]["resourceVersion"]) << "a dry run stores nothing";
    const WriteOutcome applied = writer.apply(weights(base, 75), {"", "trying v2", false});
    ASSERT_TRUE(applied.isOk()) << applied.message;
    EXPECT_EQ(changedFields(base, live()).size(), 2U);
    const auto events = desk->client->list({"", "v1", "events"}, {"shop"});
    ASSERT_TRUE(events);
    ASSERT_FALSE(events->items.empty());
    EXPECT_NE(events->items.back().json().find("trying v2"), std::string::npos);
    const WriteOutcome undone = writer.undo(applied.journalId, {});
    ASSERT_TRUE(undone.isOk()) << undone.message;
    EXPECT_TRUE(changedFields(base, live()).empty());
}

TEST_F(RealCluster, aLockedContextLeavesNoTrace)
{
    ASSERT_TRUE(desk->settings.setLocked(desk->context, true));
    Writer writer = desk->writer();
    EXPECT_EQ(writer.dryRun(weights(base, 75), {}).error->code, ErrorCode::Locked);
    EXPECT_EQ(writer.apply(weights(base, 75), {}).error->code, ErrorCode::Locked);
    EXPECT_EQ(live()["metadata"]["resourceVersion"], base["metadata"]["resourceVersion"]);
}

TEST_F(RealCluster, aConflictIsShownAndCanBeMerged)
{
    const auto patched = desk->client->patch(test::reviewsRef().resource(), "shop", "reviews", kube::PatchType::Merge,
                                             *value::parseJson(R"({"metadata":{"labels":{"team":"a"}}})"));
    ASSERT_TRUE(patched);
    Writer writer = desk->writer();
    const WriteOutcome outcome = writer.apply(weights(base, 75), {});
    ASSERT_TRUE(outcome.conflict) << outcome.message;
    ASSERT_TRUE(outcome.conflict->merge.isClean);
    EXPECT_NE(outcome.message.find("metadata.labels.team"), std::string::npos) << outcome.message;
    Change merged = weights(base, 75);
    merged.base = outcome.conflict->theirs;
    merged.desired = outcome.conflict->merge.merged;
    ASSERT_TRUE(writer.apply(merged, {}).isOk());
    EXPECT_EQ(firstWeight(live()), 75);
    EXPECT_EQ(live()["metadata"]["labels"]["team"].stringOr(), "a");
}

TEST_F(RealCluster, theServersOwnVersionCheckHoldsAgainstARace)
{
    // Two patches from the same version: the second must not land, whatever the client looked at before.
    WriteRequest request;
    request.object = test::reviewsRef();
    request.body = Writer::patchOf(weights(base, 60));
    ASSERT_TRUE(desk->api->send(request, {}));
    request.body = Writer::patchOf(weights(base, 50));
    const auto second = desk->api->send(request, {});
    ASSERT_FALSE(second);
    EXPECT_EQ(firstWeight(live()), 60);
}

TEST_F(RealCluster, aMissingRightIsFoundBeforehand)
{
    Desk reader(kubeconfig(), "reader", state.file("reader"));
    ASSERT_TRUE(reader.settings.setLocked(reader.context, false));
    const Gate gate = reader.writer().gate(weights(base, 75));
    EXPECT_FALSE(gate.mayWrite);
    EXPECT_NE(gate.denied.plain().find("may not patch virtualservices.networking.istio.io in namespace shop"), std::string::npos) << gate.denied;
}

TEST_F(RealCluster, twoWritersNeverLoseAnUpdate)
{
    const ObjectRef ref {"", "v1", "configmaps", "ConfigMap", "shop", "counter"};
    ASSERT_TRUE(desk->client->create(ref.resource(), "shop",
                                     *value::parseJson(R"({"metadata":{"name":"counter"},"data":{"n":"0"}})")));
    static constexpr int Threads = 3;
    static constexpr int PerThread = 10;
    std::vector<std::thread> threads;
    for (int t = 0; t < Threads; ++t) {
        threads.emplace_back([&] {
            Desk own(kubeconfig(), "admin", state.path());
            Writer writer = own.writer();
            for (int done = 0; done < PerThread;) {
                Change change;
                change.object = ref;
                change.base = *writer.read(ref);
                change.desired = value::deepCopy(change.base);
                Value data = change.desired["data"];
                data.set("n", std::to_string(std::stoi(data["n"].asString()) + 1));
                const WriteOutcome outcome = writer.apply(change, {});
                ASSERT_TRUE(outcome.isOk() || outcome.conflict) << outcome.message;
                done += outcome.isOk() ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ((*desk->writer().read(ref))["data"]["n"].stringOr(), std::to_string(Threads * PerThread));
}

TEST_F(RealCluster, killedAtAnyMomentTheObjectIsOldOrNewAndTheJournalTellsWhich)
{
    ::setenv("FAIRWAY_TEST_KUBECONFIG", kubeconfig().c_str(), 1);
    ::setenv("FAIRWAY_TEST_STATE", state.path().c_str(), 1);
    Random random(11);
    std::size_t reconciled = 0;
    const auto newestEntry = [&]() -> std::int64_t {
        const auto newest = desk->journal->latest(1);
        return newest && !newest->empty() ? newest->front().id : 0;
    };
    for (int round = 0; round < 12; ++round) {
        const auto before = newestEntry();
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::execl("/proc/self/exe", "writer", "--gtest_filter=WriterProcess.*", "--gtest_also_run_disabled_tests", nullptr);
            ::_exit(3);
        }
        // It writes without end; a slow machine takes a while to get there.
        ASSERT_TRUE(eventually([&] { return newestEntry() > before; })) << "the writer wrote nothing";
        ::usleep(static_cast<useconds_t>(random.below(250000))); // the moment is what is random here
        ASSERT_EQ(::kill(child, SIGKILL), 0);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << WEXITSTATUS(status);

        const Value now = live();
        const Value &route = now["spec"]["http"][2]["route"];
        EXPECT_EQ(route[0]["weight"].intOr(-1) + route[1]["weight"].intOr(-1), 100);
        const auto settled = desk->writer().reconcile();
        ASSERT_TRUE(settled) << settled.error().message;
        // The server may still have been at work on the last request of the process that died.
        const std::array<std::string, 2> weightsThen {std::to_string(firstWeight(now)), std::to_string(firstWeight(live()))};
        reconciled += *settled;
        const auto entries = *desk->journal->latest(10000);
        ASSERT_FALSE(entries.empty());
        bool isNewestFound = false;
        for (const JournalEntry &entry : entries) {
            EXPECT_TRUE(entry.state == EntryState::Applied || entry.state == EntryState::Failed)
                << toString(entry.state) << ": " << entry.note;
            if (entry.state == EntryState::Applied && !std::exchange(isNewestFound, true)) {
                EXPECT_TRUE(entry.summary == weightsThen[0] || entry.summary == weightsThen[1])
                    << "the journal says " << entry.summary << ", the server " << weightsThen[0] << " and then " << weightsThen[1];
            }
        }
    }
    std::printf("%zu writes, %zu reconciled after kill -9\n", desk->journal->latest(10000)->size(), reconciled);
}

TEST_F(RealCluster, aServerThatDiesLeavesNothingUnsaid)
{
    ASSERT_TRUE(script("kill"));
    const WriteOutcome outcome = desk->writer().apply(weights(base, 40), {});
    EXPECT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.error->code, ErrorCode::Unreachable) << outcome.message;
    ASSERT_TRUE(script("up"));
    EXPECT_EQ(firstWeight(live()), 90);
    EXPECT_TRUE(desk->writer().apply(weights(base, 40), {}).isOk());
}
