#pragma once

#include "core/proxy/http_server.h"
#include "core/proxy/proxy.h"
#include "tests/core/proxy/raw_server.h"
#include "tests/core/proxy/test_client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace fairway::proxy::testing {

inline std::unique_ptr<HttpServer> startServer(HttpHandler handler)
{
    auto server = HttpServer::start({}, std::move(handler));
    EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message);
    return server ? std::move(*server) : nullptr;
}

/// A server that answers with its name.
inline std::unique_ptr<HttpServer> named(const std::string &name)
{
    return startServer([name](HttpRequest, const std::shared_ptr<HttpResponder> &responder) { responder->send(200, {}, name); });
}

inline Destination destination(const std::string &name, std::uint32_t weight, std::uint16_t port)
{
    return {name, weight, {{net::SocketAddress::loopback(port), name}}};
}

inline ProxyConfig configFor(std::vector<Destination> destinations, Split split = Split::Exact)
{
    return simpleConfig({net::SocketAddress::loopback(0)}, std::move(destinations), split);
}

inline std::unique_ptr<Proxy> startProxy(ProxyConfig config)
{
    auto proxy = Proxy::start(std::move(config));
    EXPECT_TRUE(proxy.has_value()) << (proxy ? "" : proxy.error().message);
    return proxy ? std::move(*proxy) : nullptr;
}

inline std::unique_ptr<Proxy> proxyTo(const RawServer &server, const ProxyTimeouts &timeouts = {})
{
    ProxyConfig config = configFor({destination("up", 1, server.address().port())});
    config.timeouts = timeouts;
    return startProxy(std::move(config));
}

inline std::string bodyOf(const std::string &answer)
{
    const auto end = answer.find("\r\n\r\n");
    return end == std::string::npos ? "no answer: " + answer : answer.substr(end + 4);
}

inline std::string statusOf(const std::string &answer)
{
    return answer.size() >= 12 ? answer.substr(9, 3) : "none: " + answer;
}

/// Waits for a condition on counters that move after the client has its answer.
template <typename Condition>
[[nodiscard]] bool eventually(Condition holds)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds {10};
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

inline const std::string getSlash = "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n";

} // namespace fairway::proxy::testing
