#include "core/value/yaml_simple_text.h"

#include "core/value/utf8.h"

#include <algorithm>
#include <array>

namespace fairway::value {

namespace {

/// A key's bytes: go-yaml and libyaml refuse those above 1024 characters.
constexpr std::size_t maxKeyBytes = 1000;

/// What may begin a plain scalar without looking further.
constexpr std::array<bool, 256> plainStarts = [] {
    std::array<bool, 256> table {};
    for (std::size_t c = 0x21; c < table.size(); ++c)
        table[c] = c != 0x7F;
    for (const char c : {'-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`'})
        table[static_cast<unsigned char>(c)] = false;
    return table;
}();

/// Of a plain scalar within brackets: what never means anything there.
bool isFlowCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/'
        || static_cast<unsigned char>(c) >= 0x80;
}

bool isSimpleCharacter(char32_t c)
{
    return c >= 0xA0 && c != 0x2028 && c != 0x2029 && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
}

std::string_view withoutTrailingSpaces(std::string_view text)
{
    return text.substr(0, text.find_last_not_of(' ') + 1); // npos + 1 is 0
}

} // namespace

bool SimpleYamlText::hasSimpleBytes(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        // By blocks of a fixed size, which compilers make vector instructions of.
        constexpr std::size_t blockSize = 64;
        while (i + blockSize <= text.size()) {
            const char *const block = text.data() + i;
            unsigned char unusual = 0;
            for (std::size_t j = 0; j < blockSize; ++j) {
                const auto c = static_cast<unsigned char>(block[j]);
                unusual = static_cast<unsigned char>(unusual | static_cast<unsigned char>((c < 0x20) & (c != '\n')) | static_cast<unsigned char>(c > 0x7E));
            }
            if (unusual != 0)
                break;
            i += blockSize;
        }
        const std::size_t end = std::min(i + blockSize, text.size());
        while (i < end) {
            const auto c = static_cast<unsigned char>(text[i]);
            if (c < 0x80) {
                if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
                    return false;
                ++i;
                continue;
            }
            const auto [code, size] = decodeUtf8(text, i);
            if (size == 0 || !isSimpleCharacter(code))
                return false;
            i += size;
        }
    }
    return true;
}

bool SimpleYamlText::takeLine()
{
    if (m_next >= m_text.size())
        return false;
    m_start = m_next;
    m_end = std::min(m_text.find('\n', m_start), m_text.size());
    m_next = m_end + 1;
    m_at = m_start;
    ++m_line;
    return true;
}

std::size_t SimpleYamlText::firstNonSpace() const
{
    std::size_t at = m_start;
    while (at < m_end && m_text[at] == ' ')
        ++at;
    return at;
}

bool SimpleYamlText::takeDocumentStart()
{
    while (takeLine()) {
        m_at = firstNonSpace();
        if (m_at == m_end || m_text[m_at] == '#')
            continue;
        if (withoutTrailingSpaces(m_text.substr(m_start, m_end - m_start)) == "---")
            return true;
        break;
    }
    m_next = 0;
    m_line = 0;
    return false;
}

bool SimpleYamlText::nextLine()
{
    while (takeLine()) {
        m_at = firstNonSpace();
        if (m_at == m_end || m_text[m_at] == '#')
            continue;
        m_indent = column();
        const std::string_view rest = m_text.substr(m_at, 3);
        return rest.front() != '\t' && (m_indent != 0 || (rest != "---" && rest != "..."));
    }
    m_indent = -1;
    return true;
}

bool SimpleYamlText::endOfValue()
{
    if (at() == '\n')
        return true;
    if (at() != ' ')
        return false;
    skipSpaces();
    return atLineEnd();
}

SimpleYamlText::KeyFound SimpleYamlText::key(std::string &text)
{
    const char first = at();
    if (first == '"' || first == '\'') {
        const std::size_t begin = m_at;
        const std::uint32_t line = m_line;
        std::string_view name;
        if (!quoted(name))
            return KeyFound::Unusual;
        if (m_line == line && at() == ':' && (after() == ' ' || after() == '\n')) {
            text = name;
            const std::size_t size = m_at - begin;
            skip();
            return size > maxKeyBytes ? KeyFound::Unusual : KeyFound::Quoted;
        }
        if (m_line != line)
            return KeyFound::Unusual; // over several lines, where a list's item begins: too rare to go back for
        m_at = begin;
        return KeyFound::None;
    }
    if (!startsPlain())
        return KeyFound::None;
    for (std::size_t i = m_at; i < m_end; ++i) {
        const char c = m_text[i];
        if (c == ':') {
            const char next = i + 1 < m_end ? m_text[i + 1] : '\n';
            if (next == ' ' || next == '\n') {
                const std::string_view name = withoutTrailingSpaces(m_text.substr(m_at, i - m_at));
                m_at = i + 1;
                text = name;
                return name.size() > maxKeyBytes ? KeyFound::Unusual : KeyFound::Plain;
            }
        } else if (c == '\t') {
            return KeyFound::Unusual;
        } else if (c == '#' && m_text[i - 1] == ' ') {
            break;
        }
    }
    return KeyFound::None;
}

bool SimpleYamlText::startsPlain() const
{
    if (plainStarts[static_cast<unsigned char>(at())])
        return true;
    return (at() == '-' || at() == ':' || at() == '?') && after() != ' ' && after() != '\n';
}

bool SimpleYamlText::plainPiece(std::string_view &piece, bool &isCommented)
{
    std::size_t i = m_at;
    isCommented = false;
    for (; i < m_end; ++i) {
        const char c = m_text[i];
        if (c > '#' && c < ':')
            continue;
        if (c == '\t' || (c == ':' && (i + 1 == m_end || m_text[i + 1] == ' ')))
            return false;
        if (c == '#' && i > m_at && m_text[i - 1] == ' ') {
            isCommented = true;
            break;
        }
    }
    piece = withoutTrailingSpaces(m_text.substr(m_at, i - m_at));
    return true;
}

bool SimpleYamlText::plain(std::ptrdiff_t parent, std::string_view &text)
{
    if (!startsPlain())
        return false;
    bool isCommented = false;
    if (!plainPiece(text, isCommented))
        return false;
    bool isMade = false;
    while (!isCommented) {
        // It goes on where the next line that is not empty stands deeper.
        std::size_t breaks = 1;
        std::size_t start = m_next;
        std::size_t at = start;
        for (;; ++breaks) {
            while (at < m_text.size() && m_text[at] == ' ')
                ++at;
            if (at >= m_text.size() || m_text[at] != '\n')
                break;
            start = ++at;
        }
        if (at >= m_text.size() || static_cast<std::ptrdiff_t>(at - start) <= parent || m_text[at] == '#')
            break;
        if (!isMade)
            m_made = text;
        isMade = true;
        if (breaks == 1)
            m_made += ' ';
        else
            m_made.append(breaks - 1, '\n');
        for (; breaks > 0; --breaks)
            (void)takeLine();
        m_at = at;
        std::string_view piece;
        if (!plainPiece(piece, isCommented))
            return false;
        m_made += piece;
    }
    if (isMade)
        text = m_made;
    m_at = m_end; // behind a comment, too: nothing else follows
    return true;
}

bool SimpleYamlText::quoted(std::string_view &text)
{
    const char quote = at();
    skip();
    const std::size_t begin = m_at;
    for (; m_at < m_end; ++m_at) {
        const char c = m_text[m_at];
        if (c == '\\' && quote == '"')
            break;
        if (c != quote)
            continue;
        if (quote == '\'' && after() == '\'')
            break;
        text = m_text.substr(begin, m_at - begin);
        skip();
        return true;
    }
    m_made = m_text.substr(begin, m_at - begin);
    if (m_made.find('\t') != std::string::npos || !quotedRest(quote))
        return false;
    text = m_made;
    return true;
}

bool SimpleYamlText::quotedRest(char quote)
{
    // What escapes stand for is no white space that folding takes away.
    std::size_t kept = withoutTrailingSpaces(m_made).size();
    for (;;) {
        if (m_at == m_end) {
            if (!foldQuotedLine(kept))
                return false;
            kept = m_made.size();
            continue;
        }
        const char c = m_text[m_at++];
        if (c == '\t') // white space that folding would take away
            return false;
        if (c == quote) {
            if (quote != '\'' || at() != '\'')
                return true;
            skip();
            m_made += c;
        } else if (c == '\\' && quote == '"') {
            if (!escape())
                return false;
        } else {
            m_made += c;
            if (c == ' ')
                continue;
        }
        kept = m_made.size();
    }
}

bool SimpleYamlText::escape()
{
    switch (at()) {
    case '"':
    case '\\':
    case '/': m_made += at(); break;
    case 'n': m_made += '\n'; break;
    case 't': m_made += '\t'; break;
    case 'r': m_made += '\r'; break;
    default: return false;
    }
    skip();
    return true;
}

bool SimpleYamlText::foldQuotedLine(std::size_t kept)
{
    m_made.resize(kept);
    std::size_t breaks = 0;
    do {
        if (!takeLine())
            return false;
        ++breaks;
        m_at = firstNonSpace();
    } while (m_at == m_end);
    if (column() == 0) {
        const std::string_view mark = m_text.substr(m_at, 3);
        if (mark == "---" || mark == "...")
            return false;
    }
    if (breaks == 1)
        m_made += ' ';
    else
        m_made.append(breaks - 1, '\n');
    return true;
}

bool SimpleYamlText::block(std::ptrdiff_t parent, std::string_view &text)
{
    const bool isLiteral = at() == '|';
    skip();
    const char chomping = at() == '-' || at() == '+' ? at() : ' ';
    if (chomping != ' ')
        skip();
    if (!endOfValue())
        return false;
    // The first line that is not empty says how deep the scalar stands.
    std::size_t indent = 0;
    std::size_t widestBlank = 0;
    for (std::size_t at = m_next, start = m_next;; ++at) {
        if (at >= m_text.size()) {
            indent = 0;
            break;
        }
        if (m_text[at] == ' ')
            continue;
        indent = at - start;
        if (m_text[at] != '\n')
            break;
        widestBlank = std::max(widestBlank, indent);
        start = at + 1;
    }
    m_made.clear();
    text = m_made;
    if (static_cast<std::ptrdiff_t>(indent) <= parent || indent == 0) // it is empty
        return chomping != '+';
    if (widestBlank > indent)
        return false;
    std::size_t breaks = 0; // behind the last line that has a text
    bool hasText = false;
    bool wasBlank = false;
    bool isBroken = true; // the last line ended with a line feed
    for (;;) {
        const std::size_t start = m_next;
        std::size_t at = start;
        while (at < m_text.size() && at - start < indent && m_text[at] == ' ')
            ++at;
        if (at >= m_text.size()) {
            m_next = m_text.size();
            break;
        }
        if (m_text[at] == '\n') {
            (void)takeLine();
            ++breaks;
            continue;
        }
        if (at - start < indent) {
            if (m_text[at] == '\t')
                return false;
            break;
        }
        if (m_text[at] == '\t' && !hasText)
            return false;
        const bool isBlank = m_text[at] == ' ' || m_text[at] == '\t';
        if (hasText && !isLiteral && !wasBlank && !isBlank) {
            if (breaks == 1)
                m_made += ' ';
            else
                m_made.append(breaks - 1, '\n');
        } else {
            m_made.append(breaks, '\n');
        }
        (void)takeLine();
        m_made += m_text.substr(at, m_end - at);
        isBroken = m_end < m_text.size();
        breaks = isBroken ? 1 : 0;
        hasText = true;
        wasBlank = isBlank;
    }
    if (chomping == '+')
        m_made.append(breaks, '\n');
    else if (chomping == ' ' && isBroken)
        m_made += '\n';
    text = m_made;
    m_at = m_end;
    return true;
}

bool SimpleYamlText::flowPlain(std::string_view &text)
{
    const std::size_t begin = m_at;
    if (!isFlowCharacter(at()) || (at() == '-' && !isFlowCharacter(after())))
        return false;
    while (isFlowCharacter(at()) || at() == ' ')
        ++m_at;
    text = withoutTrailingSpaces(m_text.substr(begin, m_at - begin));
    return true;
}

} // namespace fairway::value
