#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/kube/credentials.h"
#include "core/kube/kubeconfig.h"
#include "core/kube/resource.h"
#include "core/kube/status.h"
#include "core/kube/table.h"
#include "core/kube/transport.h"
#include "core/value/object_view.h"
#include "core/value/value.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::kube {

/// What else an answer said, beside the object. Filled in success and failure.
struct CallInfo {
    int httpStatus = 0; ///< 0: there was no answer.
    std::vector<std::string> warnings; ///< The API server's Warning headers: show them.
    std::optional<ApiStatus> status;   ///< The refusal in full (causes of an apply conflict, invalid fields).
};

struct CallOptions {
    CancelToken cancel {};
    std::chrono::milliseconds timeout {std::chrono::seconds(30)};
    CallInfo *info = nullptr; ///< Borrowed for the time of the call.
};

enum class FieldValidation : std::uint8_t { Ignore, Warn, Strict };

struct WriteOptions {
    std::string fieldManager = "fairway";
    bool dryRun = false;        ///< dryRun=All: checked and defaulted by the server, not stored.
    bool force = false;         ///< Server-side apply only: take fields from other managers.
    FieldValidation fieldValidation = FieldValidation::Warn;
    std::string subresource {};    ///< "status", "scale"; empty: the object itself.
    CallOptions call {};
};

enum class PatchType : std::uint8_t {
    Merge, ///< application/merge-patch+json, RFC 7396
    Json,  ///< application/json-patch+json, RFC 6902
    Apply, ///< application/apply-patch+yaml: server-side apply; JSON is YAML
    Strategic, ///< application/strategic-merge-patch+json: built-in kinds only
};

struct ListOptions {
    std::string ns {}; ///< Empty: all namespaces, or cluster scope.
    std::string labelSelector {};
    std::string fieldSelector {};
    std::int64_t limit = 0; ///< Page size; 0: the server's choice (everything). listAll() pages by 500.
    std::string continueToken {};
    std::string resourceVersion {};
    std::string resourceVersionMatch {}; ///< "", "NotOlderThan", "Exact"
    CallOptions call {};
};

struct ListPage {
    std::vector<value::ObjectView> items; ///< apiVersion and kind are filled in from the list's where the server leaves them out.
    std::string resourceVersion {};
    std::string continueToken {}; ///< Empty: this was the last page. A page may be short or empty and still have a token.
    std::int64_t remaining = 0; ///< Server's estimate of what is left; 0: none, or not told (with selectors it is not).
};

enum class Propagation : std::uint8_t { Default, Background, Foreground, Orphan };

struct DeleteOptions {
    std::string uid {};             ///< Precondition; empty: none.
    std::string resourceVersion {}; ///< Precondition; empty: none.
    Propagation propagation = Propagation::Default;
    std::optional<std::int64_t> gracePeriodSeconds {};
    bool dryRun = false;
    CallOptions call {};
};

struct RawRequest {
    std::string method = "GET";
    std::string path {}; ///< Below the server's URL, with query: "/version", "/api/v1/namespaces/x/pods/y/log?follow=true"
    std::string accept = "application/json";
    std::string contentType {}; ///< Of `body`.
    std::string body {};
    std::size_t maxBodyBytes = std::size_t {512} << 20;
};

struct ClientOptions {
    std::shared_ptr<Transport> transport {}; ///< Share one among clients; nullptr: the client makes its own.
    CredentialOptions credentials {};
};

/// A client of one cluster as one user.
///
/// Shape:   blocking calls that may be made from any number of worker threads at once, each with a CancelToken and a
///          deadline; start() for callers without a thread to block. Answers are parsed in the calling thread, never in
///          the transport's.
/// Errors:  refusals become Conflict, Forbidden, Unauthorized, NotFound, Gone, AlreadyExists, InvalidInput (400, 422),
///          Unsupported, Unavailable with a sentence that says what the user can do; CallInfo::status has it in full. HTML,
///          empty or truncated answers are ProtocolViolation. A 401 is tried once more with fresh credentials where there
///          can be some.
/// Safety:  it writes what it is told to: locks and consent are core/operate's.
/// Threads: all methods from any thread. Must outlive what was started with it.
class Client {
public:
    [[nodiscard]] static Result<std::shared_ptr<Client>> create(ClusterAccess access, ClientOptions options = {});
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    [[nodiscard]] const ClusterAccess &access() const;
    [[nodiscard]] const std::shared_ptr<Transport> &transport() const;

    [[nodiscard]] Result<value::ObjectView> get(const ResourceId &resource, std::string_view ns, std::string_view name,
                                                const CallOptions &options = {}, std::string_view subresource = {});
    [[nodiscard]] Result<ListPage> list(const ResourceId &resource, const ListOptions &options = {});
    /// All pages, at most `maxItems` objects (LimitExceeded). When the continue token expires on the way it starts over once.
    [[nodiscard]] Result<ListPage> listAll(const ResourceId &resource, const ListOptions &options = {},
                                           std::size_t maxItems = 200000);
    /// The same collection as the server prints it. Unsupported when the server doesn't do Tables for it.
    [[nodiscard]] Result<TablePage> table(const ResourceId &resource, const ListOptions &options = {});
    /// POST to the collection. AlreadyExists when it does.
    [[nodiscard]] Result<value::ObjectView> create(const ResourceId &resource, std::string_view ns, const value::Value &object,
                                                   const WriteOptions &options = {});
    /// PUT. With metadata.resourceVersion in the object a change meanwhile is a Conflict.
    [[nodiscard]] Result<value::ObjectView> replace(const ResourceId &resource, std::string_view ns, std::string_view name,
                                                    const value::Value &object, const WriteOptions &options = {});
    [[nodiscard]] Result<value::ObjectView> patch(const ResourceId &resource, std::string_view ns, std::string_view name,
                                                  PatchType type, const value::Value &patch, const WriteOptions &options = {});
    /// The deleted object, or the Status object the server answered with.
    [[nodiscard]] Result<value::ObjectView> remove(const ResourceId &resource, std::string_view ns, std::string_view name,
                                                   const DeleteOptions &options = {});

    /// Any 2xx answer as it is; other statuses become errors, which begin with `action` (empty: method and path).
    [[nodiscard]] Result<HttpAnswer> raw(const RawRequest &request, const CallOptions &options = {}, const Text &action = {});
    /// A body that is read while it comes (logs, watches). `onBytes` runs in the transport's thread: see HttpCall. Blocks until the end.
    [[nodiscard]] Result<HttpAnswer> stream(const RawRequest &request, std::function<bool(std::string_view)> onBytes,
                                            const CallOptions &options = {}, std::chrono::milliseconds idleTimeout = {});

    /// Without blocking: `done` runs in the transport's thread (or the client's credential thread when there is no
    /// transport answer): hand the answer on, don't parse there. Refusing statuses arrive as errors.
    void start(RawRequest request, const CallOptions &options, std::function<void(Result<HttpAnswer>)> done);

    /// One round trip to /version: what the connection state is decided by.
    struct Probe {
        std::string gitVersion; ///< "v1.36.0"
        std::chrono::milliseconds roundTrip {0};
    };
    [[nodiscard]] Result<Probe> probe(const CallOptions &options = {});

    /// For Informer: one attempt of a watch; resolves credentials, calls `done` once. Returns 0 when it failed before starting.
    struct StreamHandlers {
        Text action; ///< For messages; empty: "watch" and the path.
        std::function<void()> onHead;
        std::function<bool(std::string_view)> onBytes;
        std::function<void(Result<HttpAnswer>)> done;
        std::chrono::milliseconds headTimeout {std::chrono::seconds(30)};
        std::chrono::milliseconds idleTimeout {0};
    };
    CallId startStream(const RawRequest &request, StreamHandlers handlers, const CancelToken &cancel);

private:
    class Impl;
    explicit Client(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> m_impl;
};

} // namespace fairway::kube
