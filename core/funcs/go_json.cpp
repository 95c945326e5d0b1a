#include "core/funcs/go_json.h"

#include "core/gotemplate/go_quote.h"
#include "core/value/json.h"

#include <fmt/format.h>

#include <vector>

namespace fairway::funcs {

namespace {

/// Finds the first fault of a JSON text and says it as Go's scanner does.
class FaultFinder {
public:
    explicit FaultFinder(std::string_view text)
        : m_text(text)
    {
    }

    std::string find()
    {
        if (value() && (skipSpace(), m_at < m_text.size()))
            complain("after top-level value");
        return m_fault;
    }

private:
    bool value()
    {
        constexpr int deepest = 10000;
        if (++m_depth > deepest) {
            m_fault = "exceeded max depth";
            return false;
        }
        skipSpace();
        bool isGood = false;
        switch (peek()) {
        case '{': isGood = object(); break;
        case '[': isGood = array(); break;
        case '"': isGood = string(); break;
        case 't': isGood = word("true"); break;
        case 'f': isGood = word("false"); break;
        case 'n': isGood = word("null"); break;
        default: isGood = peek() == '-' || isDigit() ? number() : complain("looking for beginning of value");
        }
        --m_depth;
        return isGood;
    }

    bool object()
    {
        ++m_at;
        skipSpace();
        if (peek() == '}')
            return ++m_at, true;
        for (;;) {
            skipSpace();
            if (peek() != '"')
                return complain("looking for beginning of object key string");
            if (!string())
                return false;
            skipSpace();
            if (peek() != ':')
                return complain("after object key");
            ++m_at;
            if (!value())
                return false;
            skipSpace();
            if (peek() == '}')
                return ++m_at, true;
            if (peek() != ',')
                return complain("after object key:value pair");
            ++m_at;
        }
    }

    bool array()
    {
        ++m_at;
        skipSpace();
        if (peek() == ']')
            return ++m_at, true;
        for (;;) {
            if (!value())
                return false;
            skipSpace();
            if (peek() == ']')
                return ++m_at, true;
            if (peek() != ',')
                return complain("after array element");
            ++m_at;
        }
    }

    bool string()
    {
        for (++m_at;; ++m_at) {
            const int c = peek();
            if (c == '"')
                return ++m_at, true;
            if (c < ' ')
                return complain("in string literal");
            if (c != '\\')
                continue;
            ++m_at;
            if (peek() == 'u') {
                for (int i = 0; i < 4; ++i) {
                    ++m_at;
                    const int digit = peek();
                    if (!(isDigit() || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F')))
                        return complain("in \\u hexadecimal character escape");
                }
            } else if (peek() < 0 || std::string_view("bfnrt\\/\"").find(static_cast<char>(peek())) == std::string_view::npos) {
                return complain("in string escape code");
            }
        }
    }

    bool word(std::string_view wanted)
    {
        for (std::size_t i = 0; i < wanted.size(); ++i, ++m_at) {
            if (peek() != wanted[i])
                return complain(fmt::format("in literal {} (expecting '{}')", wanted, wanted[i]));
        }
        return true;
    }

    bool number()
    {
        if (peek() == '-')
            ++m_at;
        if (!isDigit())
            return complain("in numeric literal");
        if (peek() == '0')
            ++m_at;
        else
            skipDigits();
        if (peek() == '.') {
            ++m_at;
            if (!isDigit())
                return complain("after decimal point in numeric literal");
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!isDigit())
                return complain("in exponent of numeric literal");
            skipDigits();
        }
        return true;
    }

    bool complain(std::string_view where)
    {
        if (m_at >= m_text.size()) {
            m_fault = "unexpected end of JSON input";
            return false;
        }
        const auto byte = static_cast<unsigned char>(m_text[m_at]);
        const std::string shown = byte == '\'' ? "'\\''" : byte == '"' ? "'\"'" : gotemplate::quoteRune(byte);
        m_fault = fmt::format("invalid character {} {}", shown, where);
        return false;
    }

    [[nodiscard]] int peek() const { return m_at < m_text.size() ? static_cast<unsigned char>(m_text[m_at]) : -1; }
    [[nodiscard]] bool isDigit() const { return peek() >= '0' && peek() <= '9'; }
    void skipDigits()
    {
        while (isDigit())
            ++m_at;
    }
    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++m_at;
    }

    const std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_fault;
};

} // namespace

gotemplate::TemplateResult<value::Value> readGoJson(std::string_view text)
{
    value::JsonLimits limits;
    limits.numbers = value::NumberStyle::Helm;
    auto read = value::parseJson(text, limits);
    if (read)
        return std::move(*read);
    std::string fault = FaultFinder(text).find();
    return gotemplate::failCall(fault.empty() ? std::move(read.error().message) : std::move(fault));
}

std::string_view jsonTypeName(const value::Value &value)
{
    switch (value.kind()) {
    case value::Kind::Bool: return "bool";
    case value::Kind::Int:
    case value::Kind::Float: return "number";
    case value::Kind::String: return "string";
    case value::Kind::List: return "array";
    case value::Kind::Map: return "object";
    default: return "null";
    }
}

} // namespace fairway::funcs
