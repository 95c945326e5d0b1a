#include "widgets/charts/completion_popup.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/style_controls.h"
#include "widgets/values/value_form_words.h"

#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {

constexpr int RowHeight = 24;
constexpr int MostRows = 9;
constexpr int NoteRole = Qt::UserRole;
constexpr int WarningRole = Qt::UserRole + 1;

/// Name at the left, what it is and its default at the right.
class OfferDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &colors = theme();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, colors.color(Token::Selection));
        const QRect rect = option.rect.adjusted(8, 0, -8, 0);
        const QString name = index.data().toString();
        const QFont font = colors.font(FontRole::Mono);
        const int nameWidth = std::min(QFontMetrics(font).horizontalAdvance(name), rect.width());
        painter->setFont(font);
        painter->setPen(colors.color(Token::Text));
        painter->drawText(rect, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), QFontMetrics(font).elidedText(name, Qt::ElideRight, rect.width()));
        const QRect right = rect.adjusted(nameWidth + 16, 0, 0, 0);
        if (right.width() > 24) {
            const QFont small = colors.font(FontRole::Small);
            painter->setFont(small);
            painter->setPen(colors.color(index.data(WarningRole).toBool() ? Token::Warning : Token::Muted));
            painter->drawText(right, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
                QFontMetrics(small).elidedText(index.data(NoteRole).toString(), Qt::ElideRight, right.width()));
        }
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {100, RowHeight}; }
};

} // namespace

CompletionPopup::CompletionPopup(QWidget *editor)
    : QFrame(editor->window())
    , m_editor(editor)
    , m_list(new QListWidget)
    , m_help(new TextLabel({}, FontRole::Small, Token::Muted))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setFocusPolicy(Qt::NoFocus);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new OfferDelegate(m_list));
    m_list->setAccessibleName(tr("Suggestions"));
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::PlainText);
    m_help->setContentsMargins(8, 4, 8, 6);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_list);
    column->addWidget(new Hairline);
    column->addWidget(m_help);
    connect(m_list, &QListWidget::currentRowChanged, this, &CompletionPopup::showHelp);
    connect(m_list, &QListWidget::itemClicked, this, &CompletionPopup::choose);
    hide();
}

void CompletionPopup::show(const std::vector<chart::Completion> &offers, const QPoint &caret, int lineHeight)
{
    m_offers = offers;
    m_caret = caret;
    m_lineHeight = lineHeight;
    m_list->clear();
    for (const chart::Completion &offer : m_offers) {
        QStringList note;
        if (offer.isDeprecated)
            note << tr("deprecated");
        if (offer.isRequired)
            note << tr("required");
        if (offer.isKey)
            note << fieldKindName(offer.kind);
        if (!offer.preset.empty())
            note << tr("default %1").arg(QString::fromStdString(offer.preset));
        if (offer.isPreset)
            note << tr("the default");
        auto *item = new QListWidgetItem(QString::fromStdString(offer.name));
        item->setData(NoteRole, note.join(QStringLiteral("  ·  ")));
        item->setData(WarningRole, offer.isDeprecated);
        note.prepend(item->text());
        item->setData(Qt::AccessibleTextRole, note.join(QStringLiteral(", ")));
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
    showHelp();
    QFrame::show();
    raise();
}

void CompletionPopup::showHelp()
{
    const int row = m_list->currentRow();
    const bool hasOne = row >= 0 && static_cast<std::size_t>(row) < m_offers.size();
    const QString help = hasOne ? QString::fromStdString(m_offers[static_cast<std::size_t>(row)].help) : QString();
    m_help->setText(help.left(400));
    m_help->setVisible(!help.isEmpty());
    place();
}

void CompletionPopup::place()
{
    QWidget *window = m_editor->window();
    const QRect room = window->rect().adjusted(4, 4, -4, -4);
    const int width = std::min(460, room.width());
    const int rows = std::clamp(m_list->count(), 1, MostRows);
    m_list->setFixedHeight(rows * RowHeight + 2);
    const int help = m_help->text().isEmpty() ? 0 : m_help->heightForWidth(width - 2) + 1;
    const int height = m_list->height() + help + 3;
    const QPoint top = m_editor->mapTo(window, m_caret);
    const int x = std::clamp(top.x() - 10, room.left(), std::max(room.left(), room.right() - width));
    const bool fitsBelow = top.y() + m_lineHeight + height <= room.bottom();
    setGeometry(x, fitsBelow ? top.y() + m_lineHeight : std::max(room.top(), top.y() - height), width, height);
}

void CompletionPopup::choose()
{
    const int row = m_list->currentRow();
    hide();
    if (row >= 0 && static_cast<std::size_t>(row) < m_offers.size())
        Q_EMIT chosen(m_offers[static_cast<std::size_t>(row)]);
}

bool CompletionPopup::takeKey(int key)
{
    const int last = m_list->count() - 1;
    const int row = m_list->currentRow();
    switch (key) {
    case Qt::Key_Down: m_list->setCurrentRow(row == last ? 0 : row + 1); return true;
    case Qt::Key_Up: m_list->setCurrentRow(row <= 0 ? last : row - 1); return true;
    case Qt::Key_PageDown: m_list->setCurrentRow(std::min(last, row + MostRows)); return true;
    case Qt::Key_PageUp: m_list->setCurrentRow(std::max(0, row - MostRows)); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab: choose(); return true;
    case Qt::Key_Escape: hide(); return true;
    default: return false;
    }
}

} // namespace fairway::ui
