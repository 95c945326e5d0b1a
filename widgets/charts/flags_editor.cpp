#include "widgets/charts/flags_editor.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {
constexpr engine::SetFlag::Kind Kinds[] = {engine::SetFlag::Kind::Set, engine::SetFlag::Kind::String, engine::SetFlag::Kind::Json,
    engine::SetFlag::Kind::File, engine::SetFlag::Kind::Literal};
} // namespace

FlagsEditor::FlagsEditor(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    m_rows->setSpacing(4);
    column->addLayout(m_rows);
    auto *add = new QPushButton(tr("Add a flag"));
    add->setIcon(lineIcon(QStringLiteral("plus")));
    setCompact(add);
    auto *line = new QHBoxLayout;
    line->addWidget(add);
    line->addStretch(1);
    column->addLayout(line);
    auto *note = new TextLabel(tr("Flags win over every file. image.tag=2, a.b[0]=x, list={1,2}. They are not remembered: they may hold secrets."), FontRole::Small, Token::Muted);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch(1);
    connect(add, &QPushButton::clicked, this, [this] { focusFlag(-1); });
}

void FlagsEditor::setFlags(const QList<engine::SetFlag> &flags)
{
    if (flags == m_flags)
        return; // Our own edit coming back: the row being typed in stays.
    m_flags = flags;
    rebuild();
}

void FlagsEditor::focusFlag(int index)
{
    if (index < 0) {
        m_flags.append(engine::SetFlag());
        m_flags.last().isOn = false; // An empty flag is an error; it counts once something is typed.
        rebuild();
        index = int(m_flags.size()) - 1;
    }
    QLayoutItem *item = m_rows->itemAt(index);
    if (auto *field = item ? item->widget()->findChild<QLineEdit *>() : nullptr)
        field->setFocus();
}

void FlagsEditor::setHighlight(int index)
{
    m_highlight = index;
    update();
}

void FlagsEditor::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (int i = 0; i < m_flags.size(); ++i)
        addRow(i);
}

void FlagsEditor::addRow(int index)
{
    const engine::SetFlag &flag = m_flags[index];
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(4, 2, 4, 2);
    layout->setSpacing(6);
    auto *check = new QCheckBox;
    check->setChecked(flag.isOn);
    check->setAccessibleName(tr("Use flag %1").arg(index + 1));
    auto *kind = new QComboBox;
    for (const engine::SetFlag::Kind one : Kinds)
        kind->addItem(engine::toString(one), int(one));
    kind->setCurrentIndex(kind->findData(int(flag.kind)));
    kind->setAccessibleName(tr("Kind of flag %1").arg(index + 1));
    setCompact(kind);
    auto *text = new QLineEdit(flag.text);
    text->setPlaceholderText(QStringLiteral("name=value"));
    text->setFont(theme().font(FontRole::Mono));
    text->setAccessibleName(tr("Flag %1").arg(index + 1));
    setCompact(text);
    auto *remove = new QToolButton;
    remove->setIcon(lineIcon(QStringLiteral("close")));
    remove->setToolTip(tr("Drop this flag"));
    remove->setAccessibleName(tr("Drop flag %1").arg(index + 1));
    setButtonKind(remove, ButtonKind::Flat);
    layout->addWidget(check);
    layout->addWidget(kind);
    layout->addWidget(text, 1);
    layout->addWidget(remove);
    connect(check, &QCheckBox::toggled, this, [this, index](bool isOn) {
        m_flags[index].isOn = isOn;
        Q_EMIT edited(m_flags);
    });
    connect(kind, &QComboBox::currentIndexChanged, this, [this, index, kind] {
        m_flags[index].kind = static_cast<engine::SetFlag::Kind>(kind->currentData().toInt());
        Q_EMIT edited(m_flags);
    });
    connect(text, &QLineEdit::textEdited, this, [this, index, check](const QString &now) {
        const bool wasEmpty = m_flags[index].text.isEmpty();
        m_flags[index].text = now;
        if (wasEmpty || now.isEmpty()) {
            const QSignalBlocker blocker(check);
            check->setChecked(!now.isEmpty());
            m_flags[index].isOn = !now.isEmpty();
        }
        Q_EMIT edited(m_flags);
    });
    connect(remove, &QToolButton::clicked, this, [this, index] {
        m_flags.removeAt(index);
        rebuild();
        Q_EMIT edited(m_flags);
    }, Qt::QueuedConnection);
    m_rows->addWidget(row);
}

void FlagsEditor::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Window));
    if (QLayoutItem *item = m_highlight >= 0 ? m_rows->itemAt(m_highlight) : nullptr)
        painter.fillRect(item->geometry(), theme().color(Token::Selection));
}

} // namespace fairway::ui
