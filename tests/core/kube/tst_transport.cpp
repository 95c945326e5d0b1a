#include "core/kube/transport.h"
#include "tests/core/kube/fake_api_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace fairway::kube {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::FakeApiServer;
using Request = FakeApiServer::Request;
using Reply = FakeApiServer::Reply;

class TransportTest : public testing::Test {
protected:
    void SetUp() override
    {
        auto created = Transport::create();
        ASSERT_TRUE(created) << created.error().message;
        transport = std::move(*created);
    }

    static HttpCall callTo(const FakeApiServer &server, const std::string &path = "/x")
    {
        HttpCall call;
        call.url = server.url() + path;
        return call;
    }

    std::shared_ptr<Transport> transport;
};

TEST_F(TransportTest, CarriesRequestAndAnswer)
{
    FakeApiServer server([](const Request &request, Reply &reply) { reply.json(201, request.method + request.body + request.headers.at("x-a"), "Warning: one\r\nWARNING: two\r\n"); });
    HttpCall call = callTo(server, "/a/b?c=%20d");
    call.method = "PATCH";
    call.body = std::string("a\0b", 3);
    call.headers = {{"X-A", "1"}};
    const auto answer = transport->perform(call);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->body, std::string("PATCHa\0b1", 9));
    EXPECT_EQ(answer->header("warning"), "one");
    EXPECT_EQ(std::count_if(answer->headers.begin(), answer->headers.end(), [](const auto &header) { return header.first == "warning"; }), 2);
    const Request seen = server.requests().at(0);
    EXPECT_EQ(seen.path, "/a/b");
    EXPECT_EQ(seen.parameter("c"), " d");
    EXPECT_TRUE(seen.headers.at("user-agent").starts_with("fairway/"));
    EXPECT_EQ(seen.headers.count("expect"), 0U);
}

TEST_F(TransportTest, KeepsConnections)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.json(200, "{}"); });
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(transport->perform(callTo(server)));
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(TransportTest, ManyThreadsAtOnceStayUnderTheBound)
{
    std::atomic<int> now {0};
    std::atomic<int> most {0};
    FakeApiServer server([&](const Request &, Reply &reply) {
        const int current = ++now;
        int seen = most;
        while (current > seen && !most.compare_exchange_weak(seen, current)) {
        }
        std::this_thread::sleep_for(2ms);
        --now;
        reply.json(200, "{}");
    });
    auto small = Transport::create({.maxConcurrent = 4, .maxQueued = 4096, .connectTimeout = 10s, .userAgent = {}});
    ASSERT_TRUE(small);
    std::vector<std::thread> threads;
    std::atomic<int> good {0};
    for (int i = 0; i < 16; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 10; ++k) {
                good += (*small)->perform(callTo(server)) ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(good, 160);
    EXPECT_LE(most, 4);
    EXPECT_LE(server.connections(), 4U);
}

TEST_F(TransportTest, TriesAgainAsTold)
{
    std::atomic<int> count {0};
    FakeApiServer server([&](const Request &, Reply &reply) {
        if (++count < 3) {
            reply.json(429, "{}", "Retry-After: 0\r\n");
        } else {
            reply.json(200, "{}");
        }
    });
    HttpCall call = callTo(server);
    call.method = "POST";
    call.body = "{}";
    const auto answer = transport->perform(call);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(count, 3);
    EXPECT_EQ(transport->counters().retries, 2U);
}

TEST_F(TransportTest, GivesUpTryingAgain)
{
    std::atomic<int> count {0};
    FakeApiServer server([&](const Request &request, Reply &reply) {
        ++count;
        reply.json(request.path == "/500" ? 500 : 503, "{}", request.path == "/wait" ? "Retry-After: 20\r\n" : request.path == "/now" ? "Retry-After: 0\r\n" : "");
    });
    EXPECT_EQ(transport->perform(callTo(server, "/now"))->status, 503);
    EXPECT_EQ(count, 5) << "once and four more";
    count = 0;
    HttpCall call = callTo(server, "/wait");
    call.timeout = 5s;
    EXPECT_EQ(transport->perform(call)->status, 503) << "the wait is beyond the deadline: the answer at hand says more";
    EXPECT_EQ(count, 1);
    count = 0;
    call = callTo(server, "/plain");
    call.method = "POST";
    EXPECT_EQ(transport->perform(call)->status, 503) << "without Retry-After a POST may have been carried out";
    EXPECT_EQ(count, 1);
}

TEST_F(TransportTest, OneLostConnectionIsTriedAgainForGet)
{
    std::atomic<int> count {0};
    FakeApiServer server([&](const Request &, Reply &reply) {
        if (++count == 1) {
            reply.cut();
        } else {
            reply.json(200, "{}");
        }
    });
    EXPECT_TRUE(transport->perform(callTo(server)));
    count = 0;
    HttpCall call = callTo(server);
    call.method = "POST";
    call.body = "x";
    const auto lost = transport->perform(call);
    // curl itself repeats on a connection that was kept from before, where the server can't have read the request.
    if (!lost) {
        EXPECT_EQ(lost.error().code, ErrorCode::Unreachable) << lost.error().message;
    }
}

TEST_F(TransportTest, NoAnswerInTime)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.hang(); });
    HttpCall call = callTo(server);
    call.timeout = 100ms;
    const auto answer = transport->perform(call);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::Timeout);
    EXPECT_NE(answer.error().message.find("127.0.0.1:"), std::string::npos);
}

TEST_F(TransportTest, Cancels)
{
    std::atomic<bool> isAsked {false};
    FakeApiServer server([&](const Request &, Reply &reply) {
        isAsked = true;
        reply.hang();
    });
    CancelSource source;
    Result<HttpAnswer> result;
    std::thread thread([&] { result = transport->perform(callTo(server), source.token()); });
    EXPECT_TRUE(eventually([&] { return isAsked.load(); }));
    source.cancel();
    thread.join();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(transport->perform(callTo(server), source.token()).error().code, ErrorCode::Cancelled) << "already cancelled";
}

TEST_F(TransportTest, BoundsTheAnswer)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.path == "/headers") {
            reply.raw("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 400; ++i) {
                reply.raw("X-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n");
            }
            reply.raw("Content-Length: 0\r\n\r\n");
            return;
        }
        reply.json(200, std::string(100000, 'x'));
    });
    HttpCall call = callTo(server);
    call.maxBodyBytes = 99999;
    EXPECT_EQ(transport->perform(call).error().code, ErrorCode::LimitExceeded);
    call.maxBodyBytes = 100000;
    EXPECT_TRUE(transport->perform(call));
    const auto headers = transport->perform(callTo(server, "/headers"));
    ASSERT_FALSE(headers);
}

TEST_F(TransportTest, UnpacksGzipWithinTheBound)
{
    // {"a":1}
    constexpr char small[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\x4a\x54\xb2\x32\xac\x05\x00\xaf\xac\x1b\x56\x07\x00\x00\x00";
    FakeApiServer server([&](const Request &request, Reply &reply) {
        EXPECT_EQ(request.headers.at("accept-encoding"), "gzip");
        reply.json(200, std::string_view(small, sizeof small - 1), "Content-Encoding: gzip\r\n");
    });
    HttpCall call = callTo(server);
    const auto answer = transport->perform(call);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "{\"a\":1}");
    call.maxBodyBytes = 6;
    EXPECT_EQ(transport->perform(call).error().code, ErrorCode::LimitExceeded);
}

TEST_F(TransportTest, BrokenAnswersAreNamed)
{
    FakeApiServer server([](const Request &request, Reply &reply) {
        if (request.path == "/short") {
            reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
            reply.cut();
        } else if (request.path == "/chunk") {
            reply.startChunked();
            reply.raw("5\r\nab");
            reply.cut();
        } else if (request.path == "/badchunk") {
            reply.startChunked();
            reply.raw("zz\r\n");
            reply.cut();
        } else {
            reply.raw("SSH-2.0-OpenSSH_9\r\n");
            reply.cut();
        }
    });
    for (const char *path : {"/short", "/chunk", "/badchunk", "/ssh"}) {
        HttpCall call = callTo(server, path);
        const auto answer = transport->perform(call);
        ASSERT_FALSE(answer) << path;
        EXPECT_EQ(answer.error().code, ErrorCode::ProtocolViolation) << path << ": " << answer.error().message;
    }
}

TEST_F(TransportTest, UnreachableServersAreNamed)
{
    int port = 0;
    {
        FakeApiServer gone([](const Request &, Reply &) {});
        port = gone.port();
    }
    HttpCall call;
    call.url = "http://127.0.0.1:" + std::to_string(port) + "/";
    auto answer = transport->perform(call);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::Unreachable);
    EXPECT_NE(answer.error().message.find("127.0.0.1:" + std::to_string(port)), std::string::npos);

    FakeApiServer plain([](const Request &, Reply &reply) { reply.json(200, "{}"); });
    call.url = "https://127.0.0.1:" + std::to_string(plain.port()) + "/";
    call.timeout = 300ms;
    answer = transport->perform(call);
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().code == ErrorCode::Unreachable || answer.error().code == ErrorCode::Timeout) << answer.error().message;

    call.url = "file:///etc/passwd";
    EXPECT_EQ(transport->perform(call).error().code, ErrorCode::InvalidInput);
    call.url = plain.url() + "/";
    call.headers = {{"X", "a\r\nY: b"}};
    EXPECT_EQ(transport->perform(call).error().code, ErrorCode::InvalidInput);
}

TEST_F(TransportTest, GoesThroughTheProxyOfTheKubeconfig)
{
    FakeApiServer proxy([](const Request &request, Reply &reply) { reply.json(200, request.path); });
    HttpCall call;
    call.url = "http://cluster.invalid:80/version";
    auto endpoint = std::make_shared<Endpoint>();
    endpoint->proxyUrl = proxy.url();
    call.endpoint = endpoint;
    const auto answer = transport->perform(call);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body.substr(0, 22), "http://cluster.invalid") << answer->body;
}

TEST_F(TransportTest, StreamsWithBackPressure)
{
    constexpr std::size_t total = 4 << 20;
    FakeApiServer server([](const Request &, Reply &reply) {
        reply.startChunked();
        for (std::size_t sent = 0; sent < total; sent += 4096) {
            reply.chunk(std::string(4096, 'x'));
        }
        reply.endChunked();
    });
    std::mutex mutex;
    std::size_t got = 0;
    std::atomic<int> pauses {0};
    std::atomic<bool> hasHead {false};
    std::optional<Result<HttpAnswer>> end;
    HttpCall call = callTo(server);
    int calls = 0;
    call.onHead = [&] { hasHead = true; };
    call.onBytes = [&](std::string_view bytes) {
        if (++calls % 7 == 0) {
            ++pauses;
            return false;
        }
        const std::scoped_lock lock(mutex);
        got += bytes.size();
        return true;
    };
    const CallId id = transport->start(call, [&](Result<HttpAnswer> result) {
        const std::scoped_lock lock(mutex);
        end = std::move(result);
    });
    EXPECT_TRUE(eventually([&] {
        transport->resume(id);
        const std::scoped_lock lock(mutex);
        return end.has_value();
    }));
    EXPECT_TRUE(hasHead);
    EXPECT_GT(pauses, 0);
    EXPECT_EQ(got, total);
    ASSERT_TRUE(end && *end);
    EXPECT_EQ((*end)->body, "");
}

TEST_F(TransportTest, SilentStreamsAreNoticed)
{
    FakeApiServer server([](const Request &, Reply &reply) {
        reply.startChunked();
        reply.chunk("hello");
        reply.hang();
    });
    std::atomic<int> bytes {0};
    std::mutex mutex;
    std::optional<Result<HttpAnswer>> end;
    HttpCall call = callTo(server);
    call.idleTimeout = 100ms;
    call.onBytes = [&](std::string_view text) {
        bytes += static_cast<int>(text.size());
        return true;
    };
    transport->start(call, [&](Result<HttpAnswer> result) {
        const std::scoped_lock lock(mutex);
        end = std::move(result);
    });
    ASSERT_TRUE(eventually([&] {
        const std::scoped_lock lock(mutex);
        return end.has_value();
    }));
    EXPECT_EQ(bytes, 5);
    ASSERT_FALSE(*end);
    EXPECT_EQ(end->error().code, ErrorCode::Timeout);
    EXPECT_NE(end->error().message.find("sent nothing"), std::string::npos);
}

TEST_F(TransportTest, RefusedStreamsKeepTheirBody)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.json(410, "{\"code\":410}"); });
    std::atomic<int> bytes {0};
    std::mutex mutex;
    std::optional<Result<HttpAnswer>> end;
    HttpCall call = callTo(server);
    call.onBytes = [&](std::string_view) {
        ++bytes;
        return true;
    };
    transport->start(call, [&](Result<HttpAnswer> result) {
        const std::scoped_lock lock(mutex);
        end = std::move(result);
    });
    ASSERT_TRUE(eventually([&] {
        const std::scoped_lock lock(mutex);
        return end.has_value();
    }));
    ASSERT_TRUE(*end);
    EXPECT_EQ((*end)->status, 410);
    EXPECT_EQ((*end)->body, "{\"code\":410}");
    EXPECT_EQ(bytes, 0);
}

TEST_F(TransportTest, EveryCallIsAnsweredAtTheEnd)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.hang(); });
    std::atomic<int> cancelled {0};
    for (int i = 0; i < 50; ++i) {
        transport->start(callTo(server), [&](Result<HttpAnswer> result) {
            cancelled += !result && result.error().code == ErrorCode::Cancelled ? 1 : 0;
        });
    }
    transport.reset();
    EXPECT_EQ(cancelled, 50);
}

TEST_F(TransportTest, MayGoInItsOwnCallback)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.json(200, "{}"); });
    std::atomic<bool> isDone {false};
    Transport *raw = transport.get();
    raw->start(callTo(server), [held = std::move(transport), &isDone](Result<HttpAnswer>) mutable {
        held.reset();
        isDone = true;
    });
    EXPECT_TRUE(eventually([&] { return isDone.load(); }));
}

TEST_F(TransportTest, FullQueueIsRefused)
{
    FakeApiServer server([](const Request &, Reply &reply) { reply.hang(); });
    auto small = Transport::create({.maxConcurrent = 1, .maxQueued = 2, .connectTimeout = 10s, .userAgent = {}});
    ASSERT_TRUE(small);
    std::atomic<int> refused {0};
    for (int i = 0; i < 20; ++i) {
        (*small)->start(callTo(server), [&](Result<HttpAnswer> result) { refused += !result && result.error().code == ErrorCode::LimitExceeded ? 1 : 0; });
    }
    EXPECT_GE(refused, 17);
    EXPECT_EQ((*small)->counters().refused, static_cast<std::uint64_t>(refused.load()));
}

} // namespace
} // namespace fairway::kube
