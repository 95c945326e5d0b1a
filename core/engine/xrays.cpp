#include "core/engine/xrays.h"

#include "core/engine/text.h"

#include <utility>

namespace fairway::engine {
namespace {

constexpr int FollowMs = 1000;

} // namespace

Xrays::Xrays(Contexts &contexts, Routes &routes, TaskThread &worker, std::shared_ptr<GuiDispatcher::Poster> poster)
    : m_contexts(contexts)
    , m_routes(routes)
    , m_worker(worker)
    , m_poster(std::move(poster))
{
    m_again.setSingleShot(true);
    m_again.setInterval(FollowMs);
    QObject::connect(&m_again, &QTimer::timeout, this, [this] {
        // Without a question only the places are wanted, once.
        if (m_isWatched && (m_places.isEmpty() || !m_question.text.trimmed().isEmpty()))
            begin();
    });
}

void Xrays::takePicture()
{
    if (m_isWatched && !m_again.isActive())
        m_again.start();
}

void Xrays::forget()
{
    ++m_run;
    m_isBusy = false;
    m_isAskedAgain = false;
    m_objects.reset();
    m_answer = {};
    Q_EMIT answerChanged();
    if (!m_places.isEmpty()) {
        m_places.clear();
        Q_EMIT placesChanged();
    }
}

void Xrays::setWatched(bool isWatched)
{
    if (std::exchange(m_isWatched, isWatched) != isWatched && isWatched)
        begin();
}

void Xrays::ask(const XrayQuestion &question)
{
    m_question = question;
    m_answer.isAsking = !question.text.trimmed().isEmpty();
    Q_EMIT answerChanged();
    begin();
}

void Xrays::begin()
{
    if (m_isBusy) {
        m_isAskedAgain = true;
        return;
    }
    const auto session = m_contexts.session();
    if (!session || !m_routes.isLoaded()) {
        // The next picture begins again.
        XrayAnswer answer;
        if (!m_question.text.trimmed().isEmpty()) {
            answer.state = XrayAnswer::State::Failed;
            answer.problem = tr("Not connected: the routes of the cluster are not known yet.");
        }
        finish(m_run, std::move(answer), m_places);
        return;
    }
    m_isBusy = true;
    const quint64 run = ++m_run;
    if (!m_objects)
        m_objects = std::make_shared<XrayObjects>(session->client(), session->discovery(), session->token());
    session->collectRouting(clientOf(m_question), [this, run, poster = m_poster](ClusterSession::RoutingObjects objects) {
        poster->post([this, run, objects = std::move(objects)]() mutable { work(run, std::move(objects)); });
    });
}

void Xrays::work(quint64 run, ClusterSession::RoutingObjects objects)
{
    const auto session = m_contexts.session();
    if (run != m_run || !session)
        return;
    m_worker.post([this, run, desk = m_objects, question = m_question, picture = m_routes.picture(), session, poster = m_poster,
                      objects = std::move(objects)] {
        auto found = std::make_shared<XrayFound>(desk->answer(question, objects, *picture));
        session->resolveDestinations(found->destinations, found->routeNs, [this, run, poster, found](const std::vector<route::Resolution> &resolutions) {
            addPods(found->answer, resolutions, found->upstream);
            poster->post([this, run, found] { finish(run, std::move(found->answer), found->places); });
        });
    });
}

void Xrays::finish(quint64 run, XrayAnswer answer, const QList<XrayPlace> &places)
{
    if (run != m_run)
        return;
    m_isBusy = false;
    if (places != m_places) {
        m_places = places;
        Q_EMIT placesChanged();
    }
    if (std::exchange(m_isAskedAgain, false)) {
        begin();
        return;
    }
    m_answer = std::move(answer);
    Q_EMIT answerChanged();
}

} // namespace fairway::engine
