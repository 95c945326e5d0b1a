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

TEST(Clock, readsTimesOfAnyOffset)
{
    const auto seconds = [](std::string_view text) {
        const auto time = fairway::parseRfc3339(text);
        return time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count() : -1;
    };
    EXPECT_EQ(seconds("2025-11-22T03:04:05Z"), 1763780645);
    EXPECT_EQ(seconds("2025-11-22t03:04:05.999z"), 1763780645);
    EXPECT_EQ(seconds("2025-11-22T05:04:05.5+02:00"), 1763780645);
    EXPECT_EQ(seconds("2025-11-21T22:04:05-05:00"), 1763780645);
    EXPECT_EQ(seconds("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(seconds("2016-12-31T23:59:60Z"), 1483228800) << "a leap second";
    for (const char *bad : {"", "now", "2025-11-22", "2025-11-22T03:04:05", "2025-11-22T03:04:05+2:00", "2025-11-22T03:04:05.Z",
             "2025-11-22T03:04:05ZZ", "2025-13-01T00:00:00Z", "2025-02-30T00:00:00Z", "2025-02-03T24:00:00Z", "2025/02/03T00:00:00Z",
             "2025-02-03T00:00:00+24:00", "-025-02-03T00:00:00Z", "2025-02-03T00:60:00Z", "2025-02-03T0x:00:00Z"})
        EXPECT_FALSE(fairway::parseRfc3339(bad)) << bad;
}

TEST(Clock, aTimeBeyondTheClockIsItsLastSecond)
{
    const auto late = fairway::parseRfc3339("5347-11-22T01:00:00Z");
    ASSERT_TRUE(late);
    EXPECT_EQ(fairway::formatRfc3339(*late).substr(0, 4), "2262");
    EXPECT_LT(*fairway::parseRfc3339("0001-01-01T00:00:00Z"), std::chrono::system_clock::time_point());
}
