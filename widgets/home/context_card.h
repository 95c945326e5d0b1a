#pragma once

#include "core/engine/types.h"

#include <QAbstractButton>

namespace fairway::ui {

/// A context at a glance: production stripes, connection, concerns, lock. A press switches to it.
class ContextCard final : public QAbstractButton {
    Q_OBJECT
public:
    explicit ContextCard(QWidget *parent = nullptr);
    /// `state` and `concerns` are known of the current context only.
    void setContext(const engine::ContextInfo &context, bool isCurrent, const engine::ConnectionState &state, int concerns);
    [[nodiscard]] const engine::ContextInfo &context() const { return m_context; }
    [[nodiscard]] QSize sizeHint() const override { return {220, 76}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {180, 76}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::ContextInfo m_context;
    engine::ConnectionState m_state;
    int m_concerns = 0;
    bool m_isCurrent = false;
};

} // namespace fairway::ui
