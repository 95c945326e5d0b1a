#include "widgets/frame/journal_panel.h"

#include "widgets/common/diff_widget.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/frame/activity_strip.h"
#include "widgets/frame/journal_model.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

/// Two lines an entry: object and age, then what changed and how it ended.
class EntryDelegate final : public QStyledItemDelegate {
public:
    EntryDelegate(const JournalModel &model, const QSortFilterProxyModel &proxy, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
        , m_proxy(proxy)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const engine::JournalEntry &e = m_model.entry(m_proxy.mapToSource(index).row());
        const Theme &t = theme();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, t.color(Token::Selection));
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), t.color(Token::Accent));
        } else if (option.state.testFlag(QStyle::State_MouseOver)) {
            painter->fillRect(option.rect, t.color(Token::Hover));
        }
        const QRect body = option.rect.adjusted(16, 8, -16, -8);
        painter->setFont(t.font(FontRole::Small));
        const QString age = relativeTime(e.when, QDateTime::currentDateTimeUtc());
        const int ageWidth = painter->fontMetrics().horizontalAdvance(age);
        painter->setPen(t.color(Token::Muted));
        painter->drawText(body, Qt::AlignTop | Qt::AlignRight, age);
        painter->setFont(t.font(FontRole::Strong));
        painter->setPen(t.color(Token::Text));
        const QRect title = body.adjusted(0, 0, -ageWidth - 12, 0);
        painter->drawText(title, Qt::AlignTop | Qt::AlignLeft,
            painter->fontMetrics().elidedText(e.object, Qt::ElideMiddle, title.width()));
        painter->setFont(t.font(FontRole::Small));
        const bool isFailed = e.state == QLatin1String("failed");
        const bool isPartly = e.state == QLatin1String("partly");
        const bool isUnknown = e.state == QLatin1String("unknown");
        const QString state = isFailed ? JournalPanel::tr("failed")
            : isUnknown                ? JournalPanel::tr("outcome unknown")
            : isPartly                 ? JournalPanel::tr("written in part")
            : e.state == QLatin1String("undone") ? JournalPanel::tr("undone")
                                                 : JournalPanel::tr("applied");
        painter->setPen(t.color(isFailed ? Token::Bad : isUnknown || isPartly ? Token::Warning : Token::Muted));
        painter->drawText(body, Qt::AlignBottom | Qt::AlignRight, state);
        const int stateWidth = painter->fontMetrics().horizontalAdvance(state);
        painter->setPen(t.color(Token::Muted));
        const QRect line = body.adjusted(0, 0, -stateWidth - 12, 0);
        painter->drawText(line, Qt::AlignBottom | Qt::AlignLeft,
            painter->fontMetrics().elidedText(e.context + QStringLiteral(" · ") + e.summary, Qt::ElideRight, line.width()));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.color(Token::Line));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {200, 56}; }

private:
    const JournalModel &m_model;
    const QSortFilterProxyModel &m_proxy;
};

QList<engine::DiffLine> beforeAfter(const engine::JournalEntry &entry)
{
    using Kind = engine::DiffLine::Kind;
    QList<engine::DiffLine> lines;
    const QStringList before = entry.before.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const QStringList after = entry.after.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    // The fields written have the same shape before and after: line by line is enough.
    if (before.size() == after.size()) {
        for (qsizetype i = 0; i < before.size(); ++i) {
            if (before[i] == after[i]) {
                lines << engine::DiffLine {Kind::Context, before[i]};
            } else {
                lines << engine::DiffLine {Kind::Removed, before[i]};
                lines << engine::DiffLine {Kind::Added, after[i]};
            }
        }
        return lines;
    }
    for (const QString &line : before)
        lines << engine::DiffLine {Kind::Removed, line};
    for (const QString &line : after)
        lines << engine::DiffLine {Kind::Added, line};
    return lines;
}

} // namespace

JournalPanel::JournalPanel(engine::Engine &engine, QWidget *parent)
    : QWidget(parent)
    , m_engine(engine)
    , m_model(new JournalModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_filter(new QLineEdit)
    , m_list(new QListView)
    , m_empty(new EmptyState)
    , m_details(new QWidget)
    , m_facts(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_diff(new DiffWidget)
    , m_undo(new QPushButton(tr("Undo this write")))
    , m_copy(new QPushButton(tr("Copy")))
{
    setFixedWidth(380);
    auto *header = new PageHeader(tr("Journal"));
    auto *close = new QPushButton;
    close->setIcon(lineIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close the journal"));
    close->setToolTip(tr("Close the journal (Ctrl+J)"));
    setButtonKind(close, ButtonKind::Flat);
    header->addWidget(close);
    m_filter->setPlaceholderText(tr("Filter: object, context, reason"));
    m_filter->setAccessibleName(tr("Journal filter"));
    m_filter->setClearButtonEnabled(true);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(JournalModel::SearchRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setModel(m_proxy);
    m_list->setItemDelegate(new EntryDelegate(*m_model, *m_proxy, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Writes"));
    m_list->viewport()->setAutoFillBackground(false);
    m_diff->setMaximumLines(10);
    m_facts->setWordWrap(true);
    m_copy->setIcon(lineIcon(QStringLiteral("copy")));
    m_copy->setAccessibleName(tr("Copy this entry"));
    m_undo->setIcon(lineIcon(QStringLiteral("undo"), Token::Text));

    auto *details = new QVBoxLayout(m_details);
    details->setContentsMargins(16, 12, 16, 12);
    details->setSpacing(8);
    details->addWidget(m_facts);
    details->addWidget(m_diff);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_undo);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    details->addLayout(buttons);

    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(16, 8, 16, 8);
    filterRow->addWidget(m_filter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(filterRow);
    column->addWidget(new Hairline);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(new Hairline);
    column->addWidget(m_details);

    connect(close, &QPushButton::clicked, this, &JournalPanel::closed);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &JournalPanel::showEntry);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this, &JournalPanel::showEntry);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        if (const engine::JournalEntry *entry = selected())
            Q_EMIT undoRequested(entry->id);
    });
    connect(m_copy, &QPushButton::clicked, this, &JournalPanel::copyEntry);
    connect(&engine.writes(), &engine::WriteService::journalChanged, this, &JournalPanel::refresh);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &JournalPanel::showEntry);
    refresh();
}

void JournalPanel::refresh()
{
    m_model->setEntries(m_engine.writes().journal());
    const bool isEmpty = m_model->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (isEmpty)
        m_empty->show(EmptyState::Kind::Empty, tr("Nothing written yet"),
            tr("Each write appears here with what it changed, who wrote it and why, and can be undone from here."));
    if (!m_list->currentIndex().isValid() && !isEmpty)
        m_list->setCurrentIndex(m_proxy->index(0, 0));
    showEntry();
}

const engine::JournalEntry *JournalPanel::selected() const
{
    const QModelIndex index = m_proxy->mapToSource(m_list->currentIndex());
    return index.isValid() ? &m_model->entry(index.row()) : nullptr;
}

void JournalPanel::showEntry()
{
    const engine::JournalEntry *entry = selected();
    m_details->setVisible(entry != nullptr);
    if (!entry)
        return;
    QStringList facts {tr("%1 by %2").arg(exactTime(entry->when), entry->who.isEmpty() ? tr("unknown") : entry->who)};
    if (!entry->reason.isEmpty())
        facts << tr("Reason: %1").arg(entry->reason);
    const QString obstacle = undoObstacle(*entry, m_engine.contexts().current());
    facts << (obstacle.isEmpty() ? tr("Undo: %1").arg(entry->undoNote) : tr("No undo: %1").arg(obstacle));
    m_facts->setText(facts.join(QLatin1Char('\n')));
    m_diff->setLines(beforeAfter(*entry));
    m_diff->setVisible(!entry->before.isEmpty() || !entry->after.isEmpty());
    m_undo->setEnabled(obstacle.isEmpty());
    m_undo->setToolTip(obstacle.isEmpty() ? entry->undoNote : obstacle);
}

void JournalPanel::copyEntry()
{
    const engine::JournalEntry *entry = selected();
    if (!entry)
        return;
    QStringList lines {exactTime(entry->when), entry->context, entry->object, entry->summary, entry->state, entry->who,
        entry->reason, m_diff->text()};
    lines.removeAll(QString());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void JournalPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(QRect(0, 0, 1, height()), theme().color(Token::Line));
}

} // namespace fairway::ui
