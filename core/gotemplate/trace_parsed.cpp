#include "core/gotemplate/trace.h"
#include "core/value/yaml_tree.h"

#include <algorithm>

namespace fairway::gotemplate {

namespace {

constexpr int DeepestWalk = 200;

/// Labels of parts of a text.
class RunLabels {
public:
    RunLabels(Trace &trace, const Trace::Runs &runs)
        : m_trace(trace)
    {
        std::size_t at = 0;
        for (const Trace::Run &run : runs) {
            m_ends.push_back(at += run.length);
            m_labels.push_back(trace.united(run.data, run.control));
        }
    }

    [[nodiscard]] Trace::Label of(std::size_t begin, std::size_t end) const
    {
        Trace::Label out = 0;
        auto i = static_cast<std::size_t>(std::upper_bound(m_ends.begin(), m_ends.end(), begin) - m_ends.begin());
        for (; i < m_ends.size() && (i == 0 ? 0 : m_ends[i - 1]) < end; ++i)
            out = m_trace.united(out, m_labels[i]);
        return out;
    }

private:
    Trace &m_trace;
    std::vector<std::size_t> m_ends;
    std::vector<Trace::Label> m_labels;
};

/// `around` is what decides that the node is there at all: the label of its key or dash.
void mark(Trace &trace, Value &value, const value::YamlNode &node, const RunLabels &labels, Trace::Label around, int depth)
{
    using Kind = value::YamlNode::Kind;
    // Text that stands in the template as it is depends on nothing, also in a container that could have held more.
    const auto label = [&value](Trace::Label origin) { Trace::setLabel(value, origin != 0 ? origin : Trace::Constant); };
    if (depth < DeepestWalk && node.kind == Kind::Map && value.isMap()) {
        for (const auto &[key, member] : node.members) {
            Value *const own = value.asMap().get(key.text);
            if (own != nullptr)
                mark(trace, *own, member, labels, labels.of(key.start.offset, std::max(key.end.offset, member.start.offset)), depth + 1);
        }
        label(around);
    } else if (depth < DeepestWalk && node.kind == Kind::List && value.isList()) {
        for (std::size_t i = 0; i < node.items.size() && i < value.size(); ++i) {
            const std::size_t start = node.items[i].start.offset;
            mark(trace, value.asList()[i], node.items[i], labels, labels.of(start - std::min<std::size_t>(start, 2), start + 1), depth + 1);
        }
        label(around);
    } else {
        label(trace.united(around, labels.of(node.start.offset, std::max(node.end.offset, node.start.offset + 1))));
    }
}

} // namespace

void labelParsed(Trace &trace, Value &parsed, const Value &text)
{
    const auto documents = value::parseYamlTree(text.asString());
    if (!documents || documents->size() != 1) {
        trace.add(parsed, Trace::labelOf(text));
        return;
    }
    const Trace::Runs runs = *trace.runsOf(text);
    // What is not in the text because of something is not in the container either.
    mark(trace, parsed, documents->front(), RunLabels(trace, runs), trace.restOf(text), 0);
}

} // namespace fairway::gotemplate
