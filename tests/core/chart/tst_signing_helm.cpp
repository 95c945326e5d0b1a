#include "core/chart/provenance.h"
#include "tests/core/chart/chart_fixture.h"
#include "tests/core/chart/signing_keys.h"

#include <gtest/gtest.h>

#include <memory>

/// Provenance files made by one of Fairway and the real helm and verified by the other; refusals in the same words.
namespace {

using namespace fairway;
using fairway::test::CommandFolder;
using fairway::test::CommandOutcome;
using fairway::test::programOf;
using fairway::test::quoted;
using fairway::test::SigningKeys;

class SigningHelm : public testing::TestWithParam<const char *> {
protected:
    /// Making keys takes seconds: once for all tests.
    static void SetUpTestSuite() { s_keys = std::make_unique<Keys>(); }
    static void TearDownTestSuite() { s_keys.reset(); }
    void SetUp() override
    {
        const std::string variable = std::string(GetParam()) == "3" ? "FAIRWAY_HELM3" : "FAIRWAY_HELM";
        m_helm = programOf(variable.c_str());
        if (m_helm.empty())
            GTEST_SKIP() << variable << " names no helm: eval \"$(tests/support/oracles.sh)\"";
        if (!s_keys->keys.isGood())
            GTEST_SKIP() << "there is no gpg here (package gnupg): signing is not compared";
        m_folder.write("demo/Chart.yaml",
            "apiVersion: v2\nname: demo\nversion: 0.1.0+build.1\nappVersion: \"1.0\"\ndescription: '- dashes, \"quotes\", Zürich'\n"
            "keywords: ['- a', b]\nannotations: {x: \"- y\", From: here}\nmaintainers: [{name: M, email: m@example.com}]\n");
        m_folder.write("demo/templates/a.yaml", "kind: ConfigMap\n");
        ASSERT_TRUE(helm({"package", "demo"}).isGood);
    }
    CommandOutcome helm(const std::vector<std::string> &arguments) const { return m_folder.run(quoted(m_helm), arguments); }
    CommandOutcome fairway(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--helm-version", GetParam()});
        return m_folder.run(quoted(FAIRWAYCTL) + " chart", arguments);
    }
    Result<void> sign(const std::string &keyring, const std::string &key)
    {
        chart::SignOptions options {m_folder.path(keyring), key, [](const std::string &) -> Result<std::string> { return "open sesame"; }, {},
            std::string(GetParam()) == "3" ? chart::HelmVersion::V3 : chart::HelmVersion::V4};
        const chart::test::Loading loading;
        return chart::signChartFile(m_folder.path(archive), options, loading.context);
    }
    void compare(const std::vector<std::string> &arguments) const
    {
        const CommandOutcome wanted = helm(arguments);
        const CommandOutcome found = fairway(arguments);
        const std::string title = testing::PrintToString(arguments);
        EXPECT_EQ(found.isGood, wanted.isGood) << title;
        EXPECT_EQ(found.output, wanted.output) << title;
        EXPECT_EQ(found.messages, wanted.messages) << title;
    }

    const std::string archive = "demo-0.1.0+build.1.tgz";
    std::string m_helm;

private:
    struct Keys {
        CommandFolder folder;
        SigningKeys keys {folder};
    };
    inline static std::unique_ptr<Keys> s_keys;

protected:
    const CommandFolder &m_folder = s_keys->folder;
};

} // namespace

TEST_P(SigningHelm, verifiesWhatHelmSigned)
{
    for (const char *const keyring : {"plain.gpg", "locked.gpg"}) {
        const CommandOutcome packaged
            = helm({"package", "demo", "--sign", "--key", "example.com", "--keyring", keyring, "--passphrase-file", "passphrase"});
        ASSERT_TRUE(packaged.isGood) << packaged.messages;
        const CommandOutcome verified = fairway({"verify", archive, "--keyring", "public.gpg"});
        EXPECT_TRUE(verified.isGood) << verified.messages;
        compare({"verify", archive, "--keyring", "public.gpg"});
    }
}

TEST_P(SigningHelm, signsWhatHelmVerifies)
{
    for (const char *const keyring : {"plain.gpg", "locked.gpg"}) {
        const Result<void> done = sign(keyring, "example.com");
        ASSERT_TRUE(done) << done.error().message;
        const CommandOutcome verified = helm({"verify", archive, "--keyring", "public.gpg"});
        EXPECT_TRUE(verified.isGood) << verified.messages << m_folder.read(archive + ".prov");
        compare({"verify", archive, "--keyring", "public.gpg"});
    }
}

TEST_P(SigningHelm, signsTheSameText)
{
    ASSERT_TRUE(helm({"package", "demo", "--sign", "--key", "plain", "--keyring", "plain.gpg"}).isGood);
    const auto untilSignature = [](const std::string &text) { return text.substr(0, text.find("-----BEGIN PGP SIGNATURE")); };
    const std::string wanted = m_folder.read(archive + ".prov");
    const Result<void> done = sign("plain.gpg", "plain");
    ASSERT_TRUE(done) << done.error().message;
    const std::string found = m_folder.read(archive + ".prov");
    EXPECT_EQ(untilSignature(found), untilSignature(wanted));
    constexpr std::string_view end = "\n-----END PGP SIGNATURE-----";
    EXPECT_TRUE(wanted.ends_with(end));
    EXPECT_TRUE(found.ends_with(end));
}

TEST_P(SigningHelm, refusesInTheSameWords)
{
    ASSERT_TRUE(helm({"package", "demo", "--sign", "--key", "plain", "--keyring", "plain.gpg"}).isGood);
    const std::string provenance = m_folder.read(archive + ".prov");
    m_folder.write("renamed.tgz", m_folder.read(archive));
    m_folder.write("renamed.tgz.prov", provenance);
    m_folder.write("unsigned.tgz", m_folder.read(archive));
    m_folder.write("nonsense.tgz", m_folder.read(archive));
    m_folder.write("nonsense.tgz.prov", "nothing\n");
    m_folder.write("other/" + archive, "another archive");
    m_folder.write("other/" + archive + ".prov", provenance);
    m_folder.write("empty.gpg", "");
    std::string edited = provenance;
    edited.replace(edited.find("name: demo"), 10, "name: dem0");
    m_folder.write("edited/" + archive, m_folder.read(archive));
    m_folder.write("edited/" + archive + ".prov", edited);
    m_folder.write("folder.tgz/x", "");
    for (const std::string &chart : {"edited/" + archive, std::string("none.tgz"), std::string("demo"), std::string("folder.tgz"), std::string("demo/Chart.yaml"),
             std::string("renamed.tgz"), std::string("unsigned.tgz"), std::string("nonsense.tgz"), "other/" + archive})
        compare({"verify", chart, "--keyring", "public.gpg"});
    for (const char *const keyring : {"none.gpg", "empty.gpg", "other.gpg", "armoured.gpg", "passphrase"})
        compare({"verify", archive, "--keyring", keyring});
}

TEST_P(SigningHelm, packagesWithTheSameFlags)
{
    const std::vector<std::vector<std::string>> rows {
        {"--sign"},
        {"--sign", "--key", "plain"},
        {"--sign", "--key", "nobody", "--keyring", "plain.gpg"},
        {"--sign", "--key", "example.com", "--keyring", "public.gpg"},
        {"--sign", "--key", "plain", "--keyring", "public.gpg"},
        {"--sign", "--key", "plain", "--keyring", "none.gpg"},
        {"--sign", "--key", "plain", "--keyring", ""},
        {"--sign", "--key", "", "--keyring", "plain.gpg"},
        {"--sign", "--key", "plain", "--keyring", "plain.gpg"},
        {"--sign", "--key", "plain", "--keyring", "plain.gpg", "--passphrase-file", "none"},
        {"--sign", "--key", "locked", "--keyring", "locked.gpg"},
        {"--sign", "--key", "locked", "--keyring", "locked.gpg", "--passphrase-file", "wrong"},
        {"--sign", "--key", "locked", "--keyring", "locked.gpg", "--passphrase-file", "empty.gpg"},
        {"--sign", "--key", "locked", "--keyring", "locked.gpg", "--passphrase-file", "-"},
        {"--sign", "--key", "locked", "--keyring", "locked.gpg", "--passphrase-file", "passphrase"},
        {"--key", "nobody", "--keyring", "none.gpg"},
    };
    m_folder.write("empty.gpg", "");
    for (const std::vector<std::string> &row : rows) {
        std::vector<std::string> arguments {"package", "demo"};
        arguments.insert(arguments.end(), row.begin(), row.end());
        std::filesystem::remove(m_folder.path(archive + ".prov"));
        const CommandOutcome wanted = helm(arguments);
        const bool isSigned = std::filesystem::exists(m_folder.path(archive + ".prov"));
        std::filesystem::remove(m_folder.path(archive + ".prov"));
        const CommandOutcome found = fairway(arguments);
        const std::string title = testing::PrintToString(arguments);
        EXPECT_EQ(found.isGood, wanted.isGood) << title;
        EXPECT_EQ(found.output, wanted.output) << title;
        EXPECT_EQ(found.messages, wanted.messages) << title;
        EXPECT_EQ(std::filesystem::exists(m_folder.path(archive + ".prov")), isSigned) << title;
        if (!isSigned)
            continue;
        const CommandOutcome verified = helm({"verify", archive, "--keyring", "public.gpg"});
        EXPECT_TRUE(verified.isGood) << title << verified.messages;
    }
    // A passphrase out of a pipe; the file's other lines are not it.
    const CommandOutcome piped = m_folder.run("sh -c 'cat passphrase | \"$0\" \"$@\"' " + quoted(FAIRWAYCTL),
        {"chart", "package", "demo", "--sign", "--key", "locked", "--keyring", "locked.gpg", "--passphrase-file", "-", "--helm-version", GetParam()});
    EXPECT_TRUE(piped.isGood) << piped.messages;
    EXPECT_TRUE(helm({"verify", archive, "--keyring", "public.gpg"}).isGood);
}

INSTANTIATE_TEST_SUITE_P(Versions, SigningHelm, testing::Values("4", "3"));
