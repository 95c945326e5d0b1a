#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

/// Owners for OpenSSL's objects; inside core/net only.
namespace fairway::net {

template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};

using SslContextHandle = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;
using SslHandle = std::unique_ptr<SSL, FreeWith<SSL_free>>;
using BioHandle = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using X509Handle = std::unique_ptr<X509, FreeWith<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;

/// Takes the oldest error off OpenSSL's queue and empties it.
[[nodiscard]] std::string takeSslReason();

} // namespace fairway::net
