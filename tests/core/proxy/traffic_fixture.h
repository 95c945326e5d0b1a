#pragma once

#include "core/base/result.h"
#include "core/proxy/http_server.h"
#include "core/proxy/proxy.h"
#include "core/route/effects.h"
#include "core/route/traffic_config.h"
#include "tests/core/proxy/test_client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace fairway::proxy::testing {

/// An HTTP message taken apart; names in lower case.
struct Message {
    std::string first; ///< Status or request line.
    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;

    static Message of(const std::string &text)
    {
        Message out;
        const std::size_t end = std::min(text.find("\r\n\r\n"), text.size());
        std::size_t at = 0;
        for (bool isFirst = true; at < end; isFirst = false) {
            const std::size_t stop = std::min(text.find("\r\n", at), end);
            const std::string line = text.substr(at, stop - at);
            const std::size_t colon = line.find(": ");
            if (isFirst) {
                out.first = line;
            } else if (colon != std::string::npos) {
                out.fields.emplace_back(route::lowerAscii(line.substr(0, colon)), line.substr(colon + 2));
            }
            at = stop + 2;
        }
        out.body = text.substr(std::min(end + 4, text.size()));
        return out;
    }
    /// All values, joined as RFC 9110 reads repeated fields; empty when there is none.
    [[nodiscard]] std::string field(std::string_view name) const
    {
        std::string out;
        for (const auto &[key, value] : fields) {
            if (key == name) {
                out += (out.empty() ? "" : ",") + value;
            }
        }
        return out;
    }
    [[nodiscard]] int status() const { return first.size() >= 12 ? std::atoi(first.substr(9, 3).c_str()) : 0; }
};

/// Responders that the threads of servers leave without an answer, until the test drops them.
class Unanswered {
public:
    void keep(const std::shared_ptr<HttpResponder> &responder)
    {
        const std::lock_guard lock(m_mutex);
        m_responders.push_back(responder);
    }
    void drop()
    {
        const std::lock_guard lock(m_mutex);
        m_responders.clear();
    }

private:
    std::mutex m_mutex;
    std::vector<std::shared_ptr<HttpResponder>> m_responders;
};

/// A proxy that executes tables, with servers that echo what reached them behind it.
class TrafficProxy {
public:
    static constexpr std::size_t kServers = 12;

    explicit TrafficProxy(Split split = Split::Random)
        : m_split(split)
    {
        for (std::size_t i = 0; i < kServers; ++i) {
            auto server = HttpServer::start({}, [this, i](const HttpRequest &request, const std::shared_ptr<HttpResponder> &responder) {
                std::string body = request.method + " " + request.target + " HTTP/1.1\r\n";
                for (const auto &[name, value] : request.headers) {
                    body += name + ": " + value + "\r\n";
                }
                body += "\r\n" + request.body;
                if (m_answer) {
                    m_answer(request, responder);
                } else {
                    responder->send(200, {{"x-server", std::to_string(i)}, {"x-answer", "plain"}, {"x-twice", "a"}}, body);
                }
            });
            EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message);
            m_servers.push_back(std::move(*server));
        }
    }

    /// Executes the table of a place from now on.
    void load(const std::shared_ptr<const route::RouteTable> &table, int port)
    {
        auto traffic = std::make_shared<Traffic>();
        traffic->table = table;
        traffic->door.port = port;
        m_keys.clear();
        for (const route::RouteTarget *target : targetsOf(*table)) {
            const std::size_t i = m_keys.size() % kServers;
            m_keys.push_back(targetKey(*target));
            traffic->endpoints[m_keys.back()] = {{net::SocketAddress::loopback(m_servers[i]->port()), m_keys.back()}};
        }
        use(std::move(traffic));
    }
    void use(std::shared_ptr<const Traffic> traffic)
    {
        ProxyConfig config;
        config.listeners = {net::SocketAddress::loopback(0)};
        config.split = m_split;
        config.seed = 7;
        config.traffic = std::move(traffic);
        if (m_proxy != nullptr) {
            config.listeners = m_listeners;
            const auto swapped = m_proxy->swap(std::move(config));
            ASSERT_TRUE(swapped) << swapped.error().message;
            return;
        }
        m_listeners = config.listeners;
        auto started = Proxy::start(std::move(config));
        ASSERT_TRUE(started) << started.error().message;
        m_proxy = std::move(*started);
    }

    Message ask(const std::string &request)
    {
        if (m_client == nullptr || m_client->isClosed()) {
            m_client = std::make_unique<TestClient>(m_proxy->port());
        }
        EXPECT_TRUE(m_client->send(request));
        const Message answer = Message::of(m_client->receiveAnswer());
        if (answer.field("connection") == "close") {
            m_client.reset();
        }
        return answer;
    }

    /// Keys of targets that the server stands for.
    [[nodiscard]] std::vector<std::string> keysOf(std::size_t server) const
    {
        std::vector<std::string> out;
        for (std::size_t i = server; i < m_keys.size(); i += kServers) {
            out.push_back(m_keys[i]);
        }
        return out;
    }
    [[nodiscard]] Proxy &proxy() { return *m_proxy; }
    [[nodiscard]] std::uint16_t serverPort(std::size_t i) const { return m_servers[i]->port(); }
    /// Answers in the place of the echo; set before the first request.
    void answerWith(HttpHandler answer) { m_answer = std::move(answer); }

private:
    HttpHandler m_answer; ///< Outlives the servers, whose threads call it.
    Split m_split;
    std::vector<std::unique_ptr<HttpServer>> m_servers;
    std::vector<std::string> m_keys;
    std::vector<net::SocketAddress> m_listeners;
    std::unique_ptr<Proxy> m_proxy;
    std::unique_ptr<TestClient> m_client;
};

} // namespace fairway::proxy::testing
