#include "core/value/yaml_simple_reader.h"

#include "core/value/yaml_scalar_value.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fairway::value {

namespace {

/// Recursion: deeper texts are the grammar's, which has a stack of its own.
constexpr std::size_t maxDepth = 64;

/// What is plain may mean something else than it says. False for what is no key of the simple rules.
bool resolveKey(std::string &key)
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

} // namespace

Value SimpleYamlNode::tree()
{
    const YamlOptions &options = m_reader->m_options;
    Value out;
    switch (m_kind) {
    case Kind::Map: {
        out = Value::map();
        Map &members = out.asMap();
        eachMember([&](std::string &key, SimpleYamlNode &node) {
            Value member = node.tree();
            const std::size_t size = members.size();
            // Keys often come in order: then the end is their place. Neither is moved when the key is there.
            const auto place = members.try_emplace(members.end(), std::move(key), std::move(member));
            if (members.size() > size)
                return;
            place->second = std::move(member);
            if (options.duplicates == DuplicateKeys::Refuse)
                giveUp();
        });
        break;
    }
    case Kind::List: {
        out = Value::list();
        List &items = out.asList();
        eachItem([&](SimpleYamlNode &node) { items.push_back(node.tree()); });
        break;
    }
    case Kind::String: out = Value(m_text); break;
    default: out = scalarValue(m_scalar, m_text, options.numbers); break;
    }
    if (m_line != 0)
        out.setPosition({options.file, m_line});
    return out;
}

SimpleYamlReader::SimpleYamlReader(std::string_view text, const YamlOptions &options)
    : m_text(text)
    , m_options(options)
    , m_hasSimpleBytes(SimpleYamlText::hasSimpleBytes(text))
    , m_maxDepth(std::min(maxDepth, options.maxDepth / 2))
{
}

SimpleYamlNode SimpleYamlReader::open()
{
    if (!m_hasSimpleBytes)
        return unsure();
    const bool hasStart = m_text.takeDocumentStart();
    if (!m_text.nextLine() || (m_text.isDone() && hasStart)) // with `---` it is a null that stands somewhere
        return unsure();
    if (!m_text.isDone())
        return below(-1, 0);
    SimpleYamlNode nothing;
    nothing.m_scalar.type = ScalarType::Null;
    nothing.m_reader = this;
    return nothing;
}

bool SimpleYamlReader::isGood() const
{
    // The grammar counts the document, too.
    return !m_isUnsure && m_unread == 0 && m_text.isDone() && m_nodes + 2 < m_options.maxNodes;
}

SimpleYamlNode SimpleYamlReader::unsure()
{
    m_isUnsure = true;
    return {};
}

SimpleYamlNode SimpleYamlReader::placed(Kind kind, std::uint32_t line)
{
    ++m_nodes;
    SimpleYamlNode node;
    node.m_reader = this;
    node.m_kind = kind;
    node.m_line = line;
    return node;
}

/// What begins this line, below a key or dash at `parent`.
SimpleYamlNode SimpleYamlReader::below(std::ptrdiff_t parent, std::size_t depth)
{
    return m_text.isDash() ? list(m_text.indent(), depth) : mapOrValue(parent, depth);
}

/// A map whose first key stands here, or a value that is no list.
SimpleYamlNode SimpleYamlReader::mapOrValue(std::ptrdiff_t parent, std::size_t depth)
{
    const std::ptrdiff_t column = m_text.column();
    const std::uint32_t line = m_text.line();
    switch (m_text.key(m_key)) {
    case SimpleYamlText::KeyFound::Unusual: return unsure();
    case SimpleYamlText::KeyFound::None: return parent >= 0 ? valueHere(parent) : unsure();
    case SimpleYamlText::KeyFound::Plain:
        if (!resolveKey(m_key))
            return unsure();
        break;
    case SimpleYamlText::KeyFound::Quoted: break;
    }
    if (depth >= m_maxDepth)
        return unsure();
    SimpleYamlNode map = placed(Kind::Map, line);
    map.m_column = column;
    map.m_depth = depth + 1;
    ++m_unread;
    return map;
}

SimpleYamlNode SimpleYamlReader::list(std::ptrdiff_t column, std::size_t depth)
{
    if (depth >= m_maxDepth)
        return unsure();
    SimpleYamlNode list = placed(Kind::List, m_text.line());
    list.m_column = column;
    list.m_depth = depth + 1;
    ++m_unread;
    return list;
}

SimpleYamlNode SimpleYamlReader::belowOrNull(std::ptrdiff_t column, std::uint32_t line, std::size_t depth)
{
    if (m_text.indent() > column)
        return below(column, depth);
    SimpleYamlNode nothing = placed(Kind::Null, line);
    nothing.m_scalar.type = ScalarType::Null;
    return nothing;
}

bool SimpleYamlReader::hasFirst(const SimpleYamlNode &around)
{
    if (around.m_form == SimpleYamlNode::Form::Block)
        return true; // A map's first key made it one, as a list's first dash did.
    m_text.skip();
    m_text.skipSpaces();
    if (m_text.at() == (around.isMap() ? '}' : ']'))
        return leaveFlow(around);
    return around.isList() || readFlowKey();
}

bool SimpleYamlReader::hasNext(const SimpleYamlNode &around)
{
    if (m_isUnsure)
        return false;
    if (around.m_form == SimpleYamlNode::Form::Block) {
        const std::ptrdiff_t indent = m_text.indent();
        if (indent == around.m_column && (around.isMap() ? readKey() : m_text.isDash()))
            return true;
        // Where a list stands in its key's column, the map goes on.
        if (indent > around.m_column || (indent == around.m_column && around.isMap()))
            m_isUnsure = true;
        return false;
    }
    const char end = around.isMap() ? '}' : ']';
    m_text.skipSpaces();
    if (m_text.at() == end)
        return leaveFlow(around);
    if (m_text.at() == ',') {
        m_text.skip();
        m_text.skipSpaces();
        if (m_text.at() != end)
            return around.isList() || readFlowKey();
    }
    m_isUnsure = true;
    return false;
}

/// Behind the bracket, and behind the whole value when it was the outermost. Nothing follows within: false.
bool SimpleYamlReader::leaveFlow(const SimpleYamlNode &around)
{
    m_text.skip();
    if (around.m_form == SimpleYamlNode::Form::Flow && (!m_text.endOfValue() || !m_text.nextLine()))
        m_isUnsure = true;
    return false;
}

SimpleYamlNode SimpleYamlReader::openMember(const SimpleYamlNode &map)
{
    ++m_nodes; // the key
    if (map.m_form != SimpleYamlNode::Form::Block)
        return flowValue(map.m_depth);
    m_text.skipSpaces();
    if (!m_text.atLineEnd())
        return valueHere(map.m_column);
    const std::uint32_t line = m_text.line();
    if (!m_text.nextLine())
        return unsure();
    if (m_text.indent() == map.m_column && m_text.isDash())
        return list(map.m_column, map.m_depth);
    return belowOrNull(map.m_column, line, map.m_depth);
}

SimpleYamlNode SimpleYamlReader::openItem(const SimpleYamlNode &around)
{
    if (around.m_form != SimpleYamlNode::Form::Block)
        return flowValue(around.m_depth);
    m_text.skip();
    m_text.skipSpaces();
    const std::uint32_t line = m_text.line();
    if (m_text.atLineEnd())
        return m_text.nextLine() ? belowOrNull(around.m_column, line, around.m_depth) : unsure();
    if (m_text.isDash()) {
        m_text.setIndentHere();
        return list(m_text.indent(), around.m_depth);
    }
    return mapOrValue(around.m_column, around.m_depth);
}

bool SimpleYamlReader::readKey()
{
    switch (m_text.key(m_key)) {
    case SimpleYamlText::KeyFound::Plain: return resolveKey(m_key);
    case SimpleYamlText::KeyFound::Quoted: return true;
    default: return false;
    }
}

bool SimpleYamlReader::readFlowKey()
{
    std::string_view text;
    const bool isQuoted = m_text.at() == '"' || m_text.at() == '\'';
    const std::uint32_t line = m_text.line();
    bool isGood = isQuoted ? m_text.quoted(text) && m_text.line() == line : m_text.flowPlain(text);
    if (isGood) {
        m_key = text;
        isGood = (isQuoted || resolveKey(m_key)) && m_text.at() == ':' && m_text.after() == ' ';
    }
    if (!isGood) {
        m_isUnsure = true;
        return false;
    }
    m_text.skip();
    m_text.skipSpaces();
    return true;
}

SimpleYamlNode SimpleYamlReader::text(std::string_view text, std::uint32_t line)
{
    SimpleYamlNode node = placed(Kind::String, line);
    node.m_text = text;
    return node;
}

SimpleYamlNode SimpleYamlReader::plain(std::string_view text, std::uint32_t line)
{
    SimpleYamlNode node = placed(Kind::String, line);
    node.m_text = text;
    node.m_scalar = resolvePlainScalar(text);
    switch (node.m_scalar.type) {
    case ScalarType::Null: node.m_kind = Kind::Null; break;
    case ScalarType::Bool: node.m_kind = Kind::Bool; break;
    case ScalarType::Int:
    case ScalarType::Unsigned: node.m_kind = Kind::Float; break;
    case ScalarType::Float:
        if (!std::isfinite(node.m_scalar.number))
            return unsure();
        node.m_kind = Kind::Float;
        break;
    case ScalarType::String:
    case ScalarType::Timestamp:
    case ScalarType::Merge: break;
    }
    return node;
}

/// A value that begins on this line, behind its key or dash. Leaves the place at the line after it.
SimpleYamlNode SimpleYamlReader::valueHere(std::ptrdiff_t column)
{
    const std::uint32_t line = m_text.line();
    std::string_view found;
    SimpleYamlNode node;
    switch (m_text.at()) {
    case '"':
    case '\'': node = m_text.quoted(found) ? text(found, line) : unsure(); break;
    case '|':
    case '>': node = m_text.block(column, found) ? text(found, line) : unsure(); break;
    case '[':
    case '{':
        node = flow(0);
        node.m_form = SimpleYamlNode::Form::Flow;
        return node;
    default: node = m_text.plain(column, found) ? plain(found, line) : unsure(); break;
    }
    if (!m_isUnsure && (!m_text.endOfValue() || !m_text.nextLine()))
        m_isUnsure = true;
    return node;
}

/// A list or map within brackets, on this line.
SimpleYamlNode SimpleYamlReader::flow(std::size_t depth)
{
    if (depth >= m_maxDepth / 2)
        return unsure();
    SimpleYamlNode node = placed(m_text.at() == '{' ? Kind::Map : Kind::List, m_text.line());
    node.m_form = SimpleYamlNode::Form::FlowInFlow;
    node.m_depth = depth + 1;
    ++m_unread;
    return node;
}

SimpleYamlNode SimpleYamlReader::flowValue(std::size_t depth)
{
    const std::uint32_t line = m_text.line();
    std::string_view found;
    switch (m_text.at()) {
    case '"':
    case '\'': return m_text.quoted(found) && m_text.line() == line ? text(found, line) : unsure();
    case '[':
    case '{': return flow(depth);
    default: return m_text.flowPlain(found) ? plain(found, line) : unsure();
    }
}

} // namespace fairway::value
