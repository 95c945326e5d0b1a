#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/helm_version.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

struct OpenPgpKey {
    std::string fingerprint;             ///< Of the primary key, capital hexadecimal digits.
    std::vector<std::string> identities; ///< "Name (comment) <address>"
    bool hasSecret = false;              ///< The keyring holds the private part of the primary key.
};

/// The passphrase of a key. Errors end the signing with that error.
using PassphraseSource = std::function<Result<std::string>(const std::string &identity)>;

/// The keys of an OpenPGP keyring file in the binary form that `gpg --export` and `--export-secret-keys` write: what Helm calls a keyring.
///
/// The work is GnuPG's, through gpgme: the file is imported into a GnuPG home of its own, a folder only this user can read that goes with the
/// object. The user's own keys, trust and agent are never touched. Private keys stay encrypted as they are in the file.
///
/// Errors:  in the words of Go's openpgp, which Helm prints ("openpgp: signature made by unknown entity", "openpgp: invalid data: tag byte does
///          not have MSB set" for what is no such keyring, keyboxes and armoured files included); Io: "open FILE: no such file or directory";
///          Unsupported: gpgme or gpg are missing; Cancelled.
/// Threads: one owner. Blocks for as long as gpg runs; not for the GUI thread.
class OpenPgpKeyring {
public:
    enum class Use { Verify, Sign };

    [[nodiscard]] static Result<OpenPgpKeyring> open(const std::string &file, Use use, const CancelToken &cancel = {});
    OpenPgpKeyring(OpenPgpKeyring &&) noexcept;
    OpenPgpKeyring &operator=(OpenPgpKeyring &&) noexcept;
    ~OpenPgpKeyring();

    [[nodiscard]] const std::vector<OpenPgpKey> &keys() const { return m_keys; }
    /// The key with exactly this identity, or the one with an identity that contains it; null when there is none.
    /// Errors: InvalidInput, `more than one key contain the id "x"`.
    [[nodiscard]] Result<const OpenPgpKey *> find(std::string_view identity) const;

    /// The clear-signed message (SHA-512), without a line break at its end. `passphrase` is asked only when the key is locked.
    /// Errors: Unauthorized when the passphrase is wrong.
    [[nodiscard]] Result<std::string> clearSign(std::string_view text, const OpenPgpKey &key, const PassphraseSource &passphrase);
    /// Who made the signature of these bytes. `version`: whose words say why it is not good.
    [[nodiscard]] Result<OpenPgpKey> verify(std::string_view signedBytes, std::string_view signature, HelmVersion version);

private:
    struct Home;
    explicit OpenPgpKeyring(std::unique_ptr<Home> home);
    [[nodiscard]] Result<void> readKeys(bool secretOnes);

    std::unique_ptr<Home> m_home;
    std::vector<OpenPgpKey> m_keys;
};

} // namespace fairway::chart
