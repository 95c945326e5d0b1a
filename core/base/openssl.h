#pragma once

#include "core/base/late_library.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/dsa.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace fairway {

/// OpenSSL in its two libraries, opened when first needed. Call loadOpenSsl() or LateLibrary<LibCrypto>::load() where the need
/// begins, and libcrypto() and libssl() below it. A function that is not here yet: add its name to the list.
/// OpenSSL's macros work on the tables (`libcrypto().EVP_EC_gen("P-256")` becomes `libcrypto().EVP_PKEY_Q_keygen(…)`) once the
/// function behind them is listed. Its inline functions (stacks: sk_…) call the library by name and can't be used.

#define FAIRWAY_LIBCRYPTO_FUNCTIONS(F) \
    F(ERR_get_error) F(ERR_clear_error) F(ERR_reason_error_string) \
    F(RAND_bytes) F(SHA256) \
    F(BIO_new) F(BIO_new_mem_buf) F(BIO_s_mem) F(BIO_free) F(BIO_read) F(BIO_write) F(BIO_ctrl) \
    F(BN_bin2bn) F(BN_free) F(BN_to_ASN1_INTEGER) \
    F(BN_new) F(BN_clear_free) F(BN_copy) F(BN_set_word) F(BN_num_bits) F(BN_is_bit_set) F(BN_is_one) F(BN_cmp) \
    F(BN_add_word) F(BN_sub_word) F(BN_mod_word) F(BN_lshift) F(BN_rshift) F(BN_sub) F(BN_mul) F(BN_div) F(BN_gcd) F(BN_mod_inverse) \
    F(BN_bn2lebinpad) F(BN_mod_sqr) F(BN_mod_exp_mont_consttime) F(BN_priv_rand_ex) F(BN_priv_rand_range_ex) F(BN_CTX_secure_new) F(BN_CTX_free) \
    F(OSSL_PARAM_BLD_new) F(OSSL_PARAM_BLD_free) F(OSSL_PARAM_BLD_push_BN) F(OSSL_PARAM_BLD_to_param) F(OSSL_PARAM_free) \
    F(EVP_PKEY_CTX_new_from_name) F(EVP_PKEY_fromdata_init) F(EVP_PKEY_fromdata) \
    F(EVP_PKEY_Q_keygen) F(EVP_PKEY_free) F(EVP_PKEY_get_base_id) F(EVP_sha256) \
    F(EVP_PKEY_CTX_new_id) F(EVP_PKEY_CTX_new) F(EVP_PKEY_CTX_free) F(EVP_PKEY_paramgen_init) F(EVP_PKEY_paramgen) \
    F(EVP_PKEY_keygen_init) F(EVP_PKEY_keygen) F(EVP_PKEY_CTX_set_dsa_paramgen_bits) F(EVP_PKEY_CTX_set_dsa_paramgen_q_bits) \
    F(EVP_CIPHER_CTX_new) F(EVP_CIPHER_CTX_free) F(EVP_CIPHER_CTX_set_padding) F(EVP_aes_256_cbc) \
    F(EVP_CipherInit_ex) F(EVP_CipherUpdate) F(EVP_CipherFinal_ex) F(EVP_PBE_scrypt) F(HMAC) F(ASN1_TIME_set) \
    F(PEM_write_bio_PrivateKey_traditional) F(X509_get0_subject_key_id) \
    F(PEM_read_bio_PrivateKey) F(PEM_read_bio_X509) F(PEM_read_bio_X509_AUX) \
    F(PEM_write_bio_PrivateKey) F(PEM_write_bio_X509) \
    F(X509_new) F(X509_free) F(X509_add_ext) F(X509_get_serialNumber) F(X509_get_subject_name) F(X509_getm_notAfter) \
    F(X509_getm_notBefore) F(X509_gmtime_adj) F(X509_set_issuer_name) F(X509_set_pubkey) F(X509_set_version) F(X509_sign) \
    F(X509_NAME_add_entry_by_txt) F(X509_NAME_get_text_by_NID) \
    F(X509V3_EXT_conf_nid) F(X509V3_set_ctx) F(X509_EXTENSION_free) \
    F(X509_STORE_add_cert) F(X509_VERIFY_PARAM_set1_ip_asc) F(X509_verify_cert_error_string)

struct LibCrypto {
    static constexpr LateLibraryName name {"libcrypto.so.3", "libssl3"};
    FAIRWAY_LATE_FUNCTIONS(FAIRWAY_LIBCRYPTO_FUNCTIONS)
};

#define FAIRWAY_LIBSSL_FUNCTIONS(F) \
    F(TLS_server_method) F(TLS_client_method) \
    F(SSL_CTX_new) F(SSL_CTX_free) F(SSL_CTX_ctrl) F(SSL_CTX_get_cert_store) F(SSL_CTX_set_alpn_protos) \
    F(SSL_CTX_set_alpn_select_cb) F(SSL_CTX_set_default_verify_paths) F(SSL_CTX_set_session_id_context) F(SSL_CTX_set_verify) \
    F(SSL_CTX_use_certificate) F(SSL_CTX_use_PrivateKey) \
    F(SSL_new) F(SSL_free) F(SSL_ctrl) F(SSL_do_handshake) F(SSL_get_error) F(SSL_get_verify_result) F(SSL_get0_alpn_selected) \
    F(SSL_get0_param) F(SSL_get1_peer_certificate) F(SSL_read_ex) F(SSL_select_next_proto) F(SSL_set_accept_state) F(SSL_set_bio) \
    F(SSL_set_connect_state) F(SSL_set1_host) F(SSL_shutdown) F(SSL_write_ex)

struct LibSsl {
    static constexpr LateLibraryName name {"libssl.so.3", "libssl3"};
    FAIRWAY_LATE_FUNCTIONS(FAIRWAY_LIBSSL_FUNCTIONS)
};

/// Both, for TLS.
[[nodiscard]] Result<void> loadOpenSsl();

[[nodiscard]] inline const LibCrypto &libcrypto()
{
    return LateLibrary<LibCrypto>::get();
}
[[nodiscard]] inline const LibSsl &libssl()
{
    return LateLibrary<LibSsl>::get();
}

/// Frees an object with a function of the library that made it.
template <typename Library, auto Free>
struct LateFree {
    template <typename T>
    void operator()(T *object) const
    {
        (LateLibrary<Library>::get().*Free)(object);
    }
};

using BioHandle = std::unique_ptr<BIO, LateFree<LibCrypto, &LibCrypto::BIO_free>>;
using BigNumberHandle = std::unique_ptr<BIGNUM, LateFree<LibCrypto, &LibCrypto::BN_free>>;
using CipherContextHandle = std::unique_ptr<EVP_CIPHER_CTX, LateFree<LibCrypto, &LibCrypto::EVP_CIPHER_CTX_free>>;
using KeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, LateFree<LibCrypto, &LibCrypto::EVP_PKEY_CTX_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, LateFree<LibCrypto, &LibCrypto::EVP_PKEY_free>>;
using X509Handle = std::unique_ptr<X509, LateFree<LibCrypto, &LibCrypto::X509_free>>;
using X509ExtensionHandle = std::unique_ptr<X509_EXTENSION, LateFree<LibCrypto, &LibCrypto::X509_EXTENSION_free>>;
using SslContextHandle = std::unique_ptr<SSL_CTX, LateFree<LibSsl, &LibSsl::SSL_CTX_free>>;
using SslHandle = std::unique_ptr<SSL, LateFree<LibSsl, &LibSsl::SSL_free>>;

/// Takes the oldest error off OpenSSL's queue of this thread, as words, and empties the queue.
[[nodiscard]] std::string takeOpenSslReason();

} // namespace fairway
