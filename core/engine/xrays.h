#pragma once

#include "core/engine/engine.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/routes.h"
#include "core/engine/task_thread.h"
#include "core/engine/xray_objects.h"

#include <QTimer>

#include <memory>

namespace fairway::engine {

/// Answers one question at a time: the objects come from the session's watches, the work is done on the worker, the ready pods are
/// asked of the session again.
/// Threads: GUI thread only; nothing blocks in it.
class Xrays final : public XrayService {
    Q_OBJECT
public:
    Xrays(Contexts &contexts, Routes &routes, TaskThread &worker, std::shared_ptr<GuiDispatcher::Poster> poster);

    void takePicture();
    /// The context changed: the answer was about another cluster.
    void forget();

    void ask(const XrayQuestion &question) override;
    void setWatched(bool isWatched) override;
    [[nodiscard]] XrayAnswer answer() const override { return m_answer; }
    [[nodiscard]] QList<XrayPlace> places() const override { return m_places; }

private:
    void begin();
    void work(quint64 run, ClusterSession::RoutingObjects objects);
    void finish(quint64 run, XrayAnswer answer, const QList<XrayPlace> &places);

    Contexts &m_contexts;
    Routes &m_routes;
    TaskThread &m_worker;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    std::shared_ptr<XrayObjects> m_objects; ///< Of the session that is open.
    XrayQuestion m_question;
    XrayAnswer m_answer;
    QList<XrayPlace> m_places;
    QTimer m_again; ///< Until the cluster's next change is looked at.
    quint64 m_run = 0;
    bool m_isBusy = false;
    bool m_isAskedAgain = false; ///< While busy.
    bool m_isWatched = false;
};

} // namespace fairway::engine
