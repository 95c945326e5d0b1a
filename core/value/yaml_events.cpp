#include "core/value/yaml_events.h"

#include "core/value/utf8.h"

namespace fairway::value {

namespace {
    std::string_view asText(const yaml_char_t *text, std::size_t size)
    {
        return {reinterpret_cast<const char *>(text), size};
    }

    std::string_view asText(const yaml_char_t *text)
    {
        return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char *>(text));
    }
} // namespace

namespace {

/// Each costs another reading of what stands before it.
constexpr std::size_t MostPatches = 64;

/// The byte of a character that libyaml counts: without the mark in front.
std::size_t byteOf(std::string_view text, std::size_t character)
{
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (; character > 0 && at < text.size(); --character)
        at += std::max<std::size_t>(decodeUtf8(text, at).size, 1);
    return at;
}

/// A character for private use that `text` does not hold; empty when it holds all we try.
std::string unusedCharacter(std::string_view text)
{
    for (char32_t code = 0xE000; code < 0xE020; ++code) {
        std::string one;
        appendUtf8(one, code);
        if (text.find(one) == std::string_view::npos)
            return one;
    }
    return {};
}

} // namespace

YamlEvents::YamlEvents(std::string_view text)
    : m_text(text)
{
    start(text);
}

void YamlEvents::start(std::string_view text)
{
    // Fails only when memory is out; then every call of yaml_parser_parse fails too.
    m_failed = yaml_parser_initialize(&m_parser) == 0;
    if (text.data() == nullptr)
        text = ""; // a view of nothing: libyaml asserts that there is an address
    if (!m_failed)
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.data()), text.size());
}

YamlEvents::~YamlEvents()
{
    yaml_event_delete(&m_event);
    yaml_parser_delete(&m_parser);
}

Result<void> YamlEvents::next()
{
    yaml_event_delete(&m_event);
    if (m_failed || (yaml_parser_parse(&m_parser, &m_event) == 0 && !resumeBehindColon())) {
        m_failed = true;
        return tl::unexpected<Error>(describe());
    }
    ++m_events;
    return noteFlow();
}

bool YamlEvents::resumeBehindColon()
{
    while (m_parser.error == YAML_SCANNER_ERROR && m_parser.problem != nullptr && std::string_view(m_parser.problem) == "found unexpected ':'"
        && m_patches < MostPatches && !m_text.starts_with("\xFF\xFE") && !m_text.starts_with("\xFE\xFF")) {
        if (m_patched.empty()) {
            m_standIn = unusedCharacter(m_text);
            m_patched = m_text;
        }
        const std::size_t colon = byteOf(m_patched, m_parser.problem_mark.index);
        if (m_standIn.empty() || colon >= m_patched.size() || m_patched[colon] != ':')
            return false;
        m_patched.replace(colon, 1, m_standIn);
        ++m_patches;
        yaml_parser_delete(&m_parser);
        start(m_patched);
        bool isGood = !m_failed;
        for (std::size_t i = 0; isGood && i <= m_events; ++i) {
            yaml_event_delete(&m_event);
            isGood = yaml_parser_parse(&m_parser, &m_event) != 0;
        }
        if (isGood)
            return true;
    }
    return false;
}

Result<void> YamlEvents::noteFlow()
{
    switch (m_event.type) {
    case YAML_SEQUENCE_START_EVENT:
        m_open.push_back({m_event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, true, m_event.start_mark.index});
        return {};
    case YAML_MAPPING_START_EVENT:
        m_open.push_back({m_event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, false, m_event.start_mark.index});
        return {};
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: m_open.pop_back(); return {};
    case YAML_SCALAR_EVENT: break;
    default: return {};
    }
    if (m_open.empty() || !m_open.back().isFlow || m_event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE
        || scalarText().find('?') == std::string_view::npos)
        return {};
    const std::string_view text = m_patched.empty() ? m_text : std::string_view(m_patched);
    const std::size_t begin = byteOf(text, m_event.start_mark.index);
    const std::size_t mark = std::min(text.find('?', begin), text.size());
    std::size_t line = m_event.start_mark.line;
    for (std::size_t i = begin; i < mark; ++i)
        line += text[i] == '\n' || (text[i] == '\r' && (i + 1 >= mark || text[i + 1] != '\n')) ? 1 : 0;
    // A pair in a list is a map without braces of its own: "[a: b?]".
    const std::size_t open = byteOf(text, m_open.back().begin);
    const bool isList = m_open.back().isList || (open < text.size() && text[open] != '{' && text[open] != '&' && text[open] != '!');
    m_failed = true;
    return fail(ErrorCode::InvalidInput, "yaml: " + (line > 0 ? "line " + std::to_string(line) + ": " : std::string())
        + "did not find expected ',' or '" + (isList ? ']' : '}') + "'");
}

Error YamlEvents::describe() const
{
    // go-yaml counts lines so: a scanner's mark from 1, a parser's from 0, and of line 0 it says nothing.
    std::size_t line = 0;
    if (m_parser.error != YAML_READER_ERROR) {
        if (m_parser.problem_mark.line != 0)
            line = m_parser.problem_mark.line + (m_parser.error == YAML_SCANNER_ERROR ? 1 : 0);
        else
            line = m_parser.context_mark.line;
    }
    std::string message = "yaml: ";
    if (line != 0)
        message += "line " + std::to_string(line) + ": ";
    message += m_parser.problem != nullptr ? m_parser.problem : "unknown problem parsing YAML content";
    return {ErrorCode::InvalidInput, std::move(message)};
}

std::string_view YamlEvents::scalarText() const
{
    if (m_event.type != YAML_SCALAR_EVENT)
        return {};
    return restored(asText(m_event.data.scalar.value, m_event.data.scalar.length));
}

std::string_view YamlEvents::restored(std::string_view text) const
{
    if (m_patched.empty() || text.find(m_standIn) == std::string_view::npos)
        return text;
    m_restored.clear();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t next = std::min(text.find(m_standIn, at), text.size());
        m_restored.append(text.substr(at, next - at)).append(next < text.size() ? ":" : "");
        at = next + m_standIn.size();
    }
    return m_restored;
}

std::string_view YamlEvents::anchor() const
{
    switch (m_event.type) {
    case YAML_ALIAS_EVENT: return asText(m_event.data.alias.anchor);
    case YAML_SCALAR_EVENT: return asText(m_event.data.scalar.anchor);
    case YAML_SEQUENCE_START_EVENT: return asText(m_event.data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT: return asText(m_event.data.mapping_start.anchor);
    default: return {};
    }
}

std::string_view YamlEvents::tag() const
{
    switch (m_event.type) {
    case YAML_SCALAR_EVENT: return asText(m_event.data.scalar.tag);
    case YAML_SEQUENCE_START_EVENT: return asText(m_event.data.sequence_start.tag);
    case YAML_MAPPING_START_EVENT: return asText(m_event.data.mapping_start.tag);
    default: return {};
    }
}

} // namespace fairway::value
