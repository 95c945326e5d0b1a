#include "widgets/frame/command_palette.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

constexpr int RowHeight = 34;
constexpr int MostRows = 11;
constexpr int PaletteWidth = 600;

class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &t = theme();
        painter->save();
        const bool isEnabled = index.flags().testFlag(Qt::ItemIsEnabled);
        if (option.state.testFlag(QStyle::State_Selected))
            paint::box(*painter, QRectF(option.rect).adjusted(6, 1, -6, -1), t.color(Token::Selection), QColor(), 6);
        else if (option.state.testFlag(QStyle::State_MouseOver) && isEnabled)
            paint::box(*painter, QRectF(option.rect).adjusted(6, 1, -6, -1), t.color(Token::Hover), QColor(), 6);
        QRect body = option.rect.adjusted(18, 0, -18, 0);
        paintLineIcon(*painter, index.data(PaletteModel::IconRole).toString(),
            t.color(option.state.testFlag(QStyle::State_Selected) ? Token::Accent : Token::Muted),
            QPointF(body.left(), body.center().y() - 7));
        body.setLeft(body.left() + 28);
        const QString keys = index.data(PaletteModel::KeysRole).toString();
        if (!keys.isEmpty()) {
            painter->setFont(t.font(FontRole::Tiny));
            const int width = painter->fontMetrics().horizontalAdvance(keys) + 12;
            const QRectF key(body.right() - width, body.center().y() - 8, width, 18);
            paint::box(*painter, key, QColor(), t.color(Token::Line), 4);
            painter->setPen(t.color(Token::Muted));
            painter->drawText(key, Qt::AlignCenter, keys);
            body.setRight(body.right() - width - 8);
        }
        painter->setFont(t.font(FontRole::Body));
        painter->setPen(t.color(isEnabled ? Token::Text : Token::Muted));
        const QString title
            = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, body.width() * 3 / 4);
        painter->drawText(body, Qt::AlignVCenter, title);
        const int used = painter->fontMetrics().horizontalAdvance(title) + 12;
        painter->setFont(t.font(FontRole::Small));
        painter->setPen(t.color(Token::Muted));
        const QRect rest = body.adjusted(used, 0, 0, 0);
        painter->drawText(rest, Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data(PaletteModel::NoteRole).toString(), Qt::ElideRight, rest.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {200, RowHeight};
    }
};

} // namespace

CommandPalette::CommandPalette(engine::ObjectService &objects, QWidget *window)
    : QWidget(window)
    , m_objects(objects)
    , m_model(new PaletteModel(this))
    , m_field(new QLineEdit)
    , m_list(new QListView)
    , m_hint(new TextLabel({}, FontRole::Small, Token::Muted))
{
    setAccessibleName(tr("Palette"));
    m_field->setPlaceholderText(tr("Find an object, a page or a command"));
    m_field->setAccessibleName(tr("Find an object, a page or a command"));
    m_field->setFrame(false);
    m_field->setMinimumHeight(36);
    QFont font = m_field->font();
    font.setPixelSize(15);
    m_field->setFont(font);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Matches"));
    m_list->viewport()->setAutoFillBackground(false);
    QPalette clear = m_field->palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    m_field->setPalette(clear);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    m_hint->setContentsMargins(18, 0, 18, 10);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(44, 6, 12, 6);
    top->addWidget(m_field);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(new Hairline);
    column->addSpacing(6);
    column->addWidget(m_list);
    column->addSpacing(6);
    column->addWidget(m_hint);
    hide();

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_field, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (isVisible() && now && now != this && !isAncestorOf(now))
            hide();
    });
}

void CommandPalette::open(QList<PaletteEntry> entries)
{
    m_previousFocus = QApplication::focusWidget();
    m_model->setEntries(std::move(entries));
    m_field->clear();
    search(QString());
    show();
    raise();
    m_field->setFocus();
}

void CommandPalette::search(const QString &text)
{
    QList<PaletteEntry> objects;
    const QString query = text.trimmed();
    if (!query.isEmpty()) {
        for (const engine::SearchHit &hit : m_objects.search(query, 40)) {
            PaletteEntry entry;
            entry.group = PaletteEntry::Group::Object;
            entry.title = hit.name;
            entry.note = hit.ns.isEmpty() ? hit.kind : tr("%1 in %2").arg(hit.kind, hit.ns);
            entry.icon = hit.target.startsWith(QLatin1String("routes:")) ? QStringLiteral("routes") : QStringLiteral("pod");
            const QString target = hit.target;
            entry.run = [this, target] { Q_EMIT navigate(target); };
            objects << entry;
        }
    }
    m_model->setQuery(query, objects);
    const int rows = m_model->rowCount();
    m_hint->setText(rows == 0 ? tr("Nothing matches “%1”. Objects are found once their kind has been read.").arg(query)
                              : QString());
    m_hint->setVisible(rows == 0);
    m_list->setVisible(rows > 0);
    m_list->setFixedHeight(std::min(rows, MostRows) * RowHeight);
    m_list->setCurrentIndex({});
    step(1);
    place();
}

void CommandPalette::step(int rows)
{
    const int count = m_model->rowCount();
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    for (int tries = 0; tries < count; ++tries) {
        row = (row + rows + count) % count;
        if (m_model->entry(row).isEnabled) {
            m_list->setCurrentIndex(m_model->index(row));
            m_list->scrollTo(m_model->index(row));
            return;
        }
    }
}

void CommandPalette::runCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !m_model->entry(index.row()).isEnabled)
        return;
    const std::function<void()> run = m_model->entry(index.row()).run;
    const QPointer<QWidget> back = m_previousFocus;
    hide();
    if (back)
        back->setFocus();
    if (run)
        run();
}

void CommandPalette::place()
{
    const int width = std::min(PaletteWidth, parentWidget()->width() - 48);
    // Unhide the changes of the list before measuring.
    layout()->activate();
    const int height = layout()->sizeHint().height();
    setGeometry((parentWidget()->width() - width) / 2, 56, width, std::min(height, parentWidget()->height() - 80));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        if (event->type() == QEvent::MouseButtonPress && isVisible())
            hide();
    } else if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Down: step(1); return true;
        case Qt::Key_Up: step(-1); return true;
        case Qt::Key_PageDown:
        case Qt::Key_PageUp: QApplication::sendEvent(m_list, event); return true;
        case Qt::Key_Escape: {
            const QPointer<QWidget> back = m_previousFocus;
            hide();
            if (back)
                back->setFocus();
            return true;
        }
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paint::box(painter, rect(), t.color(Token::Raised), t.color(Token::Muted), 8);
    paintLineIcon(painter, QStringLiteral("search"), t.color(Token::Muted), QPointF(19, 17));
}

} // namespace fairway::ui
