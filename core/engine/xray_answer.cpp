#include "core/engine/text.h"
#include "core/engine/xray_objects.h"
#include "core/route/not_modelled.h"

#include <QCoreApplication>

#include <algorithm>

namespace fairway::engine {
namespace {

constexpr qsizetype MostPods = 50;

QString idOf(const route::RuleOrigin &origin)
{
    return toQString(origin.kind + "/" + origin.ns + "/" + origin.name);
}

/// The rule as the Routes page knows it; nullptr for a Service's default route and the like.
const route::Rule *ruleOf(const RoutePicture &picture, const route::RuleOrigin &origin, std::shared_ptr<const RouteEntry> *entry = nullptr)
{
    const auto found = picture.entries.value(idOf(origin));
    if (!found)
        return nullptr;
    const route::Rule *rule = found->route.find(origin.section, origin.index);
    if (entry != nullptr)
        *entry = found;
    return rule;
}

XrayRule toRule(const route::TriedRule &tried, const RoutePicture &picture)
{
    XrayRule out;
    out.state = tried.isTaken ? XrayRule::State::Taken : tried.isHeld ? XrayRule::State::Passed : XrayRule::State::NotHeld;
    out.object = toQString(tried.origin.object());
    out.field = toQString(tried.origin.path());
    out.reason = inWords(tried.reason.asSentence());
    if (const route::Rule *rule = ruleOf(picture, tried.origin)) {
        out.routeId = idOf(tried.origin);
        out.section = toQString(rule->section);
        out.index = rule->index;
        out.title = inWords(rule->title);
    } else {
        out.title = tried.origin.section.empty() ? QCoreApplication::translate("Xray", "Service without a route of its own") : toQString(tried.origin.display());
    }
    return out;
}

/// What is never tried stands where its object has it, among the rules that are.
QList<XrayRule> rulesOf(const route::Xray &xray, const RoutePicture &picture)
{
    QList<XrayRule> out;
    auto absent = xray.notHeld.begin();
    const auto isBefore = [](const route::RuleOrigin &a, const route::RuleOrigin &b) {
        return a.object() == b.object() && std::pair(a.index, a.match) < std::pair(b.index, b.match);
    };
    for (const route::TriedRule &tried : xray.told.tried) {
        while (absent != xray.notHeld.end() && isBefore(absent->origin, tried.origin))
            out.append(toRule(*absent++, picture));
        out.append(toRule(tried, picture));
    }
    for (; absent != xray.notHeld.end(); ++absent)
        out.append(toRule(*absent, picture));
    return out;
}

route::Destination destinationOf(const route::RouteTarget &target)
{
    route::Destination out;
    out.host = target.host;
    out.fqdn = target.host;
    out.ns = target.ns;
    out.subset = target.subset;
    out.port = target.port;
    if (const auto name = route::serviceOfHost(target.host, target.ns)) {
        out.service = name->name;
        out.ns = name->ns;
    }
    return out;
}

XrayTarget toTarget(const route::RouteTarget &target, const route::RouteAction &action, const route::Rule *rule, const RouteEntry *entry)
{
    XrayTarget out;
    out.host = toQString(target.host);
    out.subset = toQString(target.subset);
    out.label = out.subset.isEmpty() ? toQString(target.host.substr(0, target.host.find('.'))) : out.subset;
    out.port = target.port;
    if (action.targets.size() > 1)
        out.share = QCoreApplication::translate("Xray", "%1 of %2").arg(target.weight).arg(action.totalWeight);
    out.problem = inWords(target.problem);
    for (std::size_t i = 0; rule != nullptr && i < rule->destinations.size(); ++i) {
        if (rule->destinations[i].pointer != target.pointer)
            continue;
        out.label = toQString(rule->destinations[i].label);
        for (const Rule &shown : entry->detail.rules) {
            if (shown.section == toQString(rule->section) && shown.index == rule->index && static_cast<qsizetype>(i) < shown.destinations.size())
                out.role = shown.destinations[static_cast<qsizetype>(i)].role;
        }
    }
    return out;
}

QString editText(const route::HeaderEdit &edit)
{
    const QString name = toQString(edit.name);
    const QString value = toQString(edit.value);
    switch (edit.kind) {
    case route::HeaderEdit::Kind::Remove: return QCoreApplication::translate("Xray", "removes %1").arg(name);
    case route::HeaderEdit::Kind::Add: return QCoreApplication::translate("Xray", "adds %1: %2").arg(name, value);
    case route::HeaderEdit::Kind::AddIfAbsent: return QCoreApplication::translate("Xray", "adds %1: %2 unless it is there").arg(name, value);
    case route::HeaderEdit::Kind::Set:
    case route::HeaderEdit::Kind::SetIfPresent: break;
    }
    return QCoreApplication::translate("Xray", "sets %1: %2").arg(name, value);
}

QString durationText(std::chrono::milliseconds time)
{
    return time.count() % 1000 == 0 ? QCoreApplication::translate("Xray", "%1 s").arg(time.count() / 1000) : QCoreApplication::translate("Xray", "%1 ms").arg(time.count());
}

class Changes {
public:
    explicit Changes(const route::Xray &xray)
        : m_request(xray.call.request)
        , m_effects(xray.told.effects)
    {
    }

    QList<QPair<QString, QString>> all(const route::RouteAction *action)
    {
        answer(action);
        if (action != nullptr && action->kind == route::RouteAction::Kind::Forward) {
            forwarded(*action);
            if (action->targets.size() > 1) {
                for (const route::RouteTarget &target : action->targets)
                    perTarget(target);
            }
        }
        edits(QCoreApplication::translate("Xray", "Request header"), m_effects.requestEdits);
        edits(QCoreApplication::translate("Xray", "Response header"), m_effects.responseEdits);
        for (const auto &[name, value] : m_effects.corsHeaders)
            add(QCoreApplication::translate("Xray", "Response header"), QCoreApplication::translate("Xray", "adds %1: %2").arg(toQString(name), toQString(value)));
        return m_out;
    }

private:
    void add(const QString &label, const QString &value) { m_out.append({label, value}); }

    void answer(const route::RouteAction *action)
    {
        if (m_effects.location)
            add(QCoreApplication::translate("Xray", "Redirect"), QStringLiteral("%1 %2").arg(m_effects.status).arg(toQString(m_effects.location->text())));
        else if (m_effects.isPreflight)
            add(QCoreApplication::translate("Xray", "Answer"), QCoreApplication::translate("Xray", "%1, the proxy answers the CORS preflight").arg(m_effects.status));
        else if (m_effects.status != 0)
            add(QCoreApplication::translate("Xray", "Answer"), m_effects.body.empty() ? QString::number(m_effects.status)
                                                      : QStringLiteral("%1 %2").arg(m_effects.status).arg(toQString(m_effects.body).left(200)));
        if (action == nullptr || action->kind != route::RouteAction::Kind::Forward)
            return;
        const std::string before = m_request.path + (m_request.query.empty() ? "" : "?" + m_request.query);
        if (m_effects.path != before)
            add(QCoreApplication::translate("Xray", "Path"), QStringLiteral("%1 → %2").arg(toQString(before), toQString(m_effects.path)));
        if (m_effects.authority != m_request.authority)
            add(QCoreApplication::translate("Xray", "Host"), QStringLiteral("%1 → %2").arg(toQString(m_request.authority), toQString(m_effects.authority)));
    }

    void forwarded(const route::RouteAction &action)
    {
        if (action.timeout.count() > 0)
            add(QCoreApplication::translate("Xray", "Timeout"), durationText(action.timeout));
        if (action.retry && action.retry->attempts > 0)
            add(QCoreApplication::translate("Xray", "Retries"), QCoreApplication::translate("Xray", "%1 on %2").arg(action.retry->attempts).arg(toQString(action.retry->retryOn)));
        if (action.fault && action.fault->delayPercent > 0)
            add(QCoreApplication::translate("Xray", "Fault"), QCoreApplication::translate("Xray", "%1 % wait %2").arg(action.fault->delayPercent).arg(durationText(action.fault->delay)));
        if (action.fault && action.fault->abortPercent > 0)
            add(QCoreApplication::translate("Xray", "Fault"), QCoreApplication::translate("Xray", "%1 % are answered with %2").arg(action.fault->abortPercent)
                                 .arg(action.fault->httpStatus != 0 ? QString::number(action.fault->httpStatus) : toQString(action.fault->grpcStatus)));
        for (const route::MirrorTarget &mirror : action.mirrors) {
            const QString host = toQString(mirror.target.host + (mirror.target.subset.empty() ? "" : " " + mirror.target.subset));
            add(QCoreApplication::translate("Xray", "Mirror"), QCoreApplication::translate("Xray", "%1 % also to %2").arg(mirror.percent).arg(host));
        }
        if (!action.sessionPersistence.empty())
            add(QCoreApplication::translate("Xray", "Session"), QCoreApplication::translate("Xray", "keeps its backend by %1").arg(toQString(action.sessionPersistence)));
    }

    /// Of a split only the chosen backend's edits apply.
    void perTarget(const route::RouteTarget &target)
    {
        const QString name = toQString(target.subset.empty() ? target.host : target.subset);
        for (const route::HeaderEdit &edit : target.requestEdits)
            add(QCoreApplication::translate("Xray", "Request header"), QCoreApplication::translate("Xray", "%1: %2").arg(name, editText(edit)));
        for (const route::HeaderEdit &edit : target.responseEdits)
            add(QCoreApplication::translate("Xray", "Response header"), QCoreApplication::translate("Xray", "%1: %2").arg(name, editText(edit)));
        if (!target.authority.empty())
            add(QCoreApplication::translate("Xray", "Host"), QStringLiteral("%1 → %2").arg(name, toQString(target.authority)));
    }

    void edits(const QString &label, const route::HeaderEdits &edits)
    {
        for (const route::HeaderEdit &edit : edits)
            add(label, editText(edit));
    }

    const route::RequestView &m_request;
    const route::Effects &m_effects;
    QList<QPair<QString, QString>> m_out;
};

Severity severityOf(const route::Xray &xray)
{
    switch (xray.told.decision.outcome) {
    case route::Outcome::Forwarded:
    case route::Outcome::Redirected:
    case route::Outcome::Answered:
        return Severity::Good;
    case route::Outcome::Passthrough:
    case route::Outcome::TlsRequired:
        return Severity::Warning;
    default:
        return Severity::Error;
    }
}

QString requestText(const route::Call &call)
{
    const route::RequestView &request = call.request;
    QString out = toQString(request.method + " " + request.scheme + "://" + request.authority);
    if (route::portOfAuthority(request.authority) == 0 && call.port != 0 && call.port != (request.scheme == "https" ? 443 : 80))
        out += QLatin1Char(':') + QString::number(call.port);
    return out + toQString(request.path + (request.query.empty() ? "" : "?" + request.query));
}

} // namespace

void addPods(XrayAnswer &answer, const std::vector<route::Resolution> &resolutions, const std::string &upstream)
{
    bool isUpstreamKnown = upstream.empty() || resolutions.empty();
    for (qsizetype i = 0; i < answer.targets.size() && static_cast<std::size_t>(i) < resolutions.size(); ++i) {
        const route::Resolution &resolution = resolutions[static_cast<std::size_t>(i)];
        XrayTarget &target = answer.targets[i];
        target.service = toQString(resolution.service);
        target.readyPods = static_cast<int>(resolution.ready);
        target.totalPods = static_cast<int>(resolution.total);
        for (const route::Endpoint &endpoint : resolution.endpoints) {
            if (!upstream.empty() && endpoint.address == upstream) {
                target.loggedPod = toQString(endpoint.pod.empty() ? endpoint.address : endpoint.ns + "/" + endpoint.pod);
                isUpstreamKnown = true;
            }
            if (target.pods.size() < MostPods)
                target.pods.append(toQString(endpoint.pod.empty() ? endpoint.address : endpoint.ns + "/" + endpoint.pod));
        }
        if (!target.loggedPod.isEmpty()) {
            // In front of its kind, so that it is seen: the ready ones stay before the others.
            const qsizetype at = target.pods.indexOf(target.loggedPod);
            const bool isReady = at >= 0 && at < target.readyPods;
            target.pods.removeOne(target.loggedPod);
            target.pods.insert(isReady ? 0 : std::min<qsizetype>(target.readyPods, target.pods.size()), target.loggedPod);
        }
        if (target.problem.isEmpty())
            target.problem = inWords(resolution.message);
        if (resolution.isBroken() && answer.severity == Severity::Good)
            answer.severity = Severity::Warning;
    }
    if (!isUpstreamKnown)
        answer.notes.prepend(QCoreApplication::translate("Xray", "The line's endpoint %1 is none of these pods: it is gone by now, or another rule sent it there.").arg(toQString(upstream)));
}

XrayFound told(const route::Xray &xray, const RoutePicture &picture, const std::vector<value::Value> &policies)
{
    XrayFound out;
    XrayAnswer &answer = out.answer;
    const route::Decision &decision = xray.told.decision;
    answer.state = XrayAnswer::State::Answered;
    answer.request = requestText(xray.call);
    answer.severity = severityOf(xray);
    answer.verdict = inWords(xray.told.summary.asSentence());
    answer.listener = toQString(xray.told.listener);
    answer.host = toQString(xray.told.domain);
    for (const std::string &host : xray.told.otherHosts)
        answer.otherHosts.append(toQString(host));
    answer.rules = rulesOf(xray, picture);
    answer.untold = static_cast<int>(xray.told.untold);
    for (const Text &note : xray.notes)
        answer.notes.append(inWords(note.asSentence()));
    for (const Text &patch : xray.table->patches)
        answer.notModelled.append(inWords(patch));
    const route::RouteAction *action = decision.route == nullptr ? nullptr : decision.route->action.get();
    answer.changes = Changes(xray).all(action);
    if (action == nullptr)
        return out;
    std::shared_ptr<const RouteEntry> entry;
    const route::Rule *rule = ruleOf(picture, decision.route->origin, &entry);
    if (decision.outcome == route::Outcome::Forwarded) {
        out.routeNs = decision.route->origin.ns;
        for (const route::RouteTarget &target : action->targets) {
            answer.targets.append(toTarget(target, *action, rule, entry.get()));
            out.destinations.push_back(destinationOf(target));
        }
    }
    if (rule != nullptr) {
        route::Rule bare = *rule;
        bare.features.clear(); // these are modelled here
        for (const Text &text : route::notModelled(entry->route, bare, policies))
            answer.notModelled.append(inWords(text));
    }
    return out;
}

} // namespace fairway::engine
