#pragma once

#include "core/engine/engine.h"
#include "widgets/common/page.h"

#include <memory>

namespace fairway::ui {

class Theme;

/// The Routes page: the list of routes, the chosen one drawn left to right, its split, what is true of it where, the
/// rehearsal, and the inspector with diff, findings and the way to Apply.
///
/// Targets: "VirtualService/shop/reviews" chooses that route; "VirtualService/shop/reviews#2" its rule 2 (from 0) as well.
/// Navigates: "explorer:v1/pods/NS/NAME" from a finding about a pod, "explorer:" from empty states.
/// Threads: GUI thread; the engine must outlive the page.
class RoutesPage final : public Page {
    Q_OBJECT
public:
    RoutesPage(engine::Engine &engine, Theme &theme, QWidget *parent = nullptr);
    ~RoutesPage() override;

    void openTarget(const QString &target) override;
    [[nodiscard]] bool hasUnsavedWork(QString *reason) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace fairway::ui
