#include "core/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

TEST(Random, sameSeedGivesSameNumbers)
{
    fairway::Random a(7);
    fairway::Random b(7);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(a.next(), b.next());
}

TEST(Random, boundedNumbersAreUniform)
{
    // Chi-squared over 10 cells; 9 degrees of freedom exceed 27.9 once in a thousand, and the seed is fixed.
    fairway::Random random(42);
    std::array<int, 10> counts {};
    static constexpr int Draws = 100000;
    for (int i = 0; i < Draws; ++i)
        ++counts[random.below(counts.size())];
    double chi = 0;
    for (const int count : counts)
        chi += std::pow(count - Draws / 10.0, 2) / (Draws / 10.0);
    EXPECT_LT(chi, 27.9);
}

TEST(Random, unitStaysBelowOne)
{
    fairway::Random random(1);
    for (int i = 0; i < 10000; ++i) {
        const double x = random.unit();
        EXPECT_GE(x, 0.0);
        EXPECT_LT(x, 1.0);
    }
}

TEST(Random, uuidHasVersionAndVariant)
{
    const std::string uuid = fairway::randomUuid();
    ASSERT_EQ(uuid.size(), 36U);
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
    EXPECT_NE(uuid, fairway::randomUuid());
}
