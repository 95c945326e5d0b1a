#include "core/engine/task_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

using namespace std::chrono_literals;
using fairway::engine::TaskThread;

TEST(TaskThread, oneThreadKeepsTheOrder)
{
    TaskThread thread;
    std::vector<int> seen;
    std::promise<void> done;
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(thread.post([&seen, i] { seen.push_back(i); }));
    EXPECT_TRUE(thread.post([&done] { done.set_value(); }));
    done.get_future().wait();
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
}

TEST(TaskThread, laterTasksComeInTheOrderOfTheirTimes)
{
    TaskThread thread;
    std::vector<int> seen;
    std::promise<void> done;
    EXPECT_TRUE(thread.postLater(20ms, [&] {
        seen.push_back(2);
        done.set_value();
    }));
    EXPECT_TRUE(thread.postLater(1ms, [&] { seen.push_back(1); }));
    done.get_future().wait();
    EXPECT_EQ(seen, (std::vector<int> {1, 2}));
}

TEST(TaskThread, stopCancelsWhatBlocksAndDropsWhatWaits)
{
    TaskThread thread;
    std::promise<void> begun;
    std::atomic<int> ran {0};
    EXPECT_TRUE(thread.post([&] {
        std::promise<void> cancelled;
        const auto registration = thread.token().onCancel([&] { cancelled.set_value(); });
        begun.set_value();
        cancelled.get_future().wait();
    }));
    EXPECT_TRUE(thread.post([&] { ++ran; }));
    begun.get_future().wait();
    thread.stop();
    EXPECT_EQ(ran.load(), 0);
    EXPECT_FALSE(thread.post([] { }));
}
