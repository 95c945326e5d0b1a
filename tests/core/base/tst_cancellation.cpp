#include "core/base/cancellation.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

using fairway::CancelSource;
using fairway::CancelToken;

TEST(Cancellation, defaultTokenIsNeverCancelled)
{
    const CancelToken token;
    EXPECT_FALSE(token.isCancelled());
    bool hasRun = false;
    const auto registration = token.onCancel([&] { hasRun = true; });
    EXPECT_FALSE(hasRun);
}

TEST(Cancellation, runsEachCallbackOnce)
{
    CancelSource source;
    int runs = 0;
    const auto registration = source.token().onCancel([&] { ++runs; });
    source.cancel();
    source.cancel();
    EXPECT_TRUE(source.token().isCancelled());
    EXPECT_EQ(runs, 1);
}

TEST(Cancellation, lateCallbackRunsAtOnce)
{
    CancelSource source;
    source.cancel();
    int runs = 0;
    const auto registration = source.token().onCancel([&] { ++runs; });
    EXPECT_EQ(runs, 1);
}

TEST(Cancellation, droppedRegistrationDoesNotRun)
{
    CancelSource source;
    int runs = 0;
    {
        const auto registration = source.token().onCancel([&] { ++runs; });
    }
    source.cancel();
    EXPECT_EQ(runs, 0);
}

TEST(Cancellation, callbackMayDropItsOwnRegistration)
{
    CancelSource source;
    CancelToken::Registration registration;
    registration = source.token().onCancel([&] { registration.reset(); });
    source.cancel();
    EXPECT_TRUE(source.isCancelled());
}

TEST(Cancellation, noCallbackIsRunningAfterItsRegistrationIsGone)
{
    for (int round = 0; round < 200; ++round) {
        CancelSource source;
        auto isAlive = std::make_unique<std::atomic<bool>>(true);
        auto registration = source.token().onCancel([raw = isAlive.get()] { EXPECT_TRUE(raw->load()); });
        std::thread canceller([&] { source.cancel(); });
        registration.reset();
        isAlive->store(false);
        canceller.join();
    }
}
