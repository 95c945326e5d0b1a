#include "widgets/routes/truth_meter.h"

#include "widgets/common/format.h"
#include "widgets/routes/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fairway::ui {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(fairway::ui::Truth)
};

double shareOf(const QList<qint64> &weights, qsizetype at)
{
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
    proxy.isGood = std::abs(share.expected - spec) < 0.0005;
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
    truth.subject = Words::tr("share of %1 under rule %2; scale is spec ± 2 points").arg(destination.label).arg(rule.index + 1);
    truth.origin = detail.source.isEmpty() ? Words::tr("Cluster now") : Words::tr("Chart now");
    const double live = shareOf(weightsOf(rule), watched);
    const double draft = shareOf(draftWeights, watched);

    truth.cluster.spec = {shareText(live), {}, true, true, false};
    truth.cluster.specShare = live;
    if (detail.controllerStatus.isEmpty()) {
        truth.cluster.controller = unknown(Words::tr("none reports"));
    } else {
        truth.cluster.controller = {detail.controllerStatus, {}, true, detail.isControllerCurrent, true};
    }
    if (!detail.source.isEmpty()) {
        truth.cluster.controller = unknown(Words::tr("in no cluster"));
    }
    truth.cluster.proxy = unknown(Words::tr("not read from here"));
    truth.cluster.measured = unknown(Words::tr("no metrics source"));

    const bool isThisRoute = rehearsal.routeId == detail.row.id;
    truth.rehearsal.spec = {shareText(draft), {}, true, true, false};
    truth.rehearsal.specShare = draft;
    truth.rehearsal.controller = unknown(isDraft ? Words::tr("draft, not written") : Words::tr("no change"));
    tellRehearsal(truth, isThisRoute ? rehearsal : engine::RehearsalStatus {}, destination.label, draft);

    const bool isBehind = truth.cluster.controller.isKnown && !truth.cluster.controller.isGood;
    const bool isMeasured = truth.rehearsal.hasInterval;
    if (isBehind) {
        truth.verdict = Verdict::Differs;
        truth.words = Words::tr("the controller is behind the spec");
    } else if (isMeasured && !truth.rehearsal.proxy.isGood) {
        truth.verdict = Verdict::Differs;
        truth.words = Words::tr("the rehearsal ran other weights");
    } else if (isMeasured && rehearsal.verdict == engine::RehearsalStatus::Verdict::Differs) {
        truth.verdict = Verdict::Differs;
        truth.words = Words::tr("the measured share differs");
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
