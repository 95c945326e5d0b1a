#include "core/engine/route_play.h"

#include "core/engine/text.h"
#include "core/engine/xray_objects.h"
#include "core/proxy/rehearsal.h"
#include "core/proxy/whole_route.h"
#include "core/route/weights.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

using value::Value;

constexpr std::uint64_t FewestRequests = 100;
constexpr std::uint64_t MostRequests = 1'000'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("fairway::engine", text); // where lupdate puts what free functions say
}

bool isObject(const Value &object, const route::RouteObject &route)
{
    return object["kind"].stringOr() == route::toString(route.kind) && object["metadata"]["name"].stringOr() == route.name
        && object["metadata"]["namespace"].stringOr() == route.ns;
}

/// The objects with the draft's weights.
std::vector<Value> withDraft(const RoutePlay &play)
{
    std::vector<Value> objects = play.objects;
    const route::RouteObject &route = play.entry->route;
    const route::Rule *rule = route.find(toUtf8(play.request.section), play.request.rule);
    const std::vector<std::int64_t> weights(play.request.weights.begin(), play.request.weights.end());
    if (rule == nullptr || weights == rule->weights())
        return objects;
    for (Value &object : objects) {
        if (!isObject(object, route))
            continue;
        if (auto changed = route::setWeights(object, rule->section, rule->index, weights))
            object = std::move(*changed);
    }
    return objects;
}

QString placeWords(const route::Viewpoint &place)
{
    QStringList labels;
    for (const auto &[name, label] : place.labels)
        labels.append(toQString(name + "=" + label));
    return labels.isEmpty() ? titleOf(place) : tr("%1, client %2").arg(titleOf(place), labels.join(QStringLiteral(", ")));
}

class Player {
public:
    Player(const RoutePlay &play, const std::function<void(const RuleRehearsal &, int)> &onRule, const CancelToken &cancel)
        : m_play(play)
        , m_route(play.entry->route)
        , m_onRule(onRule)
        , m_cancel(cancel)
        , m_object(toUtf8(play.entry->detail.row.kind) + " " + (m_route.ns.empty() ? "default" : m_route.ns) + "/" + m_route.name)
    {
        for (const route::Rule &rule : m_route.rules)
            m_expected += static_cast<int>(std::max<std::size_t>(1, rule.matches.size()));
    }

    Result<RoutePlayed> all()
    {
        proxy::WholeRoutePlan plan;
        plan.route = &m_route;
        plan.objects = withDraft(m_play);
        const double sent = static_cast<double>(m_play.request.ratePerSecond) * m_play.request.durationSeconds;
        const std::uint64_t wanted = m_play.request.maxRequests > 0 ? static_cast<std::uint64_t>(m_play.request.maxRequests)
                                                                    : static_cast<std::uint64_t>(sent / std::max(1, m_expected));
        plan.requestsPerRule = std::clamp(wanted, FewestRequests, MostRequests);
        plan.ratePerSecond = m_play.request.ratePerSecond;
        plan.prepare = [this](proxy::RouteRehearsalPlan &part) { addTargets(part); };
        plan.onRule = [this](const proxy::RuleOutcome &outcome, const route::Viewpoint &place) { take(outcome, placeWords(place)); };
        const Result<proxy::WholeRouteReport> report = proxy::rehearseWholeRoute(std::move(plan), m_cancel);
        if (!report)
            return tl::unexpected(report.error());
        if (m_out.rules.isEmpty() && std::any_of(report->unplayed.begin(), report->unplayed.end(), &isOfConnections))
            return fail(ErrorCode::Unsupported, phrase("engine", "its rules carry connections: only a split can be rehearsed, with HTTP requests in their place"));
        if (m_out.rules.isEmpty())
            return fail(ErrorCode::InvalidInput, phrase("engine", "no proxy loads this route: its gateways and Services are not among the objects that are known"));
        for (const Text &text : report->notExecuted)
            m_out.notExecuted.append(inWords(text));
        m_out.notExecuted.removeDuplicates();
        for (const proxy::UnplayedRule &rule : report->unplayed)
            addUnplayed(rule);
        return std::move(m_out);
    }

private:
    static bool isOfConnections(const proxy::UnplayedRule &rule) { return rule.why == proxy::UnplayedRule::Why::Connections; }

    /// What the targets of the route's own rules are reached by, and their dials.
    void addTargets(proxy::RouteRehearsalPlan &plan) const
    {
        for (const route::RouteTarget *target : proxy::targetsOf(*plan.table)) {
            const auto [rule, i] = destinationAt(target->pointer);
            if (rule == nullptr || rule->destinations[i].subset != target->subset)
                continue;
            const std::string key = proxy::targetKey(*target);
            const auto position = static_cast<std::size_t>(rule - m_route.rules.data());
            if (m_play.mayUsePods)
                plan.endpoints[key] = proxy::localEndpoints(m_play.entry->resolutions[position][i]);
            for (const StandInDial &dial : m_play.request.dials) {
                if (toUtf8(dial.destination) == rule->destinations[i].label)
                    plan.dials[key] = {static_cast<double>(dial.latencyMs), dial.errorPercent};
            }
        }
    }

    [[nodiscard]] std::pair<const route::Rule *, std::size_t> destinationAt(const std::string &pointer) const
    {
        for (const route::Rule &rule : m_route.rules) {
            for (std::size_t i = 0; i < rule.destinations.size(); ++i) {
                if (rule.destinations[i].pointer == pointer)
                    return {&rule, i};
            }
        }
        return {nullptr, 0};
    }

    [[nodiscard]] const Rule *shown(const std::string &section, int index) const
    {
        for (const Rule &rule : m_play.entry->detail.rules) {
            if (toUtf8(rule.section) == section && rule.index == index)
                return &rule;
        }
        return nullptr;
    }

    /// The route's own rules by number and title, as the page shows them.
    [[nodiscard]] QString nameOf(const std::string &rule) const
    {
        int number = 0;
        for (const Rule &own : m_play.entry->detail.rules) {
            ++number;
            const QString section = own.section == QStringLiteral("canary") ? QStringLiteral("rules") : own.section;
            if (rule == m_object + " " + toUtf8(section) + "[" + std::to_string(own.index) + "]")
                return tr("rule %1 (%2)").arg(number).arg(own.title);
        }
        return toQString(rule);
    }

    void take(const proxy::RuleOutcome &outcome, const QString &place)
    {
        RuleRehearsal out;
        out.section = toQString(outcome.section);
        out.rule = outcome.index;
        out.path = toQString(outcome.path);
        out.place = place;
        out.request = toQString(outcome.request);
        out.requests = static_cast<qint64>(outcome.sent);
        out.ownAnswers = static_cast<qint64>(outcome.ownAnswers);
        const route::Rule *own = outcome.object == m_object ? m_route.find(outcome.section, outcome.index) : nullptr;
        if (own != nullptr)
            out.section = toQString(own->section);
        const Rule *rule = own == nullptr ? nullptr : shown(own->section, outcome.index);
        out.title = rule != nullptr ? rule->title : toQString(outcome.rule);
        if (!outcome.takenBy.empty()) {
            out.state = RuleRehearsal::State::NeverRuns;
            out.takenBy = nameOf(outcome.takenBy);
        } else if (outcome.request.empty()) {
            out.state = RuleRehearsal::State::NoRequest;
        }
        out.verdict = outcome.verdict == proxy::SplitVerdict::Matches ? RehearsalVerdict::Matches
            : outcome.verdict == proxy::SplitVerdict::Differs         ? RehearsalVerdict::Differs
                                                                      : RehearsalVerdict::Pending;
        for (const proxy::RuleOutcome::Leg &leg : outcome.legs)
            out.shares.append(shareOf(leg, rule));
        insertInOrder(m_out.rules, out, m_route);
        m_onRule(out, m_expected);
    }

    [[nodiscard]] RehearsalShare shareOf(const proxy::RuleOutcome::Leg &leg, const Rule *rule) const
    {
        RehearsalShare out;
        out.label = toQString(leg.target);
        const auto [own, i] = destinationAt(leg.pointer);
        if (own != nullptr && rule != nullptr && static_cast<qsizetype>(i) < rule->destinations.size()) {
            out.label = rule->destinations[static_cast<qsizetype>(i)].label;
            out.role = rule->destinations[static_cast<qsizetype>(i)].role;
        }
        out.isStandIn = leg.isStandIn;
        out.requests = static_cast<qint64>(leg.requests);
        out.errors = static_cast<qint64>(leg.errors);
        out.expected = leg.expected;
        out.share = leg.measured.share;
        out.low = leg.measured.low;
        out.high = leg.measured.high;
        return out;
    }

    void addUnplayed(const proxy::UnplayedRule &unplayed)
    {
        RuleRehearsal out;
        using Why = proxy::UnplayedRule::Why;
        out.state = unplayed.why == Why::Connections ? RuleRehearsal::State::Connections
            : unplayed.why == Why::Hidden            ? RuleRehearsal::State::NeverRuns
                                                     : RuleRehearsal::State::NotLoaded;
        if (unplayed.by != nullptr)
            out.takenBy = nameOf(m_object + " " + unplayed.by->section + "[" + std::to_string(unplayed.by->index) + "]");
        out.section = toQString(unplayed.rule->section);
        out.rule = unplayed.rule->index;
        out.path = QStringLiteral("spec.%1[%2]").arg(out.section).arg(out.rule);
        const Rule *rule = shown(unplayed.rule->section, out.rule);
        out.title = rule != nullptr ? rule->title : inWords(unplayed.rule->title);
        insertInOrder(m_out.rules, out, m_route);
    }

    const RoutePlay &m_play;
    const route::RouteObject &m_route;
    const std::function<void(const RuleRehearsal &, int)> &m_onRule;
    const CancelToken &m_cancel;
    const std::string m_object;
    RoutePlayed m_out;
    int m_expected = 0;
};

} // namespace

Result<RoutePlayed> playRoute(const RoutePlay &play, const std::function<void(const RuleRehearsal &, int)> &onRule, const CancelToken &cancel)
{
    return Player(play, onRule, cancel).all();
}

void insertInOrder(QList<RuleRehearsal> &rules, const RuleRehearsal &rule, const route::RouteObject &route)
{
    const auto place = [&route](const RuleRehearsal &one) {
        const route::Rule *found = route.find(toUtf8(one.section), one.rule);
        return found == nullptr ? static_cast<std::ptrdiff_t>(route.rules.size()) : found - route.rules.data();
    };
    const std::ptrdiff_t own = place(rule);
    const auto after = std::find_if(rules.begin(), rules.end(), [&](const RuleRehearsal &one) { return place(one) > own; });
    rules.insert(after, rule);
}

} // namespace fairway::engine
