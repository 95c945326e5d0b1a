#include "core/gotemplate/trace.h"

namespace fairway::gotemplate {

namespace {

constexpr int DeepestWalk = 200;

} // namespace

struct Tracer::Impl {
    Trace trace;
};

Tracer::Tracer()
    : m_impl(std::make_unique<Impl>())
{
}

Tracer::~Tracer() = default;

std::string memberPath(std::string_view path, std::string_view name)
{
    std::string out(path);
    if (!out.empty())
        out += '.';
    for (const char c : name) {
        if (c == '.')
            out += '\\';
        out += c;
    }
    return out;
}

value::SourcePosition writtenAt(const Value &value)
{
    if (value.position().file != 0 || value.size() == 0)
        return value.position();
    return writtenAt(value.isMap() ? value.asMap().begin()->second : value[0]);
}

namespace {

Value labelled(Tracer &tracer, const Value &input, const std::string &path, int depth)
{
    if (const Value *const known = tracer.copyOf(input))
        return *known;
    Value copy = input;
    if (depth < DeepestWalk && input.isMap()) {
        copy = Value::map().withOrigin(input.origin());
        for (const auto &[key, member] : input.asMap())
            copy.asMap().emplace_hint(copy.asMap().end(), key, labelled(tracer, member, memberPath(path, key), depth + 1));
    } else if (depth < DeepestWalk && input.isList()) {
        copy = Value::list().withOrigin(input.origin());
        for (std::size_t i = 0; i < input.size(); ++i)
            copy.append(labelled(tracer, input[i], path + "[" + std::to_string(i) + "]", depth + 1));
    }
    Tracer::mark(copy, tracer.source(path, writtenAt(input)));
    if (copy.isMap() || copy.isList())
        tracer.remember(input, copy);
    return copy;
}

const void *identityOf(const Value &container)
{
    if (container.isMap())
        return &container.asMap();
    return container.isList() ? static_cast<const void *>(&container.asList()) : nullptr;
}

} // namespace

Value Tracer::label(const Value &input, std::string_view root)
{
    return labelled(*this, input, std::string(root), 0);
}

const Value *Tracer::copyOf(const Value &container) const
{
    const auto &copies = m_impl->trace.m_copies;
    const auto found = copies.find(identityOf(container));
    return found == copies.end() ? nullptr : &found->second.second;
}

void Tracer::remember(const Value &container, const Value &copy)
{
    m_impl->trace.m_copies.try_emplace(identityOf(container), container, copy);
}

Tracer::Label Tracer::source(std::string_view path, value::SourcePosition position)
{
    return m_impl->trace.sourceLabel(path, position);
}

void Tracer::setCondition(Label label)
{
    m_impl->trace.setFirstControl(label);
}

Tracer::Label Tracer::united(Label a, Label b)
{
    return m_impl->trace.united(a, b);
}

std::vector<Tracer::Piece> Tracer::take()
{
    return m_impl->trace.pieces();
}

const Tracer::Place &Tracer::place(PlaceId id) const
{
    return m_impl->trace.m_places[id];
}

std::span<const Tracer::PlaceId> Tracer::includes(ChainId id) const
{
    return m_impl->trace.m_chains[id];
}

std::span<const Tracer::PathId> Tracer::inputs(Label label) const
{
    return m_impl->trace.m_entries[label].sources;
}

const std::string &Tracer::path(PathId id) const
{
    return m_impl->trace.m_sources[id].path;
}

std::optional<Tracer::PathId> Tracer::find(std::string_view path) const
{
    const auto &labels = m_impl->trace.m_sourceLabels;
    const auto found = labels.find(path);
    return found == labels.end() ? std::nullopt : std::optional(m_impl->trace.m_entries[found->second].sources.front());
}

value::SourcePosition Tracer::position(PathId id) const
{
    return m_impl->trace.m_sources[id].position;
}

Trace *Trace::of(Tracer *tracer)
{
    return tracer == nullptr ? nullptr : &tracer->impl().trace;
}

} // namespace fairway::gotemplate
