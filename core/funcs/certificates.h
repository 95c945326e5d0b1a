#pragma once

#include "core/gotemplate/template_error.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fairway::funcs {

class PrimeStock;

/// A new private key as PEM: "rsa" or "" (of `rsaBits`), "dsa", "ecdsa" (P-256), "ed25519". Opens libcrypto.
/// `stock`: of primes for RSA; null: they are looked for now. Errors: "Unknown type X"; what libcrypto says.
[[nodiscard]] gotemplate::TemplateResult<std::string> makePrivateKey(std::string_view type, int rsaBits, PrimeStock *stock = nullptr);

struct CertificateRequest {
    std::string commonName;
    std::span<const std::string> addresses; ///< Checked: IPv4 or IPv6.
    std::span<const std::string> names;
    std::int64_t notBefore = 0; ///< Seconds since 1970.
    std::int64_t days = 0;
    std::string serial;         ///< 16 bytes.
    std::string keyPem;         ///< Whose public key is certified.
    bool isAuthority = false;
    std::string issuerPem;      ///< Empty: it signs itself.
    std::string issuerKeyPem;
};

/// A certificate as PEM, with the usages Sprig gives it.
[[nodiscard]] gotemplate::TemplateResult<std::string> makeCertificate(const CertificateRequest &request);
/// The key as Sprig prints it: in the old form of its kind where there is one ("RSA PRIVATE KEY").
[[nodiscard]] gotemplate::TemplateResult<std::string> normalizedKey(std::string_view pem);
/// Whether these hold a certificate and a private key. Errors: Sprig's words.
[[nodiscard]] gotemplate::TemplateResult<void> checkCertificateAndKey(std::string_view certificatePem, std::string_view keyPem);

} // namespace fairway::funcs
