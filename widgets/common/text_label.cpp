#include "widgets/common/text_label.h"

#include <QPainter>

namespace fairway::ui {

TextLabel::TextLabel(const QString &text, FontRole font, Token color, QWidget *parent)
    : QLabel(text, parent)
    , m_font(font)
    , m_color(color)
{
    setTextFormat(Qt::PlainText);
    setFont(theme().font(font));
    refresh();
    connect(&theme(), &Theme::changed, this, &TextLabel::refresh);
}

void TextLabel::setToken(Token color)
{
    if (m_color == color)
        return;
    m_color = color;
    refresh();
}

void TextLabel::setFontRole(FontRole role)
{
    m_font = role;
    setFont(theme().font(role));
}

void TextLabel::refresh()
{
    QPalette own = theme().palette();
    own.setColor(QPalette::WindowText, theme().color(m_color));
    setPalette(own);
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect rect = contentsRect();
    const QString shown = fontMetrics().elidedText(text(), m_mode, rect.width());
    const bool isCut = shown != text();
    if (isCut && toolTip().isEmpty())
        setToolTip(text());
    painter.drawText(rect, int(alignment()), shown);
}

} // namespace fairway::ui
