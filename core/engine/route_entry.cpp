#include "core/engine/route_entry.h"

#include "core/engine/route_row.h"
#include "core/engine/rule_identity.h"
#include "core/engine/text.h"
#include "core/operate/ownership.h"
#include "core/route/finding_words.h"
#include "core/route/findings.h"
#include "core/route/weights.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace fairway::engine {
namespace {

constexpr std::size_t MaxEndpoints = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("fairway::engine", text); // where lupdate puts what free functions say
}

Finding toFinding(const route::Finding &finding)
{
    Finding out;
    out.severity = toSeverity(finding.severity);
    out.code = toQString(finding.code);
    out.kialiCode = toQString(route::kialiCode(finding.code, finding.object, finding.path, finding.message.plain()));
    out.title = inWords(finding.title);
    out.detail = inWords(finding.message);
    out.object = toQString(finding.object);
    out.path = toQString(finding.path);
    out.action = inWords(finding.nextStep);
    out.actionTarget = toQString(finding.target);
    return out;
}

QString badgeOf(route::RouteKind kind)
{
    switch (kind) {
    case route::RouteKind::VirtualService: return QStringLiteral("VS");
    case route::RouteKind::HttpRoute: return QStringLiteral("HR");
    case route::RouteKind::GrpcRoute: return QStringLiteral("GR");
    case route::RouteKind::TlsRoute: return QStringLiteral("TL");
    case route::RouteKind::TcpRoute: return QStringLiteral("TC");
    case route::RouteKind::Ingress: return QStringLiteral("NX");
    }
    return {};
}

/// The role of each label over the whole route, so that v2 has one colour in every rule: the headline rule decides, by order.
QHash<QString, Role> rolesOf(const route::RouteObject &route)
{
    QHash<QString, Role> roles;
    const auto take = [&roles](const route::Rule &rule) {
        for (const route::Destination &destination : rule.destinations) {
            const QString label = toQString(destination.label);
            if (!roles.contains(label))
                roles.insert(label, static_cast<Role>(std::min<qsizetype>(roles.size(), static_cast<qsizetype>(Role::Other))));
        }
    };
    if (const route::Rule *headline = route.headline())
        take(*headline);
    for (const route::Rule &rule : route.rules)
        take(rule);
    return roles;
}

Destination toDestination(const route::Destination &destination, const route::Resolution &resolution, Role role)
{
    Destination out;
    out.label = toQString(destination.label);
    out.host = toQString(destination.host);
    out.subset = toQString(destination.subset);
    out.port = destination.port;
    out.weight = destination.weight;
    out.share = destination.share;
    out.role = role;
    out.service = toQString(resolution.service);
    out.policy = toQString(resolution.destinationRule.empty() ? resolution.hostRule : resolution.destinationRule);
    for (const std::string &subset : resolution.hostSubsets)
        out.subsets.append(toQString(subset));
    out.readyPods = static_cast<int>(resolution.ready);
    out.totalPods = static_cast<int>(resolution.total);
    for (const route::Endpoint &endpoint : resolution.endpoints)
        out.pods.append(toQString(endpoint.pod.empty() ? endpoint.address : endpoint.pod));
    out.problem = inWords(resolution.message);
    out.isBroken = resolution.isBroken();
    return out;
}

Rule toRule(const route::RouteObject &route, const route::Rule &rule, const std::vector<route::Resolution> &resolutions,
    const QHash<QString, Role> &roles, const RuleIdentity &identity)
{
    Rule out;
    out.index = rule.index;
    out.identity = identity;
    out.path = toQString(route::displayPath(rule.pointer));
    out.section = toQString(rule.section);
    out.name = toQString(rule.name);
    out.title = inWords(rule.title);
    out.detail = inWords(rule.action.empty() ? rule.detail : rule.action);
    for (std::size_t i = 0; i < rule.destinations.size(); ++i)
        out.destinations.append(toDestination(rule.destinations[i], resolutions[i],
            roles.value(toQString(rule.destinations[i].label), Role::Other)));
    out.total = rule.total;
    out.isCatchAll = rule.isCatchAll;
    out.isSidecarOnly = rule.isSidecarOnly;
    out.isEditable = rule.isEditable;
    out.notEditableReason = inWords(rule.notEditableReason);
    out.allocation = inWords(route::allocate(route.weightRules(), rule.weights()).note);
    return out;
}

/// What a controller says in status: Gateway API parents with their conditions and observedGeneration.
void readStatus(const value::Value &object, RouteDetail &detail)
{
    const value::Value &parents = object["status"]["parents"];
    if (!parents.isList() || parents.size() == 0)
        return;
    std::int64_t observed = std::numeric_limits<std::int64_t>::max(); // the parent that is farthest behind decides
    QString unaccepted;
    QString unresolved;
    for (const value::Value &parent : parents.asList()) {
        const value::Value &conditions = parent["conditions"];
        std::int64_t observedHere = 0;
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            const value::Value &condition = conditions[i];
            observedHere = std::max(observedHere, condition["observedGeneration"].intOr(0));
            const std::string_view type = condition["type"].stringOr();
            if (condition["status"].stringOr() == "True" || (type != "Accepted" && type != "ResolvedRefs"))
                continue;
            (type == "Accepted" ? unaccepted : unresolved) = toQString(condition["reason"].stringOr(type));
        }
        observed = std::min(observed, observedHere);
    }
    detail.refusal = unaccepted.isEmpty() ? unresolved : unaccepted;
    detail.isControllerCurrent = detail.refusal.isEmpty() && observed >= detail.generation;
    detail.controllerStatus = !unaccepted.isEmpty() ? tr("refused: %1").arg(unaccepted)
        : !unresolved.isEmpty()                     ? tr("unresolved: %1").arg(unresolved)
                                                    : tr("gen %1 accepted").arg(observed);
}

QList<OwnerClaim> toClaims(const route::RouteObject &route, std::span<const route::OwnerClaim> claims)
{
    QList<OwnerClaim> out;
    for (const route::OwnerClaim &claim : claims) {
        for (const route::Rule &rule : route.rules) {
            if (const route::Destination *destination = route::claimed(claim, route, rule)) {
                out.append({toQString(claim.controller), toQString(claim.object), toQString(rule.section), rule.index,
                    toQString(destination->label), claim.share, toQString(claim.phase), claim.revertsEdits});
            }
        }
    }
    return out;
}

/// managedFields are not kept of watched objects: marks and claims are what tells before somebody means to write.
QString ownerByMarks(const value::Value &object, const QList<OwnerClaim> &claims)
{
    const std::vector<operate::Owner> owners = operate::ownersOf(object);
    return !owners.empty() ? toQString(owners.front().name) : claims.isEmpty() ? QString() : claims.first().controller;
}

void addFacts(const value::Value &object, RouteDetail &detail)
{
    const auto add = [&detail](const QString &label, const QString &text) {
        if (!text.isEmpty())
            detail.facts.append({label, text});
    };
    add(tr("Kind"), detail.row.kind);
    add(tr("API version"), toQString(object["apiVersion"].stringOr()));
    add(tr("Namespace"), detail.row.ns);
    add(tr("Hosts"), detail.hosts.join(QLatin1String(", ")));
    add(tr("Gateways"), detail.gateways.join(QLatin1String(", ")));
    add(tr("Generation"), detail.generation > 0 ? QString::number(detail.generation) : QString());
    add(tr("Resource version"), detail.resourceVersion);
    add(tr("Created"), toQString(object["metadata"]["creationTimestamp"].stringOr()));
    QStringList labels;
    if (object["metadata"]["labels"].isMap()) {
        for (const auto &[key, label] : object["metadata"]["labels"].asMap())
            labels.append(toQString(key) + QLatin1Char('=') + toQString(label.stringOr()));
    }
    add(tr("Labels"), labels.join(QLatin1String(", ")));
}

RouteRow toRow(const route::RouteObject &route, const RouteDetail &detail, const QHash<QString, Role> &roles)
{
    RouteRow row;
    row.id = toQString(route.id());
    row.kind = toQString(route::toString(route.kind));
    row.badge = badgeOf(route.kind);
    row.ns = toQString(route.ns);
    row.name = toQString(route.name);
    row.host = detail.hosts.isEmpty() ? tr("(no host)") : detail.hosts.first();
    if (const route::Rule *headline = route.headline()) {
        for (const route::Destination &destination : headline->destinations) {
            row.weights.append(destination.weight);
            row.roles.append(roles.value(toQString(destination.label), Role::Other));
        }
        row.summary = toQString(route::weightSummary(headline->weights()));
    }
    for (const route::Rule &rule : route.rules) {
        const auto flowing = std::count_if(rule.destinations.begin(), rule.destinations.end(),
            [](const route::Destination &destination) { return destination.share > 0; });
        row.isInFlight |= flowing > 1;
    }
    return withFindings(std::move(row), detail.findings);
}

} // namespace

std::shared_ptr<const RouteEntry> makeRouteEntry(const value::ObjectView &object, const route::RouteObject &route,
    const route::TopologyView &topology, const QDateTime &now, std::span<const route::OwnerClaim> claims)
{
    auto entry = std::make_shared<RouteEntry>();
    entry->route = route;
    entry->object = object;
    RouteDetail &detail = entry->detail;
    for (const std::string &host : route.hosts)
        detail.hosts.append(toQString(host));
    for (const std::string &gateway : route.gateways)
        detail.gateways.append(toQString(gateway));
    detail.resourceVersion = toQString(object.resourceVersion());
    detail.generation = object.generation();
    detail.readAt = now;
    const QHash<QString, Role> roles = rolesOf(route);
    const QList<RuleIdentity> identities = identitiesOf(route);
    for (const route::Rule &rule : route.rules) {
        std::vector<route::Resolution> resolutions;
        for (const route::Destination &destination : rule.destinations)
            resolutions.push_back(topology.resolve(destination, route.ns, MaxEndpoints));
        detail.rules.append(toRule(route, rule, resolutions, roles, identities[detail.rules.size()]));
        entry->resolutions.push_back(std::move(resolutions));
    }
    for (const route::Finding &finding : route::checkRoute(route, topology)) {
        // Two rules that lead to the same pods say the same of them: once is enough here, the rows show the rest.
        const Finding shown = toFinding(finding);
        const bool isSaid = std::any_of(detail.findings.begin(), detail.findings.end(), [&](const Finding &other) {
            return other.code == shown.code && other.title == shown.title && other.actionTarget == shown.actionTarget;
        });
        if (!isSaid)
            detail.findings.append(shown);
    }
    std::stable_sort(detail.findings.begin(), detail.findings.end(),
        [](const Finding &a, const Finding &b) { return a.severity > b.severity; });
    detail.row = toRow(route, detail, roles);
    detail.claims = toClaims(route, claims);
    if (const auto parsed = object.parse()) {
        const std::vector<route::Mend> mends = detail.findings.isEmpty() ? std::vector<route::Mend>() : route::mendsOf(*parsed);
        for (Finding &finding : detail.findings)
            finding.canMend = hasMend(mends, finding);
        readStatus(*parsed, detail);
        detail.owner = ownerByMarks(*parsed, detail.claims);
        addFacts(*parsed, detail);
    }
    return entry;
}

QList<Finding> findingsOfDraft(const RouteEntry &entry, const RouteDraft &draft)
{
    QList<Finding> findings;
    const FoundRule found = findRule(entry.detail, {draft.section, draft.rule, draft.identity});
    if (found.fate != RuleFate::There)
        return findings;
    const auto position = static_cast<std::size_t>(found.position);
    const route::Rule *rule = &entry.route.rules[position];
    const std::vector<std::int64_t> weights(draft.weights.begin(), draft.weights.end());
    for (const route::Finding &finding : route::checkDraft(entry.route, *rule, weights))
        findings.append(toFinding(finding));
    for (std::size_t i = 0; i < rule->destinations.size() && i < weights.size(); ++i) {
        const route::Resolution &resolution = entry.resolutions[position][i];
        if (weights[i] <= rule->destinations[i].weight || !resolution.isBroken())
            continue;
        Finding finding;
        finding.severity = Severity::Error;
        finding.code = QStringLiteral("FW0001");
        finding.title = tr("%1 would get traffic it can't answer").arg(toQString(rule->destinations[i].label));
        finding.detail = inWords(resolution.message.asSentence());
        finding.object = entry.detail.row.kind + QLatin1Char(' ') + entry.detail.row.ns + QLatin1Char('/') + entry.detail.row.name;
        finding.path = toQString(route::displayPath(rule->destinations[i].pointer));
        findings.append(finding);
    }
    return findings;
}

Severity toSeverity(route::Severity severity)
{
    switch (severity) {
    case route::Severity::Error: return Severity::Error;
    case route::Severity::Warning: return Severity::Warning;
    case route::Severity::Good: return Severity::Good;
    case route::Severity::Info: break;
    }
    return Severity::Info;
}

bool hasMend(const std::vector<route::Mend> &mends, const Finding &finding)
{
    // Normalising, the mend of FW0004, is a step of its own: in the draft of the weights.
    return finding.code != QLatin1String("FW0004") && std::any_of(mends.begin(), mends.end(), [&](const route::Mend &mend) {
        return finding.code == toQString(mend.code) && finding.path == toQString(mend.path);
    });
}

} // namespace fairway::engine
