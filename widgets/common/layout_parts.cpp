#include "widgets/common/layout_parts.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/style_controls.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fairway::ui {
namespace {

/// Title and note on one baseline, then stretch; controls follow.
QHBoxLayout *headRow(QWidget *owner, QWidget *title, QWidget *note, const QMargins &margins)
{
    auto *row = new QHBoxLayout(owner);
    row->setContentsMargins(margins);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(note, 1);
    return row;
}

} // namespace

Hairline::Hairline(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Hairline::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), theme().color(Token::Line));
}

Panel::Panel(Token background, Qt::Edges lines, QWidget *parent)
    : QWidget(parent)
    , m_background(background)
    , m_lines(lines)
{
}

void Panel::setRounded(bool isRounded)
{
    m_isRounded = isRounded;
    update();
}

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor line = theme().color(Token::Line);
    if (m_isRounded) {
        paint::box(painter, rect(), theme().color(m_background), line, 7);
        return;
    }
    painter.fillRect(rect(), theme().color(m_background));
    if (m_lines.testFlag(Qt::TopEdge))
        painter.fillRect(QRect(0, 0, width(), 1), line);
    if (m_lines.testFlag(Qt::BottomEdge))
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    if (m_lines.testFlag(Qt::LeftEdge))
        painter.fillRect(QRect(0, 0, 1, height()), line);
    if (m_lines.testFlag(Qt::RightEdge))
        painter.fillRect(QRect(width() - 1, 0, 1, height()), line);
}

SectionHeader::SectionHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel(title, FontRole::Strong))
    , m_note(new ElidedLabel({}, FontRole::Small, Token::Muted))
    , m_row(headRow(this, m_title, m_note, {}))
{
    setFixedHeight(24);
}

void SectionHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void SectionHeader::setNote(const QString &note)
{
    m_note->setText(note);
}

void SectionHeader::addWidget(QWidget *control)
{
    m_row->addWidget(control);
}

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel(title, FontRole::Title))
    , m_note(new ElidedLabel({}, FontRole::Body, Token::Muted))
    , m_row(headRow(this, m_title, m_note, {16, 0, 16, 1}))
{
    setFixedHeight(48);
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setNote(const QString &note)
{
    m_note->setText(note);
}

void PageHeader::addLead(QWidget *widget)
{
    m_row->insertWidget(m_row->indexOf(m_note), widget);
}

void PageHeader::addWidget(QWidget *control)
{
    m_row->addWidget(control);
}

void PageHeader::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), theme().color(Token::Line));
}

} // namespace fairway::ui
