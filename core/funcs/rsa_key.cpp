#include "core/funcs/rsa_key.h"

#include "core/funcs/prime_stock.h"

#include <openssl/core_names.h>

#include <initializer_list>
#include <memory>
#include <optional>
#include <utility>

namespace fairway::funcs {

namespace {

constexpr BN_ULONG publicExponent = 65537;

/// The numbers of a key; false when they make none.
class KeyNumbers {
public:
    KeyNumbers(SecretNumber first, SecretNumber second)
        : m_p(std::move(first))
        , m_q(std::move(second))
        , m_context(libcrypto().BN_CTX_secure_new())
    {
        if (m_p && m_q && libcrypto().BN_cmp(m_p.get(), m_q.get()) < 0)
            m_p.swap(m_q);
    }

    bool derive(int bits)
    {
        const LibCrypto &crypto = libcrypto();
        const SecretNumber &p = m_p;
        const SecretNumber &q = m_q;
        for (const SecretNumber *one : {&p, &q, &m_n, &m_e, &m_d, &m_dp, &m_dq, &m_inverse, &m_pLess, &m_qLess, &m_common, &m_lambda}) {
            if (!*one)
                return false;
        }
        BN_CTX *const context = m_context.get();
        constexpr int leastDistance = 100; // of their halves' bits
        if (context == nullptr || crypto.BN_sub(m_n.get(), m_p.get(), m_q.get()) != 1 || crypto.BN_num_bits(m_n.get()) <= bits / 2 - leastDistance)
            return false;
        const bool isMade = crypto.BN_mul(m_n.get(), m_p.get(), m_q.get(), context) == 1 && crypto.BN_set_word(m_e.get(), publicExponent) == 1
            && crypto.BN_copy(m_pLess.get(), m_p.get()) != nullptr && crypto.BN_sub_word(m_pLess.get(), 1) == 1
            && crypto.BN_copy(m_qLess.get(), m_q.get()) != nullptr && crypto.BN_sub_word(m_qLess.get(), 1) == 1
            && crypto.BN_gcd(m_common.get(), m_pLess.get(), m_qLess.get(), context) == 1
            && crypto.BN_mul(m_lambda.get(), m_pLess.get(), m_qLess.get(), context) == 1
            && crypto.BN_div(m_lambda.get(), nullptr, m_lambda.get(), m_common.get(), context) == 1
            && crypto.BN_mod_inverse(m_d.get(), m_e.get(), m_lambda.get(), context) != nullptr
            && crypto.BN_div(nullptr, m_dp.get(), m_d.get(), m_pLess.get(), context) == 1
            && crypto.BN_div(nullptr, m_dq.get(), m_d.get(), m_qLess.get(), context) == 1
            && crypto.BN_mod_inverse(m_inverse.get(), m_q.get(), m_p.get(), context) != nullptr;
        return isMade && crypto.BN_num_bits(m_n.get()) == bits && crypto.BN_num_bits(m_d.get()) > bits / 2;
    }

    [[nodiscard]] KeyHandle key() const
    {
        const LibCrypto &crypto = libcrypto();
        const std::unique_ptr<OSSL_PARAM_BLD, LateFree<LibCrypto, &LibCrypto::OSSL_PARAM_BLD_free>> builder(crypto.OSSL_PARAM_BLD_new());
        const std::pair<const char *, const SecretNumber *> parts[] = {{OSSL_PKEY_PARAM_RSA_N, &m_n}, {OSSL_PKEY_PARAM_RSA_E, &m_e},
            {OSSL_PKEY_PARAM_RSA_D, &m_d}, {OSSL_PKEY_PARAM_RSA_FACTOR1, &m_p}, {OSSL_PKEY_PARAM_RSA_FACTOR2, &m_q},
            {OSSL_PKEY_PARAM_RSA_EXPONENT1, &m_dp}, {OSSL_PKEY_PARAM_RSA_EXPONENT2, &m_dq}, {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, &m_inverse}};
        for (const auto &[name, part] : parts) {
            if (!builder || crypto.OSSL_PARAM_BLD_push_BN(builder.get(), name, part->get()) != 1)
                return nullptr;
        }
        const std::unique_ptr<OSSL_PARAM, LateFree<LibCrypto, &LibCrypto::OSSL_PARAM_free>> parameters(crypto.OSSL_PARAM_BLD_to_param(builder.get()));
        const KeyContextHandle context(crypto.EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
        EVP_PKEY *made = nullptr;
        if (!parameters || !context || crypto.EVP_PKEY_fromdata_init(context.get()) <= 0
            || crypto.EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) <= 0)
            return nullptr;
        return KeyHandle(made);
    }

private:
    SecretNumber m_p;
    SecretNumber m_q;
    const BigNumberContext m_context;
    const SecretNumber m_n = secretNumber();
    const SecretNumber m_e = secretNumber();
    const SecretNumber m_d = secretNumber();
    const SecretNumber m_dp = secretNumber();
    const SecretNumber m_dq = secretNumber();
    const SecretNumber m_inverse = secretNumber();
    const SecretNumber m_pLess = secretNumber();
    const SecretNumber m_qLess = secretNumber();
    const SecretNumber m_common = secretNumber();
    const SecretNumber m_lambda = secretNumber();
};

} // namespace

KeyHandle makeRsaKey(int bits, PrimeStock *stock)
{
    std::optional<PrimeStock> own;
    if (stock == nullptr || stock->bits() != bits / 2) {
        stock = &own.emplace(bits / 2);
        stock->expect(1); // beside the one that is looked for here
    }
    // Numbers that make no key are too rare to meet twice; failures of libcrypto are not.
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        SecretNumber first = stock->take();
        KeyNumbers numbers(std::move(first), stock->take());
        if (numbers.derive(bits))
            return numbers.key();
    }
    return nullptr;
}

} // namespace fairway::funcs
