#include "core/gotemplate/lexer.h"

#include "core/gotemplate/go_quote.h"
#include "core/value/unicode_classes.h"
#include "core/value/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairway::gotemplate {

namespace {

constexpr std::string_view LeftDelim = "{{";
constexpr std::string_view RightDelim = "}}";
constexpr std::string_view LeftComment = "/*";
constexpr std::string_view RightComment = "*/";
constexpr std::string_view Spaces = " \t\r\n";
constexpr std::size_t TrimMarkerSize = 2; ///< "- " or " -".

constexpr std::pair<std::string_view, TokenType> KeywordTokens[] = {
    {"block", TokenType::Block}, {"break", TokenType::Break}, {"continue", TokenType::Continue}, {"define", TokenType::Define},
    {"else", TokenType::Else}, {"end", TokenType::End}, {"if", TokenType::If}, {"nil", TokenType::Nil},
    {"range", TokenType::Range}, {"template", TokenType::Template}, {"with", TokenType::With},
};

bool isSpace(char32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::uint32_t lineBreaks(std::string_view text)
{
    // By blocks of a fixed size, which compilers make vector instructions of: most of a chart is text outside of actions.
    constexpr std::size_t blockSize = 64;
    std::uint32_t count = 0;
    for (; text.size() >= blockSize; text.remove_prefix(blockSize)) {
        unsigned char found = 0;
        for (std::size_t i = 0; i < blockSize; ++i)
            found = static_cast<unsigned char>(found + (text[i] == '\n' ? 1 : 0));
        count += found;
    }
    return count + static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
}

/// isNameCharacter() of those that are one byte.
constexpr std::array<bool, 256> nameBytes = [] {
    std::array<bool, 256> table {};
    for (unsigned char c = 0; c < 0x80; ++c)
        table[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    return table;
}();

std::size_t leadingSpaces(std::string_view text)
{
    const std::size_t end = text.find_first_not_of(Spaces);
    return end == std::string_view::npos ? text.size() : end;
}

std::size_t trailingSpaces(std::string_view text)
{
    const std::size_t last = text.find_last_not_of(Spaces);
    return last == std::string_view::npos ? text.size() : text.size() - last - 1;
}

} // namespace

bool isNameCharacter(char32_t character)
{
    return character == '_' || value::isLetter(character) || value::isDecimalDigit(character);
}

Lexer::Lexer(std::string_view text, Dialect dialect)
    : m_text(text)
    , m_dialect(dialect)
{
}

Token Lexer::make(TokenType type)
{
    const Token token {type, m_start, m_text.substr(m_start, m_position - m_start), m_startLine};
    m_start = m_position;
    m_startLine = m_line;
    return token;
}

Token Lexer::fail(std::string message)
{
    m_message = std::move(message);
    m_hasFailed = true;
    return {TokenType::Error, m_start, m_message, m_startLine};
}

void Lexer::skip()
{
    m_line += lineBreaks(m_text.substr(m_start, m_position - m_start));
    m_start = m_position;
    m_startLine = m_line;
}

char32_t Lexer::peek() const
{
    if (m_position >= m_text.size())
        return End;
    const auto byte = static_cast<unsigned char>(m_text[m_position]);
    if (byte < 0x80)
        return byte;
    const auto [code, size] = value::decodeUtf8(m_text, m_position);
    return size == 0 ? 0xFFFD : code;
}

char32_t Lexer::take()
{
    m_atEnd = m_position >= m_text.size();
    if (m_atEnd)
        return End;
    const char32_t c = peek();
    std::size_t size = 1;
    if (c >= 0x80)
        size = std::max<std::size_t>(value::decodeUtf8(m_text, m_position).size, 1);
    m_position += size;
    if (c == '\n')
        ++m_line;
    return c;
}

void Lexer::putBack()
{
    if (m_atEnd || m_position == 0)
        return;
    std::size_t size = 1;
    // A valid character ends here with the longest size that decodes to exactly these bytes.
    for (std::size_t back = 2; back <= 4 && back <= m_position; ++back) {
        if (value::decodeUtf8(m_text, m_position - back).size == back)
            size = back;
    }
    m_position -= size;
    if (m_text[m_position] == '\n')
        --m_line;
}

bool Lexer::accept(std::string_view characters)
{
    if (m_position < m_text.size() && characters.find(m_text[m_position]) != std::string_view::npos) {
        ++m_position;
        return true;
    }
    return false;
}

void Lexer::acceptRun(std::string_view characters)
{
    while (accept(characters)) { }
}

bool Lexer::startsWith(std::string_view text, std::size_t at) const
{
    return at <= m_text.size() && m_text.substr(at).starts_with(text);
}

bool Lexer::atRightDelim(bool &isTrimmed) const
{
    const std::string_view rest = m_text.substr(m_position);
    isTrimmed = rest.size() >= TrimMarkerSize && isSpace(static_cast<unsigned char>(rest[0])) && rest[1] == '-'
        && startsWith(RightDelim, m_position + TrimMarkerSize);
    return isTrimmed || rest.starts_with(RightDelim);
}

bool Lexer::atTerminator() const
{
    if (m_position >= m_text.size())
        return true;
    switch (m_text[m_position]) {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
    case '.':
    case ',':
    case '|':
    case ':':
    case ')':
    case '(': return true;
    case '}': return startsWith(RightDelim, m_position);
    default: return false;
    }
}

void Lexer::takeName()
{
    for (;;) {
        while (m_position < m_text.size() && nameBytes[static_cast<unsigned char>(m_text[m_position])])
            ++m_position;
        if (m_position >= m_text.size() || static_cast<unsigned char>(m_text[m_position]) < 0x80 || !isNameCharacter(peek()))
            return;
        take();
    }
}

Token Lexer::next()
{
    if (m_hasFailed)
        return {TokenType::Eof, 0, {}, m_startLine};
    Token token;
    while (!m_isInsideAction) {
        if (text(token) || leftDelim(token))
            return token;
    }
    return insideAction();
}

bool Lexer::text(Token &token)
{
    const std::size_t found = m_text.find(LeftDelim, m_position);
    if (found == std::string_view::npos) {
        m_position = m_text.size();
        m_line += lineBreaks(m_text.substr(m_start));
        token = make(m_position > m_start ? TokenType::Text : TokenType::Eof);
        return true;
    }
    if (found == m_position)
        return false;
    m_position = found;
    const std::string_view after = m_text.substr(found + LeftDelim.size());
    std::size_t trimmed = 0;
    if (after.size() >= TrimMarkerSize && after[0] == '-' && isSpace(static_cast<unsigned char>(after[1])))
        trimmed = trailingSpaces(m_text.substr(m_start, m_position - m_start));
    m_position -= trimmed;
    m_line += lineBreaks(m_text.substr(m_start, m_position - m_start));
    token = make(TokenType::Text);
    m_position += trimmed;
    skip();
    return !token.text.empty();
}

bool Lexer::leftDelim(Token &token)
{
    m_position += LeftDelim.size();
    const std::string_view after = m_text.substr(m_position);
    const bool isTrimmed = after.size() >= TrimMarkerSize && after[0] == '-' && isSpace(static_cast<unsigned char>(after[1]));
    const std::size_t marker = isTrimmed ? TrimMarkerSize : 0;
    if (startsWith(LeftComment, m_position + marker)) {
        m_position += marker;
        skip();
        return comment(token);
    }
    token = make(TokenType::LeftDelim);
    m_isInsideAction = true;
    m_position += marker;
    skip();
    m_parenDepth = 0;
    return true;
}

bool Lexer::comment(Token &token)
{
    m_position += LeftComment.size();
    const std::size_t end = m_text.find(RightComment, m_position);
    if (end == std::string_view::npos) {
        token = fail("unclosed comment");
        return true;
    }
    m_position = end + RightComment.size();
    bool isTrimmed = false;
    if (!atRightDelim(isTrimmed)) {
        token = fail("comment ends before closing delimiter");
        return true;
    }
    if (!m_dialect.countsComments)
        m_start = m_position;
    if (isTrimmed)
        m_position += TrimMarkerSize;
    m_position += RightDelim.size();
    if (isTrimmed)
        m_position += leadingSpaces(m_text.substr(m_position));
    skip();
    return false;
}

Token Lexer::rightDelim()
{
    bool isTrimmed = false;
    (void)atRightDelim(isTrimmed);
    if (isTrimmed) {
        m_position += TrimMarkerSize;
        skip();
    }
    m_position += RightDelim.size();
    const Token token = make(TokenType::RightDelim);
    if (isTrimmed) {
        m_position += leadingSpaces(m_text.substr(m_position));
        skip();
    }
    m_isInsideAction = false;
    return token;
}

Token Lexer::insideAction()
{
    bool isTrimmed = false;
    if (const char32_t first = peek(); (first == '}' || isSpace(first)) && atRightDelim(isTrimmed))
        return m_parenDepth == 0 ? rightDelim() : fail("unclosed left paren");
    else if (isSpace(first))
        return space();
    else if (first < 0x80 && nameBytes[first] && (first < '0' || first > '9'))
        return identifier();
    const char32_t c = take();
    switch (c) {
    case End: return fail("unclosed action");
    case '=': return make(TokenType::Assign);
    case ':': return take() == '=' ? make(TokenType::Declare) : fail("expected :=");
    case '|': return make(TokenType::Pipe);
    case '"': return quoted('"', TokenType::String, "unterminated quoted string");
    case '\'': return quoted('\'', TokenType::CharConstant, "unterminated character constant");
    case '`': return rawQuoted();
    case '$': return fieldOrVariable(TokenType::Variable);
    case '.':
        if (m_position < m_text.size() && (m_text[m_position] < '0' || m_text[m_position] > '9'))
            return fieldOrVariable(TokenType::Field);
        putBack();
        return number();
    case '(': ++m_parenDepth; return make(TokenType::LeftParen);
    case ')': return --m_parenDepth < 0 ? fail("unexpected right paren") : make(TokenType::RightParen);
    default: break;
    }
    if (c == '+' || c == '-' || (c >= '0' && c <= '9')) {
        putBack();
        return number();
    }
    if (isNameCharacter(c)) {
        putBack();
        return identifier();
    }
    if (c >= 0x20 && c < 0x7F)
        return make(TokenType::Char);
    return fail("unrecognized character in action: " + unicodePoint(c));
}

Token Lexer::space()
{
    const std::size_t begin = m_position;
    for (; m_position < m_text.size() && isSpace(static_cast<unsigned char>(m_text[m_position])); ++m_position)
        m_line += m_text[m_position] == '\n' ? 1 : 0;
    // The space may belong to a trim marker, " -}}".
    if (m_position < m_text.size() && m_text[m_position] == '-' && startsWith(RightDelim, m_position - 1 + TrimMarkerSize)) {
        --m_position;
        m_line -= m_text[m_position] == '\n' ? 1 : 0;
        if (m_position == begin)
            return rightDelim();
    }
    return make(TokenType::Space);
}

Token Lexer::identifier()
{
    takeName();
    if (!atTerminator()) {
        const char32_t c = peek();
        return fail("bad character " + unicodePoint(c));
    }
    const std::string_view word = m_text.substr(m_start, m_position - m_start);
    constexpr std::size_t longestKeyword = 8;
    if (word.size() > longestKeyword)
        return make(TokenType::Identifier);
    for (const auto &[name, type] : KeywordTokens) {
        if (name != word)
            continue;
        const bool isFunction = (type == TokenType::Break && !m_dialect.hasBreak)
            || (type == TokenType::Continue && !m_dialect.hasContinue);
        return make(isFunction ? TokenType::Identifier : type);
    }
    return make(word == "true" || word == "false" ? TokenType::Bool : TokenType::Identifier);
}

Token Lexer::fieldOrVariable(TokenType type)
{
    if (atTerminator())
        return make(type == TokenType::Variable ? TokenType::Variable : TokenType::Dot);
    takeName();
    return atTerminator() ? make(type) : fail("bad character " + unicodePoint(peek()));
}

Token Lexer::quoted(char quote, TokenType type, const char *complaint)
{
    // By bytes: no part of a longer character looks like one of these.
    while (m_position < m_text.size()) {
        const char c = m_text[m_position++];
        if (c == quote)
            return make(type);
        if (c == '\n')
            break;
        if (c != '\\')
            continue;
        if (m_position >= m_text.size() || m_text[m_position] == '\n')
            break;
        ++m_position;
    }
    return fail(complaint);
}

Token Lexer::rawQuoted()
{
    const std::size_t end = m_text.find('`', m_position);
    if (end == std::string_view::npos)
        return fail("unterminated raw quoted string");
    m_line += lineBreaks(m_text.substr(m_position, end - m_position));
    m_position = end + 1;
    return make(TokenType::RawString);
}

Token Lexer::number()
{
    const auto bad = [this] { return fail("bad number syntax: " + quote(m_text.substr(m_start, m_position - m_start))); };
    if (!scanNumber())
        return bad();
    if (const char32_t sign = peek(); sign == '+' || sign == '-') {
        if (!scanNumber() || m_text[m_position - 1] != 'i')
            return bad();
        return make(TokenType::Complex);
    }
    return make(TokenType::Number);
}

bool Lexer::scanNumber()
{
    constexpr std::string_view decimal = "0123456789_";
    constexpr std::string_view hexadecimal = "0123456789abcdefABCDEF_";
    accept("+-");
    std::string_view digits = decimal;
    // A leading 0 does not mean octal: 0.5 and 08.5 are floats.
    if (accept("0")) {
        if (accept("xX"))
            digits = hexadecimal;
        else if (accept("oO"))
            digits = "01234567_";
        else if (accept("bB"))
            digits = "01_";
    }
    acceptRun(digits);
    if (accept("."))
        acceptRun(digits);
    const bool hasExponent = digits == decimal ? accept("eE") : digits == hexadecimal && accept("pP");
    if (hasExponent) {
        accept("+-");
        acceptRun(decimal);
    }
    accept("i");
    if (isNameCharacter(peek())) {
        take();
        return false;
    }
    return true;
}

} // namespace fairway::gotemplate
