#include "widgets/routes/xray_rule_row.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"
#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace fairway::ui {

namespace {
using State = engine::XrayRule::State;
constexpr int Gutter = 24; // of the mark
constexpr int Pad = 6;
constexpr int Wrap = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap | Qt::TextWrapAnywhere;

QString stateWord(State state)
{
    switch (state) {
    case State::Taken: return XrayRuleRow::tr("Takes it");
    case State::Passed: return XrayRuleRow::tr("Does not match");
    case State::NotHeld: break;
    }
    return XrayRuleRow::tr("Not loaded here");
}

QFont titleFont(State state)
{
    return theme().font(state == State::Taken ? FontRole::Strong : FontRole::Body);
}
} // namespace

XrayRuleRow::XrayRuleRow(const engine::XrayRule &rule, QWidget *parent)
    : QAbstractButton(parent)
    , m_rule(rule)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(rule.routeId.isEmpty() ? Qt::NoFocus : Qt::StrongFocus);
    setEnabled(!rule.routeId.isEmpty());
    setCursor(rule.routeId.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setAccessibleName(tr("%1: %2").arg(stateWord(rule.state), rule.title));
    setAccessibleDescription(rule.reason);
    setToolTip(rule.routeId.isEmpty() ? place() : tr("Show %1").arg(place()));
}

QString XrayRuleRow::place() const
{
    return m_rule.field.isEmpty() ? m_rule.object : m_rule.object + QLatin1Char(' ') + m_rule.field;
}

QRect XrayRuleRow::textRect(int width) const
{
    return {Gutter, Pad, std::max(40, width - Gutter - Pad), 10000};
}

int XrayRuleRow::heightForWidth(int width) const
{
    const QRect room = textRect(width);
    int height = QFontMetrics(titleFont(m_rule.state)).boundingRect(room, Wrap, m_rule.title).height();
    height += QFontMetrics(theme().font(FontRole::MonoTiny)).height() + 2;
    if (!m_rule.reason.isEmpty()) {
        height += QFontMetrics(theme().font(FontRole::Small)).boundingRect(room, Wrap, m_rule.reason).height() + 2;
    }
    return height + 2 * Pad;
}

QSize XrayRuleRow::sizeHint() const
{
    return {320, heightForWidth(std::max(width(), 240))};
}

QSize XrayRuleRow::minimumSizeHint() const
{
    return {120, 32};
}

void XrayRuleRow::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void XrayRuleRow::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void XrayRuleRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isTaken = m_rule.state == State::Taken;
    if (isTaken || (isEnabled() && underMouse())) {
        paint::box(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme().color(isTaken ? Token::Selection : Token::Hover),
            isTaken ? theme().color(Token::Accent) : QColor());
    }
    if (hasFocus()) {
        paint::focusRing(painter, QRectF(rect()).adjusted(1, 1, -1, -1));
    }
    const QString icon = isTaken ? QStringLiteral("check-circle") : m_rule.state == State::Passed ? QStringLiteral("close") : QStringLiteral("minus");
    paintLineIcon(painter, icon, theme().color(isTaken ? Token::Good : Token::Muted), QPointF(5, Pad + 1), 14);
    QRect room = textRect(width());
    const auto draw = [&](const QFont &font, Token color, const QString &text) {
        painter.setFont(font);
        painter.setPen(theme().color(color));
        QRect taken;
        painter.drawText(room, Wrap, text, &taken);
        room.setTop(room.top() + taken.height() + 2);
    };
    draw(titleFont(m_rule.state), m_rule.state == State::NotHeld ? Token::Muted : Token::Text, m_rule.title);
    const QFont mono = theme().font(FontRole::MonoTiny);
    painter.setFont(mono);
    painter.setPen(theme().color(Token::Muted));
    const QFontMetrics metrics(mono);
    painter.drawText(QPoint(room.left(), room.top() + metrics.ascent()), metrics.elidedText(place(), Qt::ElideMiddle, room.width()));
    room.setTop(room.top() + metrics.height() + 2);
    if (!m_rule.reason.isEmpty()) {
        draw(theme().font(FontRole::Small), Token::Muted, m_rule.reason);
    }
}

} // namespace fairway::ui
