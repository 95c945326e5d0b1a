#include "core/base/random.h"
#include "core/proxy/share_estimate.h"

#include <gtest/gtest.h>

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
    fairway::Random random(5);
    for (const double p : {0.05, 0.25, 0.5}) {
        int covered = 0;
        static constexpr int Runs = 4000;
        for (int run = 0; run < Runs; ++run) {
            std::uint64_t hits = 0;
            for (int i = 0; i < 1000; ++i)
                hits += random.unit() < p;
            const ShareInterval interval = wilsonInterval(hits, 1000);
            covered += interval.low <= p && p <= interval.high;
        }
        EXPECT_NEAR(static_cast<double>(covered) / Runs, 0.95, 0.015) << p;
    }
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
