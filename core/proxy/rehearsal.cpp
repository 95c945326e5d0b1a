#include "core/proxy/rehearsal.h"

#include "core/proxy/load_generator.h"
#include "core/proxy/proxy.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace fairway::proxy {
namespace {

    using Clock = std::chrono::steady_clock;
    constexpr std::size_t MaxDestinations = 64;
    constexpr double MaxRate = 20000;
    constexpr std::chrono::hours MaxDuration {1};
    constexpr std::chrono::milliseconds SampleEvery {100};
    constexpr std::chrono::seconds ShareWindow {3};
    constexpr std::chrono::seconds LatencyWindow {1};

    /// What the proxy had counted for one destination at one moment.
    struct LegCount {
        std::uint64_t requests = 0;
        std::uint64_t errors = 0;
        HistogramSnapshot latency;
    };

    struct Sample {
        Clock::time_point when;
        std::vector<LegCount> legs;
    };

    Result<void> check(const RehearsalPlan &plan)
    {
        if (plan.destinations.empty())
            return fail(ErrorCode::InvalidInput, phrase("proxy", "there is no destination to send requests to"));
        if (plan.destinations.size() > MaxDestinations)
            return fail(ErrorCode::LimitExceeded, phrase("proxy", "at most 64 destinations can be rehearsed"));
        std::set<std::string> labels;
        std::uint64_t total = 0;
        for (const RehearsalDestination &destination : plan.destinations) {
            if (!labels.insert(destination.label).second)
                return fail(ErrorCode::InvalidInput, phrase("proxy", "two destinations are called %1").with(destination.label));
            total += destination.weight;
        }
        if (total == 0)
            return fail(ErrorCode::InvalidInput, phrase("proxy", "all weights are 0: no request would be sent anywhere"));
        if (plan.ratePerSecond < 0 || plan.ratePerSecond > MaxRate)
            return fail(ErrorCode::LimitExceeded, phrase("proxy", "the rate must be between 0 and 20000 requests a second"));
        if (plan.duration > MaxDuration || (plan.duration.count() <= 0 && plan.maxRequests == 0))
            return fail(ErrorCode::InvalidInput, phrase("proxy", "a rehearsal needs a duration of at most an hour, or a number of requests"));
        return {};
    }

} // namespace

class Rehearsal::Impl {
public:
    explicit Impl(RehearsalPlan plan)
        : m_plan(std::move(plan))
    {
        for (const RehearsalDestination &destination : m_plan.destinations)
            m_weights.push_back(destination.weight);
    }

    ~Impl() { stop(); }

    Result<void> start()
    {
        std::vector<std::string> labels;
        for (const RehearsalDestination &destination : m_plan.destinations) {
            if (destination.endpoints.empty())
                labels.push_back(destination.label);
        }
        auto standIns = StandIns::start(labels);
        if (!standIns)
            return tl::unexpected(standIns.error());
        m_standIns = std::move(*standIns);
        std::size_t next = 0;
        for (RehearsalDestination &destination : m_plan.destinations) {
            m_isStandIn.push_back(destination.endpoints.empty());
            if (destination.endpoints.empty()) {
                m_standIns->setDial(destination.label, destination.dial);
                destination.endpoints.push_back({m_standIns->address(next++), "stand-in " + destination.label});
            }
        }
        auto proxy = Proxy::start(config());
        if (!proxy)
            return tl::unexpected(proxy.error());
        m_proxy = std::move(*proxy);
        m_base = m_last = take();
        LoadPlan load;
        load.target = net::SocketAddress::loopback(m_proxy->port());
        load.host = m_plan.host;
        load.path = m_plan.path;
        load.headers = m_plan.headers;
        load.ratePerSecond = m_plan.ratePerSecond;
        load.maxRequests = m_plan.maxRequests;
        load.maxConnections = 256;
        m_started = Clock::now();
        auto generator = LoadGenerator::start(std::move(load));
        if (!generator)
            return tl::unexpected(generator.error());
        m_load = std::move(*generator);
        m_isRunning = true;
        m_thread = std::thread([this] { watch(); });
        return {};
    }

    void stop()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_isStopping = true;
        }
        m_changed.notify_all();
        if (m_thread.joinable())
            m_thread.join();
        if (m_load)
            m_load->stop();
        if (m_proxy)
            m_proxy->stop();
    }

    void wait() const
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_isRunning; });
    }

    void setRate(double rate) { m_load->setRate(std::clamp(rate, 0.0, MaxRate)); }
    void setDial(std::string_view label, const StandInDial &dial) { m_standIns->setDial(label, dial); }

    Result<void> setWeights(const std::vector<std::uint32_t> &weights)
    {
        if (weights.size() != m_weights.size())
            return fail(ErrorCode::InvalidInput, phrase("proxy", "the rule has %1 destinations").with(m_weights.size()));
        if (std::all_of(weights.begin(), weights.end(), [](std::uint32_t weight) { return weight == 0; }))
            return fail(ErrorCode::InvalidInput, phrase("proxy", "all weights are 0: no request would be sent anywhere"));
        const std::scoped_lock lock(m_mutex);
        const std::vector<std::uint32_t> before = std::exchange(m_weights, weights);
        if (auto swapped = m_proxy->swap(config()); !swapped) {
            m_weights = before;
            return swapped;
        }
        m_samples.clear();
        m_base = m_last = take();
        m_rebase = Clock::now() + SampleEvery;
        return {};
    }

    [[nodiscard]] RehearsalSnapshot snapshot() const
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isRunning)
            m_last = take();
        RehearsalSnapshot out;
        out.isRunning = m_isRunning;
        out.elapsed = (m_isRunning ? Clock::now() : m_ended) - m_started;
        out.heldBack = m_load ? m_load->counters().heldBack : 0;
        const Sample &recent = sampleBefore(ShareWindow);
        const Sample &latest = sampleBefore(LatencyWindow);
        std::uint64_t total = 0, recentTotal = 0, lastTotal = 0, weightSum = 0;
        for (std::size_t i = 0; i < m_weights.size(); ++i) {
            total += m_last.legs[i].requests - m_base.legs[i].requests;
            recentTotal += m_last.legs[i].requests - recent.legs[i].requests;
            lastTotal += m_last.legs[i].requests - latest.legs[i].requests;
            weightSum += m_weights[i];
        }
        std::vector<std::uint64_t> counts;
        std::vector<double> expected;
        for (std::size_t i = 0; i < m_weights.size(); ++i) {
            const RehearsalDestination &destination = m_plan.destinations[i];
            RehearsalLeg leg;
            leg.label = destination.label;
            leg.isStandIn = m_isStandIn[i];
            leg.endpoints = destination.endpoints.size();
            leg.weight = m_weights[i];
            leg.expected = static_cast<double>(m_weights[i]) / static_cast<double>(weightSum);
            leg.requests = m_last.legs[i].requests - m_base.legs[i].requests;
            leg.errors = m_last.legs[i].errors - m_base.legs[i].errors;
            leg.measured = wilsonInterval(leg.requests, total);
            const std::uint64_t recentRequests = m_last.legs[i].requests - recent.legs[i].requests;
            leg.recentShare = recentTotal ? static_cast<double>(recentRequests) / static_cast<double>(recentTotal) : 0;
            const HistogramSnapshot whole = m_last.legs[i].latency.since(m_base.legs[i].latency);
            HistogramSnapshot last = m_last.legs[i].latency.since(latest.legs[i].latency);
            if (last.total == 0)
                last = whole;
            leg.p50Ms = last.quantile(0.5) / 1000;
            leg.p95Ms = last.quantile(0.95) / 1000;
            leg.p99Ms = whole.quantile(0.99) / 1000;
            out.requests += leg.requests;
            out.errors += leg.errors;
            counts.push_back(leg.requests);
            expected.push_back(leg.expected);
            out.legs.push_back(std::move(leg));
        }
        const double window = std::chrono::duration<double>(m_last.when - latest.when).count();
        out.achievedRate = window > 0.05 ? static_cast<double>(lastTotal) / window : 0;
        out.verdict = judgeSplit(counts, expected);
        return out;
    }

private:
    [[nodiscard]] ProxyConfig config() const
    {
        std::vector<Destination> destinations;
        for (std::size_t i = 0; i < m_plan.destinations.size(); ++i)
            destinations.push_back({m_plan.destinations[i].label, m_weights[i], m_plan.destinations[i].endpoints});
        ProxyConfig config = simpleConfig({net::SocketAddress::loopback(0)}, std::move(destinations), m_plan.split, m_plan.workers);
        if (!m_plan.name.empty())
            config.routes.front().name = m_plan.name;
        config.seed = m_plan.seed;
        return config;
    }

    [[nodiscard]] Sample take() const
    {
        Sample sample {Clock::now(), std::vector<LegCount>(m_plan.destinations.size())};
        const ProxyStats stats = m_proxy->stats();
        for (const DestinationStats &destination : stats.destinations) {
            for (std::size_t i = 0; i < m_plan.destinations.size(); ++i) {
                if (m_plan.destinations[i].label == destination.destination)
                    sample.legs[i] = {destination.requests, destination.byClass[0] + destination.byClass[5], destination.latency};
            }
        }
        return sample;
    }

    /// The newest sample that is at least `age` older than the last one, or the first there is.
    [[nodiscard]] const Sample &sampleBefore(std::chrono::milliseconds age) const
    {
        const Sample *found = &m_base;
        for (const Sample &sample : m_samples) {
            if (m_last.when - sample.when < age)
                break;
            found = &sample;
        }
        return *found;
    }

    void watch()
    {
        std::unique_lock lock(m_mutex);
        while (!m_isStopping) {
            m_changed.wait_for(lock, SampleEvery, [this] { return m_isStopping; });
            m_last = take();
            if (m_rebase && m_last.when >= *m_rebase) {
                // Between the swap and the turn in which a worker takes it over, requests still went by the old weights.
                m_rebase.reset();
                m_samples.clear();
                m_base = m_last;
            }
            m_samples.push_back(m_last);
            while (m_samples.size() > 2 && m_last.when - m_samples[1].when > ShareWindow)
                m_samples.pop_front();
            const bool isOver = m_plan.duration.count() > 0 && Clock::now() - m_started >= m_plan.duration;
            if (isOver || m_load->counters().isFinished)
                break;
        }
        m_load->stop();
        m_last = take();
        m_ended = Clock::now();
        m_isRunning = false;
        lock.unlock();
        m_changed.notify_all();
    }

    RehearsalPlan m_plan;
    std::vector<bool> m_isStandIn;
    std::unique_ptr<StandIns> m_standIns;
    std::unique_ptr<Proxy> m_proxy;
    std::unique_ptr<LoadGenerator> m_load;
    std::thread m_thread;
    Clock::time_point m_started;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::vector<std::uint32_t> m_weights; ///< Guarded by m_mutex.
    std::deque<Sample> m_samples;         ///< Guarded by m_mutex.
    Sample m_base;                        ///< Where counting began; guarded by m_mutex.
    std::optional<Clock::time_point> m_rebase; ///< When counting begins anew after a change of weights; guarded by m_mutex.
    mutable Sample m_last;                ///< Guarded by m_mutex.
    Clock::time_point m_ended;            ///< Guarded by m_mutex.
    bool m_isRunning = false;             ///< Guarded by m_mutex.
    bool m_isStopping = false;            ///< Guarded by m_mutex.
};

Rehearsal::Rehearsal(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

Rehearsal::~Rehearsal() = default;

Result<std::unique_ptr<Rehearsal>> Rehearsal::start(RehearsalPlan plan)
{
    if (auto checked = check(plan); !checked)
        return tl::unexpected(checked.error());
    std::unique_ptr<Rehearsal> rehearsal(new Rehearsal(std::make_unique<Impl>(std::move(plan))));
    if (auto started = rehearsal->m_impl->start(); !started)
        return failWith(phrase("proxy", "the rehearsal did not start"), started.error());
    return rehearsal;
}

void Rehearsal::setRate(double ratePerSecond)
{
    m_impl->setRate(ratePerSecond);
}

void Rehearsal::setDial(std::string_view label, const StandInDial &dial)
{
    m_impl->setDial(label, dial);
}

Result<void> Rehearsal::setWeights(const std::vector<std::uint32_t> &weights)
{
    return m_impl->setWeights(weights);
}

void Rehearsal::stop()
{
    m_impl->stop();
}

RehearsalSnapshot Rehearsal::snapshot() const
{
    return m_impl->snapshot();
}

void Rehearsal::wait() const
{
    m_impl->wait();
}

std::vector<Endpoint> localEndpoints(const route::Resolution &resolution)
{
    std::vector<Endpoint> endpoints;
    for (const route::Endpoint &endpoint : resolution.endpoints) {
        if (!endpoint.isReady || !endpoint.address.starts_with("127."))
            continue;
        if (const auto address = net::SocketAddress::parse(endpoint.address))
            endpoints.push_back({*address, endpoint.pod});
    }
    return endpoints;
}

} // namespace fairway::proxy
