#pragma once

#include "core/engine/xray.h"
#include "widgets/routes/marked_row.h"

namespace fairway::ui {

/// A rule that was tried: its mark, its words, and why it did not take the request. Pressed, it shows the rule.
class XrayRuleRow final : public MarkedRow {
    Q_OBJECT
public:
    explicit XrayRuleRow(const engine::XrayRule &rule, QWidget *parent = nullptr);
};

} // namespace fairway::ui
