#include "widgets/routes/edit_dialog.h"

#include "widgets/common/dialogs.h"
#include "widgets/common/diff_widget.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/export_dialog.h"
#include "widgets/routes/field_form.h"

#include <QAction>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace fairway::ui {

EditDialog::EditDialog(engine::Engine &engine, const engine::WeightDraft &subject, const QString &title, const QString &object,
    const QString &source, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_draft(subject)
    , m_object(object)
    , m_flow(engine)
    , m_form(new FieldForm)
    , m_problem(new TextLabel({}, FontRole::Body, Token::Bad))
    , m_diffHeader(new SectionHeader(tr("What changes")))
    , m_diff(new DiffWidget)
    , m_actions(new ActionBox(m_flow, engine))
{
    if (subject.kind == engine::DraftKind::Mend)
        m_preset = subject.fields;
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    build(title);
    m_flow.setSource(source);
    connect(m_form, &FieldForm::edited, this, &EditDialog::refresh);
    connect(m_actions, &ActionBox::exportRequested, this, &EditDialog::exportChange);
    connect(m_actions, &ActionBox::discardRequested, this, [this] {
        if (m_draft.kind == engine::DraftKind::Mend) { // Nothing of it is kept that could be shown again.
            reject();
            return;
        }
        m_form->reset();
        m_flow.dismissOutcome();
        reload();
    });
    connect(&m_flow, &ApplyFlow::changed, this, [this] { m_actions->setSubject(m_object, m_changedFields, m_flow.gate().ownedBy, {}); });
    connect(&m_flow, &ApplyFlow::refreshed, this, [this](const engine::WeightDraft &draft) {
        m_draft.resourceVersion = draft.resourceVersion;
        m_form->setForm(m_engine.writes().editForm(m_draft));
        refresh();
    });
    connect(&m_flow, &ApplyFlow::written, this, [this](const engine::WeightDraft &draft) {
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

void EditDialog::build(const QString &title)
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
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_diff->setMaximumLines(200);
    m_diff->setAccessibleName(tr("What changes"));

    auto *side = new Panel(Token::Surface, Qt::LeftEdge);
    side->setFixedWidth(344);
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(0, 8, 0, 0);
    sideColumn->setSpacing(8);
    auto *changes = new QVBoxLayout;
    changes->setContentsMargins(16, 0, 16, 0);
    changes->addWidget(m_diffHeader);
    changes->addWidget(m_problem);
    changes->addWidget(m_diff, 100);
    changes->addStretch(1);
    sideColumn->addLayout(changes, 1);
    sideColumn->addWidget(new Hairline);
    sideColumn->addWidget(m_actions);

    auto *left = new QVBoxLayout;
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(4);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(24, 20, 16, 0);
    head->setSpacing(4);
    auto *name = new TextLabel(title, FontRole::Title);
    name->setWordWrap(true);
    head->addWidget(name);
    head->addWidget(new TextLabel(tr("%1. Only what you change is written.").arg(m_object), FontRole::Body, Token::Muted));
    left->addLayout(head);
    left->addWidget(scroll, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    row->addWidget(side);
    resize(880, 620);

    const auto add = [this](const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Dry run"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { m_actions->triggerDryRun(); });
    add(tr("Apply the change"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] { m_actions->triggerApply(); });
    add(tr("Export patch"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] { m_actions->triggerExport(); });
    add(tr("Take every change back"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] {
        m_form->reset();
        refresh();
    });
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
        m_draft.resourceVersion = form.resourceVersion;
        m_form->setForm(form);
    }
    m_form->setEnabled(!m_isGone);
    refresh();
    if (m_isGone) {
        m_problem->setText(form.problem);
        m_problem->show();
    }
}

void EditDialog::refresh()
{
    m_draft.fields = wanted();
    const bool isTyped = !m_draft.fields.isEmpty();
    const engine::DiffView diff = isTyped ? m_engine.writes().diff(m_draft) : engine::DiffView {};
    const bool isAtField = m_form->setProblem(diff.problem);
    m_problem->setVisible(!diff.problem.isEmpty());
    m_problem->setText(isAtField ? tr("Look at the field in red.") : diff.problem);
    m_diff->setLines(diff.lines);
    m_diff->setVisible(!diff.lines.isEmpty());
    m_diffHeader->setNote(!isTyped ? tr("nothing yet") : !diff.problem.isEmpty() ? QString() : diff.changedFields == 1 ? tr("1 field") : tr("%1 fields").arg(diff.changedFields));
    m_changedFields = diff.changedFields;
    m_flow.setDraft(m_draft, isTyped && diff.problem.isEmpty() && diff.changedFields > 0, m_isGone);
    m_actions->setSubject(m_object, diff.changedFields, m_flow.gate().ownedBy, {});
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
