#include "core/proxy/proxy.h"

#include "core/net/socket.h"
#include "core/proxy/worker.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

namespace fairway::proxy {

namespace {

/// Waits until `count` others have arrived.
class Gate {
public:
    explicit Gate(std::size_t count)
        : m_left(count)
    {
    }
    void arrive()
    {
        const std::scoped_lock lock(m_mutex);
        --m_left;
        m_changed.notify_all();
    }
    bool waitFor(std::chrono::milliseconds limit)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, limit, [this] { return m_left == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::size_t m_left;
};

using DestinationMap = std::map<std::pair<std::string, std::string>, DestinationStats>;

} // namespace

struct Proxy::Shared {
    std::vector<net::SocketAddress> addresses;
    std::vector<net::FileDescriptor> sockets; ///< Every listening socket there ever was; closed last.
    std::size_t socketSets = 0;               ///< One set (a socket per address) for each worker that ever ran at a time.
    std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

    mutable std::mutex mutex; ///< Guards what stats() reads.
    std::shared_ptr<const ProxyConfig> config;
    std::uint64_t generation = 1;
    bool isDraining = false;
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::unique_ptr<Worker>> leaving;
    DestinationMap gone; ///< Sums of workers that have ended.

    /// One more socket per address; the kernel spreads new connections over all of them.
    Result<std::vector<ListeningSocket>> openSockets()
    {
        std::vector<ListeningSocket> opened;
        for (net::SocketAddress &address : addresses) {
            net::ListenOptions options;
            options.deferAccept = true;
            auto socket = net::listenTcp(address, options);
            if (!socket) {
                return tl::unexpected(socket.error());
            }
            // Only the first set may choose a port; from then on addresses are read by anybody.
            if (address.port() == 0) {
                auto bound = net::localAddress(socket->get());
                if (!bound) {
                    return tl::unexpected(bound.error());
                }
                address = *bound;
            }
            opened.push_back({socket->get(), opened.size()});
            sockets.push_back(std::move(*socket));
        }
        ++socketSets;
        return opened;
    }

    Result<void> addWorker()
    {
        auto worker = Worker::create(workers.size(), config);
        if (!worker) {
            return tl::unexpected(worker.error());
        }
        (*worker)->start();
        workers.push_back(std::move(*worker));
        return {};
    }

    void reap()
    {
        std::erase_if(leaving, [this](const std::unique_ptr<Worker> &worker) {
            if (!worker->isFinished()) {
                return false;
            }
            worker->stop();
            worker->addStats(gone);
            return true;
        });
    }
};

Proxy::Proxy()
    : m_shared(std::make_unique<Shared>())
{
}

Proxy::~Proxy()
{
    stop();
}

Result<std::unique_ptr<Proxy>> Proxy::start(ProxyConfig config)
{
    if (const auto checked = config.check(); !checked) {
        return tl::unexpected(checked.error());
    }
    std::unique_ptr<Proxy> proxy(new Proxy);
    Shared &shared = *proxy->m_shared;
    shared.addresses = config.listeners;
    shared.config = std::make_shared<const ProxyConfig>(std::move(config));
    for (int i = 0; i < shared.config->workers; ++i) {
        auto sockets = shared.openSockets();
        if (!sockets) {
            return tl::unexpected(sockets.error());
        }
        if (const auto added = shared.addWorker(); !added) {
            return tl::unexpected(added.error());
        }
        shared.workers.back()->addListeners(std::move(*sockets));
    }
    return proxy;
}

Result<void> Proxy::swap(ProxyConfig config)
{
    if (const auto checked = config.check(); !checked) {
        return tl::unexpected(checked.error());
    }
    Shared &shared = *m_shared;
    if (config.listeners != shared.config->listeners) {
        return fail(ErrorCode::Unsupported, "the addresses can't change while the proxy runs");
    }
    const auto next = std::make_shared<const ProxyConfig>(std::move(config));
    std::vector<Worker *> current;
    {
        const std::scoped_lock lock(shared.mutex);
        shared.reap();
        shared.config = next;
        ++shared.generation;
        const auto wanted = static_cast<std::size_t>(next->workers);
        while (shared.workers.size() > wanted) {
            // The first worker never leaves, so it can always inherit.
            Worker &leaver = *shared.workers.back();
            leaver.leave(*shared.workers.front(), [] {});
            shared.leaving.push_back(std::move(shared.workers.back()));
            shared.workers.pop_back();
        }
        while (shared.workers.size() < wanted) {
            if (const auto added = shared.addWorker(); !added) {
                return added;
            }
            auto sockets = shared.openSockets();
            if (!sockets) {
                return tl::unexpected(sockets.error());
            }
            shared.workers.back()->addListeners(std::move(*sockets));
        }
        for (const auto &worker : shared.workers) {
            current.push_back(worker.get());
        }
        for (const auto &worker : shared.leaving) {
            worker->apply(next, [] {});
        }
    }
    const auto gate = std::make_shared<Gate>(current.size());
    for (Worker *const worker : current) {
        worker->apply(next, [gate] { gate->arrive(); });
    }
    if (!gate->waitFor(std::chrono::seconds {30})) {
        return fail(ErrorCode::Timeout, "a worker did not take the new configuration");
    }
    return {};
}

bool Proxy::drain()
{
    Shared &shared = *m_shared;
    std::vector<Worker *> all;
    {
        const std::scoped_lock lock(shared.mutex);
        shared.reap();
        shared.isDraining = true;
        for (const auto &worker : shared.workers) {
            all.push_back(worker.get());
        }
    }
    const auto deaf = std::make_shared<Gate>(all.size());
    const auto gate = std::make_shared<Gate>(all.size());
    for (Worker *const worker : all) {
        worker->drain([deaf] { deaf->arrive(); }, [gate] { gate->arrive(); });
    }
    // From here on a new client is refused at once instead of waiting for nothing.
    if (deaf->waitFor(std::chrono::seconds {5})) {
        shared.sockets.clear();
    }
    const auto deadline = std::chrono::steady_clock::now() + shared.config->timeouts.drain;
    bool isComplete = gate->waitFor(shared.config->timeouts.drain);
    for (const auto &worker : shared.leaving) {
        while (!worker->isFinished() && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::sleep_for(std::chrono::milliseconds {10});
        }
        isComplete = isComplete && worker->isFinished();
    }
    stop();
    return isComplete;
}

void Proxy::stop()
{
    Shared &shared = *m_shared;
    // Leaving workers first: they may still hand clients to the first one.
    for (auto *const group : {&shared.leaving, &shared.workers}) {
        for (const auto &worker : *group) {
            worker->stop();
        }
    }
    shared.sockets.clear();
}

const std::vector<net::SocketAddress> &Proxy::addresses() const
{
    return m_shared->addresses;
}

ProxyStats Proxy::stats() const
{
    const Shared &shared = *m_shared;
    const std::scoped_lock lock(shared.mutex);
    ProxyStats stats;
    stats.uptime = std::chrono::steady_clock::now() - shared.started;
    stats.generation = shared.generation;
    stats.isDraining = shared.isDraining;
    DestinationMap sums = shared.gone;
    for (const auto *const group : {&shared.workers, &shared.leaving}) {
        for (const auto &worker : *group) {
            stats.workers.push_back(worker->stats());
            worker->addStats(sums);
        }
    }
    for (const Route &route : shared.config->routes) {
        for (const Destination &destination : route.destinations) {
            if (auto found = sums.extract({route.name, destination.name})) {
                found.mapped().weight = destination.weight;
                stats.destinations.push_back(std::move(found.mapped()));
            }
        }
    }
    for (auto &entry : sums) {
        stats.destinations.push_back(std::move(entry.second));
    }
    return stats;
}

} // namespace fairway::proxy
