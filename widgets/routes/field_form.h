#pragma once

#include "core/engine/types.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace fairway::ui {

class TextLabel;

/// The fields of an engine::EditForm, each with its name, an editor and a line of help. A field that needs another is greyed until that
/// one is set; a changed field has a button that takes the change back.
class FieldForm final : public QWidget {
    Q_OBJECT
public:
    using Typed = QList<QPair<QString, QString>>;

    explicit FieldForm(QWidget *parent = nullptr);

    /// What was typed is kept where the field is still there.
    void setForm(const engine::EditForm &form);
    /// Fields that hold something else than the object, with what they hold.
    [[nodiscard]] Typed typed() const;
    void reset();
    /// "timeout: …" stands at that field. False when it is about no field of the form.
    bool setProblem(const QString &problem);
    void focusFirst();

Q_SIGNALS:
    void edited();

private:
    struct Row {
        engine::FormField field;
        TextLabel *label = nullptr;
        QLineEdit *line = nullptr; ///< One of the two.
        QComboBox *box = nullptr;
        QPushButton *reset = nullptr;
        TextLabel *help = nullptr;
    };
    void build(const engine::EditForm &form);
    void addRow(QGridLayout *grid, const engine::FormField &field);
    [[nodiscard]] static QString textOf(const Row &row);
    static void setText(Row &row, const QString &text);
    [[nodiscard]] bool isUsable(const Row &row) const;
    void refresh();

    QVBoxLayout *m_column;
    QWidget *m_content = nullptr;
    std::vector<Row> m_rows;
    QList<engine::FormGroup> m_groups;
};

} // namespace fairway::ui
