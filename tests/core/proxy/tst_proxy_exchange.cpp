#include "core/http/body_decoder.h"
#include "core/http/serializer.h"
#include "tests/core/proxy/proxy_fixture.h"

namespace fairway::proxy {
namespace {

using namespace testing;

TEST(ProxyExchange, keepsHostAndDropsFieldsOfTheHop)
{
    std::string seen;
    RawServer server([&](RawPeer &peer, int) {
        seen = peer.readHead();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Kept: 2\r\n\r\nhi");
        peer.readHead();
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send("GET /a?b HTTP/1.1\r\nHost: shop.example\r\nConnection: keep-alive, X-Own\r\nX-Own: 1\r\nX-Kept: 1\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(), "HTTP/1.1 200 OK\r\nX-Kept: 2\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_EQ(seen, "GET /a?b HTTP/1.1\r\nHost: shop.example\r\nX-Kept: 1\r\n\r\n");
}

TEST(ProxyExchange, usesOneUpstreamConnectionForManyRequests)
{
    const auto server = named("up");
    const auto proxy = startProxy(configFor({destination("up", 1, server->port())}));
    TestClient client(proxy->port());
    for (int i = 0; i < 20; ++i) {
        client.send(getSlash);
        EXPECT_EQ(bodyOf(client.receiveAnswer()), "up");
    }
    EXPECT_EQ(server->stats().connections, 1u);
    ASSERT_TRUE(eventually([&] { return proxy->stats().destinations[0].idleConnections == 1; }));
    const DestinationStats stats = proxy->stats().destinations[0];
    EXPECT_EQ(stats.requests, 20u);
    EXPECT_EQ(stats.byClass[2], 20u);
    EXPECT_EQ(stats.connectionsOpened, 1u);
    EXPECT_EQ(stats.connectionsReused, 19u);
    EXPECT_EQ(stats.active, 0u);
    EXPECT_EQ(stats.latency.total, 20u);
}

TEST(ProxyExchange, answersPipelinedRequestsInOrder)
{
    const auto server = startServer([](HttpRequest request, const auto &responder) { responder->send(200, {}, request.path); });
    const auto proxy = startProxy(configFor({destination("up", 1, server->port())}));
    TestClient client(proxy->port());
    std::string requests;
    for (int i = 0; i < 500; ++i) {
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }
    client.send(requests);
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(bodyOf(client.receiveAnswer()), "/" + std::to_string(i));
    }
    EXPECT_EQ(server->stats().connections, 1u) << "no upstream pipelining, no second connection";
}

TEST(ProxyExchange, passesLargeBodiesBothWays)
{
    const auto server = startServer([](HttpRequest request, const auto &responder) {
        if (request.path == "/chunked") {
            responder->startStream(200, {});
            EXPECT_TRUE(responder->write(request.body));
            responder->end();
        } else {
            responder->send(200, {}, std::move(request.body));
        }
    });
    const auto proxy = startProxy(configFor({destination("up", 1, server->port())}));
    std::string body;
    for (int i = 0; body.size() < (6u << 20); ++i) {
        body += std::to_string(i) + " ";
    }
    for (const char *const path : {"/length", "/chunked"}) {
        for (const bool isChunked : {false, true}) {
            TestClient client(proxy->port());
            std::string request = std::string("POST ") + path + " HTTP/1.1\r\nHost: x\r\n";
            if (isChunked) {
                request += "Transfer-Encoding: chunked\r\n\r\n";
                for (std::size_t at = 0; at < body.size(); at += 100'000) {
                    const std::string piece = body.substr(at, 100'000);
                    std::array<char, 20> memory;
                    http::Writer out(memory);
                    http::writeChunkStart(out, piece.size());
                    request += std::string(out.written()) + piece + "\r\n";
                }
                request += "0\r\n\r\n";
            } else {
                request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
            }
            std::thread sender([&] { client.send(request); });
            std::string received;
            if (std::string_view(path) == "/length") {
                received = bodyOf(client.receiveAnswer());
            } else {
                client.receiveUntil([](const std::string &all) { return all.ends_with("\r\n0\r\n\r\n"); });
                http::BodyDecoder decoder;
                decoder.start({http::BodyKind::Chunked, 0});
                std::string wire = bodyOf(client.received());
                std::string_view rest = wire;
                while (!decoder.isFinished() && !rest.empty()) {
                    const auto step = decoder.next(rest);
                    ASSERT_TRUE(step.has_value());
                    received += step->body;
                    rest.remove_prefix(step->consumed);
                }
            }
            sender.join();
            EXPECT_TRUE(received == body) << path << (isChunked ? " chunked" : " length") << " " << received.size();
        }
    }
}

TEST(ProxyExchange, stopsReadingForAClientThatDoesNotRead)
{
    std::atomic<std::size_t> sent {0};
    RawServer server([&](RawPeer &peer, int) {
        peer.readHead();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
        const std::string piece(65536, 'x');
        for (std::size_t total = 0; total < (std::size_t {1} << 30); total += piece.size()) {
            peer.send(piece);
            sent += piece.size();
        }
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send(getSlash);
    ASSERT_TRUE(client.receiveText("\r\n\r\n"));
    // Still when three looks in a row see no progress.
    std::size_t last = 0;
    int still = 0;
    ASSERT_TRUE(eventually([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds {20});
        still = sent == last ? still + 1 : 0;
        last = sent;
        return still == 3;
    }));
    EXPECT_LT(sent.load(), std::size_t {64} << 20) << "what a client does not read stays with the endpoint";
    client.close();
}

struct FailureRow {
    const char *name;
    const char *answer; ///< What the endpoint sends before it closes.
    const char *status;
};

TEST(ProxyExchange, makesAGatewayErrorOfABrokenEndpoint)
{
    const FailureRow rows[] = {
        {"no answer at all", "", "502"},
        {"cut in the head", "HTTP/1.1 200 OK\r\nX: y\r\n", "502"},
        {"garbage", "\x01\x02\x03 hello\r\n\r\n", "502"},
        {"two framings", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx", "502"},
        {"an upgrade nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "502"},
    };
    for (const FailureRow &row : rows) {
        RawServer server([&](RawPeer &peer, int) {
            peer.readHead();
            peer.send(row.answer);
        });
        const auto proxy = proxyTo(server);
        TestClient client(proxy->port());
        client.send(getSlash + getSlash);
        EXPECT_EQ(statusOf(client.receiveAnswer()), row.status) << row.name;
        EXPECT_EQ(statusOf(client.receiveAnswer()), row.status) << row.name << ": the client's connection lives on";
        EXPECT_TRUE(eventually([&] { return proxy->stats().destinations[0].resets == 2; })) << row.name;
        EXPECT_EQ(proxy->stats().destinations[0].byClass[0], 2u) << row.name;
    }
}

TEST(ProxyExchange, cutsTheAnswerWhenTheEndpointCutsIt)
{
    const char *const answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
    };
    for (const char *const answer : answers) {
        RawServer server([&](RawPeer &peer, int) {
            peer.readHead();
            peer.send(answer);
        });
        const auto proxy = proxyTo(server);
        TestClient client(proxy->port());
        client.send(getSlash);
        const std::string received = client.receiveToEnd();
        EXPECT_EQ(statusOf(received), "200");
        EXPECT_NE(received.find("hello"), std::string::npos);
        EXPECT_EQ(received.find("0\r\n\r\n", received.find("hello")), std::string::npos) << "the end must not look regular";
    }
}

TEST(ProxyExchange, neverServesSurplusBytesToAnybody)
{
    RawServer server([](RawPeer &peer, int) {
        while (!peer.readHead().empty()) {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
        }
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    for (int i = 0; i < 5; ++i) {
        client.send(getSlash);
        EXPECT_EQ(bodyOf(client.receiveAnswer()), "ok");
    }
}

TEST(ProxyExchange, repeatsOnlyWhatMayBeRepeated)
{
    // Serves one request a connection, then closes on the next one without a word: the pooled connection looks alive.
    RawServer server([](RawPeer &peer, int) {
        peer.readHead();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        peer.readHead();
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send(getSlash);
    EXPECT_EQ(statusOf(client.receiveAnswer()), "200");
    client.send(getSlash);
    EXPECT_EQ(statusOf(client.receiveAnswer()), "200");
    EXPECT_EQ(proxy->stats().destinations[0].retries, 1u);
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(statusOf(client.receiveAnswer()), "502");
    EXPECT_EQ(proxy->stats().destinations[0].retries, 1u);
    EXPECT_EQ(proxy->stats().destinations[0].requests, 3u) << "a second try is no second request";
}

TEST(ProxyExchange, passesInterimAnswersOn)
{
    RawServer server([](RawPeer &peer, int) {
        while (!peer.readHead().empty()) {
            peer.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send(getSlash);
    EXPECT_EQ(client.receiveAnswer(), "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
    EXPECT_EQ(statusOf(client.receiveAnswer()), "200");
    TestClient old(proxy->port());
    old.send("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(statusOf(old.receiveToEnd()), "200") << "HTTP/1.0 knows no interim answers";
}

TEST(ProxyExchange, waitsForTheEndpointToExpectABody)
{
    RawServer server([](RawPeer &peer, int) {
        EXPECT_NE(peer.readHead().find("Expect: 100-continue"), std::string::npos);
        peer.send("HTTP/1.1 100 Continue\r\n\r\n");
        EXPECT_EQ(peer.readTo("body"), "body");
        peer.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        peer.readHead();
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    EXPECT_EQ(statusOf(client.receiveAnswer()), "201");
}

TEST(ProxyExchange, closesAfterAnAnswerThatCameBeforeTheBody)
{
    RawServer server([](RawPeer &peer, int) {
        peer.readHead();
        peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n");
        peer.readHead();
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nbegun");
    const std::string answer = client.receiveToEnd();
    EXPECT_EQ(statusOf(answer), "413");
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
}

TEST(ProxyExchange, knowsAnswersWithoutBodies)
{
    RawServer server([](RawPeer &peer, int) {
        for (std::string head = peer.readHead(); !head.empty(); head = peer.readHead()) {
            if (head.starts_with("HEAD /length")) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
            } else if (head.starts_with("HEAD")) {
                peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            } else if (head.starts_with("GET /304")) {
                peer.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
            } else {
                peer.send("HTTP/1.1 204 No Content\r\n\r\n");
            }
        }
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send("HEAD /length HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(true), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    client.send("HEAD /chunked HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(true), "HTTP/1.1 200 OK\r\n\r\n");
    client.send("GET /304 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(true), "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
    client.send("GET /204 HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.receiveAnswer(), "HTTP/1.1 204 No Content\r\n\r\n");
    EXPECT_EQ(proxy->stats().destinations[0].connectionsOpened, 1u);
}

TEST(ProxyExchange, servesClientsOfVersion10)
{
    const auto server = startServer([](HttpRequest, const auto &responder) {
        responder->startStream(200, {});
        EXPECT_TRUE(responder->write("streamed"));
        responder->end();
    });
    const auto proxy = startProxy(configFor({destination("up", 1, server->port())}));
    TestClient client(proxy->port());
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const std::string answer = client.receiveToEnd();
    EXPECT_EQ(bodyOf(answer), "streamed");
    EXPECT_EQ(answer.find("chunked"), std::string::npos);
}

TEST(ProxyExchange, givesAnEndlessBodyAnEnd)
{
    RawServer server([](RawPeer &peer, int) {
        peer.readHead();
        peer.send("HTTP/1.1 200 OK\r\n\r\nuntil I close");
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    client.send(getSlash);
    ASSERT_TRUE(client.receiveUntil([](const std::string &all) { return all.ends_with("0\r\n\r\n"); }));
    EXPECT_EQ(bodyOf(client.received()), "d\r\nuntil I close\r\n0\r\n\r\n");
}

TEST(ProxyExchange, tunnelsAnUpgradedConnection)
{
    RawServer server([](RawPeer &peer, int) {
        EXPECT_NE(peer.readHead().find("Upgrade: websocket"), std::string::npos);
        peer.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nwelcome;");
        for (std::string line = peer.readTo(";"); !line.empty(); line = peer.readTo(";")) {
            peer.send("echo " + line);
        }
    });
    const auto proxy = proxyTo(server);
    TestClient client(proxy->port());
    // The first words follow the request at once, before the answer is known.
    client.send("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly;");
    ASSERT_TRUE(client.receiveText("echo early;"));
    EXPECT_NE(client.received().find("101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nwelcome;"), std::string::npos);
    for (int i = 0; i < 5; ++i) {
        const std::string word = "word " + std::to_string(i) + ";";
        client.send(word);
        ASSERT_TRUE(client.receiveText("echo " + word));
    }
    client.shutdownSending();
    client.receiveToEnd();
    EXPECT_TRUE(client.isClosed());
    EXPECT_TRUE(eventually([&] { return proxy->stats().destinations[0].active == 0; }));
}

TEST(ProxyExchange, letsGoOfTheEndpointWhenTheClientLeaves)
{
    std::atomic<bool> isLeft {false};
    RawServer server([&](RawPeer &peer, int) {
        peer.readHead();
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        std::thread writer([&] {
            while (!isLeft) {
                peer.send("1\r\nx\r\n");
                std::this_thread::yield();
            }
        });
        peer.readHead(); // Returns when the proxy closes.
        isLeft = true;
        writer.join();
    });
    const auto proxy = proxyTo(server);
    {
        TestClient client(proxy->port());
        client.send(getSlash);
        ASSERT_TRUE(client.receiveText("x"));
    }
    EXPECT_TRUE(eventually([&] { return isLeft.load(); }));
    EXPECT_TRUE(eventually([&] { return proxy->stats().workers[0].clientAborts == 1 && proxy->stats().destinations[0].active == 0; }));
}

TEST(ProxyExchange, answersItselfWhereNothingCanBeForwarded)
{
    const auto closed = HttpServer::start({}, [](HttpRequest, const auto &) {});
    const std::uint16_t deadPort = (*closed)->port();
    (*closed)->stop();
    ProxyConfig config = configFor({destination("dead", 1, deadPort)});
    Route first;
    first.name = "empty";
    first.matches = {{{}, PathKind::Exact, "/empty", "", {}}};
    first.destinations = {{"nobody", 1, {}}};
    Route second;
    second.name = "zero";
    second.matches = {{{}, PathKind::Exact, "/zero", "", {}}};
    second.destinations = {{"a", 0, {}}, {"b", 0, {}}};
    Route third;
    third.name = "direct";
    third.matches = {{{}, PathKind::Exact, "/direct", "", {}}};
    third.directResponse = DirectResponse {418, "teapot"};
    config.routes[0].matches = {{{}, PathKind::Exact, "/dead", "", {}}};
    config.routes.insert(config.routes.end(), {first, second, third});
    const auto proxy = startProxy(std::move(config));
    TestClient client(proxy->port());
    for (const auto &[path, status] : {std::pair("/dead", "503"), std::pair("/empty", "503"), std::pair("/zero", "503"), std::pair("/direct", "418"), std::pair("/other", "404")}) {
        client.send(std::string("GET ") + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_EQ(statusOf(client.receiveAnswer()), status) << path;
    }
    EXPECT_EQ(proxy->stats().workers[0].noRoute, 1u);
    EXPECT_EQ(proxy->stats().destinations[0].connectFailures, 1u);
    EXPECT_EQ(proxy->stats().destinations[1].unavailable, 1u);
    client.send("OPTIONS / HTTP/1.1\r\nHost: x\r\nMax-Forwards: 0\r\n\r\n");
    EXPECT_EQ(statusOf(client.receiveAnswer()), "200");
    client.send("CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n");
    EXPECT_EQ(statusOf(client.receiveAnswer()), "501");
}

TEST(ProxyExchange, enforcesItsTimeouts)
{
    RawServer server([](RawPeer &peer, int) {
        const std::string head = peer.readHead();
        if (head.starts_with("GET /half")) {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        }
        peer.readHead();
    });
    ProxyTimeouts timeouts;
    timeouts.response = timeouts.requestHead = timeouts.streamIdle = std::chrono::milliseconds {60};
    const auto proxy = proxyTo(server, timeouts);
    TestClient silent(proxy->port());
    silent.send(getSlash);
    EXPECT_EQ(statusOf(silent.receiveAnswer()), "504");
    TestClient half(proxy->port());
    half.send("GET /half HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(bodyOf(half.receiveToEnd()), "half");
    TestClient slow(proxy->port());
    slow.send("GET / HTTP/1.1\r\nHos");
    EXPECT_EQ(statusOf(slow.receiveToEnd()), "408");
    EXPECT_EQ(proxy->stats().destinations[0].timeouts, 2u);
}

} // namespace
} // namespace fairway::proxy
