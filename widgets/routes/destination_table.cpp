#include "widgets/routes/destination_table.h"

#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/marks.h"
#include "widgets/routes/split_model.h"
#include "widgets/routes/words.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

#include <functional>

namespace fairway::ui {

namespace {
enum Column { Name, Live, Draft, Keep, Share, Ready, PerPod, ColumnCount };

/// Up and Down step the number, Shift by 10: what hands expect of a number field.
class WeightEdit final : public QLineEdit {
public:
    using QLineEdit::QLineEdit;
    std::function<void(qint64)> onStep;
    std::function<void()> onCancel;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
            const qint64 step = event->modifiers().testFlag(Qt::ShiftModifier) ? 10 : 1;
            onStep(event->key() == Qt::Key_Up ? step : -step);
            return;
        }
        if (event->key() == Qt::Key_Escape && isModified()) {
            onCancel();
            return;
        }
        QLineEdit::keyPressEvent(event);
    }
};

QString perPodText(double share, int readyPods)
{
    if (readyPods > 0) {
        return percent(share / readyPods, 1);
    }
    return share > 0 && readyPods == 0 ? QCoreApplication::translate("fairway::ui::DestinationTable", "no pod") : QStringLiteral("–");
}
} // namespace

DestinationTable::DestinationTable(QWidget *parent)
    : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(0);
    const int stretches[ColumnCount] = {4, 1, 0, 0, 3, 2, 2};
    for (int column = 0; column < ColumnCount; ++column) {
        m_grid->setColumnStretch(column, stretches[column]);
    }
    addHeader();
    setNarrow(false);
}

void DestinationTable::addHeader()
{
    const struct {
        Column column;
        QString text;
        Qt::Alignment align;
    } heads[] = {{Name, tr("Destination"), Qt::AlignLeft}, {Live, QString(), Qt::AlignRight}, {Draft, tr("Draft"), Qt::AlignRight},
        {Keep, tr("Keep"), Qt::AlignHCenter}, {Share, tr("Share"), Qt::AlignRight}, {Ready, tr("Ready pods"), Qt::AlignRight},
        {PerPod, tr("Per ready pod"), Qt::AlignRight}};
    for (const auto &head : heads) {
        auto *label = new TextLabel(head.text, FontRole::Small, Token::Muted);
        label->setFixedHeight(24);
        m_grid->addWidget(label, 0, head.column, head.align | Qt::AlignVCenter);
        if (head.column == PerPod) {
            m_perPodHead = label;
        } else if (head.column == Live) {
            m_liveHead = label;
        }
    }
    m_grid->addWidget(new Hairline, 1, 0, 1, ColumnCount);
}

DestinationTable::Row DestinationTable::makeRow(int at)
{
    Row row;
    const int gridRow = 2 + 2 * at;
    auto *nameCell = new QWidget;
    auto *nameLayout = new QHBoxLayout(nameCell);
    nameLayout->setContentsMargins(0, 0, 0, 0);
    nameLayout->setSpacing(7);
    auto *swatch = new RoleSwatch;
    row.swatch = swatch;
    row.name = new ElidedLabel({}, FontRole::Strong);
    row.name->setElideMode(Qt::ElideMiddle);
    row.name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row.role = new TextLabel({}, FontRole::Body, Token::Muted);
    nameLayout->addWidget(swatch);
    nameLayout->addWidget(row.name);
    nameLayout->addWidget(row.role);
    nameLayout->addStretch();
    nameCell->setFixedHeight(27);
    m_grid->addWidget(nameCell, gridRow, Name);

    row.live = new TextLabel({}, FontRole::Body, Token::Muted);
    m_grid->addWidget(row.live, gridRow, Live, Qt::AlignRight | Qt::AlignVCenter);

    auto *draft = new WeightEdit;
    draft->setAlignment(Qt::AlignRight);
    draft->setFixedWidth(60);
    draft->setMaxLength(12);
    setCompact(draft);
    draft->onStep = [this, at](qint64 step) { report(m_model->setWeight(at, m_model->draft()[at] + step)); };
    draft->onCancel = [this, draft, at] {
        draft->setText(QString::number(m_model->draft()[at]));
        draft->setModified(false);
    };
    connect(draft, &QLineEdit::editingFinished, this, [this, draft, at] {
        if (draft->isModified() && m_model != nullptr) {
            draft->setModified(false);
            report(m_model->setText(at, draft->text()));
        }
    });
    row.draft = draft;
    m_grid->addWidget(draft, gridRow, Draft, Qt::AlignRight | Qt::AlignVCenter);

    row.keep = new QToolButton;
    row.keep->setCheckable(true);
    row.keep->setAutoRaise(true);
    row.keep->setFixedSize(24, 22);
    setButtonKind(row.keep, ButtonKind::Flat);
    connect(row.keep, &QToolButton::clicked, this, [this, at](bool isOn) {
        m_model->setKept(at, isOn);
        report({});
    });
    m_grid->addWidget(row.keep, gridRow, Keep, Qt::AlignCenter);

    row.share = new TextLabel;
    row.share->setTextFormat(Qt::RichText);
    m_grid->addWidget(row.share, gridRow, Share, Qt::AlignRight | Qt::AlignVCenter);

    auto *readyCell = new QWidget;
    auto *readyLayout = new QHBoxLayout(readyCell);
    readyLayout->setContentsMargins(0, 0, 0, 0);
    readyLayout->setSpacing(5);
    row.warning = new IconMark(QStringLiteral("warning"), Token::Warning, 14);
    row.ready = new TextLabel;
    readyLayout->addWidget(row.warning);
    readyLayout->addWidget(row.ready);
    m_grid->addWidget(readyCell, gridRow, Ready, Qt::AlignRight | Qt::AlignVCenter);

    row.perPod = new TextLabel;
    m_grid->addWidget(row.perPod, gridRow, PerPod, Qt::AlignRight | Qt::AlignVCenter);

    row.line = new Hairline;
    m_grid->addWidget(row.line, gridRow + 1, 0, 1, ColumnCount);
    // Cells are deleted with their row: the ones not kept by name hang below these.
    return row;
}

void DestinationTable::setModel(
    SplitModel *model, const QList<engine::Destination> &destinations, bool isEditable, const QString &whyNot)
{
    m_model = model;
    m_destinations = destinations;
    m_isEditable = isEditable;
    m_whyNot = whyNot;
    const qsizetype wanted = model != nullptr ? model->size() : 0;
    while (m_rows.size() < wanted) {
        m_rows.append(makeRow(static_cast<int>(m_rows.size())));
    }
    while (m_rows.size() > wanted) {
        const Row row = m_rows.takeLast();
        row.name->parentWidget()->deleteLater();
        row.ready->parentWidget()->deleteLater();
        for (QWidget *widget : {static_cast<QWidget *>(row.live), static_cast<QWidget *>(row.draft), static_cast<QWidget *>(row.keep),
                 static_cast<QWidget *>(row.share), static_cast<QWidget *>(row.perPod), row.line}) {
            widget->deleteLater();
        }
    }
    refresh();
}

void DestinationTable::setLiveTitle(const QString &title)
{
    m_liveHead->setText(title);
}

void DestinationTable::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    m_perPodHead->setVisible(!isNarrow);
    const int wide[ColumnCount] = {110, 56, 76, 56, 104, 84, 96};
    const int narrow[ColumnCount] = {96, 44, 72, 48, 100, 84, 0};
    for (int column = 0; column < ColumnCount; ++column) {
        m_grid->setColumnMinimumWidth(column, isNarrow ? narrow[column] : wide[column]);
    }
    refresh();
}

void DestinationTable::refresh()
{
    for (qsizetype i = 0; m_model != nullptr && i < m_rows.size(); ++i) {
        fill(m_rows[i], i);
    }
}

void DestinationTable::fill(Row &row, qsizetype at)
{
    const engine::Destination destination = m_destinations.value(at);
    static_cast<RoleSwatch *>(row.swatch)->setRole(destination.role);
    row.name->setText(destination.label);
    row.name->setToolTip(destination.problem.isEmpty() ? destination.host : destination.problem);
    row.role->setText(roleWord(destination.role));
    row.live->setText(QString::number(m_model->live()[at]));

    const QString weight = QString::number(m_model->draft()[at]);
    // What is being typed stays: only an accepted or a foreign change writes into the field.
    if (!row.draft->isModified() && row.draft->text() != weight) {
        row.draft->setText(weight);
    }
    const bool canEdit = m_isEditable && !m_model->isKept(at);
    row.draft->setEnabled(m_isEditable);
    row.draft->setReadOnly(!canEdit);
    row.draft->setAccessibleName(tr("Draft weight of %1").arg(destination.label));
    row.draft->setToolTip(m_isEditable ? tr("A weight, or a share like 25 %. Up and Down step it.") : m_whyNot);
    row.keep->setEnabled(m_isEditable && m_model->size() > 1);
    row.keep->setChecked(m_model->isKept(at));
    row.keep->setIcon(m_model->isKept(at) ? lineIcon(QStringLiteral("lock"), Token::Accent) : lineIcon(QStringLiteral("unlock")));
    row.keep->setAccessibleName(tr("Keep %1").arg(destination.label));
    row.keep->setToolTip(m_model->isKept(at) ? tr("Kept: other edits leave this weight alone") : tr("Keep this weight while others change"));

    const int decimals = m_model->total() > 200 ? 1 : 0;
    const QString now = percent(m_model->share(at), decimals);
    const QString before = percent(m_model->liveShare(at), decimals);
    const QString muted = theme().color(Token::Muted).name();
    row.share->setText(before == now ? now
                                     : QStringLiteral("<span style=\"color:%1\">%2 →</span> %3").arg(muted, before, now));
    const bool isShort = destination.readyPods < destination.totalPods || (destination.readyPods == 0 && m_model->share(at) > 0)
        || !destination.problem.isEmpty();
    row.warning->setVisible(isShort);
    row.ready->setToken(isShort ? Token::Warning : Token::Text);
    row.ready->setText(readyText(destination));
    row.ready->setToolTip(destination.problem.isEmpty() ? destination.pods.mid(0, 20).join(u'\n') : destination.problem);
    row.perPod->setVisible(!m_isNarrow);
    row.perPod->setText(perPodText(m_model->share(at), destination.readyPods));
}

void DestinationTable::report(const std::optional<QString> &why)
{
    refresh();
    if (why) {
        Q_EMIT refused(*why);
    } else {
        Q_EMIT edited();
    }
}

} // namespace fairway::ui
