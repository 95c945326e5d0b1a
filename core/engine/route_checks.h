#pragma once

#include "core/engine/checked_routes.h"
#include "core/engine/contexts.h"
#include "core/engine/routes.h"
#include "core/engine/xray_objects.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace fairway::engine {

/// Has the routes that are shown checked whenever what they are made of changed, and tells Routes.
///
/// Pace:    one check at a time, on a thread of its own; the next begins a second later at the earliest, and later the longer one
///          takes: a cluster in motion costs a tenth of a processor. Changes of pods begin none.
/// Threads: GUI thread only; stop() waits for the thread.
class RouteChecks final : public QObject {
    Q_OBJECT
public:
    RouteChecks(Contexts &contexts, Routes &routes, std::shared_ptr<GuiDispatcher::Poster> poster);
    ~RouteChecks() override;

    void takePicture(); ///< Of the cluster.
    void takePreview();
    void forget(); ///< Another context.
    void stop();   ///< The end of the process.

private:
    struct Checked {
        CheckedRoutes routes;
        qint64 tookMs = 0;
    };
    void check();
    void run(std::shared_ptr<const RoutePicture> picture, std::function<std::vector<value::Value>()> objects,
        std::function<void(const Checked &)> done);

    Contexts &m_contexts;
    Routes &m_routes;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    TaskThread m_thread; ///< Its own: a check may take seconds, and dry runs must not wait for it.
    std::shared_ptr<XrayObjects> m_objects;
    CancelSource m_overlaps; ///< Of the check that runs.
    QTimer m_next;
    QTimer m_limit; ///< Of the comparison of rules.
    quint64 m_checked = 0; ///< Revision of the picture that was checked last.
    quint64 m_generation = 0;
    bool m_isBusy = false;
};

} // namespace fairway::engine
