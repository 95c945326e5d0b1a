#include "widgets/routes/edit_dialog.h"

#include "widgets/common/dialogs.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/change_panel.h"
#include "widgets/routes/export_dialog.h"
#include "widgets/routes/field_form.h"

#include <QAction>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fairway::ui {

EditDialog::EditDialog(engine::Engine &engine, const engine::RouteDraft &subject, const QString &title, const QString &object,
    const QString &source, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_draft(subject)
    , m_object(object)
    , m_titlePattern(title)
    , m_flow(engine)
    , m_title(new TextLabel({}, FontRole::Title))
    , m_form(new FieldForm)
    , m_changes(new ChangePanel(m_flow, engine))
{
    if (subject.kind == engine::DraftKind::Mend)
        m_preset = subject.fields;
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    tellTitle();
    m_flow.setSource(source);
    connect(m_form, &FieldForm::edited, this, &EditDialog::refresh);
    connect(&m_changes->actions(), &ActionBox::exportRequested, this, &EditDialog::exportChange);
    connect(&m_changes->actions(), &ActionBox::discardRequested, this, [this] {
        if (m_draft.kind == engine::DraftKind::Mend) { // Nothing of it is kept that could be shown again.
            reject();
            return;
        }
        m_form->reset();
        m_flow.dismissOutcome();
        reload();
    });
    connect(&m_flow, &ApplyFlow::refreshed, this, [this](const engine::RouteDraft &draft) {
        takeRule(draft.rule, draft.identity);
        m_draft.resourceVersion = draft.resourceVersion;
        m_form->setForm(m_engine.writes().editForm(m_draft));
        refresh();
    });
    connect(&m_flow, &ApplyFlow::written, this, [this](const engine::RouteDraft &draft) {
        if (draft.isAboutSame(m_draft)) {
            m_preset.clear();
            m_form->reset(); // What was typed is the object's now; the form follows as soon as the cluster says so.
            refresh();
        }
    });
    const auto follow = [this] {
        if (wanted().isEmpty()) {
            reload();
        } else if (!m_engine.writes().editForm(m_draft).problem.isEmpty()) {
            m_isGone = true;
            refresh();
        }
    };
    connect(&engine.routes(), &engine::RouteService::detailChanged, this, follow);
    connect(&engine.routes(), &engine::RouteService::rowsChanged, this, follow);
    // Another cluster: this object is none of its.
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, [this, name = engine.contexts().current().name] {
        if (m_engine.contexts().current().name != name) {
            m_isSure = true;
            reject();
        }
    });
    reload();
    m_form->focusFirst();
}

void EditDialog::build()
{
    auto *content = new QWidget;
    auto *contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(24, 4, 16, 20);
    contentColumn->addWidget(m_form);
    contentColumn->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(4);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(24, 20, 16, 0);
    head->setSpacing(4);
    m_title->setWordWrap(true);
    head->addWidget(m_title);
    head->addWidget(new TextLabel(tr("%1. Only what you change is written.").arg(m_object), FontRole::Body, Token::Muted));
    left->addLayout(head);
    left->addWidget(scroll, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    row->addWidget(m_changes);
    resize(880, 620);

    const auto add = [this](const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Dry run"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { m_changes->actions().triggerDryRun(); });
    add(tr("Apply the change"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { m_changes->actions().triggerApply(); });
    add(tr("Export patch"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] { m_changes->actions().triggerExport(); });
    add(tr("Take every change back"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
        m_form->reset();
        refresh();
    });
}

void EditDialog::tellTitle()
{
    const QString title = QString(m_titlePattern).replace(QLatin1String("%1"), QStringLiteral("%1[%2]").arg(m_draft.section).arg(m_draft.rule));
    setWindowTitle(title);
    m_title->setText(title);
}

/// The rule stands elsewhere by now.
void EditDialog::takeRule(int index, const engine::RuleIdentity &identity)
{
    if (m_draft.identity.isKnown()) {
        m_draft.rule = index;
        m_draft.identity = identity;
        tellTitle();
    }
}

QList<QPair<QString, QString>> EditDialog::wanted() const
{
    return m_draft.kind == engine::DraftKind::Mend ? m_preset : m_form->typed();
}

void EditDialog::reload()
{
    const engine::EditForm form = m_engine.writes().editForm(m_draft);
    m_isGone = !form.problem.isEmpty();
    if (!m_isGone) {
        takeRule(form.rule, form.identity);
        m_draft.resourceVersion = form.resourceVersion;
        m_form->setForm(form);
    }
    m_form->setEnabled(!m_isGone);
    refresh();
    if (m_isGone) {
        m_changes->setProblem(form.problem);
    }
}

void EditDialog::refresh()
{
    m_draft.fields = wanted();
    const bool isTyped = !m_draft.fields.isEmpty();
    const engine::DiffView diff = isTyped ? m_engine.writes().diff(m_draft) : engine::DiffView {};
    const bool isAtField = m_form->setProblem(diff.problem);
    m_flow.setDraft(m_draft, isTyped && diff.problem.isEmpty() && diff.changedFields > 0, m_isGone);
    m_changes->setDiff(diff, m_object, isTyped, isAtField);
}

void EditDialog::exportChange()
{
    openExportDialog(this, m_object, m_object.section(u'/', -1) + QStringLiteral("-change.yaml"), m_engine.writes().exportPatch(m_draft));
}

void EditDialog::reject()
{
    if (m_isSure || m_form->typed().isEmpty()) {
        QDialog::reject();
        return;
    }
    auto *question = new ActionDialog(tr("Close without applying?"), tr("What you typed was not written and is lost then."), tr("Close"), true, this);
    connect(question, &QDialog::accepted, this, [this] {
        m_isSure = true;
        reject();
    });
    question->open();
}

} // namespace fairway::ui
