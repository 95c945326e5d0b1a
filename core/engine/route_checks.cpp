#include "core/engine/route_checks.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

constexpr int FirstMs = 300;
constexpr int AgainMs = 1000;
constexpr int SlowestMs = 60'000;
constexpr int Idle = 9; ///< Times as long as a check took nothing is done.
constexpr int OverlapsMs = 10'000;

} // namespace

RouteChecks::RouteChecks(Contexts &contexts, Routes &routes, std::shared_ptr<GuiDispatcher::Poster> poster)
    : m_contexts(contexts)
    , m_routes(routes)
    , m_poster(std::move(poster))
{
    m_next.setSingleShot(true);
    m_next.setInterval(FirstMs);
    m_limit.setSingleShot(true);
    m_limit.setInterval(OverlapsMs);
    QObject::connect(&m_next, &QTimer::timeout, this, &RouteChecks::check);
    QObject::connect(&m_limit, &QTimer::timeout, this, [this] { m_overlaps.cancel(); });
}

RouteChecks::~RouteChecks()
{
    stop();
}

void RouteChecks::stop()
{
    m_overlaps.cancel();
    m_thread.stop();
}

void RouteChecks::takePicture()
{
    const auto &picture = m_routes.picture();
    if (picture && picture->isLoaded && picture->routingRevision != m_checked && !m_isBusy && !m_next.isActive())
        m_next.start();
}

void RouteChecks::forget()
{
    ++m_generation;
    m_overlaps.cancel();
    m_objects.reset();
    m_next.stop();
    m_next.setInterval(FirstMs);
    m_isBusy = false;
    m_checked = 0;
}

void RouteChecks::run(std::shared_ptr<const RoutePicture> picture, std::function<std::vector<value::Value>()> objects,
    std::function<void(const Checked &)> done)
{
    m_overlaps = CancelSource();
    m_limit.start();
    m_thread.post([this, poster = m_poster, overlaps = m_overlaps, picture = std::move(picture), objects = std::move(objects), done = std::move(done)]() mutable {
        const auto ending = m_thread.token().onCancel([overlaps]() mutable { overlaps.cancel(); });
        QElapsedTimer clock;
        clock.start();
        auto out = std::make_shared<Checked>();
        out->routes = checkRoutes(objects(), *picture, overlaps.token());
        out->tookMs = clock.elapsed();
        poster->post([out, done] { done(*out); });
    });
}

void RouteChecks::check()
{
    const auto session = m_contexts.session();
    const auto picture = m_routes.picture();
    if (!session || !picture || m_isBusy)
        return;
    m_isBusy = true;
    m_checked = picture->routingRevision;
    if (!m_objects)
        m_objects = std::make_shared<XrayObjects>(session->client(), session->discovery(), session->token());
    session->collectRouting({}, [this, generation = m_generation, picture, poster = m_poster](ClusterSession::RoutingObjects collected) {
        poster->post([this, generation, picture, collected = std::make_shared<ClusterSession::RoutingObjects>(std::move(collected))] {
            if (generation != m_generation)
                return;
            run(picture, [desk = m_objects, collected] { return desk->known(*collected); }, [this, generation](const Checked &checked) {
                if (generation != m_generation)
                    return;
                m_limit.stop();
                m_isBusy = false;
                m_next.setInterval(static_cast<int>(std::clamp<qint64>(checked.tookMs * Idle, AgainMs, SlowestMs)));
                m_routes.takeChecks(checked.routes);
                takePicture(); // what changed meanwhile
            });
        });
    });
}

void RouteChecks::takePreview()
{
    const auto preview = m_routes.preview();
    if (!preview)
        return;
    run(preview, [preview] { return preview->rendered; }, [this, preview](const Checked &checked) {
        if (m_routes.preview() == preview)
            m_routes.takePreviewChecks(checked.routes);
    });
}

} // namespace fairway::engine
