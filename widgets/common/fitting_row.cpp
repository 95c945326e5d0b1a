#include "widgets/common/fitting_row.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QResizeEvent>

namespace fairway::ui {

FittingRow::FittingRow(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
}

QSize FittingRow::minimumSizeHint() const
{
    return {0, m_row->minimumSize().height()};
}

void FittingRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

bool FittingRow::event(QEvent *event)
{
    const bool isHandled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return isHandled;
}

void FittingRow::fit()
{
    if (width() <= 0)
        return;
    const auto widthOf = [this](const QList<QWidget *> &parts) {
        int sum = 0;
        for (const QWidget *part : parts)
            sum += part->sizeHint().width() + m_row->spacing();
        return sum;
    };
    int wanted = m_row->sizeHint().width();
    for (const QList<QWidget *> &parts : std::as_const(m_spare)) {
        if (parts.first()->isHidden())
            wanted += widthOf(parts);
    }
    // Shown or hidden only where that changes something: each change asks for a layout, and so for this, again.
    for (qsizetype i = m_spare.size() - 1; i >= 0; --i) {
        const bool isLeftOut = wanted > width();
        if (isLeftOut)
            wanted -= widthOf(m_spare[i]);
        for (QWidget *part : std::as_const(m_spare[i])) {
            if (part->isHidden() != isLeftOut)
                part->setHidden(isLeftOut);
        }
    }
}

} // namespace fairway::ui
