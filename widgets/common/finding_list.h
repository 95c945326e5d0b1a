#pragma once

#include "core/engine/types.h"

#include <QWidget>

class QVBoxLayout;

namespace fairway::ui {

/// Findings one below the other: icon, title, detail, the next step as a link, and one to what would mend it. Updates in place.
class FindingList : public QWidget {
    Q_OBJECT
public:
    explicit FindingList(QWidget *parent = nullptr);
    void setFindings(const QList<engine::Finding> &findings);

Q_SIGNALS:
    void actionTriggered(const fairway::engine::Finding &finding);
    void mendTriggered(const fairway::engine::Finding &finding);

private:
    QVBoxLayout *m_rows;
    QList<engine::Finding> m_findings;
};

} // namespace fairway::ui
