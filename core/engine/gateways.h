#pragma once

#include "core/engine/contexts.h"
#include "core/engine/engine.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/task_thread.h"
#include "core/route/force_http1.h"

#include <QHash>

#include <memory>

namespace fairway::engine {

/// Istio's Gateways of the current context, as last listed; what a draft of kind Http1 is made from.
/// Threads: GUI thread only; lists on the worker, shakes hands on a thread of its own.
class Gateways final : public GatewayService {
    Q_OBJECT
public:
    Gateways(Contexts &contexts, TaskThread &worker, std::shared_ptr<GuiDispatcher::Poster> poster);
    ~Gateways() override;

    /// The EnvoyFilter for a gateway that was listed. Errors: NotFound; as route::http1Plan().
    [[nodiscard]] Result<route::Http1Plan> plan(const QString &id, const QString &podsNs) const;
    void forget();

    void list() override;
    [[nodiscard]] QList<GatewayInfo> gateways() const override { return m_infos; }
    [[nodiscard]] QString problem() const override { return m_problem; }
    void probe(const QStringList &hosts, const QString &address) override;
    void cancelProbe() override { ++m_probe; }

private:
    struct Listed {
        QList<GatewayInfo> infos;
        QHash<QString, value::Value> objects;
        QString problem;
    };
    [[nodiscard]] static Listed read(kube::Client &client, const kube::Discovery &discovery, const CancelToken &cancel);

    Contexts &m_contexts;
    TaskThread &m_worker;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    QList<GatewayInfo> m_infos;
    QHash<QString, value::Value> m_objects;
    QString m_problem;
    quint64 m_list = 0;  ///< Counts list() and forget(): late answers are dropped.
    quint64 m_probe = 0; ///< The same of probe() and cancelProbe().
    std::unique_ptr<TaskThread> m_prober; ///< Made when first needed: a host that does not answer must not hold up a write.
};

} // namespace fairway::engine
