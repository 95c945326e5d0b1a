#include "core/engine/gateways.h"

#include "core/engine/listed_kinds.h"
#include "core/engine/text.h"
#include "core/net/alpn_probe.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

constexpr std::chrono::seconds ReadTimeout {5};
constexpr std::chrono::seconds ProbeTimeout {5};
constexpr std::int64_t MostGateways = 200;
constexpr std::uint16_t HttpsPort = 443;

std::string nameOfFilter(const value::Value &gateway)
{
    return std::string(gateway["metadata"]["name"].stringOr()) + "-http1";
}

QString serversOf(const value::Value &gateway)
{
    QStringList out;
    const value::Value &servers = gateway["spec"]["servers"];
    for (std::size_t i = 0; i < servers.size(); ++i) {
        QString text = QStringLiteral("%1 :%2").arg(toQString(servers[i]["port"]["protocol"].stringOr())).arg(servers[i]["port"]["number"].intOr(0));
        for (std::size_t h = 0; h < servers[i]["hosts"].size() && h < 3; ++h)
            text += QLatin1Char(' ') + toQString(servers[i]["hosts"][h].stringOr());
        if (servers[i]["hosts"].size() > 3)
            text += QStringLiteral(" …");
        out.append(text);
    }
    return out.join(QStringLiteral(", "));
}

/// Where the pods that the gateway selects run, and how many there are.
void findPods(GatewayInfo &info, const value::Value &gateway, kube::Client &client, const CancelToken &cancel)
{
    const value::Value &selector = gateway["spec"]["selector"];
    if (!selector.isMap() || selector.size() == 0)
        return;
    kube::ListOptions options;
    options.limit = MostGateways;
    options.call.cancel = cancel;
    options.call.timeout = ReadTimeout;
    for (const auto &[key, text] : selector.asMap())
        options.labelSelector += (options.labelSelector.empty() ? "" : ",") + key + "=" + std::string(text.stringOr());
    const auto pods = client.list({"", "v1", "pods"}, options);
    if (!pods || pods->items.empty())
        return;
    info.podsNs = toQString(pods->items.front().ns());
    info.pods = static_cast<int>(pods->items.size());
}

Result<std::string> ask(const std::string &host, const std::string &address)
{
    const auto withPort = [](const std::string &text, std::uint16_t usual) {
        return text.find(':') == std::string::npos ? Result<net::HostPort>(net::HostPort {text, usual}) : net::parseHostPort(text);
    };
    const Result<net::HostPort> server = withPort(host, HttpsPort);
    const Result<net::HostPort> place = !server || address.empty() ? server : withPort(address, server->port);
    if (!place)
        return tl::unexpected(place.error());
    const auto addresses = net::resolve(place->host, place->port);
    if (!addresses)
        return tl::unexpected(addresses.error());
    Result<std::string> answer = fail(ErrorCode::Unreachable, phrase("engine", "%1 has no address").with(place->host));
    for (const net::SocketAddress &at : *addresses) {
        answer = net::probeAlpn(at, server->host, ProbeTimeout);
        if (answer || answer.error().code != ErrorCode::Unreachable)
            break;
    }
    return answer;
}

} // namespace

Gateways::Gateways(Contexts &contexts, TaskThread &worker, std::shared_ptr<GuiDispatcher::Poster> poster)
    : m_contexts(contexts)
    , m_worker(worker)
    , m_poster(std::move(poster))
{
}

Gateways::~Gateways() = default;

Result<route::Http1Plan> Gateways::plan(const QString &id, const QString &podsNs) const
{
    const auto gateway = m_objects.constFind(id);
    if (gateway == m_objects.constEnd())
        return fail(ErrorCode::NotFound, phrase("engine", "it is not there any more"));
    return route::http1Plan(*gateway, nameOfFilter(*gateway), toUtf8(podsNs));
}

void Gateways::forget()
{
    ++m_list;
    ++m_probe;
    m_infos.clear();
    m_objects.clear();
    m_problem.clear();
}

void Gateways::list()
{
    const quint64 wanted = ++m_list;
    const auto session = m_contexts.session();
    const auto discovery = session ? session->discovery() : nullptr;
    if (!discovery) {
        m_infos.clear();
        m_objects.clear();
        m_problem = tr("Not connected.");
        m_poster->post([this] { Q_EMIT listed(); });
        return;
    }
    m_worker.post([this, session, discovery, wanted, poster = m_poster] {
        Listed found = read(*session->client(), *discovery, session->token());
        poster->post([this, wanted, found = std::move(found)] {
            if (wanted != m_list)
                return;
            m_infos = found.infos;
            m_objects = found.objects;
            m_problem = found.problem;
            Q_EMIT listed();
        });
    });
}

Gateways::Listed Gateways::read(kube::Client &client, const kube::Discovery &discovery, const CancelToken &cancel)
{
    static constexpr route::PolicyKind Wanted {"networking.istio.io", "Gateway"};
    static constexpr route::PolicyKind Filters {"networking.istio.io", "EnvoyFilter"};
    Listed out;
    const ListedKinds found = listKinds(client, discovery, std::span(&Wanted, 1), MostGateways, cancel);
    const ListedKinds filters = listKinds(client, discovery, std::span(&Filters, 1), MostGateways * 5, cancel);
    if (!found.unread.isEmpty())
        out.problem = tr("The Gateways can't be listed: the server refused, or did not answer in time.");
    for (const value::Value &gateway : found.objects) {
        GatewayInfo info;
        info.ns = toQString(gateway["metadata"]["namespace"].stringOr());
        info.name = toQString(gateway["metadata"]["name"].stringOr());
        info.id = QStringLiteral("Gateway/%1/%2").arg(info.ns, info.name);
        info.servers = serversOf(gateway);
        info.podsNs = info.ns;
        findPods(info, gateway, client, cancel);
        const auto plan = route::http1Plan(gateway, nameOfFilter(gateway), toUtf8(info.podsNs));
        if (plan) {
            for (const std::string &host : plan->hosts) {
                // Of a wildcard any name will do; of every host none is known.
                if (host.starts_with("*."))
                    info.hosts.append(QStringLiteral("any") + toQString(host).mid(1));
                else if (!host.starts_with('*'))
                    info.hosts.append(toQString(host));
            }
        } else {
            info.problem = inWords(plan.error());
        }
        for (const value::Value &filter : filters.objects) {
            if (filter["metadata"]["name"].stringOr() == nameOfFilter(gateway) && toQString(filter["metadata"]["namespace"].stringOr()) == info.podsNs)
                info.filter = QStringLiteral("EnvoyFilter %1/%2").arg(info.podsNs, toQString(nameOfFilter(gateway)));
        }
        out.objects.insert(info.id, gateway);
        out.infos.append(info);
    }
    std::sort(out.infos.begin(), out.infos.end(), [](const GatewayInfo &a, const GatewayInfo &b) { return a.id < b.id; });
    return out;
}

void Gateways::probe(const QStringList &hosts, const QString &address)
{
    const quint64 wanted = ++m_probe;
    if (!m_prober)
        m_prober = std::make_unique<TaskThread>(4);
    for (const QString &host : hosts) {
        m_prober->post([this, host, at = toUtf8(address.trimmed()), wanted, poster = m_poster, token = m_prober->token()] {
            if (token.isCancelled())
                return;
            const Result<std::string> found = ask(toUtf8(host), at);
            const AlpnAnswer answer {host, found ? toQString(*found) : QString(), found ? QString() : inWords(found.error())};
            poster->post([this, wanted, answer] {
                if (wanted == m_probe)
                    Q_EMIT probed(answer);
            });
        });
    }
}

} // namespace fairway::engine
