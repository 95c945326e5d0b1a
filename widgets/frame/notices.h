#pragma once

#include "core/engine/engine.h"

#include <QWidget>

namespace fairway::ui {

class Banner;

/// The striped edge of a window that looks at production. 5 px; hidden otherwise.
class ProductionEdge final : public QWidget {
    Q_OBJECT
public:
    explicit ProductionEdge(engine::ContextService &contexts, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    engine::ContextService &m_contexts;
    bool m_isPractice = false;
};

/// Notices below the top bar that concern the whole window: kubeconfig unreadable, connection stale or failed, TLS not
/// verified. Each with its next step; nothing when all is well.
class Notices final : public QWidget {
    Q_OBJECT
public:
    explicit Notices(engine::ContextService &contexts, QWidget *parent = nullptr);

private:
    void refresh();

    engine::ContextService &m_contexts;
    Banner *m_kubeconfig;
    Banner *m_connection;
    Banner *m_insecure;
};

} // namespace fairway::ui
