#include "widgets/routes/action_box.h"

#include "widgets/common/dialogs.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/apply_flow.h"
#include "widgets/routes/marks.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

namespace {
using Step = ApplyFlow::Step;
using Stage = engine::WriteStage;

QHBoxLayout *iconRow(IconMark *icon, QWidget *content)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addWidget(content, 1);
    return row;
}
} // namespace

ActionBox::ActionBox(ApplyFlow &flow, engine::Engine &engine, QWidget *parent)
    : QWidget(parent)
    , m_flow(flow)
    , m_engine(engine)
    , m_icon(new IconMark(QStringLiteral("lock")))
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_text(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_outcomeRow(new QWidget)
    , m_outcomeIcon(new IconMark(QStringLiteral("check-circle"), Token::Good))
    , m_outcome(new TextLabel({}, FontRole::Small))
    , m_undo(new QPushButton(tr("Undo")))
    , m_unready(new QCheckBox)
    , m_conflict(new TextLabel({}, FontRole::Mono))
    , m_dryRun(new QPushButton(tr("Dry run")))
    , m_apply(new QPushButton(tr("Apply")))
    , m_export(new QPushButton(tr("Export patch")))
    , m_discard(new QPushButton(tr("Discard my draft")))
    , m_primary(new QPushButton)
{
    auto *words = new QWidget;
    auto *wordsColumn = new QVBoxLayout(words);
    wordsColumn->setContentsMargins(0, 0, 0, 0);
    wordsColumn->setSpacing(2);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_outcome->setWordWrap(true);
    wordsColumn->addWidget(m_title);
    wordsColumn->addWidget(m_text);

    auto *outcomeLine = new QHBoxLayout(m_outcomeRow);
    outcomeLine->setContentsMargins(0, 0, 0, 0);
    outcomeLine->setSpacing(8);
    outcomeLine->addWidget(m_outcomeIcon, 0, Qt::AlignTop);
    outcomeLine->addWidget(m_outcome, 1);
    setButtonKind(m_undo, ButtonKind::Link);
    m_undo->setIcon(lineIcon(QStringLiteral("undo"), Token::Accent));
    m_undo->setAccessibleName(tr("Undo this write"));
    outcomeLine->addWidget(m_undo, 0, Qt::AlignTop);

    m_conflict->setTextFormat(Qt::RichText);

    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(6);
    for (QPushButton *button : {m_dryRun, m_apply, m_discard, m_export}) {
        setCompact(button);
        button->setMinimumWidth(1); // In a narrow window the text is cut rather than the column widened.
        buttons->addWidget(button);
    }
    m_export->setIcon(lineIcon(QStringLiteral("export"), Token::Text));
    m_export->setToolTip(tr("Save or copy the change as a patch (Ctrl+E)"));
    setButtonKind(m_primary, ButtonKind::Primary);
    m_dryRun->setAccessibleName(tr("Dry run"));
    m_apply->setAccessibleName(tr("Apply"));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_outcomeRow);
    column->addLayout(iconRow(m_icon, words));
    column->addWidget(m_conflict);
    column->addWidget(m_unready);
    column->addLayout(buttons);
    column->addWidget(m_primary);

    // In a dialog Return in a field would press the first of them, Undo.
    for (QPushButton *button : {m_undo, m_dryRun, m_apply, m_discard, m_export, m_primary}) {
        button->setAutoDefault(false);
    }
    connect(m_dryRun, &QPushButton::clicked, this, &ActionBox::triggerDryRun);
    connect(m_apply, &QPushButton::clicked, this, &ActionBox::triggerApply);
    connect(m_export, &QPushButton::clicked, this, &ActionBox::triggerExport);
    connect(m_discard, &QPushButton::clicked, this, &ActionBox::discardRequested);
    connect(m_undo, &QPushButton::clicked, this, &ActionBox::askUndo);
    connect(m_unready, &QCheckBox::clicked, &m_flow, &ApplyFlow::setAllowsUnready);
    connect(m_primary, &QPushButton::clicked, this, [this] {
        if (m_flow.isGone() || m_flow.isRuleGone()) {
            triggerExport();
        } else if (!m_flow.source().isEmpty()) {
            Q_EMIT sourceRequested();
        } else if (isConflictShown()) {
            m_flow.layDraftOver();
        } else if (m_flow.isLocked()) {
            triggerUnlock();
        } else if (!m_flow.owner().isEmpty()) {
            triggerExport();
        } else {
            triggerApply();
        }
    });
    connect(&m_flow, &ApplyFlow::changed, this, &ActionBox::refresh);
    refresh();
}

void ActionBox::setSubject(const QString &object, int changedFields, const QList<QStringList> &conflictRows, const QString &displacedText)
{
    m_object = object;
    m_changedFields = changedFields;
    m_conflictRows = conflictRows;
    m_displacedText = displacedText;
    refresh();
}

/// Laying a draft over what is there now sends nothing, so a lock is no reason to hide a draft that was set aside.
bool ActionBox::isConflictShown() const
{
    return m_flow.isDisplaced() || m_flow.isRuleGone() || (m_flow.isConflict() && !m_flow.isLocked());
}

QString ActionBox::changeText() const
{
    return m_changedFields == 1 ? tr("1 field changes in %1.").arg(m_object) : tr("%1 fields change in %2.").arg(m_changedFields).arg(m_object);
}

void ActionBox::fitText()
{
    // Wrapped labels tell their height too late when the column's width is fixed from outside.
    const int room = width() - 32 - 24;
    for (TextLabel *label : {m_title, m_text}) {
        label->setMinimumHeight(std::max(0, room > 0 ? label->heightForWidth(room) : 0));
    }
    const int beside = m_undo->isHidden() ? 0 : m_undo->sizeHint().width() + 8;
    m_outcome->setMinimumHeight(std::max(0, room > beside ? m_outcome->heightForWidth(room - beside) : 0));
}

void ActionBox::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitText();
}

ActionBox::Words ActionBox::words() const
{
    const engine::ContextInfo context = m_engine.contexts().current();
    const auto make = [](const char *icon, Token token, const QString &title, const QString &text) {
        return Words {QString::fromLatin1(icon), static_cast<int>(token), title, text};
    };
    if (m_flow.isGone()) {
        return make("warning", Token::Warning, tr("This object no longer exists"),
            tr("It was deleted in the cluster. Your draft is kept and can be exported."));
    }
    if (m_flow.step() == Step::DryRunning) {
        return make("loading", Token::Accent, tr("Dry run"), tr("The server checks the change without storing it."));
    }
    if (m_flow.step() == Step::Applying || m_flow.step() == Step::Undoing) {
        return make("loading", Token::Accent, tr("Writing"), tr("The change is on its way to %1.").arg(context.name));
    }
    if (m_flow.step() == Step::Refreshing) {
        return make("loading", Token::Accent, tr("Reading the object again"), tr("The draft is laid over what is there now."));
    }
    if (!m_flow.source().isEmpty()) {
        return make("charts", Token::Accent, tr("Only rendered"),
            tr("This route comes out of %1; no cluster has it, so nothing can be applied. Rehearse it here, and set its weights in the chart's values.")
                .arg(m_flow.source()));
    }
    if (context.name.isEmpty()) {
        return make("info", Token::Muted, tr("No cluster chosen"), tr("Choose a context above."));
    }
    if (m_flow.isRuleGone()) {
        return make("warning", Token::Warning, tr("The draft's rule is gone"), m_displacedText);
    }
    if (m_flow.isDisplaced()) { // Before the lock: what happened to the draft must not hide behind it.
        return make("warning", Token::Warning, tr("The rule leads elsewhere by now"), m_displacedText);
    }
    if (m_flow.isLocked()) {
        return make("lock", Token::ContextProduction, tr("%1 is locked").arg(context.name),
            tr("No write request leaves Fairway, dry runs included. This diff is made locally."));
    }
    if (m_flow.isConflict()) {
        return make("warning", Token::Warning, tr("Changed in the cluster meanwhile"),
            !m_flow.note().isEmpty()                                                ? m_flow.note()
                : !m_flow.hasOutcome() || m_flow.outcome().conflictDetail.isEmpty() ? tr("Nothing was written. Your draft is kept.")
                                                                                    : m_flow.outcome().conflictDetail);
    }
    if (!m_flow.hasDraft()) {
        return make("info", Token::Muted, tr("No change yet"),
            m_flow.draft().kind == engine::DraftKind::Weights ? tr("Move a divider or type a weight. Nothing is written before Apply.")
                : m_flow.draft().kind == engine::DraftKind::Http1 ? tr("Choose a gateway. Nothing is written before Apply.")
                                                                  : tr("Type into a field. Nothing is written before Apply."));
    }
    if (m_flow.hasGate() && !m_flow.gate().mayWrite) {
        return make("denied", Token::Bad, tr("You may not write this"), m_flow.gate().denied);
    }
    if (const QString owner = m_flow.owner(); !owner.isEmpty()) {
        QString text = m_flow.gate().ownerGoesOn ? tr("It steers them and goes on from what is applied here at its next step. Export the patch, or change its own object.")
                                                 : tr("It will revert what is applied here. Export the patch to its source instead.");
        for (const QString &each : m_flow.gate().owners) {
            text += QLatin1Char('\n') + each;
        }
        return make("warning", Token::Warning,
            m_flow.draft().kind == engine::DraftKind::Weights ? tr("%1 owns these weights").arg(owner) : tr("%1 owns these fields").arg(owner), text);
    }
    const QString what = changeText();
    if (!m_flow.note().isEmpty()) {
        return make("info", Token::Muted, tr("Draft laid over the newer object"), m_flow.note());
    }
    if (m_flow.isStale()) {
        return make("warning", Token::Warning, tr("The picture is stale"), tr("Apply reads the object again first. %1").arg(what));
    }
    if (context.isProduction) {
        return make("target", Token::ContextProduction, tr("Ready to apply to production"), tr("%1 Its name and a reason are asked for.").arg(what));
    }
    return make("target", Token::Accent, tr("Ready to apply to %1").arg(context.name), tr("%1 A dry run comes first.").arg(what));
}

void ActionBox::setBlocked(QPushButton *button, const QString &why, const QString &hint, const QString &icon)
{
    // Else the focus would go on to a field, which takes the next keys for weights.
    if (!why.isEmpty() && window()->focusWidget() == button) {
        setFocus();
    }
    button->setEnabled(why.isEmpty());
    button->setToolTip(why.isEmpty() ? hint : why);
    button->setIcon(why.isEmpty() || icon.isEmpty() || m_isNarrow ? QIcon() : lineIcon(icon, Token::Muted));
}

void ActionBox::setNarrow(bool isNarrow)
{
    if (m_isNarrow != isNarrow) {
        m_isNarrow = isNarrow;
        refresh();
    }
}

void ActionBox::refreshButtons()
{
    const QString context = m_engine.contexts().current().name;
    const QString lock = m_flow.isLocked() ? QStringLiteral("lock") : QString();
    const QString denied = m_flow.hasGate() && !m_flow.gate().mayWrite ? QStringLiteral("denied") : lock;
    setBlocked(m_dryRun, m_flow.dryRunBlocker(), tr("Let the server check the change without storing it (D)"), denied);
    setBlocked(m_apply, m_flow.applyBlocker(), tr("Write the change (Ctrl+Return)"), denied);
    const bool hasDraft = m_flow.hasDraft();
    m_export->setEnabled(hasDraft);
    m_export->setText(m_isNarrow ? tr("Export") : tr("Export patch"));
    m_export->setAccessibleName(tr("Export patch"));
    m_export->setIcon(m_isNarrow ? QIcon() : lineIcon(QStringLiteral("export"), Token::Text));
    m_export->setToolTip(hasDraft ? tr("Save or copy the change as a patch (Ctrl+E)") : tr("Nothing to export: the draft is what is live"));

    const bool isConflict = isConflictShown();
    const bool isGone = m_flow.isGone();
    m_discard->setVisible(isConflict || isGone);
    m_discard->setEnabled(m_flow.step() == Step::Idle);
    const bool isRendered = !m_flow.source().isEmpty();
    m_dryRun->setVisible(!isConflict && !isGone && !isRendered);
    const bool isOwned = !m_flow.owner().isEmpty();
    const bool exportsFirst = isGone || m_flow.isRuleGone() || (!isRendered && isOwned && !m_flow.isLocked() && !isConflict);
    m_export->setVisible(!exportsFirst);
    // One button of each name: where Apply is the large one, the small one is away.
    const bool appliesFirst = !isGone && !m_flow.isLocked() && !isConflict && !isOwned;
    m_apply->setVisible(!isConflict && !isGone && !appliesFirst && !isRendered);
    m_apply->setText(exportsFirst ? tr("Apply anyway…") : tr("Apply"));

    if (exportsFirst) {
        m_primary->setText(tr("Export patch"));
        m_primary->setIcon(lineIcon(QStringLiteral("export"), Token::AccentInk));
        setBlocked(m_primary, hasDraft ? QString() : tr("Nothing to export: the draft is what is live"), tr("Save or copy the change as a patch (Ctrl+E)"), {});
    } else if (isRendered) {
        m_primary->setText(tr("Back to %1").arg(m_flow.source()));
        m_primary->setIcon(lineIcon(QStringLiteral("charts"), Token::AccentInk));
        setBlocked(m_primary, {}, tr("Where its values are"), {});
        m_primary->setIcon(lineIcon(QStringLiteral("charts"), Token::AccentInk));
    } else if (context.isEmpty()) {
        m_primary->setText(tr("Apply"));
        setBlocked(m_primary, tr("No cluster chosen"), {}, {});
    } else if (m_flow.isLocked() && !isConflict) {
        m_primary->setText(tr("Unlock %1…").arg(context));
        setBlocked(m_primary, {}, tr("Lift the lock of this context (U)"), {});
        m_primary->setIcon(lineIcon(QStringLiteral("unlock"), Token::AccentInk));
    } else if (isConflict) {
        m_primary->setText(tr("Lay my draft over it"));
        setBlocked(m_primary, m_flow.step() == Step::Idle ? QString() : tr("A request is under way."), m_flow.isDisplaced() ? tr("Give my weights to the destinations that are still there") : tr("Read the object again and keep my weights"), {});
    } else {
        m_primary->setText(m_engine.contexts().current().isProduction ? tr("Apply to %1…").arg(context) : tr("Apply to %1").arg(context));
        setBlocked(m_primary, m_flow.applyBlocker(), tr("Write the change (Ctrl+Return)"), denied);
    }
    m_primary->setAccessibleName(m_primary->text());
}

void ActionBox::refreshOutcome()
{
    const bool isShown = m_flow.hasOutcome() && !m_flow.isConflict() && m_flow.step() == Step::Idle;
    m_outcomeRow->setVisible(isShown);
    if (!isShown) {
        return;
    }
    const engine::WriteOutcome &outcome = m_flow.outcome();
    const bool hasWarnings = !outcome.warnings.isEmpty();
    const Token token = !outcome.isOk ? Token::Bad : hasWarnings ? Token::Warning : Token::Good;
    m_outcomeIcon->setIcon(!outcome.isOk ? QStringLiteral("error") : hasWarnings ? QStringLiteral("warning") : QStringLiteral("check-circle"), token);
    QString head;
    if (outcome.isOk) {
        head = outcome.stage == Stage::DryRun ? tr("Dry run passed.") : outcome.stage == Stage::Undo ? tr("Undone.") : tr("Applied.");
    } else {
        head = outcome.stage == Stage::DryRun ? tr("The dry run failed.") : outcome.stage == Stage::Undo ? tr("Undo failed.") : tr("Not applied.");
    }
    QString text = head + u' ' + outcome.message;
    for (const QString &warning : outcome.warnings.mid(0, 3)) {
        text += QStringLiteral("\n") + tr("Server warns: %1").arg(warning);
    }
    m_outcome->setText(text);
    m_outcome->setToken(outcome.isOk ? Token::Text : Token::Bad);
    const bool canUndo = outcome.isOk && outcome.stage == Stage::Apply && outcome.journalId != 0;
    m_undo->setVisible(canUndo);
    m_undo->setEnabled(canUndo && !m_flow.isLocked());
    m_undo->setToolTip(m_flow.isLocked() ? tr("The context is locked") : tr("Take back exactly what was written, and nothing else"));
}

void ActionBox::refresh()
{
    const Words say = words();
    m_icon->setIcon(say.icon, static_cast<Token>(say.token));
    m_title->setText(say.title);
    m_text->setText(say.text);
    m_text->setVisible(!say.text.isEmpty());
    refreshOutcome();

    const bool isConflict = isConflictShown();
    QString rows = QStringLiteral("<table cellspacing=0 cellpadding=1>");
    const QString muted = theme().color(Token::Muted).name();
    rows += QStringLiteral("<tr style=\"color:%1\"><td></td><td align=right>&nbsp;&nbsp;%2</td><td align=right>&nbsp;&nbsp;&nbsp;%3</td></tr>")
                .arg(muted, tr("theirs"), tr("mine"));
    for (const QStringList &row : m_conflictRows.mid(0, 8)) {
        rows += QStringLiteral("<tr><td>%1</td><td align=right>%2</td><td align=right>%3</td></tr>")
                    .arg(row.value(0).toHtmlEscaped(), row.value(1), row.value(2));
    }
    m_conflict->setText(rows + QStringLiteral("</table>"));
    m_conflict->setVisible(isConflict && !m_conflictRows.isEmpty());

    const QStringList unready = m_flow.hasGate() ? m_flow.gate().unreadyDestinations : QStringList();
    m_unready->setVisible(m_flow.hasDraft() && !unready.isEmpty() && !m_flow.isLocked() && !isConflict && !m_flow.isGone());
    m_unready->setText(tr("Send traffic to %1 with no ready pod").arg(unready.join(QStringLiteral(", "))));
    m_unready->setChecked(m_flow.allowsUnready());
    refreshButtons();
    fitText();
}

void ActionBox::triggerDryRun()
{
    m_flow.dryRun();
}

void ActionBox::triggerApply()
{
    if (!m_flow.applyBlocker().isEmpty()) {
        return;
    }
    if (!m_flow.needsTypedName()) {
        m_flow.apply({});
        return;
    }
    const engine::RouteDraft asked = m_flow.draft();
    askConsent(window(), m_engine.contexts().current(), tr("Apply"), changeText(),
        [self = QPointer(this), asked](const engine::WriteConsent &consent) {
            // The consent was given for this change and no other.
            if (self && self->m_flow.draft().isAboutSame(asked) && self->m_flow.draft().saysSame(asked)) {
                self->m_flow.apply(consent);
            }
        });
}

void ActionBox::triggerExport()
{
    if (m_flow.hasDraft()) {
        Q_EMIT exportRequested();
    }
}

void ActionBox::triggerUnlock()
{
    if (m_flow.isLocked()) {
        askUnlock(window(), m_engine.contexts());
    }
}

void ActionBox::askUndo()
{
    if (m_engine.contexts().current().isProduction) {
        askConsent(window(), m_engine.contexts().current(), tr("Undo"), tr("Sets %1 back to what it was.").arg(m_object),
            [self = QPointer(this)](const engine::WriteConsent &consent) {
                if (self) {
                    self->m_flow.undo(consent);
                }
            });
        return;
    }
    m_flow.undo({});
}

} // namespace fairway::ui
