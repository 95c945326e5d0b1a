#pragma once

#include "core/engine/engine.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/overview.h"
#include "core/engine/route_play.h"
#include "core/engine/routes.h"
#include "core/engine/task_thread.h"
#include "core/proxy/rehearsal.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace fairway::engine {

/// Runs one rehearsal at a time. Load reaches Pods of the practice cluster only; everything else is played by stand-ins.
/// Threads: GUI thread only; sockets are opened and closed on the worker.
class Rehearsals final : public RehearsalService {
    Q_OBJECT
public:
    Rehearsals(Contexts &contexts, Routes &routes, Overview &overview, TaskThread &worker,
        std::shared_ptr<GuiDispatcher::Poster> poster);

    void start(const RehearsalRequest &request) override;
    void stop() override;
    void setRate(int requestsPerSecond) override;
    void setDial(const StandInDial &dial) override;
    void setWeights(const QList<qint64> &weights) override;
    [[nodiscard]] RehearsalStatus status() const override { return m_status; }

private:
    [[nodiscard]] Result<proxy::RehearsalPlan> planOf(const RehearsalRequest &request, const RouteEntry &entry) const;
    void startRule(const RehearsalRequest &request, const std::shared_ptr<const RouteEntry> &entry);
    void startRoute(const RehearsalRequest &request, const std::shared_ptr<const RouteEntry> &entry);
    void playRoute(RoutePlay play);
    void take(quint64 generation, const RuleRehearsal &rule, int planned);
    void finishRoute(quint64 generation, const Result<RoutePlayed> &played);
    void tick();
    void fail(const QString &message);
    void refresh();
    void retire();
    void describe();
    void askForPolicies(const std::shared_ptr<const RouteEntry> &entry, const route::Rule &rule);

    Contexts &m_contexts;
    Routes &m_routes;
    Overview &m_overview;
    TaskThread &m_worker;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    RehearsalStatus m_status;
    std::shared_ptr<proxy::Rehearsal> m_running;
    QList<Role> m_roles; ///< Parallel to the destinations.
    std::shared_ptr<const RouteEntry> m_route; ///< Played as a whole; null otherwise.
    CancelSource m_cancel;                     ///< Of that.
    QElapsedTimer m_clock;
    QTimer m_timer;
    quint64 m_activity = 0;
    quint64 m_generation = 0; ///< Of the start that counts: a late one is dropped.
};

} // namespace fairway::engine
