#pragma once

#include "core/gotemplate/lexer.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace fairway::gotemplate {

/// The tokens of a text with three of look-ahead: in "$x foo" it shows after the space that $x is no declaration.
class TokenWindow {
public:
    explicit TokenWindow(Lexer &lexer)
        : m_lexer(lexer)
    {
    }

    Token next()
    {
        if (m_peekCount > 0)
            --m_peekCount;
        else
            m_tokens[0] = m_lexer.next();
        return m_tokens[m_peekCount];
    }
    const Token &peek()
    {
        if (m_peekCount > 0)
            return m_tokens[m_peekCount - 1];
        m_peekCount = 1;
        m_tokens[0] = m_lexer.next();
        return m_tokens[0];
    }
    Token nextNonSpace()
    {
        Token token = next();
        while (token.type == TokenType::Space)
            token = next();
        return token;
    }
    const Token &peekNonSpace()
    {
        while (peek().type == TokenType::Space)
            --m_peekCount;
        return m_tokens[m_peekCount - 1];
    }

    /// The token read last is to be read again; of two and three those before it are told.
    void backup() { ++m_peekCount; }
    void backup2(const Token &first)
    {
        m_tokens[1] = first;
        m_peekCount = 2;
    }
    void backup3(const Token &first, const Token &second)
    {
        m_tokens[1] = second;
        m_tokens[2] = first;
        m_peekCount = 3;
    }

    /// Where the text has been read to.
    [[nodiscard]] std::uint32_t line() const { return m_tokens[0].line; }

private:
    Lexer &m_lexer;
    std::array<Token, 3> m_tokens;
    std::size_t m_peekCount = 0;
};

} // namespace fairway::gotemplate
