#pragma once

#include "core/engine/checked_routes.h"
#include "core/engine/contexts.h"
#include "core/engine/engine.h"
#include "core/engine/gui_dispatcher.h"
#include "core/engine/task_thread.h"

#include <atomic>
#include <functional>
#include <memory>

namespace fairway::engine {

/// The rows and details of the last picture, filtered by the chosen namespace; or those of a preview.
/// Threads: GUI thread only; previews are read on the worker.
class Routes final : public RouteService {
    Q_OBJECT
public:
    /// `isMine`: whether this user wrote the object last ("VirtualService shop/reviews").
    Routes(Contexts &contexts, std::function<bool(const QString &object)> isMine, TaskThread &worker,
        std::shared_ptr<GuiDispatcher::Poster> poster);

    void takePicture(const std::shared_ptr<const RoutePicture> &picture);
    /// The context changed: nothing is known.
    void forget();
    /// Who wrote what may have changed, or the namespace: make the rows anew.
    void refresh();
    /// What checking the picture, or the preview, found.
    void takeChecks(const CheckedRoutes &checks);
    void takePreviewChecks(const CheckedRoutes &checks);
    [[nodiscard]] std::shared_ptr<const RouteEntry> entry(const QString &routeId) const;
    [[nodiscard]] const std::shared_ptr<const RoutePicture> &picture() const { return m_picture; }

    [[nodiscard]] QList<RouteRow> rows() const override { return m_rows; }
    [[nodiscard]] bool detail(const QString &routeId, RouteDetail *out) const override;
    [[nodiscard]] QList<Finding> draftFindings(const RouteDraft &draft) const override;
    [[nodiscard]] bool isLoaded() const override { return shown() && shown()->isLoaded; }
    [[nodiscard]] QString problem() const override { return shown() ? shown()->problem : QString(); }
    void showPreview(const RoutePreview &preview) override;
    void closePreview() override;
    [[nodiscard]] QString previewSource() const override { return m_preview ? m_previewSource : QString(); }
    void drawMesh(const MeshRequest &request) override;
    void compare(const QString &routeId, const QString &context) override;
    void cancelComparing() override;
    [[nodiscard]] const std::shared_ptr<const RoutePicture> &preview() const { return m_preview; }

private:
    [[nodiscard]] const std::shared_ptr<const RoutePicture> &shown() const { return m_preview ? m_preview : m_picture; }
    void takePreview(const QString &source, const std::shared_ptr<const RoutePicture> &picture);
    void replaceChecks(CheckedRoutes &checks, const CheckedRoutes &fresh);
    void tellChanges(const RoutePicture *before, const RoutePicture *now);

    Contexts &m_contexts;
    const std::function<bool(const QString &)> m_isMine;
    TaskThread &m_worker;
    const std::shared_ptr<GuiDispatcher::Poster> m_poster;
    std::shared_ptr<const RoutePicture> m_picture;
    std::shared_ptr<const RoutePicture> m_preview; ///< Null: none is shown.
    QString m_previewSource;
    quint64 m_previewWanted = 0; ///< Counts showPreview() and closePreview(): late answers are dropped.
    QList<RouteRow> m_rows;
    CheckedRoutes m_checks;
    CheckedRoutes m_previewChecks;
    std::shared_ptr<CancelSource> m_comparing; ///< Of the comparison under way; its answer is the one that counts.
    /// The last drawing asked for; shared with the thread, which skips those before.
    const std::shared_ptr<std::atomic<quint64>> m_meshWanted = std::make_shared<std::atomic<quint64>>(0);
    std::unique_ptr<TaskThread> m_meshThread; ///< Made when first needed: a layout may take seconds, and writes must not wait for it.
};

} // namespace fairway::engine
