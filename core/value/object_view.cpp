#include "core/value/object_copier.h"

namespace fairway::value {

ObjectView::ObjectView(std::shared_ptr<const Block> block) noexcept
    : m_block(std::move(block))
{
}

#define FAIRWAY_FIELD(method, field)                                                                                    \
    std::string_view ObjectView::method() const noexcept                                                                \
    {                                                                                                                   \
        return m_block ? m_block->at(m_block->fields[field]) : std::string_view();                                      \
    }
FAIRWAY_FIELD(apiVersion, ApiVersion)
FAIRWAY_FIELD(kind, KindName)
FAIRWAY_FIELD(name, Name)
FAIRWAY_FIELD(ns, Namespace)
FAIRWAY_FIELD(uid, Uid)
FAIRWAY_FIELD(resourceVersion, ResourceVersion)
FAIRWAY_FIELD(creationTimestamp, Created)
#undef FAIRWAY_FIELD

bool ObjectView::isDeleting() const noexcept
{
    return m_block && m_block->fields[Deleted].size > 0;
}

std::int64_t ObjectView::generation() const noexcept
{
    return m_block ? m_block->generation : 0;
}

std::string_view ObjectView::label(std::string_view key) const noexcept
{
    if (m_block) {
        for (const auto &[name, value] : m_block->labels) {
            if (m_block->at(name) == key)
                return m_block->at(value);
        }
    }
    return {};
}

bool ObjectView::hasLabel(std::string_view key) const noexcept
{
    if (m_block) {
        for (const auto &[name, value] : m_block->labels) {
            if (m_block->at(name) == key)
                return true;
        }
    }
    return false;
}

std::vector<std::pair<std::string_view, std::string_view>> ObjectView::labels() const
{
    std::vector<std::pair<std::string_view, std::string_view>> labels;
    if (m_block) {
        labels.reserve(m_block->labels.size());
        for (const auto &[name, value] : m_block->labels)
            labels.emplace_back(m_block->at(name), m_block->at(value));
    }
    return labels;
}

std::string_view ObjectView::json() const noexcept
{
    return m_block ? std::string_view(m_block->text).substr(0, m_block->jsonSize) : std::string_view();
}

Result<Value> ObjectView::parse() const
{
    if (!m_block)
        return fail(ErrorCode::NotFound, "there is no object");
    return parseJson(json(), {MaxObjectBytes, MaxObjectDepth + 1, NumberStyle::Kubernetes});
}

std::size_t ObjectView::bytes() const noexcept
{
    if (!m_block)
        return sizeof *this;
    constexpr std::size_t sharedCounts = 16;
    return sizeof *this + sharedCounts + sizeof(Block) + m_block->text.capacity() + 1
        + m_block->labels.capacity() * sizeof(std::pair<Span, Span>);
}

bool ObjectView::isSameVersion(const ObjectView &other) const noexcept
{
    return m_block == other.m_block
        || (m_block && other.m_block && resourceVersion() == other.resourceVersion() && uid() == other.uid()
            && kind() == other.kind() && ns() == other.ns() && name() == other.name());
}

} // namespace fairway::value
