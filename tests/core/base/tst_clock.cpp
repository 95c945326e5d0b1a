#include "core/base/clock.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;

TEST(Clock, manualClockMovesOnlyWhenTold)
{
    fairway::ManualClock clock(std::chrono::system_clock::time_point(1000s));
    const auto start = clock.steadyNow();
    clock.advance(1500ms);
    EXPECT_EQ(clock.steadyNow() - start, 1500ms);
    EXPECT_EQ(clock.systemNow().time_since_epoch(), 1001500ms);
}

TEST(Clock, writesTimesAsKubernetesDoes)
{
    const std::chrono::system_clock::time_point time(1763780645s + 42us);
    EXPECT_EQ(fairway::formatRfc3339(time), "2025-11-22T03:04:05Z");
    EXPECT_EQ(fairway::formatRfc3339Micro(time), "2025-11-22T03:04:05.000042Z");
}
