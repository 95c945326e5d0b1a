#include "core/proxy/worker.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace fairway::proxy {

namespace {

constexpr int kAcceptsATurn = 64;
/// Destinations that were configured once are remembered for the statistics, up to this many.
constexpr std::size_t kMaxDestinations = 4096;
/// Mirrored copies on their way at once: a mirror that is slow or stuck must not take all memory.
constexpr std::size_t kMaxShadows = 1000;

} // namespace

Result<std::unique_ptr<Worker>> Worker::create(std::size_t number, std::shared_ptr<const ProxyConfig> config)
{
    auto loop = net::EventLoop::create();
    if (!loop) {
        return tl::unexpected(loop.error());
    }
    std::unique_ptr<Worker> worker(new Worker(number, std::move(*loop)));
    worker->useConfig(std::move(config));
    return worker;
}

Worker::Worker(std::size_t number, std::unique_ptr<net::EventLoop> loop)
    : m_number(number)
    , m_loop(std::move(loop))
    , m_readBuffer(std::make_unique_for_overwrite<char[]>(kReadBuffer))
{
    m_loop->setAfterTurn([this] { afterTurn(); });
}

Worker::~Worker()
{
    stop();
}

void Worker::start()
{
    m_thread = std::thread([this] {
        sweepLater();
        m_loop->run();
    });
}

void Worker::addListeners(std::vector<ListeningSocket> listeners)
{
    m_loop->post([this, listeners = std::move(listeners)] { listenTo(listeners); });
}

void Worker::listenTo(const std::vector<ListeningSocket> &listeners)
{
    for (const ListeningSocket &socket : listeners) {
        auto listener = std::make_unique<Listener>();
        listener->worker = this;
        listener->socket = socket;
        listener->onEvents = [](net::Watcher &self, std::uint32_t) {
            auto &own = static_cast<Listener &>(self);
            own.worker->accept(own, kAcceptsATurn);
        };
        // Level-triggered: what was queued before we came is told at once.
        if (m_loop->add(socket.fd, EPOLLIN, *listener)) {
            m_listeners.push_back(std::move(listener));
        }
    }
}

void Worker::dropListeners()
{
    for (const auto &listener : m_listeners) {
        m_loop->remove(listener->socket.fd, *listener);
    }
    m_listeners.clear();
}

void Worker::accept(Listener &listener, int atMost)
{
    for (int i = 0; i < atMost; ++i) {
        net::FileDescriptor fd(::accept4(listener.socket.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!fd.isValid()) {
            if (errno == EMFILE || errno == ENFILE) {
                // The listener stays readable: without a pause this would spin until a descriptor is free.
                m_loop->remove(listener.socket.fd, listener);
                m_loop->startTimer(std::chrono::milliseconds {50}, [this, fd = listener.socket.fd] {
                    for (const auto &own : m_listeners) {
                        if (own->socket.fd == fd) {
                            [[maybe_unused]] const auto added = m_loop->add(fd, EPOLLIN, *own);
                        }
                    }
                });
            }
            return;
        }
        m_counters.connectionsAccepted.add();
        if (m_clientCount >= config().limits.maxConnections) {
            m_counters.connectionsRefused.add();
            continue;
        }
        addClient(std::move(fd), listener.socket.listener);
    }
}

void Worker::addClient(net::FileDescriptor fd, std::size_t listener)
{
    auto *const client = new Http1Client(*this, std::move(fd), listener); // Owned by the list; retire() takes it off.
    client->next = m_clients;
    if (m_clients != nullptr) {
        m_clients->previous = client;
    }
    m_clients = client;
    ++m_clientCount;
    m_counters.connectionsActive.add();
    client->start();
}

void Worker::retire(Http1Client &client)
{
    (client.previous != nullptr ? client.previous->next : m_clients) = client.next;
    if (client.next != nullptr) {
        client.next->previous = client.previous;
    }
    --m_clientCount;
    m_counters.connectionsActive.subtract();
    m_deadClients.emplace_back(&client);
}

void Worker::adopt(net::FileDescriptor client, std::size_t listener)
{
    // std::function wants copyable things.
    auto shared = std::make_shared<net::FileDescriptor>(std::move(client));
    m_loop->post([this, shared, listener] { addClient(std::move(*shared), listener); });
}

void Worker::onClientIdle(Http1Client &client)
{
    passOn(client);
}

void Worker::passOn(Http1Client &client)
{
    const std::size_t listener = client.listener();
    m_heir->adopt(client.release(), listener);
}

void Worker::apply(std::shared_ptr<const ProxyConfig> config, std::function<void()> done)
{
    m_loop->post([this, config = std::move(config), done = std::move(done)] {
        useConfig(config);
        done();
    });
}

void Worker::useConfig(std::shared_ptr<const ProxyConfig> config)
{
    for (const auto &entry : m_endpoints) {
        entry.second->isConfigured = false;
    }
    const auto countersNamed = [this](const std::string &route, const std::string &destination) -> DestinationCounters & {
        const std::scoped_lock lock(m_mutex);
        auto &counters = m_destinations[{route, destination}];
        if (counters == nullptr) {
            counters = std::make_unique<DestinationCounters>();
        }
        return *counters;
    };
    const auto sharedEndpoint = [this](const Endpoint &endpoint) -> std::shared_ptr<EndpointState> {
        auto &state = m_endpoints[endpoint.address.toString()];
        if (state == nullptr) {
            state = std::make_shared<EndpointState>();
            state->address = endpoint.address;
        }
        state->isConfigured = true;
        return state;
    };
    const auto traffic = config->traffic == nullptr ? nullptr : std::make_shared<TrafficTable>(config, m_number, countersNamed, sharedEndpoint);
    m_table = std::make_unique<RouteTable>(
        std::move(config), m_number,
        [&](const Route &route, const Destination &destination) -> DestinationCounters & { return countersNamed(route.name, destination.name); },
        [&](const Endpoint &endpoint) -> EndpointState & { return *sharedEndpoint(endpoint); });
    m_table->setTraffic(traffic);
    m_requestParser = http::RequestParser(headLimits());
    m_responseParser = http::ResponseParser(headLimits());
    for (auto entry = m_endpoints.begin(); entry != m_endpoints.end();) {
        EndpointState &state = *entry->second;
        if (!state.isConfigured) {
            while (!state.idle.empty()) {
                state.idle.back()->closeIdle();
            }
        }
        // Exchanges under way still know their endpoint: it goes when its last connection has gone.
        entry = !state.isConfigured && state.connections == 0 ? m_endpoints.erase(entry) : std::next(entry);
    }
    const std::scoped_lock lock(m_mutex);
    if (m_destinations.size() > kMaxDestinations) {
        std::erase_if(m_destinations, [this](const auto &entry) {
            if (m_table->traffic() != nullptr && m_table->traffic()->counts(entry.first.first, entry.first.second)) {
                return false;
            }
            for (const Route &route : m_table->config().routes) {
                if (route.name == entry.first.first) {
                    return false;
                }
            }
            return entry.second->active.get() == 0 && entry.second->idleConnections.get() == 0;
        });
    }
}

Http1Upstream *Worker::connection(EndpointState &endpoint, bool mayReuse, bool mustBeOpen, bool &isReused)
{
    while (mayReuse && !endpoint.idle.empty()) {
        Http1Upstream *const pooled = endpoint.idle.back(); // The one used last is the one least likely to be timed out.
        if (mustBeOpen && !pooled->isStillOpen()) {
            pooled->closeIdle();
            continue;
        }
        endpoint.idle.pop_back();
        pooled->lastCounters()->idleConnections.subtract();
        isReused = true;
        return pooled;
    }
    isReused = false;
    auto fd = net::connectTcp(endpoint.address);
    if (!fd) {
        return nullptr;
    }
    auto upstream = std::make_unique<Http1Upstream>(*this, endpoint, std::move(*fd));
    if (!upstream->start()) {
        return nullptr;
    }
    ++endpoint.connections;
    m_upstreams.insert(upstream.get());
    return upstream.release(); // Owned by m_upstreams; forget() takes it off.
}

bool Worker::pool(Http1Upstream &upstream, EndpointState &endpoint)
{
    if (!endpoint.isConfigured || m_mode != Mode::Running || endpoint.idle.size() >= config().limits.maxIdlePerEndpoint) {
        return false;
    }
    endpoint.idle.push_back(&upstream);
    upstream.lastCounters()->idleConnections.add();
    return true;
}

void Worker::forget(Http1Upstream &upstream, EndpointState &endpoint, bool isPooled)
{
    if (isPooled) {
        std::erase(endpoint.idle, &upstream);
        upstream.lastCounters()->idleConnections.subtract();
    }
    --endpoint.connections;
    m_upstreams.erase(&upstream);
    m_deadUpstreams.emplace_back(&upstream);
}

Shadow *Worker::shadow(Exchange &source)
{
    if (m_shadows.size() >= kMaxShadows) {
        return nullptr;
    }
    auto made = std::make_unique<Shadow>(*this, source);
    Shadow *const shadow = made.get();
    m_shadows.emplace(shadow, std::move(made));
    return shadow;
}

void Worker::retire(Shadow &shadow)
{
    if (const auto found = m_shadows.find(&shadow); found != m_shadows.end()) {
        m_deadShadows.push_back(std::move(found->second));
        m_shadows.erase(found);
    }
}

void Worker::drain(std::function<void()> isDeaf, std::function<void()> done)
{
    m_loop->post([this, isDeaf = std::move(isDeaf), done = std::move(done)] {
        // What the kernel queued is ours to serve: closing the listener would reset it.
        for (const auto &listener : m_listeners) {
            accept(*listener, 100'000);
        }
        dropListeners();
        isDeaf();
        m_mode = Mode::Draining;
        m_onFinished = done;
        forEachClient([](Http1Client &client) { client.drain(); });
    });
}

void Worker::leave(Worker &heir, std::function<void()> done)
{
    m_loop->post([this, &heir, done = std::move(done)] {
        std::vector<ListeningSocket> listeners;
        for (const auto &listener : m_listeners) {
            listeners.push_back(listener->socket);
        }
        dropListeners();
        heir.addListeners(std::move(listeners));
        m_mode = Mode::Leaving;
        m_heir = &heir;
        m_onFinished = done;
        forEachClient([this](Http1Client &client) {
            if (client.isIdle()) {
                passOn(client);
            }
        });
    });
}

void Worker::stop()
{
    if (m_thread.joinable()) {
        m_loop->post([this] {
            cutAll();
            m_loop->stop();
        });
        m_thread.join();
    }
    m_isFinished.store(true, std::memory_order_release);
}

void Worker::cutAll()
{
    dropListeners();
    while (m_clients != nullptr) {
        m_clients->close();
    }
    while (!m_shadows.empty()) {
        m_shadows.begin()->first->abandon();
    }
    while (!m_upstreams.empty()) {
        (*m_upstreams.begin())->closeIdle();
    }
}

void Worker::forEachClient(const std::function<void(Http1Client &)> &visit)
{
    // What is visited may leave the list, but stays in memory until the turn ends.
    std::vector<Http1Client *> all;
    all.reserve(m_clientCount);
    for (Http1Client *client = m_clients; client != nullptr; client = client->next) {
        all.push_back(client);
    }
    for (Http1Client *const client : all) {
        visit(*client);
    }
}

void Worker::sweepLater()
{
    const ProxyTimeouts &timeouts = config().timeouts;
    const auto shortest = std::min({timeouts.connect, timeouts.requestHead, timeouts.clientIdle, timeouts.response, timeouts.streamIdle, timeouts.upstreamIdle});
    const auto pause = std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds {5}, std::chrono::milliseconds {1000});
    m_loop->startTimer(pause, [this] {
        sweep();
        sweepLater();
    });
}

void Worker::sweep()
{
    const auto now = m_loop->now();
    forEachClient([now](Http1Client &client) { client.checkAge(now); });
    std::vector<Shadow *> shadows;
    for (const auto &entry : m_shadows) {
        shadows.push_back(entry.first);
    }
    for (Shadow *const shadow : shadows) {
        shadow->checkAge(now);
    }
    for (const auto &entry : m_endpoints) {
        auto &idle = entry.second->idle;
        while (!idle.empty() && now - idle.front()->idleSince() > config().timeouts.upstreamIdle) {
            idle.front()->closeIdle();
        }
    }
}

void Worker::afterTurn()
{
    m_deadClients.clear();
    m_deadShadows.clear();
    m_deadUpstreams.clear();
    if (m_mode != Mode::Running && m_clientCount == 0 && m_onFinished) {
        cutAll();
        m_deadShadows.clear();
        m_deadUpstreams.clear();
        m_isFinished.store(true, std::memory_order_release);
        std::exchange(m_onFinished, {})();
    }
}

WorkerStats Worker::stats() const
{
    return {m_counters.connectionsAccepted.get(), m_counters.connectionsActive.get(), m_counters.connectionsRefused.get(), m_counters.requests.get(),
        m_counters.rejected.get(), m_counters.noRoute.get(), m_counters.clientAborts.get()};
}

void Worker::addStats(std::map<std::pair<std::string, std::string>, DestinationStats> &into) const
{
    const std::scoped_lock lock(m_mutex);
    for (const auto &[key, counters] : m_destinations) {
        DestinationStats &sum = into[key];
        sum.route = key.first;
        sum.destination = key.second;
        sum.requests += counters->requests.get();
        sum.active += counters->active.get();
        for (std::size_t i = 0; i < sum.byClass.size(); ++i) {
            sum.byClass[i] += counters->byClass[i].get();
        }
        sum.connectFailures += counters->connectFailures.get();
        sum.resets += counters->resets.get();
        sum.timeouts += counters->timeouts.get();
        sum.retries += counters->retries.get();
        sum.unavailable += counters->unavailable.get();
        sum.connectionsOpened += counters->connectionsOpened.get();
        sum.connectionsReused += counters->connectionsReused.get();
        sum.idleConnections += counters->idleConnections.get();
        sum.bytesSent += counters->bytesSent.get();
        sum.bytesReceived += counters->bytesReceived.get();
        sum.latency.add(counters->latency.snapshot());
    }
}

} // namespace fairway::proxy
