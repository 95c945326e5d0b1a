#pragma once

#include "core/engine/engine.h"

#include <QObject>
#include <QPointer>

class QMenu;
class QToolButton;

namespace fairway::ui {

class EditDialog;

/// What can be edited of the rule shown besides its weights: a button with a menu, and the dialogs behind it.
class RouteEditing final : public QObject {
    Q_OBJECT
public:
    RouteEditing(engine::Engine &engine, QWidget *page);

    [[nodiscard]] QToolButton *button() const { return m_button; } ///< To be placed; the page owns it.
    /// Null: nothing to edit.
    void setRule(const engine::RouteDetail &detail, const engine::Rule *rule);
    void editRule();
    void addCanary();
    /// What makes a finding of this route, or of a DestinationRule behind it, go.
    void mend(const engine::Finding &finding);

private:
    void fillMenu();
    void editPolicy(const QString &policy, const QString &subset);
    void open(const engine::WeightDraft &subject, const QString &title, const QString &object);
    [[nodiscard]] engine::WeightDraft subjectOf(engine::DraftKind kind) const;
    [[nodiscard]] QString ruleName() const;

    engine::Engine &m_engine;
    QWidget *m_page;
    QToolButton *m_button;
    QMenu *m_menu;
    QPointer<EditDialog> m_open; ///< One at a time.
    engine::RouteDetail m_detail;
    engine::Rule m_rule;
    bool m_hasRule = false;
};

} // namespace fairway::ui
