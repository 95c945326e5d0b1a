#include "core/gotemplate/trace.h"

#include <algorithm>
#include <iterator>

namespace fairway::gotemplate {

namespace {

template <std::size_t Size>
bool isOneOf(std::string_view name, const std::string_view (&names)[Size])
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// What they make holds the arguments themselves, each with its own label.
constexpr std::string_view Structural[] = {"dict", "list", "tuple", "set", "unset", "merge", "mustMerge", "mergeOverwrite",
    "mustMergeOverwrite", "pick", "omit", "append", "push", "mustAppend", "mustPush", "prepend", "mustPrepend", "concat", "deepCopy",
    "mustDeepCopy", "values", "pluck", "reverse", "mustReverse", "uniq", "mustUniq", "without", "mustWithout", "compact",
    "mustCompact", "slice", "mustSlice", "chunk", "mustChunk", "rest", "mustRest", "initial", "mustInitial"};
/// They ask a container whether there is something, not what.
constexpr std::string_view Shallow[]
    = {"empty", "len", "not", "kindIs", "kindOf", "typeIs", "typeOf", "typeIsLike", "required", "all", "any"};
constexpr std::string_view TextMoving[] = {"indent", "nindent", "trim", "trimSuffix", "trimPrefix", "trimAll", "trimall", "quote",
    "squote", "replace", "trunc", "upper", "lower", "title", "toString", "cat", "print", "printf", "println", "nospace", "join"};

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

namespace {

Value labelled(Trace &trace, const Value &input, const std::string &path, int depth)
{
    Value copy = input;
    if (depth < DeepestWalk && input.isMap()) {
        copy = Value::map().withOrigin(input.origin());
        for (const auto &[key, member] : input.asMap())
            copy.asMap().emplace_hint(copy.asMap().end(), key, labelled(trace, member, path.empty() ? key : path + "." + key, depth + 1));
    } else if (depth < DeepestWalk && input.isList()) {
        copy = Value::list().withOrigin(input.origin());
        for (std::size_t i = 0; i < input.size(); ++i)
            copy.append(labelled(trace, input[i], path + "[" + std::to_string(i) + "]", depth + 1));
    }
    Trace::setLabel(copy, path.empty() ? 0 : trace.sourceLabel(path));
    return copy;
}

} // namespace

Value Tracer::label(const Value &input, std::string_view root)
{
    return labelled(m_impl->trace, input, std::string(root), 0);
}

std::vector<Tracer::Piece> Tracer::take()
{
    return m_impl->trace.pieces();
}

Trace *Trace::of(Tracer *tracer)
{
    return tracer == nullptr ? nullptr : &tracer->impl().trace;
}

void Trace::start(std::string &out)
{
    m_runs.clear();
    m_finished.clear();
    m_out = &out;
    m_chain = 0;
    m_control = 0;
    m_because = 0;
}

void Trace::abandon()
{
    m_runs.clear();
    m_finished.clear();
    m_out = nullptr;
}

void Trace::finish()
{
    m_finished = closed(m_out->size());
    m_runs.clear();
    m_out = nullptr;
}

Trace::Runs Trace::closed(std::size_t size) const
{
    Runs out;
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        Run run = m_runs[i].second;
        run.length = (i + 1 < m_runs.size() ? m_runs[i + 1].first : size) - m_runs[i].first;
        if (run.length == 0)
            continue;
        if (!out.empty() && out.back().hasOriginOf(run))
            out.back().length += run.length;
        else
            out.push_back(run);
    }
    return out;
}

std::vector<Tracer::Piece> Trace::pieces()
{
    std::vector<Tracer::Piece> out;
    std::size_t at = 0;
    for (const Run &run : m_finished) {
        Tracer::Piece piece;
        piece.begin = at;
        piece.end = at += run.length;
        piece.place = m_places[run.place];
        for (const PlaceId id : m_chains[run.chain])
            piece.includes.push_back(m_places[id]);
        piece.values = paths(run.data);
        piece.conditions = paths(run.control);
        out.push_back(std::move(piece));
    }
    m_finished.clear();
    return out;
}

void Trace::beforeText(const std::string &out, const Template &one, const Node &node)
{
    open(out, {0, place(one, node), m_chain, 0, m_control});
}

void Trace::beforeValue(const std::string &out, const Template &one, const Node &node, const Value &value)
{
    const PlaceId here = place(one, node);
    const Runs *runs = value.isString() ? runsOf(value) : nullptr;
    if (runs == nullptr) {
        const Label label = value.isList() || value.isMap() ? deep(value) : flat(labelOf(value));
        open(out, {0, here, m_chain, label, m_control});
        return;
    }
    std::size_t at = out.size();
    for (const Run &run : *runs) {
        Run moved = run;
        moved.place = run.place == 0 ? here : run.place;
        moved.chain = joined(m_chain, run.chain);
        moved.control = united(m_control, run.control);
        m_runs.emplace_back(at, moved);
        at += run.length;
    }
}

Trace::Label Trace::sourceLabel(const std::string &path)
{
    if (const auto known = m_sourceLabels.find(path); known != m_sourceLabels.end())
        return known->second;
    const auto source = static_cast<std::uint32_t>(m_sources.size());
    m_sources.push_back(path);
    const auto label = static_cast<Label>(m_entries.size());
    m_entries.push_back({{source}, {}, true});
    m_sourceLabels.emplace(path, label);
    m_sets.emplace(m_entries.back().sources, label);
    return label;
}

Trace::Label Trace::setLabel(std::vector<std::uint32_t> sources)
{
    if (sources.empty())
        return 0;
    const auto [known, isNew] = m_sets.emplace(sources, static_cast<Label>(m_entries.size()));
    if (isNew)
        m_entries.push_back({std::move(sources), {}, false});
    return known->second;
}

Trace::Label Trace::united(Label a, Label b)
{
    a = flat(a);
    b = flat(b);
    if (a == b || b == 0)
        return a;
    if (a == 0)
        return b;
    const auto key = std::minmax(a, b);
    if (const auto known = m_unions.find(key); known != m_unions.end())
        return known->second;
    std::vector<std::uint32_t> sources;
    std::set_union(m_entries[a].sources.begin(), m_entries[a].sources.end(), m_entries[b].sources.begin(),
        m_entries[b].sources.end(), std::back_inserter(sources));
    const Label label = setLabel(std::move(sources));
    m_unions.emplace(key, label);
    return label;
}

Trace::Label Trace::flat(Label label)
{
    if (m_entries[label].runs.empty())
        return label;
    Label out = 0;
    const Runs runs = m_entries[label].runs;
    for (const Run &run : runs)
        out = united(out, united(run.data, run.control));
    return out;
}

Trace::Label Trace::textLabel(Runs runs)
{
    const auto label = static_cast<Label>(m_entries.size());
    m_entries.push_back({{}, std::move(runs), false});
    return label;
}

const Trace::Runs *Trace::runsOf(const Value &text) const
{
    const Runs &runs = m_entries[labelOf(text)].runs;
    return runs.empty() ? nullptr : &runs;
}

void Trace::collect(const Value &value, Label &out, int depth, std::size_t &budget)
{
    if (budget == 0 || depth > DeepestWalk)
        return;
    --budget;
    out = united(out, labelOf(value));
    if (value.isList()) {
        for (const Value &item : value.asList())
            collect(item, out, depth + 1, budget);
    } else if (value.isMap()) {
        for (const auto &[key, member] : value.asMap())
            collect(member, out, depth + 1, budget);
    }
}

Trace::Label Trace::deep(const Value &value)
{
    Label out = 0;
    std::size_t budget = 100'000;
    collect(value, out, 0, budget);
    return out;
}

void Trace::accessed(Value &member, const Value &container, std::string_view name)
{
    const Label own = labelOf(member);
    const Label around = labelOf(container);
    if (own != 0 || around == 0)
        return;
    if (m_entries[around].isSource)
        setLabel(member, sourceLabel(m_sources[m_entries[around].sources[0]] + "." + std::string(name)));
    else
        setLabel(member, flat(around));
}

void Trace::missed(Value &result, const Value &map, std::string_view name)
{
    accessed(result, map, name);
}

void Trace::add(Value &target, const Value &because)
{
    const Label reason = flat(labelOf(because));
    if (reason == 0)
        return;
    const Runs *runs = target.isString() ? runsOf(target) : nullptr;
    if (runs == nullptr) {
        setLabel(target, united(labelOf(target), reason));
        return;
    }
    Runs changed = *runs;
    for (Run &run : changed)
        run.control = united(run.control, reason);
    setLabel(target, textLabel(std::move(changed)));
}

Trace::PlaceId Trace::place(const Template &one, const Node &node)
{
    const auto [known, isNew] = m_placeIds.try_emplace({one.source->name, node.position}, static_cast<PlaceId>(m_places.size()));
    if (isNew) {
        const auto [line, column] = one.source->place(node);
        m_places.push_back({one.source->name, line, column + 1});
    }
    return known->second;
}

Trace::ChainId Trace::chain(std::vector<PlaceId> places)
{
    if (places.empty())
        return 0;
    const auto [known, isNew] = m_chainIds.emplace(places, static_cast<ChainId>(m_chains.size()));
    if (isNew)
        m_chains.push_back(std::move(places));
    return known->second;
}

Trace::ChainId Trace::prefixed(PlaceId first, ChainId rest)
{
    std::vector<PlaceId> places {first};
    places.insert(places.end(), m_chains[rest].begin(), m_chains[rest].end());
    return chain(std::move(places));
}

Trace::ChainId Trace::joined(ChainId first, ChainId rest)
{
    if (first == 0 || rest == 0)
        return first == 0 ? rest : first;
    std::vector<PlaceId> places = m_chains[first];
    places.insert(places.end(), m_chains[rest].begin(), m_chains[rest].end());
    return chain(std::move(places));
}

std::vector<std::string> Trace::paths(Label label)
{
    std::vector<std::string> out;
    for (const std::uint32_t source : m_entries[flat(label)].sources)
        out.push_back(m_sources[source]);
    std::sort(out.begin(), out.end());
    return out;
}

Trace::Inner::Inner(Trace *trace, const Template *caller, const Node *action, std::string &out)
    : m_trace(trace)
{
    if (trace == nullptr)
        return;
    m_out = &out;
    m_place = caller != nullptr && action != nullptr ? trace->place(*caller, *action) : 0;
    m_chain = std::exchange(trace->m_chain, 0);
    m_control = std::exchange(trace->m_control, std::exchange(trace->m_because, 0));
    m_runs = std::exchange(trace->m_runs, {});
}

Trace::Inner::~Inner()
{
    if (m_trace == nullptr)
        return;
    m_trace->m_chain = m_chain;
    m_trace->m_control = m_control;
    m_trace->m_runs = std::move(m_runs);
}

Value Trace::Inner::result(Value value)
{
    if (m_trace == nullptr)
        return value;
    Runs runs = m_trace->closed(value.asString().size());
    for (Run &run : runs)
        run.chain = m_place == 0 ? run.chain : m_trace->prefixed(m_place, run.chain);
    if (!runs.empty())
        setLabel(value, m_trace->textLabel(std::move(runs)));
    return value;
}

Trace::Because::Because(Trace *trace, const Value &value)
{
    if (trace != nullptr)
        trace->m_because = trace->flat(labelOf(value));
}

Trace::Condition::Condition(Trace *trace, const Value &value)
    : m_trace(trace)
{
    if (trace == nullptr)
        return;
    m_before = trace->m_control;
    trace->m_control = trace->united(m_before, labelOf(value));
}

Trace::Condition::~Condition()
{
    if (m_trace != nullptr)
        m_trace->m_control = m_before;
}

Trace::Through::Through(Trace *trace, const Template *caller, const Node *call)
    : m_trace(trace)
{
    if (trace == nullptr)
        return;
    m_before = trace->m_chain;
    trace->m_chain = trace->joined(m_before, trace->chain({trace->place(*caller, *call)}));
}

Trace::Through::~Through()
{
    if (m_trace != nullptr)
        m_trace->m_chain = m_before;
}

void Trace::Choice::saw(const Value &value)
{
    if (m_trace != nullptr)
        m_seen = m_trace->united(m_seen, labelOf(value));
}

Value Trace::Choice::result(Value value)
{
    if (m_trace != nullptr) {
        Value seen;
        setLabel(seen, m_seen);
        m_trace->add(value, seen);
    }
    return value;
}

Trace::Function::Function(Trace *trace, std::string_view name, std::span<Value> arguments)
    : m_trace(trace)
    , m_name(name)
{
    if (trace == nullptr)
        return;
    // What is put into a map under a condition depends on it wherever the map is read.
    if (name == "set" && arguments.size() == 3 && trace->m_control != 0) {
        Value control;
        setLabel(control, trace->m_control);
        trace->add(arguments[2], control);
    }
    m_arguments.assign(arguments.begin(), arguments.end());
}

/// What else than its own origin decides a result.
Trace::Label Trace::argumentsLabel(std::string_view name, std::span<const Value> arguments, const Value &result)
{
    const auto scalar = [](const Value &value) { return value.isMap() || value.isList() || value.isObject() ? Label {0} : labelOf(value); };
    if (name == "ternary" && arguments.size() == 3)
        return flat(labelOf(arguments[2]));
    if (name == "default" && arguments.size() == 2)
        return united(labelOf(arguments[1]), labelOf(result));
    if (name == "hasKey" && arguments.size() == 2 && arguments[0].isMap() && arguments[1].isString()) {
        Value member = arguments[0][std::string_view(arguments[1].asString())];
        accessed(member, arguments[0], arguments[1].asString());
        return united(labelOf(member), labelOf(arguments[1]));
    }
    Label out = 0;
    if (name == "coalesce") {
        for (const Value &argument : arguments) {
            out = united(out, labelOf(argument));
            if (labelOf(argument) == labelOf(result) && !result.isNull())
                break;
        }
        return out;
    }
    const bool hasOwn = labelOf(result) != 0;
    const bool isContainer = result.isMap() || result.isList();
    if (isOneOf(name, Structural) && isContainer) {
        // Members keep theirs; only what has labels as a whole (read from a text) passes them on.
        for (const Value &argument : arguments) {
            const Label label = labelOf(argument);
            if ((argument.isMap() || argument.isList()) && label != 0 && !m_entries[label].isSource)
                out = united(out, label);
        }
        return out;
    }
    for (const Value &argument : arguments)
        out = united(out, hasOwn ? scalar(argument) : isOneOf(name, Shallow) ? labelOf(argument) : deep(argument));
    return out;
}

Value Trace::Function::result(Value value)
{
    if (m_trace == nullptr || m_name == "include" || m_name == "tpl")
        return value;
    const bool hasOwn = labelOf(value) != 0;
    if (value.isString() && !hasOwn && !value.asString().empty()) {
        const bool isYaml = (m_name == "toYaml" || m_name == "toYamlPretty" || m_name == "mustToYaml") && m_arguments.size() == 1;
        if (isYaml || isOneOf(m_name, TextMoving)) {
            Runs runs = isYaml ? yamlRuns(*m_trace, m_arguments[0], value.asString())
                               : alignedRuns(*m_trace, m_name, m_arguments, value);
            if (!runs.empty())
                setLabel(value, m_trace->textLabel(std::move(runs)));
            return value;
        }
    }
    // A text that passed through unchanged (trim with nothing to trim) is its argument with its own runs.
    const bool isUnchanged = value.isString() && hasOwn && isOneOf(m_name, TextMoving);
    if (isUnchanged)
        return value;
    Value reasons;
    setLabel(reasons, m_trace->argumentsLabel(m_name, m_arguments, value));
    m_trace->add(value, reasons);
    return value;
}

} // namespace fairway::gotemplate
