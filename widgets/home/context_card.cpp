#include "widgets/home/context_card.h"

#include "widgets/common/badge.h"
#include "widgets/common/format.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QPainter>
#include <QPainterPath>

namespace fairway::ui {
namespace {

struct Status {
    QString text;
    Token ink = Token::Muted;
    Token dot = Token::Muted;
};

Status statusOf(const engine::ContextInfo &context, bool isCurrent, const engine::ConnectionState &state)
{
    using engine::Connection;
    if (!context.problem.isEmpty())
        return {ContextCard::tr("Can't be used"), Token::Warning, Token::Warning};
    if (!isCurrent)
        return {context.isPractice ? ContextCard::tr("Ready to start") : ContextCard::tr("Not connected")};
    switch (state.state) {
    case Connection::Live: return {ContextCard::tr("Live"), Token::Text, Token::Good};
    case Connection::Stale:
        return {ContextCard::tr("Stale since %1").arg(clockTime(state.since, QDateTime::currentDateTime())), Token::Warning,
            Token::Warning};
    case Connection::Failed: return {ContextCard::tr("Can't connect"), Token::Bad, Token::Bad};
    case Connection::Connecting:
    case Connection::CatchingUp: return {ContextCard::tr("Connecting…")};
    case Connection::None: break;
    }
    return {ContextCard::tr("Not connected")};
}

} // namespace

ContextCard::ContextCard(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ContextCard::setContext(
    const engine::ContextInfo &context, bool isCurrent, const engine::ConnectionState &state, int concerns)
{
    m_context = context;
    m_isCurrent = isCurrent;
    m_state = state;
    m_concerns = concerns;
    setEnabled(context.problem.isEmpty());
    setAccessibleName(tr("Context card %1").arg(context.name));
    setAccessibleDescription(statusOf(context, isCurrent, state).text);
    setToolTip(!context.problem.isEmpty() ? context.problem
            : isCurrent                   ? context.server
                                          : tr("Switch to %1 (%2)").arg(context.name, context.server));
    update();
}

void ContextCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    const QRectF frame(rect());
    paint::box(painter, frame, t.color(underMouse() && isEnabled() && !m_isCurrent ? Token::Hover : Token::Surface),
        m_isCurrent ? t.color(Token::Muted) : t.color(Token::Line), 7);
    int x = 12;
    if (m_context.isProduction) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        QPainterPath shape;
        shape.addRoundedRect(frame.adjusted(1, 1, -1, -1), 6, 6);
        painter.setClipPath(shape);
        painter.setClipRect(QRectF(1, 1, 5, height() - 2), Qt::IntersectClip);
        painter.setPen(QPen(t.color(Token::ContextProduction), 5));
        for (int y = -8; y < height() + 16; y += 14)
            painter.drawLine(QPointF(-4, y + 10), QPointF(12, y - 6));
        painter.restore();
        x = 18;
    }
    if (hasFocus())
        paint::focusRing(painter, frame, 7);
    paintContextTile(painter, QPointF(x, 14), m_context);
    painter.setFont(t.font(FontRole::Strong));
    painter.setPen(t.color(isEnabled() ? Token::Text : Token::Muted));
    const QString mark = m_context.isProduction ? tr("PRODUCTION") : m_context.isPractice ? tr("practice") : QString();
    QFont markFont = t.font(FontRole::Tiny);
    markFont.setWeight(QFont::DemiBold);
    const int markWidth = mark.isEmpty() ? 0 : QFontMetrics(markFont).horizontalAdvance(mark) + 8;
    const int room = width() - x - 24 - 12 - markWidth;
    const QString name = painter.fontMetrics().elidedText(m_context.name, Qt::ElideMiddle, room);
    painter.drawText(QRect(x + 24, 10, room + 2, 24), Qt::AlignVCenter, name);
    const int nameWidth = painter.fontMetrics().horizontalAdvance(name);
    // A name like the mark needs no mark: "practice practice" says nothing more.
    if (!mark.isEmpty() && mark != m_context.name) {
        painter.setFont(markFont);
        painter.setPen(t.contextColor(m_context));
        painter.drawText(QRect(x + 24 + nameWidth + 8, 10, markWidth, 24), Qt::AlignVCenter, mark);
    }
    int used = 0;
    const Status status = statusOf(m_context, m_isCurrent, m_state);
    paint::box(painter, QRectF(x + 1, 48, 8, 8), t.color(status.dot), QColor(), 4);
    painter.setFont(t.font(FontRole::Body));
    painter.setPen(t.color(status.ink));
    painter.drawText(QRect(x + 16, 40, width() - x - 16, 24), Qt::AlignVCenter, status.text);
    // Nothing is known of a cluster that has not answered.
    const bool isKnown = m_state.state == engine::Connection::Live || m_state.state == engine::Connection::Stale;
    if (m_isCurrent && isKnown) {
        const int at = x + 16 + painter.fontMetrics().horizontalAdvance(status.text) + 8;
        const QString concerns = m_concerns == 0 ? tr("no concern")
            : m_concerns == 1                      ? tr("1 concern")
                                                   : tr("%1 concerns").arg(m_concerns);
        painter.fillRect(QRect(at, 45, 1, 14), t.color(Token::Line));
        painter.setFont(t.font(m_concerns == 0 ? FontRole::Body : FontRole::Strong));
        painter.setPen(t.color(m_concerns == 0 ? Token::Muted : Token::Text));
        painter.drawText(QRect(at + 9, 40, width() - at - 9, 24), Qt::AlignVCenter, concerns);
        used = at + 9 + painter.fontMetrics().horizontalAdvance(concerns);
    }
    const QString lock = m_context.isLocked ? tr("Locked") : tr("Writable");
    painter.setFont(t.font(FontRole::Body));
    painter.setPen(t.color(Token::Muted));
    const int lockWidth = painter.fontMetrics().horizontalAdvance(lock);
    if (width() - 12 - lockWidth - 28 > std::max(used, x + 120) && isEnabled()) {
        painter.drawText(QRect(width() - 12 - lockWidth, 40, lockWidth + 2, 24), Qt::AlignVCenter, lock);
        paintLineIcon(painter, m_context.isLocked ? QStringLiteral("lock") : QStringLiteral("unlock"), t.color(Token::Muted),
            QPointF(width() - 12 - lockWidth - 20, 45), 14);
    }
}

} // namespace fairway::ui
