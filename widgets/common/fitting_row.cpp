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
    if (m_isFitting || width() <= 0)
        return;
    m_isFitting = true; // showing and hiding asks for a layout again
    for (const QList<QWidget *> &parts : std::as_const(m_spare)) {
        for (QWidget *part : parts)
            part->show();
    }
    m_row->invalidate();
    for (qsizetype i = m_spare.size() - 1; i >= 0 && m_row->sizeHint().width() > width(); --i) {
        for (QWidget *part : std::as_const(m_spare[i]))
            part->hide();
        m_row->invalidate();
    }
    m_row->activate();
    m_isFitting = false;
}

} // namespace fairway::ui
