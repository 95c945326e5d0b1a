#include "widgets/values/field_details.h"

#include "core/chart/value_form_edit.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/values/value_form_words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {

QToolButton *moveButton(const QString &icon, const QString &words)
{
    auto *button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setToolTip(words);
    button->setAccessibleName(words);
    setButtonKind(button, ButtonKind::Flat);
    return button;
}

QPushButton *smallButton(const QString &words, ButtonKind kind = ButtonKind::Normal)
{
    auto *button = new QPushButton(words);
    setCompact(button);
    setButtonKind(button, kind);
    return button;
}

} // namespace

FieldDetails::FieldDetails(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, FontRole::Strong))
    , m_path(new ElidedLabel({}, FontRole::MonoTiny, Token::Muted))
    , m_help(new TextLabel({}, FontRole::Small))
    , m_facts(new TextLabel({}, FontRole::Small, Token::Muted))
    , m_fault(new TextLabel({}, FontRole::Small, Token::Bad))
    , m_reset(smallButton(tr("Reset to default")))
    , m_add(smallButton(tr("Add")))
    , m_remove(smallButton(tr("Remove")))
    , m_up(moveButton(QStringLiteral("chevron-up"), tr("Move up")))
    , m_down(moveButton(QStringLiteral("chevron-down"), tr("Move down")))
    , m_text(smallButton(tr("Show in YAML"), ButtonKind::Link))
{
    for (TextLabel *label : {m_help, m_facts, m_fault})
        label->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_path, 1);
    head->addWidget(m_text);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(6);
    for (QWidget *button : std::initializer_list<QWidget *> {m_reset, m_add, m_remove, m_up, m_down})
        actions->addWidget(button);
    actions->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(4);
    column->addLayout(head);
    for (TextLabel *label : {m_fault, m_help, m_facts})
        column->addWidget(label);
    column->addLayout(actions);
    connect(m_reset, &QPushButton::clicked, this, &FieldDetails::resetRequested);
    connect(m_add, &QPushButton::clicked, this, &FieldDetails::addRequested);
    connect(m_remove, &QPushButton::clicked, this, &FieldDetails::removeRequested);
    connect(m_text, &QPushButton::clicked, this, &FieldDetails::textRequested);
    connect(m_up, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(true); });
    connect(m_down, &QToolButton::clicked, this, [this] { Q_EMIT moveRequested(false); });
    show(nullptr, {}, {}, {});
}

void FieldDetails::show(const chart::FieldFacts *field, const QString &title, const QString &fault, May may)
{
    setVisible(field != nullptr);
    if (field == nullptr)
        return;
    QStringList facts {fieldKindName(field->kind)};
    if (field->isRequired)
        facts << tr("required");
    if (field->isDeprecated)
        facts << tr("deprecated");
    if (const QString bounds = fieldBounds(*field); !bounds.isEmpty())
        facts << bounds;
    if (field->hasPreset && field->kind != chart::FieldFacts::Kind::Section)
        facts << tr("default %1").arg(QString::fromStdString(chart::textFromValue(field->preset)).left(200));
    m_title->setText(title);
    m_path->setText(QString::fromStdString(field->pointer).mid(1).replace(QLatin1Char('/'), QLatin1Char('.')));
    m_fault->setText(fault);
    m_fault->setVisible(!fault.isEmpty());
    m_help->setText(QString::fromStdString(field->help));
    m_help->setVisible(!field->help.empty());
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_reset->setVisible(may.reset);
    m_add->setText(field->kind == chart::FieldFacts::Kind::List ? tr("Add item") : tr("Add key"));
    m_add->setVisible(may.add);
    m_remove->setVisible(may.remove);
    m_up->setVisible(may.move);
    m_down->setVisible(may.move);
}

} // namespace fairway::ui
