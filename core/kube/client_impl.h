#pragma once

#include "core/kube/client.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace fairway::kube {

/// What a Client does for every call: credentials, endpoint, refusals. Shared with the calls under way.
class Client::Impl : public std::enable_shared_from_this<Client::Impl> {
public:
    [[nodiscard]] static Result<std::shared_ptr<Impl>> create(ClusterAccess access, ClientOptions options);
    Impl(ClusterAccess access, std::shared_ptr<Transport> transport, CredentialOptions options, std::string caPem);
    ~Impl() = default;
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    [[nodiscard]] const ClusterAccess &access() const { return m_access; }
    [[nodiscard]] const std::shared_ptr<Transport> &transport() const { return m_transport; }

    [[nodiscard]] Result<HttpAnswer> perform(const RawRequest &request, const CallOptions &options, const Text &action);
    void start(RawRequest request, const CallOptions &options, std::function<void(Result<HttpAnswer>)> done);
    CallId startStream(const RawRequest &request, StreamHandlers handlers, const CancelToken &cancel);
    /// Ends the credential thread.
    void shutDown();

private:
    struct Pending;
    [[nodiscard]] HttpCall makeCall(const RawRequest &request, const Credential &credential, std::chrono::milliseconds timeout);
    [[nodiscard]] std::shared_ptr<const Endpoint> endpointFor(const Credential &credential);
    [[nodiscard]] Result<HttpAnswer> judge(Result<HttpAnswer> answer, const Text &action, CallInfo *info) const;
    void send(const std::shared_ptr<Pending> &pending, const Credential &credential);
    void sendLater(const std::shared_ptr<Pending> &pending);
    void resolveCredentials();

    const ClusterAccess m_access;
    const std::shared_ptr<Transport> m_transport;
    Credentials m_credentials;
    const std::string m_caPem;
    CancelSource m_shutDown;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<const Endpoint> m_endpoint; ///< Guarded by m_mutex, as all below. Remade when the certificate changes.
    std::deque<std::shared_ptr<Pending>> m_waiting; ///< Calls of start() that need a plugin or file first.
    std::thread m_thread; ///< Resolves credentials for start(); made when first needed.
    bool m_isShutDown = false;
};

} // namespace fairway::kube
