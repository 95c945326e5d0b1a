#pragma once

#include <QStyledItemDelegate>

namespace fairway::ui {

/// Paints the fields of a form: names, values in boxes, what is wrong below them. Only the field being edited has a widget of its
/// own, so that thousands cost no more than those in sight.
class ValueFormDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ValueFormDelegate(QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

Q_SIGNALS:
    void alternativeChosen(const QModelIndex &index, int alternative);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;
};

} // namespace fairway::ui
