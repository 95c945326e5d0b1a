#include "core/funcs/convert.h"
#include "core/funcs/go_time.h"
#include "core/funcs/toml.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/number.h"
#include "core/value/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <vector>

namespace fairway::funcs {

namespace {

using Key = std::vector<std::string>;

struct Fault {
    std::string message;
};

bool isBareCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// TOML 1.0. Faults travel as exceptions inside this file.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    Value document()
    {
        Value root = Value::map();
        Value table = root;
        m_table.clear();
        for (;;) {
            skipBlank();
            if (atEnd())
                return root;
            if (peek() == '[')
                table = header(root);
            else
                keyValue(table, m_table);
            skipSpace();
            skipComment();
            if (!atEnd() && peek() != '\n' && !m_text.substr(m_at).starts_with("\r\n"))
                fail(fmt::format("expected a top-level item to end with a newline, comment, or EOF, but got {} instead", shown()));
        }
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    [[nodiscard]] std::string shown() const
    {
        return gotemplate::quoteRune(atEnd() ? U'\0' : value::decodeUtf8(m_text, m_at).code);
    }
    bool take(std::string_view wanted)
    {
        if (!m_text.substr(m_at).starts_with(wanted))
            return false;
        m_at += wanted.size();
        return true;
    }

    [[noreturn]] void fail(const std::string &what) const
    {
        const auto line = 1 + std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(std::min(m_at, m_text.size())), '\n');
        throw Fault {fmt::format("toml: line {}{}: {}", line,
            m_lastKey.empty() ? "" : " (last key " + gotemplate::quote(m_lastKey) + ")", what)};
    }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\t')
            ++m_at;
    }
    void skipComment()
    {
        if (peek() == '#')
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
    }
    /// White space, line breaks and comments.
    void skipBlank()
    {
        for (;;) {
            skipSpace();
            skipComment();
            if (!take("\n") && !take("\r\n"))
                return;
        }
    }

    Value header(Value &root)
    {
        const bool isArray = take("[[");
        if (!isArray)
            take("[");
        const Key key = readKey();
        if (!take(isArray ? "]]" : "]"))
            fail(fmt::format("expected end of table name, but got {} instead", shown()));
        m_table = key;
        m_lastKey = joined(key);
        Value parent = root;
        for (std::size_t i = 0; i + 1 < key.size(); ++i)
            parent = childTable(parent, key[i]);
        const std::string path = joined(key);
        Value *known = parent.asMap().get(key.back());
        if (isArray) {
            if (known == nullptr)
                parent.set(key.back(), Value::list());
            else if (!known->isList() || m_closed.contains(path))
                fail(fmt::format("Key '{}' has already been defined.", path));
            Value table = Value::map();
            parent.asMap().get(key.back())->append(table);
            forget(path);
            return table;
        }
        if (known != nullptr && (!known->isMap() || m_defined.contains(path) || m_closed.contains(path)))
            fail(fmt::format("Key '{}' has already been defined.", path));
        m_defined.insert(path);
        return childTable(parent, key.back());
    }

    /// A new item of an array of tables starts afresh.
    void forget(const std::string &path)
    {
        std::erase_if(m_defined, [&](const std::string &one) { return one.starts_with(path + "."); });
    }

    Value childTable(Value &parent, const std::string &name)
    {
        Value *known = parent.asMap().get(name);
        if (known == nullptr) {
            parent.set(name, Value::map());
            return *parent.asMap().get(name);
        }
        if (known->isList() && known->size() > 0 && known->asList().back().isMap())
            return known->asList().back();
        if (!known->isMap())
            fail(fmt::format("Key '{}' has already been defined.", name));
        return *known;
    }

    void keyValue(Value &table, const Key &around)
    {
        const Key key = readKey();
        if (!take("=")) {
            if (atEnd())
                fail("unexpected EOF; expected key separator '='");
            fail(fmt::format("expected '.' or '=', but got {} instead", shown()));
        }
        skipSpace();
        Key whole = around;
        whole.insert(whole.end(), key.begin(), key.end());
        m_lastKey = joined(whole);
        Value parent = table;
        for (std::size_t i = 0; i + 1 < key.size(); ++i)
            parent = childTable(parent, key[i]);
        Value item = value(whole);
        if (parent.asMap().get(key.back()) != nullptr)
            fail(fmt::format("Key '{}' has already been defined.", joined(whole)));
        parent.set(key.back(), std::move(item));
    }

    Key readKey()
    {
        Key key;
        do {
            skipSpace();
            key.push_back(keyPart());
            skipSpace();
        } while (take("."));
        return key;
    }

    std::string keyPart()
    {
        if (peek() == '"')
            return basicString();
        if (peek() == '\'')
            return literalString();
        std::string out;
        while (!atEnd() && isBareCharacter(peek()))
            out += m_text[m_at++];
        if (out.empty())
            fail(atEnd() ? "unexpected EOF; expected key separator '='" : fmt::format("bare keys cannot contain {}", shown()));
        return out;
    }

    static std::string joined(const Key &key)
    {
        std::string out;
        for (const std::string &part : key) {
            out += out.empty() ? "" : ".";
            out += part;
        }
        return out;
    }

    Value value(const Key &path)
    {
        constexpr int deepest = 200;
        if (++m_depth > deepest)
            fail("nested too deeply");
        Value out = scalarOrContainer(path);
        --m_depth;
        return out;
    }

    Value scalarOrContainer(const Key &path)
    {
        switch (peek()) {
        case '"': return Value(m_text.substr(m_at).starts_with("\"\"\"") ? longString("\"\"\"") : basicString());
        case '\'': return Value(m_text.substr(m_at).starts_with("'''") ? longString("'''") : literalString());
        case '[': return array(path);
        case '{': return inlineTable(path);
        default: break;
        }
        const std::size_t end = m_text.find_first_of(",]}#\n\r", m_at);
        std::string_view word = m_text.substr(m_at, end == std::string_view::npos ? end : end - m_at);
        word = word.substr(0, word.find_last_not_of(" \t") + 1);
        // A time may have a space where others have a T.
        if (const std::size_t space = word.find_first_of(" \t"); space != std::string_view::npos && !moment(word))
            word = word.substr(0, space);
        if (word.empty()) {
            if (atEnd())
                fail("unexpected EOF; expected value");
            fail(fmt::format("expected value but found {} instead", shown()));
        }
        Value out = plain(word);
        m_at += word.size();
        return out;
    }

    Value plain(std::string_view word)
    {
        if (word == "true" || word == "false")
            return Value(word == "true");
        const std::string_view digits = word.substr(word[0] == '+' || word[0] == '-' ? 1 : 0);
        if (digits == "inf")
            return Value(word[0] == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity());
        if (digits == "nan")
            return Value(std::numeric_limits<double>::quiet_NaN());
        if (auto time = moment(word))
            return std::move(*time);
        const bool hasPrefix = digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'o' || digits[1] == 'b');
        const bool hasLeadingZero = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
        if (!hasLeadingZero) {
            if (const auto number = gotemplate::parseInt(word, 0); number.isGood() && (hasPrefix || digits.find_first_not_of("0123456789_") == std::string_view::npos))
                return Value(number.value);
            const auto number = gotemplate::parseFloat(word);
            if (number.isGood() && digits[0] >= '0' && digits[0] <= '9' && !hasPrefix)
                return Value(number.value);
        }
        fail(fmt::format("expected value but found {} instead", gotemplate::quote(word)));
    }

    static std::optional<Value> moment(std::string_view word)
    {
        const bool isDate = word.size() >= 10 && word[4] == '-' && word[7] == '-';
        const bool isTime = word.size() >= 8 && word[2] == ':' && word[5] == ':';
        if (!isDate && !isTime)
            return std::nullopt;
        std::string text(word);
        if (text.size() > 10 && (text[10] == ' ' || text[10] == 't'))
            text[10] = 'T';
        const auto zone = TimeZone::local({});
        for (const char *layout : {"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02", "15:04:05.999999999"}) {
            if (auto time = GoTime::parse(layout, text, zone))
                return makeTime(std::move(*time));
        }
        return std::nullopt;
    }

    std::string literalString()
    {
        const std::size_t end = m_text.find_first_of("'\n", m_at + 1);
        if (end == std::string_view::npos)
            fail("unexpected EOF; expected \"'\"");
        if (m_text[end] == '\n')
            fail("strings cannot contain newlines");
        std::string out(m_text.substr(m_at + 1, end - m_at - 1));
        m_at = end + 1;
        return out;
    }

    std::string basicString()
    {
        ++m_at;
        std::string out;
        for (;;) {
            if (atEnd())
                fail("unexpected EOF; expected '\"'");
            const char c = m_text[m_at];
            if (c == '\n')
                fail("strings cannot contain newlines");
            ++m_at;
            if (c == '"')
                return out;
            if (c == '\\')
                escape(out);
            else
                out += c;
        }
    }

    void escape(std::string &out)
    {
        if (atEnd())
            fail("unexpected EOF");
        const char kind = m_text[m_at++];
        constexpr std::string_view kinds = "btnfr\"\\e";
        constexpr std::string_view meanings = "\b\t\n\f\r\"\\\x1b";
        if (const std::size_t known = kinds.find(kind); known != std::string_view::npos) {
            out += meanings[known];
            return;
        }
        const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        const std::string_view hex = m_text.substr(m_at, digits);
        const auto code = gotemplate::parseUint(hex, 16);
        if (digits == 0 || hex.size() != digits || !code.isGood() || code.value > 0x10FFFF || (code.value >= 0xD800 && code.value < 0xE000))
            fail(fmt::format("invalid escape character {}", gotemplate::quoteRune(static_cast<unsigned char>(kind))));
        value::appendUtf8(out, static_cast<char32_t>(code.value));
        m_at += digits;
    }

    std::string longString(std::string_view quotes)
    {
        m_at += quotes.size();
        if (!take("\r\n"))
            take("\n");
        std::string out;
        for (;;) {
            if (atEnd())
                fail("unexpected EOF; expected " + gotemplate::quote(quotes));
            if (take(quotes)) {
                // Up to two more quotes belong to the text.
                while (peek() == quotes[0] && out.size() < m_text.size()) {
                    out += quotes[0];
                    ++m_at;
                }
                return out;
            }
            const char c = m_text[m_at++];
            if (c != '\\' || quotes[0] == '\'') {
                out += c;
                continue;
            }
            const std::size_t next = m_text.find_first_not_of(" \t\r", m_at);
            if (next != std::string_view::npos && m_text[next] == '\n')
                m_at = std::min(m_text.find_first_not_of(" \t\r\n", next), m_text.size());
            else
                escape(out);
        }
    }

    Value array(const Key &path)
    {
        ++m_at;
        Value out = Value::list();
        for (;;) {
            skipBlank();
            if (take("]"))
                break;
            if (atEnd())
                fail("unexpected EOF; expected ']'");
            out.append(value(path));
            skipBlank();
            if (take("]"))
                break;
            if (!take(","))
                fail(fmt::format("expected a comma (',') or array terminator (']'), but got {}", atEnd() ? "end of file" : shown()));
        }
        m_closed.insert(joined(path));
        return out;
    }

    Value inlineTable(const Key &path)
    {
        ++m_at;
        Value out = Value::map();
        skipBlank();
        while (!take("}")) {
            keyValue(out, path);
            skipBlank();
            if (take("}"))
                break;
            if (!take(","))
                fail(fmt::format("expected a comma (',') or an inline table terminator ('}}'), but got {} instead",
                    atEnd() ? "end of file" : shown()));
            skipBlank();
        }
        m_closed.insert(joined(path));
        return out;
    }

    const std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    Key m_table;
    std::string m_lastKey;
    std::set<std::string> m_defined; ///< Tables that had their header.
    std::set<std::string> m_closed;  ///< Inline tables and arrays: nothing can be added later.
};

} // namespace

gotemplate::TemplateResult<Value> readToml(std::string_view text)
{
    try {
        return Reader(text).document();
    } catch (const Fault &fault) {
        return failCall(fault.message);
    }
}

} // namespace fairway::funcs
