#include "core/proxy/proxy_stats.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace fairway::proxy {

namespace {

std::string jsonText(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string labelText(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else {
            out += c == '"' || c == '\\' ? "\\" : "";
            out += c;
        }
    }
    return out;
}

constexpr double kQuantiles[] = {0.5, 0.9, 0.99, 0.999};
/// Upper bounds of the exported histogram in seconds.
constexpr double kBounds[] = {0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

void appendHistogram(std::string &out, const std::string &labels, const HistogramSnapshot &latency)
{
    const auto append = std::back_inserter(out);
    std::size_t bucket = 0;
    std::uint64_t count = 0;
    for (const double bound : kBounds) {
        while (bucket < latency.counts.size() && static_cast<double>(HistogramLayout::lowerBound(bucket)) < bound * 1e6) {
            count += latency.counts[bucket++];
        }
        fmt::format_to(append, "fairway_proxy_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels, bound, count);
    }
    fmt::format_to(append, "fairway_proxy_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels, latency.total);
    fmt::format_to(append, "fairway_proxy_request_seconds_sum{{{}}} {}\n", labels, static_cast<double>(latency.sumMicros) / 1e6);
    fmt::format_to(append, "fairway_proxy_request_seconds_count{{{}}} {}\n", labels, latency.total);
}

} // namespace

std::string toJson(const ProxyStats &stats)
{
    std::string out;
    const auto append = std::back_inserter(out);
    fmt::format_to(append, "{{\"uptimeSeconds\":{:.3f},\"generation\":{},\"draining\":{},\"workers\":[",
        std::chrono::duration<double>(stats.uptime).count(), stats.generation, stats.isDraining);
    const char *comma = "";
    for (const WorkerStats &worker : stats.workers) {
        fmt::format_to(append,
            "{}{{\"connectionsAccepted\":{},\"connectionsActive\":{},\"connectionsRefused\":{},\"requests\":{},\"rejected\":{},\"noRoute\":{},\"clientAborts\":{}}}",
            comma, worker.connectionsAccepted, worker.connectionsActive, worker.connectionsRefused, worker.requests, worker.rejected, worker.noRoute, worker.clientAborts);
        comma = ",";
    }
    out += "],\"destinations\":[";
    comma = "";
    for (const DestinationStats &d : stats.destinations) {
        fmt::format_to(append, "{}{{\"route\":{},\"destination\":{},\"weight\":{},\"requests\":{},\"active\":{},", comma, jsonText(d.route), jsonText(d.destination),
            d.weight, d.requests, d.active);
        fmt::format_to(append, "\"responses\":{{\"none\":{},\"1xx\":{},\"2xx\":{},\"3xx\":{},\"4xx\":{},\"5xx\":{}}},", d.byClass[0], d.byClass[1], d.byClass[2],
            d.byClass[3], d.byClass[4], d.byClass[5]);
        fmt::format_to(append, "\"connectFailures\":{},\"resets\":{},\"timeouts\":{},\"retries\":{},\"unavailable\":{},", d.connectFailures, d.resets, d.timeouts,
            d.retries, d.unavailable);
        fmt::format_to(append, "\"connectionsOpened\":{},\"connectionsReused\":{},\"idleConnections\":{},\"bytesSent\":{},\"bytesReceived\":{},\"latencyMicros\":{{",
            d.connectionsOpened, d.connectionsReused, d.idleConnections, d.bytesSent, d.bytesReceived);
        for (const double q : kQuantiles) {
            fmt::format_to(append, "\"p{}\":{:.0f},", q * 100, d.latency.quantile(q));
        }
        fmt::format_to(append, "\"count\":{},\"sum\":{}}}}}", d.latency.total, d.latency.sumMicros);
        comma = ",";
    }
    return out + "]}\n";
}

std::string toPrometheus(const ProxyStats &stats)
{
    std::string out;
    const auto append = std::back_inserter(out);
    const auto workerSeries = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
        fmt::format_to(append, "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
        for (std::size_t i = 0; i < stats.workers.size(); ++i) {
            fmt::format_to(append, "{}{{worker=\"{}\"}} {}\n", name, i, value(stats.workers[i]));
        }
    };
    const auto labelsOf = [](const DestinationStats &d) { return fmt::format("route=\"{}\",destination=\"{}\"", labelText(d.route), labelText(d.destination)); };
    const auto series = [&](std::string_view name, std::string_view type, std::string_view help, auto value) {
        fmt::format_to(append, "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
        for (const DestinationStats &d : stats.destinations) {
            fmt::format_to(append, "{}{{{}}} {}\n", name, labelsOf(d), value(d));
        }
    };
    workerSeries("fairway_proxy_connections_accepted_total", "counter", "Client connections accepted.", [](const WorkerStats &w) { return w.connectionsAccepted; });
    workerSeries("fairway_proxy_connections_active", "gauge", "Client connections open.", [](const WorkerStats &w) { return w.connectionsActive; });
    workerSeries("fairway_proxy_connections_refused_total", "counter", "Client connections over the limit.", [](const WorkerStats &w) { return w.connectionsRefused; });
    workerSeries("fairway_proxy_requests_rejected_total", "counter", "Requests that were malformed or over a limit.", [](const WorkerStats &w) { return w.rejected; });
    workerSeries("fairway_proxy_requests_without_route_total", "counter", "Requests that no route matched.", [](const WorkerStats &w) { return w.noRoute; });
    workerSeries("fairway_proxy_client_aborts_total", "counter", "Clients that left before their answer was complete.", [](const WorkerStats &w) { return w.clientAborts; });
    series("fairway_proxy_weight", "gauge", "Weight as configured.", [](const DestinationStats &d) { return d.weight; });
    series("fairway_proxy_requests_total", "counter", "Requests assigned by the split.", [](const DestinationStats &d) { return d.requests; });
    series("fairway_proxy_requests_active", "gauge", "Requests under way.", [](const DestinationStats &d) { return d.active; });
    series("fairway_proxy_connect_failures_total", "counter", "Connections that could not be made.", [](const DestinationStats &d) { return d.connectFailures; });
    series("fairway_proxy_resets_total", "counter", "Answers that broke off or were malformed.", [](const DestinationStats &d) { return d.resets; });
    series("fairway_proxy_timeouts_total", "counter", "Requests that took too long.", [](const DestinationStats &d) { return d.timeouts; });
    series("fairway_proxy_retries_total", "counter", "Requests sent again after a dead pooled connection.", [](const DestinationStats &d) { return d.retries; });
    series("fairway_proxy_unavailable_total", "counter", "Requests without an endpoint.", [](const DestinationStats &d) { return d.unavailable; });
    series("fairway_proxy_upstream_connections_opened_total", "counter", "Connections opened to endpoints.", [](const DestinationStats &d) { return d.connectionsOpened; });
    series("fairway_proxy_upstream_connections_reused_total", "counter", "Requests sent on a pooled connection.", [](const DestinationStats &d) { return d.connectionsReused; });
    series("fairway_proxy_upstream_connections_idle", "gauge", "Pooled connections.", [](const DestinationStats &d) { return d.idleConnections; });
    series("fairway_proxy_upstream_sent_bytes_total", "counter", "Octets sent to endpoints.", [](const DestinationStats &d) { return d.bytesSent; });
    series("fairway_proxy_upstream_received_bytes_total", "counter", "Octets received from endpoints.", [](const DestinationStats &d) { return d.bytesReceived; });
    out += "# HELP fairway_proxy_responses_total Answers by class; 0 means none came.\n# TYPE fairway_proxy_responses_total counter\n";
    for (const DestinationStats &d : stats.destinations) {
        for (std::size_t i = 0; i < d.byClass.size(); ++i) {
            fmt::format_to(append, "fairway_proxy_responses_total{{{},class=\"{}\"}} {}\n", labelsOf(d), i, d.byClass[i]);
        }
    }
    out += "# HELP fairway_proxy_request_seconds Request's head complete to answer's end.\n# TYPE fairway_proxy_request_seconds histogram\n";
    for (const DestinationStats &d : stats.destinations) {
        appendHistogram(out, labelsOf(d), d.latency);
    }
    return out;
}

} // namespace fairway::proxy
