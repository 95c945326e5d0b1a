#include "core/net/tls.h"

#include "core/base/openssl.h"

#include <arpa/inet.h>

#include <array>

namespace fairway::net {

struct SelfSignedAuthority::State {
    X509Handle certificate;
    KeyHandle key;
    std::string pem;
};

namespace {

constexpr long kDaySeconds = 24L * 3600;

void addText(X509_NAME *name, const char *field, const std::string &text)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(text.data());
    libcrypto().X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, static_cast<int>(text.size()), -1, 0);
}

bool addExtension(X509 *certificate, X509 *issuer, int kind, const std::string &text)
{
    X509V3_CTX context;
    libcrypto().X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const X509ExtensionHandle extension(libcrypto().X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str()));
    return extension && libcrypto().X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// A certificate without extensions and signature yet.
X509Handle blank(EVP_PKEY *key)
{
    X509Handle certificate(libcrypto().X509_new());
    libcrypto().X509_set_version(certificate.get(), 2);
    std::array<unsigned char, 16> serial {};
    libcrypto().RAND_bytes(serial.data(), static_cast<int>(serial.size()));
    serial[0] &= 0x7F; // Positive.
    const BigNumberHandle number(libcrypto().BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    libcrypto().BN_to_ASN1_INTEGER(number.get(), libcrypto().X509_get_serialNumber(certificate.get()));
    libcrypto().X509_gmtime_adj(libcrypto().X509_getm_notBefore(certificate.get()), -kDaySeconds);
    libcrypto().X509_gmtime_adj(libcrypto().X509_getm_notAfter(certificate.get()), 3650 * kDaySeconds);
    libcrypto().X509_set_pubkey(certificate.get(), key);
    return certificate;
}

std::string readAll(BIO *memory)
{
    char *data = nullptr;
    const long size = libcrypto().BIO_get_mem_data(memory, &data);
    return {data, size > 0 ? static_cast<std::size_t>(size) : 0};
}

std::string certificateText(X509 *certificate)
{
    const BioHandle memory(libcrypto().BIO_new(libcrypto().BIO_s_mem()));
    libcrypto().PEM_write_bio_X509(memory.get(), certificate);
    return readAll(memory.get());
}

std::string keyText(EVP_PKEY *key)
{
    const BioHandle memory(libcrypto().BIO_new(libcrypto().BIO_s_mem()));
    libcrypto().PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return readAll(memory.get());
}

tl::unexpected<Error> refused()
{
    return fail(ErrorCode::Io, "no certificate could be made: " + takeOpenSslReason());
}

bool isNumericAddress(const std::string &name)
{
    std::array<unsigned char, sizeof(in6_addr)> address {};
    return inet_pton(AF_INET, name.c_str(), address.data()) == 1 || inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
}

} // namespace

Result<SelfSignedAuthority> SelfSignedAuthority::create(const std::string &commonName)
{
    if (const auto loaded = LateLibrary<LibCrypto>::load(); !loaded) {
        return tl::unexpected(loaded.error());
    }
    auto state = std::make_shared<State>();
    state->key.reset(libcrypto().EVP_EC_gen("P-256"));
    if (!state->key) {
        return refused();
    }
    state->certificate = blank(state->key.get());
    X509 *certificate = state->certificate.get();
    addText(libcrypto().X509_get_subject_name(certificate), "CN", commonName);
    libcrypto().X509_set_issuer_name(certificate, libcrypto().X509_get_subject_name(certificate));
    if (!addExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE")
        || !addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign")
        || !addExtension(certificate, certificate, NID_subject_key_identifier, "hash")
        || libcrypto().X509_sign(certificate, state->key.get(), libcrypto().EVP_sha256()) == 0) {
        return refused();
    }
    state->pem = certificateText(certificate);
    SelfSignedAuthority authority;
    authority.m_state = std::move(state);
    return authority;
}

const std::string &SelfSignedAuthority::certificatePem() const
{
    return m_state->pem;
}

namespace {

struct Leaf {
    X509Handle certificate;
    KeyHandle key;
};

Result<CertificateAndKey> signLeaf(Leaf leaf, X509 *issuer, EVP_PKEY *issuerKey, const std::string &usage)
{
    X509 *certificate = leaf.certificate.get();
    libcrypto().X509_set_issuer_name(certificate, libcrypto().X509_get_subject_name(issuer));
    if (!addExtension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE")
        || !addExtension(certificate, issuer, NID_key_usage, "critical,digitalSignature")
        || !addExtension(certificate, issuer, NID_ext_key_usage, usage)
        || !addExtension(certificate, issuer, NID_authority_key_identifier, "keyid")
        || libcrypto().X509_sign(certificate, issuerKey, libcrypto().EVP_sha256()) == 0) {
        return refused();
    }
    return CertificateAndKey {certificateText(certificate), keyText(leaf.key.get())};
}

} // namespace

Result<CertificateAndKey> SelfSignedAuthority::issueServer(const std::vector<std::string> &names) const
{
    Leaf leaf;
    leaf.key.reset(libcrypto().EVP_EC_gen("P-256"));
    if (!leaf.key || names.empty()) {
        return refused();
    }
    leaf.certificate = blank(leaf.key.get());
    addText(libcrypto().X509_get_subject_name(leaf.certificate.get()), "CN", names.front());
    std::string alternatives;
    for (const std::string &name : names) {
        alternatives += (alternatives.empty() ? "" : ",") + std::string(isNumericAddress(name) ? "IP:" : "DNS:") + name;
    }
    if (!addExtension(leaf.certificate.get(), m_state->certificate.get(), NID_subject_alt_name, alternatives)) {
        return refused();
    }
    return signLeaf(std::move(leaf), m_state->certificate.get(), m_state->key.get(), "serverAuth");
}

Result<CertificateAndKey> SelfSignedAuthority::issueClient(const std::string &commonName, const std::vector<std::string> &organizations) const
{
    Leaf leaf;
    leaf.key.reset(libcrypto().EVP_EC_gen("P-256"));
    if (!leaf.key) {
        return refused();
    }
    leaf.certificate = blank(leaf.key.get());
    X509_NAME *subject = libcrypto().X509_get_subject_name(leaf.certificate.get());
    addText(subject, "CN", commonName);
    for (const std::string &organization : organizations) {
        addText(subject, "O", organization);
    }
    return signLeaf(std::move(leaf), m_state->certificate.get(), m_state->key.get(), "clientAuth");
}

} // namespace fairway::net
