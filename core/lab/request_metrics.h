#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

namespace fairway::lab {

/// What was asked of the API, counted as kube-apiserver does: the series `apiserver_request_total` at /metrics. With it
/// somebody outside can tell that a locked client sent no write.
///
/// Bounds:  requests for resources that do not exist count under an empty resource, so the number of series is bounded by
///          the resources there are.
/// Threads: any.
class RequestMetrics {
public:
    /// Label values as kube-apiserver writes them: verb "GET", "LIST", "WATCH", "POST", "PUT", "PATCH", "APPLY", "DELETE",
    /// "DELETECOLLECTION"; dryRun "All" or "".
    struct Labels {
        std::string verb;
        std::string group;
        std::string version;
        std::string resource;
        std::string subresource;
        std::string dryRun;
        int code = 200;
        friend bool operator<(const Labels &a, const Labels &b)
        {
            const auto tied = [](const Labels &l) { return std::tie(l.group, l.version, l.resource, l.subresource, l.verb, l.dryRun, l.code); };
            return tied(a) < tied(b);
        }
    };

    void count(Labels labels);
    /// Prometheus text format 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    mutable std::mutex m_mutex;
    std::map<Labels, std::uint64_t> m_counts; ///< Guarded by m_mutex.
};

} // namespace fairway::lab
