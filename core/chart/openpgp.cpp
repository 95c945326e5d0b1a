#include "core/chart/openpgp.h"

#include "core/chart/gnupg_home.h"
#include "core/chart/go_text.h"
#include "core/chart/gpgme.h"
#include "core/chart/load_chart.h"

#include <algorithm>
#include <optional>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxKeyring = std::uint64_t {64} << 20;
constexpr std::size_t maxKeys = 100'000;

/// For both uses. The network is never asked, and a key in the keyring is trusted: that is what a keyring is for.
constexpr std::string_view commonOptions = "batch\nno-greeting\ndisable-dirmngr\nno-auto-key-locate\nno-auto-key-retrieve\n"
                                           "trust-model always\nno-auto-check-trustdb\nno-emit-version\nno-comments\n";

Error failed(gpgme_error_t error)
{
    switch (gpgme_err_code(error)) {
    case GPG_ERR_CANCELED:
    case GPG_ERR_FULLY_CANCELED:
        return {ErrorCode::Cancelled, "cancelled"};
    case GPG_ERR_INV_ENGINE:
        return {ErrorCode::Unsupported, "GnuPG is needed to sign and verify charts; install the package gpg"};
    case GPG_ERR_BAD_PASSPHRASE:
        // Go finds it out by the checksum of what it decrypted.
        return {ErrorCode::Unauthorized, "openpgp: invalid data: private key checksum failure"};
    default:
        return {ErrorCode::Io, std::string("gpg: ") + LateLibrary<Gpgme>::get().gpgme_strerror(error)};
    }
}

Result<GpgmeData> dataOf(const Gpgme &gpgme, std::string_view bytes)
{
    gpgme_data_t data = nullptr;
    if (const gpgme_error_t error = gpgme.gpgme_data_new_from_mem(&data, bytes.data(), bytes.size(), 0); error != 0)
        return tl::unexpected(failed(error));
    return GpgmeData(data);
}

std::string contentOf(const Gpgme &gpgme, gpgme_data_t data)
{
    std::string out;
    char buffer[16384];
    if (gpgme.gpgme_data_seek(data, 0, SEEK_SET) != 0)
        return out;
    while (true) {
        const auto got = gpgme.gpgme_data_read(data, buffer, sizeof buffer);
        if (got <= 0)
            return out;
        out.append(buffer, static_cast<std::size_t>(got));
    }
}

/// What the callback that gpg asks needs, and what came of it.
struct PassphraseRequest {
    const PassphraseSource &source;
    std::string identity;
    std::optional<Error> error;
};

gpgme_error_t givePassphrase(void *hook, const char *, const char *, int, int file)
{
    auto &request = *static_cast<PassphraseRequest *>(hook);
    Result<std::string> passphrase = request.source ? request.source(request.identity)
                                                    : fail(ErrorCode::Unauthorized, "the key is locked and no passphrase was given");
    if (!passphrase) {
        request.error = passphrase.error();
        return gpgme_err_make(GPG_ERR_SOURCE_USER_1, GPG_ERR_CANCELED);
    }
    *passphrase += '\n';
    const int written = LateLibrary<Gpgme>::get().gpgme_io_writen(file, passphrase->data(), passphrase->size());
    std::fill(passphrase->begin(), passphrase->end(), '\0');
    return written == 0 ? 0 : gpgme_err_make(GPG_ERR_SOURCE_USER_1, GPG_ERR_CANCELED);
}

/// Go's openpgp compares two bytes of the digest first, as Helm 3 has it; the one of Helm 4 doesn't.
std::string badSignature(gpgme_pubkey_algo_t algorithm, HelmVersion version)
{
    if (version == HelmVersion::V3)
        return "hash tag doesn't match";
    switch (algorithm) {
    case GPGME_PK_DSA: return "DSA verification failure";
    case GPGME_PK_ECDSA: return "ECDSA verification failure";
    case GPGME_PK_EDDSA: return "EdDSA verification failure";
    default: return "RSA verification failure";
    }
}

} // namespace

struct OpenPgpKeyring::Home {
    GnupgHome folder;
    const Gpgme *gpgme = nullptr;
    GpgmeContext context; ///< Goes before the folder.
    CancelToken::Registration cancelling;

    /// Fingerprints of all keys, subkeys included, each with its primary key's place in m_keys.
    std::vector<std::pair<std::string, std::size_t>> places;
};

OpenPgpKeyring::OpenPgpKeyring(std::unique_ptr<Home> home)
    : m_home(std::move(home))
{
}

OpenPgpKeyring::OpenPgpKeyring(OpenPgpKeyring &&) noexcept = default;
OpenPgpKeyring &OpenPgpKeyring::operator=(OpenPgpKeyring &&) noexcept = default;
OpenPgpKeyring::~OpenPgpKeyring() = default;

Result<OpenPgpKeyring> OpenPgpKeyring::open(const std::string &file, Use use, const CancelToken &cancel)
{
    const Result<std::string> keys = readWholeFile(file, maxKeyring);
    if (!keys)
        return tl::unexpected(keys.error());
    if (!keys->empty() && (static_cast<unsigned char>(keys->front()) & 0x80U) == 0)
        return fail(ErrorCode::InvalidInput, "openpgp: invalid data: tag byte does not have MSB set");
    const Result<const Gpgme *> library = LateLibrary<Gpgme>::load();
    if (!library)
        return tl::unexpected(library.error());
    const Gpgme &gpgme = **library;
    if (gpgme.gpgme_check_version(nullptr) == nullptr)
        return fail(ErrorCode::Unsupported, "gpgme can't be used");

    auto home = std::make_unique<Home>();
    home->gpgme = &gpgme;
    if (home->folder.path().empty())
        return fail(ErrorCode::Io, "no folder for temporary files can be made");
    // Verifying needs no private keys and so no agent.
    if (const Result<void> done = home->folder.configure(std::string(commonOptions) + (use == Use::Verify ? "no-autostart\n" : "")); !done)
        return tl::unexpected(done.error());
    gpgme_ctx_t context = nullptr;
    if (const gpgme_error_t error = gpgme.gpgme_new(&context); error != 0)
        return tl::unexpected(failed(error));
    home->context.reset(context);
    if (const gpgme_error_t error = gpgme.gpgme_ctx_set_engine_info(context, GPGME_PROTOCOL_OpenPGP, nullptr, home->folder.path().c_str()); error != 0)
        return tl::unexpected(failed(error));
    if (const gpgme_error_t error = gpgme.gpgme_set_pinentry_mode(context, GPGME_PINENTRY_MODE_LOOPBACK); error != 0)
        return tl::unexpected(failed(error));
    home->cancelling = cancel.onCancel([context, &gpgme] { gpgme.gpgme_cancel_async(context); });

    if (!keys->empty()) {
        const Result<GpgmeData> data = dataOf(gpgme, *keys);
        if (!data)
            return tl::unexpected(data.error());
        // What of it can't be imported (a private key where there is no agent, a key without identity) is left out, as Go does.
        if (const gpgme_error_t error = gpgme.gpgme_op_import(context, data->get());
            error != 0 && (gpgme_err_code(error) == GPG_ERR_INV_ENGINE || gpgme_err_code(error) == GPG_ERR_CANCELED))
            return tl::unexpected(failed(error));
    }
    OpenPgpKeyring ring(std::move(home));
    if (const Result<void> read = ring.readKeys(false); !read)
        return tl::unexpected(read.error());
    if (use == Use::Sign) {
        if (const Result<void> read = ring.readKeys(true); !read)
            return tl::unexpected(read.error());
    }
    if (cancel.isCancelled())
        return fail(ErrorCode::Cancelled, "cancelled");
    return ring;
}

Result<void> OpenPgpKeyring::readKeys(bool secretOnes)
{
    const Gpgme &gpgme = *m_home->gpgme;
    gpgme_ctx_t context = m_home->context.get();
    if (const gpgme_error_t error = gpgme.gpgme_op_keylist_start(context, nullptr, secretOnes ? 1 : 0); error != 0)
        return tl::unexpected(failed(error));
    while (m_keys.size() < maxKeys) {
        gpgme_key_t raw = nullptr;
        const gpgme_error_t error = gpgme.gpgme_op_keylist_next(context, &raw);
        if (gpgme_err_code(error) == GPG_ERR_EOF)
            break;
        if (error != 0)
            return tl::unexpected(failed(error));
        const GpgmeKey key(raw);
        if (key->subkeys == nullptr || key->subkeys->fpr == nullptr)
            continue;
        if (secretOnes) {
            for (OpenPgpKey &known : m_keys)
                known.hasSecret = known.hasSecret || (known.fingerprint == key->subkeys->fpr && key->subkeys->secret != 0);
            continue;
        }
        OpenPgpKey &out = m_keys.emplace_back();
        out.fingerprint = key->subkeys->fpr;
        for (auto subkey = key->subkeys; subkey != nullptr; subkey = subkey->next) {
            if (subkey->fpr != nullptr)
                m_home->places.emplace_back(subkey->fpr, m_keys.size() - 1);
        }
        for (auto user = key->uids; user != nullptr; user = user->next) {
            if (user->uid != nullptr)
                out.identities.emplace_back(user->uid);
        }
    }
    (void)gpgme.gpgme_op_keylist_end(context);
    return {};
}

Result<const OpenPgpKey *> OpenPgpKeyring::find(std::string_view identity) const
{
    const OpenPgpKey *candidate = nullptr;
    bool isVague = false;
    for (const OpenPgpKey &key : m_keys) {
        for (const std::string &name : key.identities) {
            if (name == identity)
                return &key;
            if (name.find(identity) != std::string::npos) {
                isVague = isVague || candidate != nullptr;
                candidate = &key;
            }
        }
    }
    if (isVague)
        return fail(ErrorCode::InvalidInput, "more than one key contain the id " + goQuoted(identity));
    return candidate;
}

Result<std::string> OpenPgpKeyring::clearSign(std::string_view text, const OpenPgpKey &key, const PassphraseSource &passphrase)
{
    const Gpgme &gpgme = *m_home->gpgme;
    gpgme_ctx_t context = m_home->context.get();
    // The primary key (`!`) signs, not the newest subkey, and by SHA-512: as Helm does.
    if (const Result<void> done = m_home->folder.configure(
            std::string(commonOptions) + "digest-algo SHA512\nno-escape-from-lines\ndefault-key " + key.fingerprint + "!\n");
        !done)
        return tl::unexpected(done.error());
    const Result<GpgmeData> in = dataOf(gpgme, text);
    if (!in)
        return tl::unexpected(in.error());
    gpgme_data_t raw = nullptr;
    if (const gpgme_error_t error = gpgme.gpgme_data_new(&raw); error != 0)
        return tl::unexpected(failed(error));
    const GpgmeData out(raw);
    PassphraseRequest request {passphrase, key.identities.empty() ? "Unknown" : key.identities.front(), {}};
    gpgme.gpgme_set_passphrase_cb(context, givePassphrase, &request);
    const gpgme_error_t error = gpgme.gpgme_op_sign(context, in->get(), out.get(), GPGME_SIG_MODE_CLEAR);
    gpgme.gpgme_set_passphrase_cb(context, nullptr, nullptr);
    if (request.error)
        return tl::unexpected(*request.error);
    if (error != 0)
        return tl::unexpected(failed(error));
    std::string message = contentOf(gpgme, out.get());
    while (message.ends_with('\n') || message.ends_with('\r'))
        message.pop_back();
    return message;
}

Result<OpenPgpKey> OpenPgpKeyring::verify(std::string_view signedBytes, std::string_view signature, HelmVersion version)
{
    const Gpgme &gpgme = *m_home->gpgme;
    gpgme_ctx_t context = m_home->context.get();
    const Result<GpgmeData> signatureData = dataOf(gpgme, signature);
    if (!signatureData)
        return tl::unexpected(signatureData.error());
    const Result<GpgmeData> signedData = dataOf(gpgme, signedBytes);
    if (!signedData)
        return tl::unexpected(signedData.error());
    if (const gpgme_error_t error = gpgme.gpgme_op_verify(context, signatureData->get(), signedData->get(), nullptr);
        error != 0 && gpgme_err_code(error) != GPG_ERR_NO_DATA && gpgme_err_code(error) != GPG_ERR_BAD_DATA)
        return tl::unexpected(failed(error));
    const gpgme_verify_result_t result = gpgme.gpgme_op_verify_result(context);
    // The first signature by a key of the ring counts; by others there may be more.
    for (gpgme_signature_t found = result != nullptr ? result->signatures : nullptr; found != nullptr; found = found->next) {
        switch (gpgme_err_code(found->status)) {
        case GPG_ERR_NO_PUBKEY:
            continue;
        case GPG_ERR_NO_ERROR:
            for (const auto &[fingerprint, place] : m_home->places) {
                if (found->fpr != nullptr && fingerprint == found->fpr)
                    return m_keys[place];
            }
            continue;
        case GPG_ERR_SIG_EXPIRED:
            return fail(ErrorCode::Unauthorized, "openpgp: signature expired");
        case GPG_ERR_KEY_EXPIRED:
            return fail(ErrorCode::Unauthorized, "openpgp: key expired");
        case GPG_ERR_CERT_REVOKED:
            return fail(ErrorCode::Unauthorized, "openpgp: signature made by revoked key");
        case GPG_ERR_BAD_SIGNATURE:
            return fail(ErrorCode::Unauthorized, "openpgp: invalid signature: " + badSignature(found->pubkey_algo, version));
        default:
            return fail(ErrorCode::Unauthorized, std::string("openpgp: invalid signature: ") + gpgme.gpgme_strerror(found->status));
        }
    }
    return fail(ErrorCode::Unauthorized, "openpgp: signature made by unknown entity");
}

} // namespace fairway::chart
