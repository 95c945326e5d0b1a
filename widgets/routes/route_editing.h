#pragma once

#include "core/engine/engine.h"

#include <QObject>
#include <QPointer>

class QDialog;
class QMenu;
class QToolButton;

namespace fairway::ui {

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
    /// This route beside the one of the same name in another context.
    void compare();
    /// Keeps gateways at HTTP/1.1.
    void forceHttp1();
    /// What makes a finding of this route, or of a DestinationRule behind it, go.
    void mend(const engine::Finding &finding);

private:
    void fillMenu();
    void editPolicy(const QString &policy, const QString &subset);
    void makePolicy(const engine::Destination &destination);
    void show(QDialog *dialog);
    void open(const engine::RouteDraft &subject, const QString &title, const QString &object);
    [[nodiscard]] engine::RouteDraft subjectOf(engine::DraftKind kind) const;
    [[nodiscard]] QString ruleName() const;

    engine::Engine &m_engine;
    QWidget *m_page;
    QToolButton *m_button;
    QMenu *m_menu;
    QPointer<QDialog> m_open; ///< One at a time.
    engine::RouteDetail m_detail;
    engine::Rule m_rule;
    bool m_hasRule = false;
};

} // namespace fairway::ui
