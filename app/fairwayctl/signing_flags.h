#pragma once

#include "app/fairwayctl/helm_flags.h"
#include "core/chart/provenance.h"

#include <optional>
#include <string>

namespace fairway::ctl {

/// --sign and what belongs to it, as `helm package` has them.
class SigningFlags {
public:
    SigningFlags();
    void addTo(HelmFlags &flags);

    /// Errors: InvalidInput, "--key is required for signing a package".
    [[nodiscard]] Result<void> check() const;
    /// Writes ARCHIVE.prov when --sign was given. A passphrase file is read once, however many archives there are.
    [[nodiscard]] Result<void> sign(const std::string &archive, const chart::LoadContext &context);

private:
    [[nodiscard]] Result<void> readPassphrase();

    bool m_signs = false;
    std::string m_key;
    std::string m_keyring;
    std::string m_passphraseFile;
    std::optional<std::string> m_passphrase; ///< Of the file.
};

} // namespace fairway::ctl
