#include "core/engine/cluster_session.h"

#include "core/engine/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fairway::engine {
namespace {

    constexpr std::chrono::milliseconds PublishEvery {60};
    constexpr std::chrono::seconds ProbeEvery {5};
    constexpr std::chrono::seconds ProbeTimeout {4};
    constexpr std::chrono::seconds MaxBackOff {30};

    struct Wanted {
        RouteInput input;
        const char *group;
        const char *plural;
        std::initializer_list<std::string_view> versions;
    };

    /// What the routing picture is made from, with the versions we can read, best first.
    const Wanted WantedKinds[] = {
        {RouteInput::Namespace, "", "namespaces", {"v1"}},
        {RouteInput::Service, "", "services", {"v1"}},
        {RouteInput::EndpointSlice, "discovery.k8s.io", "endpointslices", {"v1", "v1beta1"}},
        {RouteInput::Pod, "", "pods", {"v1"}},
        {RouteInput::Rollout, "argoproj.io", "rollouts", {"v1alpha1"}},
        {RouteInput::Canary, "flagger.app", "canaries", {"v1beta1"}},
        {RouteInput::DestinationRule, "networking.istio.io", "destinationrules", {"v1", "v1beta1", "v1alpha3"}},
        {RouteInput::VirtualService, "networking.istio.io", "virtualservices", {"v1", "v1beta1", "v1alpha3"}},
        {RouteInput::HttpRoute, "gateway.networking.k8s.io", "httproutes", {"v1", "v1beta1", "v1alpha2"}},
        {RouteInput::GrpcRoute, "gateway.networking.k8s.io", "grpcroutes", {"v1", "v1alpha2"}},
        {RouteInput::TlsRoute, "gateway.networking.k8s.io", "tlsroutes", {"v1", "v1alpha3", "v1alpha2"}},
        {RouteInput::TcpRoute, "gateway.networking.k8s.io", "tcproutes", {"v1", "v1alpha2"}},
        {RouteInput::Ingress, "networking.k8s.io", "ingresses", {"v1"}},
    };

    QString tr(const char *text)
    {
        return QCoreApplication::translate("ClusterSession", text);
    }

    /// The next step that fits the kind of failure; the reason itself comes from the layer that met it.
    QString nextStepFor(ErrorCode code, const std::string &message)
    {
        // What names the cure needs none of ours, which could only be vaguer.
        if (message.find("; check ") != std::string::npos || message.find("tls-server-name") != std::string::npos
            || message.find("sign in again") != std::string::npos)
            return tr("Then Retry.");
        if (message.starts_with("credential plugin"))
            return code == ErrorCode::NotFound ? tr("Install it, or name another in the kubeconfig, then Retry.")
                : code == ErrorCode::Timeout
                ? tr("Run it in a terminal to see what it waits for, then Retry.")
                : tr("Run it in a terminal to see what it prints, or mend the user's exec entry in the kubeconfig, then Retry.");
        switch (code) {
        case ErrorCode::ProtocolViolation:
            return tr("Check the server's address in the kubeconfig: a login page or a proxy may answer there. Then Retry.");
        case ErrorCode::Unauthorized:
            return tr("Log in again, then Retry.");
        case ErrorCode::Forbidden:
            return tr("Ask for the right to list these kinds, or choose another context.");
        case ErrorCode::Unreachable:
        case ErrorCode::Timeout:
            return tr("Check the address, the network or the VPN, then Retry.");
        case ErrorCode::InvalidInput:
            return tr("Mend the kubeconfig, then Retry.");
        default:
            return tr("Retry, or choose another context.");
        }
    }

} // namespace

ClusterSession::ClusterSession(
    QString context, std::shared_ptr<kube::Client> client, Callbacks callbacks, const CancelToken &ending)
    : m_context(std::move(context))
    , m_client(std::move(client))
    , m_callbacks(std::move(callbacks))
    , m_reviewer(m_client)
    , m_ending(ending.onCancel([reads = m_reads]() mutable { reads.cancel(); }))
{
    m_connection.context = m_context;
}

ClusterSession::~ClusterSession()
{
    stop();
}

void ClusterSession::start()
{
    m_thread->post([this] {
        setPhase(Connection::Connecting, {}, {}, QDateTime::currentDateTime());
        connect();
    });
}

void ClusterSession::poke()
{
    m_thread->post([this] {
        if (!m_isConnected) {
            m_backOff = std::chrono::seconds(1);
            setPhase(Connection::Connecting, {}, {}, QDateTime::currentDateTime());
            connect();
            return;
        }
        for (Feed &feed : m_feeds)
            feed.informer->poke();
        probe();
    });
}

void ClusterSession::close()
{
    m_reads.cancel();
}

void ClusterSession::stop()
{
    close();
    // The session's thread first: it is the one that makes informers.
    m_thread->stop();
    for (Feed &feed : m_feeds) {
        if (feed.informer)
            feed.informer->stop();
    }
}

std::shared_ptr<const kube::Discovery> ClusterSession::discovery() const
{
    const std::scoped_lock lock(m_mutex);
    return m_discovery;
}

namespace {
    /// No part of how a request is matched.
    bool isBeside(RouteInput input)
    {
        return input == RouteInput::Pod || input == RouteInput::EndpointSlice || input == RouteInput::Rollout || input == RouteInput::Canary;
    }
} // namespace

void ClusterSession::collectRouting(WantedPod pod, std::function<void(RoutingObjects)> done)
{
    m_thread->post([this, pod = std::move(pod), done = std::move(done)]() mutable {
        RoutingObjects out;
        if (const auto found = pod.name.empty() ? m_book.topology().podAt(pod.address) : std::nullopt)
            pod = {found->ns, found->name, {}};
        out.revision = m_routingRevision;
        for (const Feed &feed : m_feeds) {
            if (feed.input == RouteInput::Pod && !pod.name.empty())
                out.pod = feed.informer->find(pod.ns, pod.name);
            if (isBeside(feed.input))
                continue;
            std::vector<value::ObjectView> some = feed.informer->snapshot();
            out.objects.insert(out.objects.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        }
        done(std::move(out));
    });
}

void ClusterSession::resolveDestinations(std::vector<route::Destination> destinations, std::string routeNs,
    std::function<void(std::vector<route::Resolution>)> done)
{
    m_thread->post([this, destinations = std::move(destinations), routeNs = std::move(routeNs), done = std::move(done)] {
        std::vector<route::Resolution> out;
        out.reserve(destinations.size());
        for (const route::Destination &destination : destinations)
            out.push_back(m_book.topology().resolve(destination, routeNs));
        done(std::move(out));
    });
}

void ClusterSession::connect()
{
    if (m_isConnected)
        return;
    const std::uint64_t attempt = ++m_attempt;
    if (const auto &plugin = m_client->access().user.exec; plugin && m_connection.state == Connection::Connecting) {
        // It may wait for somebody to log in elsewhere: a minute of silence would look like a hung program.
        const std::string name = plugin->command.substr(plugin->command.rfind('/') + 1);
        setPhase(Connection::Connecting, tr("Waiting for the credential plugin %1, for at most 60 s.").arg(toQString(name)), {},
            m_connection.since);
    }
    kube::CallOptions options;
    options.cancel = m_thread->token();
    options.timeout = std::chrono::seconds(15);
    const auto probed = m_client->probe(options);
    auto discovered = probed ? kube::discover(*m_client, options) : tl::unexpected(probed.error());
    if (!discovered) {
        if (discovered.error().code == ErrorCode::Cancelled)
            return;
        setPhase(Connection::Failed, inWords(discovered.error()), nextStepFor(discovered.error().code, discovered.error().message),
            QDateTime::currentDateTime());
        m_thread->postLater(m_backOff, [this, attempt] {
            if (attempt == m_attempt)
                connect();
        });
        m_backOff = std::min(m_backOff * 2, MaxBackOff);
        return;
    }
    m_isConnected = true;
    m_connection.serverVersion = toQString(probed->gitVersion);
    auto discovery = std::make_shared<const kube::Discovery>(std::move(*discovered));
    {
        const std::scoped_lock lock(m_mutex);
        m_discovery = discovery;
    }
    m_callbacks.onDiscovery(discovery);
    setPhase(Connection::CatchingUp, {}, {}, QDateTime::currentDateTime());
    startFeeds(*discovery);
    noteProbe({}, probed->roundTrip);
}

void ClusterSession::startFeeds(const kube::Discovery &discovery)
{
    for (const Wanted &wanted : WantedKinds) {
        const kube::ResourceType *type = discovery.preferred(wanted.group, wanted.plural, wanted.versions);
        if (!type)
            continue;
        Feed feed;
        feed.input = wanted.input;
        feed.what = wanted.plural;
        kube::Informer::Callbacks callbacks;
        const std::size_t index = m_feeds.size();
        callbacks.onChanges = [this, index](const std::vector<kube::ObjectChange> &batch) {
            m_thread->post([this, index, batch] { noteChanges(index, batch); });
        };
        callbacks.onState = [this, index](const kube::InformerState &state) {
            m_thread->post([this, index, state] { noteState(index, state); });
        };
        feed.informer
            = std::make_unique<kube::Informer>(m_client, type->id(), kube::InformerOptions {}, std::move(callbacks));
        m_feeds.push_back(std::move(feed));
    }
    for (Feed &feed : m_feeds)
        feed.informer->start();
}

void ClusterSession::probe()
{
    // Not blocking: the picture goes on while a slow server is asked.
    kube::CallOptions options;
    options.cancel = m_thread->token();
    options.timeout = ProbeTimeout;
    kube::RawRequest request;
    request.path = "/version";
    m_client->start(std::move(request), options,
        [this, thread = m_thread, asked = std::chrono::steady_clock::now()](const Result<kube::HttpAnswer> &answer) {
            std::optional<Error> error;
            if (!answer)
                error = answer.error();
            thread->post(
                [this, error, roundTrip = std::chrono::steady_clock::now() - asked] { noteProbe(error, roundTrip); });
        });
}

void ClusterSession::noteProbe(const std::optional<Error> &error, std::chrono::duration<double> roundTrip)
{
    if (error && error->code == ErrorCode::Cancelled)
        return;
    // An answer that refuses is an answer: the server is there, and the watches say what may not be seen.
    const bool isAnswered = !error || error->code == ErrorCode::Forbidden || error->code == ErrorCode::Unauthorized;
    if (isAnswered) {
        if (std::exchange(m_probeFailure, std::nullopt)) {
            for (Feed &feed : m_feeds)
                feed.informer->poke(); // It is back: nobody need sit out the rest of a back-off.
        }
        m_lastAnswer = std::chrono::system_clock::now();
        m_connection.secondsBehind = (roundTrip + std::chrono::duration<double>(PublishEvery)).count();
    } else {
        m_probeFailure = error;
    }
    publishConnection();
    if (!std::exchange(m_isProbePending, true)) {
        m_thread->postLater(ProbeEvery, [this] {
            m_isProbePending = false;
            probe();
        });
    }
}

void ClusterSession::noteChanges(std::size_t feed, const std::vector<kube::ObjectChange> &batch)
{
    m_book.apply(m_feeds[feed].input, batch);
    if (!isBeside(m_feeds[feed].input))
        ++m_routingRevision;
    m_lastAnswer = std::chrono::system_clock::now();
    schedulePublish();
}

void ClusterSession::noteState(std::size_t feed, const kube::InformerState &state)
{
    m_feeds[feed].state = state;
    publishConnection();
    schedulePublish();
}

void ClusterSession::schedulePublish()
{
    if (m_isPublishPending)
        return;
    const bool areAllListed = std::all_of(m_feeds.begin(), m_feeds.end(),
        [](const Feed &feed) { return feed.state.hasListed || feed.state.phase == kube::InformerPhase::Forbidden; });
    if (areAllListed && !m_hasPublished) {
        publish();
        return;
    }
    m_isPublishPending = true;
    m_thread->postLater(PublishEvery, [this] { publish(); });
}

void ClusterSession::publish()
{
    m_isPublishPending = false;
    std::shared_ptr<RoutePicture> picture = m_book.picture(QDateTime::currentDateTime());
    picture->isLoaded = true;
    picture->routingRevision = m_routingRevision;
    bool hasRouteKind = false;
    for (const Feed &feed : m_feeds) {
        const bool isForbidden = feed.state.phase == kube::InformerPhase::Forbidden;
        if (isForbidden)
            picture->notListed.append(toQString(feed.what));
        else if (!feed.state.hasListed)
            picture->isLoaded = false;
        hasRouteKind |= feed.input >= RouteInput::VirtualService && !isForbidden;
    }
    if (!hasRouteKind && picture->rows.isEmpty())
        picture->problem = tr("You may not list any kind of route here.");
    m_hasPublished |= picture->isLoaded;
    m_callbacks.onPicture(std::move(picture));
}

void ClusterSession::publishConnection()
{
    bool isListing = false;
    const kube::InformerState *worst = nullptr;
    QStringList forbidden;
    for (const Feed &feed : m_feeds) {
        switch (feed.state.phase) {
        case kube::InformerPhase::Stale:
            if (!worst || (worst->code != ErrorCode::Unauthorized && feed.state.since < worst->since))
                worst = &feed.state;
            break;
        case kube::InformerPhase::Forbidden:
            if (feed.state.code == ErrorCode::Unauthorized)
                worst = &feed.state;
            else
                forbidden.append(toQString(feed.what));
            break;
        case kube::InformerPhase::Live:
            break;
        default:
            isListing = true;
        }
    }
    if (worst || m_probeFailure) {
        const auto since = worst ? std::min(worst->since, m_lastAnswer) : m_lastAnswer;
        const Error why = worst ? worst->error() : *m_probeFailure;
        setPhase(Connection::Stale, inWords(why), nextStepFor(worst ? why.code : ErrorCode::Unreachable, why.message), toQDateTime(since));
    } else if (isListing) {
        setPhase(Connection::CatchingUp, {}, {}, m_connection.since);
    } else if (!forbidden.isEmpty() && forbidden.size() == static_cast<qsizetype>(m_feeds.size())) {
        setPhase(Connection::Failed, tr("You have no right to list anything the window shows."),
            nextStepFor(ErrorCode::Forbidden, {}), m_connection.since);
    } else {
        setPhase(Connection::Live,
            forbidden.isEmpty() ? QString() : tr("No right to list: %1").arg(forbidden.join(QLatin1String(", "))), {},
            m_connection.state == Connection::Live ? m_connection.since : QDateTime::currentDateTime());
    }
}

void ClusterSession::setPhase(Connection phase, QString reason, QString nextStep, QDateTime since)
{
    m_connection.state = phase;
    m_connection.reason = toSentence(std::move(reason));
    m_connection.nextStep = std::move(nextStep);
    m_connection.since = std::move(since);
    m_callbacks.onConnection(m_connection);
}

} // namespace fairway::engine
