#include "core/value/yaml_events.h"

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

YamlEvents::YamlEvents(std::string_view text)
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
    if (m_failed || yaml_parser_parse(&m_parser, &m_event) == 0) {
        m_failed = true;
        return tl::unexpected<Error>(describe());
    }
    return {};
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
    return asText(m_event.data.scalar.value, m_event.data.scalar.length);
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
