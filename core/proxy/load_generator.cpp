#include "core/proxy/load_generator.h"

#include "core/http/body_decoder.h"
#include "core/http/response_parser.h"
#include "core/net/event_loop.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>

namespace fairway::proxy {
namespace {
    constexpr std::chrono::milliseconds TickEvery {2};
    constexpr std::size_t MaxAnswerHead = std::size_t {64} << 10;

    /// One keep-alive connection with at most one request in flight.
    struct Connection : net::Watcher {
        net::FileDescriptor socket;
        http::ResponseParser parser;
        http::BodyDecoder body;
        std::string head;     ///< Bytes of a head that is not complete yet.
        std::size_t sent = 0; ///< Of the request.
        bool isConnected = false;
        bool isBusy = false;
        bool isInBody = false;
        bool isError = false;
        bool isKeepAlive = true;
        void *owner = nullptr;
    };
} // namespace

class LoadGenerator::Impl {
public:
    Impl(LoadPlan plan, std::unique_ptr<net::EventLoop> loop)
        : m_plan(std::move(plan))
        , m_loop(std::move(loop))
        , m_rate(m_plan.ratePerSecond)
    {
        m_request = m_plan.method + " " + m_plan.path + " HTTP/1.1\r\nHost: " + m_plan.host + "\r\n";
        for (const auto &[name, value] : m_plan.headers)
            m_request += name + ": " + value + "\r\n";
        m_request += "\r\n";
        m_connections.reserve(m_plan.maxConnections);
    }

    ~Impl() { stop(); }

    void start()
    {
        m_thread = std::thread([this] {
            m_last = std::chrono::steady_clock::now();
            tick();
            m_loop->run();
            m_connections.clear();
        });
    }

    void stop()
    {
        if (!m_thread.joinable())
            return;
        m_loop->stop();
        m_thread.join();
    }

    void setRate(double rate) { m_rate.store(rate, std::memory_order_relaxed); }

    [[nodiscard]] LoadCounters counters() const
    {
        LoadCounters counters;
        counters.sent = m_sent.load(std::memory_order_relaxed);
        counters.answered = m_answered.load(std::memory_order_relaxed);
        counters.errors = m_errors.load(std::memory_order_relaxed);
        counters.broken = m_broken.load(std::memory_order_relaxed);
        counters.heldBack = m_heldBack.load(std::memory_order_relaxed);
        counters.isFinished = m_isFinished.load(std::memory_order_acquire);
        return counters;
    }

private:
    static void bump(std::atomic<std::uint64_t> &counter, std::uint64_t by = 1)
    {
        counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }

    [[nodiscard]] bool hasBudget() const
    {
        return m_plan.maxRequests == 0 || m_sent.load(std::memory_order_relaxed) < m_plan.maxRequests;
    }

    void tick()
    {
        const auto now = std::chrono::steady_clock::now();
        const double elapsed = std::chrono::duration<double>(now - m_last).count();
        m_last = now;
        const double rate = m_rate.load(std::memory_order_relaxed);
        if (rate <= 0) {
            while (hasBudget() && sendOne()) { }
        } else {
            m_due += rate * elapsed;
            while (m_due >= 1) {
                m_due -= 1;
                if (!hasBudget())
                    break;
                if (!sendOne()) {
                    // Late requests are dropped: sending them in a burst later would measure the burst.
                    bump(m_heldBack, 1 + static_cast<std::uint64_t>(m_due));
                    m_due -= static_cast<double>(static_cast<std::uint64_t>(m_due));
                }
            }
        }
        m_loop->startTimer(TickEvery, [this] { tick(); });
    }

    /// False: every connection is busy.
    bool sendOne()
    {
        Connection *free = nullptr;
        if (!m_idle.empty()) {
            free = m_idle.back();
            m_idle.pop_back();
        } else if (m_connections.size() < m_plan.maxConnections) {
            m_connections.push_back(std::make_unique<Connection>());
            free = m_connections.back().get();
            free->owner = this;
            free->onEvents = [](net::Watcher &self, std::uint32_t) {
                auto &connection = static_cast<Connection &>(self);
                static_cast<Impl *>(connection.owner)->handle(connection);
            };
        } else {
            return false;
        }
        bump(m_sent);
        free->isBusy = true;
        free->sent = 0;
        free->isError = false;
        free->parser.reset();
        free->parser.expect(false);
        if (!free->socket.isValid() && !open(*free)) {
            finish(*free, true);
            return true;
        }
        handle(*free);
        return true;
    }

    bool open(Connection &connection)
    {
        auto socket = net::connectTcp(m_plan.target);
        if (!socket)
            return false;
        connection.socket = std::move(*socket);
        connection.isConnected = false;
        connection.head.clear();
        connection.isInBody = false;
        return m_loop->add(connection.socket.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, connection).has_value();
    }

    void close(Connection &connection)
    {
        if (!connection.socket.isValid())
            return;
        m_loop->remove(connection.socket.get(), connection);
        connection.socket = {};
    }

    /// Ends the request in flight; a broken one closes its connection.
    void finish(Connection &connection, bool isBroken)
    {
        if (isBroken || !connection.isKeepAlive)
            close(connection);
        connection.head.clear();
        connection.isInBody = false;
        connection.isKeepAlive = true;
        if (!connection.isBusy)
            return;
        connection.isBusy = false;
        m_idle.push_back(&connection);
        bump(isBroken ? m_broken : m_answered);
        if (connection.isError)
            bump(m_errors);
        const std::uint64_t done = m_answered.load(std::memory_order_relaxed) + m_broken.load(std::memory_order_relaxed);
        if (m_plan.maxRequests != 0 && done >= m_plan.maxRequests)
            m_isFinished.store(true, std::memory_order_release);
    }

    void handle(Connection &connection)
    {
        if (!connection.socket.isValid())
            return;
        if (connection.isBusy && connection.sent < m_request.size() && !write(connection)) {
            finish(connection, true);
            return;
        }
        std::array<char, 16384> buffer;
        while (connection.socket.isValid()) {
            const ssize_t got = ::recv(connection.socket.get(), buffer.data(), buffer.size(), 0);
            if (got < 0) {
                if (errno == EINTR)
                    continue;
                if (errno != EAGAIN && errno != EWOULDBLOCK && errno != ENOTCONN)
                    finish(connection, true);
                return;
            }
            const bool isEnd = got == 0;
            if (isEnd) {
                // The end may be what an answer without a length waits for.
                finish(connection, !(connection.isInBody && connection.body.kind() == http::BodyKind::UntilClose));
                close(connection);
                return;
            }
            if (!read(connection, std::string_view(buffer.data(), static_cast<std::size_t>(got)))) {
                finish(connection, true);
                return;
            }
        }
    }

    bool write(Connection &connection)
    {
        while (connection.sent < m_request.size()) {
            const ssize_t wrote = ::send(connection.socket.get(), m_request.data() + connection.sent,
                                         m_request.size() - connection.sent, MSG_NOSIGNAL);
            if (wrote < 0) {
                if (errno == EINTR)
                    continue;
                return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN;
            }
            connection.sent += static_cast<std::size_t>(wrote);
        }
        return true;
    }

    bool read(Connection &connection, std::string_view bytes)
    {
        if (!connection.isInBody) {
            const std::size_t before = connection.head.size();
            connection.head.append(bytes);
            const auto used = connection.parser.parse(connection.head);
            if (!used || connection.head.size() > MaxAnswerHead)
                return false;
            if (*used == 0)
                return true; // more is needed
            const http::ResponseHead &head = connection.parser.head();
            if (head.isInformational)
                return false; // nothing here asks for one
            connection.isError = head.status >= 500;
            connection.isKeepAlive = head.isKeepAlive;
            connection.body.start(head.framing);
            connection.isInBody = true;
            bytes.remove_prefix(*used - before);
            connection.head.clear();
            if (head.framing.kind == http::BodyKind::None || connection.body.isFinished()) {
                finish(connection, false);
                return true;
            }
        }
        while (!bytes.empty()) {
            const auto step = connection.body.next(bytes);
            if (!step)
                return false;
            bytes.remove_prefix(step->consumed);
            if (step->isFinished) {
                finish(connection, false);
                return true;
            }
        }
        return true;
    }

    const LoadPlan m_plan;
    std::unique_ptr<net::EventLoop> m_loop;
    std::thread m_thread;
    std::string m_request;
    std::atomic<double> m_rate;
    std::atomic<std::uint64_t> m_sent {0};
    std::atomic<std::uint64_t> m_answered {0};
    std::atomic<std::uint64_t> m_errors {0};
    std::atomic<std::uint64_t> m_broken {0};
    std::atomic<std::uint64_t> m_heldBack {0};
    std::atomic<bool> m_isFinished {false};
    // Owned by the thread.
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::vector<Connection *> m_idle;
    std::chrono::steady_clock::time_point m_last;
    double m_due = 0;
};

LoadGenerator::LoadGenerator(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

LoadGenerator::~LoadGenerator() = default;

Result<std::unique_ptr<LoadGenerator>> LoadGenerator::start(LoadPlan plan)
{
    auto loop = net::EventLoop::create();
    if (!loop)
        return tl::unexpected(loop.error());
    std::unique_ptr<LoadGenerator> generator(new LoadGenerator(std::make_unique<Impl>(std::move(plan), std::move(*loop))));
    generator->m_impl->start();
    return generator;
}

void LoadGenerator::setRate(double ratePerSecond)
{
    m_impl->setRate(ratePerSecond);
}

LoadCounters LoadGenerator::counters() const
{
    return m_impl->counters();
}

void LoadGenerator::stop()
{
    m_impl->stop();
}

} // namespace fairway::proxy
