#include "core/base/random.h"
#include "core/operate/atomic_file.h"
#include "core/operate/writer.h"
#include "core/value/json.h"
#include "core/value/patch.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace fairway;
using namespace fairway::operate;
using value::Value;

namespace {

/// A cluster of objects in a file each, which outlives the processes that write to it. What it stores is all or nothing, as
/// in etcd; the client can die before, while and after.
class FileCluster final : public ObjectApi {
public:
    explicit FileCluster(std::string folder)
        : m_folder(std::move(folder))
    {
    }

    [[nodiscard]] std::string fileOf(const ObjectRef &object) const { return m_folder + "/" + object.plural + ".json"; }

    Result<Value> read(const ObjectRef &object, const CancelToken &) override
    {
        const auto text = readSmallFile(fileOf(object), std::size_t {1} << 20);
        return text ? value::parseJson(*text) : tl::unexpected(text.error());
    }

    Result<WriteAnswer> send(const WriteRequest &request, const CancelToken &cancel) override
    {
        const auto lock = FileLock::take(fileOf(request.object));
        Result<Value> stored = read(request.object, cancel);
        if (!stored)
            return tl::unexpected(stored.error());
        Result<Value> patched = value::jsonPatch(*stored, request.body);
        if (!patched)
            return fail(ErrorCode::InvalidInput, patched.error().message);
        if (!request.dryRun) {
            const int version = std::stoi(std::string((*stored)["metadata"]["resourceVersion"].stringOr("0")));
            Value metadata = (*patched)["metadata"];
            metadata.set("resourceVersion", std::to_string(version + 1));
            if (auto written = writeFileAtomically(fileOf(request.object), value::toJson(*patched)); !written)
                return tl::unexpected(written.error());
        }
        return WriteAnswer {*patched, {}, false};
    }

    Result<kube::AccessAnswer> mayI(std::string_view, const ObjectRef &, const CancelToken &) override
    {
        return kube::AccessAnswer {true, ""};
    }
    Result<void> recordEvent(const ObjectRef &, const Value &, std::string_view, std::string_view, const CancelToken &) override
    {
        return {};
    }
    std::string userName() const override { return "test"; }

private:
    const std::string m_folder;
};

const ContextKey context {"crash", "file"};

struct Files {
    explicit Files(const test::TemporaryFolder &folder)
        : cluster(folder.path())
        , journal(folder.file("journal.sqlite"))
        , settings(folder.file("contexts.yaml"))
    {
    }
    std::string cluster;
    std::string journal;
    std::string settings;
};

/// Shifts the weights on and on until it is killed.
[[noreturn]] void writeForever(const Files &files)
{
    FileCluster cluster(files.cluster);
    auto journal = Journal::open(files.journal);
    ContextSettings settings(files.settings);
    if (!journal)
        ::_exit(1);
    Writer writer({context, &cluster, journal->get(), &settings});
    for (int i = 0;; ++i) {
        Change change;
        change.object = test::reviewsRef();
        change.base = writer.read(change.object).value_or(Value());
        const int first = (i * 7) % 101;
        change.desired = test::withWeights(change.base, first, 100 - first);
        change.summary = std::to_string(first);
        if (!writer.apply(change, {}).isOk())
            ::_exit(2);
    }
}

ObjectRef secondRef()
{
    ObjectRef ref = test::reviewsRef();
    ref.plural = "seconds";
    ref.kind = "Second";
    return ref;
}

int firstWeight(const Value &object)
{
    return static_cast<int>(object["spec"]["http"][2]["route"][0]["weight"].intOr(-1));
}

/// Writes the same weights to two objects as one step, on and on until it is killed.
[[noreturn]] void stepForever(const Files &files)
{
    FileCluster cluster(files.cluster);
    auto journal = Journal::open(files.journal);
    ContextSettings settings(files.settings);
    if (!journal)
        ::_exit(1);
    Writer writer({context, &cluster, journal->get(), &settings});
    for (;;) {
        std::vector<Change> step;
        int next = 0;
        for (const ObjectRef &object : {test::reviewsRef(), secondRef()}) {
            Change change;
            change.object = object;
            change.base = writer.read(object).value_or(Value());
            next = step.empty() ? (firstWeight(change.base) + 7) % 101 : next;
            change.desired = test::withWeights(change.base, next, 100 - next);
            step.push_back(std::move(change));
        }
        if (!writer.applyTogether(step, {}).isOk())
            ::_exit(2);
    }
}

} // namespace

TEST(Crash, aStepOfTwoThatWasCutIsToldAndTakenBack)
{
    const test::TemporaryFolder folder;
    const Files files(folder);
    FileCluster cluster(files.cluster);
    for (const ObjectRef &object : {test::reviewsRef(), secondRef()}) {
        Value stored = test::reviews();
        Value metadata = stored["metadata"];
        metadata.set("resourceVersion", "1");
        metadata.set("uid", object.plural);
        ASSERT_TRUE(writeFileAtomically(cluster.fileOf(object), value::toJson(stored)));
    }
    ContextSettings settings(files.settings);
    ASSERT_TRUE(settings.setLocked(context, false));
    Random random(11);
    int cut = 0;
    for (int round = 0; round < 30; ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0)
            stepForever(files);
        ::usleep(static_cast<useconds_t>(3000 + random.below(40000))); // the moment is what is random here
        ASSERT_EQ(::kill(child, SIGKILL), 0);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself: " << WEXITSTATUS(status);

        auto journal = Journal::open(files.journal);
        ASSERT_TRUE(journal) << journal.error().message;
        Writer writer({context, &cluster, journal->get(), &settings});
        ASSERT_TRUE(writer.reconcile());
        const auto entries = *(*journal)->latest(1);
        if (entries.empty())
            continue;
        const int first = firstWeight(*cluster.read(test::reviewsRef(), {}));
        const int second = firstWeight(*cluster.read(secondRef(), {}));
        EXPECT_NE(entries.front().state, EntryState::Intended);
        EXPECT_NE(entries.front().state, EntryState::Unknown) << entries.front().note;
        EXPECT_EQ(entries.front().state == EntryState::Partly, first != second) << first << " and " << second << ": " << entries.front().note;
        if (entries.front().state == EntryState::Partly) {
            ++cut;
            EXPECT_NE(entries.front().note.find("VirtualService shop/reviews holds the change, Second shop/reviews does not"), std::string::npos) << entries.front().note;
            const WriteOutcome undone = writer.undo(entries.front().id, {});
            ASSERT_TRUE(undone.isOk()) << undone.message;
            EXPECT_EQ(firstWeight(*cluster.read(test::reviewsRef(), {})), second);
        }
    }
    std::printf("%d of 30 steps were cut in the middle\n", cut);
}

TEST(Crash, killedAtAnyMomentTheObjectIsWholeAndTheJournalTellsTheTruth)
{
    const test::TemporaryFolder folder;
    const Files files(folder);
    Value object = test::reviews();
    Value metadata = object["metadata"];
    metadata.set("resourceVersion", "1");
    metadata.set("uid", "u");
    ASSERT_TRUE(writeFileAtomically(FileCluster(files.cluster).fileOf(test::reviewsRef()), value::toJson(object)));
    ContextSettings settings(files.settings);
    ASSERT_TRUE(settings.setLocked(context, false));

    Random random(7);
    std::size_t reconciled = 0;
    int applied = 0;
    for (int round = 0; round < 25; ++round) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0)
            writeForever(files);
        ::usleep(static_cast<useconds_t>(2000 + random.below(40000))); // the moment is what is random here
        ASSERT_EQ(::kill(child, SIGKILL), 0);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself: " << WEXITSTATUS(status);

        FileCluster cluster(files.cluster);
        const Result<Value> now = cluster.read(test::reviewsRef(), {});
        ASSERT_TRUE(now) << now.error().message;
        const Value &route = (*now)["spec"]["http"][2]["route"];
        EXPECT_EQ(route[0]["weight"].intOr(-1) + route[1]["weight"].intOr(-1), 100);

        auto journal = Journal::open(files.journal);
        ASSERT_TRUE(journal) << journal.error().message;
        EXPECT_EQ((*journal)->notice(), "");
        Writer writer({context, &cluster, journal->get(), &settings});
        const Result<std::size_t> settled = writer.reconcile();
        ASSERT_TRUE(settled) << settled.error().message;
        EXPECT_LE(*settled, 1U);
        reconciled += *settled;
        EXPECT_EQ(*writer.reconcile(), 0U) << "settled once";
        const auto entries = *(*journal)->latest(10000);
        applied = 0;
        for (const JournalEntry &entry : entries) {
            EXPECT_NE(entry.state, EntryState::Intended);
            EXPECT_NE(entry.state, EntryState::Unknown) << entry.note;
            applied += entry.state == EntryState::Applied ? 1 : 0;
        }
        // The newest applied entry is what the object holds: no write is missing from the journal, none is made up.
        for (const JournalEntry &entry : entries) {
            if (entry.state != EntryState::Applied)
                continue;
            EXPECT_EQ(entry.summary, std::to_string(route[0]["weight"].intOr(-1)));
            break;
        }
        // Each applied write made one version.
        EXPECT_EQ((*now)["metadata"]["resourceVersion"].stringOr(), std::to_string(applied + 1));
    }
    RecordProperty("applied", applied);
    RecordProperty("reconciled", static_cast<int>(reconciled));
    std::printf("applied %d writes, reconciled %zu after kill -9\n", applied, reconciled);
}
