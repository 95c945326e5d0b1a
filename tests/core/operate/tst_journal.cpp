#include "core/operate/journal.h"
#include "core/operate/process_mark.h"
#include "core/operate/sqlite_database.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace fairway;
using namespace fairway::operate;

namespace {

const ContextKey lab {"lab", "https://127.0.0.1:1"};

JournalEntry sample(const std::string &summary = "weights 90 / 10 → 75 / 25")
{
    JournalEntry entry;
    entry.who = "jane@host";
    entry.context = lab;
    entry.object = test::reviewsRef();
    entry.uid = "u1";
    entry.baseVersion = "7";
    entry.summary = summary;
    entry.reason = "because";
    entry.canUndo = true;
    entry.fields = {{"/spec/http/2/route/0/weight", "90", "75", "/spec/http/2", "abc", 3}, {"/metadata/labels/x", std::nullopt, "\"1\"", "", "", 0}};
    return entry;
}

} // namespace

TEST(Journal, keepsWhatWasWrittenAcrossRestarts)
{
    const test::TemporaryFolder folder;
    const std::string path = folder.file("state/journal.sqlite");
    const ManualClock clock(std::chrono::system_clock::time_point(std::chrono::seconds(1000)));
    std::int64_t id = 0;
    {
        auto journal = Journal::open(path, {100, &clock});
        ASSERT_TRUE(journal) << journal.error().message;
        EXPECT_EQ((*journal)->notice(), "");
        id = *(*journal)->begin(sample());
        EXPECT_EQ((*journal)->entry(id)->state, EntryState::Intended);
        ASSERT_TRUE((*journal)->finish(id, EntryState::Applied, "fine", "8"));
    }
    auto journal = Journal::open(path);
    ASSERT_TRUE(journal);
    const auto entry = (*journal)->entry(id);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->state, EntryState::Applied);
    EXPECT_EQ(entry->when, clock.systemNow());
    EXPECT_EQ(entry->object, test::reviewsRef());
    EXPECT_EQ(entry->fields, sample().fields);
    EXPECT_EQ(entry->writtenVersion, "8");
    EXPECT_EQ(entry->note, "fine");
    EXPECT_EQ(entry->reason, "because");
    EXPECT_TRUE(entry->canUndo);
    for (const char *suffix : {"", "-wal"}) {
        struct stat info {};
        ASSERT_EQ(::stat((path + suffix).c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777U, 0600U);
    }
}

TEST(Journal, anUndoMarksWhatItTookBackInTheSameStep)
{
    const test::TemporaryFolder folder;
    auto journal = std::move(*Journal::open(folder.file("j")));
    const auto first = *journal->begin(sample());
    ASSERT_TRUE(journal->finish(first, EntryState::Applied, ""));
    JournalEntry undo = sample("undo");
    undo.undoes = first;
    const auto failed = *journal->begin(undo);
    ASSERT_TRUE(journal->finish(failed, EntryState::Failed, "no"));
    EXPECT_EQ(journal->entry(first)->state, EntryState::Applied);
    const auto second = *journal->begin(undo);
    ASSERT_TRUE(journal->finish(second, EntryState::Applied, ""));
    EXPECT_EQ(journal->entry(first)->state, EntryState::Undone);
    EXPECT_EQ(journal->entry(first)->undoneBy, second);
    EXPECT_EQ(journal->entry(second)->state, EntryState::Applied);
}

TEST(Journal, anEntryIsFinishedOnce)
{
    const test::TemporaryFolder folder;
    auto journal = std::move(*Journal::open(folder.file("j")));
    const auto id = *journal->begin(sample());
    ASSERT_TRUE(journal->finish(id, EntryState::Failed, "first"));
    const auto again = journal->finish(id, EntryState::Applied, "second");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::NotFound);
    EXPECT_EQ(journal->entry(id)->note, "first");
    EXPECT_EQ(journal->entry(99).error().code, ErrorCode::NotFound);
}

TEST(Journal, listsNewestFirstByContext)
{
    const test::TemporaryFolder folder;
    auto journal = std::move(*Journal::open(folder.file("j")));
    for (int i = 0; i < 5; ++i) {
        JournalEntry entry = sample(std::to_string(i));
        entry.context.name = i % 2 == 0 ? "even" : "odd";
        ASSERT_TRUE(journal->begin(entry));
    }
    const ContextKey even {"even", lab.server};
    const auto listed = *journal->latest(2, &even);
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].summary, "4");
    EXPECT_EQ(listed[1].summary, "2");
    EXPECT_EQ(journal->latest(100)->size(), 5U);
}

TEST(Journal, isBoundedAndNeverForgetsWhatIsOpen)
{
    const test::TemporaryFolder folder;
    auto journal = std::move(*Journal::open(folder.file("j"), {10, nullptr}));
    const auto open = *journal->begin(sample("open"));
    for (int i = 0; i < 30; ++i)
        ASSERT_TRUE(journal->finish(*journal->begin(sample(std::to_string(i))), EntryState::Applied, ""));
    const auto listed = *journal->latest(1000);
    EXPECT_EQ(listed.size(), 11U);
    EXPECT_EQ(listed.back().id, open);
}

TEST(Journal, aChangeTooLargeToKeepIsRecordedWithoutUndo)
{
    const test::TemporaryFolder folder;
    auto journal = std::move(*Journal::open(folder.file("j")));
    JournalEntry entry = sample();
    entry.fields[0].after = std::string(std::size_t {1} << 20, 'x');
    const auto id = *journal->begin(entry);
    EXPECT_FALSE(journal->entry(id)->canUndo);
    EXPECT_TRUE(journal->entry(id)->fields.empty());
}

TEST(Journal, aDamagedFileIsKeptAndANewOneBegun)
{
    const test::TemporaryFolder folder;
    const std::string path = folder.file("j");
    { ASSERT_TRUE((*Journal::open(path))->begin(sample())); }
    struct Row {
        const char *name;
        std::function<void()> damage;
    };
    const Row rows[] = {
        {"rubbish", [&] { std::ofstream(path, std::ios::trunc) << std::string(9000, 'x'); }},
        {"cut in the middle", [&] { std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2); }},
    };
    int kept = 0;
    for (const Row &row : rows) {
        { ASSERT_TRUE((*Journal::open(path))->begin(sample())) << row.name; }
        row.damage();
        auto journal = Journal::open(path);
        ASSERT_TRUE(journal) << row.name << journal.error().message;
        EXPECT_NE((*journal)->notice().find("was damaged"), std::string::npos) << row.name;
        EXPECT_EQ((*journal)->latest(10)->size(), 0U) << row.name;
        EXPECT_TRUE((*journal)->begin(sample())) << row.name;
        ++kept;
        int found = 0;
        for (const auto &entry : std::filesystem::directory_iterator(folder.path()))
            found += entry.path().filename().string().rfind("j.damaged-", 0) == 0 ? 1 : 0;
        EXPECT_GE(found, kept) << row.name;
    }
}

TEST(Journal, aNewerFormatIsLeftAlone)
{
    const test::TemporaryFolder folder;
    const std::string path = folder.file("j");
    { ASSERT_TRUE(Journal::open(path)); }
    { ASSERT_TRUE(SqliteDatabase::open(path)->execute("PRAGMA user_version=99")); }
    const auto journal = Journal::open(path);
    ASSERT_FALSE(journal);
    EXPECT_EQ(journal.error().code, ErrorCode::Unsupported);
    EXPECT_NE(journal.error().message.find("newer"), std::string::npos);
}

TEST(Journal, aFolderThatCannotBeWrittenIsAnErrorThatNamesIt)
{
    const test::TemporaryFolder folder;
    std::ofstream(folder.file("file")) << "";
    const auto journal = Journal::open(folder.file("file/j"));
    ASSERT_FALSE(journal);
    EXPECT_NE(journal.error().message.find(folder.path()), std::string::npos);
}

TEST(Journal, onlyEntriesOfDeadProcessesAreOrphans)
{
    const test::TemporaryFolder folder;
    auto journal = std::move(*Journal::open(folder.file("j")));
    const auto mine = *journal->begin(sample("mine"));
    const pid_t child = ::fork();
    if (child == 0) {
        auto other = Journal::open(folder.file("j"));
        ::_exit(other && (*other)->begin(sample("theirs")) ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_EQ(WEXITSTATUS(status), 0);
    const auto orphans = *journal->orphans(lab);
    ASSERT_EQ(orphans.size(), 1U);
    EXPECT_EQ(orphans[0].summary, "theirs");
    EXPECT_NE(orphans[0].id, mine);
}

TEST(Journal, threadsAndConnectionsMayWriteAtOnce)
{
    const test::TemporaryFolder folder;
    auto shared = std::move(*Journal::open(folder.file("j")));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            auto own = t % 2 == 0 ? nullptr : std::move(*Journal::open(folder.file("j")));
            Journal &journal = own ? *own : *shared;
            for (int i = 0; i < 15; ++i) {
                const auto id = journal.begin(sample());
                ASSERT_TRUE(id) << id.error().message;
                ASSERT_TRUE(journal.finish(*id, EntryState::Applied, ""));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(shared->latest(1000)->size(), 60U);
}

TEST(Journal, secretHashesCompareOnlyWithinOneJournal)
{
    const test::TemporaryFolder folder;
    auto one = std::move(*Journal::open(folder.file("a")));
    auto two = std::move(*Journal::open(folder.file("b")));
    EXPECT_EQ(one->secretHash("x"), one->secretHash("x"));
    EXPECT_NE(one->secretHash("x"), one->secretHash("y"));
    EXPECT_NE(one->secretHash("x"), two->secretHash("x"));
}

TEST(ProcessMark, knowsItselfAndNoReusedPid)
{
    ProcessMark mark = ProcessMark::ofThis();
    EXPECT_TRUE(mark.isAlive());
    mark.started = "1";
    EXPECT_FALSE(mark.isAlive());
    mark = ProcessMark::ofThis();
    mark.boot = "other";
    EXPECT_FALSE(mark.isAlive());
    mark.host = "other";
    EXPECT_TRUE(mark.isAlive());
}
