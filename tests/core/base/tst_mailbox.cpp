#include "core/base/mailbox.h"

#include <gtest/gtest.h>

#include <thread>

using fairway::Mailbox;

TEST(Mailbox, keepsOrderAndEmptiesItself)
{
    Mailbox<int> box(3);
    EXPECT_TRUE(box.push(1));
    EXPECT_TRUE(box.push(2));
    EXPECT_EQ(box.takeAll(), (std::vector<int> {1, 2}));
    EXPECT_TRUE(box.takeAll().empty());
}

TEST(Mailbox, refusesWhenFullAndCountsIt)
{
    Mailbox<int> box(1);
    EXPECT_TRUE(box.push(1));
    EXPECT_FALSE(box.push(2));
    EXPECT_EQ(box.refused(), 1U);
    EXPECT_EQ(box.takeAll(), (std::vector<int> {1}));
    EXPECT_TRUE(box.push(3));
}

TEST(Mailbox, losesNothingBetweenThreads)
{
    static constexpr int PerThread = 20000;
    Mailbox<int> box(std::size_t {4} * PerThread);
    std::vector<std::thread> producers;
    for (int t = 0; t < 4; ++t) {
        producers.emplace_back([&box] {
            for (int i = 0; i < PerThread; ++i)
                ASSERT_TRUE(box.push(i));
        });
    }
    std::size_t seen = 0;
    while (seen < std::size_t {4} * PerThread) {
        seen += box.takeAll().size();
        std::this_thread::yield();
    }
    for (std::thread &producer : producers)
        producer.join();
    EXPECT_EQ(seen, std::size_t {4} * PerThread);
    EXPECT_EQ(box.refused(), 0U);
}
