#include "core/value/yaml_simple.h"

#include "core/value/yaml_scalar.h"
#include "core/value/yaml_scalar_value.h"
#include "core/value/yaml_simple_text.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace fairway::value {

namespace {

/// Recursion: deeper texts are the grammar's, which has a stack of its own.
constexpr std::size_t maxDepth = 64;

/// Every function returns false when the text is not by the simple rules; then all that was made is thrown away.
class SimpleYamlReader {
public:
    SimpleYamlReader(std::string_view text, const YamlOptions &options, const YamlItemTaker *taker)
        : m_text(text)
        , m_options(options)
        , m_taker(taker)
        , m_maxDepth(std::min(maxDepth, options.maxDepth / 2))
    {
    }

    [[nodiscard]] bool read(Value &root)
    {
        const bool hasStart = m_text.takeDocumentStart();
        if (!m_text.nextLine())
            return false;
        if (m_text.isDone())
            return !hasStart; // with `---` it is a null that stands somewhere
        // The grammar counts the document, too.
        return below(-1, root, 0) && m_text.isDone() && m_nodes + 2 < m_options.maxNodes;
    }

private:
    using KeyFound = SimpleYamlText::KeyFound;

    void place(Value &value, std::uint32_t line)
    {
        ++m_nodes;
        value.setPosition({m_options.file, line});
    }

    /// What begins this line, below a key or dash at `parent`.
    bool below(std::ptrdiff_t parent, Value &out, std::size_t depth)
    {
        return m_text.isDash() ? list(m_text.indent(), out, depth) : mapOrValue(parent, out, depth);
    }

    /// A map whose first key stands here, or a value that is no list.
    bool mapOrValue(std::ptrdiff_t parent, Value &out, std::size_t depth)
    {
        const std::ptrdiff_t column = m_text.column();
        const std::uint32_t line = m_text.line();
        std::string key;
        switch (m_text.key(key)) {
        case KeyFound::Unusual: return false;
        case KeyFound::None: return parent >= 0 && valueHere(parent, out);
        case KeyFound::Plain:
            if (!resolveKey(key))
                return false;
            break;
        case KeyFound::Quoted: break;
        }
        if (depth >= m_maxDepth)
            return false;
        out = Value::map();
        place(out, line);
        Map &members = out.asMap();
        do {
            Value member;
            if (m_taker && depth <= 1)
                noteList(key, depth);
            if (!valueBehindKey(column, member, depth + 1) || !put(members, std::move(key), std::move(member)))
                return false;
        } while (m_text.indent() == column && readKey(key));
        return m_text.indent() < column;
    }

    /// Where a list that is taken item by item stands: in a member of the map that the taker named.
    void noteList(const std::string &key, std::size_t depth)
    {
        m_takenList = nullptr;
        if (depth == 0)
            m_isInTaken = key == m_taker->member;
        else if (m_isInTaken)
            m_takenList = &key;
    }

    bool list(std::ptrdiff_t column, Value &out, std::size_t depth)
    {
        if (depth >= m_maxDepth)
            return false;
        out = Value::list();
        place(out, m_text.line());
        constexpr std::size_t takenDepth = 2;
        const std::string *const taken = depth == takenDepth ? m_takenList : nullptr;
        do {
            m_text.skip();
            m_text.skipSpaces();
            Value one;
            if (!item(column, one, depth + 1))
                return false;
            if (taken)
                m_taker->take(*taken, one);
            else
                out.asList().push_back(std::move(one));
        } while (m_text.indent() == column && m_text.isDash());
        return m_text.indent() <= column; // where the list stands in its key's column, the map goes on
    }

    bool item(std::ptrdiff_t column, Value &out, std::size_t depth)
    {
        const std::uint32_t line = m_text.line();
        if (m_text.atLineEnd())
            return valueBelow(column, line, out, depth);
        if (m_text.isDash()) {
            m_text.setIndentHere();
            return list(m_text.indent(), out, depth);
        }
        return mapOrValue(column, out, depth);
    }

    bool readKey(std::string &key)
    {
        switch (m_text.key(key)) {
        case KeyFound::Plain: return resolveKey(key);
        case KeyFound::Quoted: return true;
        default: return false;
        }
    }

    /// What is plain may mean something else than it says.
    static bool resolveKey(std::string &key)
    {
        const ResolvedScalar resolved = resolvePlainScalar(key);
        switch (resolved.type) {
        case ScalarType::String:
        case ScalarType::Timestamp: return true;
        case ScalarType::Bool: key = resolved.boolean ? "true" : "false"; return true;
        case ScalarType::Int: key = std::to_string(resolved.integer); return true;
        default: return false;
        }
    }

    bool put(Map &members, std::string &&key, Value &&member)
    {
        ++m_nodes;
        const std::size_t size = members.size();
        // Keys often come in order: then the end is their place. Neither is moved when the key is there.
        const auto place = members.try_emplace(members.end(), std::move(key), std::move(member));
        if (members.size() > size)
            return true;
        place->second = std::move(member);
        return m_options.duplicates != DuplicateKeys::Refuse;
    }

    bool valueBehindKey(std::ptrdiff_t column, Value &out, std::size_t depth)
    {
        m_text.skipSpaces();
        if (!m_text.atLineEnd())
            return valueHere(column, out);
        const std::uint32_t line = m_text.line();
        if (!m_text.nextLine())
            return false;
        if (m_text.indent() == column && m_text.isDash())
            return list(column, out, depth);
        return belowOrNull(column, line, out, depth);
    }

    bool valueBelow(std::ptrdiff_t column, std::uint32_t line, Value &out, std::size_t depth)
    {
        return m_text.nextLine() && belowOrNull(column, line, out, depth);
    }

    bool belowOrNull(std::ptrdiff_t column, std::uint32_t line, Value &out, std::size_t depth)
    {
        if (m_text.indent() > column)
            return below(column, out, depth);
        place(out, line);
        return true;
    }

    /// A value that begins on this line, behind its key or dash. Leaves the place at the line after it.
    bool valueHere(std::ptrdiff_t column, Value &out)
    {
        const std::uint32_t line = m_text.line();
        std::string_view text;
        switch (m_text.at()) {
        case '"':
        case '\'':
            if (!m_text.quoted(text))
                return false;
            out = Value(text);
            break;
        case '|':
        case '>':
            if (!m_text.block(column, text))
                return false;
            out = Value(text);
            break;
        case '[':
        case '{':
            if (!flow(out, 0))
                return false;
            break;
        default:
            if (!m_text.plain(column, text) || !resolve(text, out))
                return false;
            break;
        }
        place(out, line);
        return m_text.endOfValue() && m_text.nextLine();
    }

    bool resolve(std::string_view text, Value &out) const
    {
        const ResolvedScalar resolved = resolvePlainScalar(text);
        if (resolved.type == ScalarType::Float && !std::isfinite(resolved.number))
            return false;
        out = resolved.type == ScalarType::String ? Value(text) : scalarValue(resolved, text, m_options.numbers);
        return true;
    }

    /// A list or map within brackets, on this line.
    bool flow(Value &out, std::size_t depth)
    {
        if (depth >= m_maxDepth / 2)
            return false;
        const bool isMap = m_text.at() == '{';
        const char end = isMap ? '}' : ']';
        out = isMap ? Value::map() : Value::list();
        m_text.skip();
        m_text.skipSpaces();
        while (m_text.at() != end) {
            Value value;
            if (isMap ? !flowMember(out.asMap(), depth) : !flowValue(value, depth))
                return false;
            if (!isMap)
                out.asList().push_back(std::move(value));
            m_text.skipSpaces();
            if (m_text.at() == end)
                break;
            if (m_text.at() != ',')
                return false;
            m_text.skip();
            m_text.skipSpaces();
            if (m_text.at() == end)
                return false;
        }
        m_text.skip();
        return true;
    }

    bool flowMember(Map &members, std::size_t depth)
    {
        std::string_view text;
        const bool isQuoted = m_text.at() == '"' || m_text.at() == '\'';
        const std::uint32_t line = m_text.line();
        if (isQuoted ? !m_text.quoted(text) || m_text.line() != line : !m_text.flowPlain(text))
            return false;
        std::string key(text);
        if ((!isQuoted && !resolveKey(key)) || m_text.at() != ':' || m_text.after() != ' ')
            return false;
        m_text.skip();
        m_text.skipSpaces();
        Value value;
        return flowValue(value, depth) && put(members, std::move(key), std::move(value));
    }

    bool flowValue(Value &out, std::size_t depth)
    {
        std::string_view text;
        const std::uint32_t line = m_text.line();
        switch (m_text.at()) {
        case '"':
        case '\'':
            if (!m_text.quoted(text))
                return false;
            out = Value(text);
            break;
        case '[':
        case '{':
            if (!flow(out, depth + 1))
                return false;
            break;
        default:
            if (!m_text.flowPlain(text) || !resolve(text, out))
                return false;
            break;
        }
        place(out, line);
        return m_text.line() == line;
    }

    SimpleYamlText m_text;
    const YamlOptions &m_options;
    const YamlItemTaker *const m_taker;
    const std::string *m_takenList = nullptr; ///< Its key, while its value is read.
    bool m_isInTaken = false;
    const std::size_t m_maxDepth;
    std::size_t m_nodes = 0;
};

} // namespace

std::optional<Value> readSimpleYaml(std::string_view text, const YamlOptions &options, const YamlItemTaker *taker)
{
    if (!SimpleYamlText::hasSimpleBytes(text))
        return std::nullopt;
    Value root;
    if (!SimpleYamlReader(text, options, taker).read(root))
        return std::nullopt;
    return root;
}

} // namespace fairway::value
