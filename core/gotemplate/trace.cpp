#include "core/gotemplate/trace.h"

#include <algorithm>
#include <iterator>

namespace fairway::gotemplate {

namespace {

constexpr int DeepestWalk = 200;

} // namespace

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
    if (m_entries[label].flat == NotFlat && !m_entries[label].isText)
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

void Trace::add(Value &target, Label because)
{
    const Label reason = flat(because);
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

Trace::Label Trace::truthOf(const Value &value)
{
    const Label label = labelOf(value);
    return m_entries[label].truth == NotFlat ? flat(label) : m_entries[label].truth;
}

void Trace::setTruth(Value &value, Label truth)
{
    const Label label = labelOf(value);
    if (flat(label) == truth)
        return;
    if (!m_entries[label].isText) {
        Entry entry;
        entry.flat = flat(label);
        setLabel(value, static_cast<Label>(m_entries.size()));
        m_entries.push_back(std::move(entry));
    }
    m_entries[labelOf(value)].truth = truth;
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
    m_rest = std::exchange(trace->m_rest, 0);
    m_runs = std::exchange(trace->m_runs, {});
}

Trace::Inner::~Inner()
{
    if (m_trace == nullptr)
        return;
    m_trace->m_chain = m_chain;
    m_trace->m_control = m_control;
    m_trace->m_text = m_text;
    m_trace->m_rest = m_rest;
    m_trace->m_runs = std::move(m_runs);
}

Value Trace::Inner::result(Value value)
{
    if (m_trace == nullptr)
        return value;
    const std::string &text = value.asString();
    Runs runs;
    Label rest = m_trace->m_rest;
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

Trace::Condition::Condition(Trace *trace, Label reason)
    : m_trace(trace)
{
    if (trace == nullptr)
        return;
    m_before = trace->m_control;
    trace->m_control = trace->united(m_before, reason);
}

Trace::Condition::~Condition()
{
    if (m_trace != nullptr)
        m_trace->m_control = m_trace->united(m_before, m_trace->united(m_trace->m_jumps.round, m_trace->m_jumps.loop));
}

void Trace::mayJump(Label reason, const BranchNode &branch)
{
    if (branch.mayContinue)
        m_jumps.round = united(m_jumps.round, reason);
    if (branch.mayBreak)
        m_jumps.loop = united(m_jumps.loop, reason);
}

void Trace::endRound(Label control, Label reason)
{
    m_jumps.round = reason;
    m_control = united(control, m_jumps.loop);
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

} // namespace fairway::gotemplate
