#include "core/chart/provenance.h"

#include "core/chart/clear_sign.h"
#include "core/chart/go_struct.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/funcs/digest.h"
#include "core/value/yaml.h"

#include <cstdlib>
#include <sys/stat.h>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxArchive = std::uint64_t {256} << 20;
constexpr std::uint64_t maxProvenance = std::uint64_t {4} << 20;

/// Helm's: a document's start, `---`, would have to be escaped in a clear-signed text, so its end stands between the parts.
constexpr std::string_view separator = "\n...\n";

std::string digestOf(std::string_view archive)
{
    return "sha256:" + funcs::hexadecimal(funcs::sha256(archive));
}

bool exists(const std::string &path, bool &isFolder)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return false;
    isFolder = S_ISDIR(status.st_mode);
    return true;
}

std::string noSuchFile(const std::string &path)
{
    return "stat " + path + ": no such file or directory";
}

std::string environment(const char *name)
{
    const char *const value = std::getenv(name);
    return value != nullptr ? value : "";
}

} // namespace

std::string provenanceText(const Metadata &metadata, std::string_view fileName, std::string_view archive)
{
    const value::Value sums = value::Value::map({{"files", value::Value::map({{fileName, digestOf(archive)}})}});
    return value::toYaml(toValue(metadata)) + std::string(separator) + value::toYaml(sums);
}

Result<std::map<std::string, std::string>> readProvenanceText(std::string_view text)
{
    const std::size_t first = text.find(separator);
    if (first == std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "message block must have at least two parts");
    std::string_view sums = text.substr(first + separator.size());
    sums = sums.substr(0, sums.find(separator));
    const Result<value::Value> read = value::parseYaml(sums);
    if (!read)
        return failWith("error converting YAML to JSON", read.error());
    GoStructReader reader;
    const GoStructReader::Place place {"SumCollection", {}};
    std::optional<std::map<std::string, std::string>> files;
    reader.structure(*read, place, "provenance.SumCollection", [&](std::string_view key, const value::Value &member) {
        if (isField(key, "files"))
            reader.textMap(member, place.field("files"), files);
    });
    if (const Result<void> good = reader.result(); !good)
        return tl::unexpected(good.error());
    return files ? std::move(*files) : std::map<std::string, std::string>();
}

std::string toText(const Verification &verification)
{
    std::string text;
    for (const std::string &identity : verification.signedBy)
        text += "Signed by: " + identity + "\n";
    return text + "Using Key With Fingerprint: " + verification.fingerprint + "\nChart Hash Verified: " + verification.fileHash + "\n";
}

std::string defaultKeyring()
{
    if (const std::string home = environment("GNUPGHOME"); !home.empty())
        return joinPath(home, "pubring.gpg");
    return joinPath(environment("HOME"), ".gnupg/pubring.gpg");
}

Result<std::string> signArchive(std::string_view archive, std::string_view fileName, const Metadata &metadata, const SignOptions &options)
{
    Result<OpenPgpKeyring> keyring = OpenPgpKeyring::open(options.keyring, OpenPgpKeyring::Use::Sign, options.cancel);
    if (!keyring)
        return tl::unexpected(keyring.error());
    const Result<const OpenPgpKey *> key = keyring->find(options.key);
    if (!key)
        return tl::unexpected(key.error());
    if (*key == nullptr)
        return fail(ErrorCode::NotFound, "private key not found");
    if (!(*key)->hasSecret)
        return fail(ErrorCode::InvalidInput, "provided key is not a private key. Try providing a keyring with secret keys");
    const std::string_view end = options.version == HelmVersion::V4 ? "\n" : "";
    return keyring->clearSign(provenanceText(metadata, fileName, archive) + std::string(end), **key, options.passphrase);
}

Result<void> signChartFile(const std::string &path, const SignOptions &options, const LoadContext &context)
{
    const Result<ChartTree> tree = loadChart(path, context);
    if (!tree)
        return failWith("failed to load chart for signing", tree.error());
    const Result<std::string> archive = readWholeFile(path, maxArchive);
    if (!archive)
        return failWith("failed to read chart archive", archive.error());
    const Result<std::string> text = signArchive(*archive, basePath(path), tree->root().metadata, options);
    if (!text)
        return tl::unexpected(text.error());
    return replaceFile(path + ".prov", *text);
}

Result<Verification> verifyArchive(std::string_view archive, std::string_view provenance, std::string_view fileName, OpenPgpKeyring &keyring,
    HelmVersion version)
{
    const std::optional<ClearSigned> block = readClearSigned(provenance);
    if (!block)
        return fail(ErrorCode::InvalidInput,
            version == HelmVersion::V3 ? "failed to decode signature: signature block not found" : "signature block not found");
    Result<OpenPgpKey> signer = keyring.verify(block->signedBytes, block->signature, version);
    if (!signer)
        return tl::unexpected(signer.error());
    const Result<std::map<std::string, std::string>> sums = readProvenanceText(block->text);
    if (!sums)
        return tl::unexpected(sums.error());
    const auto told = sums->find(std::string(fileName));
    if (told == sums->end())
        return fail(ErrorCode::Unauthorized, "provenance does not contain a SHA for a file named " + goQuoted(fileName));
    const std::string digest = digestOf(archive);
    if (told->second != digest)
        return fail(ErrorCode::Unauthorized,
            "sha256 sum does not match for " + std::string(fileName) + ": " + goQuoted(told->second) + " != " + goQuoted(digest));
    return Verification {std::move(signer->identities), std::move(signer->fingerprint), digest, std::string(fileName)};
}

Result<Verification> verifyChartFile(const std::string &path, const std::string &provenancePath, const std::string &keyring, HelmVersion version,
    const CancelToken &cancel)
{
    bool isFolder = false;
    if (!exists(path, isFolder))
        return fail(ErrorCode::NotFound, noSuchFile(path));
    if (isFolder)
        return fail(ErrorCode::InvalidInput, "unpacked charts cannot be verified");
    if (!equalsFolded(extensionOf(path), ".tgz"))
        return fail(ErrorCode::InvalidInput, "chart must be a tgz file");
    if (!exists(provenancePath, isFolder))
        return fail(ErrorCode::NotFound, "could not load provenance file " + provenancePath + ": " + noSuchFile(provenancePath));
    Result<OpenPgpKeyring> ring = OpenPgpKeyring::open(keyring, OpenPgpKeyring::Use::Verify, cancel);
    if (!ring)
        return failWith("failed to load keyring", ring.error());
    const Result<std::string> archive = readWholeFile(path, maxArchive);
    if (!archive)
        return failWith("failed to read chart archive", archive.error());
    const Result<std::string> provenance = readWholeFile(provenancePath, maxProvenance);
    if (!provenance)
        return failWith("failed to read provenance file", provenance.error());
    return verifyArchive(*archive, *provenance, basePath(path), *ring, version);
}

} // namespace fairway::chart
