#include "core/kube/informer.h"
#include "tests/core/kube/fake_api_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>

namespace fairway::kube {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::FakeApiServer;
using test::FakeCollection;
using Request = FakeApiServer::Request;
using Reply = FakeApiServer::Reply;

const ResourceId configMaps {"", "v1", "configmaps"};

std::shared_ptr<Client> clientOf(const std::string &url)
{
    ClusterAccess access;
    access.server = url;
    access.userName = "tester";
    return Client::create(access).value();
}

/// Collects what an informer says.
class Listener {
public:
    Informer::Callbacks callbacks()
    {
        return {[this](const std::vector<ObjectChange> &batch) {
                    const std::scoped_lock lock(m_mutex);
                    ++m_batches;
                    for (const ObjectChange &change : batch) {
                        m_changes.push_back(std::string(1, "+~-"[static_cast<int>(change.type)]) + std::string(change.object.name()));
                    }
                },
                [this](const InformerState &state) {
                    const std::scoped_lock lock(m_mutex);
                    m_states.push_back(state);
                }};
    }
    std::vector<std::string> changes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_changes;
    }
    std::vector<std::string> takeChanges()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_changes, {});
    }
    std::vector<InformerState> states() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_states;
    }
    std::size_t batches() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_batches;
    }
    bool saw(InformerPhase phase) const
    {
        const std::vector<InformerState> all = states();
        return std::any_of(all.begin(), all.end(), [phase](const InformerState &state) { return state.phase == phase; });
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_changes;
    std::vector<InformerState> m_states;
    std::size_t m_batches = 0;
};

InformerOptions quick()
{
    InformerOptions options;
    options.ns = "shop";
    options.pageSize = 2;
    options.backOffFirst = 5ms;
    options.backOffMost = 20ms;
    options.forbiddenRetry = 10ms;
    options.batchWindow = 2ms;
    return options;
}

using Strings = std::vector<std::string>;

class InformerTest : public testing::Test {
protected:
    void begin(const InformerOptions &options = quick())
    {
        informer = std::make_unique<Informer>(clientOf(server.url()), configMaps, options, listener.callbacks());
        informer->start();
        ASSERT_TRUE(informer->waitUntilListed(20s));
        ASSERT_TRUE(eventually([&] { return collection.openWatches() == 1 && isLive(); }));
    }
    bool isLive() const { return informer->state().phase == InformerPhase::Live; }
    /// Waits until the informer is live on a watch opened after `watches`.
    bool isLiveAgain(int watches) const
    {
        return eventually([&] { return collection.watches() > watches && collection.openWatches() == 1 && isLive(); });
    }
    Strings names() const
    {
        Strings out;
        for (const value::ObjectView &object : informer->snapshot()) {
            out.emplace_back(object.name());
        }
        return out;
    }

    FakeCollection collection;
    FakeApiServer server {[this](const Request &request, Reply &reply) { collection.handle(request, reply); }};
    Listener listener;
    std::unique_ptr<Informer> informer;
};

TEST_F(InformerTest, ListsInPagesAndFollows)
{
    for (const char *name : {"a", "b", "c", "d", "e"}) {
        collection.put(name);
    }
    begin();
    EXPECT_EQ(collection.lists(), 3);
    EXPECT_EQ(listener.takeChanges(), (Strings {"+a", "+b", "+c", "+d", "+e"}));
    EXPECT_EQ(listener.batches(), 1U) << "a list comes in one batch";
    const auto a = informer->find("shop", "a");
    ASSERT_TRUE(a);
    EXPECT_EQ(a->kind(), "ConfigMap") << "filled in from the list";
    EXPECT_EQ(a->apiVersion(), "v1");
    EXPECT_EQ(informer->counters().lists, 1U);

    collection.put("a", "2");
    collection.remove("b");
    collection.put("f");
    ASSERT_TRUE(eventually([&] { return listener.changes().size() == 3; }));
    EXPECT_EQ(listener.takeChanges(), (Strings {"~a", "-b", "+f"}));
    EXPECT_EQ(names(), (Strings {"a", "c", "d", "e", "f"}));
    EXPECT_EQ(informer->find("shop", "a")->parse().value()["data"]["a"].stringOr(), "2");

    const auto states = listener.states();
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].phase, InformerPhase::Listing);
    EXPECT_EQ(states[1].phase, InformerPhase::Live);
    EXPECT_TRUE(states[1].hasListed);
    informer->stop();
    EXPECT_EQ(informer->state().phase, InformerPhase::Stopped);
    EXPECT_EQ(informer->size(), 5U) << "stays readable";
}

TEST_F(InformerTest, ResumesWithoutListing)
{
    collection.put("a");
    begin();
    collection.put("b");
    ASSERT_TRUE(eventually([&] { return listener.changes().size() == 2; }));
    listener.takeChanges();
    const int lists = collection.lists();
    collection.resetWatch();
    ASSERT_TRUE(eventually([&] { return collection.watches() == 2 && isLive(); }));
    EXPECT_EQ(collection.lastWatchVersion(), "102");
    EXPECT_EQ(collection.lists(), lists + 1) << "one look at the server's history, no new list";
    EXPECT_EQ(informer->counters().lists, 1U);
    EXPECT_EQ(listener.takeChanges(), Strings());
    EXPECT_TRUE(listener.saw(InformerPhase::Stale)) << "a cut watch is not Live";
    collection.put("c");
    ASSERT_TRUE(eventually([&] { return informer->size() == 3; }));
}

TEST_F(InformerTest, MissedEventsComeOnResuming)
{
    collection.put("a");
    collection.put("b");
    begin();
    listener.takeChanges();
    collection.resetWatch();
    collection.put("a", "2");
    collection.remove("b");
    collection.put("c");
    ASSERT_TRUE(isLiveAgain(1));
    ASSERT_TRUE(eventually([&] { return listener.changes().size() == 3; }));
    EXPECT_EQ(listener.takeChanges(), (Strings {"~a", "-b", "+c"}));
    EXPECT_EQ(informer->counters().lists, 1U);
}

TEST_F(InformerTest, ProperEndStaysLive)
{
    collection.put("a");
    begin();
    collection.put("b");
    ASSERT_TRUE(eventually([&] { return informer->size() == 2; }));
    collection.endWatch();
    ASSERT_TRUE(isLiveAgain(1));
    EXPECT_FALSE(listener.saw(InformerPhase::Stale));
    EXPECT_EQ(informer->counters().failures, 0U);
}

TEST_F(InformerTest, BookmarksMoveTheVersionAndNothingElse)
{
    collection.put("a");
    begin();
    listener.takeChanges();
    collection.bookmark();
    ASSERT_TRUE(eventually([&] { return informer->counters().events == 1; }));
    collection.resetWatch();
    ASSERT_TRUE(isLiveAgain(1));
    EXPECT_EQ(collection.lastWatchVersion(), "102");
    EXPECT_EQ(listener.takeChanges(), Strings());
}

TEST_F(InformerTest, GoneLeadsToAListWithTheDifference)
{
    for (const char *name : {"a", "b", "c", "d"}) {
        collection.put(name);
    }
    begin();
    listener.takeChanges();
    const int watches = collection.watches();
    collection.put("a", "2");
    ASSERT_TRUE(eventually([&] { return !listener.changes().empty(); }));
    listener.takeChanges();
    // All of this happens while no watch looks.
    collection.put("b", "2");
    collection.remove("c");
    collection.recreate("d");
    collection.put("e");
    collection.compact();
    collection.resetWatch();
    ASSERT_TRUE(isLiveAgain(watches));
    ASSERT_TRUE(eventually([&] { return names() == Strings({"a", "b", "d", "e"}); }));
    ASSERT_TRUE(eventually([&] { return listener.changes().size() == 5; }));
    Strings changes = listener.takeChanges();
    std::sort(changes.begin(), changes.end());
    EXPECT_EQ(changes, (Strings {"+d", "+e", "-c", "-d", "~b"})) << "no deletion that wasn't one";
}

TEST_F(InformerTest, ClusterMadeAnewIsListedAgain)
{
    collection.put("a");
    collection.put("b");
    begin();
    listener.takeChanges();
    collection.startOver({"b", "z"});
    ASSERT_TRUE(eventually([&] { return names() == Strings({"b", "z"}) && isLive(); }));
    ASSERT_TRUE(eventually([&] { return listener.changes() == Strings({"-a", "-b", "+b", "+z"}); })) << "b has another uid";
    EXPECT_GE(informer->counters().gone, 1U);
}

TEST_F(InformerTest, CutAndBrokenLinesEndTheWatchAndLoseNothing)
{
    collection.put("a");
    begin();
    const std::vector<std::string> broken = {
        R"({"type":"ADDED","object":{"kind":"ConfigMap","metadata":{"name":"half)", "not json\n", R"({"type":"ADDED"})" "\n", R"({"type":"SHOUTED","object":{}})" "\n",
        R"({"type":"ADDED","object":{"metadata":{}}})" "\n", R"({"type":"ADDED","object":"text"})" "\n", "[]\n"};
    for (std::size_t i = 0; i < broken.size(); ++i) {
        const int watches = collection.watches();
        collection.inject(broken[i]);
        if (i == 0) {
            collection.resetWatch();
        }
        ASSERT_TRUE(isLiveAgain(watches)) << broken[i];
        collection.put("n" + std::to_string(i));
        ASSERT_TRUE(eventually([&] { return informer->size() == i + 2; })) << broken[i];
    }
    EXPECT_EQ(informer->counters().malformed, broken.size() - 1) << "the first is a connection that was cut";
    EXPECT_EQ(informer->counters().lists, 1U);
}

TEST_F(InformerTest, EventsInPiecesOfAnySize)
{
    collection.put("a");
    begin();
    const std::string line = R"({"type":"ADDED","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"p","namespace":"shop","uid":"u","resourceVersion":"103"}}})" "\n\r\n";
    for (const char c : line) {
        collection.inject(std::string(1, c));
    }
    ASSERT_TRUE(eventually([&] { return informer->size() == 2; }));
    EXPECT_EQ(informer->counters().malformed, 0U);
}

TEST_F(InformerTest, TooLongAnEventIsBounded)
{
    collection.put("a");
    InformerOptions options = quick();
    options.maxLineBytes = 4096;
    begin(options);
    collection.put("big", std::string(5000, 'x'));
    ASSERT_TRUE(eventually([&] { return informer->size() == 2; })) << "listing brings it";
    EXPECT_GE(informer->counters().malformed, 1U);
}

TEST_F(InformerTest, SilentWatchIsOpenedAgain)
{
    collection.put("a");
    InformerOptions options = quick();
    options.idleTimeout = 50ms;
    begin(options);
    ASSERT_TRUE(eventually([&] { return collection.watches() >= 3; }));
    EXPECT_GE(informer->counters().silent, 2U);
    EXPECT_EQ(informer->counters().failures, 0U);
    EXPECT_FALSE(listener.saw(InformerPhase::Stale)) << "the server answered each time it was asked";
    EXPECT_EQ(informer->counters().lists, 1U);
}

TEST_F(InformerTest, TooManyObjectsAreBounded)
{
    for (int i = 0; i < 20; ++i) {
        collection.put("n" + std::to_string(i));
    }
    InformerOptions options = quick();
    options.maxObjects = 10;
    Informer bounded(clientOf(server.url()), configMaps, options, listener.callbacks());
    bounded.start();
    ASSERT_TRUE(eventually([&] { return bounded.state().phase == InformerPhase::Stale; }));
    EXPECT_EQ(bounded.state().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(bounded.size(), 0U);
    const auto listed = bounded.waitUntilListed(10ms);
    ASSERT_FALSE(listed);
    EXPECT_NE(listed.error().message.find("more than 10"), std::string::npos) << listed.error().message;
}

TEST_F(InformerTest, BurstsComeInFewBatchesAndWithBackPressure)
{
    collection.put("a");
    InformerOptions options = quick();
    options.maxQueuedBytes = 20000;
    begin(options);
    for (int i = 0; i < 5000; ++i) {
        collection.put("n" + std::to_string(i % 50), std::to_string(i));
    }
    ASSERT_TRUE(eventually([&] { return listener.changes().size() == 5001; }));
    EXPECT_LT(listener.batches(), 2500U);
    EXPECT_EQ(informer->size(), 51U);
    EXPECT_EQ(informer->find("shop", "n49")->parse().value()["data"]["a"].stringOr(), "4999");
}

TEST(InformerStates, ServerComesAndGoes)
{
    FakeCollection collection;
    collection.put("a");
    const auto handler = [&](const Request &request, Reply &reply) { collection.handle(request, reply); };
    auto server = std::make_unique<FakeApiServer>(handler);
    const int port = server->port();
    Listener listener;
    Informer informer(clientOf(server->url()), configMaps, quick(), listener.callbacks());
    informer.start();
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Live; }));
    const auto liveAt = std::chrono::system_clock::now();
    server.reset();
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Stale && informer.state().code == ErrorCode::Unreachable; }));
    const InformerState stale = informer.state();
    EXPECT_LE(stale.since, liveAt + 1s);
    EXPECT_TRUE(stale.hasListed);
    EXPECT_NE(stale.reason.find("127.0.0.1:" + std::to_string(port)), std::string::npos) << stale.reason;
    EXPECT_EQ(informer.size(), 1U) << "what was known stays";
    ASSERT_TRUE(eventually([&] { return informer.counters().failures > 2; }));
    EXPECT_EQ(informer.state().since, stale.since) << "since the last proof, not since the last attempt";
    collection.put("b");
    server = std::make_unique<FakeApiServer>(handler, port);
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Live && informer.size() == 2; }));
    ASSERT_TRUE(eventually([&] { return listener.changes() == Strings({"+a", "+b"}); }));
}

TEST(InformerStates, ForbiddenUntilTheRightComes)
{
    FakeCollection collection;
    collection.put("a");
    std::atomic<int> status {403};
    FakeApiServer server([&](const Request &request, Reply &reply) {
        if (status == 0) {
            collection.handle(request, reply);
        } else {
            reply.json(status, R"({"kind":"Status","status":"Failure","message":"configmaps is forbidden: User \"tester\" cannot list","reason":"Forbidden","code":403})");
        }
    });
    Listener listener;
    Informer informer(clientOf(server.url()), configMaps, quick(), listener.callbacks());
    informer.start();
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Forbidden; }));
    EXPECT_EQ(informer.state().code, ErrorCode::Forbidden);
    EXPECT_NE(informer.state().reason.find("list configmaps in namespace shop"), std::string::npos) << informer.state().reason;
    status = 401;
    ASSERT_TRUE(eventually([&] { return informer.state().code == ErrorCode::Unauthorized; }));
    status = 0;
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Live; }));
}

TEST(InformerStates, OddServersAreNamed)
{
    struct Case {
        const char *name;
        std::function<void(Reply &)> answer;
        ErrorCode code;
        const char *message;
    };
    const std::vector<Case> cases = {
        {"html", [](Reply &reply) { reply.send(200, "text/html", "<html>Sign in</html>"); }, ErrorCode::ProtocolViolation, "answered with HTML, is"},
        {"empty", [](Reply &reply) { reply.json(200, ""); }, ErrorCode::ProtocolViolation, "empty"},
        {"cut", [](Reply &reply) { reply.json(200, R"({"kind":"ConfigMapList","items":[{"metadata")"); }, ErrorCode::ProtocolViolation, "can't be read"},
        {"other json", [](Reply &reply) { reply.json(200, "{}"); }, ErrorCode::ProtocolViolation, ""},
        {"no such kind", [](Reply &reply) { reply.send(404, "text/plain", "404 page not found\n"); }, ErrorCode::Unsupported, "does not know this resource"},
        {"overloaded", [](Reply &reply) { reply.json(500, "{}"); }, ErrorCode::Unavailable, "trying again"},
    };
    for (const Case &row : cases) {
        FakeApiServer server([&](const Request &, Reply &reply) { row.answer(reply); });
        Informer informer(clientOf(server.url()), configMaps, quick(), {});
        informer.start();
        ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Stale; })) << row.name;
        EXPECT_EQ(informer.state().code, row.code) << row.name << ": " << informer.state().reason;
        std::string wanted = row.message;
        if (wanted.find(", is") != std::string::npos) {
            wanted = "answered with HTML";
        }
        EXPECT_NE(informer.state().reason.find(wanted), std::string::npos) << row.name << ": " << informer.state().reason;
        EXPECT_FALSE(informer.state().hasListed);
    }
}

TEST(InformerStates, ServerThatAlwaysSaysGoneIsNotHammered)
{
    FakeCollection collection;
    collection.put("a");
    FakeApiServer server([&](const Request &request, Reply &reply) {
        if (request.parameter("watch") == "true") {
            reply.json(410, R"({"kind":"Status","status":"Failure","message":"too old","reason":"Expired","code":410})");
        } else {
            collection.handle(request, reply);
        }
    });
    InformerOptions options = quick();
    options.backOffFirst = 60s;
    options.backOffMost = 60s;
    Informer informer(clientOf(server.url()), configMaps, options, {});
    informer.start();
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Stale; }));
    EXPECT_EQ(informer.state().code, ErrorCode::Gone);
    EXPECT_EQ(informer.counters().gone, 2U);
    const int lists = collection.lists();
    informer.poke();
    ASSERT_TRUE(eventually([&] { return collection.lists() > lists; })) << "poke ends the wait";
}

TEST(InformerStates, AServerBackFromALongOutageThatForgotIsReadAgainSoon)
{
    constexpr int Failures = 10;
    FakeCollection collection;
    collection.put("a");
    std::atomic<int> lists {0};
    std::atomic<int> watches {0};
    FakeApiServer server([&](const Request &request, Reply &reply) {
        if (request.parameter("watch") != "true" && ++lists <= Failures) {
            reply.json(500, "{}");
        } else if (request.parameter("watch") == "true" && ++watches <= 2) {
            reply.json(410, R"({"kind":"Status","status":"Failure","message":"too old","reason":"Expired","code":410})");
        } else {
            collection.handle(request, reply);
        }
    });
    InformerOptions options = quick();
    options.backOffFirst = 1ms; // doubled by each failure: the outage lasts a second, and the next wait would, too
    options.backOffMost = 60s;
    Informer informer(clientOf(server.url()), configMaps, options, {});
    const auto began = std::chrono::steady_clock::now();
    informer.start();
    ASSERT_TRUE(eventually([&] { return watches > 0; }));
    const auto back = std::chrono::steady_clock::now();
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Live; }));
    EXPECT_LT(std::chrono::steady_clock::now() - back, (back - began) / 2);
    EXPECT_EQ(informer.counters().gone, 2U);
}

TEST(InformerStates, StopsWhateverItDoes)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.hang(); });
    Informer informer(clientOf(server.url()), configMaps, quick(), {});
    informer.start();
    ASSERT_TRUE(eventually([&] { return !server.requests().empty(); }));
    informer.stop();
    informer.stop();
    EXPECT_EQ(informer.state().phase, InformerPhase::Stopped);
    EXPECT_EQ(informer.waitUntilListed(1s).error().code, ErrorCode::Cancelled);
    Informer never(clientOf(server.url()), configMaps, quick(), {});
    EXPECT_EQ(never.state().phase, InformerPhase::Connecting);
}

TEST(TableInformers, KeepRows)
{
    FakeCollection collection;
    collection.setTables(true);
    for (const char *name : {"a", "b", "c"}) {
        collection.put(name, "xy");
    }
    FakeApiServer server([&](const Request &request, Reply &reply) { collection.handle(request, reply); });
    std::mutex mutex;
    Strings changes;
    TableInformer informer(clientOf(server.url()), configMaps, quick(), {[&](const std::vector<TableChange> &batch) {
                                                                             const std::scoped_lock lock(mutex);
                                                                             for (const TableChange &change : batch) {
                                                                                 changes.push_back(std::string(1, "+~-"[static_cast<int>(change.type)])
                                                                                                   + std::string(change.row.name()));
                                                                             }
                                                                         },
                                                                         {}});
    informer.start();
    ASSERT_TRUE(informer.waitUntilListed(20s));
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Live; }));
    ASSERT_EQ(informer.columns().size(), 3U);
    EXPECT_EQ(informer.columns()[1].name, "Data");
    const auto row = informer.find("shop", "b");
    ASSERT_TRUE(row);
    EXPECT_EQ(row->cell(0), "b");
    EXPECT_EQ(row->cell(1), "2");
    EXPECT_EQ(row->cell(7), "");
    EXPECT_EQ(row->created(), std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 2h + 31min + 26s);
    collection.put("b", "xyz");
    collection.remove("c");
    collection.put("d");
    ASSERT_TRUE(eventually([&] {
        const std::scoped_lock lock(mutex);
        return changes.size() == 6;
    }));
    EXPECT_EQ(changes, (Strings {"+a", "+b", "+c", "~b", "-c", "+d"}));
    EXPECT_EQ(informer.find("shop", "b")->cell(1), "3");
    EXPECT_EQ(informer.snapshot().size(), 3U);
    EXPECT_NE(server.requests()[0].headers.at("accept").find("as=Table"), std::string::npos);
}

TEST(TableInformers, ServersWithoutTablesAreNamed)
{
    FakeCollection collection;
    collection.put("a");
    FakeApiServer server([&](const Request &request, Reply &reply) { collection.handle(request, reply); });
    TableInformer informer(clientOf(server.url()), configMaps, quick(), {});
    informer.start();
    ASSERT_TRUE(eventually([&] { return informer.state().phase == InformerPhase::Stale; }));
    EXPECT_EQ(informer.state().code, ErrorCode::Unsupported);
}

} // namespace
} // namespace fairway::kube
