#include "core/chart/credential_helper.h"
#include "core/chart/credential_store.h"
#include "tests/core/chart/command_folder.h"

#include <gtest/gtest.h>

#include <optional>
#include <sys/stat.h>

namespace {

using namespace fairway;
using namespace fairway::chart;
using fairway::test::CommandFolder;

/// An environment variable for as long as it lives.
class Variable {
public:
    Variable(const char *name, const std::string &value)
        : m_name(name)
    {
        if (const char *const before = std::getenv(name))
            m_before = before;
        ::setenv(name, value.c_str(), 1);
    }
    ~Variable() { m_before ? ::setenv(m_name, m_before->c_str(), 1) : ::unsetenv(m_name); }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *m_name;
    std::optional<std::string> m_before;
};

class Credentials : public testing::Test {
protected:
    /// A helper that does what `script` says; its input is in $input.
    void writeHelper(const std::string &suffix, const std::string &script) const
    {
        m_folder.writeProgram("bin/docker-credential-" + suffix, "#!/bin/sh\ninput=$(cat)\necho \"$1 $input\" >>" + m_folder.path("calls") + "\n" + script + "\n");
    }
    [[nodiscard]] unsigned modeOf(const std::string &name) const
    {
        struct stat status {};
        return ::stat(m_folder.path(name).c_str(), &status) == 0 ? static_cast<unsigned>(status.st_mode) & 0777U : 0U;
    }

    CommandFolder m_folder;
    CredentialStore m_store {m_folder.path("helm/registry/config.json"), m_folder.path("docker/config.json")};
    /// Without helpers of this machine.
    Variable m_programs {"PATH", m_folder.path("bin") + ":/usr/bin:/bin"};
    const RegistryCredential m_joe {"joe", "s3cret", "", ""};
};

} // namespace

TEST_F(Credentials, areKeptInHelmsFile)
{
    ASSERT_TRUE(m_store.put("127.0.0.1:5000", m_joe));
    EXPECT_EQ(m_folder.read("helm/registry/config.json"), "{\n\t\"auths\": {\n\t\t\"127.0.0.1:5000\": {\n\t\t\t\"auth\": \"am9lOnMzY3JldA==\"\n\t\t}\n\t}\n}");
    EXPECT_EQ(modeOf("helm/registry/config.json"), 0600U);
    EXPECT_EQ(modeOf("helm/registry"), 0700U);
    EXPECT_EQ(m_store.find("127.0.0.1:5000").value(), m_joe);
    EXPECT_TRUE(m_store.find("127.0.0.1:5001")->isEmpty());
    EXPECT_TRUE(m_store.erase("127.0.0.1:5000").value());
    EXPECT_FALSE(m_store.erase("127.0.0.1:5000").value());
    EXPECT_TRUE(m_store.find("127.0.0.1:5000")->isEmpty());
    EXPECT_FALSE(std::filesystem::exists(m_folder.path("docker/config.json")));
}

TEST_F(Credentials, fallBackToDockers)
{
    m_folder.write("helm/registry/config.json", R"({"auths":{"a.example":{"auth":"YTph"}},"other":true})");
    m_folder.write("docker/config.json", R"({"auths":{"a.example":{"auth":"Yjpi"},"b.example":{"auth":"Yjpi"}}})");
    EXPECT_EQ(m_store.find("a.example")->user, "a");
    EXPECT_EQ(m_store.find("b.example")->user, "b");
    ASSERT_TRUE(m_store.put("b.example", m_joe));
    EXPECT_EQ(m_store.find("b.example")->user, "joe");
    EXPECT_NE(m_folder.read("helm/registry/config.json").find("\"other\": true"), std::string::npos);
    EXPECT_EQ(m_folder.read("docker/config.json").find("joe"), std::string::npos);
    // A broken file of Docker's is left out, one of Helm's named.
    m_folder.write("docker/config.json", "{s3cret");
    EXPECT_EQ(m_store.find("a.example")->user, "a");
    EXPECT_TRUE(m_store.find("c.example")->isEmpty());
    m_folder.write("helm/registry/config.json", "{s3cret");
    const auto refused = m_store.find("a.example");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.find("failed to decode config file at " + m_folder.path("helm/registry/config.json") + ": invalid config format"), 0U);
    EXPECT_EQ(refused.error().message.find("s3cret"), std::string::npos);
    EXPECT_FALSE(m_store.put("a.example", m_joe)) << "a file that isn't understood is not replaced";
}

TEST_F(Credentials, stayBehindALink)
{
    m_folder.write("elsewhere/config.json", "{}");
    std::filesystem::create_directories(m_folder.path("helm/registry"));
    std::filesystem::create_symlink(m_folder.path("elsewhere/config.json"), m_folder.path("helm/registry/config.json"));
    ASSERT_TRUE(m_store.put("a.example", m_joe));
    EXPECT_TRUE(std::filesystem::is_symlink(m_folder.path("helm/registry/config.json")));
    EXPECT_NE(m_folder.read("elsewhere/config.json").find("a.example"), std::string::npos);
}

TEST_F(Credentials, comeFromHelpers)
{
    writeHelper("own", R"(echo '{"ServerURL":"x","Username":"helped","Secret":"by own"}')");
    writeHelper("all", R"(echo '{"Username":"<token>","Secret":"refresh"}')");
    m_folder.write("docker/config.json", R"({"credHelpers":{"own.example":"own"},"credsStore":"all","auths":{"own.example":{"auth":"YTph"}}})");
    EXPECT_EQ(m_store.find("own.example").value(), (RegistryCredential {"helped", "by own", "", ""}));
    EXPECT_EQ(m_store.find("other.example").value(), (RegistryCredential {"", "", "refresh", ""}));
    EXPECT_EQ(m_folder.read("calls"), "get own.example\nget other.example\n");
}

TEST_F(Credentials, goToHelpers)
{
    writeHelper("own", "exit 0");
    m_folder.write("helm/registry/config.json", R"({"credsStore":"own"})");
    ASSERT_TRUE(m_store.put("a.example", m_joe));
    ASSERT_TRUE(m_store.put("b.example", {"", "", "refresh", ""}));
    ASSERT_TRUE(m_store.erase("a.example"));
    EXPECT_EQ(m_folder.read("calls"),
        "store {\"Secret\":\"s3cret\",\"ServerURL\":\"a.example\",\"Username\":\"joe\"}\n"
        "store {\"Secret\":\"refresh\",\"ServerURL\":\"b.example\",\"Username\":\"<token>\"}\nerase a.example\n");
    EXPECT_EQ(m_folder.read("helm/registry/config.json"), R"({"credsStore":"own"})");
}

TEST_F(Credentials, goToTheSystemsHelperWhereNothingElseIsSaid)
{
    EXPECT_EQ(CredentialHelper::systemDefault(), "");
    writeHelper("secretservice", "exit 0");
    EXPECT_EQ(CredentialHelper::systemDefault(), "secretservice");
    ASSERT_TRUE(m_store.put("a.example", m_joe));
    EXPECT_EQ(m_folder.read("helm/registry/config.json"), "{\n\t\"auths\": {},\n\t\"credsStore\": \"secretservice\"\n}");
}

TEST_F(Credentials, helpersMayFail)
{
    writeHelper("unknowing", "echo credentials not found in native keychain; exit 1");
    writeHelper("locked", "echo 'the keychain is locked'; echo noise >&2; exit 1");
    writeHelper("crashing", "echo 'no display' >&2; exit 3");
    writeHelper("mute", "exit 1");
    writeHelper("chatty", "yes");
    writeHelper("slow", "exec sleep 100");
    writeHelper("nonsense", "echo s3cret");
    const auto get = [](const std::string &suffix) {
        const auto found = CredentialHelper(suffix, std::chrono::milliseconds(suffix == "slow" ? 100 : 20'000)).get("a.example", {});
        return found ? "user " + found->user : found.error().message;
    };
    EXPECT_EQ(get("unknowing"), "user ");
    EXPECT_EQ(get("locked"), "the keychain is locked");
    EXPECT_EQ(get("crashing"), "docker-credential-crashing: no display");
    EXPECT_EQ(get("mute"), "docker-credential-mute: exit status 1");
    EXPECT_EQ(get("chatty"), "docker-credential-chatty: printed more than 65536 bytes");
    EXPECT_EQ(get("slow"), "docker-credential-slow: did not end within 0 s and was stopped");
    EXPECT_EQ(get("nonsense"), "docker-credential-nonsense gave no credential");
    EXPECT_EQ(get("missing"), "exec: \"docker-credential-missing\": executable file not found in $PATH");
    for (const char *const suffix : {"../bin/x", "/bin/sh", "", "a b", "x;y"})
        EXPECT_EQ(get(suffix), "the credential helper \"" + std::string(suffix) + "\" is no program's name");
}

TEST(CredentialStore, knowsDockerHubsNames)
{
    EXPECT_EQ(CredentialStore::serverAddress("docker.io"), "https://index.docker.io/v1/");
    EXPECT_EQ(CredentialStore::serverAddress("registry-1.docker.io"), "https://index.docker.io/v1/");
    EXPECT_EQ(CredentialStore::serverAddress("ghcr.io"), "ghcr.io");
    const Variable docker("DOCKER_CONFIG", "/x");
    EXPECT_EQ(CredentialStore::dockerConfigPath(), "/x/config.json");
}
