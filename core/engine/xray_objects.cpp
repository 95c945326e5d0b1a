#include "core/engine/xray_objects.h"

#include "core/engine/listed_kinds.h"
#include "core/engine/text.h"
#include "core/route/call_text.h"
#include "core/route/route_places.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fairway::engine {
namespace {

constexpr std::chrono::seconds ListAgain {10};
constexpr int MostOfAKind = 5000;
constexpr std::size_t MostPlaces = 24; ///< Compiled in search of the one that fits.

constexpr route::PolicyKind RoutingKinds[] = {{"networking.istio.io", "Gateway"}, {"networking.istio.io", "ServiceEntry"},
    {"networking.istio.io", "Sidecar"}, {"networking.istio.io", "EnvoyFilter"}, {"gateway.networking.k8s.io", "Gateway"},
    {"gateway.networking.k8s.io", "ListenerSet"}, {"gateway.networking.x-k8s.io", "XListenerSet"},
    {"gateway.networking.k8s.io", "ReferenceGrant"}};

QString idOf(const route::Viewpoint &place)
{
    return toQString(place.kind == route::Viewpoint::Kind::Mesh ? "mesh/" + place.ns : place.display());
}

Result<route::Viewpoint> placeNamed(const std::string &id)
{
    if (!id.starts_with("mesh/"))
        return route::Viewpoint::parse(id);
    return route::Viewpoint {route::Viewpoint::Kind::Mesh, id.substr(5), {}, {}};
}

/// The mesh as seen from the route's own namespace is worth asking even when no route is bound there.
std::vector<route::Viewpoint> placesOf(const route::TrafficConfig &config)
{
    std::vector<route::Viewpoint> places = config.viewpoints();
    std::vector<std::string> seen;
    for (const route::Viewpoint &place : places) {
        if (place.kind == route::Viewpoint::Kind::Mesh)
            seen.push_back(place.ns);
    }
    for (const route::MeshService &service : config.istio().services()) {
        if (std::find(seen.begin(), seen.end(), service.ns) == seen.end()) {
            seen.push_back(service.ns);
            places.push_back({route::Viewpoint::Kind::Mesh, service.ns, {}, {}});
        }
    }
    std::stable_sort(places.begin(), places.end(), [](const route::Viewpoint &a, const route::Viewpoint &b) {
        return std::pair(a.kind == route::Viewpoint::Kind::Mesh, a.ns) < std::pair(b.kind == route::Viewpoint::Kind::Mesh, b.ns);
    });
    return places;
}

/// Those first where the route on the screen is loaded.
std::vector<route::Viewpoint> inOrderOf(std::vector<route::Viewpoint> places, const RouteEntry *entry)
{
    if (entry != nullptr)
        std::stable_partition(places.begin(), places.end(), [entry](const route::Viewpoint &place) { return route::isPlaceOf(entry->route, place); });
    if (places.size() > MostPlaces)
        places.resize(MostPlaces);
    return places;
}

/// The first that stands for one host.
QString hostOf(const RouteEntry *entry)
{
    const QStringList hosts = entry != nullptr ? entry->detail.hosts : QStringList();
    const auto found = std::find_if(hosts.begin(), hosts.end(), [](const QString &host) { return !host.contains(QLatin1Char('*')); });
    return found == hosts.end() ? QString() : *found;
}

QString formWord(route::CallText::Form form)
{
    switch (form) {
    case route::CallText::Form::Url: return QCoreApplication::translate("Xray", "URL");
    case route::CallText::Form::Curl: return QCoreApplication::translate("Xray", "curl command");
    case route::CallText::Form::AccessLog: return QCoreApplication::translate("Xray", "access log line");
    case route::CallText::Form::Http: return QCoreApplication::translate("Xray", "HTTP request");
    }
    return {};
}

/// "a=1,b=2"; nothing when it can't be read so.
std::optional<std::map<std::string, std::string>> labelsOf(const QString &text)
{
    std::map<std::string, std::string> out;
    for (const QString &part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        if (equals <= 0)
            return {};
        out[toUtf8(part.left(equals).trimmed())] = toUtf8(part.mid(equals + 1).trimmed());
    }
    return out;
}

std::map<std::string, std::string> labelsOf(const value::ObjectView &pod)
{
    std::map<std::string, std::string> out;
    if (const auto parsed = pod.parse(); parsed && (*parsed)["metadata"]["labels"].isMap()) {
        for (const auto &[name, label] : (*parsed)["metadata"]["labels"].asMap())
            out[name] = label.stringOr();
    }
    return out;
}

XrayAnswer refusal(XrayAnswer::State state, const QString &problem)
{
    XrayAnswer out;
    out.state = state;
    out.problem = toSentence(problem);
    return out;
}

} // namespace

QString titleOf(const route::Viewpoint &place)
{
    switch (place.kind) {
    case route::Viewpoint::Kind::Mesh:
        return QCoreApplication::translate("Xray", "Mesh, from namespace %1").arg(toQString(place.ns));
    case route::Viewpoint::Kind::Gateway:
        return QCoreApplication::translate("Xray", "Gateway %1").arg(toQString(place.ns + "/" + place.name));
    case route::Viewpoint::Kind::Ingress:
        break;
    }
    return place.name.empty() ? QCoreApplication::translate("Xray", "Ingress") : QCoreApplication::translate("Xray", "Ingress %1").arg(toQString(place.name));
}

std::pair<std::string, std::string> podOfClient(const QString &client)
{
    const QString text = client.trimmed();
    if (text.isEmpty() || text.contains(QLatin1Char('=')))
        return {};
    const qsizetype slash = text.indexOf(QLatin1Char('/'));
    return {slash < 0 ? "default" : toUtf8(text.left(slash)), toUtf8(text.mid(slash + 1))};
}

ClusterSession::WantedPod clientOf(const XrayQuestion &question)
{
    const auto [ns, name] = podOfClient(question.client);
    if (!question.client.trimmed().isEmpty())
        return {ns, name, {}};
    const Result<route::CallText> read = route::parseCallText(toUtf8(question.text));
    return {{}, {}, read ? route::addressOf(read->call.client) : std::string()};
}

XrayObjects::XrayObjects(std::shared_ptr<kube::Client> client, std::shared_ptr<const kube::Discovery> discovery, CancelToken cancel)
    : m_client(std::move(client))
    , m_discovery(std::move(discovery))
    , m_cancel(std::move(cancel))
{
}

void XrayObjects::refresh(const ClusterSession::RoutingObjects &objects)
{
    const auto now = std::chrono::steady_clock::now();
    bool isStale = !m_desk || m_revision != objects.revision;
    if (m_discovery && (!m_desk || now - m_listedAt > ListAgain)) {
        ListedKinds rare = listKinds(*m_client, *m_discovery, RoutingKinds, MostOfAKind, m_cancel);
        // EnvoyFilters are told with what they patch, where they apply (IstioConfig::patchNotes()); DestinationRules are watched.
        std::vector<route::PolicyKind> kinds(route::policyKinds().begin(), route::policyKinds().end());
        std::erase_if(kinds, [](const route::PolicyKind &kind) { return kind.kind == "EnvoyFilter" || kind.kind == "DestinationRule"; });
        ListedKinds policies = listKinds(*m_client, *m_discovery, kinds, MostOfAKind, m_cancel);
        m_rare = std::move(rare.objects);
        m_listed = std::move(policies.objects);
        m_unread = rare.unread + rare.partial + policies.unread + policies.partial;
        m_unread.removeDuplicates();
        m_listedAt = now;
        isStale = true;
    }
    if (!isStale)
        return;
    std::vector<value::Value> all = m_rare;
    m_policies = m_listed;
    for (const value::ObjectView &object : objects.objects) {
        auto parsed = object.parse();
        if (!parsed)
            continue;
        if (object.kind() == "DestinationRule")
            m_policies.push_back(std::move(*parsed)); // no part of how a request is matched
        else
            all.push_back(std::move(*parsed));
    }
    m_revision = objects.revision;
    m_desk = std::make_unique<route::XrayDesk>(std::make_shared<const route::TrafficConfig>(std::move(all)));
}

std::vector<value::Value> XrayObjects::known(const ClusterSession::RoutingObjects &objects)
{
    const std::scoped_lock lock(m_mutex);
    refresh(objects);
    std::vector<value::Value> out = m_desk->config().objects();
    std::copy_if(m_policies.begin(), m_policies.end(), std::back_inserter(out),
        [](const value::Value &object) { return object["kind"].stringOr() == "DestinationRule"; });
    return out;
}

XrayFound XrayObjects::answer(
    const XrayQuestion &question, const ClusterSession::RoutingObjects &objects, const RoutePicture &picture)
{
    const std::scoped_lock lock(m_mutex);
    refresh(objects);
    XrayFound out;
    std::vector<route::Viewpoint> places = placesOf(m_desk->config());
    for (const route::Viewpoint &place : places)
        out.places.append({idOf(place), titleOf(place), place.kind == route::Viewpoint::Kind::Mesh});
    if (question.text.trimmed().isEmpty())
        return out;
    using State = XrayAnswer::State;
    const Result<route::CallText> read = route::parseCallText(toUtf8(question.text));
    if (!read) {
        out.answer = refusal(State::Unreadable, inWords(read.error().said().asSentence()));
        return out;
    }
    route::Call call = read->call;
    const QString supposed = call.request.authority.empty() ? hostOf(picture.entries.value(question.routeId).get()) : QString();
    if (!supposed.isEmpty())
        call.request.authority = toUtf8(supposed);
    if (!question.place.isEmpty()) {
        const Result<route::Viewpoint> place = placeNamed(toUtf8(question.place));
        if (!place) {
            out.answer = refusal(State::Failed, inWords(place.error()));
            return out;
        }
        places = {*place};
    } else {
        places = inOrderOf(std::move(places), picture.entries.value(question.routeId).get());
    }
    std::optional<std::map<std::string, std::string>> labels = labelsOf(question.client);
    const bool isNamed = !podOfClient(question.client).second.empty();
    const bool isLogged = question.client.trimmed().isEmpty() && objects.pod.has_value();
    if (isNamed || isLogged) {
        if (!objects.pod) {
            out.answer = refusal(State::Failed, QCoreApplication::translate("Xray", "There is no pod %1; labels look like app=web,version=v2").arg(question.client.trimmed()));
            return out;
        }
        labels = labelsOf(*objects.pod);
        for (route::Viewpoint &place : places) {
            if (place.kind == route::Viewpoint::Kind::Mesh)
                place.ns = objects.pod->ns();
        }
    }
    if (isLogged) // from a pod: through its own proxy, if not to a gateway
        std::stable_partition(places.begin(), places.end(), [](const route::Viewpoint &place) { return place.kind == route::Viewpoint::Kind::Mesh; });
    if (question.place.isEmpty() && !question.client.trimmed().isEmpty())
        std::erase_if(places, [](const route::Viewpoint &place) { return place.kind != route::Viewpoint::Kind::Mesh; });
    if (!labels) {
        out.answer = refusal(State::Failed, QCoreApplication::translate("Xray", "\"%1\" are no labels: they look like app=web,version=v2").arg(question.client.trimmed()));
        return out;
    }
    for (route::Viewpoint &place : places)
        place.labels = place.kind == route::Viewpoint::Kind::Mesh ? *labels : std::map<std::string, std::string> {};
    const Result<route::Xray> xray = question.place.isEmpty() ? m_desk->wherever(places, call) : m_desk->at(places.front(), call);
    if (!xray) {
        out.answer = refusal(State::Failed, inWords(xray.error().said().asSentence()));
        return out;
    }
    QList<XrayPlace> known = std::move(out.places);
    out = told(*xray, picture, m_policies);
    out.places = std::move(known);
    out.answer.place = idOf(xray->place);
    out.answer.readAs = formWord(read->form);
    out.upstream = read->log.upstream;
    if (isLogged && xray->place.kind == route::Viewpoint::Kind::Mesh) {
        out.answer.notes.prepend(QCoreApplication::translate("Xray", "The client of the line is pod %1: its labels are those of the client here")
                                     .arg(toQString(objects.pod->ns()) + QLatin1Char('/') + toQString(objects.pod->name())));
    }
    const std::vector<Text> log = route::heldAgainst(read->log, xray->told.decision);
    for (auto note = log.rbegin(); note != log.rend(); ++note)
        out.answer.notes.prepend(inWords(note->asSentence()));
    if (!supposed.isEmpty())
        out.answer.notes.prepend(QCoreApplication::translate("Xray", "Supposed: it is meant for %1, the host of the route on the screen").arg(supposed));
    for (auto note = read->notes.rbegin(); note != read->notes.rend(); ++note)
        out.answer.notes.prepend(inWords(note->asSentence()));
    if (!m_unread.isEmpty())
        out.answer.notes.append(QCoreApplication::translate("Xray", "Not all of these could be listed, so the answer may be wrong: %1").arg(m_unread.join(QStringLiteral(", "))));
    return out;
}

} // namespace fairway::engine
