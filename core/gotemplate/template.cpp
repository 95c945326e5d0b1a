#include "core/gotemplate/template.h"

#include "core/gotemplate/builtins.h"
#include "core/gotemplate/executor.h"
#include "core/gotemplate/parsed_texts.h"
#include "core/gotemplate/parser.h"
#include "core/gotemplate/template_store.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <thread>

namespace fairway::gotemplate {

const Template *TemplateSet::Impl::find(std::string_view name) const
{
    for (const Impl *set = this; set != nullptr; set = set->parent) {
        if (const auto found = set->templates.find(name); found != set->templates.end())
            return &found->second;
    }
    return nullptr;
}

void TemplateSet::Impl::add(std::vector<Template> parsed)
{
    for (Template &one : parsed) {
        if (isEmpty(*one.root) && find(one.name) != nullptr)
            continue;
        std::string name = one.name;
        templates.insert_or_assign(std::move(name), std::move(one));
    }
}

TemplateResult<std::vector<Template>> TemplateSet::Impl::parsed(std::string_view name, const std::string &text) const
{
    const Impl *root = this;
    while (root->parent != nullptr)
        root = root->parent;
    {
        const std::scoped_lock lock(root->m_cache.mutex);
        if (const auto known = root->m_cache.texts.find(text); known != root->m_cache.texts.end())
            return known->second;
    }
    auto fresh = parseTemplates(name, text, nullptr, *functions, release, true);
    if (fresh) {
        const std::scoped_lock lock(root->m_cache.mutex);
        if (root->m_cache.texts.size() < MaxCachedTexts)
            root->m_cache.texts.emplace(text, *fresh);
    }
    return fresh;
}

TemplateSet::TemplateSet(const FunctionMap &functions, GoRelease release)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->functions = &functions;
    m_impl->release = release;
    m_impl->handle = this;
}

TemplateSet::~TemplateSet() = default;

TemplateSet::TemplateSet(TemplateSet &&other) noexcept
    : m_impl(std::move(other.m_impl))
{
    m_impl->handle = this;
}

TemplateSet &TemplateSet::operator=(TemplateSet &&other) noexcept
{
    m_impl = std::move(other.m_impl);
    m_impl->handle = this;
    return *this;
}

TemplateResult<void> TemplateSet::parse(std::string_view name, std::string_view text)
{
    auto parsed = parseTemplates(name, text, nullptr, *m_impl->functions, m_impl->release);
    if (!parsed)
        return tl::unexpected(std::move(parsed.error()));
    m_impl->add(std::move(*parsed));
    return {};
}

TemplateResult<void> TemplateSet::parseAll(std::span<const Text> texts, std::size_t &failedAt, ParsedTexts *kept)
{
    // Below, a thread costs more than it saves: with the first one malloc and shared_ptr begin to lock.
    constexpr std::size_t largeBytes = std::size_t {256} << 10;
    std::vector<std::optional<TemplateResult<std::vector<Template>>>> parsed(texts.size());
    std::vector<ParsedTexts::Templates> known(texts.size());
    const ParsedTexts::Functions functions = kept != nullptr ? kept->begin(*m_impl->functions) : nullptr;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (kept != nullptr)
            known[i] = kept->find(texts[i].name, texts[i].text, functions);
        bytes += known[i] ? 0 : texts[i].text.size();
    }
    std::atomic<std::size_t> next {0};
    const auto work = [&] {
        for (std::size_t i = next++; i < texts.size(); i = next++) {
            if (!known[i])
                parsed[i].emplace(parseTemplates(texts[i].name, texts[i].text, texts[i].owner, *m_impl->functions, m_impl->release));
        }
    };
    std::thread helper;
    if (bytes >= largeBytes && texts.size() > 1)
        helper = std::thread(work);
    work();
    if (helper.joinable())
        helper.join();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (known[i]) {
            m_impl->add(*known[i]);
            continue;
        }
        if (!*parsed[i]) {
            failedAt = i;
            return tl::unexpected(std::move(parsed[i]->error()));
        }
        if (kept != nullptr)
            kept->keep(texts[i].name, std::make_shared<const std::vector<Template>>(**parsed[i]), functions);
        m_impl->add(std::move(**parsed[i]));
    }
    return {};
}

bool TemplateSet::has(std::string_view name) const
{
    return m_impl->find(name) != nullptr;
}

std::vector<std::string> TemplateSet::names() const
{
    std::set<std::string> names;
    for (const auto &[name, one] : m_impl->templates)
        names.insert(name);
    return {names.begin(), names.end()};
}

TemplateResult<std::string> TemplateSet::execute(
    std::string_view name, const Value &data, const ExecuteOptions &options) const
{
    return Executor(*m_impl, options).run(name, data);
}

FunctionMap::FunctionMap()
{
    add(builtinFunctions());
}

void FunctionMap::add(std::span<const FunctionSpec> table, void *state)
{
    const auto known = std::find(m_states.begin(), m_states.end(), state);
    const auto index = static_cast<std::size_t>(known - m_states.begin());
    if (known == m_states.end())
        m_states.push_back(state);
    for (const FunctionSpec &spec : table)
        m_entries.insert_or_assign(spec.name, Entry {&spec, index});
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
