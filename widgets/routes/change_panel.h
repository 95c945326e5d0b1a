#pragma once

#include "core/engine/engine.h"
#include "widgets/common/layout_parts.h"

namespace fairway::ui {

class ActionBox;
class ApplyFlow;
class DiffWidget;

/// The right side of a dialog that changes objects: what changes, and below it the way to Apply.
class ChangePanel final : public Panel {
    Q_OBJECT
public:
    ChangePanel(ApplyFlow &flow, engine::Engine &engine, QWidget *parent = nullptr);

    /// `object`: what is written when the diff names none. `isAtField`: the problem stands at the field it is about.
    void setDiff(const engine::DiffView &diff, const QString &object, bool isTyped, bool isAtField);
    void setProblem(const QString &problem);
    [[nodiscard]] ActionBox &actions() { return *m_actions; }

private:
    void tellActions();

    ApplyFlow &m_flow;
    QString m_object;
    int m_changedFields = 0;

    SectionHeader *m_header;
    TextLabel *m_problem;
    DiffWidget *m_diff;
    ActionBox *m_actions;
};

} // namespace fairway::ui
