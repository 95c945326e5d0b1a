#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;
struct bio_st;
struct x509_st;
struct evp_pkey_st;

namespace fairway::net {

struct TlsServerOptions {
    std::string certificatePem;     ///< Leaf first, then intermediates.
    std::string keyPem;
    std::vector<std::string> alpn;  ///< In order of preference, e.g. {"http/1.1"}; empty: none is negotiated.
    std::string clientCaPem;        ///< When given, a client certificate is asked for and verified if sent.
};

struct TlsClientOptions {
    std::string caPem;              ///< Empty: the system's roots.
    bool isVerified = true;         ///< false only when the user asked for it.
    std::vector<std::string> alpn;
    std::string certificatePem;     ///< Client certificate, optional.
    std::string keyPem;
};

/// What connections of one kind share: keys, roots, ALPN. TLS 1.2 and later.
/// Threads: immutable after creation; streams in any thread may use it. Cheap to copy.
class TlsContext {
public:
    /// InvalidInput when a PEM can't be read or the key does not fit; the message never holds key material.
    [[nodiscard]] static Result<TlsContext> forServer(const TlsServerOptions &options);
    [[nodiscard]] static Result<TlsContext> forClient(const TlsClientOptions &options);

private:
    friend class TlsStream;
    struct Shared;
    std::shared_ptr<const Shared> m_shared;
};

/// One side of a TLS connection, without I/O: ciphertext in by feed(), ciphertext out by pendingOutput(), plaintext by
/// read() and write(). Memory buffers rather than SSL_set_fd: the caller coalesces records into one send, nothing can raise
/// SIGPIPE, and tests connect two streams without a socket.
///
/// Errors:  ProtocolViolation (broken records, refused certificate); sticky. After an error pendingOutput() may hold an
///          alert worth sending.
/// Threads: one owner at a time.
class TlsStream {
public:
    [[nodiscard]] static Result<TlsStream> accept(const TlsContext &context);
    /// `serverName` is sent as SNI and verified; an IP address is verified as such and not sent.
    [[nodiscard]] static Result<TlsStream> connect(const TlsContext &context, const std::string &serverName);
    TlsStream(TlsStream &&) noexcept;
    TlsStream &operator=(TlsStream &&) noexcept;
    ~TlsStream();

    /// Bytes from the peer; drives the handshake.
    [[nodiscard]] Result<void> feed(std::string_view ciphertext);
    /// Plaintext into `into`; 0: nothing at the moment, or the peer closed.
    [[nodiscard]] Result<std::size_t> read(std::span<char> into);
    /// Before the handshake is done the bytes wait inside (unbounded here: the caller bounds what it writes).
    [[nodiscard]] Result<void> write(std::string_view plaintext);
    /// Sends close_notify.
    void shutdown();

    /// Ciphertext to send; valid until the next call of another function. Then consumeOutput(sent).
    [[nodiscard]] std::string_view pendingOutput();
    void consumeOutput(std::size_t size);

    [[nodiscard]] bool isEstablished() const;
    [[nodiscard]] bool isPeerClosed() const;
    [[nodiscard]] std::string alpn() const;
    /// Common name of the verified client certificate; empty without one.
    [[nodiscard]] std::string peerCommonName() const;

private:
    struct State;
    explicit TlsStream(std::unique_ptr<State> state);
    Result<void> advance();
    std::unique_ptr<State> m_state;
};

struct CertificateAndKey {
    std::string certificatePem;
    std::string keyPem;
};

/// A certificate authority made at run time (ECDSA P-256, valid for ten years from yesterday), for loopback servers and tests.
class SelfSignedAuthority {
public:
    [[nodiscard]] static Result<SelfSignedAuthority> create(const std::string &commonName = "Fairway local authority");
    [[nodiscard]] const std::string &certificatePem() const;
    /// For TLS servers. Names that parse as addresses become IP alternative names.
    [[nodiscard]] Result<CertificateAndKey> issueServer(
        const std::vector<std::string> &names = {"localhost", "127.0.0.1", "::1"}) const;
    /// For client authentication as Kubernetes reads it: CN is the user, O are the groups.
    [[nodiscard]] Result<CertificateAndKey> issueClient(const std::string &commonName, const std::vector<std::string> &organizations = {}) const;

private:
    struct State;
    std::shared_ptr<const State> m_state;
};

} // namespace fairway::net
