#include "core/engine/routes.h"

#include "core/engine/mesh_drawing.h"
#include "core/engine/route_preview.h"
#include "core/engine/route_row.h"
#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

/// What came, went or is another value.
template <typename Value>
QStringList changedKeys(const QHash<QString, Value> &old, const QHash<QString, Value> &fresh)
{
    QStringList changed;
    for (auto entry = fresh.cbegin(); entry != fresh.cend(); ++entry) {
        if (old.value(entry.key()) != entry.value())
            changed.append(entry.key());
    }
    for (auto entry = old.cbegin(); entry != old.cend(); ++entry) {
        if (!fresh.contains(entry.key()))
            changed.append(entry.key());
    }
    return changed;
}

} // namespace

Routes::Routes(Contexts &contexts, std::function<bool(const QString &object)> isMine, TaskThread &worker,
    std::shared_ptr<GuiDispatcher::Poster> poster)
    : m_contexts(contexts)
    , m_isMine(std::move(isMine))
    , m_worker(worker)
    , m_poster(std::move(poster))
{
}

void Routes::takePicture(const std::shared_ptr<const RoutePicture> &picture)
{
    const auto before = std::exchange(m_picture, picture);
    const bool wasLoaded = before && before->isLoaded;
    const bool hasNewState = !before || wasLoaded != picture->isLoaded || before->problem != picture->problem;
    const QList<RouteRow> rows = m_rows;
    refresh();
    if (hasNewState && rows == m_rows)
        Q_EMIT rowsChanged(); // refresh() says so only when a row changed
    tellChanges(before.get(), picture.get());
}

void Routes::tellChanges(const RoutePicture *before, const RoutePicture *now)
{
    const RoutePicture none;
    const auto &old = (before ? before : &none)->entries;
    const auto &fresh = (now ? now : &none)->entries;
    for (const QString &id : changedKeys(old, fresh))
        Q_EMIT detailChanged(id);
}

void Routes::drawMesh(const MeshRequest &request)
{
    if (!m_meshThread)
        m_meshThread = std::make_unique<TaskThread>();
    QList<std::shared_ptr<const RouteEntry>> entries;
    for (const RouteRow &row : std::as_const(m_rows))
        entries.append(entry(row.id));
    m_meshThread->post([this, entries, request, wanted = ++*m_meshWanted, newest = m_meshWanted, poster = m_poster] {
        if (wanted != *newest)
            return;
        poster->post([this, wanted, picture = drawnMesh(entries, request)] {
            if (wanted == *m_meshWanted)
                Q_EMIT meshDrawn(picture);
        });
    });
}

void Routes::showPreview(const RoutePreview &preview)
{
    m_worker.post([this, preview, wanted = ++m_previewWanted, poster = m_poster] {
        const auto picture = previewPicture(preview, QDateTime::currentDateTimeUtc());
        poster->post([this, wanted, source = preview.source, picture] {
            if (wanted == m_previewWanted)
                takePreview(source, picture);
        });
    });
}

void Routes::closePreview()
{
    ++m_previewWanted;
    if (m_preview)
        takePreview({}, nullptr);
}

void Routes::takePreview(const QString &source, const std::shared_ptr<const RoutePicture> &picture)
{
    const auto before = std::exchange(m_preview, picture);
    m_previewSource = source;
    m_previewChecks.clear();
    const bool isOther = !before != !picture;
    const QList<RouteRow> rows = m_rows;
    refresh();
    if (isOther && rows == m_rows)
        Q_EMIT rowsChanged();
    Q_EMIT previewChanged();
    tellChanges(before.get(), picture.get());
}

void Routes::forget()
{
    cancelComparing();
    m_picture.reset();
    m_checks.clear();
    if (!m_preview)
        m_rows.clear();
    Q_EMIT rowsChanged();
}

void Routes::refresh()
{
    QList<RouteRow> rows;
    if (m_preview) {
        for (const RouteRow &row : m_preview->rows) // of every namespace: the one chosen is the cluster's
            rows.append(withFindings(row, m_previewChecks.value(row.id)));
    } else if (m_picture) {
        const QString ns = m_contexts.currentNamespace();
        for (RouteRow row : m_picture->rows) {
            if (!ns.isEmpty() && row.ns != ns)
                continue;
            row.isMine = m_isMine(row.kind + QLatin1Char(' ') + row.ns + QLatin1Char('/') + row.name);
            rows.append(withFindings(std::move(row), m_checks.value(row.id)));
        }
    }
    if (rows == m_rows)
        return;
    m_rows = std::move(rows);
    Q_EMIT rowsChanged();
}

void Routes::takeChecks(const CheckedRoutes &checks)
{
    replaceChecks(m_checks, checks);
}

void Routes::takePreviewChecks(const CheckedRoutes &checks)
{
    replaceChecks(m_previewChecks, checks);
}

void Routes::replaceChecks(CheckedRoutes &checks, const CheckedRoutes &fresh)
{
    const QStringList changed = changedKeys(checks, fresh);
    if (changed.isEmpty())
        return;
    checks = fresh;
    refresh();
    for (const QString &id : changed)
        Q_EMIT detailChanged(id);
}

std::shared_ptr<const RouteEntry> Routes::entry(const QString &routeId) const
{
    // Ids of previews are their own: what is open of the cluster stays known meanwhile.
    const auto &picture = isPreviewId(routeId) ? m_preview : m_picture;
    return picture ? picture->entries.value(routeId) : nullptr;
}

bool Routes::detail(const QString &routeId, RouteDetail *out) const
{
    const auto found = entry(routeId);
    if (!found)
        return false;
    *out = found->detail;
    out->findings += (isPreviewId(routeId) ? m_previewChecks : m_checks).value(routeId);
    std::stable_sort(out->findings.begin(), out->findings.end(), [](const Finding &a, const Finding &b) { return a.severity > b.severity; });
    // One object, at most a few hundred kilobytes by the API's own limit: quick enough for the moment it is looked at.
    if (const auto parsed = found->object.parse())
        out->yaml = toQString(value::toYaml(*parsed));
    for (const RouteRow &row : m_rows) {
        if (row.id == routeId)
            out->row = row;
    }
    return true;
}

QList<Finding> Routes::draftFindings(const RouteDraft &draft) const
{
    const auto found = entry(draft.routeId);
    return found ? findingsOfDraft(*found, draft) : QList<Finding> {};
}

} // namespace fairway::engine
