#include "core/engine/rehearsals.h"

#include "core/engine/listed_kinds.h"
#include "core/engine/rule_identity.h"
#include "core/engine/text.h"
#include "core/route/not_modelled.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

constexpr int RefreshMs = 100;
constexpr int MostPolicies = 500; ///< Of a kind: a list of names is for reading.

RehearsalStatus::Verdict toVerdict(proxy::SplitVerdict verdict)
{
    switch (verdict) {
    case proxy::SplitVerdict::Matches: return RehearsalStatus::Verdict::Matches;
    case proxy::SplitVerdict::Differs: return RehearsalStatus::Verdict::Differs;
    case proxy::SplitVerdict::Pending: break;
    }
    return RehearsalStatus::Verdict::Pending;
}

} // namespace

Rehearsals::Rehearsals(Contexts &contexts, Routes &routes, Overview &overview, TaskThread &worker,
    std::shared_ptr<GuiDispatcher::Poster> poster)
    : m_contexts(contexts)
    , m_routes(routes)
    , m_overview(overview)
    , m_worker(worker)
    , m_poster(std::move(poster))
{
    m_timer.setInterval(RefreshMs);
    QObject::connect(&m_timer, &QTimer::timeout, this, &Rehearsals::tick);
}

Result<proxy::RehearsalPlan> Rehearsals::planOf(const RehearsalRequest &request, const RouteEntry &entry) const
{
    const route::Rule *rule = entry.route.find(toUtf8(request.section), request.rule);
    if (!rule)
        return fairway::fail(ErrorCode::NotFound, toUtf8(tr("The rule is gone.")));
    const auto position = static_cast<std::size_t>(rule - entry.route.rules.data());
    const bool mayUsePods = request.usePods && m_contexts.current().isPractice && entry.detail.source.isEmpty();
    proxy::RehearsalPlan plan;
    plan.name = entry.route.id() + " " + rule->section + "[" + std::to_string(rule->index) + "]";
    if (!entry.route.hosts.empty() && entry.route.hosts.front().find('*') == std::string::npos)
        plan.host = entry.route.hosts.front();
    plan.ratePerSecond = request.ratePerSecond;
    plan.duration = std::chrono::seconds(request.durationSeconds);
    plan.maxRequests = static_cast<std::uint64_t>(std::max<qint64>(0, request.maxRequests));
    for (std::size_t i = 0; i < rule->destinations.size(); ++i) {
        const auto index = static_cast<qsizetype>(i);
        const qint64 weight = index < request.weights.size() ? request.weights[index] : rule->destinations[i].weight;
        proxy::RehearsalDestination destination;
        destination.label = rule->destinations[i].label;
        // A lone destination gets everything, whatever its weight says.
        destination.weight = rule->destinations.size() == 1 ? 1U
                                                            : static_cast<std::uint32_t>(std::clamp<qint64>(weight, 0, 0x7fffffff));
        if (mayUsePods)
            destination.endpoints = proxy::localEndpoints(entry.resolutions[position][i]);
        for (const StandInDial &dial : request.dials) {
            if (toUtf8(dial.destination) == destination.label)
                destination.dial = {static_cast<double>(dial.latencyMs), dial.errorPercent};
        }
        plan.destinations.push_back(std::move(destination));
    }
    return plan;
}

void Rehearsals::start(const RehearsalRequest &asked)
{
    RehearsalRequest request = asked;
    retire();
    ++m_generation;
    m_status = {};
    m_status.isWholeRoute = request.isWholeRoute;
    m_status.routeId = request.routeId;
    m_status.plannedSeconds = request.durationSeconds;
    m_status.phase = RehearsalStatus::Phase::Starting;
    const auto entry = m_routes.entry(request.routeId);
    if (!entry) {
        fail(tr("The route is gone."));
        return;
    }
    // The picture may be newer than the one the rule was chosen in.
    const FoundRule found = findRule(entry->detail, {request.section, request.rule, request.identity});
    if (found.fate != RuleFate::There) {
        fail(tr("The rule is gone."));
        return;
    }
    request.rule = entry->detail.rules[found.position].index;
    m_activity = m_overview.begin(tr("Rehearsing %1/%2").arg(entry->detail.row.ns, entry->detail.row.name), [this] { stop(); });
    if (request.isWholeRoute)
        startRoute(request, entry);
    else
        startRule(request, entry);
    Q_EMIT statusChanged();
}

void Rehearsals::startRule(const RehearsalRequest &request, const std::shared_ptr<const RouteEntry> &entry)
{
    auto plan = planOf(request, *entry);
    if (!plan) {
        fail(inWords(plan.error()));
        return;
    }
    const route::Rule *rule = entry->route.find(toUtf8(request.section), request.rule);
    for (const Text &text : route::notModelled(entry->route, *rule))
        m_status.notModelled.append(inWords(text));
    if (entry->detail.source.isEmpty())
        askForPolicies(entry, *rule);
    m_roles.clear();
    for (const Rule &shown : entry->detail.rules) {
        if (shown.section == request.section && shown.index == request.rule) {
            for (const Destination &destination : shown.destinations)
                m_roles.append(destination.role);
        }
    }
    m_worker.post([this, generation = m_generation, plan = std::move(*plan)]() mutable {
        auto started = proxy::Rehearsal::start(std::move(plan));
        std::shared_ptr<proxy::Rehearsal> running = started ? std::move(*started) : nullptr;
        const QString problem = started ? QString() : inWords(started.error());
        m_poster->post([this, generation, running, problem] {
            if (generation != m_generation) {
                m_worker.post([running] { }); // its end joins threads: not in the GUI's
                return;
            }
            if (!running) {
                fail(problem);
                return;
            }
            m_running = running;
            m_status.phase = RehearsalStatus::Phase::Running;
            m_timer.start();
            refresh();
        });
    });
}

/// Which policies there are is asked when somebody rehearses, not watched all the time.
void Rehearsals::askForPolicies(const std::shared_ptr<const RouteEntry> &entry, const route::Rule &rule)
{
    const auto session = m_contexts.session();
    const auto discovery = session ? session->discovery() : nullptr;
    if (!discovery)
        return;
    m_worker.post([this, generation = m_generation, entry, discovery, client = session->client(), token = session->token(),
                      section = rule.section, index = rule.index] {
        const ListedKinds policies = listKinds(*client, *discovery, route::policyKinds(), MostPolicies, token);
        const route::Rule *played = entry->route.find(section, index);
        if (token.isCancelled() || played == nullptr)
            return;
        QStringList all;
        for (const Text &text : route::notModelled(entry->route, *played, policies.objects))
            all.append(inWords(text));
        for (const QString &kind : policies.unread)
            all.append(tr("%1 (could not be listed)").arg(kind));
        m_poster->post([this, generation, all] {
            if (generation != m_generation)
                return;
            m_status.notModelled = all;
            Q_EMIT statusChanged();
        });
    });
}

void Rehearsals::fail(const QString &message)
{
    m_status.phase = RehearsalStatus::Phase::Failed;
    m_status.message = message;
    retire();
    Q_EMIT statusChanged();
}

void Rehearsals::refresh()
{
    if (!m_running)
        return;
    const proxy::RehearsalSnapshot snapshot = m_running->snapshot();
    m_status.elapsedSeconds = snapshot.elapsed.count();
    m_status.requests = static_cast<qint64>(snapshot.requests);
    m_status.errors = static_cast<qint64>(snapshot.errors);
    m_status.achievedRate = snapshot.achievedRate;
    m_status.verdict = toVerdict(snapshot.verdict);
    m_status.shares.clear();
    for (const proxy::RehearsalLeg &leg : snapshot.legs) {
        RehearsalShare share;
        share.label = toQString(leg.label);
        share.role = m_roles.value(m_status.shares.size(), Role::Other);
        share.playedBy = leg.isStandIn ? tr("stand-in") : leg.endpoints == 1 ? tr("1 pod") : tr("%1 pods").arg(leg.endpoints);
        share.isStandIn = leg.isStandIn;
        share.requests = static_cast<qint64>(leg.requests);
        share.errors = static_cast<qint64>(leg.errors);
        share.expected = leg.expected;
        share.share = leg.measured.share;
        share.low = leg.measured.low;
        share.high = leg.measured.high;
        share.recentShare = leg.recentShare;
        share.p50Ms = leg.p50Ms;
        share.p95Ms = leg.p95Ms;
        m_status.shares.append(share);
    }
    describe();
    if (!snapshot.isRunning) {
        m_status.phase = RehearsalStatus::Phase::Done;
        retire();
    } else {
        m_overview.progress(m_activity, tr("%1 / %2 s").arg(static_cast<int>(m_status.elapsedSeconds)).arg(static_cast<int>(m_status.plannedSeconds)),
            m_status.plannedSeconds > 0 ? m_status.elapsedSeconds / m_status.plannedSeconds : -1);
    }
    Q_EMIT statusChanged();
}

/// The verdict in words.
void Rehearsals::describe()
{
    switch (m_status.verdict) {
    case RehearsalStatus::Verdict::Pending:
        m_status.message = tr("Not enough requests yet to tell.");
        break;
    case RehearsalStatus::Verdict::Matches:
        m_status.message = tr("The measured split matches the weights.");
        break;
    case RehearsalStatus::Verdict::Differs:
        m_status.message = tr("The measured split does not match the weights.");
        break;
    }
}

/// Lets the running rehearsal go; joining its threads happens on the worker.
void Rehearsals::retire()
{
    m_timer.stop();
    m_cancel.cancel();
    m_route.reset();
    if (m_activity != 0)
        m_overview.end(std::exchange(m_activity, 0));
    if (m_running)
        m_worker.post([running = std::exchange(m_running, nullptr)]() mutable { running.reset(); });
}

void Rehearsals::stop()
{
    ++m_generation;
    if (m_status.phase != RehearsalStatus::Phase::Starting && m_status.phase != RehearsalStatus::Phase::Running)
        return;
    tick();
    m_status.phase = m_status.requests > 0 ? RehearsalStatus::Phase::Done : RehearsalStatus::Phase::Idle;
    retire();
    Q_EMIT statusChanged();
}

void Rehearsals::setRate(int requestsPerSecond)
{
    if (m_running)
        m_running->setRate(requestsPerSecond);
}

void Rehearsals::setDial(const StandInDial &dial)
{
    if (m_running)
        m_running->setDial(toUtf8(dial.destination), {static_cast<double>(dial.latencyMs), dial.errorPercent});
}

void Rehearsals::setWeights(const QList<qint64> &weights)
{
    if (!m_running)
        return;
    std::vector<std::uint32_t> values;
    for (const qint64 weight : weights)
        values.push_back(static_cast<std::uint32_t>(std::clamp<qint64>(weight, 0, 0x7fffffff)));
    if (const auto changed = m_running->setWeights(values); !changed) {
        m_status.message = inWords(changed.error());
        Q_EMIT statusChanged();
        return;
    }
    refresh();
}

} // namespace fairway::engine
