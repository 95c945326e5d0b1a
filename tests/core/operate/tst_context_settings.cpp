#include "core/operate/context_settings.h"
#include "tests/core/operate/fake_cluster.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

using namespace fairway::operate;

namespace {

const ContextKey prod {"prod", "https://a.example:6443"};

void write(const std::string &path, const std::string &text)
{
    std::ofstream(path) << text;
}

int filesBeginningWith(const std::string &folder, const std::string &name)
{
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        count += entry.path().filename().string().rfind(name, 0) == 0 ? 1 : 0;
    return count;
}

} // namespace

TEST(ContextSettings, aContextIsLockedUntilUnlockedAndThatIsRemembered)
{
    const test::TemporaryFolder folder;
    const std::string path = folder.file("deep/er/contexts.yaml");
    {
        ContextSettings settings(path);
        EXPECT_TRUE(settings.policy(prod).isLocked);
        EXPECT_FALSE(settings.policy(prod).isProduction);
        ASSERT_TRUE(settings.setLocked(prod, false));
        ASSERT_TRUE(settings.setProduction(prod, true));
        EXPECT_FALSE(settings.policy(prod).isLocked);
    }
    const ContextSettings settings(path);
    EXPECT_EQ(settings.policy(prod), (ContextPolicy {false, true}));
    EXPECT_EQ(settings.known().size(), 1U);
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST(ContextSettings, anotherClusterUnderTheSameNameIsLocked)
{
    const test::TemporaryFolder folder;
    ContextSettings settings(folder.file("contexts.yaml"));
    ASSERT_TRUE(settings.setLocked(prod, false));
    EXPECT_TRUE(settings.policy({"prod", "https://b.example:6443"}).isLocked);
    EXPECT_TRUE(settings.policy({"Prod", prod.server}).isLocked);
    EXPECT_FALSE(settings.policy({"prod", prod.server + "/"}).isLocked) << "the same address";
}

TEST(ContextSettings, aLockSetByAnotherProcessHoldsAtOnce)
{
    const test::TemporaryFolder folder;
    ContextSettings one(folder.file("contexts.yaml"));
    ContextSettings other(folder.file("contexts.yaml"));
    ASSERT_TRUE(one.setLocked(prod, false));
    EXPECT_FALSE(other.policy(prod).isLocked);
    ASSERT_TRUE(other.setLocked(prod, true));
    EXPECT_TRUE(one.policy(prod).isLocked);
}

TEST(ContextSettings, anUnreadableFileLocksEverythingAndIsKept)
{
    const char *rows[] = {"not: [yaml", "contexts: 5", "version: 2", "version: 1\ncontexts: [{name: prod}]", "\x01\x02", "[]", ""};
    for (const char *text : rows) {
        const test::TemporaryFolder folder;
        write(folder.file("contexts.yaml"), text);
        ContextSettings settings(folder.file("contexts.yaml"));
        EXPECT_TRUE(settings.policy(prod).isLocked) << text;
        EXPECT_NE(settings.problem().find("contexts.yaml"), std::string::npos) << text;
        ASSERT_TRUE(settings.setLocked(prod, false)) << text;
        EXPECT_FALSE(settings.policy(prod).isLocked) << text;
        EXPECT_EQ(settings.problem(), "") << text;
        EXPECT_EQ(filesBeginningWith(folder.path(), "contexts.yaml.unreadable-"), 1) << text;
    }
}

TEST(ContextSettings, changesFromManyThreadsAllArrive)
{
    const test::TemporaryFolder folder;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&folder, t] {
            ContextSettings settings(folder.file("contexts.yaml"));
            for (int i = 0; i < 10; ++i)
                EXPECT_TRUE(settings.setLocked({std::to_string(t) + "-" + std::to_string(i), "s"}, false));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(ContextSettings(folder.file("contexts.yaml")).known().size(), 40U);
    EXPECT_EQ(filesBeginningWith(folder.path(), "contexts.yaml.new-"), 0);
}

TEST(ContextSettings, aFolderThatCannotBeMadeIsAnError)
{
    const test::TemporaryFolder folder;
    write(folder.file("file"), "");
    ContextSettings settings(folder.file("file/contexts.yaml"));
    const auto set = settings.setLocked(prod, false);
    ASSERT_FALSE(set);
    EXPECT_NE(set.error().message.find("file"), std::string::npos);
    EXPECT_TRUE(settings.policy(prod).isLocked);
}
