#include "widgets/charts/editor_lexer.h"

#include "widgets/theme/theme.h"

#include <Qsci/qsciscintilla.h>

#include <QFontInfo>

#include <string_view>

namespace fairway::ui {
namespace {

constexpr int MaxLine = 4000; ///< An embedded file or a certificate in one line isn't worth colouring.
constexpr int Styles[] = {EditorLexer::Default, EditorLexer::Key, EditorLexer::Scalar, EditorLexer::Comment, EditorLexer::Action, EditorLexer::Mark};

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Length of the key that begins the text, its colon not counted; 0 when there is none.
int keyLength(std::string_view text)
{
    if (text.empty() || text.front() == '#' || text.front() == '{' || text.front() == '[')
        return 0;
    const char quote = text.front() == '"' || text.front() == '\'' ? text.front() : '\0';
    std::size_t i = 0;
    if (quote != '\0') {
        i = text.find(quote, 1);
        if (i == std::string_view::npos)
            return 0;
        ++i;
        return i < text.size() && text[i] == ':' ? static_cast<int>(i) : 0;
    }
    for (; i < text.size(); ++i) {
        if (text.substr(i).starts_with("{{"))
            return 0;
        if (text[i] == ':' && (i + 1 == text.size() || isBlank(text[i + 1])))
            return static_cast<int>(i);
    }
    return 0;
}

} // namespace

EditorLexer::EditorLexer(Syntax syntax, QObject *parent)
    : QsciLexerCustom(parent)
    , m_syntax(syntax)
{
    refresh();
}

QString EditorLexer::description(int style) const
{
    return style >= Default && style <= Mark ? QStringLiteral("style %1").arg(style) : QString();
}

QColor EditorLexer::defaultColor(int style) const
{
    const Theme &t = theme();
    switch (style) {
    case Key: return t.color(Token::Stable);
    case Comment:
    case Mark: return t.color(Token::Muted);
    case Action: return t.color(Token::Third);
    default: return t.color(Token::Text);
    }
}

QColor EditorLexer::defaultPaper(int) const
{
    return theme().color(Token::Window);
}

QFont EditorLexer::defaultFont(int) const
{
    // Scintilla knows points only; the type scale is in pixels.
    QFont font = theme().font(FontRole::Mono);
    const int dpi = editor() ? editor()->logicalDpiY() : 96;
    font.setPointSizeF(QFontInfo(font).pixelSize() * 72.0 / dpi);
    return font;
}

void EditorLexer::refresh()
{
    setDefaultColor(theme().color(Token::Text));
    setDefaultPaper(theme().color(Token::Window));
    setDefaultFont(defaultFont(Default));
    for (const int style : Styles) {
        setColor(defaultColor(style), style);
        setPaper(defaultPaper(style), style);
        setFont(defaultFont(style), style);
    }
}

void EditorLexer::styleLine(const char *text, int size, bool &isInAction)
{
    const std::string_view line(text, static_cast<std::size_t>(size));
    int at = 0;
    const auto plain = [&](int until, int style) {
        if (until > at)
            setStyling(until - at, style);
        at = std::max(at, until);
    };
    // Actions may stand anywhere, and over several lines.
    const auto rest = [&](int until, int style) {
        while (m_syntax == Syntax::Template && at < until) {
            if (!isInAction) {
                const std::size_t open = line.find("{{", static_cast<std::size_t>(at));
                if (open == std::string_view::npos || static_cast<int>(open) >= until)
                    break;
                plain(static_cast<int>(open), style);
                isInAction = true;
            }
            const std::size_t close = line.find("}}", static_cast<std::size_t>(at));
            isInAction = close == std::string_view::npos;
            const int end = isInAction ? size : static_cast<int>(close) + 2;
            const std::string_view action = line.substr(static_cast<std::size_t>(at));
            plain(end, action.starts_with("{{/*") || action.starts_with("{{- /*") ? Comment : Action);
        }
        plain(until, style);
    };
    if (size > MaxLine || m_syntax == Syntax::Plain) {
        plain(size, Default);
        return;
    }
    if (!isInAction) {
        int first = 0;
        while (first < size && line[static_cast<std::size_t>(first)] == ' ')
            ++first;
        while (line.substr(static_cast<std::size_t>(first)).starts_with("- ")) {
            plain(first, Default);
            plain(first + 2, Mark);
            first += 2;
        }
        plain(first, Default);
        const std::string_view body = line.substr(static_cast<std::size_t>(first));
        if (body.starts_with("#") || (first == 0 && body.starts_with("---"))) {
            plain(size, body.front() == '#' ? Comment : Mark);
            return;
        }
        if (const int key = keyLength(body); key > 0) {
            plain(first + key, Key);
            plain(first + key + 1, Mark);
        }
    }
    std::size_t comment = line.find(" #", static_cast<std::size_t>(at));
    if (isInAction || comment == std::string_view::npos || line.find_first_of("\"'", static_cast<std::size_t>(at)) != std::string_view::npos)
        comment = line.size();
    rest(static_cast<int>(comment), Scalar);
    plain(size, Comment);
}

void EditorLexer::styleText(int start, int end)
{
    QsciScintilla *view = editor();
    if (!view || end <= start)
        return;
    const int first = static_cast<int>(view->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(start)));
    start = static_cast<int>(view->SendScintilla(QsciScintilla::SCI_POSITIONFROMLINE, static_cast<unsigned long>(first)));
    QByteArray bytes(end - start + 1, '\0');
    view->SendScintilla(QsciScintilla::SCI_GETTEXTRANGE, start, end, bytes.data());
    // The line break before tells whether an action went on.
    bool isInAction = start > 0 && view->SendScintilla(QsciScintilla::SCI_GETSTYLEAT, static_cast<unsigned long>(start - 1)) == Action;
    startStyling(start);
    int last = first;
    for (int at = 0; at < end - start; ++last) {
        int next = static_cast<int>(bytes.indexOf('\n', at));
        const int lineEnd = next < 0 || next > end - start ? end - start : next;
        styleLine(bytes.constData() + at, lineEnd - at, isInAction);
        at = lineEnd;
        if (at < end - start) {
            setStyling(1, isInAction ? Action : Default);
            ++at;
        }
    }
    foldLines(first, last);
}

void EditorLexer::foldLines(int first, int last)
{
    QsciScintilla *view = editor();
    const auto ask = [view](unsigned message, int line) { return static_cast<int>(view->SendScintilla(message, static_cast<unsigned long>(line))); };
    const int count = ask(QsciScintilla::SCI_GETLINECOUNT, 0);
    const auto isEmpty = [&](int line) { return ask(QsciScintilla::SCI_GETLINEINDENTPOSITION, line) == ask(QsciScintilla::SCI_GETLINEENDPOSITION, line); };
    const auto isStart = [&](int line) {
        const int at = ask(QsciScintilla::SCI_POSITIONFROMLINE, line);
        const auto byte = [&](int i) { return static_cast<char>(view->SendScintilla(QsciScintilla::SCI_GETCHARAT, static_cast<unsigned long>(at + i))); };
        return byte(0) == '-' && byte(1) == '-' && byte(2) == '-';
    };
    const auto levelOf = [&](int line) {
        const int indent = ask(QsciScintilla::SCI_GETLINEINDENTATION, line);
        return m_syntax != Syntax::Stream ? indent : isStart(line) ? 0 : indent + 1;
    };
    int inherited = 0; ///< Of an empty line: the next one's.
    for (int line = std::min(last, count - 1); line >= std::max(0, first - 1); --line) {
        int next = line + 1;
        while (next < count && next < line + 50 && isEmpty(next))
            ++next;
        const int below = next < count ? levelOf(next) : 0;
        const int own = isEmpty(line) ? std::max(inherited, below) : levelOf(line);
        inherited = own;
        const int flags = !isEmpty(line) && below > own ? static_cast<int>(QsciScintilla::SC_FOLDLEVELHEADERFLAG) : 0;
        const int level = (static_cast<int>(QsciScintilla::SC_FOLDLEVELBASE) + std::min(own, 2000)) | flags;
        if (ask(QsciScintilla::SCI_GETFOLDLEVEL, line) != level)
            view->SendScintilla(QsciScintilla::SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), static_cast<long>(level));
    }
}

} // namespace fairway::ui
