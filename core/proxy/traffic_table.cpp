#include "core/proxy/traffic_table.h"

#include "core/route/header_text.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15u;

std::vector<std::uint32_t> weightsOf(const route::RouteAction &action)
{
    std::vector<std::uint32_t> out;
    for (const route::RouteTarget &target : action.targets) {
        out.push_back(static_cast<std::uint32_t>(std::min<std::uint64_t>(target.weight, std::numeric_limits<std::int32_t>::max())));
    }
    return out;
}

bool asksForClientIn(const route::HeaderEdits &edits)
{
    return std::any_of(edits.begin(), edits.end(),
        [](const route::HeaderEdit &edit) { return !edit.isLiteral && route::headerTextNeeds(edit.value).client; });
}

} // namespace

EndpointState *TrafficTable::Leg::take()
{
    if (endpoints.empty()) {
        return nullptr;
    }
    next = next + 1 < endpoints.size() ? next + 1 : 0;
    return endpoints[next].get();
}

route::Call callOf(const http::RequestHead &head, const Traffic::Door &door)
{
    route::Call call;
    call.port = door.port;
    call.tls = door.isTls ? route::Call::Tls::Tls : route::Call::Tls::None;
    route::RequestView &request = call.request;
    request.method = head.method;
    request.scheme = door.isTls ? "https" : "http";
    request.authority = head.authority;
    const std::size_t question = std::min(head.path.find('?'), head.path.size());
    request.path = head.path.substr(0, question);
    request.query = head.path.substr(std::min(question + 1, head.path.size()));
    if (door.isTls) {
        call.sni = route::hostWithoutPort(request.authority);
    }
    request.headers.reserve(head.fields.size());
    for (const http::HeaderField &field : head.fields) {
        if (field.id != http::HeaderId::Host) {
            request.headers.emplace_back(route::lowerAscii(field.name), field.value);
        }
    }
    return call;
}

TrafficTable::TrafficTable(std::shared_ptr<const ProxyConfig> config, std::size_t worker, const CountersOf &countersOf, const EndpointOf &endpointOf)
    : m_config(std::move(config))
    , m_random(m_config->seed == 0 ? Random() : Random(m_config->seed ^ (kGolden * (worker + 1))))
{
    std::uint64_t stream = worker + 1;
    for (const route::Listener &listener : m_config->traffic->table->listeners) {
        for (const route::FilterChain &chain : listener.chains) {
            for (std::size_t h = 0; chain.http && h < chain.http->hosts().size(); ++h) {
                const route::VirtualHost &host = chain.http->hosts()[h];
                m_asksForClient = m_asksForClient || asksForClientIn(host.requestEdits) || asksForClientIn(host.responseEdits);
                for (const route::CompiledRoute &route : host.routes) {
                    // Every worker and rule draws its own numbers from one seed.
                    stream = stream * kGolden + 1;
                    add(route, m_config->seed == 0 ? Random() : Random(m_config->seed ^ stream), worker, countersOf, endpointOf);
                }
            }
        }
    }
}

void TrafficTable::add(const route::CompiledRoute &route, Random random, std::size_t worker, const CountersOf &countersOf, const EndpointOf &endpointOf)
{
    const route::RouteAction &action = *route.action;
    m_asksForClient = m_asksForClient || asksForClientIn(action.requestEdits) || asksForClientIn(action.responseEdits)
        || std::any_of(action.targets.begin(), action.targets.end(),
            [](const route::RouteTarget &target) { return asksForClientIn(target.requestEdits) || asksForClientIn(target.responseEdits); });
    if (m_rules.contains(&action)) {
        return; // the match blocks of a rule share its action, and so its split
    }
    const std::string name = route.origin.display();
    const auto counters = [&](const std::string &target) {
        m_names.emplace(name, target);
        return &countersOf(name, target);
    };
    const auto legTo = [&](const route::RouteTarget &target, const std::string &prefix) {
        Leg leg;
        leg.target = &target;
        const std::string key = targetKey(target);
        leg.counters = counters(prefix + key);
        if (const auto found = m_config->traffic->endpoints.find(key); found != m_config->traffic->endpoints.end()) {
            for (const Endpoint &endpoint : found->second) {
                leg.endpoints.push_back(endpointOf(endpoint));
            }
        }
        leg.next = leg.endpoints.empty() ? 0 : worker % leg.endpoints.size();
        return leg;
    };
    std::vector<Leg> legs;
    for (const route::RouteTarget &target : action.targets) {
        legs.push_back(legTo(target, {}));
    }
    std::vector<Leg> mirrors;
    for (const route::MirrorTarget &mirror : action.mirrors) {
        mirrors.push_back(legTo(mirror.target, "mirror "));
    }
    m_rules.emplace(&action, Rule {&action, Splitter(weightsOf(action), m_config->split, random), std::move(legs), std::move(mirrors), counters(kOwnAnswers),
                                  action.retry ? RetryConditions(*action.retry) : RetryConditions()});
}

TrafficTable::Verdict TrafficTable::decide(const http::RequestHead &head, std::size_t listener, std::string client)
{
    route::Call call = callOf(head, m_config->traffic->doorOf(listener));
    call.client = std::move(client);
    call.random = m_random.next();
    Verdict out;
    out.decision = route::resolve(*m_config->traffic->table, call);
    const route::CompiledRoute *route = out.decision.route;
    if (route != nullptr) {
        const auto found = m_rules.find(route->action.get());
        out.rule = found == m_rules.end() ? nullptr : &found->second;
    }
    if (out.rule != nullptr && out.decision.outcome == route::Outcome::Forwarded) {
        // The splitter picks, not the call's random number: it may be asked for exact shares.
        const int leg = out.rule->splitter.pick();
        out.leg = leg < 0 ? nullptr : &out.rule->legs[static_cast<std::size_t>(leg)];
        out.decision.target = out.leg == nullptr ? nullptr : out.leg->target;
    }
    out.effects = route::effectsOf(out.decision, call);
    return out;
}

bool TrafficTable::counts(const std::string &rule, const std::string &target) const
{
    return m_names.contains({rule, target});
}

bool TrafficTable::happens(double percent)
{
    return percent >= 100 || (percent > 0 && m_random.unit() * 100 < percent);
}

} // namespace fairway::proxy
