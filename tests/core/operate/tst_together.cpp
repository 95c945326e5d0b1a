#include "core/operate/sqlite_database.h"
#include "core/operate/writer.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::operate;
using value::Value;

namespace {

ObjectRef policyRef()
{
    return {"networking.istio.io", "v1beta1", "destinationrules", "DestinationRule", "shop", "reviews"};
}

Value policy(const std::string &subsets)
{
    return *value::parseYaml("apiVersion: networking.istio.io/v1beta1\nkind: DestinationRule\nmetadata: {name: reviews, namespace: shop, labels: {app: reviews}}\n"
                             "spec:\n  host: reviews\n  subsets: " + subsets + "\n");
}

constexpr const char *Before = "[{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]";
constexpr const char *After = "[{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]";

/// A subset in the DestinationRule and weights in the VirtualService, as one step.
class Together : public ::testing::Test {
protected:
    void SetUp() override
    {
        journal = std::move(*Journal::open(folder.file("journal.sqlite")));
        ASSERT_TRUE(settings.setLocked(context, false));
        cluster.put(test::reviewsRef(), test::reviews());
        cluster.put(policyRef(), policy(Before));
        cluster.writes = 0;
    }

    Writer writer() { return Writer({context, &cluster, journal.get(), &settings}); }

    std::vector<Change> step()
    {
        Change subset;
        subset.object = policyRef();
        subset.base = cluster.get(policyRef());
        subset.desired = value::deepCopy(subset.base);
        Value spec = subset.desired["spec"];
        spec.set("subsets", policy(After)["spec"]["subsets"]);
        subset.summary = "subset v3";
        Change weights;
        weights.object = test::reviewsRef();
        weights.base = cluster.get(test::reviewsRef());
        weights.desired = test::withWeights(weights.base, 75, 25);
        weights.summary = "weights 75 / 25";
        return {subset, weights};
    }

    std::string state()
    {
        const Value route = cluster.get(test::reviewsRef())["spec"]["http"][2]["route"];
        return std::to_string(cluster.get(policyRef())["spec"]["subsets"].size()) + " subsets, "
            + std::to_string(route[0]["weight"].intOr(-1)) + "/" + std::to_string(route[1]["weight"].intOr(-1));
    }

    JournalEntry last() { return journal->latest(1)->front(); }
    std::size_t entries() { return journal->latest(100)->size(); }

    /// Refuses what is really written to a kind.
    void refuse(const std::string &kind, ErrorCode code)
    {
        cluster.refuse = [kind, code](const WriteRequest &request) -> std::optional<Error> {
            if (request.dryRun || request.object.kind != kind)
                return std::nullopt;
            return Error {code, "admission webhook said no"};
        };
    }

    const test::TemporaryFolder folder;
    const ContextKey context {"shop", "https://shop.example"};
    ContextSettings settings {folder.file("contexts.yaml")};
    std::unique_ptr<Journal> journal;
    test::FakeCluster cluster;
};

} // namespace

TEST_F(Together, oneEntryAndOneUndoForAll)
{
    const Value policyBefore = cluster.get(policyRef());
    const Value routeBefore = cluster.get(test::reviewsRef());
    const WriteOutcome outcome = writer().applyTogether(step(), {});
    ASSERT_TRUE(outcome.isOk()) << outcome.message;
    EXPECT_EQ(state(), "3 subsets, 75/25");
    EXPECT_EQ(outcome.message, "2 objects were changed as one step: DestinationRule shop/reviews, VirtualService shop/reviews");
    ASSERT_EQ(entries(), 1U);
    const JournalEntry entry = last();
    EXPECT_EQ(entry.state, EntryState::Applied);
    EXPECT_TRUE(entry.canUndo) << entry.undoNote;
    EXPECT_EQ(entry.summary, "DestinationRule shop/reviews: subset v3; VirtualService shop/reviews: weights 75 / 25");
    ASSERT_EQ(entry.parts.size(), 2U);
    EXPECT_TRUE(entry.parts[0].isDone && entry.parts[1].isDone);
    EXPECT_EQ(entry.parts[1].fields.size(), 2U);

    cluster.poke(test::reviewsRef(), "/metadata/labels/app", Value("theirs")); // what others wrote since stays
    const auto plan = writer().planUndo(outcome.journalId);
    ASSERT_TRUE(plan) << plan.error().message;
    ASSERT_EQ(plan->size(), 2U);
    EXPECT_EQ(plan->front().object.kind, "VirtualService") << "newest first";
    const WriteOutcome undone = writer().undo(outcome.journalId, {});
    ASSERT_TRUE(undone.isOk()) << undone.message;
    EXPECT_EQ(state(), "2 subsets, 90/10");
    EXPECT_TRUE(changedFields(policyBefore, cluster.get(policyRef())).empty());
    ASSERT_EQ(changedFields(routeBefore, cluster.get(test::reviewsRef())).size(), 1U) << "the label";
    EXPECT_EQ(journal->entry(outcome.journalId)->state, EntryState::Undone);
    EXPECT_EQ(entries(), 2U);
}

TEST_F(Together, aPartThatIsRefusedTakesBackThoseBefore)
{
    const Value before = cluster.get(policyRef());
    refuse("VirtualService", ErrorCode::Forbidden);
    const WriteOutcome outcome = writer().applyTogether(step(), {});
    EXPECT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.state, EntryState::Failed);
    EXPECT_EQ(state(), "2 subsets, 90/10");
    EXPECT_TRUE(changedFields(before, cluster.get(policyRef())).empty());
    EXPECT_EQ(outcome.message, "VirtualService shop/reviews: admission webhook said no; what was written before was taken back: DestinationRule shop/reviews");
    ASSERT_EQ(entries(), 1U) << "taking back is part of the step";
    EXPECT_EQ(last().state, EntryState::Failed);
    EXPECT_FALSE(last().parts[0].isDone);
    EXPECT_FALSE(writer().undo(outcome.journalId, {}).isOk());
}

TEST_F(Together, whatTheDryRunRefusesIsNotEvenBegun)
{
    cluster.refuse = [](const WriteRequest &request) -> std::optional<Error> {
        if (request.object.kind != "VirtualService")
            return std::nullopt;
        return Error {ErrorCode::InvalidInput, "weights are odd"};
    };
    const WriteOutcome outcome = writer().applyTogether(step(), {});
    EXPECT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.message, "VirtualService shop/reviews: weights are odd; nothing was written");
    EXPECT_EQ(entries(), 0U);
    EXPECT_EQ(cluster.writes, cluster.dryRuns);
}

TEST_F(Together, aConflictInOnePartIsOneOfAll)
{
    const std::vector<Change> changes = step();
    cluster.poke(test::reviewsRef(), "/spec/http/2/route/0/weight", Value(50));
    const WriteOutcome outcome = writer().applyTogether(changes, {});
    EXPECT_FALSE(outcome.isOk());
    ASSERT_TRUE(outcome.conflict);
    EXPECT_EQ(outcome.error->code, ErrorCode::Conflict);
    EXPECT_EQ(state(), "2 subsets, 50/10");
    EXPECT_EQ(entries(), 0U);
}

TEST_F(Together, aCreatedObjectGoesWithTheUndo)
{
    cluster.erase(policyRef());
    Change create;
    create.verb = WriteVerb::Create;
    create.object = policyRef();
    create.desired = policy(After);
    create.summary = "new";
    Change weights;
    weights.object = test::reviewsRef();
    weights.base = cluster.get(test::reviewsRef());
    weights.desired = test::withWeights(weights.base, 75, 25);
    for (const bool isChanged : {true, false}) {
        const WriteOutcome outcome = writer().applyTogether({create, weights}, {});
        ASSERT_TRUE(outcome.isOk()) << outcome.message;
        if (isChanged) {
            const Value made = cluster.get(policyRef());
            cluster.poke(policyRef(), "/spec/host", Value("theirs"));
            const WriteOutcome refused = writer().undo(outcome.journalId, {});
            EXPECT_FALSE(refused.isOk());
            EXPECT_EQ(refused.message, "DestinationRule shop/reviews was changed since it was created: delete it by hand");
            EXPECT_EQ(state(), "3 subsets, 75/25") << "all or nothing";
            cluster.put(policyRef(), made);
        }
        const WriteOutcome undone = writer().undo(outcome.journalId, {});
        ASSERT_TRUE(undone.isOk()) << undone.message;
        EXPECT_FALSE(cluster.read(policyRef(), {})) << "deleted again";
        weights.base = cluster.get(test::reviewsRef());
    }
    refuse("VirtualService", ErrorCode::Forbidden);
    EXPECT_FALSE(writer().applyTogether({create, weights}, {}).isOk());
    EXPECT_FALSE(cluster.read(policyRef(), {})) << "taken back";
}

TEST_F(Together, whatCantBeTakenBackIsToldAndUndoneLater)
{
    int policyWrites = 0;
    cluster.refuse = [&policyWrites](const WriteRequest &request) -> std::optional<Error> {
        if (request.dryRun)
            return std::nullopt;
        if (request.object.kind == "VirtualService")
            return Error {ErrorCode::Forbidden, "no"};
        return ++policyWrites > 1 ? std::optional(Error {ErrorCode::Unreachable, "the network is gone"}) : std::nullopt;
    };
    const WriteOutcome outcome = writer().applyTogether(step(), {});
    EXPECT_FALSE(outcome.isOk());
    EXPECT_EQ(outcome.state, EntryState::Partly);
    EXPECT_EQ(last().state, EntryState::Partly);
    EXPECT_NE(outcome.message.find("DestinationRule shop/reviews holds the change, Undo tries again"), std::string::npos) << outcome.message;
    EXPECT_EQ(state(), "3 subsets, 90/10");
    cluster.refuse = nullptr;
    const WriteOutcome undone = writer().undo(outcome.journalId, {});
    ASSERT_TRUE(undone.isOk()) << undone.message;
    EXPECT_EQ(state(), "2 subsets, 90/10");
    EXPECT_EQ(journal->entry(outcome.journalId)->state, EntryState::Undone);
}

TEST_F(Together, aLostAnswerIsLookedUp)
{
    cluster.loseAnswer = [](const WriteRequest &request) -> std::optional<Error> {
        if (request.dryRun)
            return std::nullopt;
        return Error {ErrorCode::Timeout, "no answer"};
    };
    const WriteOutcome outcome = writer().applyTogether(step(), {});
    ASSERT_TRUE(outcome.isOk()) << outcome.message;
    EXPECT_EQ(state(), "3 subsets, 75/25");
    EXPECT_EQ(last().state, EntryState::Applied);
}

TEST_F(Together, refusesWhatIsNoStep)
{
    EXPECT_FALSE(writer().applyTogether({}, {}).isOk());
    std::vector<Change> twice = step();
    twice.push_back(twice.front());
    EXPECT_EQ(writer().applyTogether(twice, {}).message, "DestinationRule shop/reviews is named twice in one step");
    EXPECT_EQ(writer().applyTogether(std::vector<Change>(21, twice.front()), {}).error->code, ErrorCode::LimitExceeded);
    ASSERT_TRUE(settings.setLocked(context, true));
    const int writes = cluster.writes;
    EXPECT_EQ(writer().applyTogether(step(), {}).error->code, ErrorCode::Locked);
    EXPECT_EQ(writer().dryRunTogether(step(), {}).error->code, ErrorCode::Locked);
    EXPECT_EQ(cluster.writes, writes);
    EXPECT_EQ(entries(), 0U);
}

TEST_F(Together, aLockInTheMiddleLeavesNoHalf)
{
    // Locked while the first part is on its way: the second is not sent, and the first can't be taken back either. That is told.
    cluster.loseAnswer = [this](const WriteRequest &request) -> std::optional<Error> {
        if (!request.dryRun && request.object.kind == "DestinationRule") {
            EXPECT_TRUE(settings.setLocked(context, true));
        }
        return std::nullopt;
    };
    const WriteOutcome outcome = writer().applyTogether(step(), {});
    EXPECT_EQ(outcome.error->code, ErrorCode::Locked);
    EXPECT_EQ(last().state, EntryState::Partly);
    EXPECT_EQ(state(), "3 subsets, 90/10");
}

TEST_F(Together, aDryRunChangesNothingAndNothingToDoIsFine)
{
    const WriteOutcome tried = writer().dryRunTogether(step(), {});
    EXPECT_TRUE(tried.isOk()) << tried.message;
    EXPECT_EQ(tried.message, "The server would accept the changes of all 2 objects; nothing was written");
    EXPECT_EQ(state(), "2 subsets, 90/10");
    std::vector<Change> same = step();
    for (Change &change : same)
        change.desired = change.base;
    const WriteOutcome idle = writer().applyTogether(same, {});
    EXPECT_TRUE(idle.isOk());
    EXPECT_EQ(entries(), 0U);
}

TEST(JournalFormat, AJournalWithoutPartsIsTakenOver)
{
    const test::TemporaryFolder folder;
    const std::string path = folder.file("journal.sqlite");
    {
        auto journal = Journal::open(path);
        ASSERT_TRUE(journal);
        JournalEntry entry;
        entry.summary = "old";
        ASSERT_TRUE((*journal)->begin(entry));
    }
    {
        auto database = SqliteDatabase::open(path);
        ASSERT_TRUE(database);
        ASSERT_TRUE(database->execute("ALTER TABLE entries DROP COLUMN parts; PRAGMA user_version=1"));
    }
    auto journal = Journal::open(path);
    ASSERT_TRUE(journal) << journal.error().message;
    const auto entries = (*journal)->latest(10);
    ASSERT_TRUE(entries) << entries.error().message;
    ASSERT_EQ(entries->size(), 1U);
    EXPECT_EQ(entries->front().summary, "old");
    EXPECT_TRUE(entries->front().parts.empty());
}
