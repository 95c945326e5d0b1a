#include "core/engine/chart_remote.h"

#include "core/chart/mirrors.h"
#include "core/chart/registry_source.h"

#include <QElapsedTimer>

#include <memory>
#include <mutex>
#include <utility>

namespace fairway::engine {

namespace {

constexpr qint64 ProgressEveryMs = 80;

/// Several threads may fetch; the window needs a figure now and then, not each.
struct Pace {
    std::mutex mutex;
    QElapsedTimer since;
};

} // namespace

Result<chart::RemoteContext> remoteContext(const CancelToken &cancel, FetchProgress onProgress)
{
    chart::RemoteContext context;
    context.paths = chart::HelmPaths::ofProcess();
    context.cancel = cancel;
    Result<std::vector<chart::UrlRewrite>> mirrors = chart::mirrorsOfProcess();
    if (!mirrors)
        return tl::unexpected(mirrors.error());
    context.http.rewrites = std::move(*mirrors);
    context.onProgress = [told = std::move(onProgress), pace = std::make_shared<Pace>()](std::string_view what, const chart::HttpProgress &progress) {
        {
            const std::scoped_lock guard(pace->mutex);
            if (pace->since.isValid() && pace->since.elapsed() < ProgressEveryMs)
                return;
            pace->since.start();
        }
        told(std::string(what), static_cast<qint64>(progress.received), progress.toReceive ? static_cast<qint64>(*progress.toReceive) : qint64 {-1});
    };
    const auto registries = std::make_shared<chart::RegistrySource>(context.paths, context.version, chart::RegistryLog(), context.http);
    registries->onProgress = context.onProgress;
    context.oci = registries;
    return context;
}

} // namespace fairway::engine
