#include "widgets/routes/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace fairway::ui {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::RouteWords)
};
} // namespace

QString roleWord(engine::Role role)
{
    switch (role) {
    case engine::Role::Stable:
        return Words::tr("stable");
    case engine::Role::Canary:
        return Words::tr("canary");
    case engine::Role::Third:
        return Words::tr("third");
    case engine::Role::Fourth:
        return Words::tr("fourth");
    case engine::Role::Other:
        break;
    }
    return {};
}

QString splitText(const QList<qint64> &weights)
{
    QStringList parts;
    for (const qint64 weight : weights) {
        parts.append(QString::number(weight));
    }
    const qint64 total = std::accumulate(weights.begin(), weights.end(), qint64 {0});
    return parts.join(total == 100 ? QStringLiteral(" / ") : QStringLiteral(" : "));
}

QString splitText(const engine::Rule &rule)
{
    const bool takesAll = rule.destinations.size() == 1 && rule.destinations.first().weight == 0 && rule.destinations.first().share > 0;
    return takesAll ? splitText(QList<qint64> {100}) : splitText(weightsOf(rule));
}

int ruleNumber(const engine::RouteDetail &detail, const engine::Rule &rule)
{
    const auto found = std::find_if(detail.rules.begin(), detail.rules.end(),
        [&](const engine::Rule &each) { return each.section == rule.section && each.index == rule.index; });
    return static_cast<int>(found == detail.rules.end() ? rule.index : found - detail.rules.begin()) + 1;
}

QString zeroWords(const QString &kind, const QList<qint64> &weights, const QStringList &labels)
{
    const qint64 total = std::accumulate(weights.begin(), weights.end(), qint64 {0});
    if (weights.isEmpty() || total > 0) {
        return {};
    }
    const bool isIstio = kind == QLatin1String("VirtualService");
    if (weights.size() == 1) {
        return isIstio ? Words::tr("A lone destination gets everything in Istio, with or without a weight: %1 takes all requests.").arg(labels.value(0))
                       : Words::tr("%1 is alone and at weight 0: in the Gateway API it gets nothing, requests fail with 500.").arg(labels.value(0));
    }
    return isIstio ? Words::tr("All weights are 0: Istio refuses such a rule.")
                   : Words::tr("All weights are 0: nothing gets traffic, requests fail with 500.");
}

QString readyText(const engine::Destination &destination)
{
    if (destination.totalPods < 0)
        return QStringLiteral("–");
    return Words::tr("%1 of %2").arg(destination.readyPods).arg(destination.totalPods);
}

QList<qint64> weightsOf(const engine::Rule &rule)
{
    QList<qint64> out;
    for (const engine::Destination &destination : rule.destinations) {
        out.append(destination.weight);
    }
    return out;
}

QList<engine::Role> rolesOf(const engine::Rule &rule)
{
    QList<engine::Role> out;
    for (const engine::Destination &destination : rule.destinations) {
        out.append(destination.role);
    }
    return out;
}

QStringList labelsOf(const engine::Rule &rule)
{
    QStringList out;
    for (const engine::Destination &destination : rule.destinations) {
        out.append(destination.label);
    }
    return out;
}

QString shortLabel(const QString &label, int maxLength)
{
    if (label.size() <= maxLength) {
        return label;
    }
    const int half = (maxLength - 1) / 2;
    return label.left(half) + QChar(0x2026) + label.right(maxLength - 1 - half);
}

qsizetype watchedDestination(const QList<engine::Role> &roles)
{
    const qsizetype canary = roles.indexOf(engine::Role::Canary);
    return canary >= 0 ? canary : roles.size() - 1;
}

} // namespace fairway::ui
