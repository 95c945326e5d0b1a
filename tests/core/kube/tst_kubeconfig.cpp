#include "core/kube/kubeconfig.h"
#include "core/kube/url.h"
#include "tests/core/kube/temporary_folder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

namespace fairway::kube {
namespace {

using test::TemporaryFolder;

constexpr const char *good = R"(apiVersion: v1
kind: Config
current-context: shop
clusters:
- name: one
  cluster:
    server: https://one.example:6443/
    certificate-authority: pki/ca.crt
- name: two
  cluster: {server: "http://127.0.0.1:8001", proxy-url: "socks5://127.0.0.1:1080", tls-server-name: two.example}
users:
- name: admin
  user: {token: abc}
- name: cert
  user: {client-certificate-data: QUJD, client-key-data: REVG}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: aws
      args: [eks, get-token]
      env: [{name: AWS_PROFILE, value: prod}]
      interactiveMode: IfAvailable
      installHint: install aws
contexts:
- name: shop
  context: {cluster: one, user: admin, namespace: shop}
- name: cert
  context: {cluster: two, user: cert}
- name: plugin
  context: {cluster: two, user: plugin}
- name: anonymous
  context: {cluster: two}
)";

TEST(Kubeconfig, ReadsContextsAndAccess)
{
    const auto config = Kubeconfig::fromText(good, "config", "/home/u/.kube");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->contexts().size(), 4U);
    EXPECT_EQ(config->currentContext(), "shop");
    for (const ContextEntry &context : config->contexts()) {
        EXPECT_EQ(context.problem, "");
        EXPECT_GT(context.line, 20U);
    }
    EXPECT_TRUE(config->contexts()[2].usesPlugin);
    const auto shop = config->access();
    ASSERT_TRUE(shop) << shop.error().message;
    EXPECT_EQ(shop->server, "https://one.example:6443");
    EXPECT_EQ(shop->ca.file, "/home/u/.kube/pki/ca.crt");
    EXPECT_EQ(shop->ns, "shop");
    EXPECT_EQ(shop->user.token, "abc");
    const auto cert = config->access("cert");
    ASSERT_TRUE(cert);
    EXPECT_EQ(cert->user.clientCertificate.data, "ABC");
    EXPECT_EQ(cert->user.clientKey.data, "DEF");
    EXPECT_EQ(cert->ns, "default");
    EXPECT_EQ(cert->proxyUrl, "socks5h://127.0.0.1:1080");
    EXPECT_EQ(cert->tlsServerName, "two.example");
    const auto plugin = config->access("plugin");
    ASSERT_TRUE(plugin && plugin->user.exec);
    EXPECT_EQ(plugin->user.exec->command, "aws");
    EXPECT_EQ(plugin->user.exec->args.size(), 2U);
    EXPECT_TRUE(config->access("anonymous"));
}

struct BadCase {
    const char *name;
    const char *text;
    const char *message; ///< Part of it.
};

class BadKubeconfig : public testing::TestWithParam<BadCase> { };

TEST_P(BadKubeconfig, FailsWithOneSentence)
{
    const auto config = Kubeconfig::fromText(GetParam().text, "config");
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find(GetParam().message), std::string::npos) << config.error().message;
    EXPECT_EQ(config.error().message.find('\n'), std::string::npos) << config.error().message;
    EXPECT_TRUE(config.error().message.starts_with("config")) << config.error().message;
}

INSTANTIATE_TEST_SUITE_P(Files, BadKubeconfig,
                         testing::Values(BadCase {"NotYaml", "a: b: c\n\t- ", "not a kubeconfig"}, BadCase {"AText", "hello", "holds a text"},
                                         BadCase {"AList", "- a\n- b", "holds a list"}, BadCase {"APod", "kind: Pod\napiVersion: v1", "holds a \"Pod\""},
                                         BadCase {"ClustersIsMap", "clusters: {a: b}", "config:1: clusters is a map; a list is needed"},
                                         BadCase {"EntryIsText", "users:\n- admin", "config:2: entry 1 of users is a text"},
                                         BadCase {"NoName", "users:\n- user: {}\n", "has no name"},
                                         BadCase {"NumberName", "users:\n- name: 1\n", "write it in quotes"},
                                         BadCase {"BodyIsList", "contexts:\n- name: a\n  context: [1]\n", "has a context that is a list"},
                                         BadCase {"Twice", "users:\n- name: a\n- name: a\n", "config:3: entry 2 of users repeats the name \"a\""},
                                         BadCase {"CurrentIsNumber", "current-context: 5\n", "current-context that is a number"}),
                         [](const auto &row) { return row.param.name; });

class BadContext : public testing::TestWithParam<BadCase> { };

TEST_P(BadContext, IsListedWithItsProblem)
{
    const std::string text = "contexts:\n- name: x\n  context: {cluster: c, user: u}\n- name: fine\n  context: {cluster: ok}\nclusters:\n- name: ok\n  cluster: {server: "
                             "\"https://ok\"}\n"
        + std::string(GetParam().text);
    const auto config = Kubeconfig::fromText(text, "config");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->contexts().size(), 2U);
    const std::string problem = config->contexts()[0].problem.plain();
    EXPECT_NE(problem.find(GetParam().message), std::string::npos) << problem;
    EXPECT_EQ(problem.find("secret"), std::string::npos) << problem;
    EXPECT_EQ(config->contexts()[1].problem, "");
    const auto access = config->access("x");
    ASSERT_FALSE(access);
    EXPECT_EQ(access.error().message, problem);
    EXPECT_TRUE(config->access("fine"));
}

INSTANTIATE_TEST_SUITE_P(
    Entries, BadContext,
    testing::Values(
        BadCase {"NoCluster", "", "config:2: context \"x\" uses cluster \"c\", which is not defined"},
        BadCase {"NoUser", "- name: c\n  cluster: {server: 'https://c'}\n", "uses user \"u\", which is not defined"},
        BadCase {"NoServer", "- name: c\n  cluster: {}\nusers: [{name: u, user: {}}]\n", "config:9: cluster \"c\" has no server"},
        BadCase {"BadServer", "- name: c\n  cluster: {server: 'ftp://x'}\nusers: [{name: u, user: {}}]\n", "not an http or https address"},
        BadCase {"ServerIsNumber", "- name: c\n  cluster: {server: 5}\nusers: [{name: u, user: {}}]\n", "server that is a number"},
        BadCase {"BadPort", "- name: c\n  cluster: {server: 'https://x:99999'}\nusers: [{name: u, user: {}}]\n", "not an http or https address"},
        BadCase {"BadBase64", "- name: c\n  cluster: {server: 'https://x', certificate-authority-data: '%%'}\nusers: [{name: u, user: {}}]\n", "not base64"},
        BadCase {"CaAndInsecure", "- name: c\n  cluster: {server: 'https://x', certificate-authority: a, insecure-skip-tls-verify: true}\nusers: [{name: u, user: {}}]\n",
                 "sets both"},
        BadCase {"InsecureIsText", "- name: c\n  cluster: {server: 'https://x', insecure-skip-tls-verify: 'yes'}\nusers: [{name: u, user: {}}]\n", "true or false"},
        BadCase {"BadProxy", "- name: c\n  cluster: {server: 'https://x', proxy-url: 'gopher://x'}\nusers: [{name: u, user: {}}]\n", "proxy-url"},
        BadCase {"TokenIsNumber", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {token: 123}\n", "config:13: user \"u\" has a token that is a number"},
        BadCase {"TokenWithBreak", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {token: \"secret\\nX: y\"}\n", "line break"},
        BadCase {"KeyOnly", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {client-key: k}\n", "client-key without"},
        BadCase {"TwoWays", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {token: secret, username: u, password: secret}\n", "one way to sign in"},
        BadCase {"OldPlugin", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}\n",
                 "v1 or v1beta1"},
        BadCase {"PluginWithoutCommand", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1}}\n",
                 "without a command"},
        BadCase {"PluginNumberArg", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: x, args: [1]}}\n",
                 "write it in quotes"},
        BadCase {"AuthProvider", "- name: c\n  cluster: {server: 'https://x'}\nusers:\n- name: u\n  user: {auth-provider: {name: gcp}}\n", "auth-provider \"gcp\""}),
    [](const auto &row) { return row.param.name; });

TEST(Kubeconfig, MergesByKubectlsRules)
{
    const TemporaryFolder folder;
    folder.write("a/config", "current-context: ''\nclusters:\n- name: c\n  cluster: {server: 'https://first', certificate-authority: ca.crt}\ncontexts:\n- name: x\n  context: {cluster: c}\n");
    folder.write("b/config", "current-context: yy\nclusters:\n- name: c\n  cluster: {server: 'https://second', tls-server-name: lost}\n- name: d\n  cluster: {server: "
                             "'https://d'}\ncontexts:\n- name: x\n  context: {cluster: d}\n- name: yy\n  context: {cluster: d}\n");
    folder.write("c/config", "current-context: x\n");
    KubeconfigSource source;
    source.envList = folder.path("a/config") + ":" + folder.path("missing") + "::" + folder.path("b/config") + ":" + folder.path("c/config");
    const auto config = Kubeconfig::load(source);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->files().size(), 3U);
    EXPECT_EQ(config->currentContext(), "yy") << "the first file that sets it wins";
    const auto x = config->access("x");
    ASSERT_TRUE(x) << x.error().message;
    EXPECT_EQ(x->server, "https://first");
    EXPECT_EQ(x->tlsServerName, "") << "entries are not merged inside";
    EXPECT_EQ(x->ca.file, folder.path("a/ca.crt"));
    EXPECT_EQ(config->contexts().size(), 2U);
}

TEST(Kubeconfig, LooksWhereKubectlLooks)
{
    const TemporaryFolder folder;
    folder.write(".kube/config", "current-context: home\n");
    folder.write("explicit", "current-context: explicit\n");
    folder.write("listed", "current-context: listed\n");
    KubeconfigSource source;
    source.home = folder.path();
    EXPECT_EQ(Kubeconfig::load(source)->currentContext(), "home");
    source.envList = folder.path("listed");
    EXPECT_EQ(Kubeconfig::load(source)->currentContext(), "listed");
    source.explicitPath = folder.path("explicit");
    EXPECT_EQ(Kubeconfig::load(source)->currentContext(), "explicit");

    source.explicitPath = folder.path("none");
    const auto missing = Kubeconfig::load(source);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
    EXPECT_NE(missing.error().message.find(folder.path("none")), std::string::npos);

    source.explicitPath = folder.path();
    const auto isFolder = Kubeconfig::load(source);
    ASSERT_FALSE(isFolder);
    EXPECT_NE(isFolder.error().message.find("is a folder"), std::string::npos) << isFolder.error().message;

    const auto nothing = Kubeconfig::load({{}, {}, folder.path("nohome")});
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->contexts().empty());
    EXPECT_EQ(nothing->access().error().code, ErrorCode::NotFound);
    EXPECT_NE(nothing->access().error().message.find("no kubeconfig"), std::string::npos);
}

TEST(Kubeconfig, UnknownContextIsNamed)
{
    const auto config = Kubeconfig::fromText(good, "config");
    const auto access = config->access("nope");
    ASSERT_FALSE(access);
    EXPECT_EQ(access.error().code, ErrorCode::NotFound);
    EXPECT_NE(access.error().message.find("no context \"nope\""), std::string::npos);
}

TEST(ServerUrl, TakesOnlyPlainOnes)
{
    const auto url = parseServerUrl("https://[::1]:6443/k8s/clusters/c-1/");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->hostPort(), "[::1]:6443");
    EXPECT_EQ(url->prefix, "/k8s/clusters/c-1");
    EXPECT_TRUE(url->isLoopback());
    EXPECT_EQ(parseServerUrl("https://example.com")->port, 443);
    for (const char *bad : {"", "https://", "https://user:pw@host", "https://h:0", "https://h:70000", "https://h:x", "https://h ost", "ftp://h", "https://[::1", "https://h\\x"}) {
        EXPECT_FALSE(parseServerUrl(bad)) << bad;
    }
}

} // namespace
} // namespace fairway::kube
