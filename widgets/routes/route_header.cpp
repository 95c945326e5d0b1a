#include "widgets/routes/route_header.h"

#include "widgets/common/badge.h"

namespace fairway::ui {

RouteHeader::RouteHeader(QWidget *parent)
    : PageHeader({}, parent), m_kind(new KindBadge), m_drafts(new Badge), m_owner(new Badge({}, Tone::Warning))
{
    addLead(m_kind);
    addWidget(m_owner);
    addWidget(m_drafts);
}

void RouteHeader::setRoute(const engine::RouteDetail &detail, int draftsHere, int drafts)
{
    setTitle(detail.row.name);
    m_kind->setText(detail.row.kind);
    m_kind->setVisible(!detail.row.kind.isEmpty());
    setNote(detail.generation > 0 ? tr("%1 · gen %2").arg(detail.row.ns).arg(detail.generation) : detail.row.ns);
    m_drafts->setText(draftsHere > 0 ? draftsText(draftsHere) : drafts == 1 ? tr("1 draft on another route") : tr("%1 drafts on other routes").arg(drafts));
    m_drafts->setVisible(drafts > 0);
    m_owner->setText(tr("owned by %1").arg(detail.owner));
    m_owner->setVisible(!detail.owner.isEmpty());
}

QString RouteHeader::draftsText(int count)
{
    return count == 1 ? tr("1 draft, not applied") : tr("%1 drafts, not applied").arg(count);
}

} // namespace fairway::ui
