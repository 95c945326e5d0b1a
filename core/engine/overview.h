#pragma once

#include "core/engine/engine.h"
#include "core/engine/route_picture.h"

#include <functional>
#include <memory>

namespace fairway::engine {

/// What Home shows, derived from the pictures of the other services, and the list of running work.
/// Threads: GUI thread only.
class Overview final : public OverviewService {
    Q_OBJECT
public:
    using OverviewService::OverviewService;

    void takePicture(const std::shared_ptr<const RoutePicture> &picture);
    void takeConnection(const ConnectionState &connection);
    void takeJournal(const QList<JournalEntry> &journal);

    /// Adds a running activity; `cancel` may be empty.
    quint64 begin(const QString &title, std::function<void()> cancel = {});
    void progress(quint64 id, const QString &text, double fraction);
    void end(quint64 id);

    [[nodiscard]] QList<Concern> concerns() const override { return m_concerns; }
    [[nodiscard]] QList<Concern> inLine() const override { return m_inLine; }
    [[nodiscard]] QList<Activity> activities() const override;
    void cancel(quint64 activityId) override;

private:
    struct Running {
        Activity activity;
        std::function<void()> cancel;
    };
    void rebuild();
    void addRoutes();
    void addPods();
    void addWrites();
    void add(Concern concern);

    std::shared_ptr<const RoutePicture> m_picture;
    ConnectionState m_connection;
    QList<JournalEntry> m_journal;
    QList<Concern> m_concerns;
    QList<Concern> m_inLine;
    std::vector<Running> m_running;
    quint64 m_nextId = 1;
};

} // namespace fairway::engine
