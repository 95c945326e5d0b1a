#include "core/net/tls.h"

#include "core/base/openssl.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <utility>

namespace fairway::net {

struct TlsContext::Shared {
    SslContextHandle context;
    std::string alpnWire; ///< Server: in order of preference. Client: what is offered.
    bool isServer = false;
    bool isVerified = true;
};

struct TlsStream::State {
    std::shared_ptr<const TlsContext::Shared> shared;
    SslHandle ssl;
    BIO *in = nullptr;  ///< Owned by ssl.
    BIO *out = nullptr; ///< Owned by ssl.
    std::string early;  ///< Plaintext written before the handshake was done.
    bool isEstablished = false;
    bool isPeerClosed = false;
    bool isFailed = false;
    Error error;
};

namespace {

std::string toWire(const std::vector<std::string> &protocols)
{
    std::string wire;
    for (const std::string &protocol : protocols) {
        wire += static_cast<char>(protocol.size());
        wire += protocol;
    }
    return wire;
}

const unsigned char *bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

BioHandle memoryOf(std::string_view text)
{
    return BioHandle(libcrypto().BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

int chooseAlpn(SSL *, const unsigned char **chosen, unsigned char *chosenSize, const unsigned char *offered, unsigned int offeredSize, void *context)
{
    const auto &ours = *static_cast<const std::string *>(context);
    unsigned char *out = nullptr;
    const int outcome = libssl().SSL_select_next_proto(&out, chosenSize, bytes(ours), static_cast<unsigned int>(ours.size()), offered, offeredSize);
    *chosen = out;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

Result<void> useCertificate(SSL_CTX *context, const std::string &certificatePem, const std::string &keyPem)
{
    const BioHandle certificates = memoryOf(certificatePem);
    const X509Handle leaf(libcrypto().PEM_read_bio_X509_AUX(certificates.get(), nullptr, nullptr, nullptr));
    if (!leaf || libssl().SSL_CTX_use_certificate(context, leaf.get()) != 1) {
        return fail(ErrorCode::InvalidInput, "the certificate can't be read: " + takeOpenSslReason());
    }
    while (X509 *more = libcrypto().PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)) {
        libssl().SSL_CTX_add0_chain_cert(context, more); // Takes ownership.
    }
    libcrypto().ERR_clear_error(); // The end of the list reads as an error.
    const KeyHandle key(libcrypto().PEM_read_bio_PrivateKey(memoryOf(keyPem).get(), nullptr, nullptr, nullptr));
    if (!key || libssl().SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
        return fail(ErrorCode::InvalidInput, "the private key can't be read or does not fit its certificate: " + takeOpenSslReason());
    }
    return {};
}

Result<void> trust(SSL_CTX *context, const std::string &caPem)
{
    const BioHandle roots = memoryOf(caPem);
    int count = 0;
    while (X509 *root = libcrypto().PEM_read_bio_X509(roots.get(), nullptr, nullptr, nullptr)) {
        const X509Handle owned(root);
        libcrypto().X509_STORE_add_cert(libssl().SSL_CTX_get_cert_store(context), root);
        ++count;
    }
    libcrypto().ERR_clear_error();
    if (count == 0) {
        return fail(ErrorCode::InvalidInput, "the certificate authority can't be read");
    }
    return {};
}

} // namespace

Result<TlsContext> TlsContext::forServer(const TlsServerOptions &options)
{
    if (const auto loaded = loadOpenSsl(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    auto shared = std::make_shared<Shared>();
    shared->isServer = true;
    shared->context.reset(libssl().SSL_CTX_new(libssl().TLS_server_method()));
    SSL_CTX *context = shared->context.get();
    libssl().SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    libssl().SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    if (const auto used = useCertificate(context, options.certificatePem, options.keyPem); !used) {
        return tl::unexpected(used.error());
    }
    if (!options.alpn.empty()) {
        shared->alpnWire = toWire(options.alpn);
        libssl().SSL_CTX_set_alpn_select_cb(context, &chooseAlpn, &shared->alpnWire);
    }
    if (!options.clientCaPem.empty()) {
        if (const auto trusted = trust(context, options.clientCaPem); !trusted) {
            return tl::unexpected(trusted.error());
        }
        libssl().SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
        // Resumption without a fixed id would be refused by OpenSSL once client certificates are in play.
        constexpr std::string_view id = "fairway";
        libssl().SSL_CTX_set_session_id_context(context, bytes(id), static_cast<unsigned int>(id.size()));
    }
    TlsContext result;
    result.m_shared = std::move(shared);
    return result;
}

Result<TlsContext> TlsContext::forClient(const TlsClientOptions &options)
{
    if (const auto loaded = loadOpenSsl(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    auto shared = std::make_shared<Shared>();
    shared->isVerified = options.isVerified;
    shared->context.reset(libssl().SSL_CTX_new(libssl().TLS_client_method()));
    SSL_CTX *context = shared->context.get();
    libssl().SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    libssl().SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    if (options.caPem.empty()) {
        libssl().SSL_CTX_set_default_verify_paths(context);
    } else if (const auto trusted = trust(context, options.caPem); !trusted) {
        return tl::unexpected(trusted.error());
    }
    libssl().SSL_CTX_set_verify(context, options.isVerified ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (!options.certificatePem.empty()) {
        if (const auto used = useCertificate(context, options.certificatePem, options.keyPem); !used) {
            return tl::unexpected(used.error());
        }
    }
    if (!options.alpn.empty()) {
        shared->alpnWire = toWire(options.alpn);
        libssl().SSL_CTX_set_alpn_protos(context, bytes(shared->alpnWire), static_cast<unsigned int>(shared->alpnWire.size()));
    }
    TlsContext result;
    result.m_shared = std::move(shared);
    return result;
}

TlsStream::TlsStream(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
TlsStream::TlsStream(TlsStream &&) noexcept = default;
TlsStream &TlsStream::operator=(TlsStream &&) noexcept = default;
TlsStream::~TlsStream() = default;

namespace {

/// Gives the stream its two memory ends; false when memory or OpenSSL refuse.
bool attachMemory(SSL *ssl, BIO *&in, BIO *&out)
{
    in = libcrypto().BIO_new(libcrypto().BIO_s_mem());
    out = libcrypto().BIO_new(libcrypto().BIO_s_mem());
    if (ssl == nullptr || in == nullptr || out == nullptr) {
        libcrypto().BIO_free(in);
        libcrypto().BIO_free(out);
        return false;
    }
    libcrypto().BIO_set_mem_eof_return(in, -1); // An empty buffer means "wait", not "end".
    libcrypto().BIO_set_mem_eof_return(out, -1);
    libssl().SSL_set_bio(ssl, in, out);
    return true;
}

} // namespace

Result<TlsStream> TlsStream::accept(const TlsContext &context)
{
    auto state = std::make_unique<State>();
    state->shared = context.m_shared;
    state->ssl.reset(libssl().SSL_new(context.m_shared->context.get()));
    if (!attachMemory(state->ssl.get(), state->in, state->out)) {
        return fail(ErrorCode::Io, "no TLS connection: " + takeOpenSslReason());
    }
    libssl().SSL_set_accept_state(state->ssl.get());
    return TlsStream(std::move(state));
}

Result<TlsStream> TlsStream::connect(const TlsContext &context, const std::string &serverName)
{
    auto state = std::make_unique<State>();
    state->shared = context.m_shared;
    state->ssl.reset(libssl().SSL_new(context.m_shared->context.get()));
    if (!attachMemory(state->ssl.get(), state->in, state->out)) {
        return fail(ErrorCode::Io, "no TLS connection: " + takeOpenSslReason());
    }
    SSL *ssl = state->ssl.get();
    libssl().SSL_set_connect_state(ssl);
    std::array<unsigned char, sizeof(in6_addr)> address {};
    const bool isAddress = inet_pton(AF_INET, serverName.c_str(), address.data()) == 1 || inet_pton(AF_INET6, serverName.c_str(), address.data()) == 1;
    if (isAddress) {
        libcrypto().X509_VERIFY_PARAM_set1_ip_asc(libssl().SSL_get0_param(ssl), serverName.c_str());
    } else {
        libssl().SSL_set1_host(ssl, serverName.c_str());
        libssl().SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char *>(serverName.c_str()));
    }
    TlsStream stream(std::move(state));
    if (const auto advanced = stream.advance(); !advanced) {
        return tl::unexpected(advanced.error());
    }
    return stream;
}

Result<void> TlsStream::feed(std::string_view ciphertext)
{
    if (m_state->isFailed) {
        return tl::unexpected(m_state->error);
    }
    while (!ciphertext.empty()) {
        const auto piece = std::min<std::size_t>(ciphertext.size(), std::numeric_limits<int>::max());
        if (libcrypto().BIO_write(m_state->in, ciphertext.data(), static_cast<int>(piece)) <= 0) {
            return fail(ErrorCode::Io, "no memory for TLS records");
        }
        ciphertext.remove_prefix(piece);
    }
    return advance();
}

Result<void> TlsStream::advance()
{
    State &state = *m_state;
    if (state.isEstablished) {
        return {};
    }
    libcrypto().ERR_clear_error();
    const int outcome = libssl().SSL_do_handshake(state.ssl.get());
    if (outcome == 1) {
        state.isEstablished = true;
        return state.early.empty() ? Result<void> {} : write(std::exchange(state.early, {}));
    }
    const int error = libssl().SSL_get_error(state.ssl.get(), outcome);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
        return {};
    }
    std::string why = takeOpenSslReason();
    if (const long verdict = libssl().SSL_get_verify_result(state.ssl.get()); verdict != X509_V_OK && state.shared->isVerified) {
        why = libcrypto().X509_verify_cert_error_string(verdict);
    }
    state.isFailed = true;
    state.error = Error {ErrorCode::ProtocolViolation, "TLS could not be agreed: " + why};
    return tl::unexpected(state.error);
}

Result<std::size_t> TlsStream::read(std::span<char> into)
{
    State &state = *m_state;
    if (state.isFailed) {
        return tl::unexpected(state.error);
    }
    if (!state.isEstablished || state.isPeerClosed || into.empty()) {
        return std::size_t {0};
    }
    libcrypto().ERR_clear_error();
    std::size_t count = 0;
    if (const int outcome = libssl().SSL_read_ex(state.ssl.get(), into.data(), into.size(), &count); outcome == 1) {
        return count;
    } else {
        const int error = libssl().SSL_get_error(state.ssl.get(), outcome);
        if (error == SSL_ERROR_ZERO_RETURN) {
            state.isPeerClosed = true;
            return std::size_t {0};
        }
        if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
            return std::size_t {0};
        }
    }
    state.isFailed = true;
    state.error = Error {ErrorCode::ProtocolViolation, "TLS broke off: " + takeOpenSslReason()};
    return tl::unexpected(state.error);
}

Result<void> TlsStream::write(std::string_view plaintext)
{
    State &state = *m_state;
    if (state.isFailed) {
        return tl::unexpected(state.error);
    }
    if (!state.isEstablished) {
        state.early += plaintext;
        return {};
    }
    if (plaintext.empty()) {
        return {};
    }
    libcrypto().ERR_clear_error();
    std::size_t count = 0;
    // A memory end takes everything, so there is no partial write to remember.
    if (libssl().SSL_write_ex(state.ssl.get(), plaintext.data(), plaintext.size(), &count) != 1) {
        state.isFailed = true;
        state.error = Error {ErrorCode::ProtocolViolation, "TLS broke off: " + takeOpenSslReason()};
        return tl::unexpected(state.error);
    }
    return {};
}

void TlsStream::shutdown()
{
    if (m_state->isEstablished && !m_state->isFailed) {
        libcrypto().ERR_clear_error();
        libssl().SSL_shutdown(m_state->ssl.get());
    }
}

std::string_view TlsStream::pendingOutput()
{
    char *data = nullptr;
    const long size = libcrypto().BIO_get_mem_data(m_state->out, &data);
    return {data, size > 0 ? static_cast<std::size_t>(size) : 0};
}

void TlsStream::consumeOutput(std::size_t size)
{
    std::array<char, 16384> sink {};
    while (size > 0) {
        const int got = libcrypto().BIO_read(m_state->out, sink.data(), static_cast<int>(std::min(size, sink.size())));
        if (got <= 0) {
            return;
        }
        size -= static_cast<std::size_t>(got);
    }
}

bool TlsStream::isEstablished() const
{
    return m_state->isEstablished;
}

bool TlsStream::isPeerClosed() const
{
    return m_state->isPeerClosed;
}

std::string TlsStream::alpn() const
{
    const unsigned char *chosen = nullptr;
    unsigned int size = 0;
    libssl().SSL_get0_alpn_selected(m_state->ssl.get(), &chosen, &size);
    return chosen == nullptr ? std::string {} : std::string(reinterpret_cast<const char *>(chosen), size);
}

std::string TlsStream::peerCommonName() const
{
    const X509Handle certificate(libssl().SSL_get1_peer_certificate(m_state->ssl.get()));
    if (!certificate || libssl().SSL_get_verify_result(m_state->ssl.get()) != X509_V_OK) {
        return {};
    }
    std::array<char, 256> name {};
    const int size = libcrypto().X509_NAME_get_text_by_NID(libcrypto().X509_get_subject_name(certificate.get()), NID_commonName, name.data(), static_cast<int>(name.size()));
    return size > 0 ? std::string(name.data(), static_cast<std::size_t>(size)) : std::string {};
}

} // namespace fairway::net
