#include "widgets/common/dialogs.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

ActionDialog::ActionDialog(
    const QString &title, const QString &text, const QString &action, bool isDangerous, QWidget *parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout)
    , m_action(new QPushButton(action))
    , m_cancel(new QPushButton(tr("Cancel")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(440);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(new TextLabel(title, FontRole::Title));
    auto *sentences = new TextLabel(text);
    sentences->setWordWrap(true);
    sentences->setToken(Token::Muted);
    column->addWidget(sentences);
    m_body->setSpacing(8);
    column->addLayout(m_body);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_cancel->setAccessibleName(tr("Cancel"));
    m_action->setAccessibleName(action);
    setButtonKind(m_action, isDangerous ? ButtonKind::Danger : ButtonKind::Primary);
    m_action->setDefault(true);
    m_cancel->setAutoDefault(false);
    row->addStretch();
    row->addWidget(m_cancel);
    row->addWidget(m_action);
    column->addSpacing(4);
    column->addLayout(row);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_action, &QPushButton::clicked, this, &QDialog::accept);
}

void ActionDialog::hideCancel()
{
    m_cancel->hide();
}

void askUnlock(QWidget *parent, engine::ContextService &contexts)
{
    const engine::ContextInfo context = contexts.current();
    const QString text = context.isProduction
        ? ActionDialog::tr("Unlocked, Fairway may send write requests to this cluster: dry runs, and what you apply. It is "
                           "marked production: each write still asks for its name and a reason. The choice is remembered "
                           "for this context until you lock it again.")
        : ActionDialog::tr("Unlocked, Fairway may send write requests to this cluster: dry runs, and what you apply. Nothing "
                           "is written by unlocking. The choice is remembered for this context until you lock it again.");
    auto *dialog = new ActionDialog(ActionDialog::tr("Unlock %1?").arg(context.name), text,
        ActionDialog::tr("Unlock"), false, parent);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    const auto fact = [form](const QString &name, const QString &value) {
        auto *label = new TextLabel(value, FontRole::Mono);
        label->setWordWrap(true);
        form->addRow(new TextLabel(name, FontRole::Small, Token::Muted), label);
    };
    fact(ActionDialog::tr("Server"), context.isPractice ? ActionDialog::tr("practice cluster on this computer") : context.server);
    if (!context.user.isEmpty())
        fact(ActionDialog::tr("User"), context.user);
    dialog->body()->addLayout(form);
    const QString name = context.name;
    QObject::connect(dialog, &QDialog::accepted, &contexts, [&contexts, name] {
        // Meanwhile the user may have changed the context by another way: unlock only what was asked about.
        if (contexts.current().name == name)
            contexts.setLocked(false);
    });
    dialog->open();
}

void askPlugin(QWidget *parent, engine::ContextService &contexts)
{
    const engine::PluginQuestion question = contexts.pluginQuestion();
    auto *dialog = new ActionDialog(ActionDialog::tr("Run this command to sign in?"),
        ActionDialog::tr(
            "The context %1 of %2 signs in by a command that the file names. A file from somebody else can run anything on this "
            "computer that way. Allow it only if you know the file.")
            .arg(question.context, question.file),
        ActionDialog::tr("Run it"), true, parent);
    auto *command = new TextLabel(question.command, FontRole::Mono);
    command->setTextFormat(Qt::PlainText);
    command->setWordWrap(true);
    command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *always = new QCheckBox(ActionDialog::tr("Always, for this file and exactly this command"));
    dialog->body()->addWidget(command);
    dialog->body()->addWidget(always);
    QObject::connect(dialog, &QDialog::accepted, &contexts, [&contexts, always, asked = question.command] {
        // Another context may be chosen by now: the answer was given for this command.
        if (contexts.pluginQuestion().command == asked)
            contexts.allowPlugin(always->isChecked());
    });
    dialog->open();
}

void askConsent(QWidget *parent, const engine::ContextInfo &context, const QString &action, const QString &what,
    std::function<void(const engine::WriteConsent &)> done)
{
    auto *dialog = new ActionDialog(ActionDialog::tr("%1 is marked production").arg(context.name), what, action, false, parent);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    auto *name = new QLineEdit;
    name->setPlaceholderText(context.name);
    name->setAccessibleName(ActionDialog::tr("Name of the context, typed"));
    auto *reason = new QLineEdit;
    reason->setPlaceholderText(ActionDialog::tr("Recorded in the journal and as an Event"));
    reason->setMaxLength(500);
    reason->setAccessibleName(ActionDialog::tr("Reason for the write"));
    form->addRow(new TextLabel(ActionDialog::tr("Type %1").arg(context.name)), name);
    form->addRow(new TextLabel(ActionDialog::tr("Reason")), reason);
    dialog->body()->addLayout(form);
    QPushButton *button = dialog->actionButton();
    const auto check = [=] {
        const bool isNamed = name->text() == context.name;
        const bool isReasoned = !reason->text().trimmed().isEmpty();
        button->setEnabled(isNamed && isReasoned);
        button->setToolTip(!isNamed ? ActionDialog::tr("Type the context's name first")
                : !isReasoned       ? ActionDialog::tr("Give a reason first")
                                    : QString());
    };
    QObject::connect(name, &QLineEdit::textChanged, dialog, check);
    QObject::connect(reason, &QLineEdit::textChanged, dialog, check);
    check();
    QObject::connect(dialog, &QDialog::accepted, dialog, [=] {
        engine::WriteConsent consent;
        consent.typedContext = name->text();
        consent.reason = reason->text().trimmed();
        done(consent);
    });
    dialog->open();
    name->setFocus();
}

} // namespace fairway::ui
