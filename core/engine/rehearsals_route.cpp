#include "core/engine/rehearsals.h"

#include "core/engine/text.h"
#include "core/engine/xray_objects.h"
#include "core/route/not_modelled.h"

#include <utility>

/// The part of Rehearsals that plays a whole route.
namespace fairway::engine {

void Rehearsals::startRoute(const RehearsalRequest &request, const std::shared_ptr<const RouteEntry> &entry)
{
    m_route = entry;
    m_cancel = CancelSource();
    for (const route::Rule &rule : entry->route.rules) {
        for (const Text &text : route::notModelled(entry->route, rule))
            m_status.notModelled.append(inWords(text));
    }
    m_status.notModelled.removeDuplicates();
    RoutePlay play {entry, {}, request, request.usePods && m_contexts.current().isPractice && entry->detail.source.isEmpty()};
    if (!entry->detail.source.isEmpty()) {
        play.objects = m_routes.preview() ? m_routes.preview()->rendered : std::vector<value::Value>();
        playRoute(std::move(play));
        return;
    }
    const auto session = m_contexts.session();
    if (!session) {
        fail(tr("Not connected: the routes of the cluster are not known yet."));
        return;
    }
    session->collectRouting({}, [this, generation = m_generation, play = std::move(play), session, poster = m_poster](ClusterSession::RoutingObjects objects) {
        poster->post([this, generation, play, session, objects = std::move(objects)]() mutable {
            if (generation != m_generation)
                return;
            m_worker.post([this, generation, play = std::move(play), session, objects = std::move(objects)]() mutable {
                play.objects = XrayObjects(session->client(), session->discovery(), session->token()).known(objects);
                m_poster->post([this, generation, play = std::move(play)]() mutable {
                    if (generation == m_generation)
                        playRoute(std::move(play));
                });
            });
        });
    });
}

void Rehearsals::playRoute(RoutePlay play)
{
    m_status.phase = RehearsalStatus::Phase::Running;
    m_clock.start();
    m_timer.start();
    m_worker.post([this, generation = m_generation, play = std::move(play), poster = m_poster, cancel = m_cancel]() mutable {
        const auto ending = m_worker.token().onCancel([cancel]() mutable { cancel.cancel(); }); // of the process
        const auto onRule = [&](const RuleRehearsal &rule, int planned) {
            poster->post([this, generation, rule, planned] { take(generation, rule, planned); });
        };
        auto played = std::make_shared<Result<RoutePlayed>>(engine::playRoute(play, onRule, cancel.token()));
        poster->post([this, generation, played] { finishRoute(generation, *played); });
    });
}

void Rehearsals::take(quint64 generation, const RuleRehearsal &rule, int planned)
{
    if (generation != m_generation || !m_route)
        return;
    insertInOrder(m_status.rules, rule, m_route->route);
    m_status.plannedRules = std::max(planned, static_cast<int>(m_status.rules.size()));
    m_status.requests += rule.requests;
    for (const RehearsalShare &share : rule.shares)
        m_status.errors += share.errors;
}

void Rehearsals::finishRoute(quint64 generation, const Result<RoutePlayed> &played)
{
    if (generation != m_generation)
        return;
    if (!played) {
        fail(inWords(played.error()));
        return;
    }
    m_status.elapsedSeconds = static_cast<double>(m_clock.elapsed()) / 1000;
    m_status.rules = played->rules;
    m_status.plannedRules = static_cast<int>(played->rules.size());
    m_status.notModelled += played->notExecuted;
    m_status.notModelled.removeDuplicates();
    m_status.phase = RehearsalStatus::Phase::Done;
    retire();
    Q_EMIT statusChanged();
}

void Rehearsals::tick()
{
    if (!m_route || m_status.phase != RehearsalStatus::Phase::Running) {
        refresh();
        return;
    }
    m_status.elapsedSeconds = static_cast<double>(m_clock.elapsed()) / 1000;
    const auto done = static_cast<int>(m_status.rules.size());
    const int planned = m_status.plannedRules;
    m_overview.progress(m_activity, planned > 0 ? tr("%1 of %2 rules").arg(done).arg(planned) : QString(), planned > 0 ? static_cast<double>(done) / planned : -1);
    Q_EMIT statusChanged();
}

} // namespace fairway::engine
