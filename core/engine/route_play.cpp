#include "core/engine/route_play.h"

#include "core/engine/text.h"
#include "core/engine/xray_objects.h"
#include "core/proxy/rehearsal.h"
#include "core/proxy/route_rehearsal.h"
#include "core/route/traffic_config.h"
#include "core/route/weights.h"
#include "core/value/yaml.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>
#include <utility>

namespace fairway::engine {
namespace {

using value::Value;

constexpr std::uint64_t FewestRequests = 100;
constexpr std::uint64_t MostRequests = 1'000'000;
constexpr std::size_t MostClients = 8; ///< Sets of source labels that rules ask for.

QString tr(const char *text)
{
    return QCoreApplication::translate("fairway::engine", text); // where lupdate puts what free functions say
}

bool isObject(const Value &object, const route::RouteObject &route)
{
    return object["kind"].stringOr() == route::toString(route.kind) && object["metadata"]["name"].stringOr() == route.name
        && object["metadata"]["namespace"].stringOr() == route.ns;
}

/// "gateway.networking.k8s.io" for what stands in front of the Gateway API's routes.
Value plainGateway(const std::string &ns, const std::string &name, bool isApi)
{
    const std::string spec = isApi ? "gatewayClassName: plain\n  listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]"
                                   : "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]";
    const auto made = value::parseYamlDocuments("apiVersion: " + std::string(isApi ? "gateway.networking.k8s.io/v1" : "networking.istio.io/v1")
        + "\nkind: Gateway\nmetadata: {}\nspec:\n  " + spec + "\n");
    if (!made || made->empty())
        return {};
    Value gateway = made->front();
    Value metadata = gateway["metadata"];
    metadata.set("name", Value(name));
    metadata.set("namespace", Value(ns));
    return gateway;
}

/// The objects with the draft's weights and a Gateway for every one that the route names.
class Ground {
public:
    explicit Ground(const RoutePlay &play)
        : m_route(play.entry->route)
        , m_objects(play.objects)
    {
        layDraft(play);
        if (m_route.kind != route::RouteKind::Ingress)
            addGateways();
    }

    std::vector<Value> take() { return std::move(m_objects); }
    [[nodiscard]] const QStringList &notes() const { return m_notes; }

private:
    void layDraft(const RoutePlay &play)
    {
        const route::Rule *rule = m_route.find(toUtf8(play.request.section), play.request.rule);
        const std::vector<std::int64_t> weights(play.request.weights.begin(), play.request.weights.end());
        if (rule == nullptr || weights == rule->weights())
            return;
        for (Value &object : m_objects) {
            if (!isObject(object, m_route))
                continue;
            if (auto changed = route::setWeights(object, rule->section, rule->index, weights))
                object = std::move(*changed);
        }
    }

    void addGateways()
    {
        const bool isApi = m_route.kind != route::RouteKind::VirtualService;
        for (std::string name : m_route.gateways) {
            if (isApi && !name.starts_with("Gateway "))
                continue;
            name = isApi ? name.substr(8) : name;
            const std::size_t slash = name.find('/');
            if (slash == std::string::npos)
                continue; // the mesh
            const std::string ns = name.substr(0, slash);
            const std::string own = name.substr(slash + 1);
            const bool isKnown = std::any_of(m_objects.begin(), m_objects.end(), [&](const Value &object) {
                return object["kind"].stringOr() == "Gateway" && object["metadata"]["name"].stringOr() == own && object["metadata"]["namespace"].stringOr() == ns;
            });
            if (isKnown)
                continue;
            m_objects.push_back(plainGateway(ns, own, isApi));
            m_notes.append(tr("Gateway %1 is not known: a plain one on port 80 was taken").arg(toQString(name)));
        }
    }

    const route::RouteObject &m_route;
    std::vector<Value> m_objects;
    QStringList m_notes;
};

/// Where the route is loaded: its gateways, the mesh, and the mesh as those clients see it whose labels its rules ask for.
std::vector<route::Viewpoint> placesOf(const route::TrafficConfig &config, const route::RouteObject &route)
{
    std::vector<route::Viewpoint> places = config.viewpoints();
    std::erase_if(places, [&](const route::Viewpoint &place) { return !isPlaceOf(route, place); });
    const bool isInMesh = std::any_of(route.gateways.begin(), route.gateways.end(),
        [](const std::string &gateway) { return gateway == "mesh" || gateway.starts_with("Service "); });
    if (!isInMesh)
        return places;
    std::erase_if(places, [](const route::Viewpoint &place) { return place.kind == route::Viewpoint::Kind::Mesh; });
    const route::Viewpoint mesh {route::Viewpoint::Kind::Mesh, route.ns.empty() ? "default" : route.ns, {}, {}};
    places.insert(places.begin(), mesh);
    std::set<std::pair<std::string, std::map<std::string, std::string>>> clients;
    for (const route::Rule &rule : route.rules) {
        for (const route::Match &match : rule.matches) {
            const std::string ns = match.sourceNamespace.empty() ? mesh.ns : match.sourceNamespace;
            const bool isOther = !match.sourceLabels.empty() || ns != mesh.ns;
            if (isOther && clients.size() < MostClients && clients.emplace(ns, match.sourceLabels).second)
                places.push_back({route::Viewpoint::Kind::Mesh, ns, {}, match.sourceLabels});
        }
    }
    return places;
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
        Ground ground(m_play);
        m_out.notExecuted = ground.notes();
        const route::TrafficConfig config(ground.take());
        for (const route::Viewpoint &place : placesOf(config, m_route)) {
            Result<route::RouteTable> made = config.tableAt(place);
            if (!made)
                continue; // a Gateway that is neither Istio's nor the Gateway API's
            if (Result<void> played = playAt(place, std::make_shared<const route::RouteTable>(std::move(*made))); !played)
                return tl::unexpected(played.error());
        }
        const bool isStream = m_route.kind == route::RouteKind::TlsRoute || m_route.kind == route::RouteKind::TcpRoute;
        if (m_out.rules.isEmpty() && isStream)
            return fail(ErrorCode::Unsupported, phrase("engine", "its rules carry connections: only a split can be rehearsed, with HTTP requests in their place"));
        if (m_out.rules.isEmpty())
            return fail(ErrorCode::InvalidInput, phrase("engine", "no proxy loads this route: its gateways and Services are not among the objects that are known"));
        addNotLoaded();
        m_out.notExecuted.removeDuplicates();
        return std::move(m_out);
    }

private:
    Result<void> playAt(const route::Viewpoint &place, const std::shared_ptr<const route::RouteTable> &table)
    {
        proxy::RouteRehearsalPlan plan;
        plan.table = table;
        plan.objects = {m_object};
        const double all = static_cast<double>(m_play.request.ratePerSecond) * m_play.request.durationSeconds;
        const std::uint64_t wanted = m_play.request.maxRequests > 0 ? static_cast<std::uint64_t>(m_play.request.maxRequests)
                                                                    : static_cast<std::uint64_t>(all / std::max(1, m_expected));
        plan.requestsPerRule = std::clamp(wanted, FewestRequests, MostRequests);
        plan.ratePerSecond = m_play.request.ratePerSecond;
        addTargets(plan);
        const QString at = placeWords(place);
        for (const int port : proxy::portsHolding(*table, plan.objects)) {
            plan.port = port;
            plan.played = m_played;
            plan.onRule = [&](const proxy::RuleOutcome &outcome, std::size_t, std::size_t) { take(outcome, at); };
            const Result<proxy::RouteRehearsalReport> report = proxy::rehearseRoutes(plan, m_cancel);
            if (!report)
                return tl::unexpected(report.error());
            for (const Text &text : report->notExecuted)
                m_out.notExecuted.append(inWords(text));
        }
        return {};
    }

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
        m_played.insert(outcome.key);
        RuleRehearsal out;
        out.section = toQString(outcome.section);
        out.rule = outcome.index;
        out.path = toQString(outcome.path);
        out.place = place;
        out.request = toQString(outcome.request);
        out.requests = static_cast<qint64>(outcome.sent);
        out.ownAnswers = static_cast<qint64>(outcome.ownAnswers);
        const route::Rule *own = m_route.find(outcome.section, outcome.index);
        if (own != nullptr)
            out.section = toQString(own->section);
        const Rule *rule = shown(toUtf8(out.section), outcome.index);
        out.title = rule != nullptr ? rule->title : toQString(outcome.rule);
        if (outcome.request.empty()) {
            out.state = RuleRehearsal::State::NoRequest;
        } else if (!outcome.takenBy.empty()) {
            out.state = RuleRehearsal::State::NeverRuns;
            out.takenBy = nameOf(outcome.takenBy);
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

    void addNotLoaded()
    {
        for (const Rule &rule : m_play.entry->detail.rules) {
            const bool isTold = std::any_of(m_out.rules.begin(), m_out.rules.end(),
                [&](const RuleRehearsal &told) { return told.section == rule.section && told.rule == rule.index; });
            if (isTold)
                continue;
            RuleRehearsal out;
            out.state = RuleRehearsal::State::NotLoaded;
            out.section = rule.section;
            out.rule = rule.index;
            out.path = QStringLiteral("spec.%1[%2]").arg(rule.section).arg(rule.index);
            out.title = rule.title;
            insertInOrder(m_out.rules, out, m_route);
        }
    }

    const RoutePlay &m_play;
    const route::RouteObject &m_route;
    const std::function<void(const RuleRehearsal &, int)> &m_onRule;
    const CancelToken &m_cancel;
    const std::string m_object;
    std::set<std::string, std::less<>> m_played;
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
