#include "core/value/yaml_document.h"

namespace fairway::value {

namespace {

class DocumentReader {
public:
    DocumentReader(YamlEvents &events, const YamlDocumentLimits &limits)
        : m_events(events)
        , m_limits(limits)
    {
    }

    Result<YamlDocument> read()
    {
        // A stack of our own instead of recursion: depth comes from outside.
        std::vector<std::uint32_t> open;
        for (;;) {
            if (auto read = m_events.next(); !read)
                return tl::unexpected<Error>(std::move(read).error());
            const yaml_event_type_t type = m_events.type();
            if (type == YAML_DOCUMENT_END_EVENT)
                return std::move(m_document);
            if (type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT) {
                open.pop_back();
                continue;
            }
            if (m_document.nodes.size() >= m_limits.maxNodes)
                return fail(ErrorCode::LimitExceeded,
                    "yaml: the document holds more than " + std::to_string(m_limits.maxNodes) + " values");
            const auto index = static_cast<std::uint32_t>(m_document.nodes.size());
            if (auto added = add(); !added)
                return tl::unexpected<Error>(std::move(added).error());
            if (!open.empty())
                m_document.nodes[open.back()].children.push_back(index);
            if (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) {
                if (open.size() >= m_limits.maxDepth)
                    return fail(ErrorCode::LimitExceeded,
                        "yaml: line " + std::to_string(m_document.nodes.back().line) + ": lists and maps are nested deeper than "
                            + std::to_string(m_limits.maxDepth));
                open.push_back(index);
            }
        }
    }

private:
    Result<void> add()
    {
        using Kind = YamlDocument::Kind;
        YamlDocument::Node node;
        node.line = static_cast<std::uint32_t>(m_events.event().start_mark.line) + 1;
        const std::string_view anchor = m_events.anchor();
        switch (m_events.type()) {
        case YAML_ALIAS_EVENT: {
            node.kind = Kind::Alias;
            keepText(node, anchor);
            const auto target = m_anchors.find(anchor);
            if (target == m_anchors.end())
                return fail(ErrorCode::InvalidInput, "yaml: unknown anchor '" + std::string(anchor) + "' referenced");
            node.target = target->second;
            break;
        }
        case YAML_SCALAR_EVENT:
            node.isPlain = m_events.event().data.scalar.plain_implicit != 0;
            keepText(node, m_events.scalarText());
            break;
        case YAML_SEQUENCE_START_EVENT: node.kind = Kind::List; break;
        default: node.kind = Kind::Map; break;
        }
        if (node.kind != Kind::Alias && !anchor.empty())
            m_anchors.insert_or_assign(std::string(anchor), static_cast<std::uint32_t>(m_document.nodes.size()));
        if (const std::string_view tag = m_events.tag(); !tag.empty())
            node.tag = tagIndex(tag);
        m_document.nodes.push_back(std::move(node));
        return {};
    }

    void keepText(YamlDocument::Node &node, std::string_view text)
    {
        node.textStart = m_document.texts.size();
        node.textSize = text.size();
        m_document.texts += text;
    }

    std::uint32_t tagIndex(std::string_view tag)
    {
        if (const auto known = m_tags.find(tag); known != m_tags.end())
            return known->second;
        const auto index = static_cast<std::uint32_t>(m_document.tags.size());
        m_document.tags.emplace_back(tag);
        m_tags.emplace(tag, index);
        return index;
    }

    YamlEvents &m_events;
    const YamlDocumentLimits m_limits;
    YamlDocument m_document;
    std::map<std::string, std::uint32_t, std::less<>> m_anchors;
    std::map<std::string, std::uint32_t, std::less<>> m_tags;
};

} // namespace

Result<YamlDocument> readYamlDocument(YamlEvents &events, const YamlDocumentLimits &limits)
{
    return DocumentReader(events, limits).read();
}

} // namespace fairway::value
