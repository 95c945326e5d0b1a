#include "widgets/routes/rehearsal_panel.h"

#include "widgets/common/format.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/list_dialog.h"
#include "widgets/routes/marks.h"
#include "widgets/routes/rehearsal_dials.h"
#include "widgets/routes/rehearsal_rules.h"
#include "widgets/routes/words.h"

#include <QPushButton>

/// What the panel says below its plots.
namespace fairway::ui {

namespace {
using Phase = engine::RehearsalStatus::Phase;
using Verdict = engine::RehearsalStatus::Verdict;

constexpr qsizetype FewMissing = 3; ///< Stand in a line.

QString pair(const QString &name, const QString &value)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>&nbsp; %3")
        .arg(theme().color(Token::Muted).name(), name.toHtmlEscaped(), value.toHtmlEscaped());
}
} // namespace

void RehearsalPanel::refreshVerdict(const engine::RehearsalStatus &shown)
{
    QString words;
    QString icon = QStringLiteral("info");
    Token token = Token::Muted;
    if (isOutdated()) {
        words = tr("The rules changed since they were rehearsed: what was measured is of others. Rehearse again.");
        icon = QStringLiteral("warning");
        token = Token::Warning;
    } else if (shown.phase == Phase::Failed) {
        words = shown.message.isEmpty() ? tr("The rehearsal could not run.") : shown.message;
        icon = QStringLiteral("error");
        token = Token::Bad;
    } else if (showsRoute(shown)) {
        const bool isTold = shown.isWholeRoute && !shown.rules.isEmpty();
        const bool isDone = isTold && shown.phase == Phase::Done;
        const bool isGood = RehearsalRules::isGood(shown.rules);
        words = isTold ? RehearsalRules::summary(shown)
                       : tr("Rehearse plays every rule of the route through the built-in proxy, each with a request made up for it. The cluster is not changed.");
        icon = !isDone ? QStringLiteral("info") : isGood ? QStringLiteral("check-circle") : QStringLiteral("warning");
        token = !isDone ? Token::Muted : isGood ? Token::Good : Token::Warning;
    } else if (shown.phase == Phase::Running || shown.phase == Phase::Done) {
        const engine::RehearsalShare share = shown.shares.value(m_watched);
        if (shown.verdict == Verdict::Matches) {
            words = tr("Matches: %1 got %2 of %3 requests, the draft asks for %4.")
                        .arg(share.label, percent(share.share, 1), groupedNumber(shown.requests), percent(share.expected, 1));
            icon = QStringLiteral("check-circle");
            token = Token::Good;
        } else if (shown.verdict == Verdict::Differs) {
            words = tr("Differs: %1 got %2 of %3 requests, the draft asks for %4.")
                        .arg(share.label, percent(share.share, 1), groupedNumber(shown.requests), percent(share.expected, 1));
            if (!shown.message.isEmpty()) {
                words += u' ' + shown.message;
            }
            icon = QStringLiteral("warning");
            token = Token::Warning;
        } else {
            words = shown.phase == Phase::Done ? tr("Not enough requests for a verdict. Run it longer or with more load.")
                                               : tr("Not enough requests for a verdict yet.");
        }
    } else if (shown.phase == Phase::Starting) {
        words = tr("Starting the proxy and the stand-ins…");
    } else if (m_hasRule) {
        words = tr("Rehearse sends test requests through the built-in proxy with the draft's weights. The cluster is not changed.");
    }
    m_verdictRow->setVisible(!words.isEmpty());
    m_verdictMark->setIcon(icon, token);
    m_verdict->setToken(token);
    m_verdict->setText(words);
}

void RehearsalPanel::showMissing() const
{
    const engine::RehearsalStatus shown = m_service.status();
    openListDialog(window(), shown.isWholeRoute ? tr("Not executed") : tr("Not modelled"),
        tr("The mesh would do this with these requests; the rehearsal does not. What was measured is true without it."), tr("What the rehearsal leaves out"), shown.notModelled);
}

void RehearsalPanel::refreshFigures(const engine::RehearsalStatus &shown)
{
    const bool isListed = shown.notModelled.size() > FewMissing && (shown.isWholeRoute || !shown.shares.isEmpty());
    m_missing->setVisible(isListed);
    m_missing->setText(tr("Show all %1").arg(shown.notModelled.size()));
    m_missing->setAccessibleName(tr("Show all %1 that are left out").arg(shown.notModelled.size()));
    QString missing = shown.notModelled.mid(0, FewMissing).join(QStringLiteral(" · "));
    if (isListed) {
        missing += QStringLiteral(" · ") + tr("%1 more").arg(shown.notModelled.size() - FewMissing);
    }
    if (shown.isWholeRoute) {
        m_figures->setText(pair(tr("Requests"), groupedNumber(shown.requests)) + QStringLiteral("&nbsp;&nbsp;&nbsp; ") + pair(tr("Errors"), groupedNumber(shown.errors))
            + (missing.isEmpty() ? QString() : QStringLiteral("<br>") + pair(tr("Not executed"), missing)));
        m_figures->show();
        return;
    }
    if (shown.shares.isEmpty()) {
        m_figures->hide();
        return;
    }
    QStringList requests;
    QStringList errors;
    QStringList standIns;
    const QList<engine::StandInDial> dials = m_dials->dials();
    for (qsizetype i = 0; i < shown.shares.size() && i < 6; ++i) {
        const engine::RehearsalShare &share = shown.shares[i];
        requests.append(QStringLiteral("%1 %2").arg(share.label, groupedNumber(share.requests)));
        QString line = QStringLiteral("%1 %2").arg(share.label, groupedNumber(share.errors));
        if (share.errors > 0 && share.requests > 0) {
            line += QStringLiteral(" (%1)").arg(percent(static_cast<double>(share.errors) / static_cast<double>(share.requests), 2));
        }
        errors.append(line);
        if (share.isStandIn && i < dials.size()) {
            standIns.append(tr("%1 +%2 ms, %3 % errors").arg(share.label).arg(dials[i].latencyMs).arg(dials[i].errorPercent));
        }
    }
    const QString dot = QStringLiteral(" · ");
    QStringList parts {pair(tr("Load"), ratePerSecond(shown.achievedRate)), pair(tr("Requests"), requests.join(dot)),
        pair(tr("Errors"), errors.join(dot)), pair(tr("Stand-ins"), standIns.isEmpty() ? tr("none") : standIns.join(dot))};
    QString text = parts.join(QStringLiteral("&nbsp;&nbsp;&nbsp; "));
    if (!shown.notModelled.isEmpty()) {
        text += QStringLiteral("<br>") + pair(tr("Not modelled"), missing);
    }
    m_figures->setText(text);
    m_figures->show();
}

} // namespace fairway::ui
