#pragma once

#include "core/engine/engine.h"

#include <QDialog>

#include <functional>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

/// Our dialogs: title, sentences, own controls, one named action and Cancel. Shown with open(), never exec(); they delete
/// themselves when closed.
class ActionDialog : public QDialog {
    Q_OBJECT
public:
    ActionDialog(const QString &title, const QString &text, const QString &action, bool isDangerous, QWidget *parent);
    [[nodiscard]] QVBoxLayout *body() const { return m_body; } ///< For own controls, below the text.
    [[nodiscard]] QPushButton *actionButton() const { return m_action; }
    void hideCancel(); ///< For a dialog that only tells.

private:
    QVBoxLayout *m_body;
    QPushButton *m_action;
    QPushButton *m_cancel;
};

/// Opens the dialog that lifts the lock of the current context: says what it allows. Calls setLocked(false) when accepted.
void askUnlock(QWidget *parent, engine::ContextService &contexts);

/// Opens the dialog about the sign-in command the current context waits for: run it once, always, or not at all.
void askPlugin(QWidget *parent, engine::ContextService &contexts);

/// Opens the dialog that a production context asks for before a write: its name typed, and a reason. `done` gets the consent.
void askConsent(QWidget *parent, const engine::ContextInfo &context, const QString &action, const QString &what,
    std::function<void(const engine::WriteConsent &)> done);

} // namespace fairway::ui
