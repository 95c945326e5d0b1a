#include "widgets/charts/editor_lexer.h"

#include "widgets/theme/theme.h"

#include <Qsci/qsciscintilla.h>

#include <QFontInfo>

#include <algorithm>
#include <string_view>
#include <vector>

namespace fairway::ui {
namespace {

constexpr int PieceBytes = 64 << 10; ///< One or two milliseconds.
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
            m_styles.append(until - at, static_cast<char>(style));
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
    if (!editor() || end - start <= PieceBytes) {
        stylePiece(start, end);
        return;
    }
    const auto ask = [view = editor()](unsigned message, int number) { return static_cast<int>(view->SendScintilla(message, static_cast<unsigned long>(number))); };
    const auto lineStart = [&](int line) { return line < ask(QsciScintilla::SCI_GETLINECOUNT, 0) ? ask(QsciScintilla::SCI_POSITIONFROMLINE, line) : ask(QsciScintilla::SCI_GETLENGTH, 0); };
    const int piece = lineStart(ask(QsciScintilla::SCI_LINEFROMPOSITION, start + PieceBytes));
    if (piece > start)
        stylePiece(start, piece);
    const int behind = std::max(start, piece);
    const int top = ask(QsciScintilla::SCI_GETFIRSTVISIBLELINE, 0);
    const int from = std::max(behind, lineStart(ask(QsciScintilla::SCI_DOCLINEFROMVISIBLE, top)));
    const int to = lineStart(ask(QsciScintilla::SCI_DOCLINEFROMVISIBLE, top + ask(QsciScintilla::SCI_LINESONSCREEN, 0) + 1) + 1);
    stylePiece(from, std::min(to, from + PieceBytes));
    editor()->SendScintilla(QsciScintilla::SCI_STARTSTYLING, static_cast<unsigned long>(behind)); // it goes on from there
    if (m_whenBehind)
        m_whenBehind();
}

void EditorLexer::stylePiece(int start, int end)
{
    QsciScintilla *view = editor();
    if (!view || end <= start)
        return;
    const int first = static_cast<int>(view->SendScintilla(QsciScintilla::SCI_LINEFROMPOSITION, static_cast<unsigned long>(start)));
    start = static_cast<int>(view->SendScintilla(QsciScintilla::SCI_POSITIONFROMLINE, static_cast<unsigned long>(first)));
    // The line break before tells whether an action went on.
    bool isInAction = start > 0 && view->SendScintilla(QsciScintilla::SCI_GETSTYLEAT, static_cast<unsigned long>(start - 1)) == Action;
    const std::string_view text = rangeOf(start, end);
    m_styles.clear();
    m_styles.reserve(end - start);
    int last = first;
    for (std::size_t at = 0; at < text.size(); ++last) {
        const std::size_t lineEnd = std::min(text.find('\n', at), text.size());
        styleLine(text.data() + at, static_cast<int>(lineEnd - at), isInAction);
        at = lineEnd;
        if (at < text.size()) {
            m_styles.append(isInAction ? static_cast<char>(Action) : static_cast<char>(Default));
            ++at;
        }
    }
    // All at once: each call makes the editor tell everybody.
    startStyling(start);
    view->SendScintilla(QsciScintilla::SCI_SETSTYLINGEX, static_cast<unsigned long>(m_styles.size()), m_styles.constData());
    foldLines(first, last);
}

/// The editor's own memory: valid until the text changes.
std::string_view EditorLexer::rangeOf(int start, int end) const
{
    if (end <= start)
        return {};
    // Its messages answer with a number, pointers too.
    const long at = editor()->SendScintilla(QsciScintilla::SCI_GETRANGEPOINTER, static_cast<unsigned long>(start), static_cast<long>(end - start));
    return at != 0 ? std::string_view(reinterpret_cast<const char *>(at), static_cast<std::size_t>(end - start)) : std::string_view();
}

void EditorLexer::foldLines(int first, int last)
{
    constexpr int LookAhead = 50; ///< Empty lines belong to what follows them, as far as that.
    QsciScintilla *view = editor();
    const auto ask = [view](unsigned message, int line) { return static_cast<int>(view->SendScintilla(message, static_cast<unsigned long>(line))); };
    const int count = ask(QsciScintilla::SCI_GETLINECOUNT, 0);
    const int from = std::max(0, first - 1);
    const int until = std::min(count, last + LookAhead + 1); ///< Not included.
    const int textStart = ask(QsciScintilla::SCI_POSITIONFROMLINE, from);
    const int textEnd = until == count ? ask(QsciScintilla::SCI_GETLENGTH, 0) : ask(QsciScintilla::SCI_POSITIONFROMLINE, until);
    const std::string_view text = rangeOf(textStart, textEnd);
    constexpr int Empty = -1;
    std::vector<int> levels; // of the lines from `from` on
    levels.reserve(static_cast<std::size_t>(until - from));
    for (std::size_t at = 0; levels.size() < static_cast<std::size_t>(until - from);) {
        const std::size_t lineEnd = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(std::min(at, text.size()), lineEnd - std::min(at, lineEnd));
        const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
        const bool isEmpty = indent == line.size() || line[indent] == '\r';
        const int level = static_cast<int>(std::min<std::size_t>(indent, 2000));
        levels.push_back(isEmpty ? Empty : m_syntax != Syntax::Stream ? level : line.starts_with("---") ? 0 : level + 1);
        at = lineEnd + 1;
    }
    const auto levelAt = [&](int line) { return levels[static_cast<std::size_t>(line - from)]; };
    // With nothing folded nobody needs to hear of it; QScintilla would look at each.
    const long mask = view->SendScintilla(QsciScintilla::SCI_GETMODEVENTMASK);
    if (ask(QsciScintilla::SCI_GETALLLINESVISIBLE, 0) != 0)
        view->SendScintilla(QsciScintilla::SCI_SETMODEVENTMASK, 0UL);
    int inherited = 0; ///< Of an empty line: the next one's.
    for (int line = std::min(last, count - 1); line >= from; --line) {
        int next = line + 1;
        while (next < until && next < line + LookAhead && levelAt(next) == Empty)
            ++next;
        const int below = next < until ? std::max(0, levelAt(next)) : 0;
        const int own = levelAt(line) == Empty ? std::max(inherited, below) : levelAt(line);
        inherited = own;
        const int flags = levelAt(line) != Empty && below > own ? static_cast<int>(QsciScintilla::SC_FOLDLEVELHEADERFLAG) : 0;
        const int level = (static_cast<int>(QsciScintilla::SC_FOLDLEVELBASE) + own) | flags;
        if (ask(QsciScintilla::SCI_GETFOLDLEVEL, line) != level)
            view->SendScintilla(QsciScintilla::SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), static_cast<long>(level));
    }
    view->SendScintilla(QsciScintilla::SCI_SETMODEVENTMASK, static_cast<unsigned long>(mask));
}

} // namespace fairway::ui
