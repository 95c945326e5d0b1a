#include "widgets/common/finding_list.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

class SeverityIcon final : public QWidget {
public:
    explicit SeverityIcon(engine::Severity severity)
        : m_severity(severity)
    {
        setFixedSize(16, 18);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintLineIcon(painter, Theme::severityIcon(m_severity), theme().severityColor(m_severity), QPointF(0, 1));
    }

private:
    engine::Severity m_severity;
};

/// "IST0101 · KIA1107"
QString codesOf(const engine::Finding &finding)
{
    return finding.kialiCode.isEmpty() ? finding.code : QStringLiteral("%1 · %2").arg(finding.code, finding.kialiCode);
}

} // namespace

FindingList::FindingList(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
}

void FindingList::setFindings(const QList<engine::Finding> &findings)
{
    if (findings == m_findings)
        return;
    m_findings = findings;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (QWidget *row = item->widget()) {
            row->hide();
            row->deleteLater();
        }
        delete item;
    }
    bool isFirst = true;
    for (const auto &finding : findings) {
        if (!isFirst)
            m_rows->addWidget(new Hairline);
        isFirst = false;
        auto *row = new QWidget;
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 7, 0, 7);
        line->setSpacing(8);
        line->addWidget(new SeverityIcon(finding.severity), 0, Qt::AlignTop);
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        auto *title = new TextLabel(finding.title, FontRole::Strong);
        title->setWordWrap(true);
        column->addWidget(title);
        QString detail = finding.detail;
        if (!finding.code.isEmpty())
            detail += detail.isEmpty() ? codesOf(finding) : QStringLiteral(" (%1)").arg(codesOf(finding));
        if (!detail.isEmpty()) {
            auto *text = new TextLabel(detail, FontRole::Small, Token::Muted);
            text->setWordWrap(true);
            column->addWidget(text);
        }
        auto *steps = new QHBoxLayout;
        steps->setSpacing(12);
        const auto addStep = [&](const QString &label, auto signal) {
            auto *step = new QPushButton(label);
            setButtonKind(step, ButtonKind::Link);
            setCompact(step);
            step->setAccessibleName(tr("%1: %2").arg(label, finding.title));
            connect(step, &QPushButton::clicked, this, [this, finding, signal] { Q_EMIT (this->*signal)(finding); });
            steps->addWidget(step);
        };
        if (!finding.action.isEmpty())
            addStep(finding.action, &FindingList::actionTriggered);
        if (finding.canMend)
            addStep(tr("Mend…"), &FindingList::mendTriggered);
        steps->addStretch(1);
        if (steps->count() > 1)
            column->addLayout(steps);
        else
            delete steps;
        line->addLayout(column, 1);
        const QString where = QStringList {finding.object, finding.path}.join(QLatin1Char(' ')).trimmed();
        row->setToolTip(where);
        m_rows->addWidget(row);
    }
    updateGeometry();
}

} // namespace fairway::ui
