#include "core/funcs/certificates.h"

#include "core/base/openssl.h"
#include "core/funcs/rsa_key.h"

#include <fmt/format.h>

namespace fairway::funcs {

namespace {

using gotemplate::failCall;
using gotemplate::TemplateError;
using gotemplate::TemplateResult;

TemplateResult<void> openLibrary()
{
    if (const auto loaded = LateLibrary<LibCrypto>::load(); !loaded)
        return tl::unexpected(TemplateError(loaded.error()));
    return {};
}

BioHandle reading(std::string_view text)
{
    return BioHandle(libcrypto().BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string readAll(BIO *memory)
{
    char *data = nullptr;
    const long size = libcrypto().BIO_get_mem_data(memory, &data);
    return {data, size > 0 ? static_cast<std::size_t>(size) : 0};
}

KeyHandle readKey(std::string_view pem)
{
    const BioHandle in = reading(pem);
    // No pass phrase is asked for: an encrypted key is refused.
    const auto noPassword = [](char *, int, int, void *) { return -1; };
    KeyHandle key(libcrypto().PEM_read_bio_PrivateKey(in.get(), nullptr, noPassword, nullptr));
    libcrypto().ERR_clear_error();
    return key;
}

X509Handle readCertificate(std::string_view pem)
{
    const BioHandle in = reading(pem);
    X509Handle certificate(libcrypto().PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    libcrypto().ERR_clear_error();
    return certificate;
}

std::string keyText(EVP_PKEY *key)
{
    const BioHandle out(libcrypto().BIO_new(libcrypto().BIO_s_mem()));
    const bool hasOldForm = libcrypto().EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519;
    if (hasOldForm)
        libcrypto().PEM_write_bio_PrivateKey_traditional(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    else
        libcrypto().PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return readAll(out.get());
}

/// DSA with a modulus of 2048 bits and a 256 bit group.
KeyHandle makeDsaKey()
{
    const LibCrypto &crypto = libcrypto();
    const KeyContextHandle parameters(crypto.EVP_PKEY_CTX_new_id(EVP_PKEY_DSA, nullptr));
    EVP_PKEY *made = nullptr;
    if (!parameters || crypto.EVP_PKEY_paramgen_init(parameters.get()) <= 0
        || crypto.EVP_PKEY_CTX_set_dsa_paramgen_bits(parameters.get(), 2048) <= 0
        || crypto.EVP_PKEY_CTX_set_dsa_paramgen_q_bits(parameters.get(), 256) <= 0
        || crypto.EVP_PKEY_paramgen(parameters.get(), &made) <= 0)
        return nullptr;
    const KeyHandle group(made);
    const KeyContextHandle context(crypto.EVP_PKEY_CTX_new(group.get(), nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || crypto.EVP_PKEY_keygen_init(context.get()) <= 0 || crypto.EVP_PKEY_keygen(context.get(), &key) <= 0)
        return nullptr;
    return KeyHandle(key);
}

bool addExtension(X509 *certificate, X509 *issuer, int kind, const std::string &text)
{
    X509V3_CTX context;
    libcrypto().X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const X509ExtensionHandle extension(libcrypto().X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str()));
    return extension && libcrypto().X509_add_ext(certificate, extension.get(), -1) == 1;
}

TemplateResult<std::string> alternativeNames(const CertificateRequest &request)
{
    std::string out;
    for (const std::string &name : request.names) {
        // OpenSSL's list is one text: a comma would make two names of one.
        if (name.find_first_of(",\n\r") != std::string::npos || name.find('\0') != std::string::npos)
            return failCall("error creating certificate: x509: " + name + " is no DNS name");
        out += (out.empty() ? "DNS:" : ",DNS:") + name;
    }
    for (const std::string &address : request.addresses)
        out += (out.empty() ? "IP:" : ",IP:") + address;
    return out;
}

tl::unexpected<TemplateError> refused()
{
    return failCall("error creating certificate: " + takeOpenSslReason());
}

} // namespace

TemplateResult<std::string> makePrivateKey(std::string_view type, int rsaBits, PrimeStock *stock)
{
    if (auto opened = openLibrary(); !opened)
        return tl::unexpected(opened.error());
    KeyHandle key;
    if (type.empty() || type == "rsa")
        key = makeRsaKey(rsaBits, stock);
    else if (type == "dsa")
        key = makeDsaKey();
    else if (type == "ecdsa")
        key.reset(libcrypto().EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    else if (type == "ed25519")
        key.reset(libcrypto().EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    else
        return failCall("Unknown type " + std::string(type));
    if (!key)
        return failCall("failed to generate private key: " + takeOpenSslReason());
    return keyText(key.get());
}

TemplateResult<std::string> makeCertificate(const CertificateRequest &request)
{
    if (auto opened = openLibrary(); !opened)
        return tl::unexpected(opened.error());
    const LibCrypto &crypto = libcrypto();
    const KeyHandle key = readKey(request.keyPem);
    if (!key)
        return failCall("parsing private key: no PEM data in input");
    X509Handle issuer;
    KeyHandle issuerKey;
    if (!request.issuerPem.empty()) {
        issuer = readCertificate(request.issuerPem);
        if (!issuer)
            return failCall("unable to decode certificate");
        issuerKey = readKey(request.issuerKeyPem);
        if (!issuerKey)
            return failCall("error parsing private key: no PEM data in input");
    }
    const auto names = alternativeNames(request);
    if (!names)
        return tl::unexpected(names.error());

    const X509Handle made(crypto.X509_new());
    X509 *certificate = made.get();
    X509 *signer = issuer ? issuer.get() : certificate;
    crypto.X509_set_version(certificate, X509_VERSION_3);
    const BigNumberHandle number(crypto.BN_bin2bn(
        reinterpret_cast<const unsigned char *>(request.serial.data()), static_cast<int>(request.serial.size()), nullptr));
    crypto.BN_to_ASN1_INTEGER(number.get(), crypto.X509_get_serialNumber(certificate));
    crypto.ASN1_TIME_set(crypto.X509_getm_notBefore(certificate), request.notBefore);
    crypto.ASN1_TIME_set(crypto.X509_getm_notAfter(certificate), request.notBefore + request.days * 86400);
    crypto.X509_NAME_add_entry_by_txt(crypto.X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(request.commonName.data()), static_cast<int>(request.commonName.size()), -1, 0);
    crypto.X509_set_issuer_name(certificate, crypto.X509_get_subject_name(signer));
    crypto.X509_set_pubkey(certificate, key.get());

    const std::string usages = std::string("critical,digitalSignature,keyEncipherment") + (request.isAuthority ? ",keyCertSign" : "");
    bool isDone = addExtension(certificate, signer, NID_key_usage, usages)
        && addExtension(certificate, signer, NID_ext_key_usage, "serverAuth,clientAuth")
        && addExtension(certificate, signer, NID_basic_constraints, request.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (request.isAuthority)
        isDone = isDone && addExtension(certificate, signer, NID_subject_key_identifier, "hash");
    else if (issuer && crypto.X509_get0_subject_key_id(issuer.get()) != nullptr)
        isDone = isDone && addExtension(certificate, signer, NID_authority_key_identifier, "keyid");
    if (!names->empty())
        isDone = isDone && addExtension(certificate, signer, NID_subject_alt_name, *names);

    EVP_PKEY *signing = issuerKey ? issuerKey.get() : key.get();
    // Ed25519 signs the text itself.
    const EVP_MD *digest = crypto.EVP_PKEY_get_base_id(signing) == EVP_PKEY_ED25519 ? nullptr : crypto.EVP_sha256();
    if (!isDone || crypto.X509_sign(certificate, signing, digest) == 0)
        return refused();
    const BioHandle out(crypto.BIO_new(crypto.BIO_s_mem()));
    crypto.PEM_write_bio_X509(out.get(), certificate);
    return readAll(out.get());
}

TemplateResult<std::string> normalizedKey(std::string_view pem)
{
    if (auto opened = openLibrary(); !opened)
        return tl::unexpected(opened.error());
    const KeyHandle key = readKey(pem);
    if (!key)
        return failCall("parsing private key: no PEM data in input");
    return keyText(key.get());
}

TemplateResult<void> checkCertificateAndKey(std::string_view certificatePem, std::string_view keyPem)
{
    if (auto opened = openLibrary(); !opened)
        return tl::unexpected(opened.error());
    if (!readCertificate(certificatePem))
        return failCall("unable to decode certificate");
    if (!readKey(keyPem))
        return failCall("error parsing private key: no PEM data in input");
    return {};
}

} // namespace fairway::funcs
