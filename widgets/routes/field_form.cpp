#include "widgets/routes/field_form.h"

#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {

/// The same fields, whatever they hold: the widgets can stay.
bool isSameShape(const QList<engine::FormGroup> &a, const QList<engine::FormGroup> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const engine::FormGroup &left, const engine::FormGroup &right) {
        return left.id == right.id && left.note == right.note
            && std::equal(left.fields.begin(), left.fields.end(), right.fields.begin(), right.fields.end(),
                [](const engine::FormField &x, const engine::FormField &y) { return x.id == y.id && x.choices == y.choices; });
    });
}

} // namespace

FieldForm::FieldForm(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
}

void FieldForm::setForm(const engine::EditForm &form)
{
    const Typed before = typed();
    if (m_content == nullptr || !isSameShape(m_groups, form.groups)) {
        build(form);
    }
    m_groups = form.groups;
    for (const engine::FormGroup &group : form.groups) {
        for (const engine::FormField &field : group.fields) {
            const auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &each) { return each.field.id == field.id; });
            if (row == m_rows.end()) {
                continue;
            }
            row->field = field;
            const auto kept = std::find_if(before.begin(), before.end(), [&](const auto &each) { return each.first == field.id; });
            setText(*row, kept == before.end() ? field.value : kept->second);
        }
    }
    refresh();
}

void FieldForm::build(const engine::EditForm &form)
{
    m_rows.clear();
    delete m_content;
    m_content = new QWidget;
    auto *sections = new QVBoxLayout(m_content);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(16);
    for (const engine::FormGroup &group : form.groups) {
        auto *grid = new QGridLayout;
        grid->setHorizontalSpacing(12);
        grid->setVerticalSpacing(2);
        grid->setColumnMinimumWidth(0, 168);
        grid->setColumnMinimumWidth(2, 28);
        grid->setColumnStretch(1, 1);
        grid->addWidget(new TextLabel(group.title, FontRole::Strong), 0, 0, 1, 3);
        if (!group.note.isEmpty()) {
            auto *note = new TextLabel(group.note, FontRole::Small, Token::Muted);
            note->setWordWrap(true);
            grid->addWidget(note, 1, 0, 1, 3);
        }
        for (const engine::FormField &field : group.fields) {
            addRow(grid, field);
        }
        sections->addLayout(grid);
    }
    sections->addStretch(1);
    m_column->addWidget(m_content);
}

void FieldForm::addRow(QGridLayout *grid, const engine::FormField &field)
{
    Row row;
    row.field = field;
    row.label = new TextLabel(field.label, FontRole::Body, Token::Muted);
    QWidget *editor = nullptr;
    if (field.type == engine::FieldType::Choice || field.type == engine::FieldType::Flag) {
        row.box = new QComboBox;
        row.box->addItem(tr("not set"), QString());
        const QStringList choices = field.type == engine::FieldType::Flag ? QStringList {QStringLiteral("true"), QStringLiteral("false")} : field.choices;
        for (qsizetype i = 0; i < choices.size(); ++i) {
            row.box->addItem(field.choiceWords.value(i, choices[i]), choices[i]);
        }
        connect(row.box, &QComboBox::activated, this, [this] {
            refresh();
            Q_EMIT edited();
        });
        editor = row.box;
    } else {
        row.line = new QLineEdit;
        row.line->setPlaceholderText(tr("not set"));
        row.line->setMaxLength(4096);
        connect(row.line, &QLineEdit::textEdited, this, [this] {
            refresh();
            Q_EMIT edited();
        });
        editor = row.line;
    }
    editor->setAccessibleName(field.label);
    editor->setAccessibleDescription(field.help);
    row.label->setBuddy(editor);
    row.reset = new QPushButton;
    row.reset->setIcon(lineIcon(QStringLiteral("undo"), Token::Muted));
    row.reset->setAccessibleName(tr("Take back the change of %1").arg(field.label));
    row.reset->setAutoDefault(false);
    row.reset->setFocusPolicy(Qt::ClickFocus); // Tab leads from field to field.
    setButtonKind(row.reset, ButtonKind::Flat);
    setCompact(row.reset);
    QSizePolicy keeps = row.reset->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    row.reset->setSizePolicy(keeps);
    row.help = new TextLabel(field.help, FontRole::Small, Token::Muted);
    row.help->setWordWrap(true);
    const QString id = field.id;
    connect(row.reset, &QPushButton::clicked, this, [this, id] {
        for (Row &each : m_rows) {
            if (each.field.id == id) {
                setText(each, each.field.value);
                (each.line != nullptr ? static_cast<QWidget *>(each.line) : each.box)->setFocus(Qt::OtherFocusReason);
            }
        }
        refresh();
        Q_EMIT edited();
    });
    const int at = grid->rowCount();
    grid->setRowMinimumHeight(at, 32);
    grid->addWidget(row.label, at, 0);
    grid->addWidget(editor, at, 1);
    grid->addWidget(row.reset, at, 2);
    grid->addWidget(row.help, at + 1, 1, 1, 2);
    m_rows.push_back(row);
}

QString FieldForm::textOf(const Row &row)
{
    return row.line != nullptr ? row.line->text().trimmed() : row.box->currentData().toString();
}

void FieldForm::setText(Row &row, const QString &text)
{
    if (row.line != nullptr) {
        if (row.line->text() != text) {
            row.line->setText(text);
        }
        return;
    }
    int index = row.box->findData(text);
    if (index < 0) { // The object holds what the form does not offer: it must not look unset.
        row.box->addItem(text, text);
        index = row.box->count() - 1;
    }
    row.box->setCurrentIndex(index);
}

FieldForm::Typed FieldForm::typed() const
{
    Typed all;
    for (const Row &row : m_rows) {
        const QString text = textOf(row);
        if (text != row.field.value && (isUsable(row) || !row.field.value.isEmpty())) {
            all.append({row.field.id, text});
        }
    }
    return all;
}

void FieldForm::reset()
{
    for (Row &row : m_rows) {
        setText(row, row.field.value);
    }
    refresh();
}

bool FieldForm::isUsable(const Row &row) const
{
    if (row.field.needs.isEmpty()) {
        return true;
    }
    const auto needed = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &each) { return each.field.id == row.field.needs; });
    if (needed == m_rows.end()) {
        return true;
    }
    const QString text = textOf(*needed);
    return row.field.needsOneOf.isEmpty() ? !text.isEmpty() : row.field.needsOneOf.contains(text);
}

void FieldForm::refresh()
{
    for (Row &row : m_rows) {
        const bool isOn = isUsable(row);
        QWidget *editor = row.line != nullptr ? static_cast<QWidget *>(row.line) : row.box;
        editor->setEnabled(isOn);
        const auto needed = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &each) { return each.field.id == row.field.needs; });
        editor->setToolTip(isOn || needed == m_rows.end() ? QString() : tr("Set \"%1\" first").arg(needed->field.label));
        const bool isChanged = isOn && textOf(row) != row.field.value;
        row.label->setToken(isChanged ? Token::Text : Token::Muted);
        row.reset->setVisible(isChanged);
        row.reset->setToolTip(row.field.value.isEmpty() ? tr("Back to: not set") : tr("Back to: %1").arg(row.field.value));
        row.help->setText(row.field.help);
        row.help->setToken(Token::Muted);
    }
}

bool FieldForm::setProblem(const QString &problem)
{
    bool isTaken = false;
    for (Row &row : m_rows) {
        const QString head = row.field.id + QStringLiteral(": ");
        const bool isHere = problem.startsWith(head);
        row.help->setText(isHere ? problem.mid(head.size()) : row.field.help);
        row.help->setToken(isHere ? Token::Bad : Token::Muted);
        isTaken |= isHere;
    }
    return isTaken;
}

void FieldForm::focusFirst()
{
    if (!m_rows.empty()) {
        (m_rows.front().line != nullptr ? static_cast<QWidget *>(m_rows.front().line) : m_rows.front().box)->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace fairway::ui
