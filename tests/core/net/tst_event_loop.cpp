#include "core/net/event_loop.h"
#include "core/net/socket.h"

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace fairway::net {
namespace {

std::unique_ptr<EventLoop> makeLoop()
{
    auto loop = EventLoop::create();
    EXPECT_TRUE(loop.has_value());
    return std::move(*loop);
}

TEST(EventLoop, runsPostedFunctionsInOrder)
{
    const auto loop = makeLoop();
    std::string order;
    std::thread other([&] {
        for (const char c : std::string("abc")) {
            loop->post([&order, c] { order += c; });
        }
        loop->post([&loop] { loop->stop(); });
    });
    loop->run();
    other.join();
    EXPECT_EQ(order, "abc");
}

TEST(EventLoop, runsWhatWasPostedBeforeTheStop)
{
    const auto loop = makeLoop();
    bool hasRun = false;
    loop->post([&] { hasRun = true; });
    loop->stop();
    loop->run();
    EXPECT_TRUE(hasRun);
}

TEST(EventLoop, takesFunctionsPostedFromFunctions)
{
    const auto loop = makeLoop();
    int depth = 0;
    std::function<void()> again = [&] {
        if (++depth < 100) {
            loop->post(again);
        } else {
            loop->stop();
        }
    };
    loop->post(again);
    loop->run();
    EXPECT_EQ(depth, 100);
}

TEST(EventLoop, firesTimersInTheOrderOfTheirTime)
{
    const auto loop = makeLoop();
    std::string order;
    // Far enough apart that a pause between these lines changes nothing.
    loop->startTimer(std::chrono::milliseconds {200}, [&] {
        order += 'c';
        loop->stop();
    });
    const auto cancelled = loop->startTimer(std::chrono::milliseconds {150}, [&] { order += 'x'; });
    loop->startTimer(std::chrono::milliseconds {100}, [&] { order += 'b'; });
    loop->startTimer(std::chrono::milliseconds {0}, [&] { order += 'a'; });
    loop->cancelTimer(cancelled);
    loop->cancelTimer(12345);
    loop->run();
    EXPECT_EQ(order, "abc");
}

struct PipeWatcher : Watcher {
    EventLoop *loop = nullptr;
    PipeWatcher *other = nullptr;
    int fd = -1;
    int calls = 0;
};

TEST(EventLoop, dropsFetchedEventsOfARemovedWatcher)
{
    // Both pipes are readable in the same turn; whoever comes first removes the other.
    const auto loop = makeLoop();
    int first[2];
    int second[2];
    ASSERT_EQ(::pipe(first), 0);
    ASSERT_EQ(::pipe(second), 0);
    PipeWatcher a;
    PipeWatcher b;
    const auto onEvents = [](Watcher &self, std::uint32_t) {
        auto &own = static_cast<PipeWatcher &>(self);
        ++own.calls;
        own.loop->remove(own.other->fd, *own.other);
        own.loop->stop();
    };
    for (PipeWatcher *const watcher : {&a, &b}) {
        watcher->loop = loop.get();
        watcher->other = watcher == &a ? &b : &a;
        watcher->fd = watcher == &a ? first[0] : second[0];
        watcher->onEvents = onEvents;
        ASSERT_TRUE(loop->add(watcher->fd, EPOLLIN, *watcher).has_value());
    }
    ASSERT_EQ(::write(first[1], "x", 1), 1);
    ASSERT_EQ(::write(second[1], "x", 1), 1);
    loop->run();
    EXPECT_EQ(a.calls + b.calls, 1);
    for (const int fd : {first[0], first[1], second[0], second[1]}) {
        ::close(fd);
    }
}

TEST(EventLoop, knowsItsThread)
{
    const auto loop = makeLoop();
    EXPECT_FALSE(loop->isInLoopThread());
    bool isInside = false;
    loop->post([&] {
        isInside = loop->isInLoopThread();
        loop->stop();
    });
    std::thread runner([&] { loop->run(); });
    runner.join();
    EXPECT_TRUE(isInside);
}

struct AddressRow {
    const char *text;
    const char *outcome; ///< Empty: refused.
};

TEST(SocketAddress, readsNumericAddressesOnly)
{
    const AddressRow rows[] = {
        {"127.0.0.1:80", "127.0.0.1:80"},
        {"[::1]:80", "[::1]:80"},
        {":80", "0.0.0.0:80"},
        {"*:80", "0.0.0.0:80"},
        {"127.0.0.1:0", "127.0.0.1:0"},
        {"127.0.0.1:65536", ""},
        {"127.0.0.1:-1", ""},
        {"127.0.0.1:8x", ""},
        {"127.0.0.1:", ""},
        {"127.0.0.1", ""},
        {"::1:80", ""},
        {"localhost:80", ""},
        {"", ""},
    };
    for (const AddressRow &row : rows) {
        const auto address = SocketAddress::parse(row.text);
        EXPECT_EQ(address ? address->toString() : "", row.outcome) << row.text;
    }
}

TEST(Sockets, connectAndTellWhyNot)
{
    const auto listener = listenTcp(SocketAddress::loopback(0));
    ASSERT_TRUE(listener.has_value());
    const auto address = localAddress(listener->get());
    ASSERT_TRUE(address.has_value());
    EXPECT_NE(address->port(), 0);
    auto client = connectTcp(*address);
    ASSERT_TRUE(client.has_value());
    EXPECT_TRUE(connectOutcome(client->get()).has_value());
    const auto taken = listenTcp(*address, {.backlog = 1, .reusePort = false});
    ASSERT_FALSE(taken.has_value());
    EXPECT_NE(taken.error().message.find(address->toString()), std::string::npos);
    EXPECT_FALSE(resolve("no such host.invalid", 1).has_value());
    EXPECT_EQ(resolve("127.0.0.1", 7)->front().toString(), "127.0.0.1:7");
}

} // namespace
} // namespace fairway::net
