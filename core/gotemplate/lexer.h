#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::gotemplate {

enum class TokenType : std::uint8_t {
    Error, Bool, Char, CharConstant, Complex, Assign, Declare, Eof, Field, Identifier, LeftDelim, LeftParen, Number, Pipe,
    RawString, RightDelim, RightParen, Space, String, Text, Variable,
    // Keywords from here on; a token's text says which.
    Block, Break, Continue, Dot, Define, Else, End, If, Nil, Range, Template, With,
};

/// `text` aliases the template, or for Error the lexer's own message.
struct Token {
    TokenType type = TokenType::Eof;
    std::size_t position = 0;
    std::string_view text;
    std::uint32_t line = 1;
};

/// Cuts a template into tokens. Delimiters are {{ and }}, as everywhere in Helm.
///
/// Errors:  an Error token, in Go's words; after it only Eof.
/// Source:  Go's text/template documentation: actions, trim markers, comments.
class Lexer {
public:
    struct Dialect {
        bool hasBreak = true; ///< False where a function of that name exists: then `break` is an identifier.
        bool hasContinue = true;
        bool countsComments = true; ///< False: lines inside comments are not counted (Go 1.23).
    };

    Lexer(std::string_view text, Dialect dialect);
    [[nodiscard]] Token next();

private:
    static constexpr char32_t End = 0xFFFFFFFF;

    [[nodiscard]] Token make(TokenType type);
    [[nodiscard]] Token fail(std::string message);
    void skip();
    [[nodiscard]] char32_t peek() const;
    char32_t take();
    void putBack();
    void takeName();
    bool accept(std::string_view characters);
    void acceptRun(std::string_view characters);
    [[nodiscard]] bool startsWith(std::string_view text, std::size_t at) const;
    [[nodiscard]] bool atRightDelim(bool &isTrimmed) const;
    [[nodiscard]] bool atTerminator() const;
    bool text(Token &token);
    bool leftDelim(Token &token);
    bool comment(Token &token);
    [[nodiscard]] Token rightDelim();
    [[nodiscard]] Token insideAction();
    [[nodiscard]] Token space();
    [[nodiscard]] Token identifier();
    [[nodiscard]] Token fieldOrVariable(TokenType type);
    [[nodiscard]] Token quoted(char quote, TokenType type, const char *complaint);
    [[nodiscard]] Token rawQuoted();
    [[nodiscard]] Token number();
    bool scanNumber();

    std::string_view m_text;
    const Dialect m_dialect;
    std::size_t m_position = 0;
    std::size_t m_start = 0;
    std::uint32_t m_line = 1;
    std::uint32_t m_startLine = 1;
    int m_parenDepth = 0;
    bool m_isInsideAction = false;
    bool m_atEnd = false; ///< The last take() met the end: putBack() then has nothing to give back.
    bool m_hasFailed = false;
    std::string m_message;
};

/// `_`, letters and digits: what names are made of.
[[nodiscard]] bool isNameCharacter(char32_t character);

} // namespace fairway::gotemplate
