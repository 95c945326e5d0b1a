#include "widgets/routes/rehearsal_rules.h"

#include "widgets/common/format.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/marked_row.h"

#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

namespace {
using engine::RehearsalVerdict;
using engine::RuleRehearsal;
using State = RuleRehearsal::State;

bool isFine(const RuleRehearsal &rule)
{
    return rule.state == State::Played && rule.verdict != RehearsalVerdict::Differs;
}

QString shareLine(const engine::RehearsalShare &share, bool isSplit)
{
    const QString errors = share.errors > 0 ? RehearsalRules::tr(", %1 errors").arg(groupedNumber(share.errors)) : QString();
    if (!isSplit) {
        return RehearsalRules::tr("%1: %2 requests%3").arg(share.label, groupedNumber(share.requests), errors);
    }
    return RehearsalRules::tr("%1: %2 (95 % interval %3 to %4), %5 by weight, %6 requests%7")
        .arg(share.label, percent(share.share, 1), percent(share.low, 1), percent(share.high, 1), percent(share.expected, 1),
            groupedNumber(share.requests), errors);
}

QString wordsOf(const RuleRehearsal &rule)
{
    switch (rule.state) {
    case State::NeverRuns: return RehearsalRules::tr("Never runs: %1 takes its requests.").arg(rule.takenBy);
    case State::NoRequest: return RehearsalRules::tr("Not played: no request could be made up for its expression.");
    case State::NotLoaded: return RehearsalRules::tr("Not played: no proxy whose objects are known loads it.");
    case State::Connections: return RehearsalRules::tr("Not played: it carries connections, not requests.");
    case State::Played: break;
    }
    QStringList lines;
    if (rule.ownAnswers > 0) {
        lines.append(RehearsalRules::tr("%1 requests, %2 answered by the proxy itself").arg(groupedNumber(rule.requests), groupedNumber(rule.ownAnswers)));
    }
    for (const engine::RehearsalShare &share : rule.shares.mid(0, 12)) {
        lines.append(shareLine(share, rule.shares.size() > 1));
    }
    if (rule.shares.size() > 1) {
        lines.append(rule.verdict == RehearsalVerdict::Matches ? RehearsalRules::tr("The split matches the weights.")
                : rule.verdict == RehearsalVerdict::Differs    ? RehearsalRules::tr("The split does not match the weights.")
                                                               : RehearsalRules::tr("Too few requests to judge the split."));
    }
    return lines.join(u'\n');
}

MarkedRow::Content contentOf(const RuleRehearsal &rule)
{
    MarkedRow::Content out;
    const bool isBad = rule.state == State::NeverRuns || rule.verdict == RehearsalVerdict::Differs;
    out.icon = isBad ? QStringLiteral("warning") : rule.state == State::Played ? QStringLiteral("check-circle") : QStringLiteral("minus");
    out.iconToken = isBad ? Token::Warning : rule.state == State::Played ? Token::Good : Token::Muted;
    out.title = rule.title;
    out.titleToken = rule.state == State::Played || isBad ? Token::Text : Token::Muted;
    out.isStrong = isBad;
    QStringList place {rule.path};
    for (const QString &part : {rule.request, rule.place}) {
        if (!part.isEmpty()) {
            place.append(part);
        }
    }
    out.place = place.join(QStringLiteral("  "));
    out.words = wordsOf(rule);
    out.canBePressed = true;
    return out;
}
} // namespace

RehearsalRules::RehearsalRules(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 4, 0, 4);
    m_rows->setSpacing(2);
    setAccessibleName(tr("Rules of the rehearsal"));
}

void RehearsalRules::setRules(const QList<RuleRehearsal> &rules)
{
    const qsizetype count = std::min(rules.size(), maxRows);
    QStringList wanted;
    for (qsizetype i = 0; i < count; ++i) {
        wanted.append(rules[i].path + u'\n' + rules[i].place + u'\n' + wordsOf(rules[i]));
    }
    if (rules.size() > count) {
        wanted.append(tr("and %1 more rules").arg(rules.size() - count));
    }
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (m_shown.value(i) == wanted[i]) {
            continue;
        }
        const bool isKnownLater = i < count && i < m_shown.size() && wanted.value(i + 1) == m_shown[i];
        if (!isKnownLater && i < m_shown.size()) { // the row changed; otherwise one comes before it
            delete m_rows->takeAt(static_cast<int>(i))->widget();
            m_shown.removeAt(i);
        }
        QWidget *made = nullptr;
        if (i < count) {
            const RuleRehearsal &rule = rules[i];
            auto *row = new MarkedRow(contentOf(rule));
            row->setAccessibleName(tr("%1: %2").arg(rule.title, isFine(rule) ? tr("runs") : rule.state == State::Played ? tr("differs") : wordsOf(rule)));
            row->setAccessibleDescription(wordsOf(rule));
            row->setToolTip(tr("Show the rule"));
            connect(row, &QAbstractButton::clicked, this, [this, section = rule.section, index = rule.rule] { Q_EMIT ruleChosen(section, index); });
            made = row;
        } else {
            made = new TextLabel(wanted[i], FontRole::Small, Token::Muted);
        }
        m_rows->insertWidget(static_cast<int>(i), made);
        m_shown.insert(i, wanted[i]);
    }
    while (m_shown.size() > wanted.size()) {
        delete m_rows->takeAt(static_cast<int>(m_shown.size() - 1))->widget();
        m_shown.removeLast();
    }
}

bool RehearsalRules::isGood(const QList<RuleRehearsal> &rules)
{
    return std::all_of(rules.begin(), rules.end(), isFine);
}

QString RehearsalRules::summary(const engine::RehearsalStatus &status)
{
    const auto count = [&](auto is) { return static_cast<int>(std::count_if(status.rules.begin(), status.rules.end(), is)); };
    const int played = count([](const RuleRehearsal &rule) { return rule.state == State::Played; });
    const int never = count([](const RuleRehearsal &rule) { return rule.state == State::NeverRuns; });
    const int differ = count([](const RuleRehearsal &rule) { return rule.verdict == RehearsalVerdict::Differs; });
    const int left = static_cast<int>(status.rules.size()) - played - never;
    QStringList parts {tr("%1 of %2 rules ran").arg(played).arg(std::max(status.plannedRules, static_cast<int>(status.rules.size())))};
    if (differ > 0) {
        parts.append(tr("%1 split otherwise than weighted").arg(differ));
    }
    if (never > 0) {
        parts.append(tr("%1 never run").arg(never));
    }
    if (left > 0) {
        parts.append(tr("%1 not played").arg(left));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace fairway::ui
