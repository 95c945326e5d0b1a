#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/helm_version.h"
#include "core/chart/metadata.h"
#include "core/chart/openpgp.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Provenance files (CHART.tgz.prov): a clear-signed text of Chart.yaml and the digest of the archive, by which a chart is known to be
/// as its packager left it. The same files as Helm's.
namespace fairway::chart {

/// The text that is signed: Chart.yaml as Helm writes it, `...`, and the digests of files.
[[nodiscard]] std::string provenanceText(const Metadata &metadata, std::string_view fileName, std::string_view archive);

/// What such a text says of files: digests ("sha256:…") by name.
/// Errors: InvalidInput in the words of Helm and of Go's YAML reader.
[[nodiscard]] Result<std::map<std::string, std::string>> readProvenanceText(std::string_view text);

/// That a chart is as it was signed.
struct Verification {
    std::vector<std::string> signedBy; ///< Identities of the key.
    std::string fingerprint;           ///< Of the primary key, capital hexadecimal digits.
    std::string fileHash;              ///< "sha256:…"
    std::string fileName;
};

/// As `helm verify` prints it, three lines or more.
[[nodiscard]] std::string toText(const Verification &verification);

/// ~/.gnupg/pubring.gpg, or where GNUPGHOME says.
[[nodiscard]] std::string defaultKeyring();

struct SignOptions {
    std::string keyring; ///< File with the private key.
    std::string key;     ///< The identity, or a part of it.
    PassphraseSource passphrase; ///< Asked when the key is locked.
    CancelToken cancel {};
    HelmVersion version = HelmVersion::V4; ///< Helm 4 signs an empty line at the end.
};

/// Of an archive in memory the provenance file. `fileName` is the archive's without folders.
/// Errors: OpenPgpKeyring's; NotFound ("private key not found"), InvalidInput ("provided key is not a private key. …"). Blocks.
[[nodiscard]] Result<std::string> signArchive(
    std::string_view archive, std::string_view fileName, const Metadata &metadata, const SignOptions &options);
/// The same for an archive on disk, written beside it as FILE.prov. `context` is for reading its Chart.yaml.
[[nodiscard]] Result<void> signChartFile(const std::string &path, const SignOptions &options, const LoadContext &context);

/// Holds an archive in memory against its provenance file.
/// Errors: OpenPgpKeyring's; InvalidInput ("signature block not found"), Unauthorized (`sha256 sum does not match for …`). Blocks.
[[nodiscard]] Result<Verification> verifyArchive(std::string_view archive, std::string_view provenance, std::string_view fileName,
    OpenPgpKeyring &keyring, HelmVersion version);
/// The same for files. `path` stands in errors as it is given; it names the archive the provenance file must speak of.
[[nodiscard]] Result<Verification> verifyChartFile(const std::string &path, const std::string &provenancePath, const std::string &keyring,
    HelmVersion version, const CancelToken &cancel = {});

} // namespace fairway::chart
