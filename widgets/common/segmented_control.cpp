#include "widgets/common/segmented_control.h"

#include "widgets/theme/button_kind.h"
#include "widgets/theme/style_controls.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

namespace fairway::ui {

SegmentedControl::SegmentedControl(const QList<QAbstractButton *> &buttons, QWidget *parent)
    : QWidget(parent)
    , m_buttons(buttons)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1); // the frame
    row->setSpacing(1);                  // the hairlines
    auto *group = new QButtonGroup(this);
    for (QAbstractButton *button : buttons) {
        button->setCheckable(true);
        setButtonKind(button, ButtonKind::Segment);
        setCompact(button);
        button->setFixedHeight(22);
        group->addButton(button);
        row->addWidget(button);
    }
    if (!buttons.isEmpty())
        buttons.first()->setChecked(true);
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor line = theme().color(Token::Line);
    paint::box(painter, rect(), QColor(), line, 6);
    const QAbstractButton *before = nullptr; // of those that are shown
    for (const QAbstractButton *button : m_buttons) {
        if (!button->isVisibleTo(this))
            continue;
        if (before)
            painter.fillRect(QRect(button->x() - 1, 1, 1, height() - 2), line);
        before = button;
    }
}

} // namespace fairway::ui
