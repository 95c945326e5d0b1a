#include "app/fairwayctl/signing_flags.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/terminal_input.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"

#include <sys/stat.h>
#include <unistd.h>

namespace fairway::ctl {

namespace {

constexpr std::uint64_t maxPassphraseFile = 65536;

/// Helm takes a passphrase from a pipe only: typed, it would show.
bool isPipe(int file)
{
    struct stat status {};
    return ::fstat(file, &status) == 0 && S_ISFIFO(status.st_mode);
}

} // namespace

SigningFlags::SigningFlags()
    : m_keyring(chart::defaultKeyring())
{
}

void SigningFlags::addTo(HelmFlags &flags)
{
    flags.boolean("sign", m_signs);
    flags.text("key", m_key);
    flags.text("keyring", m_keyring);
    flags.text("passphrase-file", m_passphraseFile);
}

Result<void> SigningFlags::check() const
{
    if (m_signs && m_key.empty())
        return fail(ErrorCode::InvalidInput, "--key is required for signing a package");
    if (m_signs && m_keyring.empty())
        return fail(ErrorCode::InvalidInput, "--keyring is required for signing a package");
    return {};
}

Result<void> SigningFlags::readPassphrase()
{
    if (m_passphraseFile.empty() || m_passphrase)
        return {};
    const bool isStandardInput = m_passphraseFile == "-";
    if (isStandardInput && !isPipe(STDIN_FILENO))
        return fail(ErrorCode::InvalidInput, "specified reading passphrase from stdin, without input on stdin");
    Result<std::string> text = isStandardInput ? readStandardInputSecret() : chart::readWholeFile(m_passphraseFile, maxPassphraseFile);
    if (!text)
        return tl::unexpected(text.error());
    if (text->empty())
        return fail(ErrorCode::InvalidInput, "EOF");
    std::string line = text->substr(0, text->find('\n'));
    if (line.ends_with('\r'))
        line.pop_back();
    m_passphrase = std::move(line);
    return {};
}

Result<void> SigningFlags::sign(const std::string &archive, const chart::LoadContext &context)
{
    if (!m_signs)
        return {};
    if (const Result<void> known = readPassphrase(); !known)
        return known;
    chart::SignOptions options {m_keyring, m_key, {}, {}, context.version};
    options.passphrase = [this](const std::string &identity) -> Result<std::string> {
        if (m_passphrase)
            return *m_passphrase;
        Result<std::string> typed = readTerminalSecret("Password for key " + chart::goQuoted(identity) + " >  ");
        if (!typed)
            out("\n"); // ends the line of the question
        return typed;
    };
    return chart::signChartFile(archive, options, context);
}

} // namespace fairway::ctl
