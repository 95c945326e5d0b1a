#include "core/funcs/fermat_filter.h"
#include "core/funcs/prime_stock.h"
#include "core/funcs/rsa_key.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

using namespace fairway;

namespace {

#define CHECKING_FUNCTIONS(F) F(EVP_PKEY_check) F(EVP_PKEY_eq) F(EVP_PKEY_get_bits) F(BN_check_prime) F(BN_rand)

/// What only this test asks of OpenSSL.
struct Checking {
    static constexpr LateLibraryName name {"libcrypto.so.3", "libssl3"};
    FAIRWAY_LATE_FUNCTIONS(CHECKING_FUNCTIONS)
};

class RsaKey : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(LateLibrary<LibCrypto>::load());
        ASSERT_TRUE(LateLibrary<Checking>::load());
    }
    [[nodiscard]] static const Checking &checking() { return LateLibrary<Checking>::get(); }
    [[nodiscard]] static bool isPrime(const BIGNUM *number) { return checking().BN_check_prime(number, nullptr, nullptr) == 1; }
};

/// Puts numbers into the lanes of a filter.
void fill(funcs::FermatFilter &filter, std::size_t lane, const BIGNUM *number, std::size_t bits)
{
    const LibCrypto &crypto = libcrypto();
    const funcs::BigNumberContext context(crypto.BN_CTX_secure_new());
    const funcs::SecretNumber one = funcs::secretNumber();
    std::vector<unsigned char> numberBytes(bits / 8);
    std::vector<unsigned char> oneBytes(bits / 8);
    ASSERT_EQ(crypto.BN_set_word(one.get(), 1), 1);
    ASSERT_EQ(crypto.BN_lshift(one.get(), one.get(), static_cast<int>(filter.powerOfOne())), 1);
    ASSERT_EQ(crypto.BN_div(nullptr, one.get(), one.get(), number, context.get()), 1);
    ASSERT_GT(crypto.BN_bn2lebinpad(number, numberBytes.data(), static_cast<int>(numberBytes.size())), 0);
    ASSERT_GT(crypto.BN_bn2lebinpad(one.get(), oneBytes.data(), static_cast<int>(oneBytes.size())), 0);
    filter.setNumber(lane, numberBytes.data(), oneBytes.data());
}

} // namespace

TEST_F(RsaKey, isOneThatOpenSslFindsNoFaultWith)
{
    funcs::PrimeStock stock(1024);
    stock.expect(4);
    KeyHandle last;
    struct Case {
        int bits;
        funcs::PrimeStock *stock;
    };
    for (const auto &[bits, from] : {Case {2048, &stock}, Case {2048, &stock}, Case {2048, nullptr}, Case {3072, &stock}}) {
        KeyHandle key = funcs::makeRsaKey(bits, from);
        ASSERT_TRUE(key) << takeOpenSslReason();
        EXPECT_EQ(checking().EVP_PKEY_get_bits(key.get()), bits);
        // Its own test of both primes and of how the numbers of the key belong together.
        const KeyContextHandle context(libcrypto().EVP_PKEY_CTX_new(key.get(), nullptr));
        EXPECT_EQ(checking().EVP_PKEY_check(context.get()), 1) << takeOpenSslReason();
        EXPECT_TRUE(!last || checking().EVP_PKEY_eq(key.get(), last.get()) != 1);
        last = std::move(key);
    }
}

TEST_F(RsaKey, filterLetsEachPrimeAndHardlyAnythingElsePass)
{
    if (!funcs::FermatFilter::isAvailable())
        GTEST_SKIP() << "this processor has no AVX-512";
    constexpr std::size_t lanes = funcs::FermatFilter::laneCount;
    for (const std::size_t bits : {std::size_t {1024}, std::size_t {1536}, std::size_t {2048}}) {
        funcs::FermatFilter filter(bits);
        funcs::SecretNumber number = funcs::secretNumber();
        // Primes, their neighbours, random numbers, and the extremes: all bits set and only the outermost.
        unsigned primes = 0;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            if (lane == 0 || lane == 3) {
                number = funcs::PrimeSearch(static_cast<int>(bits)).find([] { return false; });
                ASSERT_TRUE(number);
            } else if (lane == 1 || lane == 4) {
                ASSERT_EQ(libcrypto().BN_add_word(number.get(), 2), 1);
            } else if (lane == 6) {
                ASSERT_EQ(libcrypto().BN_set_word(number.get(), 1), 1);
                ASSERT_EQ(libcrypto().BN_lshift(number.get(), number.get(), static_cast<int>(bits)), 1);
                ASSERT_EQ(libcrypto().BN_sub_word(number.get(), 1), 1);
            } else if (lane == 7) {
                ASSERT_EQ(libcrypto().BN_set_word(number.get(), 1), 1);
                ASSERT_EQ(libcrypto().BN_lshift(number.get(), number.get(), static_cast<int>(bits) - 1), 1);
                ASSERT_EQ(libcrypto().BN_add_word(number.get(), 1), 1);
            } else {
                ASSERT_EQ(checking().BN_rand(number.get(), static_cast<int>(bits), BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD), 1);
            }
            fill(filter, lane, number.get(), bits);
            primes |= (isPrime(number.get()) ? 1U : 0U) << lane;
        }
        EXPECT_EQ(primes & 0x9U, 0x9U);
        EXPECT_EQ(filter.run(), primes) << bits;
        EXPECT_EQ(filter.run(), primes) << bits << ", again";
    }
}

TEST_F(RsaKey, stockGivesPrimesOfTheRightSizeThatDiffer)
{
    funcs::PrimeStock stock(1024);
    stock.expect(2); // and more are taken than that
    std::vector<funcs::SecretNumber> taken;
    for (int i = 0; i < 5; ++i) {
        funcs::SecretNumber prime = stock.take();
        ASSERT_TRUE(prime);
        EXPECT_EQ(libcrypto().BN_num_bits(prime.get()), 1024);
        EXPECT_TRUE(isPrime(prime.get()));
        for (const funcs::SecretNumber &other : taken)
            EXPECT_NE(libcrypto().BN_cmp(prime.get(), other.get()), 0);
        taken.push_back(std::move(prime));
    }
}

TEST_F(RsaKey, stockEndsWhileItIsStillLooking)
{
    for (int i = 0; i < 3; ++i) {
        funcs::PrimeStock stock(2048);
        stock.expect(100);
        EXPECT_TRUE(i < 2 || stock.take());
    }
}
