#include "core/gotemplate/executor.h"

#include "core/gotemplate/builtins.h"
#include "core/gotemplate/exec_failure.h"
#include "core/gotemplate/go_format.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/go_types.h"

#include <fmt/format.h>

namespace fairway::gotemplate {

using value::Kind;
using value::Origin;

std::string_view Operand::typeName() const
{
    return isBoxed || value.isNull() ? std::string_view("interface {}") : gotemplate::typeName(value);
}

Executor::Executor(const TemplateSet::Impl &set, const ExecuteOptions &options)
    : m_set(&set)
    , m_options(options)
    , m_deadline(std::chrono::steady_clock::now() + options.limits.maxTime)
    , m_trace(Trace::of(options.tracer))
{
    m_variables.reserve(32);
}

TemplateResult<std::string> Executor::run(std::string_view name, const Value &data)
{
    const char here = 0;
    m_stackStart = &here;
    const Template *one = m_set->find(name);
    if (one == nullptr)
        return failCall("template: no template " + quote(name) + " associated with template \"gotpl\"");
    std::string out;
    // Of a large text most is printed as it stands: growing by doubling would hold it three times over.
    constexpr std::size_t largeBytes = std::size_t {32} << 10;
    if (const std::size_t size = one->source->text.size(); size >= largeBytes)
        out.reserve(std::min(size, m_options.limits.maxOutputBytes));
    try {
        if (m_trace != nullptr)
            m_trace->start(out);
        runNested(*one, data, out);
    } catch (ExecFailure &failure) {
        if (m_trace != nullptr)
            m_trace->abandon();
        return tl::unexpected(std::move(failure.error));
    }
    if (m_trace != nullptr)
        m_trace->finish();
    return out;
}

TemplateResult<Value> Executor::include(std::string_view name, const Value &data)
{
    const Template *one = m_set->find(name);
    if (one == nullptr)
        return failCall("template: no template " + quote(name) + " associated with template \"gotpl\"");
    std::string out;
    const std::size_t variables = m_variables.size();
    const Frame frame = m_frame;
    std::string *const outer = m_out;
    Trace::Inner inner(m_trace, frame.current, frame.action, out);
    try {
        runNested(*one, data, out);
    } catch (ExecFailure &failure) {
        m_variables.resize(variables);
        m_frame = frame;
        m_out = outer;
        return tl::unexpected(std::move(failure.error));
    }
    return inner.result(Value(std::move(out)));
}

TemplateResult<Value> Executor::runText(std::string_view name, const Value &text, const Value &data, bool &isParseError)
{
    isParseError = false;
    auto parsed = m_set->parsed(name, text.asString());
    if (!parsed) {
        isParseError = true;
        return tl::unexpected(std::move(parsed.error()));
    }
    const TemplateSet::Impl *const outer = m_set;
    TemplateSet::Impl overlay;
    overlay.functions = outer->functions;
    overlay.release = outer->release;
    overlay.parent = outer;
    overlay.handle = outer->handle;
    overlay.add(std::move(*parsed));
    m_set = &overlay;
    Trace::Because because(m_trace, text);
    auto result = include(name, data);
    m_set = outer;
    return result;
}

void Executor::runNested(const Template &one, const Value &data, std::string &out)
{
    std::string *const outer = m_out;
    m_out = &out;
    // reflect.ValueOf(nil) is no value at all.
    runTemplate(one, data.isNull() ? Operand::absent() : Operand {data, false});
    m_out = outer;
}

void Executor::runTemplate(const Template &one, const Operand &data)
{
    checkStack();
    const Frame outer = m_frame;
    m_frame = {&one, nullptr, nullptr, m_variables.size()};
    // No dynamic scoping: a template sees no variable of its caller.
    m_variables.push_back({0, data});
    walkList(data, *one.root);
    m_variables.resize(m_frame.firstVariable);
    m_frame = outer;
}

Executor::Flow Executor::walkList(const Operand &dot, const ListNode &list)
{
    for (const Node *node : list.nodes) {
        if (const Flow flow = walk(dot, *node); flow != Flow::Next)
            return flow;
    }
    return Flow::Next;
}

Executor::Flow Executor::walk(const Operand &dot, const Node &node)
{
    at(node);
    step();
    m_frame.action = &node;
    switch (node.type) {
    case NodeType::Text:
        if (m_trace != nullptr)
            m_trace->beforeText(*m_out, *m_frame.current, as<TextNode>(node));
        write(as<TextNode>(node).text);
        break;
    case NodeType::Action: {
        const PipeNode &pipe = *as<ActionNode>(node).pipe;
        const Operand value = pipeline(dot, pipe);
        m_frame.action = &node;
        if (pipe.declared.empty())
            print(node, value);
        break;
    }
    case NodeType::If:
    case NodeType::With: return walkBranch(dot, as<BranchNode>(node));
    case NodeType::Range: return walkRange(dot, as<BranchNode>(node));
    case NodeType::Template: walkTemplate(dot, as<TemplateNode>(node)); break;
    case NodeType::Break: return Flow::Break;
    case NodeType::Continue: return Flow::Continue;
    case NodeType::List: return walkList(dot, as<ListNode>(node));
    default: fail("unknown node: " + toString(node));
    }
    return Flow::Next;
}

Executor::Flow Executor::walkBranch(const Operand &dot, const BranchNode &branch)
{
    const std::size_t mark = m_variables.size();
    const Operand value = pipeline(dot, *branch.pipe);
    const bool isTaken = isTrue(value.value);
    const std::size_t before = m_out->size();
    const Trace::Label reason = m_trace != nullptr ? m_trace->reasonOf(value.value, branch.type) : 0;
    const Trace::Condition condition(m_trace, reason);
    Flow flow = Flow::Next;
    if (isTaken)
        flow = walkList(branch.type == NodeType::With ? value : dot, *branch.list);
    else if (branch.elseList != nullptr)
        flow = walkList(dot, *branch.elseList);
    m_variables.resize(mark);
    if (m_trace != nullptr) {
        for (const VariableId id : branch.assigned)
            taint(id, reason);
        for (const CommandNode *const set : branch.sets)
            taint(*set, reason);
        m_trace->mayJump(reason, branch);
        if (const ListNode *const other = isTaken ? branch.elseList : branch.list; other != nullptr && m_out->size() == before)
            m_trace->nothing(*m_out, *m_frame.current, branch, reason, *other);
    }
    return flow;
}

Executor::Flow Executor::walkRange(const Operand &dot, const BranchNode &range)
{
    const std::size_t mark = m_variables.size();
    const Operand items = pipeline(dot, *range.pipe);
    const std::size_t before = m_out->size();
    const Trace::Label reason = m_trace != nullptr ? m_trace->reasonOf(items.value, range.type) : 0;
    const Trace::Condition condition(m_trace, reason);
    const Trace::Jumps outer = m_trace != nullptr ? m_trace->jumps() : Trace::Jumps {};
    if (m_trace != nullptr)
        m_trace->setJumps({});
    Flow flow = Flow::Next;
    if (!iterateAll(range, items) && range.elseList != nullptr)
        flow = walkList(dot, *range.elseList);
    m_variables.resize(mark);
    if (m_trace != nullptr) {
        m_trace->setJumps(outer);
        m_trace->mayJump(reason, range);
        for (const VariableId id : range.assigned)
            taint(id, reason);
        for (const CommandNode *const set : range.sets)
            taint(*set, reason);
        if (m_out->size() == before)
            m_trace->nothing(*m_out, *m_frame.current, range, reason, *range.list);
    }
    return flow;
}

void Executor::taint(VariableId id, Trace::Label because)
{
    for (std::size_t i = m_variables.size(); i > m_frame.firstVariable; --i) {
        if (m_variables[i - 1].id == id) {
            m_trace->add(m_variables[i - 1].operand.value, because);
            return;
        }
    }
}

void Executor::taint(const CommandNode &set, Trace::Label because)
{
    const auto &variable = as<VariableNode>(*set.arguments[1]);
    for (std::size_t i = m_variables.size(); i > m_frame.firstVariable; --i) {
        if (m_variables[i - 1].id != variable.id)
            continue;
        Value &whole = m_variables[i - 1].operand.value;
        Value map = whole;
        for (const std::string_view name : variable.fields)
            map = map[name];
        if (!map.isMap())
            return;
        if (Value *const member = map.asMap().get(as<StringNode>(*set.arguments[2]).constant->asString()))
            m_trace->add(*member, because);
        else if (variable.fields.empty() && !m_trace->isSource(whole))
            m_trace->add(whole, because); // what is not there has no label of its own
        return;
    }
}

/// Whether there was anything to go through.
bool Executor::iterateAll(const BranchNode &range, const Operand &items)
{
    Value container = items.value;
    if (const TemplateObject *object = asTemplateObject(container)) {
        if (auto inner = object->items())
            container = std::move(*inner);
    }
    const bool boxes = boxesItems(container);
    switch (container.kind()) {
    case Kind::Null: return false;
    case Kind::List: {
        // Held here: the body can't make the list go away, nor can it change it.
        const value::List &list = container.asList();
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!iterate(range, {Value(static_cast<std::int64_t>(i), Origin::Int), false}, {list[i], boxes}))
                break;
        }
        return !list.empty();
    }
    case Kind::Map: {
        // `set` and `unset` in the body must not disturb: Go sorts a copy first.
        const std::vector<std::pair<std::string, Value>> members(container.asMap().begin(), container.asMap().end());
        for (const auto &[key, member] : members) {
            Value name(key);
            if (m_trace != nullptr)
                m_trace->add(name, container);
            if (!iterate(range, {std::move(name), false}, {member, boxes}))
                break;
        }
        return !members.empty();
    }
    case Kind::Int: {
        if (m_options.release == GoRelease::Go123)
            break;
        if (range.pipe->declared.size() > 1)
            fail("can't use " + goSprint(std::span(&container, 1)) + " to iterate over more than one variable");
        const std::int64_t count = container.asInt();
        for (std::int64_t i = 0; i < count; ++i) {
            Value number = Value(i, container.origin());
            if (m_trace != nullptr)
                m_trace->add(number, container);
            if (!iterate(range, Operand::absent(), {std::move(number), false}))
                break;
        }
        return count > 0;
    }
    default: break;
    }
    fail("range can't iterate over " + goSprint(std::span(&container, 1)));
}

/// One round; false after {{break}}.
bool Executor::iterate(const BranchNode &range, Operand index, Operand item)
{
    step();
    const auto &declared = range.pipe->declared;
    const std::size_t mark = m_variables.size();
    if (declared.size() == 1) {
        if (range.pipe->isAssignment)
            assign(*declared[0], item);
        else
            m_variables[mark - 1].operand = item;
    } else if (declared.size() > 1) {
        if (range.pipe->isAssignment) {
            assign(*declared[0], index);
            assign(*declared[1], item);
        } else {
            m_variables[mark - 1].operand = item;
            m_variables[mark - 2].operand = std::move(index);
        }
    }
    const Trace::Label control = m_trace != nullptr ? m_trace->control() : 0;
    const Trace::Label before = m_trace != nullptr ? m_trace->jumps().round : 0;
    const Flow flow = walkList(item, *range.list);
    m_variables.resize(mark);
    if (m_trace != nullptr) {
        if (const Trace::Jumps jumps = m_trace->jumps(); flow != Flow::Next)
            m_trace->nothing(*m_out, *m_frame.current, range, m_trace->united(jumps.round, jumps.loop), *range.list);
        m_trace->endRound(control, before);
    }
    return flow != Flow::Break;
}

void Executor::walkTemplate(const Operand &dot, const TemplateNode &call)
{
    const Template *one = m_set->find(call.name);
    if (one == nullptr)
        fail("template " + quote(call.name) + " not defined");
    const Operand data = call.pipe == nullptr ? Operand::absent() : pipeline(dot, *call.pipe);
    const Trace::Through through(m_trace, m_frame.current, &call);
    runTemplate(*one, data);
}

void Executor::print(const Node &node, const Operand &value)
{
    if (m_trace != nullptr)
        m_trace->beforeValue(*m_out, *m_frame.current, node, value.value);
    if (value.value.isString())
        write(value.value.asString());
    else if (value.value.isNull())
        write("<no value>");
    else if (const TemplateObject *const object = asTemplateObject(value.value))
        write(object->text()); // here a method String on a pointer counts, too
    else
        appendGoText(*m_out, value.value);
}

void Executor::write(std::string_view text)
{
    if (text.size() > m_options.limits.maxOutputBytes - std::min(m_options.limits.maxOutputBytes, m_out->size()))
        fail(fmt::format("output exceeds {} bytes", m_options.limits.maxOutputBytes), ErrorCode::LimitExceeded);
    *m_out += text;
}

void Executor::fail(const std::string &message, ErrorCode code, TemplateError *cause) const
{
    TemplateError error;
    error.code = cause != nullptr ? cause->code : code;
    error.isExecution = true;
    const std::string &name = m_frame.current->name;
    if (m_frame.node == nullptr) {
        error.message = fmt::format("template: {}: {}", name, message);
    } else {
        const Source &source = *m_frame.current->source;
        const auto [line, column] = source.place(*m_frame.node);
        error.message = fmt::format("template: {}:{}:{}: executing {} at <{}>: {}", source.name, line, column, quote(name),
            toString(*m_frame.node), message);
    }
    if (cause != nullptr) {
        // Moved: in a long chain of includes each text holds all those inside it.
        error.causes = std::move(cause->causes);
        error.causes.insert(error.causes.begin(), std::move(cause->message));
    }
    throw ExecFailure {std::move(error)};
}

void Executor::checkBounds() const
{
    if (m_options.cancel.isCancelled())
        fail("cancelled", ErrorCode::Cancelled);
    if (m_steps > m_options.limits.maxSteps)
        fail(fmt::format("more than {} steps", m_options.limits.maxSteps), ErrorCode::LimitExceeded);
    if (m_options.limits.maxTime.count() > 0 && std::chrono::steady_clock::now() > m_deadline)
        fail(fmt::format("took longer than {} ms", m_options.limits.maxTime.count()), ErrorCode::LimitExceeded);
}

void Executor::checkStack() const
{
    const char here = 0;
    const auto used = m_stackStart > &here ? m_stackStart - &here : &here - m_stackStart;
    // Go counts 100000 templates inside each other; a native stack ends sooner, at the same template.
    if (static_cast<std::size_t>(used) > m_options.limits.maxStackBytes)
        fail("exceeded maximum template depth (100000)", ErrorCode::LimitExceeded);
}

} // namespace fairway::gotemplate
