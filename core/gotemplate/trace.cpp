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

bool isLineBreak(char c)
{
    return c == '\n' || c == '\r';
}

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

void Trace::start(std::string &out)
{
    m_runs.clear();
    m_finished.clear();
    m_out = &out;
    m_chain = 0;
    m_control = m_firstControl;
    m_because = 0;
    m_text = 0;
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
        if (run.length == 0 && run.data == 0 && !run.isGap)
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
    out.reserve(m_finished.size());
    std::size_t at = 0;
    for (const Run &run : m_finished) {
        const std::size_t begin = at;
        at += run.length;
        out.push_back({begin, at, run.place, run.chain, flat(run.data), flat(run.control), run.beginsLine, run.endsLine});
    }
    m_finished.clear();
    return out;
}

void Trace::beforeText(const std::string &out, const Template &one, const TextNode &node)
{
    // Each line has its own place.
    std::size_t line = 0;
    for (;;) {
        const std::size_t text = node.text.find_first_not_of(" \t", line);
        const bool isBlank = text == std::string_view::npos || isLineBreak(node.text[text]);
        Run run;
        run.place = place(one, node.position + static_cast<std::uint32_t>(isBlank ? line : text));
        run.chain = m_chain;
        run.data = m_text;
        run.control = m_control;
        m_runs.emplace_back(out.size() + line, run);
        const std::size_t newline = node.text.find('\n', line);
        if (newline == std::string_view::npos || newline + 1 == node.text.size())
            return;
        line = newline + 1;
    }
}

namespace {

bool writes(const Node &node)
{
    return node.type != NodeType::Action || as<ActionNode>(node).pipe->declared.empty();
}

/// Whether what the list writes begins with a line break, as far as its text tells.
bool beginsWithLine(const ListNode &list)
{
    for (const Node *const node : list.nodes) {
        switch (node->type) {
        case NodeType::Text: return as<TextNode>(*node).text.empty() || isLineBreak(as<TextNode>(*node).text.front());
        case NodeType::If:
        case NodeType::With:
        case NodeType::Range: {
            const BranchNode &branch = as<BranchNode>(*node);
            if (!beginsWithLine(*branch.list) || (branch.elseList != nullptr && !beginsWithLine(*branch.elseList)))
                return false;
            continue; // it may write nothing
        }
        case NodeType::Action: {
            const auto &commands = as<ActionNode>(*node).pipe->commands;
            const Node &last = *commands.back()->arguments.front();
            if (writes(*node))
                return last.type == NodeType::Identifier && as<IdentifierNode>(last).name == "nindent";
            continue;
        }
        default: return false;
        }
    }
    return true;
}

bool endsWithLine(const ListNode &list)
{
    for (auto it = list.nodes.rbegin(); it != list.nodes.rend(); ++it) {
        const Node &node = **it;
        switch (node.type) {
        case NodeType::Text: {
            // What stands behind the last line break belongs to the line below, where blanks before the next tag are usual.
            std::string_view text = as<TextNode>(node).text;
            while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
                text.remove_suffix(1);
            return !text.empty() && isLineBreak(text.back());
        }
        case NodeType::If:
        case NodeType::With:
        case NodeType::Range: {
            const BranchNode &branch = as<BranchNode>(node);
            if (!endsWithLine(*branch.list) || (branch.elseList != nullptr && !endsWithLine(*branch.elseList)))
                return false;
            continue;
        }
        case NodeType::Action:
            if (writes(node))
                return false;
            continue;
        default: return false;
        }
    }
    return true;
}

} // namespace

void Trace::nothing(const std::string &out, const Template &one, const Node &node, const Value &condition, const ListNode &other)
{
    const Label reason = flat(labelOf(condition));
    if (reason == 0 || std::none_of(other.nodes.begin(), other.nodes.end(), [](const Node *inner) { return writes(*inner); }))
        return;
    Run run;
    run.place = place(one, node);
    run.chain = m_chain;
    run.control = united(m_control, reason);
    run.isGap = true;
    run.beginsLine = beginsWithLine(other);
    run.endsLine = endsWithLine(other);
    m_runs.emplace_back(out.size(), run);
}

void Trace::beforeValue(const std::string &out, const Template &one, const Node &node, const Value &value)
{
    const PlaceId here = place(one, node);
    const Runs *runs = value.isString() ? runsOf(value) : nullptr;
    if (runs == nullptr) {
        const Entry &entry = m_entries[labelOf(value)];
        const bool isNothing = entry.isText && value.isString();
        const bool beginsLine = isNothing && entry.beginsLine;
        const bool endsLine = isNothing && entry.endsLine;
        const Label label = value.isList() || value.isMap() ? deep(value) : flat(labelOf(value));
        Run run;
        run.place = here;
        run.chain = m_chain;
        run.data = united(label, m_text);
        run.control = m_control;
        run.beginsLine = beginsLine;
        run.endsLine = endsLine;
        m_runs.emplace_back(out.size(), run);
        return;
    }
    std::size_t at = out.size();
    for (const Run &run : *runs) {
        Run moved = run;
        moved.place = run.place == 0 ? here : run.place;
        moved.chain = joined(m_chain, run.chain);
        moved.data = united(m_text, run.data);
        moved.control = united(m_control, run.control);
        m_runs.emplace_back(at, moved);
        at += run.length;
    }
}

Trace::Label Trace::sourceLabel(std::string_view path, value::SourcePosition position)
{
    if (const auto known = m_sourceLabels.find(path); known != m_sourceLabels.end())
        return known->second;
    const auto source = static_cast<std::uint32_t>(m_sources.size());
    m_sources.push_back({std::string(path), position});
    const auto label = static_cast<Label>(m_entries.size());
    Entry entry;
    entry.isSource = true;
    entry.isRoot = path.empty();
    if (!entry.isRoot)
        entry.sources = {source};
    m_entries.push_back(std::move(entry));
    m_sourceLabels.emplace(path, label);
    m_sets.emplace(m_entries.back().sources, label);
    return label;
}

Trace::Label Trace::setLabel(std::vector<std::uint32_t> sources)
{
    if (sources.empty())
        return 0;
    const auto [known, isNew] = m_sets.emplace(sources, static_cast<Label>(m_entries.size()));
    if (isNew) {
        Entry entry;
        entry.sources = std::move(sources);
        m_entries.push_back(std::move(entry));
    }
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
    if (!m_entries[label].isText)
        return label;
    if (m_entries[label].flat == NotFlat) {
        Label out = m_entries[label].rest;
        const Runs runs = m_entries[label].runs;
        for (const Run &run : runs)
            out = united(out, united(run.data, run.control));
        m_entries[label].flat = out;
    }
    return m_entries[label].flat;
}

Trace::Label Trace::textLabel(Runs runs, Label rest)
{
    const auto label = static_cast<Label>(m_entries.size());
    Entry entry;
    entry.runs = std::move(runs);
    entry.rest = rest;
    entry.isText = true;
    m_entries.push_back(std::move(entry));
    return label;
}

const Trace::Runs *Trace::runsOf(const Value &text) const
{
    const Entry &entry = m_entries[labelOf(text)];
    return entry.isText && !entry.runs.empty() ? &entry.runs : nullptr;
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
    const Entry &entry = m_entries[around];
    if (entry.isSource)
        setLabel(member, sourceLabel(memberPath(entry.isRoot ? std::string_view() : m_sources[entry.sources[0]].path, name)));
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
    setLabel(target, textLabel(std::move(changed), restOf(target)));
}

Trace::PlaceId Trace::place(const Template &one, std::uint32_t offset)
{
    const Source &source = *one.source;
    if (source.isData)
        return 0;
    auto number = m_sourceNumbers.find(source.name);
    if (number == m_sourceNumbers.end())
        number = m_sourceNumbers.emplace(source.name, static_cast<std::uint32_t>(m_sourceNumbers.size())).first;
    constexpr int offsetBits = 32;
    const std::uint64_t key = std::uint64_t {number->second} << offsetBits | offset;
    const auto [known, isNew] = m_placeIds.try_emplace(key, static_cast<PlaceId>(m_places.size()));
    if (isNew) {
        const auto [line, column] = source.place(offset);
        m_places.push_back({source.name, line, column + 1});
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
    if (first == 0)
        return rest;
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

Trace::Inner::Inner(Trace *trace, const Template *caller, const Node *action, std::string &out)
    : m_trace(trace)
{
    if (trace == nullptr)
        return;
    m_out = &out;
    m_place = caller != nullptr && action != nullptr ? trace->place(*caller, *action) : 0;
    m_chain = std::exchange(trace->m_chain, 0);
    m_control = std::exchange(trace->m_control, 0);
    m_text = std::exchange(trace->m_text, std::exchange(trace->m_because, 0));
    m_runs = std::exchange(trace->m_runs, {});
}

Trace::Inner::~Inner()
{
    if (m_trace == nullptr)
        return;
    m_trace->m_chain = m_chain;
    m_trace->m_control = m_control;
    m_trace->m_text = m_text;
    m_trace->m_runs = std::move(m_runs);
}

Value Trace::Inner::result(Value value)
{
    if (m_trace == nullptr)
        return value;
    const std::string &text = value.asString();
    Runs runs;
    Label rest = 0;
    bool beginsLine = true;
    bool endsLine = true;
    Label pending = 0; // of the next byte
    std::size_t at = 0;
    for (Run &run : m_trace->closed(text.size())) {
        if (run.length > 0) {
            run.chain = m_trace->prefixed(m_place, run.chain);
            if (pending != 0) {
                Run first = run;
                first.length = 1;
                first.control = m_trace->united(run.control, pending);
                runs.push_back(first);
                run.length -= 1;
                at += 1;
                pending = 0;
            }
            at += run.length;
            if (run.length > 0)
                runs.push_back(run);
            continue;
        }
        const Label reason = m_trace->united(run.data, run.control);
        rest = m_trace->united(rest, reason);
        beginsLine = beginsLine && run.beginsLine;
        endsLine = endsLine && run.endsLine;
        const bool isAtEnd = at == text.size() || text[at] == '\n';
        const bool isAtStart = at == 0 || text[at - 1] == '\n';
        if ((run.beginsLine && isAtEnd) || (run.endsLine && isAtStart))
            continue; // Whole lines would come here: those that are there stay as they are.
        if (isAtStart) {
            pending = m_trace->united(pending, reason);
            continue;
        }
        Run &last = runs.back();
        if (last.length > 1) {
            Run tail = last;
            last.length -= 1;
            tail.length = 1;
            runs.push_back(tail);
        }
        runs.back().control = m_trace->united(runs.back().control, reason);
    }
    if (!runs.empty() || rest != 0) {
        const Label label = m_trace->textLabel(std::move(runs), rest);
        m_trace->m_entries[label].beginsLine = beginsLine;
        m_trace->m_entries[label].endsLine = endsLine;
        setLabel(value, label);
    }
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
    if (const PlaceId here = trace->place(*caller, *call); here != 0)
        trace->m_chain = trace->joined(m_before, trace->chain({here}));
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
            Label rest = 0;
            for (const Value &argument : m_arguments)
                rest = m_trace->united(rest, argument.isString() ? m_trace->restOf(argument) : 0);
            if (!runs.empty())
                setLabel(value, m_trace->textLabel(std::move(runs), rest));
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
