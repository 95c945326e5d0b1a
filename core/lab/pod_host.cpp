#include "core/lab/pod_host.h"

#include "core/base/random.h"
#include "core/value/json.h"

#include <fmt/format.h>

#include <utility>

namespace fairway::lab {

namespace {

constexpr std::size_t MaxPods = 254;
constexpr std::size_t MaxDelayed = 100'000;

} // namespace

Delays::Delays()
    : m_thread([this] { run(); })
{
}

Delays::~Delays()
{
    stop();
}

void Delays::after(std::chrono::microseconds delay, std::function<void()> function)
{
    const auto due = std::chrono::steady_clock::now() + delay;
    {
        const std::scoped_lock lock(m_mutex);
        // Beyond the bound the request is answered with what dropping its responder means: 500.
        if (m_isStopping || m_entries.size() >= MaxDelayed)
            return;
        m_entries.push({due, m_order++, std::move(function)});
    }
    m_condition.notify_one();
}

void Delays::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    m_condition.notify_one();
    if (m_thread.joinable())
        m_thread.join();
    std::priority_queue<Entry> dropped;
    const std::scoped_lock lock(m_mutex);
    std::swap(dropped, m_entries);
}

void Delays::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopping) {
        if (m_entries.empty()) {
            m_condition.wait(lock);
            continue;
        }
        const auto due = m_entries.top().due;
        if (std::chrono::steady_clock::now() < due) {
            m_condition.wait_until(lock, due);
            continue;
        }
        const std::function<void()> function = m_entries.top().function;
        m_entries.pop();
        lock.unlock();
        function();
        lock.lock();
    }
}

/// One Pod.
class PodHost::Server : public std::enable_shared_from_this<PodHost::Server> {
public:
    Server(PodSpec spec, std::size_t number, std::uint64_t seed, Delays &delays)
        : m_spec(std::move(spec))
        , m_number(number)
        , m_delays(delays)
        , m_random(seed + number)
    {
    }

    bool listen(const std::string &address)
    {
        m_address = address;
        proxy::HttpServerOptions options;
        options.address = address;
        options.port = m_spec.port;
        auto server = proxy::HttpServer::start(options,
            [this](const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder) { answer(request, responder); });
        if (!server)
            return false;
        m_server = std::move(*server);
        m_log->append(std::chrono::system_clock::now(), "listening on " + address + ":" + std::to_string(m_spec.port));
        return true;
    }

    void stop()
    {
        if (m_server)
            m_server->stop();
        m_log->close();
    }

    void tune(const PodSpec &spec, const PodDial &dial)
    {
        const std::scoped_lock lock(m_mutex);
        m_spec.workload = spec.workload;
        m_spec.version = dial.version.value_or(spec.version);
        m_spec.latencyMs = dial.latencyMs.value_or(spec.latencyMs);
        m_spec.errorPercent = dial.errorPercent.value_or(spec.errorPercent);
        m_okHeaders = {{"Content-Type", "application/json"}, {"x-lab-version", m_spec.version}, {"x-lab-pod", m_spec.name}};
    }

    RunningPod described() const
    {
        const std::scoped_lock lock(m_mutex);
        return {m_spec.ns, m_spec.name, m_address, m_server ? m_server->port() : std::uint16_t {0}, m_requests.load(std::memory_order_relaxed)};
    }

    const std::shared_ptr<PodLog> &log() const { return m_log; }
    std::size_t number() const { return m_number; }

private:
    void answer(const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder)
    {
        m_requests.fetch_add(1, std::memory_order_relaxed);
        const bool isProbe = request.path == "/healthz";
        int status = 200;
        double latencyMs = 0;
        proxy::HttpHeaders headers;
        std::string body = "{\"version\":";
        {
            const std::scoped_lock lock(m_mutex);
            if (!isProbe) {
                status = m_random.unit() * 100 < m_spec.errorPercent ? 503 : 200;
                // A tail as real services have: up to half as much again.
                latencyMs = m_spec.latencyMs * (1 + 0.5 * m_random.unit() * m_random.unit());
            }
            value::appendJsonString(body, m_spec.version);
            headers = m_okHeaders;
        }
        body += ",\"pod\":";
        value::appendJsonString(body, m_spec.name);
        body += ",\"path\":";
        value::appendJsonString(body, request.path);
        body += "}\n";
        if (!isProbe)
            m_log->append(std::chrono::system_clock::now(), fmt::format("{} {} {} {:.1f}ms", request.method, request.path, status, latencyMs));
        if (latencyMs <= 0) {
            responder->send(status, headers, std::move(body));
            return;
        }
        const auto delay = std::chrono::microseconds(static_cast<std::int64_t>(latencyMs * 1000));
        m_delays.after(delay, [responder, status, headers = std::move(headers), body = std::move(body)] { responder->send(status, headers, body); });
    }

    mutable std::mutex m_mutex;
    PodSpec m_spec; ///< Figures guarded by m_mutex; ns, name and port never change.
    proxy::HttpHeaders m_okHeaders; ///< Guarded by m_mutex.
    const std::size_t m_number;
    Delays &m_delays;
    Random m_random; ///< Guarded by m_mutex.
    std::string m_address;
    std::shared_ptr<PodLog> m_log = std::make_shared<PodLog>();
    std::atomic<std::uint64_t> m_requests {0};
    std::unique_ptr<proxy::HttpServer> m_server; ///< Last: its threads use the members above.
};

PodHost::PodHost(std::uint64_t seed, bool runsServers)
    : m_seed(seed)
    , m_runsServers(runsServers)
{
}

PodHost::~PodHost()
{
    stopAll();
}

PodDial PodHost::dialOf(const PodSpec &spec) const
{
    for (const std::string &name : {spec.name, spec.workload}) {
        const auto found = m_dials.find({spec.ns, name});
        if (found != m_dials.end())
            return found->second;
    }
    return {};
}

std::string PodHost::start(const PodSpec &spec)
{
    std::size_t number = 0;
    PodDial dial;
    {
        const std::scoped_lock lock(m_mutex);
        // Addresses go round, so that a new Pod does not get the one that a client may still hold.
        for (std::size_t i = 0; i < MaxPods && number == 0; ++i) {
            const std::size_t candidate = (m_next - 1 + i) % MaxPods + 1;
            if (!m_taken[candidate])
                number = candidate;
        }
        if (number == 0)
            return {};
        m_taken[number] = true;
        m_next = number % MaxPods + 1;
        dial = dialOf(spec);
    }
    const unsigned port = m_apiPort.load();
    const std::string address = fmt::format("127.{}.{}.{}", port >> 8 & 0xFF, port & 0xFF, number);
    auto server = std::make_shared<Server>(spec, number, m_seed, m_delays);
    server->tune(spec, dial);
    const bool isUp = !m_runsServers || server->listen(address);
    const std::scoped_lock lock(m_mutex);
    if (!isUp) {
        m_taken[number] = false;
        return {};
    }
    m_servers[{spec.ns, spec.name}] = std::move(server);
    return address;
}

void PodHost::stop(std::string_view ns, std::string_view name)
{
    std::shared_ptr<Server> server;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_servers.find({std::string(ns), std::string(name)});
        if (found == m_servers.end())
            return;
        server = std::move(found->second);
        m_servers.erase(found);
    }
    server->stop();
    const std::scoped_lock lock(m_mutex);
    m_taken[server->number()] = false;
}

void PodHost::stopAll()
{
    std::map<Key, std::shared_ptr<Server>> servers;
    {
        const std::scoped_lock lock(m_mutex);
        servers = std::exchange(m_servers, {});
    }
    // Side by side: each waits for its own thread to wake up and go, which adds up on a busy machine.
    std::vector<std::thread> stopping;
    for (const auto &[key, server] : servers)
        stopping.emplace_back([one = server.get()] { one->stop(); });
    for (std::thread &thread : stopping)
        thread.join();
    m_delays.stop();
}

void PodHost::refresh(const PodSpec &spec)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_servers.find({spec.ns, spec.name});
    if (found != m_servers.end())
        found->second->tune(spec, dialOf(spec));
}

void PodHost::setDial(std::string_view ns, std::string_view name, const PodDial &dial)
{
    const std::scoped_lock lock(m_mutex);
    m_dials[{std::string(ns), std::string(name)}] = dial;
}

std::shared_ptr<PodLog> PodHost::log(std::string_view ns, std::string_view name) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_servers.find({std::string(ns), std::string(name)});
    return found == m_servers.end() ? nullptr : found->second->log();
}

std::vector<RunningPod> PodHost::running() const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<RunningPod> pods;
    for (const auto &[key, server] : m_servers)
        pods.push_back(server->described());
    return pods;
}

} // namespace fairway::lab
