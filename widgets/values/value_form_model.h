#pragma once

#include "core/chart/value_form.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace fairway::ui {

/// The fields of a chart's values as a tree: name, value, where it comes from. Kept up in place, so that a view keeps what is
/// folded, what is chosen and the editor that is open.
///
/// Changes: update() gives removals, insertions and dataChanged for what differs; a field that only changed is never removed.
class ValueFormModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Value, Layer, ColumnCount };
    enum Role {
        PointerRole = Qt::UserRole, ///< QString
        KindRole,                   ///< int of chart::FieldFacts::Kind
        FaultRole,                  ///< QString: the first fault; empty when none.
        IsChangedRole,              ///< bool: the file sets it, to something else than the default.
        SearchRole,                 ///< QString: all that a search may find it by.
    };

    explicit ValueFormModel(QObject *parent = nullptr);
    ~ValueFormModel() override;

    void update(std::shared_ptr<const chart::ValueForm> form); ///< Null: empty.
    void setReadOnly(bool isReadOnly) { m_isReadOnly = isReadOnly; }
    /// What was typed and can't be a value of the field, with the reason. Goes with the next change of the field.
    void setRefusal(const QString &pointer, const QString &reason);
    [[nodiscard]] const chart::FieldFacts *field(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const QString &pointer) const;
    /// An item of a list may be moved and removed, a member of an open section removed.
    [[nodiscard]] bool isItem(const QModelIndex &index) const;
    [[nodiscard]] bool isRemovable(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    /// EditRole on Value: a text, or a bool for a Bool. Asks for the change; the model itself waits for update().
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void changeRequested(const QString &pointer, const fairway::value::Value &value);

private:
    struct Node;
    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOfNode(const Node &node, int column = 0) const;
    void sync(Node &node, const chart::FormField &field, const QModelIndex &index);
    void syncChildren(Node &node, const std::vector<chart::FormField> &fields, const QModelIndex &index);
    [[nodiscard]] QString valueText(const Node &node) const;

    std::shared_ptr<const chart::ValueForm> m_form; ///< The nodes point into it.
    std::unique_ptr<Node> m_root;
    bool m_isReadOnly = false;
};

} // namespace fairway::ui
