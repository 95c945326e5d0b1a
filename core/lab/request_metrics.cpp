#include "core/lab/request_metrics.h"

#include <fmt/format.h>

#include <iterator>

namespace fairway::lab {

void RequestMetrics::count(Labels labels)
{
    const std::scoped_lock lock(m_mutex);
    ++m_counts[std::move(labels)];
}

std::string RequestMetrics::text() const
{
    std::string result = "# HELP apiserver_request_total Requests answered.\n# TYPE apiserver_request_total counter\n";
    const std::scoped_lock lock(m_mutex);
    for (const auto &[labels, count] : m_counts) {
        fmt::format_to(std::back_inserter(result),
            "apiserver_request_total{{code=\"{}\",component=\"apiserver\",dry_run=\"{}\",group=\"{}\",resource=\"{}\",subresource=\"{}\",verb=\"{}\","
            "version=\"{}\"}} {}\n",
            labels.code, labels.dryRun, labels.group, labels.resource, labels.subresource, labels.verb, labels.version, count);
    }
    return result;
}

} // namespace fairway::lab
