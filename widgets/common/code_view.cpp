#include "widgets/common/code_view.h"

#include "widgets/theme/theme.h"

#include <QRegularExpression>
#include <QScrollBar>
#include <QSyntaxHighlighter>
#include <QTextBlock>

namespace fairway::ui {
namespace {

/// Colours keys, strings, numbers and comments of YAML line by line. Not a parser: what it can't tell it leaves plain.
class YamlHighlighter final : public QSyntaxHighlighter {
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        static const QRegularExpression key(QStringLiteral("^\\s*(?:- )*([^\\s#:'\"{\\[][^:#]*):(?:\\s|$)"));
        static const QRegularExpression scalar(
            QStringLiteral("(?<=[:\\-]\\s)(-?\\d+(?:\\.\\d+)?|true|false|null)\\s*$"));
        static const QRegularExpression quoted(QStringLiteral("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'"));
        static const QRegularExpression comment(QStringLiteral("(?:^|\\s)#.*$"));
        const Theme &t = theme();
        // A huge line (a certificate, an embedded file) isn't worth four regular expressions.
        if (text.size() > 2000)
            return;
        if (const auto m = key.match(text); m.hasMatch())
            setFormat(int(m.capturedStart(1)), int(m.capturedLength(1)), t.color(Token::Stable));
        if (const auto m = scalar.match(text); m.hasMatch())
            setFormat(int(m.capturedStart(1)), int(m.capturedLength(1)), t.color(Token::Third));
        for (auto it = quoted.globalMatch(text); it.hasNext();) {
            const auto m = it.next();
            setFormat(int(m.capturedStart()), int(m.capturedLength()), t.color(Token::Good));
        }
        if (const auto m = comment.match(text); m.hasMatch())
            setFormat(int(m.capturedStart()), int(m.capturedLength()), t.color(Token::Muted));
    }
};

} // namespace

CodeView::CodeView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setFont(theme().font(FontRole::Mono));
    setAccessibleName(tr("YAML"));
    document()->setDocumentMargin(12);
    auto *highlighter = new YamlHighlighter(document());
    connect(&theme(), &Theme::changed, highlighter, &QSyntaxHighlighter::rehighlight);
}

void CodeView::setCode(const QString &text)
{
    if (toPlainText() == text)
        return;
    const int x = horizontalScrollBar()->value();
    const int y = verticalScrollBar()->value();
    setPlainText(text);
    horizontalScrollBar()->setValue(x);
    verticalScrollBar()->setValue(y);
}

void CodeView::showLine(int line)
{
    const QTextBlock block = line < 0 ? QTextBlock() : document()->findBlockByNumber(line);
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.movePosition(QTextCursor::EndOfBlock);
    cursor.movePosition(QTextCursor::StartOfBlock, QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    centerCursor();
    horizontalScrollBar()->setValue(0);
}

} // namespace fairway::ui
