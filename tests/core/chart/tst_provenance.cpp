#include "core/chart/clear_sign.h"
#include "core/chart/provenance.h"
#include "core/funcs/digest.h"
#include "tests/core/chart/signing_keys.h"

#include <gtest/gtest.h>

#include <memory>

using namespace fairway;
using namespace fairway::chart;
using fairway::test::CommandFolder;
using fairway::test::SigningKeys;

namespace {

const std::string head = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n";
const std::string tail = "-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----";

std::string withLineEnds(std::string text, const std::string &end)
{
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + end.size()))
        text.replace(at, 1, end);
    return text;
}

} // namespace

TEST(ClearSign, readsWhatWasSigned)
{
    const struct {
        const char *title;
        std::string message;
        std::string text;
        std::string signedBytes;
    } rows[] = {
        {"plain", head + "a: 1\nb: 2\n" + tail, "a: 1\nb: 2\n", "a: 1\r\nb: 2"},
        {"CRLF in the file", withLineEnds(head + "a: 1\nb: 2\n" + tail, "\r\n"), "a: 1\nb: 2\n", "a: 1\r\nb: 2"},
        {"blanks at the ends of lines are not signed", head + "a \t\n b\n" + tail, "a\n b\n", "a\r\n b"},
        {"escaped dashes", head + "- -----BEGIN PGP SIGNATURE-----\n- - x\n" + tail, "-----BEGIN PGP SIGNATURE-----\n- x\n",
            "-----BEGIN PGP SIGNATURE-----\r\n- x"},
        {"no header", "-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n" + tail, "x\n", "x"},
        {"several hashes", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\nHash: SHA512\n\nx\n" + tail, "x\n", "x"},
        {"text before it is not signed", "files: {}\n" + head + "x\n" + tail, "x\n", "x"},
        {"the first of two", head + "x\n" + tail + "\n" + head + "y\n" + tail, "x\n", "x"},
        {"nothing signed", head + tail, "", ""},
        {"empty lines count", head + "\nx\n\n" + tail, "\nx\n\n", "\r\nx\r\n"},
    };
    for (const auto &row : rows) {
        const auto found = readClearSigned(row.message);
        ASSERT_TRUE(found) << row.title;
        EXPECT_EQ(found->text, row.text) << row.title;
        EXPECT_EQ(found->signedBytes, row.signedBytes) << row.title;
        EXPECT_TRUE(found->signature.starts_with("-----BEGIN PGP SIGNATURE-----")) << row.title;
        EXPECT_TRUE(found->signature.ends_with("-----END PGP SIGNATURE-----\n")) << row.title;
    }
}

TEST(ClearSign, refusesWhatIsIncompleteOrSuspicious)
{
    const struct {
        const char *title;
        std::string message;
    } rows[] = {
        {"nothing", ""},
        {"no message", "hello\n"},
        {"no line break before the head", "x" + head + "x\n" + tail},
        {"more on the head's line", "-----BEGIN PGP SIGNED MESSAGE-----x\n\nx\n" + tail},
        {"another header", "-----BEGIN PGP SIGNED MESSAGE-----\nComment: signed by me\n\nx\n" + tail},
        {"a header without colon", "-----BEGIN PGP SIGNED MESSAGE-----\nHash SHA512\n\nx\n" + tail},
        {"a control character in a header", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA\x01\n\nx\n" + tail},
        {"headers without end", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n"},
        {"no signature", head + "x\n"},
        {"signature without end", head + "x\n-----BEGIN PGP SIGNATURE-----\n\nabcd\n"},
    };
    for (const auto &row : rows)
        EXPECT_FALSE(readClearSigned(row.message)) << row.title;
}

TEST(Provenance, holdsChartYamlAndDigest)
{
    Metadata metadata;
    metadata.name = "demo";
    metadata.version = "0.1.0";
    metadata.apiVersion = "v2";
    const std::string text = provenanceText(metadata, "demo-0.1.0.tgz", "archive");
    const std::string digest = "sha256:" + funcs::hexadecimal(funcs::sha256("archive"));
    EXPECT_EQ(text, "apiVersion: v2\nname: demo\nversion: 0.1.0\n\n...\nfiles:\n  demo-0.1.0.tgz: " + digest + "\n");
    const auto sums = readProvenanceText(text);
    ASSERT_TRUE(sums) << sums.error().message;
    EXPECT_EQ(sums->at("demo-0.1.0.tgz"), digest);
}

TEST(Provenance, refusesTextsThatAreNone)
{
    const struct {
        const char *title;
        std::string text;
        std::string message;
    } rows[] = {
        {"no parts", "a: 1\n", "message block must have at least two parts"},
        {"no YAML", "a: 1\n\n...\nfiles: [\n", "error converting YAML to JSON: yaml: line 1: did not find expected node content"},
        {"a list", "a: 1\n\n...\n- x\n", "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type provenance.SumCollection"},
    };
    for (const auto &row : rows) {
        const auto found = readProvenanceText(row.text);
        ASSERT_FALSE(found) << row.title;
        EXPECT_EQ(found.error().message, row.message) << row.title;
    }
    EXPECT_TRUE(readProvenanceText("a: 1\n\n...\n\n")->empty());
    // A third part, which Helm doesn't read, adds no files.
    EXPECT_EQ(readProvenanceText("a: 1\n\n...\nfiles: {a: b}\n\n...\nfiles: {c: d}\n")->size(), 1U);
}

class Signing : public testing::Test {
protected:
    /// Making keys takes seconds: once for all tests.
    static void SetUpTestSuite() { s_keys = std::make_unique<Keys>(); }
    static void TearDownTestSuite() { s_keys.reset(); }
    void SetUp() override
    {
        if (!s_keys->keys.isGood())
            GTEST_SKIP() << "there is no gpg here (package gnupg): signing is not tested";
        m_metadata.name = "demo";
        m_metadata.version = "0.1.0";
    }
    Result<std::string> sign(const std::string &keyring, const std::string &key, const std::string &passphrase = {})
    {
        m_asked.clear();
        SignOptions options {m_folder.path(keyring), key, {}, {}};
        options.passphrase = [&](const std::string &identity) -> Result<std::string> {
            m_asked += identity + ";";
            return passphrase;
        };
        return signArchive("archive", "demo-0.1.0.tgz", m_metadata, options);
    }
    Result<Verification> verify(const std::string &provenance, const std::string &keyring = "public.gpg", const std::string &archive = "archive",
        const std::string &name = "demo-0.1.0.tgz", HelmVersion version = HelmVersion::V4)
    {
        auto ring = OpenPgpKeyring::open(m_folder.path(keyring), OpenPgpKeyring::Use::Verify);
        if (!ring)
            return tl::unexpected(ring.error());
        return verifyArchive(archive, provenance, name, *ring, version);
    }
    static std::string refusal(const Result<Verification> &result) { return result ? "verified" : result.error().message; }

    Metadata m_metadata;
    std::string m_asked;

private:
    struct Keys {
        CommandFolder folder;
        SigningKeys keys {folder};
    };
    inline static std::unique_ptr<Keys> s_keys;

protected:
    const CommandFolder &m_folder = s_keys->folder;
};

TEST_F(Signing, verifiesWhatItSigned)
{
    const auto provenance = sign("plain.gpg", "plain@example.com");
    ASSERT_TRUE(provenance) << provenance.error().message;
    EXPECT_EQ(m_asked, "");
    EXPECT_TRUE(provenance->starts_with(head)) << *provenance;
    EXPECT_TRUE(provenance->ends_with("\n-----END PGP SIGNATURE-----")) << *provenance;
    for (const char *const keyring : {"public.gpg", "plain.gpg"}) {
        const auto verified = verify(*provenance, keyring);
        ASSERT_TRUE(verified) << keyring << ": " << verified.error().message;
        EXPECT_EQ(verified->signedBy, std::vector<std::string> {"Plain Key <plain@example.com>"});
        EXPECT_EQ(verified->fingerprint.size(), 40U);
        EXPECT_EQ(verified->fileHash, "sha256:" + funcs::hexadecimal(funcs::sha256("archive")));
    }
}

TEST_F(Signing, unlocksAKeyWithItsPassphrase)
{
    const auto provenance = sign("locked.gpg", "Locked", "open sesame");
    ASSERT_TRUE(provenance) << provenance.error().message;
    EXPECT_EQ(m_asked, "Locked Key (with a comment) <locked@example.com>;");
    EXPECT_EQ(refusal(verify(*provenance)), "verified");

    const auto wrong = sign("locked.gpg", "Locked", "open barley");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message, "openpgp: invalid data: private key checksum failure");
    EXPECT_EQ(wrong.error().code, ErrorCode::Unauthorized);
}

TEST_F(Signing, passesOnWhyThereIsNoPassphrase)
{
    SignOptions options {m_folder.path("locked.gpg"), "Locked", {}, {}};
    options.passphrase = [](const std::string &) -> Result<std::string> { return fail(ErrorCode::Io, "no terminal"); };
    const auto refused = signArchive("archive", "a.tgz", m_metadata, options);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "no terminal");
}

TEST_F(Signing, namesWhatIsWrongWithTheKey)
{
    const struct {
        const char *keyring;
        const char *key;
        const char *message;
    } rows[] = {
        {"public.gpg", "plain@example.com", "provided key is not a private key. Try providing a keyring with secret keys"},
        {"public.gpg", "Key", "more than one key contain the id \"Key\""},
        {"plain.gpg", "nobody", "private key not found"},
        {"passphrase", "x", "openpgp: invalid data: tag byte does not have MSB set"},
        {"armoured.gpg", "x", "openpgp: invalid data: tag byte does not have MSB set"},
    };
    for (const auto &row : rows) {
        const auto refused = sign(row.keyring, row.key);
        ASSERT_FALSE(refused) << row.message;
        EXPECT_EQ(refused.error().message, row.message);
    }
    EXPECT_EQ(sign("none.gpg", "x").error().message, "open " + m_folder.path("none.gpg") + ": no such file or directory");
}

TEST_F(Signing, noticesEveryChange)
{
    const auto made = sign("plain.gpg", "plain@example.com");
    ASSERT_TRUE(made) << made.error().message;
    const auto changed = [&](const std::string &from, const std::string &to) {
        std::string text = *made;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    const std::string digest = funcs::hexadecimal(funcs::sha256("archive"));
    EXPECT_EQ(refusal(verify(changed("name: demo", "name: dem0"))), "openpgp: invalid signature: RSA verification failure");
    EXPECT_EQ(refusal(verify(changed("sha256:" + digest.substr(0, 8), "sha256:00000000"))), "openpgp: invalid signature: RSA verification failure");
    EXPECT_EQ(refusal(verify(changed("name: demo", "name: dem0"), "public.gpg", "archive", "demo-0.1.0.tgz", HelmVersion::V3)),
        "openpgp: invalid signature: hash tag doesn't match");
    EXPECT_EQ(refusal(verify(*made, "other.gpg")), "openpgp: signature made by unknown entity");
    EXPECT_EQ(refusal(verify(*made, "public.gpg", "archive", "other-0.1.0.tgz")),
        "provenance does not contain a SHA for a file named \"other-0.1.0.tgz\"");
    EXPECT_EQ(refusal(verify(*made, "public.gpg", "another archive")),
        "sha256 sum does not match for demo-0.1.0.tgz: \"sha256:" + digest + "\" != \"sha256:"
            + funcs::hexadecimal(funcs::sha256("another archive")) + "\"");
    EXPECT_EQ(refusal(verify("no signature")), "signature block not found");
    EXPECT_EQ(refusal(verify("no signature", "public.gpg", "archive", "a", HelmVersion::V3)), "failed to decode signature: signature block not found");
    // What is added outside of the signed text is not believed.
    EXPECT_EQ(refusal(verify("files:\n  x.tgz: sha256:0\n" + *made + "\n...\nfiles:\n  x.tgz: sha256:0\n", "public.gpg", "archive", "x.tgz")),
        "provenance does not contain a SHA for a file named \"x.tgz\"");
    // Changes that a signed text survives by its rules.
    EXPECT_EQ(refusal(verify(withLineEnds(*made, "\r\n"))), "verified");
    EXPECT_EQ(refusal(verify(changed("name: demo\n", "name: demo  \n"))), "verified");
}

TEST_F(Signing, leavesNothingBehind)
{
    const auto homes = [] {
        std::size_t count = 0;
        for (const char *const folder : std::initializer_list<const char *> {"/tmp", std::getenv("XDG_RUNTIME_DIR"), std::getenv("TMPDIR")}) {
            std::error_code error;
            for (std::filesystem::directory_iterator entry(folder != nullptr ? folder : "/tmp", error), end; entry != end; entry.increment(error)) {
                if (std::filesystem::exists(entry->path() / "gpg.conf", error))
                    ++count;
            }
        }
        return count;
    };
    const std::size_t before = homes();
    ASSERT_TRUE(sign("plain.gpg", "plain@example.com"));
    EXPECT_LE(homes(), before);
}

TEST_F(Signing, stopsWhenCancelled)
{
    CancelSource cancelled;
    cancelled.cancel();
    const auto ring = OpenPgpKeyring::open(m_folder.path("public.gpg"), OpenPgpKeyring::Use::Verify, cancelled.token());
    ASSERT_FALSE(ring);
    EXPECT_EQ(ring.error().code, ErrorCode::Cancelled);
}
