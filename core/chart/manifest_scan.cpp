#include "core/chart/manifest_scan.h"

#include "core/chart/go_struct.h"
#include "core/value/yaml_scalar.h"
#include "core/value/yaml_simple_text.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fairway::chart {

namespace {

constexpr std::size_t maxDepth = 100;
constexpr std::size_t maxKeyBytes = 512;

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isKeyCharacter(char c)
{
    return isLetterOrDigit(c) || c == '_' || c == '.' || c == '/' || c == '-' || c == '$';
}

/// A comment behind something on its line, from its space on; npos where there is none.
std::size_t commentIn(std::string_view text)
{
    for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
        if (at > 0 && text[at - 1] == ' ')
            return at - 1;
    }
    return std::string_view::npos;
}

/// A colon that ends a key.
bool hasKeyEnd(std::string_view text)
{
    for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
        if (at + 1 == text.size() || text[at + 1] == ' ')
            return true;
    }
    return false;
}

/// What the value on a line is.
enum class Form : std::uint8_t { Nothing, Scalar, EmptyMap, List, Block, OpenQuote, Unknown };

struct Text {
    Form form = Form::Unknown;
    std::string_view raw; ///< Of a Scalar: without quotes.
    bool isPlain = false;
    bool isExact = true;  ///< `raw` is the scalar's value.
    bool isOpen = false;  ///< The next line may go on with it.
};

/// What may follow a value on its line.
bool isEndOfLine(std::string_view rest)
{
    const std::size_t start = rest.find_first_not_of(' ');
    return start == std::string_view::npos || (rest[start] == '#' && start > 0);
}

/// A quoted scalar at the start of `text`, all on one line; `size` takes its length with the quotes, 0 when it isn't one.
Text quoted(std::string_view text, std::size_t &size)
{
    const char quote = text.front();
    Text out;
    size = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == quote && quote == '\'' && i + 1 < text.size() && text[i + 1] == '\'') {
            out.isExact = false;
            ++i;
        } else if (text[i] == quote) {
            size = i + 1;
            out.form = Form::Scalar;
            out.raw = text.substr(1, i - 1);
            return out;
        } else if (text[i] == '\\' && quote == '"') {
            if (++i >= text.size() || std::string_view("\"\\/ntr0abefv N_LP").find(text[i]) == std::string_view::npos)
                return out;
            out.isExact = false;
        }
    }
    out.isOpen = true; // nothing wrong so far: it may end on a line below
    return out;
}

Text plain(std::string_view text)
{
    Text out;
    const char first = text.front();
    const bool isIndicator = std::string_view("?:,[]{}#&*!|>'\"%@`").find(first) != std::string_view::npos
        || (first == '-' && (text.size() == 1 || text[1] == ' '));
    if (isIndicator)
        return out;
    const std::size_t comment = commentIn(text);
    text = text.substr(0, comment);
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    if (hasKeyEnd(text))
        return out;
    // What may be infinite or no number can't be JSON.
    const bool mayBeOdd = first == '.' || ((first == '-' || first == '+') && text.size() > 1 && text[1] == '.');
    if (mayBeOdd && value::resolvePlainScalar(text).type != value::ScalarType::String)
        return out;
    out.form = Form::Scalar;
    out.raw = text;
    out.isPlain = true;
    out.isOpen = comment == std::string_view::npos;
    return out;
}

/// A list of scalars in brackets, all on one line; what is plain in it has simple characters only.
bool isFlowList(std::string_view text)
{
    const auto skipBlanks = [&] { text.remove_prefix(std::min(text.find_first_not_of(' '), text.size())); };
    text.remove_prefix(1);
    for (;;) {
        skipBlanks();
        if (text.empty())
            return false;
        std::size_t size = 0;
        if (text.front() == '"' || text.front() == '\'') {
            if (quoted(text, size).form != Form::Scalar)
                return false;
        } else {
            while (size < text.size() && (isKeyCharacter(text[size]) || text[size] == '+'))
                ++size;
            if (size == 0 || !isLetterOrDigit(text.front()))
                return false;
        }
        text.remove_prefix(size);
        skipBlanks();
        if (text.empty() || (text.front() != ',' && text.front() != ']'))
            return false;
        const bool isEnd = text.front() == ']';
        text.remove_prefix(1);
        if (isEnd)
            return isEndOfLine(text);
    }
}

/// A value that begins on this line; `text` has no blanks in front.
Text valueOf(std::string_view text)
{
    Text out;
    if (text.empty() || text.front() == '#') {
        out.form = Form::Nothing;
    } else if (text.front() == '"' || text.front() == '\'') {
        std::size_t size = 0;
        out = quoted(text, size);
        if (out.form == Form::Scalar && !isEndOfLine(text.substr(size)))
            out.form = Form::Unknown;
        else if (size == 0 && out.form == Form::Unknown && out.isOpen)
            out.form = Form::OpenQuote;
    } else if (text.front() == '|' || text.front() == '>') {
        const std::size_t size = text.size() > 1 && (text[1] == '-' || text[1] == '+') ? 2 : 1;
        out.form = isEndOfLine(text.substr(size)) ? Form::Block : Form::Unknown;
    } else if (text.starts_with("{}") || text.starts_with("[]")) {
        out.form = !isEndOfLine(text.substr(2)) ? Form::Unknown : text.front() == '{' ? Form::EmptyMap : Form::List;
    } else if (text.front() == '[') {
        out.form = isFlowList(text) ? Form::List : Form::Unknown;
    } else {
        out = plain(text);
    }
    return out;
}

class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<ManifestHead> scan()
    {
        if (m_text.find('\t') != std::string_view::npos || !value::SimpleYamlText::hasSimpleBytes(m_text))
            return std::nullopt;
        while (m_at < m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
            std::string_view line = m_text.substr(m_at, end - m_at);
            m_at = end + 1;
            const std::size_t indent = line.find_first_not_of(' ');
            if (indent == std::string_view::npos || line[indent] == '#')
                continue;
            if (indent == 0 && (line.starts_with("---") || line.starts_with("...") || line.starts_with('%')))
                return std::nullopt;
            line.remove_suffix(line.size() - 1 - line.find_last_not_of(' '));
            if (!content(line.substr(indent), indent))
                return std::nullopt;
        }
        return std::move(m_head);
    }

private:
    enum class Role : std::uint8_t { Other, Top, Metadata, Annotations };
    struct Level {
        std::size_t indent = 0;
        bool isList = false;
        Role role = Role::Other;
    };

    /// A whole value on a line of its own below its key or dash.
    bool isValueBelow(std::string_view text, std::size_t indent)
    {
        if (!m_isAwaiting || m_levels.empty() || indent <= m_levels.back().indent)
            return false;
        const Form form = text.front() == '{' || text.front() == '[' ? valueOf(text).form : Form::Unknown;
        if (form != Form::EmptyMap && (form != Form::List || m_awaitingRole != Role::Other))
            return false;
        m_isAwaiting = false;
        return true;
    }

    /// Passes over the lines with which a plain scalar goes on below the present level. False: not by these rules.
    bool plainContinues(bool isWanted)
    {
        const std::size_t parent = m_levels.back().indent;
        std::size_t at = m_at;
        while (at < m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
            const std::string_view line = m_text.substr(at, end - at);
            const std::size_t found = line.find_first_not_of(' ');
            at = end + 1;
            if (found == std::string_view::npos)
                continue;
            if (found <= parent)
                return true;
            if (isWanted || line[found] == '#' || commentIn(line) != std::string_view::npos
                || hasKeyEnd(line.substr(0, line.find_last_not_of(' ') + 1)))
                return false;
            m_at = at;
        }
        return true;
    }

    /// Passes over the lines up to the one where a quoted scalar that began with `text` ends. Escapes are looked at line by line.
    bool quoteContinues(char quote)
    {
        const std::size_t parent = m_levels.back().indent;
        while (m_at < m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
            const std::string_view line = m_text.substr(m_at, end - m_at);
            const std::size_t found = line.find_first_not_of(' ');
            m_at = end + 1;
            if (found == std::string_view::npos)
                continue;
            if (found <= parent)
                return false;
            std::string text(1, quote);
            text += line.substr(found);
            std::size_t size = 0;
            const Text value = quoted(text, size);
            if (value.form == Form::Scalar)
                return isEndOfLine(std::string_view(text).substr(size));
            if (!value.isOpen)
                return false;
        }
        return false;
    }

    /// Finds the level a line at `indent` belongs to, opening one where a value is awaited. False: not by these rules.
    bool enter(std::size_t indent, bool isItem)
    {
        while (!m_levels.empty() && m_levels.back().indent > indent) {
            m_levels.pop_back();
            m_isAwaiting = false;
        }
        if (m_levels.empty())
            return !m_hasContent && indent == 0 && !isItem && open(indent, false, Role::Top);
        if (m_levels.back().indent == indent) {
            if (m_levels.back().isList && !isItem) { // a list at its key's own indentation ends
                m_levels.pop_back();
                m_isAwaiting = false;
                return !m_levels.empty() && m_levels.back().indent == indent && !m_levels.back().isList;
            }
            if (!m_levels.back().isList && isItem)
                return m_isAwaiting && m_awaitingRole == Role::Other && open(indent, true, Role::Other);
            return true;
        }
        if (!m_isAwaiting || (isItem && m_awaitingRole != Role::Other))
            return false;
        return open(indent, isItem, m_awaitingRole);
    }

    bool open(std::size_t indent, bool isList, Role role)
    {
        m_levels.push_back({indent, isList, role});
        m_isAwaiting = false;
        return m_levels.size() <= maxDepth;
    }

    bool content(std::string_view text, std::size_t indent)
    {
        if (isValueBelow(text, indent))
            return true;
        bool isNested = false; // behind a dash, where the column opens a level of its own
        for (;;) {
            const bool isItem = text.front() == '-' && (text.size() == 1 || text[1] == ' ');
            if (isNested ? !open(indent, isItem, Role::Other) : !enter(indent, isItem))
                return false;
            m_hasContent = true;
            if (!isItem)
                return member(text);
            const std::size_t next = text.find_first_not_of(' ', 1);
            if (next == std::string_view::npos || text[next] == '#') {
                await(Role::Other);
                return true;
            }
            text.remove_prefix(next);
            indent += next;
            const bool isInnerItem = text.front() == '-' && (text.size() == 1 || text[1] == ' ');
            std::string_view key;
            std::size_t size = 0;
            if (!isInnerItem && !keyOf(text, key, size))
                return itemValue(text);
            isNested = true;
        }
    }

    void await(Role role)
    {
        m_isAwaiting = true;
        m_awaitingRole = role;
    }

    bool itemValue(std::string_view text)
    {
        m_isAwaiting = false;
        const Text value = valueOf(text);
        switch (value.form) {
        case Form::Block: return blockScalar();
        case Form::OpenQuote: return quoteContinues(text.front());
        case Form::Scalar: return !value.isOpen || plainContinues(false);
        case Form::EmptyMap:
        case Form::List: return true;
        case Form::Nothing:
        case Form::Unknown: break;
        }
        return false;
    }

    /// `text` begins with a key and its colon; `size` covers both.
    static bool keyOf(std::string_view text, std::string_view &key, std::size_t &size)
    {
        if (text.front() == '"' || text.front() == '\'') {
            const Text name = quoted(text, size);
            if (name.form != Form::Scalar || !name.isExact || size > maxKeyBytes)
                return false;
            key = name.raw;
        } else {
            if (!isLetterOrDigit(text.front()) && text.front() != '_' && text.front() != '$' && text.front() != '.')
                return false;
            while (size < text.size() && isKeyCharacter(text[size]))
                ++size;
            key = text.substr(0, size);
            if (size > maxKeyBytes || (key.front() >= '0' && key.front() <= '9') || isField(key, "null"))
                return false;
            if (key.front() == '.' && value::resolvePlainScalar(key).type != value::ScalarType::String)
                return false;
        }
        if (size >= text.size() || text[size] != ':' || (size + 1 < text.size() && text[size + 1] != ' '))
            return false;
        ++size;
        return true;
    }

    bool member(std::string_view text)
    {
        std::string_view key;
        std::size_t size = 0;
        if (m_levels.back().isList || !keyOf(text, key, size))
            return false;
        text.remove_prefix(size);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        const Text value = valueOf(text);
        const Role role = m_levels.back().role;
        m_isAwaiting = false;
        if (isWanted(role, key) && !isExactName(role, key))
            return false;
        switch (value.form) {
        case Form::Unknown:
            return false;
        case Form::Nothing:
            if (isWanted(role, key) && roleBelow(role, key) == Role::Other)
                return false; // null, or something below that is no text
            await(roleBelow(role, key));
            if (m_awaitingRole == Role::Metadata) // given again it replaces what was there
                m_head.name.clear();
            if (m_awaitingRole != Role::Other)
                m_head.annotations.clear();
            return true;
        case Form::Block:
            return !isWanted(role, key) && blockScalar();
        case Form::EmptyMap:
        case Form::List:
            return !isWanted(role, key);
        case Form::OpenQuote:
            return !isWanted(role, key) && quoteContinues(text.front());
        case Form::Scalar:
            break;
        }
        return (!value.isOpen || plainContinues(isWanted(role, key))) && keep(role, key, value);
    }

    static Role roleBelow(Role role, std::string_view key)
    {
        if (role == Role::Top && isField(key, "metadata"))
            return Role::Metadata;
        if (role == Role::Metadata && isField(key, "annotations"))
            return Role::Annotations;
        return Role::Other;
    }

    static bool isWanted(Role role, std::string_view key)
    {
        switch (role) {
        case Role::Top:
            return isField(key, "apiVersion") || isField(key, "kind") || isField(key, "metadata");
        case Role::Metadata:
            return isField(key, "name") || isField(key, "annotations");
        case Role::Annotations:
            return true;
        default:
            return false;
        }
    }

    /// Go finds fields whatever the case of their letters, and then two of them meet.
    static bool isExactName(Role role, std::string_view key)
    {
        return role == Role::Annotations || key == "apiVersion" || key == "kind" || key == "metadata" || key == "name" || key == "annotations";
    }

    bool keep(Role role, std::string_view key, const Text &value)
    {
        if (!isWanted(role, key))
            return true;
        if (!value.isExact || (value.isPlain && value::resolvePlainScalar(value.raw).type != value::ScalarType::String))
            return false;
        const std::string text(value.raw);
        if (role == Role::Annotations) {
            m_head.annotations.insert_or_assign(std::string(key), text);
            return true;
        }
        if (role == Role::Top && isField(key, "apiVersion"))
            m_head.apiVersion = text;
        else if (role == Role::Top && isField(key, "kind"))
            m_head.kind = text;
        else if (role == Role::Metadata && isField(key, "name"))
            m_head.name = text;
        else
            return false; // metadata or annotations that are no map
        return true;
    }

    /// Passes over the lines of a block scalar below the present level.
    bool blockScalar()
    {
        const std::size_t parent = m_levels.back().indent;
        std::size_t indent = 0; // of its lines; 0: not seen yet
        std::size_t blankIndent = 0;
        while (m_at < m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', m_at), m_text.size());
            const std::string_view line = m_text.substr(m_at, end - m_at);
            const std::size_t found = line.find_first_not_of(' ');
            if (found == std::string_view::npos) {
                if (indent == 0)
                    blankIndent = std::max(blankIndent, line.size());
            } else if (indent == 0) {
                if (found <= parent)
                    return true; // it is empty
                if (blankIndent > found)
                    return false;
                indent = found;
            } else if (found < indent) {
                return found <= parent;
            }
            m_at = end + 1;
        }
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Level> m_levels;
    bool m_isAwaiting = false;
    Role m_awaitingRole = Role::Other;
    bool m_hasContent = false;
    ManifestHead m_head;
};

} // namespace

std::optional<ManifestHead> scanManifestHead(std::string_view document)
{
    return Scanner(document).scan();
}

} // namespace fairway::chart
