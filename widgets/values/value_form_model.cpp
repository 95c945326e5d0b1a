#include "widgets/values/value_form_model.h"

#include "core/chart/value_form_edit.h"
#include "widgets/values/value_form_words.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace fairway::ui {

using chart::FieldFacts;
using chart::FormField;

struct ValueFormModel::Node {
    Node *parent = nullptr;
    int row = 0;
    const FieldFacts *facts = &nothing; ///< In the form that the model holds.
    QString refusal;

    static inline const FieldFacts nothing;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

/// Whether a view would show the two differently.
bool looksSame(const FieldFacts &a, const FieldFacts &b)
{
    return a.kind == b.kind && a.isSet == b.isSet && a.hasPreset == b.hasPreset && a.isRequired == b.isRequired && a.alternative == b.alternative
        && a.faultsBelow == b.faultsBelow && a.faults == b.faults && a.title == b.title && a.help == b.help && a.isOpen == b.isOpen
        && a.value == b.value && a.preset == b.preset && a.choices == b.choices && a.minimum == b.minimum && a.maximum == b.maximum;
}

} // namespace

ValueFormModel::ValueFormModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

ValueFormModel::~ValueFormModel() = default;

void ValueFormModel::update(std::shared_ptr<const chart::ValueForm> form)
{
    if (form == nullptr) {
        beginResetModel();
        m_root = std::make_unique<Node>();
        m_form.reset();
        endResetModel();
        return;
    }
    sync(*m_root, form->root, {}); // nodes that it hasn't come to yet still point into the form before
    m_form = std::move(form);
}

void ValueFormModel::sync(Node &node, const FormField &field, const QModelIndex &index)
{
    const bool isSame = looksSame(*node.facts, field) && node.refusal.isEmpty();
    const bool isValueSame = node.facts->value == field.value;
    node.facts = &field;
    if (!isSame) {
        if (!isValueSame || !field.faults.empty())
            node.refusal.clear();
        if (index.isValid())
            Q_EMIT dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
    }
    syncChildren(node, field.fields, index);
}

void ValueFormModel::syncChildren(Node &node, const std::vector<FormField> &fields, const QModelIndex &index)
{
    const auto renumber = [&node] {
        for (std::size_t i = 0; i < node.children.size(); ++i)
            node.children[i]->row = static_cast<int>(i);
    };
    std::unordered_set<std::string> wanted;
    for (const FormField &field : fields)
        wanted.insert(field.name);
    const auto dropFrom = [&](std::size_t row) {
        beginRemoveRows(index, static_cast<int>(row), static_cast<int>(row));
        node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(row));
        renumber();
        endRemoveRows();
    };
    for (std::size_t row = node.children.size(); row > 0; --row) {
        if (wanted.count(node.children[row - 1]->facts->name) == 0)
            dropFrom(row - 1);
    }
    for (std::size_t row = 0; row < fields.size();) {
        if (row < node.children.size() && node.children[row]->facts->name == fields[row].name) {
            sync(*node.children[row], fields[row], indexOfNode(*node.children[row]));
            ++row;
            continue;
        }
        // One that stands further down moves here by being made anew: order changes with the text's, which is rare.
        const auto later = std::find_if(node.children.begin() + static_cast<std::ptrdiff_t>(std::min(row, node.children.size())), node.children.end(),
            [&](const auto &child) { return child->facts->name == fields[row].name; });
        if (later != node.children.end())
            dropFrom(static_cast<std::size_t>(later - node.children.begin()));
        // All that are new here come together.
        std::unordered_set<std::string> present;
        for (const auto &child : node.children)
            present.insert(child->facts->name);
        std::size_t end = row + 1;
        while (end < fields.size() && present.count(fields[end].name) == 0)
            ++end;
        std::vector<std::unique_ptr<Node>> fresh;
        const auto make = [](auto &&self, Node *parent, const FormField &field) -> std::unique_ptr<Node> {
            auto made = std::make_unique<Node>();
            made->parent = parent;
            made->facts = &field;
            for (const FormField &inner : field.fields) {
                made->children.push_back(self(self, made.get(), inner));
                made->children.back()->row = static_cast<int>(made->children.size()) - 1;
            }
            return made;
        };
        for (std::size_t i = row; i < end; ++i)
            fresh.push_back(make(make, &node, fields[i]));
        beginInsertRows(index, static_cast<int>(row), static_cast<int>(end) - 1);
        node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(row), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        renumber();
        endInsertRows();
        row = end;
    }
}

void ValueFormModel::setRefusal(const QString &pointer, const QString &reason)
{
    const QModelIndex index = indexOf(pointer);
    if (!index.isValid() || nodeOf(index)->refusal == reason)
        return;
    nodeOf(index)->refusal = reason;
    Q_EMIT dataChanged(index, index.siblingAtColumn(ColumnCount - 1));
}

ValueFormModel::Node *ValueFormModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex ValueFormModel::indexOfNode(const Node &node, int column) const
{
    return node.parent == nullptr ? QModelIndex() : createIndex(node.row, column, const_cast<Node *>(&node));
}

const FieldFacts *ValueFormModel::field(const QModelIndex &index) const
{
    return index.isValid() ? nodeOf(index)->facts : nullptr;
}

QModelIndex ValueFormModel::indexOf(const QString &pointer) const
{
    const std::string wanted = pointer.toStdString();
    const Node *node = m_root.get();
    while (node->facts->pointer != wanted) {
        const auto next = std::find_if(node->children.begin(), node->children.end(), [&](const auto &child) {
            const std::string &at = child->facts->pointer;
            return wanted.starts_with(at) && (wanted.size() == at.size() || wanted[at.size()] == '/');
        });
        if (next == node->children.end())
            return {};
        node = next->get();
    }
    return indexOfNode(*node);
}

bool ValueFormModel::isItem(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    return node->parent != nullptr && node->parent->facts->kind == FormField::Kind::List;
}

bool ValueFormModel::isRemovable(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    if (m_isReadOnly || node->parent == nullptr)
        return false;
    return isItem(index) || (node->parent->facts->isOpen && !node->facts->isRequired && !node->facts->value.isNull());
}

QModelIndex ValueFormModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeOf(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<std::size_t>(row) >= node->children.size())
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ValueFormModel::parent(const QModelIndex &child) const
{
    const Node *node = nodeOf(child);
    return node->parent == nullptr ? QModelIndex() : indexOfNode(*node->parent);
}

int ValueFormModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int ValueFormModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString ValueFormModel::valueText(const Node &node) const
{
    const FieldFacts &field = *node.facts;
    if (field.kind == FormField::Kind::List && (field.value.isList() || field.value.isNull()))
        return field.value.size() == 1 ? tr("1 item") : tr("%1 items").arg(field.value.size());
    if (field.kind == FormField::Kind::Section && (field.value.isMap() || field.value.isNull())) {
        if (field.alternative >= 0)
            return QString::fromStdString(field.alternatives[static_cast<std::size_t>(field.alternative)]);
        return {};
    }
    if (field.kind == FormField::Kind::Bool && field.value.isBool())
        return field.value.asBool() ? tr("on") : tr("off");
    return QString::fromStdString(chart::textFromValue(field.value).substr(0, 2000));
}

QVariant ValueFormModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    const FieldFacts &field = *node.facts;
    const QString fault = !node.refusal.isEmpty() ? node.refusal : field.faults.empty() ? QString() : faultText(field.faults.front());
    const QString title = fieldTitle(field, isItem(index));
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Name)
            return title;
        return index.column() == Value ? valueText(node) : field.isSet ? tr("set here") : field.hasPreset ? tr("default") : QString();
    case Qt::EditRole:
        return index.column() == Value && field.kind != FormField::Kind::Bool ? QVariant(QString::fromStdString(chart::textFromValue(field.value)))
            : index.column() == Value                                         ? QVariant(field.value.boolOr(false))
                                                                               : QVariant();
    case Qt::ToolTipRole: return fault.isEmpty() ? QString::fromStdString(field.help) : fault;
    case Qt::AccessibleTextRole:
        return index.column() == Name ? title : tr("%1: %2%3").arg(title, valueText(node), fault.isEmpty() ? QString() : QStringLiteral(", ") + fault);
    case PointerRole: return QString::fromStdString(field.pointer);
    case KindRole: return static_cast<int>(field.kind);
    case FaultRole: return fault;
    case IsChangedRole: return field.isSet && field.kind != FormField::Kind::Section && !(field.hasPreset && field.value == field.preset);
    case SearchRole:
        return QString(title + QLatin1Char(' ') + QString::fromStdString(field.pointer).mid(1).replace(QLatin1Char('/'), QLatin1Char('.')) + QLatin1Char(' ') + QString::fromStdString(field.help));
    default: return {};
    }
}

bool ValueFormModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole || index.column() != Value || m_isReadOnly)
        return false;
    Node &node = *nodeOf(index);
    const QString pointer = QString::fromStdString(node.facts->pointer);
    if (node.facts->kind == FormField::Kind::Bool && value.typeId() == QMetaType::Bool) {
        Q_EMIT changeRequested(pointer, value::Value(value.toBool()));
        return true;
    }
    const QString text = value.toString();
    const Result<value::Value> typed = chart::valueFromText(*node.facts, text.toStdString());
    if (!typed) {
        setRefusal(pointer, faultText(typed.error().message));
        return false;
    }
    setRefusal(pointer, {});
    const bool isNothingNew = *typed == node.facts->value && typed->kind() == node.facts->value.kind();
    if (!isNothingNew && !(node.facts->value.isNull() && text.isEmpty()))
        Q_EMIT changeRequested(pointer, *typed);
    return true;
}

QVariant ValueFormModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : section == Value ? tr("Value") : tr("Layer");
}

Qt::ItemFlags ValueFormModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const FieldFacts &field = *nodeOf(index)->facts;
    const bool isContainer = (field.kind == FormField::Kind::Section || field.kind == FormField::Kind::List) && field.alternatives.empty();
    const bool isLong = field.value.isString() && field.value.asString().find('\n') != std::string::npos;
    if (index.column() == Value && !m_isReadOnly && !isContainer && !isLong)
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace fairway::ui
