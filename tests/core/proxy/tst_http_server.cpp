#include "core/proxy/http_server.h"

#include "tests/core/proxy/test_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

namespace fairway::proxy {
namespace {

using testing::TestClient;

std::unique_ptr<HttpServer> startServer(HttpHandler handler, HttpServerOptions options = {})
{
    auto server = HttpServer::start(std::move(options), std::move(handler));
    EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message);
    return server ? std::move(*server) : nullptr;
}

/// Answers with what it was asked: "METHOD path?query body".
void echo(HttpRequest request, const std::shared_ptr<HttpResponder> &responder)
{
    responder->send(200, {{"X-Seen", std::string(request.header("x-probe"))}}, request.method + " " + request.path + "?" + request.query + " " + request.body);
}

std::string bodyOf(const std::string &answer)
{
    const auto end = answer.find("\r\n\r\n");
    return end == std::string::npos ? std::string {} : answer.substr(end + 4);
}

/// A flag others wait for.
class Signal {
public:
    void raise()
    {
        const std::scoped_lock lock(m_mutex);
        m_isRaised = true;
        m_changed.notify_all();
    }
    bool wait()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds {10}, [this] { return m_isRaised; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isRaised = false;
};

TEST(HttpServer, answersOverKeepAlive)
{
    const auto server = startServer(&echo);
    TestClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        client.send("GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nX-Probe: 7\r\n\r\n");
        const std::string answer = client.receiveAnswer();
        EXPECT_EQ(bodyOf(answer), "GET /a/b?c=d ");
        EXPECT_NE(answer.find("X-Seen: 7\r\n"), std::string::npos);
    }
    EXPECT_EQ(server->stats().connections, 1u);
    EXPECT_EQ(server->stats().requests, 3u);
}

TEST(HttpServer, answersPipelinedRequestsInOrder)
{
    const auto server = startServer(&echo);
    TestClient client(server->port());
    std::string requests;
    constexpr int count = 5000; // Deep enough to notice a recursion per request.
    for (int i = 0; i < count; ++i) {
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }
    std::thread sender([&] { client.send(requests); });
    for (int i = 0; i < count; ++i) {
        ASSERT_EQ(bodyOf(client.receiveAnswer()), "GET /" + std::to_string(i) + "? ");
    }
    sender.join();
}

TEST(HttpServer, readsBodiesInEveryFraming)
{
    const auto server = startServer(&echo);
    struct Row {
        const char *name;
        std::string request;
        std::string body;
    };
    const Row rows[] = {
        {"length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", "POST /? hello"},
        {"chunked", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: v\r\n\r\n", "POST /? hello"},
        {"empty", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "POST /? "},
    };
    for (const Row &row : rows) {
        for (std::size_t cut = 1; cut < row.request.size(); cut += 7) {
            TestClient client(server->port());
            client.send(row.request.substr(0, cut));
            client.send(row.request.substr(cut));
            EXPECT_EQ(bodyOf(client.receiveAnswer()), row.body) << row.name;
        }
    }
}

TEST(HttpServer, saysContinueBeforeTheBody)
{
    const auto server = startServer(&echo);
    TestClient client(server->port());
    client.send("PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "PUT /x? ok");
}

TEST(HttpServer, refusesWhatIsMalformedOrTooLarge)
{
    HttpServerOptions options;
    options.maxBodyBytes = 100;
    const auto server = startServer(&echo, options);
    struct Row {
        const char *request;
        const char *status;
    };
    const Row rows[] = {
        {"GET / HTTP/1.1\r\n\r\n", "400"},
        {"GET /\r\nHost: x\r\n\r\n", "400"},
        {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", "505"},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n", "413"},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "501"},
    };
    for (const Row &row : rows) {
        TestClient client(server->port());
        client.send(row.request);
        const std::string answer = client.receiveToEnd();
        EXPECT_EQ(answer.substr(0, 12), std::string("HTTP/1.1 ") + row.status) << row.request;
        EXPECT_NE(answer.find("Connection: close"), std::string::npos);
        EXPECT_TRUE(client.isClosed());
    }
    EXPECT_EQ(server->stats().rejected, std::size(rows));
}

TEST(HttpServer, leavesOutBodiesWhereTheyAreForbidden)
{
    const auto server = startServer([](HttpRequest request, const auto &responder) {
        if (request.path == "/stream") {
            responder->startStream(200, {});
            EXPECT_TRUE(responder->write("hidden"));
            responder->end();
        } else {
            responder->send(request.path == "/204" ? 204 : 200, {}, "hidden");
        }
    });
    TestClient client(server->port());
    client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.receiveAnswer(true).find("Content-Length: 6"), std::string::npos);
    client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.receiveAnswer(true).find("chunked"), std::string::npos);
    client.send("GET /204 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer().find("Content-Length"), std::string::npos);
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "hidden");
}

TEST(HttpServer, streamsEachWriteAtOnce)
{
    std::shared_ptr<HttpResponder> stream;
    Signal started;
    const auto server = startServer([&](HttpRequest, const auto &responder) {
        responder->startStream(200, {{"Content-Type", "application/json"}});
        stream = responder;
        started.raise();
    });
    TestClient client(server->port());
    client.send("GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(started.wait());
    ASSERT_TRUE(client.receiveText("\r\n\r\n"));
    for (int i = 0; i < 20; ++i) {
        const std::string line = "event " + std::to_string(i) + "\n";
        ASSERT_TRUE(stream->write(line));
        ASSERT_TRUE(client.receiveText(line + "\r\n")) << "the chunk before is not waited for";
    }
    stream->end();
    ASSERT_TRUE(client.receiveText("0\r\n\r\n"));
    EXPECT_FALSE(stream->write("late"));
}

TEST(HttpServer, tellsWhenTheClientOfAStreamLeaves)
{
    Signal closed;
    std::shared_ptr<HttpResponder> stream;
    Signal started;
    const auto server = startServer([&](HttpRequest, const auto &responder) {
        responder->startStream(200, {});
        responder->onClosed([&] { closed.raise(); });
        stream = responder;
        started.raise();
    });
    {
        TestClient client(server->port());
        client.send("GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");
        ASSERT_TRUE(started.wait());
        ASSERT_TRUE(client.receiveText("\r\n\r\n"));
    }
    ASSERT_TRUE(closed.wait());
    EXPECT_FALSE(stream->write("x"));
    EXPECT_TRUE(stream->isClosed());
    bool isToldAtOnce = false;
    stream->onClosed([&] { isToldAtOnce = true; });
    EXPECT_TRUE(isToldAtOnce);
}

TEST(HttpServer, boundsWhatASlowClientLeavesBehind)
{
    HttpServerOptions options;
    options.maxBufferedBytes = 256 * 1024;
    std::shared_ptr<HttpResponder> stream;
    Signal started;
    Signal drained;
    const auto server = startServer(
        [&](HttpRequest, const auto &responder) {
            responder->startStream(200, {});
            responder->onDrained([&] { drained.raise(); });
            stream = responder;
            started.raise();
        },
        options);
    TestClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(started.wait());
    const std::string chunk(64 * 1024, 'x');
    std::size_t accepted = 0;
    while (stream->write(chunk) && accepted < (std::size_t {1} << 30)) {
        accepted += chunk.size();
    }
    EXPECT_LT(accepted, std::size_t {1} << 30) << "the buffer has no bound";
    EXPECT_LE(stream->bufferedBytes(), options.maxBufferedBytes);
    ASSERT_TRUE(client.receiveUntil([&](const std::string &all) { return all.size() > accepted; }));
    EXPECT_TRUE(drained.wait());
    EXPECT_TRUE(stream->write("on it goes"));
    ASSERT_TRUE(client.receiveText("on it goes"));
}

TEST(HttpServer, abortsWithResetAndCutsUnfinishedStreams)
{
    const auto server = startServer([&](HttpRequest request, const auto &responder) {
        if (request.path == "/abort") {
            responder->abort();
        } else if (request.path == "/cut") {
            responder->startStream(200, {});
            EXPECT_TRUE(responder->write("half"));
        } // else: dropped without an answer
    });
    TestClient aborted(server->port());
    aborted.send("GET /abort HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(aborted.receiveToEnd(), "");
    EXPECT_TRUE(aborted.isReset());
    TestClient cut(server->port());
    cut.send("GET /cut HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(cut.receiveToEnd().find("0\r\n\r\n"), std::string::npos);
    TestClient dropped(server->port());
    dropped.send("GET /drop HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(dropped.receiveAnswer().substr(0, 12), "HTTP/1.1 500");
}

TEST(HttpServer, answersClientsOfVersion10)
{
    const auto server = startServer([](HttpRequest request, const auto &responder) {
        if (request.path == "/stream") {
            responder->startStream(200, {});
            EXPECT_TRUE(responder->write("all of it"));
            responder->end();
        } else {
            responder->send(200, {}, "old");
        }
    });
    TestClient client(server->port());
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "old");
    client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(bodyOf(client.receiveToEnd()), "all of it");
}

TEST(HttpServer, answersAfterTheClientClosedItsSendingSide)
{
    const auto server = startServer(&echo);
    TestClient client(server->port());
    client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
    client.shutdownSending();
    EXPECT_EQ(bodyOf(client.receiveToEnd()), "GET /x? ");
}

TEST(HttpServer, answersFromOtherThreads)
{
    std::mutex mutex;
    std::vector<std::thread> threads;
    const auto server = startServer([&](HttpRequest request, const auto &responder) {
        const std::scoped_lock lock(mutex);
        threads.emplace_back([responder, path = request.path] { responder->send(200, {}, path); });
    });
    std::vector<std::unique_ptr<TestClient>> clients;
    for (int i = 0; i < 50; ++i) {
        clients.push_back(std::make_unique<TestClient>(server->port()));
        clients.back()->send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(bodyOf(clients[static_cast<std::size_t>(i)]->receiveAnswer()), "/" + std::to_string(i));
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST(HttpServer, servesTls)
{
    const auto authority = net::SelfSignedAuthority::create();
    ASSERT_TRUE(authority.has_value());
    const auto certificate = authority->issueServer();
    ASSERT_TRUE(certificate.has_value());
    HttpServerOptions options;
    options.tls = net::TlsServerOptions {certificate->certificatePem, certificate->keyPem, {"http/1.1"}, authority->certificatePem()};
    const auto server = startServer(
        [](HttpRequest request, const auto &responder) {
            responder->send(200, {}, (request.isTls ? "tls " : "plain ") + request.clientCertificateName + " " + std::to_string(request.body.size()) + std::string(300'000, 'z'));
        },
        options);
    const auto person = authority->issueClient("ada", {"system:masters"});
    ASSERT_TRUE(person.has_value());
    const auto context = net::TlsContext::forClient({authority->certificatePem(), true, {"h2", "http/1.1"}, person->certificatePem, person->keyPem});
    ASSERT_TRUE(context.has_value());
    TestClient client(server->port());
    ASSERT_TRUE(client.startTls(*context, "127.0.0.1"));
    EXPECT_EQ(client.tls().alpn(), "http/1.1");
    for (int i = 0; i < 3; ++i) {
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + std::string(200'000, 'y'));
        const std::string body = bodyOf(client.receiveAnswer());
        EXPECT_EQ(body.substr(0, 14), "tls ada 200000");
        EXPECT_EQ(body.size(), 300'014u);
    }
}

TEST(HttpServer, holdsThousandsOfConnections)
{
    HttpServerOptions options;
    options.threads = 2;
    const auto server = startServer(&echo, options);
    std::vector<std::unique_ptr<TestClient>> clients;
    for (int i = 0; i < 2000; ++i) {
        clients.push_back(std::make_unique<TestClient>(server->port()));
        if (!clients.back()->isConnected()) {
            clients.pop_back();
            break; // The limit of open files; what is there must work.
        }
    }
    ASSERT_GT(clients.size(), 100u);
    for (const auto &client : clients) {
        client->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (const auto &client : clients) {
        ASSERT_EQ(bodyOf(client->receiveAnswer()), "GET /? ");
    }
}

/// Copies of every socket this process has, as a child has between fork and exec.
class CopiedSockets {
public:
    CopiedSockets()
    {
        std::vector<int> sockets;
        for (int fd = 3; fd < 1024; ++fd) {
            struct stat about {};
            if (::fstat(fd, &about) == 0 && S_ISSOCK(about.st_mode)) {
                sockets.push_back(fd);
            }
        }
        for (const int fd : sockets) {
            if (net::FileDescriptor copy(::fcntl(fd, F_DUPFD_CLOEXEC, 0)); copy.isValid()) {
                m_copies.push_back(std::move(copy));
            }
        }
    }
    [[nodiscard]] std::size_t size() const { return m_copies.size(); }

private:
    std::vector<net::FileDescriptor> m_copies;
};

TEST(HttpServer, isDoneWithAConnectionWhoseSocketAChildStillHolds)
{
    HttpServerOptions options;
    options.idleTimeout = std::chrono::milliseconds {1};
    std::optional<CopiedSockets> copies; // Made in the server's thread, which closes what is copied.
    const auto server = startServer(
        [&copies](HttpRequest request, const std::shared_ptr<HttpResponder> &responder) {
            if (request.path == "/copied") {
                copies.emplace();
                EXPECT_GE(copies->size(), 2u);
            }
            echo(std::move(request), responder);
        },
        options);
    TestClient client(server->port());
    client.send("GET /copied HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(bodyOf(client.receiveAnswer()), "GET /copied? ");
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds {10};
    while (server->stats().active > 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
    }
    ASSERT_EQ(server->stats().active, 0u) << "the server should have closed it for being idle";
    client.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n"); // Arrives: the copy keeps the connection.
    TestClient other(server->port());
    other.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(bodyOf(other.receiveAnswer()), "GET /other? ");
    EXPECT_EQ(server->stats().requests, 2u);
}

TEST(HttpServer, stopsWithClientsConnected)
{
    std::shared_ptr<HttpResponder> stream;
    std::atomic<int> closed {0};
    Signal started;
    auto server = startServer([&](HttpRequest, const auto &responder) {
        responder->startStream(200, {});
        responder->onClosed([&] { ++closed; });
        stream = responder;
        started.raise();
    });
    TestClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(started.wait());
    server->stop();
    EXPECT_EQ(closed, 1);
    EXPECT_FALSE(stream->write("x"));
    server.reset();
    EXPECT_FALSE(stream->write("x"));
    client.receiveToEnd();
    EXPECT_TRUE(client.isClosed());
    EXPECT_FALSE(TestClient(1).isConnected());
}

TEST(HttpServer, refusesAnAddressItCantHave)
{
    const auto server = startServer(&echo);
    HttpServerOptions options;
    options.port = server->port();
    const auto second = HttpServer::start(options, &echo);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::Unreachable);
    EXPECT_NE(second.error().message.find(std::to_string(server->port())), std::string::npos);
}

} // namespace
} // namespace fairway::proxy
