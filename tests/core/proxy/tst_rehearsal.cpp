#include "core/proxy/rehearsal.h"

#include <gtest/gtest.h>

#include <thread>

using namespace fairway;
using namespace fairway::proxy;
using namespace std::chrono_literals;

namespace {

RehearsalPlan planOf(std::vector<std::uint32_t> weights, std::uint64_t requests)
{
    RehearsalPlan plan;
    plan.seed = 3; // a fixed seed: what the intervals say of it never changes
    plan.ratePerSecond = 0;
    plan.duration = 0ms;
    plan.maxRequests = requests;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        RehearsalDestination destination;
        destination.label = "v" + std::to_string(i + 1);
        destination.weight = weights[i];
        destination.dial.latencyMs = 0;
        plan.destinations.push_back(std::move(destination));
    }
    return plan;
}

} // namespace

TEST(Rehearsal, tenThousandRequestsSplitAsTheWeightsSay)
{
    auto rehearsal = Rehearsal::start(planOf({75, 25}, 10000));
    ASSERT_TRUE(rehearsal) << rehearsal.error().message;
    (*rehearsal)->wait();
    const RehearsalSnapshot snapshot = (*rehearsal)->snapshot();
    EXPECT_EQ(snapshot.requests, 10000U);
    EXPECT_EQ(snapshot.errors, 0U);
    EXPECT_FALSE(snapshot.isRunning);
    EXPECT_EQ(snapshot.verdict, SplitVerdict::Matches);
    ASSERT_EQ(snapshot.legs.size(), 2U);
    EXPECT_NEAR(snapshot.legs[1].measured.share, 0.25, 0.022) << "five standard deviations";
    EXPECT_TRUE(snapshot.legs[0].isStandIn);
    EXPECT_GT(snapshot.legs[0].p99Ms, 0);
}

TEST(Rehearsal, exactSplitIsExact)
{
    RehearsalPlan plan = planOf({1, 1, 1}, 3000);
    plan.split = Split::Exact;
    auto rehearsal = Rehearsal::start(std::move(plan));
    ASSERT_TRUE(rehearsal) << rehearsal.error().message;
    (*rehearsal)->wait();
    for (const RehearsalLeg &leg : (*rehearsal)->snapshot().legs)
        EXPECT_EQ(leg.requests, 1000U) << leg.label;
}

TEST(Rehearsal, dialsShowInErrorsAndLatency)
{
    RehearsalPlan plan = planOf({50, 50}, 1000);
    plan.destinations[1].dial = {20, 50};
    auto rehearsal = Rehearsal::start(std::move(plan));
    ASSERT_TRUE(rehearsal) << rehearsal.error().message;
    (*rehearsal)->wait();
    const RehearsalSnapshot snapshot = (*rehearsal)->snapshot();
    EXPECT_EQ(snapshot.legs[0].errors, 0U);
    EXPECT_NEAR(static_cast<double>(snapshot.legs[1].errors), static_cast<double>(snapshot.legs[1].requests) / 2, 1);
    EXPECT_GE(snapshot.legs[1].p99Ms, 18.0);
    EXPECT_EQ(snapshot.errors, snapshot.legs[1].errors);
}

TEST(Rehearsal, newWeightsBeginANewCount)
{
    RehearsalPlan plan = planOf({100, 0}, 0);
    plan.duration = 30s;
    auto rehearsal = Rehearsal::start(std::move(plan));
    ASSERT_TRUE(rehearsal) << rehearsal.error().message;
    while ((*rehearsal)->snapshot().requests < 200)
        std::this_thread::yield();
    EXPECT_EQ((*rehearsal)->snapshot().legs[1].requests, 0U);
    ASSERT_TRUE((*rehearsal)->setWeights({0, 100}));
    // Requests that went by the old weights while the workers took over the new ones must not spoil the verdict.
    while ((*rehearsal)->snapshot().verdict != SplitVerdict::Matches)
        std::this_thread::yield();
    (*rehearsal)->stop();
    EXPECT_EQ((*rehearsal)->snapshot().verdict, SplitVerdict::Matches);
    EXPECT_FALSE((*rehearsal)->setWeights({1}));
    EXPECT_FALSE((*rehearsal)->setWeights({0, 0}));
}

TEST(Rehearsal, refusesWhatCantBePlayed)
{
    const auto messageOf = [](RehearsalPlan plan) {
        const auto started = Rehearsal::start(std::move(plan));
        return started ? std::string("started") : started.error().message;
    };
    EXPECT_EQ(messageOf(planOf({}, 1)), "there is no destination to send requests to");
    EXPECT_EQ(messageOf(planOf({0, 0}, 1)), "all weights are 0: no request would be sent anywhere");
    RehearsalPlan twice = planOf({1, 1}, 1);
    twice.destinations[1].label = "v1";
    EXPECT_EQ(messageOf(std::move(twice)), "two destinations are called v1");
    RehearsalPlan endless = planOf({1}, 0);
    EXPECT_NE(messageOf(std::move(endless)).find("needs a duration"), std::string::npos);
}
