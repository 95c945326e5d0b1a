#include "core/value/yaml_emitter.h"

#include "core/value/utf8.h"

#include <algorithm>
#include <array>

namespace fairway::value {

namespace {

constexpr char32_t NextLine = 0x85;
constexpr char32_t LineSeparator = 0x2028;
constexpr char32_t ParagraphSeparator = 0x2029;
constexpr char32_t ByteOrderMark = 0xFEFF;

bool isBreak(char32_t c)
{
    return c == U'\n' || c == U'\r' || c == NextLine || c == LineSeparator || c == ParagraphSeparator;
}

/// What libyaml calls printable, which leaves out characters above U+FFFF: those are always escaped.
bool isPrintable(char32_t c)
{
    return c == U'\n' || (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD && c != ByteOrderMark);
}

bool isBlank(std::string_view text, std::size_t i)
{
    return text[i] == ' ' || text[i] == '\t';
}

bool startsAnIndicator(char c, bool beforeBlank)
{
    constexpr std::string_view always = "#,[]{}&*!|>'\"%@`";
    return always.find(c) != std::string_view::npos || ((c == '?' || c == ':' || c == '-') && beforeBlank);
}

/// Of ASCII what is printable and means something to YAML at a text's beginning only.
constexpr std::array<bool, 256> ordinaryBytes = [] {
    std::array<bool, 256> table {};
    for (unsigned char c = 0x20; c < 0x7F; ++c)
        table[c] = c != ':' && c != '#';
    return table;
}();

bool isAsciiLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isOrdinary(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return ordinaryBytes[static_cast<unsigned char>(c)]; });
}

/// One line of ASCII that can be written as it stands.
bool isLineOfAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

} // namespace

ScalarForms formsOf(std::string_view text)
{
    ScalarForms forms;
    if (!text.empty() && (isAsciiLetterOrDigit(text.front()) || text.front() == '/') && text.back() != ' ' && isOrdinary(text))
        return forms;
    if (text.empty()) {
        forms.literal = false;
        return forms;
    }
    bool hasIndicator = text.substr(0, 3) == "---" || text.substr(0, 3) == "...";
    bool hasSpecial = false;
    bool endsSpace = false;
    bool endsBreak = false;
    bool spaceAfterBreak = false;
    bool breakAfterSpace = false;
    bool afterBlank = true;
    bool afterSpace = false;
    bool afterBreak = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, width] = decodeUtf8(text, i);
        const bool isFirst = i == 0;
        const bool isLast = i + width >= text.size();
        const bool beforeBlank = isLast || isBlank(text, i + width);
        if (isFirst ? startsAnIndicator(text[i], beforeBlank) : (c == U':' && beforeBlank) || (c == U'#' && afterBlank))
            hasIndicator = true;
        hasSpecial = hasSpecial || !isPrintable(c);
        const bool isSpace = c == U' ';
        const bool breaks = isBreak(c);
        if (isSpace) {
            endsSpace = isLast;
            forms.plain = forms.plain && !isFirst && !isLast;
            spaceAfterBreak = spaceAfterBreak || afterBreak;
        } else if (breaks) {
            endsBreak = isLast;
            forms.isMultiline = true;
            breakAfterSpace = breakAfterSpace || afterSpace;
        }
        afterSpace = isSpace;
        afterBreak = breaks;
        afterBlank = isSpace || breaks || c == U'\t' || c == U'\0';
        i += width;
    }
    forms.plain = forms.plain && !hasIndicator && !hasSpecial && !forms.isMultiline && !endsBreak;
    forms.singleQuoted = !spaceAfterBreak && !breakAfterSpace && !hasSpecial;
    forms.literal = !endsSpace && !breakAfterSpace && !hasSpecial;
    return forms;
}

void YamlEmitter::put(char c)
{
    m_out += c;
    ++m_column;
}

void YamlEmitter::putText(std::string_view text)
{
    m_out += text;
    for (const char c : text)
        m_column += (static_cast<unsigned char>(c) & 0xC0U) == 0x80 ? 0 : 1; // Continuation bytes are no characters.
}

void YamlEmitter::putBreak()
{
    m_out += '\n';
    m_column = 0;
}

void YamlEmitter::startLine(int indent)
{
    if (!m_indention || m_column > indent || (m_column == indent && !m_whitespace))
        putBreak();
    if (m_column < indent) {
        m_out.append(static_cast<std::size_t>(indent - m_column), ' ');
        m_column = indent;
    }
    m_whitespace = true;
    m_indention = true;
}

void YamlEmitter::indicator(std::string_view mark, bool needsSpace, bool leavesIndention)
{
    if (needsSpace && !m_whitespace)
        put(' ');
    putText(mark);
    m_whitespace = false;
    m_indention = m_indention && leavesIndention;
}

namespace {
    constexpr int bestWidth = 80;
}

bool YamlEmitter::isLineFull() const
{
    return m_mayFold && m_column > bestWidth;
}

bool YamlEmitter::canStay(std::string_view text) const
{
    return !m_mayFold || text.size() + static_cast<std::size_t>(m_column) <= bestWidth;
}

void YamlEmitter::scalar(std::string_view text, Style style, int indent, bool isSimpleKey)
{
    m_mayFold = m_foldsLines && !isSimpleKey;
    switch (style) {
    case Style::Plain:
        if (!m_whitespace)
            put(' ');
        flowText(text, indent, false);
        break;
    case Style::SingleQuoted:
        indicator("'", true);
        flowText(text, indent, true);
        indicator("'", false);
        break;
    case Style::DoubleQuoted: doubleQuoted(text, indent); break;
    case Style::Literal: literal(text, indent); return;
    }
    m_whitespace = false;
    m_indention = false;
}

void YamlEmitter::flowText(std::string_view text, int indent, bool isQuoted)
{
    if (canStay(text) && isLineOfAscii(text) && (!isQuoted || text.find('\'') == std::string_view::npos)) {
        m_out += text;
        m_column += static_cast<int>(text.size());
        return;
    }
    bool inBreaks = false;
    bool inSpaces = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, width] = decodeUtf8(text, i);
        const std::string_view bytes = text.substr(i, width);
        const bool isInside = !isQuoted || (i > 0 && i + 1 < text.size());
        i += width;
        if (c == U' ') {
            // A single space becomes the line's end; of several none can.
            if (!inSpaces && isInside && isLineFull() && !(i < text.size() && text[i] == ' '))
                startLine(indent);
            else
                put(' ');
            inSpaces = true;
            continue;
        }
        if (isBreak(c)) {
            if (!inBreaks && c == U'\n')
                putBreak(); // The first of several line feeds would be folded away.
            if (c == U'\n')
                putBreak();
            else
                m_out += bytes;
            m_column = 0;
            m_indention = true;
            inBreaks = true;
            continue;
        }
        if (inBreaks)
            startLine(indent);
        if (c == U'\'' && isQuoted)
            put('\'');
        putText(bytes);
        m_indention = false;
        inBreaks = false;
        inSpaces = false;
    }
}

void YamlEmitter::doubleQuoted(std::string_view text, int indent)
{
    static constexpr std::string_view hex = "0123456789ABCDEF";
    static constexpr std::pair<char32_t, char> shortForms[] = {{0x00, '0'}, {0x07, 'a'}, {0x08, 'b'}, {0x09, 't'},
        {0x0A, 'n'}, {0x0B, 'v'}, {0x0C, 'f'}, {0x0D, 'r'}, {0x1B, 'e'}, {0x22, '"'}, {0x5C, '\\'}, {NextLine, 'N'},
        {0xA0, '_'}, {LineSeparator, 'L'}, {ParagraphSeparator, 'P'}};
    // go-yaml looks for a byte order mark at the start of the text instead of at the character: a text that begins with
    // one is escaped throughout.
    const bool escapesAll = text.substr(0, 3) == "\xEF\xBB\xBF";
    indicator("\"", true);
    bool inSpaces = false;
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, width] = decodeUtf8(text, i);
        if (c == U' ' && !escapesAll) {
            if (!inSpaces && isLineFull() && i > 0 && i + 1 < text.size()) {
                startLine(indent);
                // Spaces at the start of a line would be lost.
                if (text[i + 1] == ' ')
                    put('\\');
            } else {
                put(' ');
            }
            inSpaces = true;
            ++i;
            continue;
        }
        inSpaces = false;
        if (!escapesAll && isPrintable(c) && !isBreak(c) && c != U'"' && c != U'\\') {
            putText(text.substr(i, width));
            i += width;
            continue;
        }
        i += width;
        put('\\');
        bool isShort = false;
        for (const auto &[code, mark] : shortForms) {
            if (c == code) {
                put(mark);
                isShort = true;
            }
        }
        if (isShort)
            continue;
        put(c <= 0xFF ? 'x' : c <= 0xFFFF ? 'u' : 'U');
        const unsigned digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
        for (unsigned shift = digits * 4; shift > 0; shift -= 4)
            put(hex[(c >> (shift - 4)) & 0xFU]);
    }
    indicator("\"", false);
}

void YamlEmitter::literal(std::string_view text, int indent)
{
    indicator("|", true);
    // Where the text itself starts with white space, its indentation must be told.
    const char32_t first = decodeUtf8(text, 0).code;
    if (first == U' ' || isBreak(first))
        put('2');
    // Only line feeds and separators get here; a text with other breaks is quoted.
    const auto breakBefore = [text](std::size_t end) -> std::size_t {
        if (end >= 1 && text[end - 1] == '\n')
            return 1;
        const std::string_view last = end >= 3 ? text.substr(end - 3, 3) : std::string_view();
        return last == "\xE2\x80\xA8" || last == "\xE2\x80\xA9" ? 3 : 0;
    };
    const std::size_t lastBreak = breakBefore(text.size());
    if (lastBreak == 0)
        put('-');
    else if (lastBreak == text.size() || breakBefore(text.size() - lastBreak) != 0)
        put('+');
    putBreak();
    m_indention = true;
    m_whitespace = true;
    bool inBreaks = true;
    if (text.find('\xE2') == std::string_view::npos) { // no line break but the line feed
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            if (end > 0) {
                startLine(indent);
                putText(text.substr(0, end));
                m_indention = false;
            }
            if (end == text.size())
                return;
            putBreak();
            m_indention = true;
            text.remove_prefix(end + 1);
        }
        return;
    }
    for (std::size_t i = 0; i < text.size();) {
        const auto [c, width] = decodeUtf8(text, i);
        if (isBreak(c)) {
            if (c == U'\n')
                putBreak();
            else
                m_out += text.substr(i, width);
            m_column = 0;
            m_indention = true;
            inBreaks = true;
        } else {
            if (inBreaks)
                startLine(indent);
            putText(text.substr(i, width));
            m_indention = false;
            inBreaks = false;
        }
        i += width;
    }
}

} // namespace fairway::value
