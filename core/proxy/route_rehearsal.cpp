#include "core/proxy/route_rehearsal.h"

#include "core/proxy/load_generator.h"
#include "core/proxy/proxy.h"
#include "core/proxy/not_executed.h"
#include "core/proxy/traffic_table.h"
#include "core/route/example_request.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <tuple>
#include <utility>

namespace fairway::proxy {
namespace {

    constexpr std::size_t MaxRules = 500;
    constexpr std::size_t MaxTargets = 64;
    constexpr std::uint64_t MaxRequests = 1'000'000;
    constexpr std::chrono::milliseconds LookEvery {5};

    struct Played {
        const route::VirtualHost *host = nullptr;
        const route::CompiledRoute *route = nullptr;
        int part = 0;
    };

    bool isOneOf(const std::vector<std::string> &objects, const route::RuleOrigin &origin)
    {
        return std::any_of(objects.begin(), objects.end(), [&](const std::string &object) {
            return origin.object() == object || origin.via.starts_with(object + " ");
        });
    }

    bool isWanted(const RouteRehearsalPlan &plan, const route::CompiledRoute &route)
    {
        if (plan.objects.empty())
            return !route.origin.section.empty();
        return isOneOf(plan.objects, route.origin) || (route.alsoFor && isOneOf(plan.objects, *route.alsoFor));
    }

    std::vector<Played> rulesOf(const RouteRehearsalPlan &plan, const route::Listener &listener)
    {
        std::vector<Played> out;
        std::set<std::string> seen; // a rule may stand in several hosts: once is enough
        for (const route::FilterChain &chain : listener.chains) {
            for (std::size_t h = 0; chain.http && h < chain.http->hosts().size(); ++h) {
                const route::VirtualHost &host = chain.http->hosts()[h];
                std::map<std::string, int> parts;
                for (const route::CompiledRoute &route : host.routes) {
                    const int part = parts[route.origin.object() + " " + route.origin.path()]++;
                    const std::string key = RuleOutcome::keyOf(route.origin, part);
                    if (isWanted(plan, route) && !plan.played.contains(key) && seen.insert(key).second)
                        out.push_back({&host, &route, part});
                }
            }
        }
        return out;
    }

    std::string described(const route::RequestView &request)
    {
        std::string out = request.method + " " + request.scheme + "://" + request.authority + request.path + (request.query.empty() ? "" : "?" + request.query);
        std::string fields;
        for (const auto &[name, value] : request.headers)
            fields += (fields.empty() ? "" : ", ") + name + ": " + value;
        return fields.empty() ? out : out + " (" + fields + ")";
    }

    class Run {
    public:
        Run(const RouteRehearsalPlan &plan, const CancelToken &cancel)
            : m_plan(plan)
            , m_cancel(cancel)
        {
        }

        Result<RouteRehearsalReport> all()
        {
            const route::Listener *listener = m_plan.table->listenerOf("", m_plan.port);
            if (listener == nullptr)
                return fail(ErrorCode::InvalidInput, phrase("proxy", "no listener on port %1 could be played").with(m_plan.port));
            m_isTls = endsTls(*listener);
            std::vector<Played> rules = rulesOf(m_plan, *listener);
            if (rules.empty() && !m_plan.played.empty())
                return RouteRehearsalReport {};
            if (rules.empty())
                return fail(ErrorCode::InvalidInput, phrase("proxy", "there is no rule to play on port %1").with(m_plan.port));
            if (rules.size() > MaxRules || m_plan.requestsPerRule > MaxRequests)
                return fail(ErrorCode::LimitExceeded, phrase("proxy", "at most 500 rules with 1000000 requests each can be played"));
            if (Result<void> ready = start(); !ready)
                return tl::unexpected(ready.error());
            RouteRehearsalReport report;
            report.notExecuted = notExecuted(*m_plan.table);
            for (const Text &note : m_plan.table->notes) {
                const auto isAbout = [words = note.plain()](const std::string &object) { return words.starts_with(object + ":"); };
                if (std::any_of(m_plan.objects.begin(), m_plan.objects.end(), isAbout))
                    report.notExecuted.push_back(note);
            }
            for (const Played &played : rules) {
                Result<RuleOutcome> outcome = play(played);
                if (!outcome)
                    return tl::unexpected(outcome.error());
                report.rules.push_back(std::move(*outcome));
                if (m_plan.onRule)
                    m_plan.onRule(report.rules.back(), report.rules.size(), rules.size());
            }
            return report;
        }

    private:
        using Counts = std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, std::uint64_t>>;

        Result<void> start()
        {
            auto traffic = std::make_shared<Traffic>();
            traffic->table = m_plan.table;
            traffic->door = {m_plan.port, m_isTls};
            traffic->endpoints = m_plan.endpoints;
            std::vector<std::string> labels;
            std::vector<StandInDial> dials;
            for (const route::RouteTarget *target : targetsOf(*m_plan.table)) {
                const std::string key = targetKey(*target);
                if (const auto known = traffic->endpoints.find(key); known != traffic->endpoints.end() && !known->second.empty())
                    continue;
                const auto bySubset = m_plan.dials.find(target->subset);
                const auto byKey = m_plan.dials.find(key);
                labels.push_back(key);
                dials.push_back(bySubset != m_plan.dials.end() ? bySubset->second : byKey != m_plan.dials.end() ? byKey->second : StandInDial {0, 0});
            }
            if (labels.size() > MaxTargets)
                return fail(ErrorCode::LimitExceeded, phrase("proxy", "at most 64 destinations can be rehearsed"));
            auto standIns = StandIns::start(labels);
            if (!standIns)
                return tl::unexpected(standIns.error());
            m_standIns = std::move(*standIns);
            for (std::size_t i = 0; i < labels.size(); ++i) {
                m_standIns->setDial(labels[i], dials[i]);
                m_isPlayed.insert(labels[i]);
                traffic->endpoints[labels[i]] = {{m_standIns->address(i), "stand-in " + labels[i]}};
            }
            ProxyConfig config;
            config.listeners = {net::SocketAddress::loopback(0)};
            config.split = m_plan.split;
            config.seed = m_plan.seed;
            config.traffic = std::move(traffic);
            auto proxy = Proxy::start(std::move(config));
            if (!proxy)
                return tl::unexpected(proxy.error());
            m_proxy = std::move(*proxy);
            return {};
        }

        [[nodiscard]] Counts counts() const
        {
            Counts out;
            for (const DestinationStats &stats : m_proxy->stats().destinations)
                out[{stats.route, stats.destination}] = {stats.requests, stats.byClass[0] + stats.byClass[5]};
            return out;
        }

        Result<RuleOutcome> play(const Played &played)
        {
            RuleOutcome out;
            out.rule = played.route->origin.display();
            out.object = played.route->origin.object();
            out.path = played.route->origin.path();
            out.section = played.route->origin.section;
            out.index = played.route->origin.index;
            out.key = RuleOutcome::keyOf(played.route->origin, played.part);
            route::Call base;
            base.port = m_plan.port;
            if (m_isTls) {
                base.tls = route::Call::Tls::Tls;
                base.request.scheme = "https";
            }
            const route::CallForRule made = route::callFor(*m_plan.table, *played.host, *played.route, base);
            if (made.hiddenBy != nullptr)
                out.takenBy = made.hiddenBy->origin.display();
            if (!made.call)
                return out;
            const route::RequestView &request = made.call->request;
            out.request = described(request);
            const Counts before = counts();
            LoadPlan load;
            load.target = net::SocketAddress::loopback(m_proxy->port());
            load.method = request.method;
            load.host = request.authority;
            load.path = request.path + (request.query.empty() ? "" : "?" + request.query);
            load.headers = request.headers;
            load.ratePerSecond = m_plan.ratePerSecond;
            load.maxRequests = m_plan.requestsPerRule;
            auto generator = LoadGenerator::start(std::move(load));
            if (!generator)
                return tl::unexpected(generator.error());
            while (!(*generator)->counters().isFinished) {
                if (m_cancel.isCancelled())
                    return fail(ErrorCode::Cancelled, "the rehearsal was cancelled");
                std::this_thread::sleep_for(LookEvery);
            }
            const LoadCounters sent = (*generator)->counters();
            (*generator)->stop();
            out.sent = sent.sent;
            out.answered = sent.answered;
            tell(out, *played.route, before, counts());
            return out;
        }

        void tell(RuleOutcome &out, const route::CompiledRoute &route, const Counts &before, const Counts &after) const
        {
            const auto grown = [&](const std::string &target) {
                const std::pair key {out.rule, target};
                const auto was = before.find(key);
                const auto is = after.find(key);
                std::pair<std::uint64_t, std::uint64_t> by {0, 0};
                if (is != after.end())
                    by = is->second;
                if (was != before.end())
                    by = {by.first - was->second.first, by.second - was->second.second};
                return by;
            };
            out.ownAnswers = grown(TrafficTable::kOwnAnswers).first;
            std::uint64_t total = 0;
            std::vector<std::uint64_t> counted;
            std::vector<double> expected;
            for (const route::RouteTarget &target : route.action->targets)
                total += grown(targetKey(target)).first;
            for (const route::RouteTarget &target : route.action->targets) {
                RuleOutcome::Leg leg;
                leg.target = targetKey(target);
                leg.pointer = target.pointer;
                leg.isStandIn = m_isPlayed.contains(leg.target);
                leg.weight = target.weight;
                leg.expected = route.action->totalWeight == 0 ? 0 : static_cast<double>(target.weight) / static_cast<double>(route.action->totalWeight);
                std::tie(leg.requests, leg.errors) = grown(leg.target);
                leg.measured = wilsonInterval(leg.requests, total);
                counted.push_back(leg.requests);
                expected.push_back(leg.expected);
                out.legs.push_back(std::move(leg));
            }
            if (out.legs.size() > 1)
                out.verdict = judgeSplit(counted, expected);
        }

        const RouteRehearsalPlan &m_plan;
        const CancelToken &m_cancel;
        std::unique_ptr<StandIns> m_standIns;
        std::unique_ptr<Proxy> m_proxy;
        std::set<std::string> m_isPlayed; ///< By stand-ins.
        bool m_isTls = false;             ///< Requests count as https, though they are sent without.
    };

} // namespace

std::string RuleOutcome::keyOf(const route::RuleOrigin &origin, int part)
{
    return origin.object() + " " + origin.path() + " " + std::to_string(part);
}

Result<RouteRehearsalReport> rehearseRoutes(const RouteRehearsalPlan &plan, const CancelToken &cancel)
{
    return Run(plan, cancel).all();
}

std::vector<int> portsHolding(const route::RouteTable &table, const std::vector<std::string> &objects)
{
    const auto holds = [&objects](const route::FilterChain &chain) {
        return chain.http && std::any_of(chain.http->hosts().begin(), chain.http->hosts().end(), [&](const route::VirtualHost &host) {
            return std::any_of(host.routes.begin(), host.routes.end(), [&](const route::CompiledRoute &route) {
                return isOneOf(objects, route.origin) || (route.alsoFor && isOneOf(objects, *route.alsoFor));
            });
        });
    };
    std::vector<int> out;
    for (const route::Listener &listener : table.listeners) {
        if (std::any_of(listener.chains.begin(), listener.chains.end(), holds) && std::find(out.begin(), out.end(), listener.port) == out.end())
            out.push_back(listener.port);
    }
    return out;
}

route::Destination destinationOf(const route::RouteTarget &target)
{
    route::Destination out;
    out.host = out.fqdn = target.host;
    out.subset = target.subset;
    out.port = target.port;
    out.ns = target.ns;
    if (const auto name = route::serviceOfHost(target.host, target.ns)) {
        out.service = name->name;
        out.ns = name->ns;
    }
    return out;
}

} // namespace fairway::proxy
