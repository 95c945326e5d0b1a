#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::value {

/// A place that moves through a text line by line, and reads the scalars of the simple form of YAML there (see yaml_simple.h).
///
/// Shape:   every reader starts at at() and returns false when the text is not by the simple rules; the place is then meaningless.
///          Scalars leave it on their last line, behind themselves.
/// Source:  libyaml's scanner, whose answers these are.
class SimpleYamlText {
public:
    explicit SimpleYamlText(std::string_view text)
        : m_text(text)
    {
    }

    /// Only printable characters and line feeds, and no other line break of Unicode's.
    [[nodiscard]] static bool hasSimpleBytes(std::string_view text);

    /// Takes the line `---` when nothing but comments stands before it. Ask first.
    [[nodiscard]] bool takeDocumentStart();
    /// Goes to the next line that holds something besides a comment; at the end isDone(), and indent() is -1.
    [[nodiscard]] bool nextLine();
    [[nodiscard]] bool isDone() const { return m_indent < 0; }
    /// Column of what the line begins with, or of what setIndent() was told begins a level within the line.
    [[nodiscard]] std::ptrdiff_t indent() const { return m_indent; }
    void setIndentHere() { m_indent = column(); }
    [[nodiscard]] std::uint32_t line() const { return m_line; }
    [[nodiscard]] std::ptrdiff_t column() const { return static_cast<std::ptrdiff_t>(m_at - m_start); }

    [[nodiscard]] char at() const { return m_at < m_end ? m_text[m_at] : '\n'; }
    [[nodiscard]] char after() const { return m_at + 1 < m_end ? m_text[m_at + 1] : '\n'; }
    [[nodiscard]] bool isDash() const { return at() == '-' && (after() == ' ' || after() == '\n'); }
    /// Nothing follows on this line but perhaps a comment. Ask behind a space.
    [[nodiscard]] bool atLineEnd() const { return at() == '\n' || at() == '#'; }
    void skip() { ++m_at; }
    void skipSpaces()
    {
        while (at() == ' ')
            ++m_at;
    }
    /// Behind a value: only spaces and a comment may follow.
    [[nodiscard]] bool endOfValue();

    enum class KeyFound : std::uint8_t { Plain, Quoted, None, Unusual };
    /// Reads a key and its colon. None: what is here is no key, and the place has not moved.
    [[nodiscard]] KeyFound key(std::string &text);

    // Scalars below a level at `parent`: they may go on in lines that are indented deeper.
    [[nodiscard]] bool plain(std::ptrdiff_t parent, std::string_view &text);
    [[nodiscard]] bool quoted(std::string_view &text);
    [[nodiscard]] bool block(std::ptrdiff_t parent, std::string_view &text);
    /// Plain and within brackets: letters, digits and what has no meaning there.
    [[nodiscard]] bool flowPlain(std::string_view &text);

private:
    /// False at the end of the text.
    bool takeLine();
    [[nodiscard]] std::size_t firstNonSpace() const;
    [[nodiscard]] bool quotedRest(char quote);
    [[nodiscard]] bool escape();
    [[nodiscard]] bool foldQuotedLine(std::size_t kept);
    [[nodiscard]] bool startsPlain() const;
    /// What is plain on this line from here on.
    [[nodiscard]] bool plainPiece(std::string_view &piece, bool &isCommented);

    const std::string_view m_text;
    std::size_t m_start = 0; ///< Of the line.
    std::size_t m_end = 0;   ///< Its line feed, or the end of the text.
    std::size_t m_next = 0;  ///< Start of the line after it.
    std::size_t m_at = 0;
    std::ptrdiff_t m_indent = 0;
    std::uint32_t m_line = 0;
    std::string m_made; ///< A scalar that is not a part of the text as it stands.
};

} // namespace fairway::value
