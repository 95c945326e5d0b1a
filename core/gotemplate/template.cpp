#include "core/gotemplate/template.h"

namespace fairway::gotemplate {

struct TemplateSet::Impl {
    const FunctionMap *functions = nullptr;
};

TemplateSet::TemplateSet(const FunctionMap &functions)
    : m_impl(std::make_unique<Impl>(Impl {&functions}))
{
}
TemplateSet::~TemplateSet() = default;
TemplateSet::TemplateSet(TemplateSet &&other) noexcept = default;
TemplateSet &TemplateSet::operator=(TemplateSet &&other) noexcept = default;

TemplateResult<void> TemplateSet::parse(std::string_view, std::string_view)
{
    return {};
}
bool TemplateSet::has(std::string_view) const
{
    return false;
}
std::vector<std::string> TemplateSet::names() const
{
    return {};
}
TemplateResult<std::string> TemplateSet::execute(std::string_view name, const Value &, const ExecuteOptions &) const
{
    return failCall("template: no template \"" + std::string(name) + "\"");
}

FunctionMap::FunctionMap() = default;
void FunctionMap::add(std::span<const FunctionSpec> table, void *state)
{
    for (const FunctionSpec &spec : table)
        m_entries.insert_or_assign(spec.name, Entry {&spec, state});
}
void FunctionMap::remove(std::string_view name)
{
    m_entries.erase(name);
}
const FunctionMap::Entry *FunctionMap::find(std::string_view name) const
{
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? nullptr : &found->second;
}

} // namespace fairway::gotemplate
