#include "widgets/routes/conflict_words.h"

#include "widgets/routes/words.h"

#include <QCoreApplication>

namespace fairway::ui {
namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::ConflictWords)
};
} // namespace

QList<QStringList> conflictRows(const engine::Rule &rule, const QList<qint64> &mine, const DraftBook::Displaced *aside)
{
    const QString none = QStringLiteral("–");
    QList<QStringList> rows;
    for (qsizetype i = 0; i < rule.destinations.size(); ++i) {
        const engine::Destination &destination = rule.destinations[i];
        QString weight = QString::number(mine.value(i));
        if (aside != nullptr) {
            const qsizetype at = aside->added.contains(destination.label) ? -1 : aside->labels.indexOf(destination.label);
            weight = at < 0 ? none : QString::number(aside->weights.value(at));
        }
        rows.append({destination.label, QString::number(destination.weight), weight});
    }
    for (qsizetype i = 0; aside != nullptr && i < aside->labels.size(); ++i) {
        if (aside->gone.contains(aside->labels[i])) {
            rows.append({aside->labels[i], none, QString::number(aside->weights.value(i))});
        }
    }
    return rows;
}

QString displacedText(const DraftBook::Displaced &aside)
{
    QStringList what;
    if (!aside.added.isEmpty()) {
        what.append(Words::tr("new: %1").arg(aside.added.join(Words::tr(", "))));
    }
    if (!aside.gone.isEmpty()) {
        what.append(Words::tr("gone: %1").arg(aside.gone.join(Words::tr(", "))));
    }
    if (what.isEmpty()) {
        what.append(Words::tr("in another order"));
    }
    return Words::tr("Somebody changed its destinations (%1). Your draft %2 is set aside; nothing was written.")
        .arg(what.join(Words::tr("; ")), splitText(aside.weights));
}

QString lostText(const DraftBook::Lost &lost)
{
    return Words::tr("“%1” is not there any more as it was, or is now one of several rules that are the same. Your draft %2 is set aside; nothing was written.")
        .arg(lost.title, splitText(lost.draft.weights));
}

QList<QStringList> lostRows(const DraftBook::Lost &lost)
{
    QList<QStringList> rows;
    for (qsizetype i = 0; i < lost.labels.size(); ++i) {
        rows.append({lost.labels[i], QStringLiteral("–"), QString::number(lost.draft.weights.value(i))});
    }
    return rows;
}

} // namespace fairway::ui
