#pragma once

#include "core/engine/types.h"
#include "widgets/common/layout_parts.h"

namespace fairway::ui {

class Badge;
class KindBadge;

/// The head of the Routes page: the route's kind, name and generation, who owns it, and how many drafts there are.
class RouteHeader final : public PageHeader {
    Q_OBJECT
public:
    explicit RouteHeader(QWidget *parent = nullptr);
    /// `draftsHere`: of this route; `drafts`: of all routes.
    void setRoute(const engine::RouteDetail &detail, int draftsHere, int drafts);
    [[nodiscard]] static QString draftsText(int count); ///< "1 draft, not applied"

private:
    KindBadge *m_kind;
    Badge *m_drafts;
    Badge *m_owner;
};

} // namespace fairway::ui
