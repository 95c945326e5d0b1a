#include "core/kube/credentials.h"
#include "core/kube/exec_plugin.h"
#include "tests/core/kube/fake_api_server.h"
#include "tests/core/kube/temporary_folder.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace fairway::kube {
namespace {

using namespace std::chrono_literals;
using test::TemporaryFolder;

ClusterAccess accessWith(UserAccess user)
{
    ClusterAccess access;
    access.server = "https://cluster.example";
    access.userName = "u";
    access.user = std::move(user);
    return access;
}

ClusterAccess accessWithPlugin(const std::string &command)
{
    UserAccess user;
    user.exec = ExecPlugin {};
    user.exec->apiVersion = "client.authentication.k8s.io/v1";
    user.exec->command = command;
    return accessWith(user);
}

constexpr const char *tokenScript = R"(#!/bin/sh
echo x >> "$(dirname "$0")/runs"
n=$(wc -l < "$(dirname "$0")/runs" | tr -d ' ')
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t'$n'"EXTRA}}'
)";

std::string tokenScriptWith(const std::string &extra)
{
    std::string text = tokenScript;
    return text.replace(text.find("EXTRA"), 5, extra);
}

TEST(Credentials, FixedOnesAreAtHand)
{
    UserAccess user;
    EXPECT_EQ(Credentials(accessWith(user)).current()->authorization, "");
    user.token = "abc";
    EXPECT_EQ(Credentials(accessWith(user)).atHand()->authorization, "Bearer abc");
    user.token.clear();
    user.username = "joe";
    user.password = "pw:1";
    EXPECT_EQ(Credentials(accessWith(user)).current()->authorization, "Basic am9lOnB3OjE=");
    Credentials basic(accessWith(user));
    EXPECT_FALSE(basic.refused(basic.current()->generation)) << "asking again would bring nothing new";
}

TEST(Credentials, TokenFileIsReadAgain)
{
    const TemporaryFolder folder;
    ManualClock clock;
    UserAccess user;
    user.tokenFile = folder.write("token", "one\n");
    Credentials credentials(accessWith(user), {.clock = &clock});
    EXPECT_EQ(credentials.current()->authorization, "Bearer one");
    const auto first = credentials.current()->generation;
    folder.write("token", "two\n");
    EXPECT_EQ(credentials.current()->authorization, "Bearer one") << "not looked at on every call";
    clock.advance(11s);
    EXPECT_FALSE(credentials.atHand());
    EXPECT_EQ(credentials.current()->authorization, "Bearer two");
    EXPECT_NE(credentials.current()->generation, first);

    std::filesystem::remove(folder.path("token"));
    clock.advance(120s);
    EXPECT_EQ(credentials.current()->authorization, "Bearer two") << "the last good one stays";

    folder.write("token", "three");
    EXPECT_TRUE(credentials.refused(credentials.current()->generation)) << "looked at again when refused";
    EXPECT_EQ(credentials.current()->authorization, "Bearer three");
}

TEST(Credentials, MissingFilesAreNamed)
{
    UserAccess user;
    user.tokenFile = "/nonexistent/token";
    auto result = Credentials(accessWith(user)).current();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "tokenFile of user \"u\": /nonexistent/token: No such file or directory");
    user = {};
    user.clientCertificate.file = "/nonexistent/c";
    user.clientKey.file = "/nonexistent/k";
    result = Credentials(accessWith(user)).current();
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().message.find("client-certificate of user \"u\""), std::string::npos);
}

TEST(ExecPlugins, IsKeptUntilItExpires)
{
    const TemporaryFolder folder;
    ManualClock clock(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
    Credentials credentials(
        accessWithPlugin(folder.write("plugin", tokenScriptWith(R"(,"expirationTimestamp":"2026-11-22T01:00:00Z")"), true)), {.clock = &clock});
    EXPECT_FALSE(credentials.atHand());
    EXPECT_EQ(credentials.current()->authorization, "Bearer t1");
    EXPECT_EQ(credentials.current()->authorization, "Bearer t1");
    EXPECT_TRUE(credentials.atHand());
    clock.advance(59min + 51s); // 10 s before the end it is too old.
    EXPECT_EQ(credentials.current()->authorization, "Bearer t2");
}

TEST(ExecPlugins, RunsOnceMoreAfterARefusal)
{
    const TemporaryFolder folder;
    ManualClock clock;
    Credentials credentials(accessWithPlugin(folder.write("plugin", tokenScriptWith(""), true)), {.clock = &clock});
    const auto first = credentials.current()->generation;
    EXPECT_TRUE(credentials.refused(first));
    const auto second = credentials.current();
    EXPECT_EQ(second->authorization, "Bearer t2");
    EXPECT_TRUE(credentials.refused(first)) << "somebody else's old refusal: there is something newer";
    EXPECT_FALSE(credentials.refused(second->generation)) << "refused at once again: no loop";
    EXPECT_EQ(credentials.current()->authorization, "Bearer t2");
    clock.advance(1min);
    EXPECT_TRUE(credentials.refused(second->generation));
    EXPECT_EQ(credentials.current()->authorization, "Bearer t3");
}

TEST(ExecPlugins, IsNotRunTwiceAtATime)
{
    const TemporaryFolder folder;
    Credentials credentials(accessWithPlugin(folder.write("plugin", tokenScriptWith(""), true)));
    std::vector<std::thread> threads;
    std::atomic<int> right {0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const auto credential = credentials.current();
            right += credential && credential->authorization == "Bearer t1" ? 1 : 0;
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(right, 8);
}

TEST(ExecPlugins, IsToldAboutTheCluster)
{
    const TemporaryFolder folder;
    const std::string script = "#!/bin/sh\nprintf '%s' \"$KUBERNETES_EXEC_INFO\" > " + folder.path("info") + "\nprintf '%s' \"$MORE $1\" > " + folder.path("env")
        + "\necho '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"t\"}}'\n";
    ClusterAccess access = accessWithPlugin(folder.write("plugin", script, true));
    access.ca.data = "CA";
    access.user.exec->provideClusterInfo = true;
    access.user.exec->clusterConfig = value::Value::map({{"audience", "x"}});
    access.user.exec->env = {{"MORE", "yes"}};
    access.user.exec->args = {"$(id)"};
    ASSERT_TRUE(Credentials(access).current());
    std::string info;
    std::getline(std::ifstream(folder.path("info")), info);
    EXPECT_EQ(info, R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"cluster":{"certificate-authority-data":"Q0E=","config":{"audience":"x"},"server":"https://cluster.example"},"interactive":false}})");
    std::string env;
    std::getline(std::ifstream(folder.path("env")), env);
    EXPECT_EQ(env, "yes $(id)") << "no shell looks at the arguments";
}

TEST(ExecPlugins, HeldUntilApproved)
{
    const TemporaryFolder folder;
    const ClusterAccess access = accessWithPlugin(folder.write("plugin", tokenScriptWith(""), true));
    bool isApproved = false;
    Credentials credentials(access, {.mayRunPlugin = [&](const ExecPlugin &) { return isApproved; }});
    const auto held = credentials.current();
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().code, ErrorCode::Unauthorized);
    EXPECT_FALSE(std::filesystem::exists(folder.path("runs")));
    isApproved = true;
    EXPECT_TRUE(credentials.current());
}

struct PluginCase {
    const char *name;
    const char *script;
    ErrorCode code;
    const char *message;
};

class BadPlugin : public testing::TestWithParam<PluginCase> { };

TEST_P(BadPlugin, GetsOneClearSentence)
{
    const TemporaryFolder folder;
    Credentials credentials(accessWithPlugin(folder.write("plugin", "#!/bin/sh\n" + std::string(GetParam().script) + "\n", true)),
                            {.mayRunPlugin = {}, .pluginTimeout = 300ms, .maxPluginOutput = 10000});
    const auto result = credentials.current();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, GetParam().code) << result.error().message;
    EXPECT_NE(result.error().message.find("credential plugin plugin: "), std::string::npos) << result.error().message;
    EXPECT_NE(result.error().message.find(GetParam().message), std::string::npos) << result.error().message;
    EXPECT_EQ(result.error().message.find("hunter2"), std::string::npos) << "what it printed is not quoted";
}

INSTANTIATE_TEST_SUITE_P(
    ExecPlugins, BadPlugin,
    testing::Values(PluginCase {"Hangs", "sleep 100", ErrorCode::Timeout, "did not end within"},
                    PluginCase {"HangsInAChild", "sleep 100 & wait", ErrorCode::Timeout, "did not end within"},
                    PluginCase {"IgnoresTerm", "trap '' TERM INT; while :; do sleep 1; done", ErrorCode::Timeout, "did not end within"},
                    PluginCase {"Fails", "echo hunter2; echo first >&2; echo 'no session, run aws sso login' >&2; exit 3", ErrorCode::Unauthorized,
                                "exit code 3 (no session, run aws sso login)"},
                    PluginCase {"Killed", "kill -9 $$", ErrorCode::Unauthorized, "exit code 137"},
                    PluginCase {"Silent", "exit 0", ErrorCode::InvalidInput, "printed nothing"},
                    PluginCase {"Rubbish", "echo 'hunter2 <html>'", ErrorCode::InvalidInput, "no JSON"},
                    PluginCase {"Floods", "while :; do echo hunter2hunter2hunter2hunter2hunter2; done", ErrorCode::LimitExceeded, "more than 10000 bytes"},
                    PluginCase {"OtherKind", "echo '{\"kind\":\"Secret\"}'", ErrorCode::InvalidInput, "not an ExecCredential"},
                    PluginCase {"OtherVersion", "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"hunter2\"}}'",
                                ErrorCode::InvalidInput, "another version"}),
    [](const auto &row) { return row.param.name; });

TEST(ExecPlugins, MissingProgramGivesTheHint)
{
    ClusterAccess access = accessWithPlugin("fairway-no-such-program");
    access.user.exec->installHint = "install it with apt";
    const auto result = Credentials(access).current();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::NotFound);
    EXPECT_NE(result.error().message.find("install it with apt"), std::string::npos) << result.error().message;
    access.user.exec->interactiveMode = InteractiveMode::Always;
    EXPECT_EQ(Credentials(access).current().error().code, ErrorCode::Unsupported);
}

TEST(ExecPlugins, CanBeCancelled)
{
    const TemporaryFolder folder;
    Credentials credentials(accessWithPlugin(folder.write("plugin", "#!/bin/sh\necho x > " + folder.path("started") + "\nsleep 100\n", true)));
    CancelSource source;
    Result<Credential> result;
    std::thread thread([&] { result = credentials.current(source.token()); });
    EXPECT_TRUE(test::eventually([&] { return std::filesystem::exists(folder.path("started")); }));
    source.cancel();
    thread.join();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
}

TEST(ExecCredential, ParsesTimesAndRefusesOddities)
{
    const auto parse = [](const std::string &status) {
        return parseExecCredential(R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)" + status + "}", "client.authentication.k8s.io/v1");
    };
    const auto expected = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 1h;
    for (const char *time : {"2026-11-22T01:00:00Z", "2026-11-22T03:00:00+02:00", "2026-11-21T20:30:00.123456-04:30"}) {
        const auto status = parse(R"({"token":"t","expirationTimestamp":")" + std::string(time) + "\"}");
        ASSERT_TRUE(status) << time;
        EXPECT_EQ(*status->expires, expected) << time;
    }
    for (const char *bad : {R"({"token":"t","expirationTimestamp":"tomorrow"})", R"({"token":"t","expirationTimestamp":"2026-11-22T01:00:00"})",
                            R"({"token":"t","expirationTimestamp":"2026-13-22T01:00:00Z"})", R"({"token":"a b"})", R"({"token":"a\r\nX: y"})", R"({})", R"({"token":""})",
                            R"({"clientCertificateData":"c"})", R"("text")", R"(null)", R"([])"}) {
        EXPECT_FALSE(parse(bad)) << bad;
    }
}

} // namespace
} // namespace fairway::kube
