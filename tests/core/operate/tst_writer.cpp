#include "core/operate/sqlite_database.h"
#include "core/operate/writer.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

#include <thread>
#include <utility>

using namespace fairway;
using namespace fairway::operate;
using value::Value;

namespace {

class WriterTest : public ::testing::Test {
protected:
    void SetUp() override
    {
        journal = std::move(*Journal::open(folder.file("journal.sqlite")));
        ASSERT_TRUE(settings.setLocked(context, false));
        cluster.put(test::reviewsRef(), test::reviews());
        base = cluster.get(test::reviewsRef());
        cluster.writes = 0;
    }

    Writer writer() { return Writer({context, &cluster, journal.get(), &settings}); }

    Change weights(int first, int second)
    {
        Change change;
        change.object = test::reviewsRef();
        change.base = base;
        change.desired = test::withWeights(base, first, second);
        change.summary = "weights";
        return change;
    }

    std::string clusterWeights()
    {
        const Value route = cluster.get(test::reviewsRef())["spec"]["http"][2]["route"];
        return std::to_string(route[0]["weight"].intOr(-1)) + "/" + std::to_string(route[1]["weight"].intOr(-1));
    }

    EntryState lastState() { return journal->latest(1)->front().state; }

    const test::TemporaryFolder folder;
    const ContextKey context {"shop", "https://shop.example"};
    ContextSettings settings {folder.file("contexts.yaml")};
    std::unique_ptr<Journal> journal;
    test::FakeCluster cluster;
    Value base;
};

} // namespace

TEST_F(WriterTest, changesExactlyTheMeantFields)
{
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    ASSERT_TRUE(outcome.isOk()) << outcome.message;
    EXPECT_EQ(clusterWeights(), "75/25");
    Value expected = test::withWeights(base, 75, 25);
    EXPECT_TRUE(changedFields(expected, cluster.get(test::reviewsRef())).empty());
    EXPECT_EQ(cluster.writes, 2) << "a dry run and the write";
    EXPECT_EQ(cluster.dryRuns, 1);
    const JournalEntry entry = *journal->entry(outcome.journalId);
    EXPECT_EQ(entry.state, EntryState::Applied);
    ASSERT_EQ(entry.fields.size(), 2U);
    EXPECT_EQ(entry.fields[0].pointer, "/spec/http/2/route/0/weight");
    EXPECT_EQ(entry.fields[0].before, "90");
    EXPECT_EQ(entry.fields[0].after, "75");
    EXPECT_EQ(entry.baseVersion, base["metadata"]["resourceVersion"].stringOr());
    EXPECT_EQ(entry.writtenVersion, cluster.get(test::reviewsRef())["metadata"]["resourceVersion"].stringOr());
    EXPECT_NE(entry.who.find(" as jane"), std::string::npos);
}

TEST_F(WriterTest, thePatchTestsTheVersionAndNothingElse)
{
    EXPECT_EQ(value::toJson(Writer::patchOf(weights(75, 25))),
              R"([{"op":"test","path":"/metadata/resourceVersion","value":"101"},)"
              R"({"op":"replace","path":"/spec/http/2/route/0/weight","value":75},)"
              R"({"op":"replace","path":"/spec/http/2/route/1/weight","value":25}])");
}

TEST_F(WriterTest, aLockedContextSendsNoWriteNotEvenADryRun)
{
    ASSERT_TRUE(settings.setLocked(context, true));
    Writer locked = writer();
    EXPECT_EQ(Writer::diff(weights(75, 25)).changedFields, 2) << "the local diff still works";
    EXPECT_TRUE(locked.gate(weights(75, 25)).isLocked);
    for (const WriteOutcome &outcome : {locked.dryRun(weights(75, 25), {}), locked.apply(weights(75, 25), {})}) {
        ASSERT_FALSE(outcome.isOk());
        EXPECT_EQ(outcome.error->code, ErrorCode::Locked);
        EXPECT_EQ(outcome.journalId, 0);
    }
    EXPECT_EQ(cluster.writes, 0);
    EXPECT_EQ(cluster.reads, 0);
    EXPECT_TRUE(journal->latest(1)->empty());
}

TEST_F(WriterTest, aLockSetWhileTheDryRunIsUnderWayStopsTheWrite)
{
    cluster.refuse = [&](const WriteRequest &) -> std::optional<Error> {
        EXPECT_TRUE(settings.setLocked(context, true));
        return std::nullopt;
    };
    const WriteOutcome outcome = writer().apply(weights(75, 25), {"", "reason", false});
    ASSERT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.error->code, ErrorCode::Locked);
    EXPECT_EQ(cluster.writes, 1);
    EXPECT_EQ(clusterWeights(), "90/10");
    EXPECT_EQ(lastState(), EntryState::Failed);
}

TEST_F(WriterTest, productionWantsItsNameAndAReason)
{
    ASSERT_TRUE(settings.setProduction(context, true));
    EXPECT_TRUE(writer().gate(weights(75, 25)).needsTypedName);
    const WriteConsent refused[] = {{}, {"sho", "x"}, {"shop", ""}, {"shop", " \n"}, {"", "x"}};
    for (const WriteConsent &consent : refused)
        EXPECT_EQ(writer().apply(weights(75, 25), consent).error->code, ErrorCode::Locked);
    EXPECT_EQ(cluster.writes, 0);
    const WriteOutcome outcome = writer().apply(weights(75, 25), {"shop", "trying v2", false});
    ASSERT_TRUE(outcome.isOk()) << outcome.message;
    ASSERT_EQ(cluster.events.size(), 1U);
    EXPECT_EQ(cluster.events[0], "weights: trying v2");
    EXPECT_EQ(journal->latest(1)->front().reason, "trying v2");
}

TEST_F(WriterTest, aDestinationWithoutReadyEndpointsNeedsAnOverride)
{
    Change change = weights(75, 25);
    change.unreadyDestinations = {"v2"};
    const WriteOutcome refused = writer().apply(change, {});
    ASSERT_FALSE(refused.isOk());
    EXPECT_NE(refused.message.find("v2 would get traffic without a ready endpoint"), std::string::npos);
    EXPECT_EQ(cluster.writes, 0);
    WriteConsent consent;
    consent.allowUnready = true;
    EXPECT_TRUE(writer().apply(change, consent).isOk());
}

TEST_F(WriterTest, aMissingRightIsNamedBeforeAnythingIsSent)
{
    cluster.mayWrite = false;
    const Gate gate = writer().gate(weights(75, 25));
    EXPECT_FALSE(gate.mayWrite);
    EXPECT_EQ(gate.denied, "user jane may not patch virtualservices.networking.istio.io in namespace shop");
    EXPECT_EQ(writer().apply(weights(75, 25), {}).error->code, ErrorCode::Forbidden);
    EXPECT_EQ(cluster.writes, 0);
}

TEST_F(WriterTest, anotherChangeIsAConflictThatIsShownAndNeverOverwritten)
{
    cluster.poke(test::reviewsRef(), "/spec/http/2/route/0/weight", 50);
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    ASSERT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.error->code, ErrorCode::Conflict);
    ASSERT_TRUE(outcome.conflict);
    EXPECT_FALSE(outcome.conflict->merge.isClean);
    EXPECT_EQ(outcome.conflict->theirChanges.changedFields, 1);
    EXPECT_NE(outcome.message.find("spec.http[2].route[0].weight"), std::string::npos) << outcome.message;
    EXPECT_EQ(clusterWeights(), "50/10");
    EXPECT_EQ(cluster.writes, 0);
}

TEST_F(WriterTest, aChangeElsewhereCanBeMerged)
{
    cluster.poke(test::reviewsRef(), "/metadata/labels/team", "a");
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    ASSERT_TRUE(outcome.conflict);
    ASSERT_TRUE(outcome.conflict->merge.isClean);
    Change merged = weights(75, 25);
    merged.base = outcome.conflict->theirs;
    merged.desired = outcome.conflict->merge.merged;
    ASSERT_TRUE(writer().apply(merged, {}).isOk());
    EXPECT_EQ(clusterWeights(), "75/25");
    EXPECT_EQ(cluster.get(test::reviewsRef())["metadata"]["labels"]["team"].stringOr(), "a");
}

TEST_F(WriterTest, whatOnlyTheServerWritesIsNoConflict)
{
    cluster.poke(test::reviewsRef(), "/status", Value::map({{"observedGeneration", 5}}));
    EXPECT_TRUE(writer().apply(weights(75, 25), {}).isOk());
    EXPECT_EQ(cluster.get(test::reviewsRef())["status"]["observedGeneration"].intOr(0), 5);
}

TEST_F(WriterTest, deletedOrCreatedAgainMeanwhileIsAConflict)
{
    cluster.erase(test::reviewsRef());
    const WriteOutcome gone = writer().apply(weights(75, 25), {});
    ASSERT_TRUE(gone.conflict);
    EXPECT_NE(gone.message.find("deleted meanwhile"), std::string::npos);
    cluster.put(test::reviewsRef(), test::reviews());
    const WriteOutcome again = writer().apply(weights(75, 25), {});
    ASSERT_TRUE(again.conflict);
    EXPECT_NE(again.message.find("created again"), std::string::npos);
    EXPECT_EQ(cluster.writes, 0);
}

TEST_F(WriterTest, aChangeBetweenDryRunAndWriteIsAConflictToo)
{
    bool isDone = false;
    cluster.refuse = [&](const WriteRequest &request) -> std::optional<Error> {
        if (!request.dryRun && !std::exchange(isDone, true))
            cluster.poke(test::reviewsRef(), "/spec/http/2/route/0/weight", 60);
        return std::nullopt;
    };
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    ASSERT_TRUE(outcome.conflict) << outcome.message;
    EXPECT_EQ(clusterWeights(), "60/10");
    EXPECT_EQ(lastState(), EntryState::Failed);
}

TEST_F(WriterTest, aLostAnswerIsSettledByLookingAgain)
{
    cluster.loseAnswer = [](const WriteRequest &request) -> std::optional<Error> {
        return request.dryRun ? std::nullopt : std::optional<Error>({ErrorCode::Timeout, "no answer in 30 s"});
    };
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    EXPECT_TRUE(outcome.isOk()) << outcome.message;
    EXPECT_EQ(outcome.state, EntryState::Applied);
    EXPECT_EQ(lastState(), EntryState::Applied);
    EXPECT_EQ(clusterWeights(), "75/25");
}

TEST_F(WriterTest, aRequestThatNeverArrivedIsFailed)
{
    cluster.refuse = [](const WriteRequest &request) -> std::optional<Error> {
        return request.dryRun ? std::nullopt : std::optional<Error>({ErrorCode::Timeout, "no answer in 30 s"});
    };
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    EXPECT_EQ(outcome.error->code, ErrorCode::Timeout);
    EXPECT_EQ(outcome.state, EntryState::Failed);
    EXPECT_EQ(lastState(), EntryState::Failed);
}

TEST_F(WriterTest, whenNobodyCanTellTheEntryIsUnknown)
{
    cluster.loseAnswer = [&](const WriteRequest &request) -> std::optional<Error> {
        if (request.dryRun)
            return std::nullopt;
        cluster.refuseRead = [] { return Error {ErrorCode::Unreachable, "connection refused"}; };
        return Error {ErrorCode::Unavailable, "502"};
    };
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    EXPECT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.state, EntryState::Unknown);
    EXPECT_EQ(lastState(), EntryState::Unknown);
    EXPECT_NE(outcome.message.find("unknown"), std::string::npos);
}

TEST_F(WriterTest, whatTheServerRefusesInTheDryRunNeverReachesTheJournal)
{
    cluster.refuse = [](const WriteRequest &) { return Error {ErrorCode::InvalidInput, "spec.http: weights must add up"}; };
    const WriteOutcome outcome = writer().apply(weights(75, 26), {});
    EXPECT_EQ(outcome.error->code, ErrorCode::InvalidInput);
    EXPECT_EQ(outcome.message, "spec.http: weights must add up");
    EXPECT_FALSE(outcome.conflict);
    EXPECT_TRUE(journal->latest(1)->empty());
    EXPECT_EQ(cluster.writes, 1);
}

TEST_F(WriterTest, aWebhookWithoutDryRunsIsNamedAndMayBePassed)
{
    cluster.refuse = [](const WriteRequest &request) -> std::optional<Error> {
        if (!request.dryRun)
            return std::nullopt;
        return Error {ErrorCode::InvalidInput, "admission webhook \"check.shop.example\" does not support dry run"};
    };
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    EXPECT_EQ(outcome.error->code, ErrorCode::Unsupported);
    EXPECT_NE(outcome.message.find("check.shop.example"), std::string::npos);
    WriteConsent consent;
    consent.allowWithoutDryRun = true;
    EXPECT_TRUE(writer().apply(weights(75, 25), consent).isOk());
    EXPECT_EQ(clusterWeights(), "75/25");
}

TEST_F(WriterTest, nothingToChangeWritesNothing)
{
    const WriteOutcome outcome = writer().apply(weights(90, 10), {});
    EXPECT_TRUE(outcome.isOk());
    EXPECT_EQ(cluster.writes, 0);
    EXPECT_EQ(outcome.journalId, 0);
}

TEST_F(WriterTest, undoPutsBackWhatWasThere)
{
    const WriteOutcome applied = writer().apply(weights(75, 25), {});
    const WriteOutcome undone = writer().undo(applied.journalId, {});
    ASSERT_TRUE(undone.isOk()) << undone.message;
    EXPECT_TRUE(changedFields(base, cluster.get(test::reviewsRef())).empty());
    EXPECT_EQ(journal->entry(applied.journalId)->state, EntryState::Undone);
    EXPECT_EQ(journal->entry(applied.journalId)->undoneBy, undone.journalId);
    EXPECT_FALSE(writer().undo(applied.journalId, {}).isOk()) << "once only";
    ASSERT_TRUE(writer().undo(undone.journalId, {}).isOk()) << "undo of the undo writes it again";
    EXPECT_EQ(clusterWeights(), "75/25");
}

TEST_F(WriterTest, undoFindsTheRuleAgainWhenOthersWereInserted)
{
    const WriteOutcome applied = writer().apply(weights(75, 25), {});
    Value changed = cluster.get(test::reviewsRef());
    Value rules = changed["spec"]["http"];
    rules.asList().insert(rules.asList().begin(), Value::map({{"name", "new"}}));
    cluster.put(test::reviewsRef(), changed);
    const WriteOutcome undone = writer().undo(applied.journalId, {});
    ASSERT_TRUE(undone.isOk()) << undone.message;
    const Value http = cluster.get(test::reviewsRef())["spec"]["http"];
    ASSERT_EQ(http.size(), 4U);
    EXPECT_EQ(http[3]["route"][0]["weight"].intOr(0), 90);
    EXPECT_EQ(http[0]["name"].stringOr(), "new");
}

TEST_F(WriterTest, undoIsAConflictWhenTheFieldsHoldSomethingElse)
{
    const WriteOutcome applied = writer().apply(weights(75, 25), {});
    cluster.poke(test::reviewsRef(), "/spec/http/2/route/0/weight", 50);
    const int before = cluster.writes;
    const WriteOutcome undone = writer().undo(applied.journalId, {});
    ASSERT_FALSE(undone.isOk());
    EXPECT_EQ(undone.error->code, ErrorCode::Conflict);
    ASSERT_TRUE(undone.conflict);
    EXPECT_EQ(undone.conflict->theirChanges.changedFields, 1);
    EXPECT_EQ(cluster.writes, before);
    EXPECT_EQ(clusterWeights(), "50/25");
    EXPECT_EQ(journal->entry(applied.journalId)->state, EntryState::Applied);
}

TEST_F(WriterTest, undoKeepsWhatOthersChangedElsewhere)
{
    const WriteOutcome applied = writer().apply(weights(75, 25), {});
    cluster.poke(test::reviewsRef(), "/spec/http/0/timeout", "5s");
    cluster.poke(test::reviewsRef(), "/spec/http/2/timeout", "3s");
    ASSERT_TRUE(writer().undo(applied.journalId, {}).isOk());
    EXPECT_EQ(clusterWeights(), "90/10");
    EXPECT_EQ(cluster.get(test::reviewsRef())["spec"]["http"][2]["timeout"].stringOr(), "3s");
}

TEST_F(WriterTest, undoIsGatedLikeEveryWrite)
{
    const WriteOutcome applied = writer().apply(weights(75, 25), {});
    ASSERT_TRUE(settings.setLocked(context, true));
    const int before = cluster.writes;
    EXPECT_EQ(writer().undo(applied.journalId, {}).error->code, ErrorCode::Locked);
    EXPECT_EQ(cluster.writes, before);
}

TEST_F(WriterTest, createApplyAndDeleteAreJournaledAndSayWhatUndoCan)
{
    const ObjectRef ref {"", "v1", "configmaps", "ConfigMap", "shop", "c"};
    Change create;
    create.verb = WriteVerb::Create;
    create.object = ref;
    create.desired = *value::parseYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: shop}, data: {a: x}}");
    const WriteOutcome created = writer().apply(create, {});
    ASSERT_TRUE(created.isOk()) << created.message;
    EXPECT_FALSE(journal->entry(created.journalId)->canUndo);

    Change apply = create;
    apply.verb = WriteVerb::Apply;
    apply.desired = *value::parseYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: shop}, data: {a: y}}");
    const WriteOutcome applied = writer().apply(apply, {});
    ASSERT_TRUE(applied.isOk()) << applied.message;
    ASSERT_TRUE(writer().undo(applied.journalId, {}).isOk());
    EXPECT_EQ(cluster.get(ref)["data"]["a"].stringOr(), "x");

    Change remove;
    remove.verb = WriteVerb::Delete;
    remove.object = ref;
    remove.base = cluster.get(ref);
    const WriteOutcome removed = writer().apply(remove, {});
    ASSERT_TRUE(removed.isOk()) << removed.message;
    EXPECT_FALSE(cluster.read(ref, {}));
    const WriteOutcome back = writer().undo(removed.journalId, {});
    EXPECT_NE(back.message.find("cannot be undone"), std::string::npos) << back.message;
}

TEST_F(WriterTest, ofSecretsTheJournalHoldsHashesOnly)
{
    const ObjectRef ref {"", "v1", "secrets", "Secret", "shop", "s"};
    const Value secret = *value::parseYaml("{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}, data: {p: aHVudGVyMg==}}");
    Change apply;
    apply.verb = WriteVerb::Apply;
    apply.object = ref;
    apply.desired = secret;
    ASSERT_TRUE(writer().apply(apply, {}).isOk());
    apply.desired = *value::parseYaml("{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}, data: {p: c3dvcmRmaXNo}}");
    ASSERT_TRUE(writer().apply(apply, {}).isOk());
    const std::vector<JournalEntry> entries = *journal->latest(10);
    ASSERT_EQ(entries.size(), 2U);
    for (const JournalEntry &entry : entries) {
        EXPECT_FALSE(entry.canUndo);
        for (const WrittenField &field : entry.fields) {
            for (const auto &text : {field.before, field.after})
                EXPECT_EQ(text.value_or("").find("aHVu"), std::string::npos);
            EXPECT_EQ(field.after.value_or("").rfind("sha256:", 0), 0U) << field.pointer << " " << field.after.value_or("none");
        }
    }
}

TEST_F(WriterTest, withoutAJournalNothingIsWritten)
{
    // A journal whose table is gone stands for a full or broken disk.
    ASSERT_TRUE(SqliteDatabase::open(folder.file("journal.sqlite"))->execute("DROP TABLE entries"));
    const WriteOutcome outcome = writer().apply(weights(75, 25), {});
    ASSERT_FALSE(outcome.isOk());
    EXPECT_NE(outcome.message.find("nothing was sent"), std::string::npos) << outcome.message;
    EXPECT_EQ(cluster.writes, cluster.dryRuns);
    EXPECT_EQ(clusterWeights(), "90/10");
}

TEST_F(WriterTest, concurrentWritersNeverLoseAnUpdate)
{
    const ObjectRef ref {"", "v1", "configmaps", "ConfigMap", "shop", "counter"};
    cluster.put(ref, *value::parseYaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: counter}, data: {n: 0}}"));
    static constexpr int Threads = 4;
    static constexpr int PerThread = 8;
    std::vector<std::thread> threads;
    for (int t = 0; t < Threads; ++t) {
        threads.emplace_back([&] {
            Writer own = writer();
            for (int done = 0; done < PerThread;) {
                Change change;
                change.object = ref;
                change.base = *own.read(ref);
                change.desired = value::deepCopy(change.base);
                Value data = change.desired["data"];
                data.set("n", Value(data["n"].intOr(0) + 1));
                const WriteOutcome outcome = own.apply(change, {});
                ASSERT_TRUE(outcome.isOk() || outcome.conflict) << outcome.message;
                done += outcome.isOk() ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(cluster.get(ref)["data"]["n"].intOr(0), Threads * PerThread);
}
