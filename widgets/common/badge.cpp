#include "widgets/common/badge.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QAccessible>
#include <QPainter>

namespace fairway::ui {
namespace {

constexpr int BadgeHeight = 20;
constexpr int KindHeight = 18;

QString toneIcon(Tone tone)
{
    switch (tone) {
    case Tone::Good: return QStringLiteral("check");
    case Tone::Warning: return QStringLiteral("warning");
    case Tone::Bad: return QStringLiteral("error");
    case Tone::Neutral:
    case Tone::Accent: break;
    }
    return {};
}

} // namespace

Token toneToken(Tone tone)
{
    switch (tone) {
    case Tone::Good: return Token::Good;
    case Tone::Warning: return Token::Warning;
    case Tone::Bad: return Token::Bad;
    case Tone::Accent: return Token::Accent;
    case Tone::Neutral: break;
    }
    return Token::Muted;
}

Badge::Badge(const QString &text, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
{
    setFont(theme().font(FontRole::Small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setTone(tone);
    setText(text);
}

void Badge::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setTone(Tone tone)
{
    m_tone = tone;
    m_icon = toneIcon(tone);
    updateGeometry();
    update();
}

void Badge::setIcon(const QString &name)
{
    m_icon = name;
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 15 + (m_icon.isEmpty() ? 0 : 18), BadgeHeight};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    const QColor ink = t.color(m_tone == Tone::Neutral ? Token::Text : toneToken(m_tone));
    paint::box(painter, rect(), QColor(), m_tone == Tone::Neutral ? t.color(Token::Line) : ink, 5);
    int x = 7;
    if (!m_icon.isEmpty()) {
        paintLineIcon(painter, m_icon, ink, QPointF(x - 1, 3), 14);
        x += 18;
    }
    painter.setPen(ink);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

KindBadge::KindBadge(const QString &text, QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void KindBadge::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize KindBadge::sizeHint() const
{
    return {kindBadgeWidth(m_text), KindHeight};
}

void KindBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintKindBadge(painter, QPointF(0, height() / 2.0), m_text);
}

int kindBadgeWidth(const QString &text)
{
    return QFontMetrics(theme().font(FontRole::MonoTiny)).horizontalAdvance(text) + 10;
}

int paintKindBadge(QPainter &painter, const QPointF &leftMiddle, const QString &text)
{
    const int width = kindBadgeWidth(text);
    const QRectF rect(leftMiddle.x(), leftMiddle.y() - KindHeight / 2.0, width, KindHeight);
    paint::box(painter, rect, QColor(), theme().color(Token::Line), 4);
    painter.save();
    painter.setFont(theme().font(FontRole::MonoTiny));
    painter.setPen(theme().color(Token::Muted));
    painter.drawText(rect, Qt::AlignCenter, text);
    painter.restore();
    return width;
}

void paintContextTile(QPainter &painter, const QPointF &topLeft, const engine::ContextInfo &context, int size)
{
    const QRectF rect(topLeft, QSizeF(size, size));
    paint::box(painter, rect, theme().contextColor(context), QColor(), size / 4.0);
    painter.save();
    QFont font = theme().font(FontRole::Strong);
    font.setPixelSize(size * 10 / 16);
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(theme().isDark() ? theme().color(Token::Window) : QColor(Qt::white));
    const QString letter = context.isPractice ? QStringLiteral("L") : context.name.left(1).toUpper();
    painter.drawText(rect, Qt::AlignCenter, letter);
    painter.restore();
}

QPixmap contextTile(const engine::ContextInfo &context, qreal pixelRatio)
{
    const int side = qRound(16 * pixelRatio);
    QPixmap pixmap(side, side);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintContextTile(painter, QPointF(0, 0), context);
    return pixmap;
}

StatusDot::StatusDot(Token color, QWidget *parent)
    : QWidget(parent)
    , m_color(color)
{
    setFixedSize(8, 8);
}

void StatusDot::setToken(Token color)
{
    m_color = color;
    update();
}

void StatusDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint::box(painter, rect(), theme().color(m_color), QColor(), 4);
}

} // namespace fairway::ui
