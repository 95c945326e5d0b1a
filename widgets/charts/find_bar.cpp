#include "widgets/charts/find_bar.h"

#include "widgets/charts/code_editor.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

namespace fairway::ui {

FindBar::FindBar(CodeEditor &editor)
    : QWidget(&editor)
    , m_editor(editor)
    , m_field(new QLineEdit)
    , m_count(new TextLabel({}, FontRole::Small, Token::Muted))
{
    m_field->setPlaceholderText(tr("Find in this text"));
    m_field->setAccessibleName(tr("Find in this text"));
    m_field->installEventFilter(this);
    setCompact(m_field);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    const auto add = [&](const char *icon, const QString &name, auto run) {
        auto *button = new QToolButton;
        button->setIcon(lineIcon(QString::fromLatin1(icon)));
        button->setToolTip(name);
        button->setAccessibleName(name);
        setButtonKind(button, ButtonKind::Flat);
        connect(button, &QToolButton::clicked, this, run);
        row->addWidget(button);
    };
    add("chevron-up", tr("Previous match (Shift+Enter)"), [this] { search(false, false); });
    add("chevron-down", tr("Next match (Enter)"), [this] { search(true, false); });
    add("close", tr("Close the search (Escape)"), [this] { closeBar(); });
    connect(&editor, &CodeEditor::matchesCounted, this, &FindBar::showCount);
    connect(m_field, &QLineEdit::textChanged, this, [this] { search(true, true); });
}

void FindBar::open(const QString &text)
{
    show();
    if (!text.isEmpty() && !text.contains(QLatin1Char('\n')))
        m_field->setText(text);
    m_field->setFocus();
    m_field->selectAll();
}

void FindBar::search(bool isForward, bool fromHere)
{
    m_editor.find(m_field->text(), isForward, fromHere);
}

void FindBar::showCount(int count)
{
    m_count->setText(count < 0 ? QString() : count == 0 ? tr("no match") : tr("%1 in all").arg(count));
    m_count->setToken(count == 0 ? Token::Warning : Token::Muted);
}

void FindBar::closeBar()
{
    hide();
    m_editor.setFocus();
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape) {
            closeBar();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            search(!key->modifiers().testFlag(Qt::ShiftModifier), false);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(0, height() - 1, width(), 1, theme().color(Token::Line));
}

} // namespace fairway::ui
