#pragma once

#include "core/engine/xray.h"

#include <QAbstractButton>

namespace fairway::ui {

/// A rule that was tried: its mark, its words, and why it did not take the request. Pressed, it shows the rule.
class XrayRuleRow final : public QAbstractButton {
    Q_OBJECT
public:
    explicit XrayRuleRow(const engine::XrayRule &rule, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QString place() const;
    [[nodiscard]] QRect textRect(int width) const;

    const engine::XrayRule m_rule;
};

} // namespace fairway::ui
