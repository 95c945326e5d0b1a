#include "widgets/explorer/kind_panel.h"

#include "widgets/common/layout_parts.h"
#include "widgets/explorer/kind_list_model.h"
#include "widgets/theme/theme.h"

#include <QItemSelectionModel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

class KindDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &t = theme();
        painter->save();
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isSelected) {
            painter->fillRect(option.rect, t.color(Token::Selection));
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), t.color(Token::Accent));
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->fillRect(option.rect, t.color(Token::Hover));
        }
        const QRect body = option.rect.adjusted(16, 0, -12, 0);
        painter->setFont(t.font(isSelected ? FontRole::Strong : FontRole::Body));
        painter->setPen(t.color(index.data(KindListModel::CanListRole).toBool() ? Token::Text : Token::Muted));
        const QString kind = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, body.width());
        painter->drawText(body, Qt::AlignVCenter, kind);
        const int used = painter->fontMetrics().horizontalAdvance(kind) + 8;
        painter->setFont(t.font(FontRole::Tiny));
        painter->setPen(t.color(Token::Muted));
        const QRect rest = body.adjusted(used, 0, 0, 0);
        if (rest.width() > 30)
            painter->drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                painter->fontMetrics().elidedText(
                    index.data(KindListModel::GroupRole).toString(), Qt::ElideRight, rest.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {100, 30}; }
};

} // namespace

KindPanel::KindPanel(engine::ObjectService &objects, QWidget *parent)
    : QWidget(parent)
    , m_objects(objects)
    , m_model(new KindListModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_header(new PageHeader(tr("Explorer")))
    , m_filter(new QLineEdit)
    , m_list(new QListView)
{
    setFixedWidth(240);
    m_filter->setPlaceholderText(tr("Filter kinds"));
    m_filter->setAccessibleName(tr("Kind filter"));
    m_filter->setClearButtonEnabled(true);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_proxy);
    m_list->setItemDelegate(new KindDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Kinds"));
    m_list->viewport()->setAutoFillBackground(false);
    auto *row = new QVBoxLayout;
    row->setContentsMargins(16, 8, 16, 8);
    row->addWidget(m_filter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addLayout(row);
    column->addWidget(new Hairline);
    column->addWidget(m_list, 1);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
        if (!now.isValid())
            return;
        const QString id = now.data(KindListModel::IdRole).toString();
        if (id == m_current)
            return;
        m_current = id;
        Q_EMIT chosen(id);
    });
    connect(&objects, &engine::ObjectService::kindsChanged, this, &KindPanel::refresh);
    refresh();
}

const QList<engine::KindInfo> &KindPanel::kinds() const
{
    return m_model->kinds();
}

void KindPanel::refresh()
{
    m_model->setKinds(m_objects.kinds());
    m_header->setNote(m_model->rowCount() > 0 ? QString::number(m_model->rowCount()) : QString());
    if (!m_current.isEmpty())
        select(m_current);
    Q_EMIT kindsChanged();
}

void KindPanel::select(const QString &kindId)
{
    const int row = m_model->rowOf(kindId);
    if (row < 0)
        return;
    QModelIndex index = m_proxy->mapFromSource(m_model->index(row));
    if (!index.isValid()) {
        m_filter->clear();
        index = m_proxy->mapFromSource(m_model->index(row));
    }
    const bool isNew = m_current != kindId;
    m_current = kindId;
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
    if (isNew)
        Q_EMIT chosen(kindId);
}

void KindPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme().color(Token::Line));
}

} // namespace fairway::ui
