#include "widgets/values/value_form.h"

#include "core/value/pointer.h"
#include "widgets/common/banner.h"
#include "widgets/common/dialogs.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/values/field_details.h"
#include "widgets/values/value_form_delegate.h"
#include "widgets/values/value_form_filter.h"
#include "widgets/values/value_form_model.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace fairway::ui {

using Change = chart::FormChange::Kind;
using Kind = chart::FieldFacts::Kind;

namespace {
constexpr std::size_t maxFieldsOpenAtFirst = 300; // beyond that only the top is shown unfolded
}

ValueForm::ValueForm(engine::ChartService &charts, QWidget *parent)
    : QWidget(parent)
    , m_form(charts)
    , m_header(new SectionHeader(tr("Form")))
    , m_search(new QLineEdit)
    , m_onlyChanged(new QPushButton(tr("Only changed")))
    , m_banner(new Banner)
    , m_empty(new EmptyState)
    , m_view(new QTreeView)
    , m_details(new FieldDetails)
    , m_model(new ValueFormModel(this))
    , m_filter(new ValueFormFilter(this))
{
    m_search->setPlaceholderText(tr("Search values"));
    m_search->setAccessibleName(tr("Search values"));
    m_search->setClearButtonEnabled(true);
    setCompact(m_search);
    m_onlyChanged->setCheckable(true);
    setButtonKind(m_onlyChanged, ButtonKind::Chip);
    setCompact(m_onlyChanged);

    m_filter->setSourceModel(m_model);
    auto *delegate = new ValueFormDelegate(this);
    m_view->setModel(m_filter);
    m_view->setItemDelegate(delegate);
    m_view->setAccessibleName(tr("Values of the chart"));
    m_view->setHeaderHidden(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(14);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::CurrentChanged | QAbstractItemView::SelectedClicked | QAbstractItemView::EditKeyPressed
        | QAbstractItemView::AnyKeyPressed | QAbstractItemView::DoubleClicked);
    m_view->setTabKeyNavigation(false);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setMinimumSectionSize(40);
    m_view->header()->setSectionResizeMode(ValueFormModel::Name, QHeaderView::Stretch);
    m_view->header()->setSectionResizeMode(ValueFormModel::Value, QHeaderView::Stretch);
    m_view->header()->setSectionResizeMode(ValueFormModel::Layer, QHeaderView::Fixed);
    m_view->header()->resizeSection(ValueFormModel::Layer, 66);

    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 4, 12, 6);
    tools->setSpacing(8);
    tools->addWidget(m_search, 1);
    tools->addWidget(m_onlyChanged);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(12, 8, 12, 0);
    head->addWidget(m_header);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addLayout(tools);
    column->addWidget(m_banner);
    column->addWidget(m_empty, 1);
    column->addWidget(m_view, 1);
    column->addWidget(new Hairline);
    column->addWidget(m_details);
    m_banner->hide();

    connect(m_search, &QLineEdit::textChanged, this, &ValueForm::applyFilter);
    connect(m_onlyChanged, &QPushButton::toggled, this, &ValueForm::applyFilter);
    connect(&m_form, &engine::ChartForm::formChanged, this, &ValueForm::takeForm);
    connect(&m_form, &engine::ChartForm::textEdited, this, &ValueForm::textEdited);
    connect(&m_form, &engine::ChartForm::refused, this, [this](const QString &pointer, const QString &reason) {
        m_refusal = tr("Not changed: %1").arg(reason);
        m_model->setRefusal(pointer, reason);
        takeForm();
    });
    connect(m_model, &ValueFormModel::changeRequested, this, [this](const QString &pointer, const value::Value &value) {
        m_refusal.clear();
        m_form.apply({Change::Set, pointer.toStdString(), value});
    });
    connect(delegate, &ValueFormDelegate::alternativeChosen, this, [this](const QModelIndex &index, int alternative) {
        const chart::FieldFacts *field = m_model->field(m_filter->mapToSource(index));
        if (field != nullptr && static_cast<std::size_t>(alternative) < field->alternativeValues.size())
            m_form.apply({Change::Set, field->pointer, field->alternativeValues[static_cast<std::size_t>(alternative)]});
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ValueForm::showDetails);
    // The whole row stands for its value, as a label does for its field.
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        const QModelIndex value = index.siblingAtColumn(ValueFormModel::Value);
        if (index != value && value.flags().testFlag(Qt::ItemIsEditable))
            m_view->setCurrentIndex(value);
    });
    connect(m_model, &QAbstractItemModel::dataChanged, this, &ValueForm::showDetails);
    connect(m_details, &FieldDetails::resetRequested, this, [this] { change(Change::Reset); });
    connect(m_details, &FieldDetails::removeRequested, this, [this] { change(Change::Remove); });
    connect(m_details, &FieldDetails::addRequested, this, &ValueForm::add);
    connect(m_details, &FieldDetails::moveRequested, this, [this](bool isUp) { change(isUp ? Change::MoveUp : Change::MoveDown); });
    connect(m_details, &FieldDetails::textRequested, this, [this] {
        if (const chart::FieldFacts *field = m_model->field(currentSource()))
            Q_EMIT textRequested(QString::fromStdString(field->pointer));
    });
    setFocusProxy(m_view);
    addKeys();
    takeForm();
}

void ValueForm::addKeys()
{
    const auto key = [this](const QString &text, const QKeySequence &sequence, auto &&call) {
        auto *action = new QAction(text, this);
        action->setShortcut(sequence);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, call);
        addAction(action);
    };
    key(tr("Reset to default"), QKeySequence(Qt::CTRL | Qt::Key_Backspace), [this] { change(Change::Reset); });
    key(tr("Add item or key"), QKeySequence(Qt::CTRL | Qt::Key_Plus), [this] { add(); });
    key(tr("Remove item or key"), QKeySequence(Qt::CTRL | Qt::Key_Minus), [this] { change(Change::Remove); });
    key(tr("Move item up"), QKeySequence(Qt::ALT | Qt::Key_Up), [this] { change(Change::MoveUp); });
    key(tr("Move item down"), QKeySequence(Qt::ALT | Qt::Key_Down), [this] { change(Change::MoveDown); });
}

void ValueForm::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ValueForm::setFile(const QString &file)
{
    if (file == m_form.file())
        return;
    m_refusal.clear();
    m_expandedFor.clear();
    m_model->update(nullptr);
    m_form.setFile(file);
    m_model->setReadOnly(m_form.isReadOnly());
}

void ValueForm::takeForm()
{
    const auto form = m_form.form();
    const QString problem = m_form.problem();
    m_view->setVisible(form != nullptr);
    m_empty->setVisible(form == nullptr);
    if (form == nullptr) {
        if (problem.isEmpty())
            m_empty->show(EmptyState::Kind::Loading, tr("Reading the values"), {});
        else
            m_empty->show(EmptyState::Kind::Failed, tr("No form yet"), problem);
        m_details->show(nullptr, {}, {}, {});
        return;
    }
    m_model->update(form);
    if (m_expandedFor != m_form.file()) {
        m_expandedFor = m_form.file();
        if (form->fieldCount <= maxFieldsOpenAtFirst)
            m_view->expandAll();
    }
    m_header->setNote(form->faultCount == 0 ? tr("%1 values").arg(form->fieldCount)
            : form->faultCount == 1         ? tr("%1 values, 1 with a problem").arg(form->fieldCount)
                                            : tr("%1 values, %2 with problems").arg(form->fieldCount).arg(form->faultCount));
    m_banner->hide();
    if (!problem.isEmpty())
        m_banner->show(Tone::Bad, tr("The YAML can't be read, the form shows its last good state: %1").arg(problem));
    else if (!m_refusal.isEmpty())
        m_banner->show(Tone::Warning, m_refusal);
    else if (!form->schemaProblem.empty())
        m_banner->show(Tone::Warning, tr("values.schema.json can't be used: %1").arg(QString::fromStdString(form->schemaProblem)));
    else if (form->isCut)
        m_banner->show(Tone::Warning, tr("The chart has more values than a form can hold; the YAML shows them all."));
    showDetails();
}

QModelIndex ValueForm::currentSource() const
{
    return m_filter->mapToSource(m_view->currentIndex());
}

void ValueForm::showDetails()
{
    const QModelIndex index = currentSource();
    const chart::FieldFacts *field = m_model->field(index);
    FieldDetails::May may;
    if (field != nullptr && !m_form.isReadOnly()) {
        const bool isItem = m_model->isItem(index);
        may.reset = field->isSet && !isItem;
        may.add = field->kind == Kind::List || (field->kind == Kind::Section && field->isOpen);
        may.remove = m_model->isRemovable(index);
        may.move = isItem;
    }
    m_details->show(field, index.siblingAtColumn(ValueFormModel::Name).data().toString(), index.data(ValueFormModel::FaultRole).toString(), may);
}

void ValueForm::applyFilter()
{
    m_filter->setSearch(m_search->text());
    m_filter->setOnlyChanged(m_onlyChanged->isChecked());
    if (m_filter->isFiltering() && m_form.form() && m_form.form()->fieldCount <= 5000)
        m_view->expandAll();
}

void ValueForm::change(Change kind, const value::Value &value)
{
    const QModelIndex index = currentSource();
    const chart::FieldFacts *field = m_model->field(index);
    if (field == nullptr || m_form.isReadOnly())
        return;
    const bool isItem = m_model->isItem(index);
    const bool isMove = kind == Change::MoveUp || kind == Change::MoveDown;
    const int rows = m_model->rowCount(index.parent());
    if ((kind == Change::Reset && (!field->isSet || isItem)) || (kind == Change::Remove && !m_model->isRemovable(index)) || (isMove && !isItem)
        || (kind == Change::MoveUp && index.row() == 0) || (kind == Change::MoveDown && index.row() + 1 == rows))
        return;
    m_refusal.clear();
    const std::string pointer = field->pointer;
    m_form.apply({kind, pointer, value});
    if (isMove) // the choice goes with the item
        m_view->setCurrentIndex(m_filter->mapFromSource(index.sibling(index.row() + (kind == Change::MoveUp ? -1 : 1), index.column())));
}

void ValueForm::add()
{
    const chart::FieldFacts *field = m_model->field(currentSource());
    if (field == nullptr)
        return;
    if (field->kind == Kind::List)
        change(Change::AddItem, field->newItem);
    else if (field->kind == Kind::Section && field->isOpen)
        askKey(QString::fromStdString(field->pointer));
}

void ValueForm::askKey(const QString &pointer)
{
    const chart::FieldFacts *field = m_model->field(m_model->indexOf(pointer));
    auto *dialog = new ActionDialog(tr("Add a key"), tr("The name of the new value."), tr("Add key"), false, this);
    auto *edit = new QLineEdit;
    edit->setAccessibleName(tr("Name of the key"));
    dialog->body()->addWidget(edit);
    dialog->actionButton()->setEnabled(false);
    connect(edit, &QLineEdit::textChanged, dialog, [dialog](const QString &text) { dialog->actionButton()->setEnabled(!text.trimmed().isEmpty()); });
    const value::Value fresh = field != nullptr && !field->newItem.isNull() ? field->newItem : value::Value("");
    connect(dialog, &QDialog::accepted, this, [this, pointer, edit, fresh] {
        m_form.apply({Change::Set, value::childPointer(pointer.toStdString(), edit->text().trimmed().toStdString()), fresh});
    });
    dialog->open();
    edit->setFocus();
}

void ValueForm::showValue(const QString &path)
{
    QString pointer;
    for (const QString &step : QString(path).replace(QLatin1Char('['), QLatin1Char('.')).remove(QLatin1Char(']')).split(QLatin1Char('.'), Qt::SkipEmptyParts))
        pointer = QString::fromStdString(value::childPointer(pointer.toStdString(), step.toStdString()));
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(pointer).siblingAtColumn(ValueFormModel::Value));
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

} // namespace fairway::ui
