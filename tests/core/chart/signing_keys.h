#pragma once

#include "tests/core/chart/command_folder.h"

namespace fairway::test {

/// Keys that gpg made in a home of its own, in keyring files as Helm reads them: public.gpg with all public keys, plain.gpg and locked.gpg with
/// a private key each, other.gpg with a public key that signed nothing. The passphrase of the locked one is in the file passphrase.
class SigningKeys {
public:
    /// In `folder`, which must outlive the object. False in isGood() where there is no gpg.
    explicit SigningKeys(const CommandFolder &folder)
        : m_folder(folder)
    {
        // A socket's path is short: the home doesn't stand in the folder.
        std::string home = "/tmp/fairway-gpg-XXXXXX";
        if (::mkdtemp(home.data()) == nullptr)
            return;
        m_home = home;
        folder.write("passphrase", "open sesame\nnot this line\n");
        folder.write("wrong", "open barley\n");
        m_isGood = make("Plain Key <plain@example.com>", "") && make("Locked Key (with a comment) <locked@example.com>", "open sesame")
            && gpg({"--output", folder.path("public.gpg"), "--export"}) && make("Other <other@example.com>", "")
            && gpg({"--output", folder.path("other.gpg"), "--export", "other@example.com"})
            && gpg({"--output", folder.path("plain.gpg"), "--export-secret-keys", "plain@example.com"})
            && gpg({"--passphrase", "open sesame", "--output", folder.path("locked.gpg"), "--export-secret-keys", "locked@example.com"})
            && gpg({"--armor", "--output", folder.path("armoured.gpg"), "--export"});
    }
    ~SigningKeys()
    {
        if (m_home.empty())
            return;
        (void)m_folder.run("gpgconf", {"--homedir", m_home, "--kill", "all"});
        std::error_code ignored;
        std::filesystem::remove_all(m_home, ignored);
    }
    SigningKeys(const SigningKeys &) = delete;
    SigningKeys &operator=(const SigningKeys &) = delete;

    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    [[nodiscard]] bool make(const std::string &identity, const std::string &passphrase) const
    {
        // RSA: Helm 3 knows no Edwards curves.
        return gpg({"--passphrase", passphrase, "--quick-generate-key", identity, "rsa2048", "sign", "never"});
    }
    [[nodiscard]] bool gpg(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"--homedir", m_home, "--batch", "--quiet", "--no-tty", "--pinentry-mode", "loopback"});
        return m_folder.run("gpg", arguments).isGood;
    }

    const CommandFolder &m_folder;
    std::string m_home;
    bool m_isGood = false;
};

} // namespace fairway::test
