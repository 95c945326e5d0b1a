#include "widgets/routes/graph_layout.h"

#include "widgets/common/format.h"
#include "widgets/routes/words.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>
#include <numeric>

namespace fairway::ui {

namespace {
constexpr double margin = 16;
constexpr double top = 40;
constexpr double bottom = 16;
constexpr double ruleHeight = 40;
constexpr double rulePitch = 48;
constexpr double hiddenHeight = 26;
constexpr double destinationHeight = 44;
constexpr double destinationPitch = 64;
constexpr int expandedRules = 60;
constexpr int expandedDestinations = 40;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::GraphLayout)
};

QString keyOf(const engine::Destination &destination)
{
    return destination.host + u'|' + destination.subset + u'|' + QString::number(destination.port);
}

/// Positions of the rules to draw; a negative number -n stands for n hidden ones.
QList<int> pickRules(int count, int selected, bool isExpanded)
{
    QList<int> out;
    const int most = isExpanded ? expandedRules : GraphLayout::maxRules;
    if (count <= most) {
        for (int i = 0; i < count; ++i) {
            out.append(i);
        }
        return out;
    }
    QList<int> shown;
    for (int i = 0; i < most - 3; ++i) {
        shown.append(i);
    }
    for (const int extra : {selected, count - 1}) {
        if (!shown.contains(extra)) {
            shown.append(extra);
        }
    }
    std::sort(shown.begin(), shown.end());
    int next = 0;
    for (const int rule : std::as_const(shown)) {
        if (rule > next) {
            out.append(next - rule);
        }
        out.append(rule);
        next = rule + 1;
    }
    return out;
}

double ribbonWidth(const engine::Rule &rule, double share)
{
    // Without load figures a rule with a condition is drawn slim: most requests go past it.
    const double most = rule.isCatchAll ? 11 : 3.2;
    return std::max(1.4, most * share);
}
} // namespace

GraphLayout GraphLayout::make(const GraphInput &input, double width)
{
    GraphLayout out;
    const QList<engine::Rule> &rules = input.detail.rules;
    const double inner = width - 2 * margin;
    const double hostWidth = std::clamp(inner * 0.17, 80.0, 160.0);
    const double destinationWidth = std::clamp(inner * 0.135, 74.0, 170.0);
    const double podsWidth = 78;
    const double hostGap = std::clamp(inner * 0.06, 20.0, 60.0);
    const double podsGap = std::clamp(inner * 0.036, 14.0, 32.0);
    const double ribbonGap = std::clamp(inner * 0.16, 56.0, 220.0);
    const double rulesLeft = margin + hostWidth + hostGap;
    const double podsLeft = margin + inner - podsWidth;
    const double destinationLeft = podsLeft - podsGap - destinationWidth;
    const double rulesWidth = std::max(90.0, destinationLeft - ribbonGap - rulesLeft);

    double y = top;
    for (const int pick : pickRules(static_cast<int>(rules.size()), input.selected, input.isExpanded)) {
        const bool isHidden = pick < 0;
        out.rules.append({QRectF(rulesLeft, y, rulesWidth, isHidden ? hiddenHeight : ruleHeight), isHidden ? -1 : pick, isHidden ? -pick : 0});
        y += (isHidden ? hiddenHeight : ruleHeight) + rulePitch - ruleHeight;
    }
    const double rulesBottom = out.rules.isEmpty() ? top + ruleHeight : out.rules.last().rect.bottom();

    // Destinations in the order of the chosen rule first: its colours then read from top to bottom.
    QList<engine::Destination> found;
    QHash<QString, int> position;
    const auto collect = [&](const engine::Rule &rule) {
        for (const engine::Destination &destination : rule.destinations) {
            if (!position.contains(keyOf(destination))) {
                position.insert(keyOf(destination), static_cast<int>(found.size()));
                found.append(destination);
            }
        }
    };
    if (input.selected >= 0 && input.selected < rules.size()) {
        collect(rules[input.selected]);
    }
    for (const RuleBox &box : std::as_const(out.rules)) {
        if (box.rule >= 0) {
            collect(rules[box.rule]);
        }
    }
    const int most = input.isExpanded ? expandedDestinations : maxDestinations;
    const int drawn = std::min(static_cast<int>(found.size()), found.size() > most ? most - 1 : most);
    const int boxes = drawn + (found.size() > drawn ? 1 : 0);
    const double pitch = boxes > 4 ? destinationHeight + 8 : destinationPitch;
    const double stack = boxes > 0 ? (boxes - 1) * pitch + destinationHeight : 0;
    const double contentBottom = std::max(rulesBottom, top + stack);
    double destinationY = top + (contentBottom - top - stack) / 2;
    for (int i = 0; i < boxes; ++i, destinationY += pitch) {
        DestinationBox box;
        box.rect = QRectF(destinationLeft, destinationY, destinationWidth, destinationHeight);
        box.pods = QRectF(podsLeft, destinationY, podsWidth, destinationHeight);
        if (i < drawn) {
            box.destination = found[i];
        } else {
            box.hidden = static_cast<int>(found.size()) - drawn;
        }
        out.destinations.append(box);
    }
    // Fewer rules than destinations: the rules sink to the middle.
    const double sink = (contentBottom - rulesBottom) / 2;
    for (RuleBox &box : out.rules) {
        box.rect.translate(0, sink);
    }

    const qsizetype gateways = std::min<qsizetype>(std::max<qsizetype>(input.detail.gateways.size(), 1), 4);
    const double hostHeight = 48 + 8 + 21.0 * static_cast<double>(gateways);
    const double hostY = std::max(top, top + (contentBottom - top - hostHeight) / 2);
    out.host = QRectF(margin, hostY, hostWidth, hostHeight);
    out.height = std::max(contentBottom, out.host.bottom()) + bottom;
    out.rulesHead = QRectF(rulesLeft, 8, rulesWidth, 20);
    out.destinationsHead = QRectF(destinationLeft, 8, destinationWidth + podsGap, 20);
    out.podsHead = QRectF(podsLeft, 8, podsWidth, 20);

    for (const RuleBox &box : std::as_const(out.rules)) {
        if (box.rule < 0) {
            continue;
        }
        const engine::Rule &rule = rules[box.rule];
        const QList<qint64> weights = input.weights.value(box.rule, weightsOf(rule));
        const qint64 total = std::accumulate(weights.begin(), weights.end(), qint64 {0});
        for (int lane = 0; lane < static_cast<int>(rule.destinations.size()); ++lane) {
            const engine::Destination &destination = rule.destinations[lane];
            const int target = std::min(position.value(keyOf(destination), 0), boxes - 1);
            Ribbon ribbon;
            ribbon.rule = box.rule;
            ribbon.lane = lane;
            ribbon.isAlone = rule.destinations.size() == 1;
            // A lone destination gets everything in Istio whatever its weight; elsewhere the rule says so in words.
            ribbon.share = total > 0 ? static_cast<double>(weights.value(lane)) / static_cast<double>(total) : (ribbon.isAlone ? 1.0 : 0.0);
            ribbon.width = ribbonWidth(rule, ribbon.share);
            ribbon.role = destination.role;
            ribbon.isSelected = box.rule == input.selected;
            ribbon.isDashed = ribbon.share <= 0 || (!rule.isCatchAll && !ribbon.isSelected);
            ribbon.from = QPointF(box.rect.right(), box.rect.center().y());
            ribbon.target = target;
            ribbon.to = QPointF(out.destinations[target].rect.left(), out.destinations[target].rect.center().y());
            out.ribbons.append(ribbon);
        }
    }
    // Fan out: at a rule by its destinations' order, at a destination by where the ribbons come from.
    const auto spread = [&](auto sameNode, auto setY, double room) {
        QList<bool> done(out.ribbons.size(), false);
        for (qsizetype i = 0; i < out.ribbons.size(); ++i) {
            if (done[i]) {
                continue;
            }
            QList<qsizetype> members;
            double sum = 0;
            for (qsizetype k = i; k < out.ribbons.size(); ++k) {
                if (sameNode(out.ribbons[i], out.ribbons[k])) {
                    members.append(k);
                    done[k] = true;
                    sum += out.ribbons[k].width;
                }
            }
            const double count = static_cast<double>(members.size());
            const double gap = count > 1 ? std::clamp((room - sum) / count, 1.0, 9.0) : 0;
            double at = -(sum + gap * (count - 1)) / 2;
            for (const qsizetype k : std::as_const(members)) {
                setY(out.ribbons[k], at + out.ribbons[k].width / 2);
                at += out.ribbons[k].width + gap;
            }
        }
    };
    spread([](const Ribbon &a, const Ribbon &b) { return a.rule == b.rule; },
        [](Ribbon &ribbon, double offset) { ribbon.from.ry() += offset; }, 28);
    spread([](const Ribbon &a, const Ribbon &b) { return a.target == b.target; },
        [](Ribbon &ribbon, double offset) { ribbon.to.ry() += offset; }, 30);
    return out;
}

QString GraphLayout::describe(const GraphInput &input)
{
    QStringList lines;
    lines.append(Words::tr("Hosts: %1. Gateways: %2.").arg(input.detail.hosts.mid(0, 10).join(QStringLiteral(", ")),
        input.detail.gateways.mid(0, 10).join(QStringLiteral(", "))));
    const qsizetype shown = std::min<qsizetype>(input.detail.rules.size(), 20);
    for (qsizetype i = 0; i < shown; ++i) {
        const engine::Rule &rule = input.detail.rules[i];
        const QList<qint64> weights = input.weights.value(i, weightsOf(rule));
        const qint64 total = std::accumulate(weights.begin(), weights.end(), qint64 {0});
        QStringList to;
        for (qsizetype d = 0; d < rule.destinations.size(); ++d) {
            const engine::Destination &destination = rule.destinations[d];
            const double share = total > 0 ? static_cast<double>(weights.value(d)) / static_cast<double>(total) : rule.destinations.size() == 1 ? rule.destinations[d].share : 0;
            to.append(Words::tr("%1 %2, %3 pods ready").arg(destination.label, percent(share), readyText(destination)));
        }
        lines.append(Words::tr("Rule %1, %2: %3.").arg(i + 1).arg(rule.title, to.join(QStringLiteral("; "))));
    }
    if (shown < input.detail.rules.size()) {
        lines.append(Words::tr("%1 more rules.").arg(input.detail.rules.size() - shown));
    }
    return lines.join(u' ');
}

} // namespace fairway::ui
