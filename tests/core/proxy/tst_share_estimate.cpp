#include "core/proxy/share_estimate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace fairway::proxy;

TEST(ShareEstimate, intervalHoldsKnownValues)
{
    // 25 of 100, from the formula's closed form.
    const ShareInterval interval = wilsonInterval(25, 100);
    EXPECT_NEAR(interval.low, 0.17545, 1e-5);
    EXPECT_NEAR(interval.high, 0.34305, 1e-5);
    EXPECT_EQ(wilsonInterval(0, 0).high, 1.0);
    EXPECT_EQ(wilsonInterval(0, 50).low, 0.0);
    EXPECT_GT(wilsonInterval(0, 50).high, 0.05);
}

TEST(ShareEstimate, intervalCoversTheTrueShareInNinetyFivePercent)
{
    // Any split, any number of requests of which at least 50 are expected at the destination.
    std::mt19937_64 random(5);
    constexpr int Runs = 10000;
    int covered = 0;
    for (int run = 0; run < Runs; ++run) {
        const double p = std::pow(10.0, std::uniform_real_distribution(-3.0, std::log10(0.5))(random));
        const double expected = std::uniform_real_distribution(50.0, 2000.0)(random);
        const auto requests = static_cast<std::int64_t>(std::ceil(expected / p));
        const auto hits = std::binomial_distribution<std::int64_t>(requests, p)(random);
        const ShareInterval interval = wilsonInterval(static_cast<std::uint64_t>(hits), static_cast<std::uint64_t>(requests));
        covered += interval.low <= p && p <= interval.high;
    }
    EXPECT_GE(covered, Runs * 94 / 100);
    EXPECT_LE(covered, Runs * 96 / 100);
}

TEST(ShareEstimate, chiSquaredLimitsMatchTheTables)
{
    EXPECT_NEAR(chiSquaredLimit(1), 10.828, 0.01);
    EXPECT_NEAR(chiSquaredLimit(2), 13.816, 0.01);
    EXPECT_NEAR(chiSquaredLimit(5), 20.515, 0.3);
}

TEST(ShareEstimate, judgesSplits)
{
    const std::vector<double> expected {0.75, 0.25};
    EXPECT_EQ(judgeSplit(std::vector<std::uint64_t> {7480, 2520}, expected), SplitVerdict::Matches);
    EXPECT_EQ(judgeSplit(std::vector<std::uint64_t> {7000, 3000}, expected), SplitVerdict::Differs);
    EXPECT_EQ(judgeSplit(std::vector<std::uint64_t> {75, 25}, expected), SplitVerdict::Pending);
    EXPECT_EQ(judgeSplit(std::vector<std::uint64_t> {9999, 1}, std::vector<double> {1, 0}), SplitVerdict::Differs);
    EXPECT_EQ(judgeSplit(std::vector<std::uint64_t> {9999, 0}, std::vector<double> {1, 0}), SplitVerdict::Matches);
    EXPECT_EQ(judgeSplit(std::vector<std::uint64_t> {10, 10}, std::vector<double> {0, 0}), SplitVerdict::Differs);
}
