#include "widgets/values/value_form_delegate.h"

#include "core/chart/value_form_edit.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"
#include "widgets/values/value_form_filter.h"
#include "widgets/values/value_form_model.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QTimer>

namespace fairway::ui {

namespace {

using Kind = chart::FieldFacts::Kind;
constexpr int rowHeight = 32;
constexpr int faultHeight = 18;
constexpr int boxHeight = 26;

const chart::FieldFacts *fieldOf(const QModelIndex &index)
{
    const auto *filter = qobject_cast<const ValueFormFilter *>(index.model());
    const QModelIndex source = filter ? filter->mapToSource(index) : index;
    const auto *model = qobject_cast<const ValueFormModel *>(source.model());
    return model ? model->field(source) : nullptr;
}

/// The box of a value: all but the space below that a fault takes.
QRect boxOf(const QRect &cell)
{
    return {cell.left(), cell.top() + (rowHeight - boxHeight) / 2, cell.width() - 8, boxHeight};
}

bool hasChoices(const chart::FieldFacts &field)
{
    return field.kind == Kind::Enum || !field.alternatives.empty();
}

QRect switchOf(const QRect &box)
{
    return {box.left(), box.center().y() - 7, 16, 16};
}

} // namespace

ValueFormDelegate::ValueFormDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

QSize ValueFormDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool hasFault = !index.siblingAtColumn(0).data(ValueFormModel::FaultRole).toString().isEmpty();
    return {80, rowHeight + (hasFault ? faultHeight : 0)};
}

void ValueFormDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const chart::FieldFacts *field = fieldOf(index);
    if (field == nullptr)
        return;
    painter->save();
    const Theme &colors = theme();
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.color(Token::Selection));
    const QRect line(option.rect.left(), option.rect.top(), option.rect.width(), rowHeight);
    const QString text = index.data().toString();
    const QString fault = index.data(ValueFormModel::FaultRole).toString();
    const bool isContainer = field->kind == Kind::Section || field->kind == Kind::List;
    const auto put = [&](const QRect &rect, const QString &words, Token token, FontRole role, Qt::Alignment align = Qt::AlignLeft) {
        const QFont font = colors.font(role);
        painter->setFont(font);
        painter->setPen(colors.color(token));
        painter->drawText(rect, static_cast<int>(align | Qt::AlignVCenter), QFontMetrics(font).elidedText(words, Qt::ElideRight, rect.width()));
    };
    if (index.column() == ValueFormModel::Name) {
        QRect rect = line.adjusted(4, 0, -4, 0);
        put(rect, text + (field->isRequired ? QStringLiteral(" *") : QString()), isContainer && !field->isSet ? Token::Muted : Token::Text,
            isContainer ? FontRole::Medium : FontRole::Body);
        if (field->faultsBelow > 0) {
            const int x = rect.left() + QFontMetrics(colors.font(FontRole::Medium)).horizontalAdvance(text) + 10;
            if (x < rect.right() - 16)
                paintLineIcon(*painter, QStringLiteral("error"), colors.color(Token::Bad), QPointF(x, line.center().y() - 6), 14);
        }
    } else if (index.column() == ValueFormModel::Layer) {
        put(line.adjusted(0, 0, -10, 0), text, field->isSet ? Token::Text : Token::Muted, FontRole::MonoTiny, Qt::AlignRight);
    } else {
        const QRect box = boxOf(option.rect);
        const bool isEditable = index.flags().testFlag(Qt::ItemIsEditable);
        const QColor border = colors.color(fault.isEmpty() ? Token::Line : Token::Bad);
        if (field->kind == Kind::Bool && (field->value.isBool() || field->value.isNull())) {
            const QRectF mark = switchOf(box);
            const bool isOn = field->value.boolOr(false);
            paint::box(*painter, mark, colors.color(isOn ? Token::Accent : Token::Window), isOn ? colors.color(Token::Accent) : border, 4);
            if (isOn)
                paintLineIcon(*painter, QStringLiteral("check"), colors.color(Token::AccentInk), mark.topLeft() + QPointF(1, 1), 14);
            put(box.adjusted(24, 0, 0, 0), field->value.isNull() ? tr("not set") : text, Token::Muted, FontRole::Body);
        } else if (isContainer && field->alternatives.empty()) {
            put(box.adjusted(0, 0, -4, 0), text, Token::Muted, FontRole::Body);
        } else {
            paint::box(*painter, QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), colors.color(Token::Window), border, 6, isEditable ? Qt::SolidLine : Qt::DashLine);
            const int right = hasChoices(*field) ? 22 : 8;
            const QString shown = text.section(QLatin1Char('\n'), 0, 0) + (text.contains(QLatin1Char('\n')) ? QStringLiteral(" …") : QString());
            const QString unit = QString::fromStdString(field->unit);
            if (shown.isEmpty() && field->value.isNull())
                put(box.adjusted(8, 0, -right, 0), tr("not set"), Token::Muted, FontRole::Body);
            else
                put(box.adjusted(8, 0, -right, 0), unit.isEmpty() ? shown : shown + QLatin1Char(' ') + unit, field->isSet ? Token::Text : Token::Muted, FontRole::Body);
            if (hasChoices(*field))
                paintLineIcon(*painter, QStringLiteral("chevron-down"), colors.color(Token::Muted), QPointF(box.right() - 20, box.center().y() - 6), 14);
        }
        if (!fault.isEmpty()) {
            const QRect below(box.left(), option.rect.top() + rowHeight - 2, option.rect.width() - 8, faultHeight);
            paintLineIcon(*painter, QStringLiteral("error"), colors.color(Token::Bad), QPointF(below.left(), below.center().y() - 6), 14);
            put(below.adjusted(19, 0, 0, 0), fault, Token::Bad, FontRole::Small);
        }
    }
    painter->restore();
}

QWidget *ValueFormDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const chart::FieldFacts *field = fieldOf(index);
    if (field == nullptr || (field->kind == Kind::Bool && (field->value.isBool() || field->value.isNull())))
        return nullptr; // a Bool is switched, not edited
    auto *self = const_cast<ValueFormDelegate *>(this);
    if (hasChoices(*field)) {
        auto *box = new QComboBox(parent);
        setCompact(box);
        const bool isAlternative = !field->alternatives.empty();
        for (const std::string &name : field->alternatives)
            box->addItem(QString::fromStdString(name));
        for (std::size_t i = 0; !isAlternative && i < field->choices.size(); ++i)
            box->addItem(QString::fromStdString(chart::textFromValue(field->choices[i])));
        connect(box, &QComboBox::activated, self, [self, box] { Q_EMIT self->commitData(box); });
        box->setAccessibleName(index.siblingAtColumn(0).data().toString());
        return box;
    }
    auto *edit = new QLineEdit(parent);
    setCompact(edit);
    edit->setAccessibleName(index.siblingAtColumn(0).data().toString());
    edit->setAccessibleDescription(index.siblingAtColumn(0).data(Qt::ToolTipRole).toString());
    // The manifests follow the typing: what stands there counts a moment after the last key.
    auto *delay = new QTimer(edit);
    delay->setSingleShot(true);
    delay->setInterval(150);
    connect(edit, &QLineEdit::textEdited, delay, [delay] { delay->start(); });
    connect(delay, &QTimer::timeout, self, [self, edit] { Q_EMIT self->commitData(edit); });
    return edit;
}

void ValueFormDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    const chart::FieldFacts *field = fieldOf(index);
    if (field == nullptr)
        return;
    if (auto *box = qobject_cast<QComboBox *>(editor)) {
        box->setCurrentIndex(field->alternatives.empty() ? box->findText(index.data(Qt::EditRole).toString()) : field->alternative);
        return;
    }
    auto *edit = qobject_cast<QLineEdit *>(editor);
    // What is being typed is newer than what the model has; it never jumps back under the cursor.
    if (edit != nullptr && !(edit->isModified() && edit->hasFocus()) && edit->text() != index.data(Qt::EditRole).toString())
        edit->setText(index.data(Qt::EditRole).toString());
}

void ValueFormDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const chart::FieldFacts *field = fieldOf(index);
    if (const auto *box = qobject_cast<QComboBox *>(editor)) {
        if (field == nullptr || box->currentIndex() < 0)
            return;
        if (field->alternatives.empty())
            model->setData(index, box->currentText());
        else if (box->currentIndex() != field->alternative)
            Q_EMIT const_cast<ValueFormDelegate *>(this)->alternativeChosen(index, box->currentIndex());
        return;
    }
    auto *edit = qobject_cast<QLineEdit *>(editor);
    if (edit != nullptr && edit->isModified())
        model->setData(index, edit->text());
}

void ValueFormDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    editor->setGeometry(boxOf(option.rect));
}

bool ValueFormDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const chart::FieldFacts *field = fieldOf(index);
    const bool isSwitch = field != nullptr && field->kind == Kind::Bool && (field->value.isBool() || field->value.isNull())
        && index.column() == ValueFormModel::Value && index.flags().testFlag(Qt::ItemIsEditable);
    if (!isSwitch)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const bool isPressed = event->type() == QEvent::MouseButtonRelease
        && switchOf(boxOf(option.rect)).adjusted(-4, -6, 40, 6).contains(static_cast<QMouseEvent *>(event)->position().toPoint());
    const bool isKey = event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space;
    return (isPressed || isKey) && model->setData(index, !field->value.boolOr(false));
}

} // namespace fairway::ui
