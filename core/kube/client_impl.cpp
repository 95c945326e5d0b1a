#include "core/kube/client_impl.h"

#include "core/kube/local_file.h"

namespace fairway::kube {
namespace {

constexpr std::size_t maxPemBytes = std::size_t {4} << 20;
constexpr std::size_t maxWaiting = 1024;

} // namespace

/// A call of start() on its way.
struct Client::Impl::Pending {
    RawRequest request;
    std::chrono::milliseconds timeout {0};
    CancelToken cancel;
    CancelToken::Registration registration;
    std::function<void(Result<HttpAnswer>)> done;
    Text action;
    bool hasRetried = false;

    void finish(Result<HttpAnswer> result)
    {
        if (auto callback = std::exchange(done, nullptr)) {
            callback(std::move(result));
        }
    }
};

Result<std::shared_ptr<Client::Impl>> Client::Impl::create(ClusterAccess access, ClientOptions options)
{
    std::string caPem = access.ca.data;
    if (caPem.empty() && !access.ca.file.empty()) {
        auto read = readLocalFile(access.ca.file, maxPemBytes);
        if (!read) {
            return failWith(phrase("kube", "certificate-authority of cluster \"%1\"").with(access.cluster), read.error());
        }
        caPem = std::move(*read);
    }
    if (access.ca.isSet() && caPem.find("-----BEGIN") == std::string::npos) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "certificate-authority of cluster \"%1\" holds no certificate").with(access.cluster));
    }
    if (!options.transport) {
        auto transport = Transport::create();
        if (!transport) {
            return tl::unexpected(transport.error());
        }
        options.transport = std::move(*transport);
    }
    return std::make_shared<Impl>(std::move(access), std::move(options.transport), std::move(options.credentials), std::move(caPem));
}

Client::Impl::Impl(ClusterAccess access, std::shared_ptr<Transport> transport, CredentialOptions options, std::string caPem)
    : m_access(std::move(access))
    , m_transport(std::move(transport))
    , m_credentials(m_access, std::move(options))
    , m_caPem(std::move(caPem))
{
}

void Client::Impl::shutDown()
{
    std::deque<std::shared_ptr<Pending>> left;
    std::thread thread;
    {
        const std::scoped_lock lock(m_mutex);
        m_isShutDown = true;
        left.swap(m_waiting);
        thread = std::move(m_thread);
    }
    m_shutDown.cancel();
    m_changed.notify_all();
    for (const auto &pending : left) {
        pending->finish(fail(ErrorCode::Cancelled, "the client is being closed"));
    }
    if (thread.joinable()) {
        if (thread.get_id() == std::this_thread::get_id()) {
            thread.detach(); // Closed from a callback that this thread runs; it holds us until it ends.
        } else {
            thread.join();
        }
    }
}

std::shared_ptr<const Endpoint> Client::Impl::endpointFor(const Credential &credential)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_endpoint || m_endpoint->certificatePem != credential.certificatePem || m_endpoint->keyPem != credential.keyPem) {
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->caPem = m_caPem;
        endpoint->certificatePem = credential.certificatePem;
        endpoint->keyPem = credential.keyPem;
        endpoint->tlsServerName = m_access.tlsServerName;
        endpoint->proxyUrl = m_access.proxyUrl;
        endpoint->insecure = m_access.insecureSkipTlsVerify;
        endpoint->compress = !m_access.disableCompression;
        m_endpoint = std::move(endpoint);
    }
    return m_endpoint;
}

HttpCall Client::Impl::makeCall(const RawRequest &request, const Credential &credential, std::chrono::milliseconds timeout)
{
    HttpCall call;
    call.method = request.method;
    call.url = m_access.server + request.path;
    call.body = request.body;
    call.endpoint = endpointFor(credential);
    call.timeout = timeout;
    call.maxBodyBytes = request.maxBodyBytes;
    call.headers.emplace_back("Accept", request.accept);
    if (!request.contentType.empty()) {
        call.headers.emplace_back("Content-Type", request.contentType);
    }
    if (!credential.authorization.empty()) {
        call.headers.emplace_back("Authorization", credential.authorization);
    }
    if (!m_access.user.impersonateUser.empty()) {
        call.headers.emplace_back("Impersonate-User", m_access.user.impersonateUser);
    }
    if (!m_access.user.impersonateUid.empty()) {
        call.headers.emplace_back("Impersonate-Uid", m_access.user.impersonateUid);
    }
    for (const std::string &group : m_access.user.impersonateGroups) {
        call.headers.emplace_back("Impersonate-Group", group);
    }
    return call;
}

Result<HttpAnswer> Client::Impl::judge(Result<HttpAnswer> answer, const Text &action, CallInfo *info) const
{
    if (!answer) {
        if (answer.error().code == ErrorCode::Cancelled) {
            return answer;
        }
        return failWith(action, answer.error());
    }
    const bool isGood = answer->status >= 200 && answer->status < 300;
    if (info != nullptr) {
        info->httpStatus = answer->status;
        info->warnings = warningsOf(*answer);
        info->status = isGood ? std::nullopt : parseStatus(answer->body);
        if (info->status) {
            info->status->code = answer->status;
        }
    }
    if (!isGood) {
        return tl::unexpected(errorFromAnswer(*answer, action, m_access.userName));
    }
    return answer;
}

Result<HttpAnswer> Client::Impl::perform(const RawRequest &request, const CallOptions &options, const Text &action)
{
    const auto deadline = std::chrono::steady_clock::now() + options.timeout;
    for (bool isRetry = false;; isRetry = true) {
        const auto credential = m_credentials.current(options.cancel);
        if (!credential) {
            return tl::unexpected(credential.error());
        }
        std::chrono::milliseconds timeout {0};
        if (options.timeout.count() > 0) {
            timeout = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            timeout = std::max(timeout, std::chrono::milliseconds(1));
        }
        auto answer = m_transport->perform(makeCall(request, *credential, timeout), options.cancel);
        const bool isRefused = answer ? answer->status == 401 : answer.error().code == ErrorCode::Unauthorized;
        if (isRefused && m_credentials.refused(credential->generation) && !isRetry) {
            continue;
        }
        return judge(std::move(answer), action, options.info);
    }
}

void Client::Impl::start(RawRequest request, const CallOptions &options, std::function<void(Result<HttpAnswer>)> done)
{
    auto pending = std::make_shared<Pending>();
    pending->action = Text::verbatim(request.method + " " + request.path.substr(0, request.path.find('?')));
    pending->request = std::move(request);
    pending->timeout = options.timeout;
    pending->cancel = options.cancel;
    pending->done = std::move(done);
    if (const auto credential = m_credentials.atHand()) {
        send(pending, *credential);
    } else {
        sendLater(pending);
    }
}

void Client::Impl::send(const std::shared_ptr<Pending> &pending, const Credential &credential)
{
    if (pending->cancel.isCancelled()) {
        pending->finish(fail(ErrorCode::Cancelled, "cancelled"));
        return;
    }
    const auto onDone = [self = shared_from_this(), pending, generation = credential.generation](Result<HttpAnswer> answer) {
        const bool isRefused = answer ? answer->status == 401 : answer.error().code == ErrorCode::Unauthorized;
        if (isRefused && self->m_credentials.refused(generation) && !pending->hasRetried) {
            pending->hasRetried = true;
            self->sendLater(pending);
            return;
        }
        pending->finish(self->judge(std::move(answer), pending->action, nullptr));
    };
    const CallId id = m_transport->start(makeCall(pending->request, credential, pending->timeout), onDone);
    std::weak_ptr<Transport> transport = m_transport;
    auto registration = pending->cancel.onCancel([transport, id] {
        if (const auto alive = transport.lock()) {
            alive->cancel(id);
        }
    });
    const std::scoped_lock lock(m_mutex);
    pending->registration = std::move(registration);
}

void Client::Impl::sendLater(const std::shared_ptr<Pending> &pending)
{
    bool isAccepted = false;
    {
        const std::scoped_lock lock(m_mutex);
        isAccepted = !m_isShutDown && m_waiting.size() < maxWaiting;
        if (isAccepted) {
            m_waiting.push_back(pending);
            if (!m_thread.joinable()) {
                m_thread = std::thread([self = shared_from_this()] { self->resolveCredentials(); });
            }
        }
    }
    if (!isAccepted) {
        pending->finish(fail(ErrorCode::Cancelled, "the client is being closed"));
        return;
    }
    m_changed.notify_all();
}

void Client::Impl::resolveCredentials()
{
    while (true) {
        std::shared_ptr<Pending> pending;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_isShutDown || !m_waiting.empty(); });
            if (m_isShutDown) {
                return;
            }
            pending = std::move(m_waiting.front());
            m_waiting.pop_front();
        }
        const auto credential = m_credentials.current(m_shutDown.token());
        if (credential) {
            send(pending, *credential);
        } else {
            pending->finish(tl::unexpected(credential.error()));
        }
    }
}

CallId Client::Impl::startStream(const RawRequest &request, StreamHandlers handlers, const CancelToken &cancel)
{
    const auto credential = m_credentials.current(cancel);
    if (!credential) {
        handlers.done(tl::unexpected(credential.error()));
        return 0;
    }
    HttpCall call = makeCall(request, *credential, handlers.headTimeout);
    call.idleTimeout = handlers.idleTimeout;
    call.onHead = std::move(handlers.onHead);
    call.onBytes = std::move(handlers.onBytes);
    call.maxRetries = 0;
    const Text action = !handlers.action.empty() ? handlers.action
                                                : phrase("kube", "watch %1").with(request.path.substr(0, request.path.find('?')));
    return m_transport->start(std::move(call), [self = shared_from_this(), done = std::move(handlers.done), action,
                                                generation = credential->generation](Result<HttpAnswer> answer) {
        if (answer ? answer->status == 401 : answer.error().code == ErrorCode::Unauthorized) {
            (void)self->m_credentials.refused(generation);
        }
        done(self->judge(std::move(answer), action, nullptr));
    });
}

} // namespace fairway::kube
