#include "core/gotemplate/trace.h"

#include <algorithm>

namespace fairway::gotemplate {

namespace {

bool isLineBreak(char c)
{
    return c == '\n' || c == '\r';
}

} // namespace

void Trace::start(std::string &out)
{
    m_runs.clear();
    m_finished.clear();
    m_out = &out;
    m_chain = 0;
    m_control = m_firstControl;
    m_because = 0;
    m_text = 0;
    m_rest = 0;
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
    switch (node.type) {
    case NodeType::Text: return !as<TextNode>(node).text.empty();
    case NodeType::Action: return as<ActionNode>(node).pipe->declared.empty();
    case NodeType::Break:
    case NodeType::Continue: return false;
    case NodeType::If:
    case NodeType::With:
    case NodeType::Range: {
        const auto &branch = as<BranchNode>(node);
        const auto any = [](const ListNode *list) { return list != nullptr && std::any_of(list->nodes.begin(), list->nodes.end(), [](const Node *inner) { return writes(*inner); }); };
        return any(branch.list) || any(branch.elseList);
    }
    default: return true;
    }
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

void Trace::nothing(const std::string &out, const Template &one, const Node &node, Label condition, const ListNode &other)
{
    const Label reason = flat(condition);
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
    m_rest = united(m_rest, restOf(value));
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

} // namespace fairway::gotemplate
