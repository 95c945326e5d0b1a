#include "widgets/charts/editor_notes.h"

#include "widgets/theme/icons.h"

#include <QPainter>

#include <algorithm>

namespace fairway::ui {
namespace {

constexpr int LeastRoom = 40;

Token markToken(LineMark::Kind kind)
{
    switch (kind) {
    case LineMark::Kind::Error: return Token::Bad;
    case LineMark::Kind::Warning: return Token::Warning;
    case LineMark::Kind::Winner: return Token::Accent;
    default: return Token::Muted;
    }
}

} // namespace

void paintNote(QPainter &painter, const LineMark &mark, const QRect &room)
{
    if (room.width() < LeastRoom)
        return;
    const Theme &t = theme();
    painter.setFont(t.font(FontRole::Tiny));
    painter.setPen(t.color(markToken(mark.kind)));
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, painter.fontMetrics().elidedText(mark.note, Qt::ElideRight, room.width()));
}

void paintHeader(QPainter &painter, const LineHeader &header, const QRect &row, qsizetype count, bool isFolded)
{
    const Theme &t = theme();
    const int top = row.top();
    const int height = row.height();
    painter.fillRect(row, t.color(Token::Surface));
    painter.fillRect(row.left(), top, row.width(), 1, t.color(Token::Line));
    paintLineIcon(painter, isFolded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), t.color(Token::Muted), QPointF(6, top + (height - 14) / 2.0), 14);
    painter.setFont(t.font(FontRole::Small));
    painter.setPen(t.color(Token::Muted));
    const int numberWidth = std::max(24, painter.fontMetrics().horizontalAdvance(QString::number(count)));
    painter.drawText(QRect(22, top, numberWidth, height), Qt::AlignRight | Qt::AlignVCenter, QString::number(header.number));
    const int noteWidth = painter.fontMetrics().horizontalAdvance(header.note);
    painter.drawText(row.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, header.note);
    int x = 22 + numberWidth + 8;
    const int right = row.right() - 12 - noteWidth - 12;
    painter.setFont(t.font(FontRole::Medium));
    painter.setPen(t.color(Token::Text));
    const QString title = painter.fontMetrics().elidedText(header.title, Qt::ElideRight, right - x);
    painter.drawText(QRect(x, top, right - x, height), Qt::AlignVCenter, title);
    x += painter.fontMetrics().horizontalAdvance(title) + 8;
    if (right - x < 24)
        return;
    painter.setFont(t.font(FontRole::Small));
    painter.setPen(t.color(Token::Muted));
    painter.drawText(QRect(x, top, right - x, height), Qt::AlignVCenter, painter.fontMetrics().elidedText(header.name, Qt::ElideRight, right - x));
}

} // namespace fairway::ui
