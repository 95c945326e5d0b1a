#include "core/chart/credential_store.h"
#include "core/chart/registry_source.h"
#include "core/funcs/digest.h"
#include "tests/core/chart/docker_registry.h"
#include "tests/core/chart/signing_keys.h"

#include <gtest/gtest.h>

#include <memory>

/// A real registry between Fairway and the real helm: each pushes what the other pulls, with the same messages and the same bytes.
namespace {

using namespace fairway;
using namespace fairway::chart;
using fairway::test::CommandFolder;
using fairway::test::CommandOutcome;
using fairway::test::DockerRegistry;
using fairway::test::programOf;
using fairway::test::quoted;

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

class RegistryHelm : public testing::TestWithParam<const char *> {
protected:
    void SetUp() override
    {
        const std::string variable = isHelm3() ? "FAIRWAY_HELM3" : "FAIRWAY_HELM";
        m_helm = programOf(variable.c_str());
        if (m_helm.empty())
            GTEST_SKIP() << variable << " names no helm: eval \"$(tests/support/oracles.sh)\"";
        m_folder.write("demo/Chart.yaml",
            "apiVersion: v2\nname: demo\nversion: 0.1.0\nappVersion: \"1.0\"\ndescription: '<b> & \"quotes\", Zürich'\nhome: https://example.com\n"
            "sources: [https://one.example, https://two.example]\nkeywords: [a]\ntype: application\nkubeVersion: '>= 1.20'\n"
            "maintainers: [{name: M, email: m@example.com}, {name: N}, {email: o@example.com}]\n"
            "annotations: {z: '1', org.opencontainers.image.title: no, org.opencontainers.image.url: https://else.example}\n");
        m_folder.write("demo/templates/a.yaml", "kind: ConfigMap\n");
        for (const char *const version : {"0.1.0", "0.2.0", "1.0.0-rc.1", "0.3.0+build.7"})
            ASSERT_TRUE(helm({"package", "demo", "--version", version}).isGood);
        m_folder.write("demo-0.1.0.tgz.prov", "-----BEGIN PGP SIGNED MESSAGE-----\nnot really\n");
    }
    [[nodiscard]] static bool isHelm3() { return std::string(GetParam()) == "3"; }
    [[nodiscard]] static HelmVersion version() { return isHelm3() ? HelmVersion::V3 : HelmVersion::V4; }
    [[nodiscard]] CommandOutcome helm(const std::vector<std::string> &arguments) const { return m_folder.run(quoted(m_helm), arguments); }
    [[nodiscard]] CommandOutcome fairway(const std::string &group, std::vector<std::string> arguments, const std::string &before = {}) const
    {
        arguments.insert(arguments.end(), {"--helm-version", GetParam()});
        return m_folder.run(before + quoted(FAIRWAYCTL) + " " + group, arguments);
    }
    /// Starts a registry; skips the test where there is none.
    void start(DockerRegistry::Options options = {})
    {
        m_registry = std::make_unique<DockerRegistry>(m_folder, "registry", options);
        if (!m_registry->isGood())
            GTEST_SKIP() << "docker-registry can't be started (package docker-registry): " << m_registry->log();
    }
    [[nodiscard]] std::string at(const std::string &path) const { return "oci://" + m_registry->address() + "/" + path; }
    [[nodiscard]] RegistrySource source() const
    {
        HelmPaths paths;
        paths.registryConfig = m_folder.path("home/.config/helm/registry/config.json");
        return RegistrySource(paths, version());
    }
    [[nodiscard]] Result<OciChart> pull(const std::string &reference, const std::string &range = {}, bool withProvenance = false) const
    {
        RemoteAccess access;
        access.plainHttp = true;
        return source().pull(reference, range, access, withProvenance, {});
    }
    [[nodiscard]] std::string manifest(const std::string &reference) const
    {
        RemoteAccess access;
        access.plainHttp = true;
        RegistryClient client(source().accessTo(reference, access));
        const auto found = client.manifest(RegistryReference::parse(reference).value());
        return found ? found->text : found.error().message;
    }
    /// The same command by both: outputs, messages, outcome.
    void compare(const std::string &group, const std::vector<std::string> &arguments, const std::string &ours) const
    {
        std::vector<std::string> theirs = arguments;
        if (group == "registry")
            theirs.insert(theirs.begin(), "registry");
        const CommandOutcome wanted = helm(theirs);
        const CommandOutcome found = fairway(ours, arguments);
        const std::string title = testing::PrintToString(arguments);
        EXPECT_EQ(found.isGood, wanted.isGood) << title;
        EXPECT_EQ(found.output, wanted.output) << title;
        EXPECT_EQ(found.messages, wanted.messages) << title;
    }

    CommandFolder m_folder;
    std::string m_helm;
    std::unique_ptr<DockerRegistry> m_registry;
};

} // namespace

TEST_P(RegistryHelm, pushesTheSame)
{
    start();
    if (IsSkipped())
        return;
    for (const char *const version : {"0.1.0", "0.3.0+build.7"}) {
        const std::string archive = "demo-" + std::string(version) + ".tgz";
        const CommandOutcome wanted = helm({"push", archive, at("helms"), "--plain-http"});
        const CommandOutcome found = fairway("chart", {"push", archive, at("ours"), "--plain-http"});
        ASSERT_TRUE(wanted.isGood) << wanted.messages;
        ASSERT_TRUE(found.isGood) << found.messages;
        EXPECT_EQ(replaced(found.messages, "/ours/", "/helms/"), wanted.messages);
        EXPECT_EQ(found.output, wanted.output);
        EXPECT_EQ(manifest(at("ours/demo:" + std::string(version))), manifest(at("helms/demo:" + std::string(version))));
    }
    // Again: all is there already.
    compare("chart", {"push", "demo-0.1.0.tgz", at("helms"), "--plain-http"}, "chart");
}

TEST_P(RegistryHelm, helmPullsWhatWePushed)
{
    start();
    if (IsSkipped())
        return;
    for (const char *const version : {"0.1.0", "0.2.0", "1.0.0-rc.1", "0.3.0+build.7"}) {
        const std::string archive = "demo-" + std::string(version) + ".tgz";
        ASSERT_TRUE(fairway("chart", {"push", archive, at("charts"), "--plain-http"}).isGood);
        std::filesystem::create_directories(m_folder.path("got"));
        const CommandOutcome pulled = helm({"pull", at("charts/demo"), "--version", version, "--plain-http", "-d", "got"});
        ASSERT_TRUE(pulled.isGood) << pulled.messages;
        EXPECT_EQ(m_folder.read("got/" + archive), m_folder.read(archive)) << version;
    }
    const CommandOutcome withProvenance = helm({"pull", at("charts/demo"), "--version", "0.1.0", "--plain-http", "-d", "got", "--prov"});
    ASSERT_TRUE(withProvenance.isGood) << withProvenance.messages;
    EXPECT_EQ(m_folder.read("got/demo-0.1.0.tgz.prov"), m_folder.read("demo-0.1.0.tgz.prov"));
    const CommandOutcome rendered = helm({"template", at("charts/demo"), "--version", "~0.2", "--plain-http"});
    EXPECT_TRUE(rendered.isGood) << rendered.messages;
}

TEST_P(RegistryHelm, wePullWhatHelmPushed)
{
    start();
    if (IsSkipped())
        return;
    for (const char *const version : {"0.1.0", "0.2.0", "1.0.0-rc.1", "0.3.0+build.7"})
        ASSERT_TRUE(helm({"push", "demo-" + std::string(version) + ".tgz", at("charts"), "--plain-http"}).isGood);
    const struct {
        const char *range;
        const char *file;
    } rows[] = {{"", "demo-0.3.0+build.7.tgz"}, {"0.1.0", "demo-0.1.0.tgz"}, {"<0.3", "demo-0.2.0.tgz"}, {">0.0.0-0", "demo-1.0.0-rc.1.tgz"},
        {"0.3.0+build.7", "demo-0.3.0+build.7.tgz"}};
    for (const auto &row : rows) {
        const auto pulled = pull(at("charts/demo"), row.range, true);
        ASSERT_TRUE(pulled) << row.range << ": " << pulled.error().message;
        EXPECT_EQ(pulled->fileName, row.file);
        EXPECT_EQ(pulled->archive, m_folder.read(row.file));
        EXPECT_EQ(pulled->provenance, std::string(row.file) == "demo-0.1.0.tgz" ? m_folder.read("demo-0.1.0.tgz.prov") : "");
        EXPECT_EQ(pulled->digest, "sha256:" + funcs::hexadecimal(funcs::sha256(m_folder.read(row.file))));
    }
    RemoteAccess access;
    access.plainHttp = true;
    EXPECT_EQ(source().versions(at("charts/demo"), access, {}).value(), (std::vector<std::string> {"1.0.0-rc.1", "0.3.0+build.7", "0.2.0", "0.1.0"}));

    const std::string digest = "sha256:" + funcs::hexadecimal(funcs::sha256(manifest(at("charts/demo:0.2.0"))));
    EXPECT_EQ(pull(at("charts/demo@" + digest))->archive, m_folder.read("demo-0.2.0.tgz"));
    EXPECT_EQ(pull(at("charts/demo:0.2.0@" + digest))->archive, m_folder.read("demo-0.2.0.tgz"));
    EXPECT_EQ(pull(at("charts/demo:0.1.0@" + digest)).error().code, ErrorCode::Conflict);
    const auto missing = pull(at("charts/demo"), "9.9.9");
    ASSERT_FALSE(missing);
    EXPECT_EQ("Error: " + missing.error().message + "\n", helm({"pull", at("charts/demo"), "--version", "9.9.9", "--plain-http"}).messages);
    const auto nothing = pull(at("charts/nothing"));
    ASSERT_FALSE(nothing);
    EXPECT_EQ("Error: " + nothing.error().message + "\n", helm({"pull", at("charts/nothing"), "--plain-http"}).messages);
}

TEST_P(RegistryHelm, sharesLogins)
{
    start({true, false});
    if (IsSkipped())
        return;
    const std::string config = "home/.config/helm/registry/config.json";
    const std::string plain = isHelm3() ? "--insecure" : "--plain-http";
    const std::string host = m_registry->address();
    compare("chart", {"push", "demo-0.1.0.tgz", at("charts"), "--plain-http"}, "chart");
    m_folder.write("password", "s3cret\n");
    const std::string withPassword = "sh -c 'exec \"$0\" \"$@\" <password' ";

    const CommandOutcome ours = fairway("registry", {"login", host, "-u", "joe", "--password-stdin", "--plain-http"}, withPassword);
    ASSERT_TRUE(ours.isGood) << ours.messages;
    EXPECT_EQ(ours.messages, "Login Succeeded\n");
    EXPECT_EQ(ours.output.find("s3cret"), std::string::npos);
    const std::string written = m_folder.read(config);
    const CommandOutcome pushed = helm({"push", "demo-0.1.0.tgz", at("charts"), "--plain-http"});
    EXPECT_TRUE(pushed.isGood) << pushed.messages;
    ASSERT_TRUE(helm({"registry", "logout", host}).isGood);
    EXPECT_FALSE(helm({"pull", at("charts/demo"), "--plain-http"}).isGood);
    EXPECT_FALSE(pull(at("charts/demo")));

    const CommandOutcome theirs = m_folder.run(withPassword + fairway::test::quoted(m_helm), {"registry", "login", host, "-u", "joe", "--password-stdin", plain});
    ASSERT_TRUE(theirs.isGood) << theirs.messages;
    EXPECT_EQ(m_folder.read(config), written);
    const auto pulled = pull(at("charts/demo"));
    EXPECT_TRUE(pulled) << pulled.error().message;
    EXPECT_TRUE(fairway("chart", {"push", "demo-0.2.0.tgz", at("charts"), "--plain-http"}).isGood);
    const CommandOutcome out = fairway("registry", {"logout", host});
    EXPECT_TRUE(out.isGood);
    EXPECT_EQ(out.messages, "Removing login credentials for " + host + "\n");
    EXPECT_FALSE(helm({"pull", at("charts/demo"), "--plain-http"}).isGood);
}

TEST_P(RegistryHelm, refusesInTheSameWords)
{
    start({true, false});
    if (IsSkipped())
        return;
    m_folder.write("text.tgz", "no archive");
    const std::string host = m_registry->address();
    for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>> {
             {"push", "none.tgz", at("charts"), "--plain-http"},
             {"push", "demo", at("charts"), "--plain-http"},
             {"push", "text.tgz", at("charts"), "--plain-http"},
             {"push", "demo-0.1.0.tgz", "http://" + host + "/charts", "--plain-http"},
             {"push", "demo-0.1.0.tgz", "charts", "--plain-http"},
             {"push", "demo-0.1.0.tgz", at("charts"), "--plain-http"},
         })
        compare("chart", arguments, "chart");
    if (isHelm3())
        return; // Its client has other words for the rest.
    for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>> {
             {"push", "demo-0.1.0.tgz", at("Charts"), "--plain-http"},
             {"push", "demo-0.1.0.tgz", at("charts")},
             {"push", "demo-0.1.0.tgz", "oci://127.0.0.1:1/charts", "--plain-http"},
             {"push", "demo-0.1.0.tgz", at("charts"), "--plain-http", "--username", "joe", "--password", "wrong"},
         })
        compare("chart", arguments, "chart");
    for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>> {
             {"login", host, "-u", "joe", "-p", "wrong", "--plain-http"},
             {"login", host, "-u", "joe", "-p", "s3cret"},
             {"login", host + "/charts", "-u", "joe", "-p", "s3cret", "--plain-http"},
             {"login", "127.0.0.1:1", "-u", "joe", "-p", "s3cret", "--plain-http"},
             {"login", host, "-u", "joe", "-p", "s3cret", "--plain-http"},
             {"logout", host},
             {"logout", "nowhere.example"},
         })
        compare("registry", arguments, "registry");
}

TEST_P(RegistryHelm, believesOnlyTheCertificatesItShould)
{
    if (isHelm3())
        GTEST_SKIP() << "Helm 3 speaks no TLS with registries on this machine";
    start({false, true});
    if (IsSkipped())
        return;
    const std::string ca = m_folder.path("registry.pem");
    const CommandOutcome strange = fairway("chart", {"push", "demo-0.1.0.tgz", at("charts")});
    EXPECT_FALSE(strange.isGood);
    EXPECT_NE(strange.messages.find("certificate"), std::string::npos) << strange.messages;
    const CommandOutcome known = fairway("chart", {"push", "demo-0.1.0.tgz", at("charts"), "--ca-file", ca});
    EXPECT_TRUE(known.isGood) << known.messages;
    EXPECT_TRUE(fairway("chart", {"push", "demo-0.2.0.tgz", at("charts"), "--insecure-skip-tls-verify"}).isGood);
    for (const char *const version : {"0.1.0", "0.2.0"}) {
        const CommandOutcome pulled = helm({"pull", at("charts/demo"), "--version", version, "--ca-file", ca});
        EXPECT_TRUE(pulled.isGood) << pulled.messages;
    }
    RemoteAccess access;
    access.tls.caFile = ca;
    EXPECT_TRUE(source().pull(at("charts/demo"), {}, access, false, {}));
    EXPECT_FALSE(source().pull(at("charts/demo"), {}, {}, false, {}));
}

TEST_P(RegistryHelm, commandsTakeChartsFromThere)
{
    start();
    if (IsSkipped())
        return;
    m_folder.write("demo/values.yaml", "color: blue\n");
    for (const char *const version : {"0.1.0", "0.2.0", "0.3.0+build.7"})
        ASSERT_TRUE(helm({"push", "demo-" + std::string(version) + ".tgz", at("charts"), "--plain-http"}).isGood);
    for (const char *const folder : {"got", "unpacked"})
        std::filesystem::create_directories(m_folder.path(folder));
    for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>> {
             {"pull", at("charts/demo"), "--plain-http"},
             {"pull", at("charts/demo"), "--version", "0.1.0", "--plain-http", "-d", "got", "--prov"},
             {"pull", at("charts/demo"), "--version", "0.2.0", "--plain-http", "-d", "got", "--prov"},
             {"pull", at("charts/demo:0.2.0"), "--plain-http", "-d", "got"},
             {"pull", at("charts/demo:0.2.0"), "--version", "0.1.0", "--plain-http", "-d", "got"},
             {"pull", at("charts/demo"), "--version", "^7", "--plain-http"},
             {"pull", at("charts/demo"), "--version", "nonsense", "--plain-http"},
             {"pull", at("charts/none"), "--version", "0.1.0", "--plain-http"},
             {"pull", at("charts/none"), "--plain-http"},
             {"template", "r", at("charts/demo"), "--plain-http"},
             {"template", "r", at("charts/demo"), "--version", "~0.2", "--plain-http"},
             {"template", "r", at("charts/demo"), "--version", "9.9.9", "--plain-http"},
             {"show", "chart", at("charts/demo"), "--version", "0.1.0", "--plain-http"},
             {"show", "values", at("charts/demo:0.1.0"), "--plain-http"},
             {"show", "all", at("charts/none:0.1.0"), "--plain-http"},
         })
        compare("chart", arguments, "chart");
    const CommandOutcome unpacked = fairway("chart", {"pull", at("charts/demo"), "--version", "0.1.0", "--plain-http", "--untar", "-d", "unpacked"});
    EXPECT_TRUE(unpacked.isGood) << unpacked.messages;
    EXPECT_EQ(m_folder.read("unpacked/demo/templates/a.yaml"), "kind: ConfigMap\n");
}

TEST_P(RegistryHelm, dependenciesComeFromThere)
{
    start();
    if (IsSkipped())
        return;
    for (const char *const version : {"0.1.0", "0.2.0", "0.3.0+build.7"})
        ASSERT_TRUE(helm({"push", "demo-" + std::string(version) + ".tgz", at("charts"), "--plain-http"}).isGood);
    const auto parent = [&](const std::string &name, const std::string &range, const std::string &path = "charts") {
        m_folder.write(name + "/Chart.yaml",
            "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {name: demo, version: '" + range + "', repository: '" + at(path) + "'}\n");
    };
    const auto lock = [&](const std::string &name) {
        std::string text = m_folder.read(name + "/Chart.lock");
        return text.substr(0, text.find("generated:"));
    };
    const std::string flag = "--plain-http";
    for (const char *const range : {"0.1.0", ">=0.1.0", "~0.2", "^9", "not a range"}) {
        parent("theirs", range);
        parent("ours", range);
        const CommandOutcome wanted = helm({"dependency", "update", "theirs", flag});
        const CommandOutcome found = fairway("chart", {"dependency", "update", "ours", flag});
        EXPECT_EQ(found.isGood, wanted.isGood) << range;
        EXPECT_EQ(found.output, wanted.output) << range;
        EXPECT_EQ(found.messages, wanted.messages) << range;
        EXPECT_EQ(lock("ours"), lock("theirs")) << range;
    }
    parent("ours", ">=0.1.0");
    ASSERT_TRUE(fairway("chart", {"dependency", "update", "ours", flag}).isGood);
    std::filesystem::remove_all(m_folder.path("ours/charts"));
    const CommandOutcome theirs = helm({"dependency", "build", "ours", flag});
    EXPECT_TRUE(theirs.isGood) << theirs.messages;
    std::filesystem::remove_all(m_folder.path("ours/charts"));
    const CommandOutcome built = fairway("chart", {"dependency", "build", "ours", flag});
    EXPECT_TRUE(built.isGood) << built.messages;
    EXPECT_EQ(built.output, theirs.output);
    EXPECT_EQ(built.messages, theirs.messages);
    EXPECT_EQ(m_folder.read("ours/charts/demo-0.3.0+build.7.tgz"), m_folder.read("demo-0.3.0+build.7.tgz"));
}

INSTANTIATE_TEST_SUITE_P(Versions, RegistryHelm, testing::Values("4", "3"));
