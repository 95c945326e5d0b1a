#include "core/funcs/rsa_key.h"

#include <gtest/gtest.h>

using namespace fairway;

namespace {

#define CHECKING_FUNCTIONS(F) F(EVP_PKEY_check) F(EVP_PKEY_eq) F(EVP_PKEY_get_bits)

/// What only this test asks of OpenSSL.
struct Checking {
    static constexpr LateLibraryName name {"libcrypto.so.3", "libssl3"};
    FAIRWAY_LATE_FUNCTIONS(CHECKING_FUNCTIONS)
};

} // namespace

TEST(RsaKey, isOneThatOpenSslFindsNoFaultWith)
{
    ASSERT_TRUE(LateLibrary<LibCrypto>::load());
    ASSERT_TRUE(LateLibrary<Checking>::load());
    const Checking &checking = LateLibrary<Checking>::get();
    KeyHandle last;
    for (const int bits : {2048, 2048, 3072}) {
        KeyHandle key = funcs::makeRsaKey(bits);
        ASSERT_TRUE(key) << takeOpenSslReason();
        EXPECT_EQ(checking.EVP_PKEY_get_bits(key.get()), bits);
        // Its own test of both primes and of how the numbers of the key belong together.
        const KeyContextHandle context(libcrypto().EVP_PKEY_CTX_new(key.get(), nullptr));
        EXPECT_EQ(checking.EVP_PKEY_check(context.get()), 1) << takeOpenSslReason();
        EXPECT_TRUE(!last || checking.EVP_PKEY_eq(key.get(), last.get()) != 1);
        last = std::move(key);
    }
}
