#include "widgets/routes/truth_meter.h"

#include "widgets/common/format.h"
#include "widgets/routes/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace fairway::ui {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::Truth)
};

constexpr double SameShare = 0.0005; ///< Shares closer than that are read as one and the same.

/// Of a draft: what is live has its share from the kind's own rules.
double shareOf(const QList<qint64> &weights, qsizetype at)
{
    if (weights.size() == 1)
        return 1.0;
    const qint64 total = std::accumulate(weights.begin(), weights.end(), qint64 {0});
    return total > 0 ? static_cast<double>(weights.value(at)) / static_cast<double>(total) : 0.0;
}

QString shareText(double share)
{
    const double points = share * 100;
    return percent(share, std::abs(points - std::round(points)) < 0.05 ? 0 : 1);
}

Truth::Stage unknown(const QString &words)
{
    Truth::Stage stage;
    stage.text = words;
    return stage;
}

void tellRehearsal(Truth &truth, const engine::RehearsalStatus &status, const QString &label, double spec)
{
    using Phase = engine::RehearsalStatus::Phase;
    const auto found = std::find_if(status.shares.begin(), status.shares.end(), [&](const auto &share) { return share.label == label; });
    if (status.phase == Phase::Failed) {
        truth.rehearsal.proxy = unknown(Words::tr("could not run"));
        truth.rehearsal.measured = unknown(Words::tr("nothing"));
        return;
    }
    if (status.phase == Phase::Idle || found == status.shares.end()) {
        truth.rehearsal.proxy = unknown(status.phase == Phase::Starting ? Words::tr("starting") : Words::tr("not running"));
        truth.rehearsal.measured = unknown(Words::tr("press Rehearse"));
        return;
    }
    const engine::RehearsalShare &share = *found;
    Truth::Stage &proxy = truth.rehearsal.proxy;
    proxy.text = shareText(share.expected);
    proxy.note = Words::tr("built-in proxy");
    proxy.isKnown = proxy.hasMark = true;
    proxy.isGood = std::abs(share.expected - spec) < SameShare;
    if (share.requests == 0 && status.requests == 0) {
        truth.rehearsal.measured = unknown(Words::tr("not enough yet"));
        return;
    }
    truth.rehearsal.hasInterval = true;
    truth.rehearsal.low = share.low;
    truth.rehearsal.high = share.high;
    truth.rehearsal.share = share.share;
    truth.rehearsal.specShare = share.expected;
    truth.rehearsal.measured.isKnown = true;
    truth.rehearsal.measured.text = percent(share.share, 1);
    truth.rehearsal.measured.note = QStringLiteral("± %1").arg((share.high - share.low) * 50, 0, 'f', 1);
}

const engine::OwnerClaim *claimOf(const engine::RouteDetail &detail, const engine::Rule &rule)
{
    const auto found = std::find_if(detail.claims.begin(), detail.claims.end(),
        [&](const engine::OwnerClaim &claim) { return claim.section == rule.section && claim.rule == rule.index; });
    return found == detail.claims.end() ? nullptr : &*found;
}

/// The claim as the share of the watched destination, where that can be told: of the claimed one itself, or of the other of two.
std::optional<double> claimedShare(const engine::OwnerClaim &claim, const engine::Rule &rule, qsizetype watched)
{
    if (rule.destinations[watched].label == claim.label)
        return claim.share;
    return rule.destinations.size() == 2 ? std::optional(1.0 - claim.share) : std::nullopt;
}

void tellController(Truth::Row &row, const engine::RouteDetail &detail, const engine::OwnerClaim *claim, std::optional<double> share)
{
    if (!detail.source.isEmpty()) {
        row.controller = unknown(Words::tr("in no cluster"));
    } else if (!detail.refusal.isEmpty()) {
        row.controller = {detail.controllerStatus, {}, true, false, true}; // whatever weights there are: nobody loads them
    } else if (claim && share) {
        row.controller = {shareText(*share), claim->controller, true, std::abs(*share - row.specShare) < SameShare && (detail.controllerStatus.isEmpty() || detail.isControllerCurrent), true};
    } else if (!detail.controllerStatus.isEmpty()) {
        row.controller = {detail.controllerStatus, {}, true, detail.isControllerCurrent, true};
    } else {
        row.controller = unknown(Words::tr("none reports"));
    }
}

/// A way in which what is written and what happens differ.
struct Lie {
    QString words;
    QString why;
    QString next;
};

Lie lieOfClaim(const engine::OwnerClaim &claim, const QString &label, double claimed, double live)
{
    Lie lie;
    lie.words = Words::tr("%1 says %2, the spec %3").arg(claim.controller, shareText(claimed), shareText(live));
    const QString phase = claim.phase.isEmpty() ? QString() : Words::tr(" (%1)").arg(claim.phase);
    lie.why = claim.revertsEdits
        ? Words::tr("%1%2 steers the share of %3. The weight here was edited by somebody else, or its own step is not written yet; it writes its weight over this one when it next looks.")
              .arg(claim.object, phase, label)
        : Words::tr("%1%2 steers the share of %3. The weight here was edited by somebody else; it goes on from the edited weight at its next step.")
              .arg(claim.object, phase, label);
    lie.next = Words::tr("Pause %1 or change its steps before editing here.").arg(claim.object);
    return lie;
}

/// Of what is in the cluster, the worst first.
std::optional<Lie> clusterLie(const engine::RouteDetail &detail, const engine::Rule &rule, const Truth &truth, qsizetype watched)
{
    if (!detail.source.isEmpty())
        return std::nullopt;
    if (!detail.refusal.isEmpty()) {
        return Lie {Words::tr("the controller refuses the route"),
            Words::tr("It says %1. The weights of this generation are not in force.").arg(detail.refusal),
            Words::tr("Read the conditions under YAML, status; mend what they name, or undo the last change.")};
    }
    if (!detail.controllerStatus.isEmpty() && !detail.isControllerCurrent) {
        return Lie {Words::tr("the controller is behind the spec"),
            Words::tr("The spec is generation %1, and its controller has only told of an older one: older weights may still be in force.").arg(detail.generation),
            Words::tr("Wait a moment. If it stays so, look at the controller's pods and their log.")};
    }
    if (const engine::OwnerClaim *claim = claimOf(detail, rule)) {
        const std::optional<double> share = claimedShare(*claim, rule, watched);
        if (share && std::abs(*share - truth.cluster.specShare) >= SameShare)
            return lieOfClaim(*claim, claim->label, *share, truth.cluster.specShare);
    }
    for (const engine::Destination &destination : rule.destinations) {
        if (destination.share <= 0 || !destination.isBroken)
            continue;
        return Lie {Words::tr("%1 go to %2, which can't answer").arg(shareText(destination.share), destination.label),
            Words::tr("The weight is in force, and every request it sends there fails: %1.").arg(destination.problem),
            Words::tr("Mend that, or give its weight to another destination.")};
    }
    const bool getsNothing = std::all_of(rule.destinations.begin(), rule.destinations.end(), [](const auto &destination) { return destination.share <= 0; });
    if (getsNothing && !rule.allocation.isEmpty()) {
        return Lie {Words::tr("nothing gets the requests"), Words::tr("By these weights %1.").arg(rule.allocation),
            Words::tr("Give a destination a weight above 0.")};
    }
    return std::nullopt;
}

std::optional<Lie> rehearsalLie(const Truth &truth, const engine::RehearsalStatus &rehearsal)
{
    if (!truth.rehearsal.hasInterval)
        return std::nullopt;
    if (!truth.rehearsal.proxy.isGood) {
        return Lie {Words::tr("the rehearsal ran other weights"),
            Words::tr("It began before the weights became what they are now: what was measured says nothing of these."), Words::tr("Rehearse again.")};
    }
    if (rehearsal.verdict != engine::RehearsalStatus::Verdict::Differs)
        return std::nullopt;
    return Lie {Words::tr("the measured share differs"),
        Words::tr("%1 by weight, but between %2 and %3 were measured. Retries, faults and destinations that stop answering move shares; in 1 of 20 runs it is chance.")
            .arg(shareText(truth.rehearsal.specShare), percent(truth.rehearsal.low, 1), percent(truth.rehearsal.high, 1)),
        Words::tr("Rehearse longer; if it stays so, look at the errors of each destination.")};
}
} // namespace

Truth Truth::tell(const engine::RouteDetail &detail, const engine::Rule &rule, const QList<qint64> &draftWeights, bool isDraft,
    const engine::RehearsalStatus &rehearsal)
{
    Truth truth;
    if (rule.destinations.isEmpty()) {
        truth.words = Words::tr("the rule has no destination");
        return truth;
    }
    const qsizetype watched = watchedDestination(rolesOf(rule));
    const engine::Destination &destination = rule.destinations[watched];
    truth.role = destination.role;
    truth.subject = Words::tr("share of %1 under rule %2; scale is spec ± 2 points").arg(destination.label).arg(ruleNumber(detail, rule));
    truth.origin = detail.source.isEmpty() ? Words::tr("Cluster now") : Words::tr("Chart now");
    const double live = destination.share;
    const double draft = shareOf(draftWeights, watched);

    truth.cluster.spec = {shareText(live), {}, true, true, false};
    truth.cluster.specShare = live;
    const engine::OwnerClaim *claim = claimOf(detail, rule);
    tellController(truth.cluster, detail, claim, claim ? claimedShare(*claim, rule, watched) : std::nullopt);
    truth.cluster.proxy = unknown(Words::tr("not read from here"));
    truth.cluster.measured = unknown(Words::tr("no metrics source"));

    const bool isThisRoute = rehearsal.routeId == detail.row.id;
    truth.rehearsal.spec = {shareText(draft), {}, true, true, false};
    truth.rehearsal.specShare = draft;
    truth.rehearsal.controller = unknown(isDraft ? Words::tr("draft, not written") : Words::tr("no change"));
    tellRehearsal(truth, isThisRoute ? rehearsal : engine::RehearsalStatus {}, destination.label, draft);

    const bool isMeasured = truth.rehearsal.hasInterval;
    std::optional<Lie> lie = clusterLie(detail, rule, truth, watched);
    if (!lie)
        lie = rehearsalLie(truth, isThisRoute ? rehearsal : engine::RehearsalStatus {});
    if (lie) {
        truth.verdict = Verdict::Differs;
        truth.words = lie->words;
        truth.why = lie->why;
        truth.next = lie->next;
    } else if (isMeasured && rehearsal.verdict == engine::RehearsalStatus::Verdict::Matches) {
        truth.verdict = Verdict::Agrees;
        truth.words = Words::tr("every known stage agrees");
    } else if (isMeasured) {
        truth.words = Words::tr("not enough requests yet");
    } else {
        truth.words = Words::tr("not measured yet");
    }
    return truth;
}

} // namespace fairway::ui
