#include "core/engine/overview.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {
    constexpr qsizetype MaxRowsOnCard = 8;

    /// Those that need a person first: problems, then splits in flight; both by name.
    QList<RouteRow> worstFirst(QList<RouteRow> rows)
    {
        std::stable_sort(rows.begin(), rows.end(), [](const RouteRow &a, const RouteRow &b) {
            if (a.severity != b.severity)
                return a.severity > b.severity;
            return a.isInFlight > b.isInFlight;
        });
        return rows;
    }
} // namespace

void Overview::takePicture(const std::shared_ptr<const RoutePicture> &picture)
{
    m_picture = picture;
    rebuild();
}

void Overview::takeConnection(const ConnectionState &connection)
{
    if (connection.state == m_connection.state && connection.context == m_connection.context)
        return;
    m_connection = connection;
    rebuild();
}

void Overview::takeJournal(const QList<JournalEntry> &journal)
{
    m_journal = journal;
    rebuild();
}

void Overview::rebuild()
{
    m_concerns.clear();
    m_inLine.clear();
    if (m_picture && m_picture->isLoaded) {
        addRoutes();
        addPods();
    }
    addWrites();
    std::stable_sort(m_concerns.begin(), m_concerns.end(),
        [](const Concern &a, const Concern &b) { return a.severity > b.severity; });
    Q_EMIT concernsChanged();
}

void Overview::add(Concern concern)
{
    (concern.severity == Severity::Good ? m_inLine : m_concerns).append(std::move(concern));
}

void Overview::addRoutes()
{
    QList<RouteRow> rows;
    int failing = 0, warned = 0, inFlight = 0;
    for (const RouteRow &row : m_picture->rows) {
        failing += row.severity == Severity::Error;
        warned += row.severity == Severity::Warning;
        inFlight += row.isInFlight;
        if (row.isInFlight || row.severity >= Severity::Warning)
            rows.append(row);
    }
    rows = worstFirst(std::move(rows));
    const auto all = static_cast<int>(m_picture->rows.size());
    Concern concern;
    concern.key = QStringLiteral("routes");
    concern.title = inFlight > 0 ? tr("Routes in flight") : tr("Routes");
    concern.severity = failing ? Severity::Error
        : warned               ? Severity::Warning
        : inFlight             ? Severity::Info
                               : Severity::Good;
    if (failing)
        concern.value = tr("%1 of %2 failing").arg(failing).arg(all);
    else if (warned)
        concern.value = tr("%1 of %2 with warnings").arg(warned).arg(all);
    else
        concern.value = tr("%1 of %2 split").arg(inFlight).arg(all);
    concern.subject = tr("%1 of %2 routes split").arg(inFlight).arg(all);
    if (failing || warned)
        concern.note = tr("%1 of %2 healthy").arg(all - failing - warned).arg(all);
    else
        concern.lines.append(tr("%1 of %2 send all traffic to ready endpoints").arg(all).arg(all));
    concern.target = QStringLiteral("routes");
    concern.action = tr("Open Routes");
    if (!rows.isEmpty()) {
        concern.target = QStringLiteral("routes:") + rows.first().id;
        concern.action = tr("Open %1").arg(rows.first().name);
    }
    concern.routes = rows.mid(0, MaxRowsOnCard);
    add(std::move(concern));
}

void Overview::addPods()
{
    const int waiting = m_picture->pods - m_picture->readyPods;
    Concern concern;
    concern.key = QStringLiteral("pods");
    concern.title = tr("Pods");
    concern.severity = waiting > 0 ? Severity::Warning : Severity::Good;
    concern.value = tr("%1 of %2 ready").arg(m_picture->readyPods).arg(m_picture->pods);
    if (waiting > 0) {
        concern.subject = tr("%1 pods").arg(m_picture->pods);
        concern.news = tr("Not ready: %1").arg(waiting);
    }
    for (const UnreadyPod &pod : m_picture->unready)
        concern.items.append({pod.name.section(QLatin1Char('/'), 1), pod.why.isEmpty() ? tr("not ready") : pod.why, QStringLiteral("object:v1/pods/") + pod.name});
    if (waiting > concern.items.size())
        concern.note = tr("and %1 more").arg(waiting - concern.items.size());
    concern.action = tr("Open Explorer");
    concern.target = QStringLiteral("explorer:v1/pods");
    add(std::move(concern));
}

void Overview::addWrites()
{
    qsizetype unknown = 0;
    qsizetype partly = 0;
    const JournalEntry *last = nullptr;
    for (const JournalEntry &entry : m_journal) {
        const bool isUnknown = entry.state == QLatin1String("unknown");
        if (entry.context != m_connection.context || (!isUnknown && entry.state != QLatin1String("partly")))
            continue;
        ++(isUnknown ? unknown : partly);
        if (!last)
            last = &entry;
    }
    Concern concern;
    concern.key = QStringLiteral("writes");
    concern.title = tr("Writes");
    concern.target = QStringLiteral("journal");
    concern.action = tr("Open the journal");
    concern.severity = last ? Severity::Warning : Severity::Good;
    if (last) {
        concern.value = unknown ? tr("%1 with unknown outcome").arg(unknown) : tr("%1 written in part").arg(partly);
        concern.news = last->object;
        concern.lines = {last->summary};
    } else {
        concern.value = tr("every outcome is known");
    }
    add(std::move(concern));
}

QList<Activity> Overview::activities() const
{
    QList<Activity> list;
    for (const Running &running : m_running)
        list.append(running.activity);
    return list;
}

quint64 Overview::begin(const QString &title, std::function<void()> cancel)
{
    Activity activity;
    activity.id = m_nextId++;
    activity.title = title;
    activity.canCancel = static_cast<bool>(cancel);
    m_running.push_back({activity, std::move(cancel)});
    Q_EMIT activitiesChanged();
    return activity.id;
}

void Overview::progress(quint64 id, const QString &text, double fraction)
{
    for (Running &running : m_running) {
        if (running.activity.id == id) {
            running.activity.progress = text;
            running.activity.fraction = fraction;
            Q_EMIT activitiesChanged();
            return;
        }
    }
}

void Overview::end(quint64 id)
{
    std::erase_if(m_running, [id](const Running &running) { return running.activity.id == id; });
    Q_EMIT activitiesChanged();
}

void Overview::cancel(quint64 activityId)
{
    for (const Running &running : m_running) {
        if (running.activity.id == activityId && running.cancel) {
            const auto cancelIt = running.cancel; // it may end the activity, and with it this entry
            cancelIt();
            return;
        }
    }
}

} // namespace fairway::engine
