#pragma once

#include "core/engine/contexts.h"
#include "core/engine/engine.h"

#include <functional>
#include <memory>

namespace fairway::engine {

/// The rows and details of the last picture, filtered by the chosen namespace.
/// Threads: GUI thread only.
class Routes final : public RouteService {
    Q_OBJECT
public:
    /// `isMine`: whether this user wrote the object last ("VirtualService shop/reviews").
    Routes(Contexts &contexts, std::function<bool(const QString &object)> isMine);

    void takePicture(const std::shared_ptr<const RoutePicture> &picture);
    /// The context changed: nothing is known.
    void forget();
    /// Who wrote what may have changed, or the namespace: make the rows anew.
    void refresh();
    [[nodiscard]] std::shared_ptr<const RouteEntry> entry(const QString &routeId) const;
    [[nodiscard]] const std::shared_ptr<const RoutePicture> &picture() const { return m_picture; }

    [[nodiscard]] QList<RouteRow> rows() const override { return m_rows; }
    [[nodiscard]] bool detail(const QString &routeId, RouteDetail *out) const override;
    [[nodiscard]] QList<Finding> draftFindings(const WeightDraft &draft) const override;
    [[nodiscard]] bool isLoaded() const override { return m_picture && m_picture->isLoaded; }
    [[nodiscard]] QString problem() const override { return m_picture ? m_picture->problem : QString(); }

private:
    Contexts &m_contexts;
    const std::function<bool(const QString &)> m_isMine;
    std::shared_ptr<const RoutePicture> m_picture;
    QList<RouteRow> m_rows;
};

} // namespace fairway::engine
