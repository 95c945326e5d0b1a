#include "widgets/routes/marked_row.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QFontMetrics>
#include <QPainter>

#include <utility>

namespace fairway::ui {

namespace {
constexpr int Gutter = 24; // of the mark
constexpr int Pad = 6;
constexpr int Wrap = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap | Qt::TextWrapAnywhere;

QRect textRect(int width)
{
    return {Gutter, Pad, std::max(40, width - Gutter - Pad), 10000};
}
} // namespace

MarkedRow::MarkedRow(Content content, QWidget *parent)
    : QAbstractButton(parent)
    , m_content(std::move(content))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(m_content.canBePressed ? Qt::StrongFocus : Qt::NoFocus);
    setEnabled(m_content.canBePressed);
    setCursor(m_content.canBePressed ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QFont MarkedRow::titleFont() const
{
    return theme().font(m_content.isStrong ? FontRole::Strong : FontRole::Body);
}

int MarkedRow::heightForWidth(int width) const
{
    const QRect room = textRect(width);
    int height = QFontMetrics(titleFont()).boundingRect(room, Wrap, m_content.title).height();
    height += QFontMetrics(theme().font(FontRole::MonoTiny)).height() + 2;
    if (!m_content.words.isEmpty()) {
        height += QFontMetrics(theme().font(FontRole::Small)).boundingRect(room, Wrap, m_content.words).height() + 2;
    }
    return height + 2 * Pad;
}

QSize MarkedRow::sizeHint() const
{
    return {320, heightForWidth(std::max(width(), 240))};
}

QSize MarkedRow::minimumSizeHint() const
{
    return {120, 32};
}

void MarkedRow::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void MarkedRow::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void MarkedRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_content.isFramed || (isEnabled() && underMouse())) {
        paint::box(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5),
            theme().color(m_content.isFramed ? Token::Selection : Token::Hover), m_content.isFramed ? theme().color(Token::Accent) : QColor());
    }
    if (hasFocus()) {
        paint::focusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1));
    }
    paintLineIcon(painter, m_content.icon, theme().color(m_content.iconToken), QPointF(5, Pad + 1), 14);
    QRect room = textRect(width());
    const auto draw = [&](const QFont &font, Token color, const QString &text) {
        painter.setFont(font);
        painter.setPen(theme().color(color));
        QRect taken;
        painter.drawText(room, Wrap, text, &taken);
        room.setTop(room.top() + taken.height() + 2);
    };
    draw(titleFont(), m_content.titleToken, m_content.title);
    const QFont mono = theme().font(FontRole::MonoTiny);
    painter.setFont(mono);
    painter.setPen(theme().color(Token::Muted));
    const QFontMetrics metrics(mono);
    painter.drawText(QPoint(room.left(), room.top() + metrics.ascent()), metrics.elidedText(m_content.place, Qt::ElideMiddle, room.width()));
    room.setTop(room.top() + metrics.height() + 2);
    if (!m_content.words.isEmpty()) {
        draw(theme().font(FontRole::Small), Token::Muted, m_content.words);
    }
}

} // namespace fairway::ui
