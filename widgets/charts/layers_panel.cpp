#include "widgets/charts/layers_panel.h"

#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

LayersPanel::LayersPanel(QWidget *parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout)
{
    auto *header = new PageHeader(tr("Value layers"));
    header->setFixedHeight(36);
    header->setNote(tr("last wins"));
    auto *add = new QToolButton;
    add->setIcon(lineIcon(QStringLiteral("plus")));
    add->setToolTip(tr("Add a values file (-f)"));
    add->setAccessibleName(add->toolTip());
    setButtonKind(add, ButtonKind::Flat);
    connect(add, &QToolButton::clicked, this, &LayersPanel::addRequested);
    header->addWidget(add);
    m_rows->setContentsMargins(12, 4, 8, 8);
    m_rows->setSpacing(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(m_rows);
}

void LayersPanel::setInputs(const engine::ChartInputs &inputs)
{
    const bool isSame = inputs.valuesFiles == m_inputs.valuesFiles && inputs.sets == m_inputs.sets && m_rows->count() > 0;
    m_inputs = inputs;
    if (!isSame)
        rebuild();
}

void LayersPanel::setEdited(const QStringList &files)
{
    if (files == m_edited)
        return;
    m_edited = files;
    rebuild();
}

void LayersPanel::rebuild()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    addRow(QStringLiteral("values.yaml"), QStringLiteral("values.yaml"), tr("defaults"), -1);
    for (qsizetype i = 0; i < m_inputs.valuesFiles.size(); ++i) {
        const QString &path = m_inputs.valuesFiles[i].path;
        addRow(path, path.section(QLatin1Char('/'), -1), {}, int(i));
    }
    const auto on = std::count_if(m_inputs.sets.begin(), m_inputs.sets.end(), [](const engine::SetFlag &flag) { return flag.isOn; });
    addRow(QStringLiteral("--set"), QStringLiteral("--set"), on == 0 ? tr("none") : on == 1 ? tr("1 flag") : tr("%1 flags").arg(on), -1);
}

void LayersPanel::addRow(const QString &file, const QString &title, const QString &note, int index)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const bool isFile = index >= 0;
    if (isFile) {
        auto *check = new QCheckBox;
        check->setChecked(m_inputs.valuesFiles[index].isOn);
        check->setToolTip(tr("Use this file"));
        check->setAccessibleName(tr("Use %1").arg(title));
        connect(check, &QCheckBox::toggled, this, [this, index](bool isOn) {
            m_inputs.valuesFiles[index].isOn = isOn;
            Q_EMIT inputsEdited(m_inputs);
        });
        layout->addWidget(check);
    }
    auto *name = new QPushButton(m_edited.contains(file) ? title + QStringLiteral(" •") : title);
    setButtonKind(name, ButtonKind::Flat);
    setCompact(name);
    name->setFont(theme().font(FontRole::Mono));
    name->setToolTip(isFile ? file : QString());
    name->setAccessibleName(tr("Show layer %1").arg(title));
    connect(name, &QPushButton::clicked, this, [this, file] { Q_EMIT chosen(file); });
    layout->addWidget(name);
    layout->addStretch(1);
    if (!note.isEmpty())
        layout->addWidget(new TextLabel(note, FontRole::Small, Token::Muted));
    const auto tool = [&](const char *icon, const QString &text, bool isEnabled, auto run) {
        auto *button = new QToolButton;
        button->setIcon(lineIcon(QString::fromLatin1(icon)));
        button->setToolTip(text);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(text, title));
        button->setEnabled(isEnabled);
        setButtonKind(button, ButtonKind::Flat);
        setCompact(button);
        // Queued: the row goes with the click.
        connect(button, &QToolButton::clicked, this, run, Qt::QueuedConnection);
        layout->addWidget(button);
    };
    if (isFile) {
        tool("chevron-up", tr("Weaker"), index > 0, [this, index] { move(index, -1); });
        tool("chevron-down", tr("Stronger"), index + 1 < m_inputs.valuesFiles.size(), [this, index] { move(index, 1); });
        tool("close", tr("Take away"), true, [this, index] {
            m_inputs.valuesFiles.removeAt(index);
            rebuild();
            Q_EMIT inputsEdited(m_inputs);
        });
    }
    m_rows->addWidget(row);
}

void LayersPanel::move(int index, int by)
{
    m_inputs.valuesFiles.move(index, index + by);
    rebuild();
    Q_EMIT inputsEdited(m_inputs);
}

} // namespace fairway::ui
