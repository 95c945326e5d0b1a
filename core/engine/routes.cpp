#include "core/engine/routes.h"

#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <utility>

namespace fairway::engine {

Routes::Routes(Contexts &contexts, std::function<bool(const QString &object)> isMine)
    : m_contexts(contexts)
    , m_isMine(std::move(isMine))
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
    QStringList changed;
    for (auto entry = picture->entries.cbegin(); entry != picture->entries.cend(); ++entry) {
        if (!before || before->entries.value(entry.key()) != entry.value())
            changed.append(entry.key());
    }
    if (before) {
        for (auto entry = before->entries.cbegin(); entry != before->entries.cend(); ++entry) {
            if (!picture->entries.contains(entry.key()))
                changed.append(entry.key());
        }
    }
    for (const QString &id : std::as_const(changed))
        Q_EMIT detailChanged(id);
}

void Routes::forget()
{
    m_picture.reset();
    m_rows.clear();
    Q_EMIT rowsChanged();
}

void Routes::refresh()
{
    QList<RouteRow> rows;
    if (m_picture) {
        const QString ns = m_contexts.currentNamespace();
        for (RouteRow row : m_picture->rows) {
            if (!ns.isEmpty() && row.ns != ns)
                continue;
            row.isMine = m_isMine(row.kind + QLatin1Char(' ') + row.ns + QLatin1Char('/') + row.name);
            rows.append(std::move(row));
        }
    }
    if (rows == m_rows)
        return;
    m_rows = std::move(rows);
    Q_EMIT rowsChanged();
}

std::shared_ptr<const RouteEntry> Routes::entry(const QString &routeId) const
{
    return m_picture ? m_picture->entries.value(routeId) : nullptr;
}

bool Routes::detail(const QString &routeId, RouteDetail *out) const
{
    const auto found = entry(routeId);
    if (!found)
        return false;
    *out = found->detail;
    // One object, at most a few hundred kilobytes by the API's own limit: quick enough for the moment it is looked at.
    if (const auto parsed = found->object.parse())
        out->yaml = toQString(value::toYaml(*parsed));
    for (const RouteRow &row : m_rows) {
        if (row.id == routeId)
            out->row = row;
    }
    return true;
}

QList<Finding> Routes::draftFindings(const WeightDraft &draft) const
{
    const auto found = entry(draft.routeId);
    return found ? findingsOfDraft(*found, draft) : QList<Finding> {};
}

} // namespace fairway::engine
