#include "core/gotemplate/parsed_texts.h"

#include <utility>

namespace fairway::gotemplate {

ParsedTexts::Functions ParsedTexts::begin(const FunctionMap &functions)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_functions || !m_functions->hasSameFunctions(functions)) {
        m_texts.clear();
        m_functions = std::make_shared<const FunctionMap>(functions);
    }
    return m_functions;
}

ParsedTexts::Templates ParsedTexts::find(std::string_view name, std::string_view text, const Functions &functions) const
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_texts.find(name);
    if (known == m_texts.end() || m_functions != functions)
        return nullptr;
    return known->second->back().source->text == text ? known->second : nullptr;
}

void ParsedTexts::keep(std::string_view name, Templates templates, const Functions &functions)
{
    const std::scoped_lock lock(m_mutex);
    if (m_functions != functions || templates->empty())
        return;
    if (m_texts.size() >= MaxTexts)
        m_texts.clear();
    m_texts.insert_or_assign(std::string(name), std::move(templates));
}

} // namespace fairway::gotemplate
