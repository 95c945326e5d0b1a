#pragma once

#include "core/engine/engine.h"

#include <QWidget>

class QPushButton;
class QTimer;

namespace fairway::ui {

class StatusDot;
class TextLabel;

/// The connection in words, always true: "Live, 0.4 s behind", "Catching up", "Stale since 14:03" with Retry.
[[nodiscard]] QString connectionText(const engine::ConnectionState &state);
[[nodiscard]] QString connectionToolTip(const engine::ConnectionState &state);

class ConnectionView final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionView(engine::ContextService &contexts, QWidget *parent = nullptr);

private:
    void refresh();

    engine::ContextService &m_contexts;
    StatusDot *m_dot;
    TextLabel *m_text;
    QPushButton *m_retry;
};

} // namespace fairway::ui
