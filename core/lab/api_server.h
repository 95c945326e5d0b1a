#pragma once

#include "core/lab/api_request.h"
#include "core/lab/callers.h"
#include "core/lab/object_service.h"
#include "core/lab/pod_log.h"
#include "core/lab/request_metrics.h"
#include "core/lab/watch_hub.h"
#include "core/proxy/http_server.h"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace fairway::lab {

/// The whole of an answer that is not a stream.
struct ApiAnswer {
    int status = 200;
    std::string body;
    std::string contentType = "application/json";
    std::vector<std::string> warnings;
    int retryAfterSeconds = 0;
    std::string etag;
};

/// The API server without its socket: requests in, answers and streams out.
///
/// Threads: handle() from any of the HTTP server's threads; it answers before it returns, watches and followed logs apart.
class ApiServer {
public:
    ApiServer(ObjectService &service, WatchHub &watches, const Callers &callers, PodLogFinder logs);

    void handle(const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder);
    /// For tests of clients: the next `count` requests get `status`.
    void failNext(unsigned count, int status);
    void setAddress(std::string address) { m_address = std::move(address); }
    [[nodiscard]] std::uint64_t requests() const { return m_requests.load(std::memory_order_relaxed); }

private:
    /// One request, taken apart.
    struct Call {
        const proxy::HttpRequest &http;
        const std::shared_ptr<proxy::HttpResponder> &responder;
        std::vector<std::string> segments;
        Query query;
        Accepted accepted;
        Caller caller;
    };
    /// A call on a resource.
    struct Target {
        ResourceTypePtr type;
        ResourcePath path;
        std::string verb;
    };
    using Answer = ApiResult<std::optional<ApiAnswer>>; ///< nullopt: a stream has been started.

    [[nodiscard]] Answer route(const proxy::HttpRequest &request, const std::shared_ptr<proxy::HttpResponder> &responder);
    [[nodiscard]] std::optional<ApiAnswer> discover(const Call &call) const;
    [[nodiscard]] Answer review(const Call &call) const;
    [[nodiscard]] Answer onResource(const Call &call);
    void count(const Call &call, const Answer &answer);

    [[nodiscard]] Answer get(const Call &call, const Target &target) const;
    [[nodiscard]] Answer list(const Call &call, const Target &target) const;
    [[nodiscard]] Answer watch(const Call &call, const Target &target);
    [[nodiscard]] Answer create(const Call &call, const Target &target);
    [[nodiscard]] Answer update(const Call &call, const Target &target);
    [[nodiscard]] Answer patch(const Call &call, const Target &target);
    [[nodiscard]] Answer remove(const Call &call, const Target &target);
    [[nodiscard]] Answer removeCollection(const Call &call, const Target &target);
    [[nodiscard]] Answer log(const Call &call, const Target &target) const;

    [[nodiscard]] ApiResult<ObjectFilter> filterOf(const Call &call, const Target &target) const;
    [[nodiscard]] Renderer rendererOf(const Call &call, const Target &target) const;
    [[nodiscard]] ApiResult<WriteOptions> writeOptions(const Call &call, const Target &target) const;
    [[nodiscard]] Answer written(const Call &call, const Target &target, ApiResult<Written> result, int created) const;

    ObjectService &m_service;
    WatchHub &m_watches;
    const Callers &m_callers;
    PodLogFinder m_logs;
    std::string m_address;
    RequestMetrics m_metrics;
    std::atomic<std::uint64_t> m_requests {0};
    std::atomic<unsigned> m_failures {0};
    std::atomic<int> m_failureStatus {503};
};

/// The body as a tree: JSON, or YAML where the content type says so.
[[nodiscard]] ApiResult<value::Value> readBody(std::string_view contentType, std::string_view body);

} // namespace fairway::lab
