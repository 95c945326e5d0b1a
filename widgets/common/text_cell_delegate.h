#pragma once

#include <QCache>
#include <QFont>
#include <QStaticText>
#include <QStyledItemDelegate>

namespace fairway::ui {

/// Paints cells of plain text in one line, for tables that scroll over many rows. Most of the time of a frame goes into shaping
/// text; here each text is shaped once and kept, and most cells of such tables say the same few things.
class TextCellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit TextCellDelegate(QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Shaped {
        QStaticText whole;
        QStaticText elided;
        int elidedFor = -1; ///< The width `elided` was made for.
    };
    const QStaticText &shaped(const QString &text, int width, const QFont &font) const;

    mutable QCache<QString, Shaped> m_shaped; ///< Of m_font.
    mutable QFont m_font;
};

} // namespace fairway::ui
