#include "widgets/common/text_cell_delegate.h"

#include "widgets/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>
#include <QTransform>

namespace fairway::ui {
namespace {

constexpr int MostTexts = 8192;
constexpr int Margin = 8;

QStaticText shape(const QString &text, const QFont &font)
{
    QStaticText shaped(text);
    shaped.setTextFormat(Qt::PlainText);
    shaped.prepare(QTransform(), font);
    return shaped;
}

} // namespace

TextCellDelegate::TextCellDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_shaped(MostTexts)
{
}

const QStaticText &TextCellDelegate::shaped(const QString &text, int width, const QFont &font) const
{
    if (font != m_font) {
        m_shaped.clear();
        m_font = font;
    }
    Shaped *found = m_shaped.object(text);
    if (!found) {
        found = new Shaped {shape(text, font), {}, -1};
        m_shaped.insert(text, found);
    }
    if (found->whole.size().width() <= width)
        return found->whole;
    if (found->elidedFor != width) {
        found->elided = shape(QFontMetricsF(font).elidedText(text, Qt::ElideRight, width), font);
        found->elidedFor = width;
    }
    return found->elided;
}

void TextCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    const QString text = index.data(Qt::DisplayRole).toString();
    const QRect place = option.rect.adjusted(Margin, 0, -Margin, 0);
    if (text.isEmpty() || place.width() <= 0)
        return;
    const QVariant colour = index.data(Qt::ForegroundRole);
    const QStaticText &shown = shaped(text, place.width(), option.font);
    painter->setFont(option.font);
    painter->setPen(colour.isValid() ? colour.value<QColor>() : theme().color(Token::Text));
    painter->drawStaticText(QPointF(place.left(), place.top() + (place.height() - shown.size().height()) / 2), shown);
}

} // namespace fairway::ui
