#include "core/gotemplate/builtins.h"
#include "core/gotemplate/exec_failure.h"
#include "core/gotemplate/executor.h"
#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/go_types.h"
#include "core/gotemplate/values_object.h"

#include <fmt/format.h>

namespace fairway::gotemplate {

using value::Kind;
using value::Origin;

namespace {

/// Go looks into an interface {} before it goes on with what is inside; nil inside becomes no value.
void unbox(Operand &operand)
{
    operand.isBoxed = false;
    if (operand.value.isNull())
        operand.value = operand.value.withOrigin(Origin::Absent);
}

/// How reflect.Value.String() names what came through a pipe into `call`.
std::string calleeName(const Value &value)
{
    if (value.isString())
        return value.asString();
    return value.isNull() ? "<invalid Value>" : "<" + std::string(typeName(value)) + " Value>";
}

/// A function's result as the evaluator sees it.
Operand asOperand(Value value)
{
    const bool isNil = value.isNull() && value.origin() != Origin::Absent;
    return {std::move(value), isNil};
}

} // namespace

Operand Executor::pipeline(const Operand &dot, const PipeNode &pipe)
{
    at(pipe);
    checkStack();
    Operand value;
    bool isFirst = true;
    for (const CommandNode *one : pipe.commands) {
        value = command(dot, *one, isFirst ? nullptr : &value);
        isFirst = false;
        unbox(value);
    }
    for (const VariableNode *variable : pipe.declared) {
        if (pipe.isAssignment)
            assign(*variable, value);
        else
            m_variables.push_back({variable->id, value});
    }
    return value;
}

Operand Executor::command(const Operand &dot, const CommandNode &command, const Operand *final)
{
    step();
    const Node &first = *command.arguments[0];
    switch (first.type) {
    case NodeType::Field:
        at(first);
        return fieldChain(dot, dot, first, as<FieldNode>(first).fields, command.arguments, final);
    case NodeType::Chain: return chain(dot, as<ChainNode>(first), command.arguments, final);
    case NodeType::Identifier: return function(dot, as<IdentifierNode>(first), command, command.arguments, final);
    case NodeType::Pipe: refuseArguments(command.arguments, final); return pipeline(dot, as<PipeNode>(first));
    case NodeType::Variable: return variable(dot, as<VariableNode>(first), command.arguments, final);
    default: break;
    }
    at(first);
    refuseArguments(command.arguments, final);
    switch (first.type) {
    case NodeType::Bool: return {Value(as<BoolNode>(first).isTrue), false};
    case NodeType::Dot: return dot;
    case NodeType::Nil: fail("nil is not a command");
    case NodeType::Number: return {constant(as<NumberNode>(first)), false};
    case NodeType::String: return {*as<StringNode>(first).constant, false};
    default: fail("can't evaluate command " + quote(toString(first)));
    }
}

void Executor::refuseArguments(std::span<Node *const> arguments, const Operand *final)
{
    if (arguments.size() > 1 || final != nullptr)
        fail("can't give argument to non-function " + toString(*arguments[0]));
}

Value Executor::constant(const NumberNode &number)
{
    at(number);
    if (number.constant == nullptr)
        fail(std::string(number.text) + " overflows int");
    return *number.constant;
}

Operand Executor::fieldChain(const Operand &dot, Operand receiver, const Node &node,
    std::span<const std::string_view> fields, std::span<Node *const> arguments, const Operand *final)
{
    for (std::size_t i = 0; i + 1 < fields.size(); ++i)
        receiver = field(dot, fields[i], node, {}, nullptr, std::move(receiver));
    return field(dot, fields.back(), node, arguments, final, std::move(receiver));
}

Operand Executor::field(const Operand &dot, std::string_view name, const Node &node, std::span<Node *const> arguments,
    const Operand *final, Operand receiver)
{
    const Value &value = receiver.value;
    if (value.isMap()) {
        if (isHelmValues(value)) {
            if (const TemplateObject::Method *const method = ValuesObject::methodNamed(name))
                return callMethod(dot, ValuesObject(value), *method, node, name, arguments, final);
        }
        if (arguments.size() > 1 || final != nullptr)
            fail(std::string(name) + " is not a method but has arguments");
        if (const Value *member = value.asMap().get(name)) {
            Operand found {*member, boxesItems(value)};
            if (m_trace != nullptr)
                m_trace->accessed(found.value, value, name);
            return found;
        }
        return missing(receiver, name);
    }
    if (receiver.isAbsent()) {
        if (m_options.missingKey == MissingKey::Error)
            fail("nil data; no entry for key " + quote(name));
        return receiver;
    }
    if (value.isNull())
        fail(fmt::format("nil pointer evaluating {}.{}", receiver.typeName(), name));
    if (value.isObject()) {
        if (auto found = objectField(dot, name, node, arguments, final, receiver))
            return std::move(*found);
    }
    fail(fmt::format("can't evaluate field {} in type {}", name, receiver.typeName()));
}

Operand Executor::missing(const Operand &map, std::string_view name)
{
    Operand result = Operand::absent();
    switch (m_options.missingKey) {
    case MissingKey::Default: break;
    case MissingKey::Zero: result = {zeroItem(map.value), boxesItems(map.value)}; break;
    case MissingKey::Error: fail("map has no entry for key " + quote(name));
    }
    if (m_trace != nullptr)
        m_trace->missed(result.value, map.value, name);
    return result;
}

std::optional<Operand> Executor::objectField(const Operand &dot, std::string_view name, const Node &node,
    std::span<Node *const> arguments, const Operand *final, const Operand &receiver)
{
    const TemplateObject *object = asTemplateObject(receiver.value);
    if (object == nullptr)
        return std::nullopt;
    if (const TemplateObject::Method *method = object->method(name))
        return callMethod(dot, *object, *method, node, name, arguments, final);
    const bool hasArguments = arguments.size() > 1 || final != nullptr;
    if (auto found = object->field(name)) {
        if (hasArguments) {
            fail(std::string(name)
                + (object->goKind() == GoKind::Map ? " is not a method but has arguments"
                                                   : " has arguments but cannot be invoked as function"));
        }
        if (m_trace != nullptr)
            m_trace->accessed(*found, receiver.value, name);
        return Operand {std::move(*found), false};
    }
    if (object->goKind() != GoKind::Map)
        return std::nullopt;
    if (hasArguments)
        fail(std::string(name) + " is not a method but has arguments");
    return missing(receiver, name);
}

Operand Executor::chain(const Operand &dot, const ChainNode &chain, std::span<Node *const> arguments, const Operand *final)
{
    at(chain);
    if (chain.operand->type == NodeType::Nil)
        fail("indirection through explicit nil in " + toString(chain));
    at(*chain.operand);
    Operand receiver;
    if (auto value = dynamicArgument(dot, *chain.operand))
        receiver = std::move(*value);
    return fieldChain(dot, std::move(receiver), chain, chain.fields, arguments, final);
}

Operand Executor::variable(
    const Operand &dot, const VariableNode &variable, std::span<Node *const> arguments, const Operand *final)
{
    at(variable);
    const Operand value = find(variable).operand;
    if (variable.fields.empty()) {
        refuseArguments(arguments, final);
        return value;
    }
    return fieldChain(dot, value, variable, variable.fields, arguments, final);
}

Executor::Variable &Executor::find(const VariableNode &variable)
{
    for (std::size_t i = m_variables.size(); i > m_frame.firstVariable; --i) {
        if (m_variables[i - 1].id == variable.id)
            return m_variables[i - 1];
    }
    fail("undefined variable: " + std::string(variable.name));
}

void Executor::assign(const VariableNode &variable, const Operand &value)
{
    find(variable).operand = value;
}

Operand Executor::function(const Operand &dot, const IdentifierNode &name, const Node &node,
    std::span<Node *const> arguments, const Operand *final)
{
    at(name);
    return call(dot, name.function, node, name.name, arguments, final);
}

Operand Executor::decide(const Operand &dot, bool stopsAt, std::span<Node *const> arguments, const Operand *final)
{
    Value value;
    Trace::Choice choice(m_trace);
    for (const Node *node : arguments) {
        value = argument(dot, Type::Reflect, *node);
        const bool decides = isTrue(value) == stopsAt;
        choice.saw(value, decides);
        if (decides)
            return asOperand(choice.result(std::move(value)));
    }
    if (final != nullptr) {
        value = validated(*final, Type::Reflect);
        choice.saw(value, isTrue(value) == stopsAt);
    }
    return asOperand(choice.result(std::move(value)));
}

Operand Executor::call(const Operand &dot, const FunctionMap::Entry &function, const Node &node, std::string_view name,
    std::span<Node *const> arguments, const Operand *final)
{
    const FunctionSpec &spec = *function.spec;
    const Signature &signature = spec.signature;
    if (!arguments.empty())
        arguments = arguments.subspan(1);
    const std::size_t count = arguments.size() + (final != nullptr ? 1 : 0);
    const std::size_t fixed = signature.isVariadic ? signature.count - std::size_t {1} : signature.count;
    if (signature.isVariadic && count < fixed)
        fail(fmt::format("wrong number of args for {}: want at least {} got {}", name, fixed, arguments.size()));
    if (!signature.isVariadic && count != fixed)
        fail(fmt::format("wrong number of args for {}: want {} got {}", name, fixed, count));
    if (isAnd(spec) || isOr(spec))
        return decide(dot, isOr(spec), arguments, final);

    constexpr std::size_t usual = 8;
    std::array<Value, usual> few;
    std::vector<Value> many;
    if (count > usual)
        many.resize(count);
    const std::span<Value> values = count > usual ? std::span(many) : std::span(few).first(count);
    const auto typeOf = [&](std::size_t i) {
        return i < fixed ? signature.types[i] : signature.types[std::size_t {signature.count} - 1];
    };
    for (std::size_t i = 0; i < arguments.size(); ++i)
        values[i] = argument(dot, typeOf(i), *arguments[i]);
    if (final != nullptr)
        values[count - 1] = validated(*final, typeOf(count - 1));

    std::string callee;
    if (isCall(spec) && arguments.empty() && m_options.release == GoRelease::Go123) {
        // Its text/template looks for the callee's name among the arguments and forgets the one that comes through the pipe.
        TemplateError panic(Error {ErrorCode::InvalidInput, "runtime error: index out of range [0] with length 0"});
        panic.isPanic = true;
        throw ExecFailure {std::move(panic)};
    }
    if (isCall(spec))
        callee = arguments.empty() ? calleeName(values[0]) : toString(*arguments[0]);
    Call context(*this, values, m_set->functions->stateOf(function), isCall(spec) ? std::string_view(callee) : name);
    Trace::Function traced(m_trace, name, values);
    auto result = spec.call(context);
    if (!result) {
        at(node);
        fail(fmt::format("error calling {}: {}", name, result.error().message), result.error().code, &result.error());
    }
    return asOperand(traced.result(std::move(*result)));
}

Operand Executor::callMethod(const Operand &dot, const TemplateObject &self, const TemplateObject::Method &method,
    const Node &node, std::string_view name, std::span<Node *const> arguments, const Operand *final)
{
    if (!arguments.empty())
        arguments = arguments.subspan(1);
    const std::size_t count = arguments.size() + (final != nullptr ? 1 : 0);
    if (count != method.arguments)
        fail(fmt::format("wrong number of args for {}: want {} got {}", name, method.arguments, count));
    const auto typeOf = [&](std::size_t i) { return i < method.types.size() ? method.types[i] : Type::Any; };
    std::vector<Value> values(count);
    for (std::size_t i = 0; i < arguments.size(); ++i)
        values[i] = argument(dot, typeOf(i), *arguments[i]);
    if (final != nullptr)
        values[count - 1] = validated(*final, typeOf(count - 1));
    Trace::Function traced(m_trace, name, values);
    auto result = method.call(self, values);
    if (!result) {
        at(node);
        fail(fmt::format("error calling {}: {}", name, result.error().message), result.error().code, &result.error());
    }
    return asOperand(traced.result(std::move(*result)));
}

std::optional<Operand> Executor::dynamicArgument(const Operand &dot, const Node &node)
{
    switch (node.type) {
    case NodeType::Dot: return dot;
    case NodeType::Field:
        at(node);
        return fieldChain(dot, dot, node, as<FieldNode>(node).fields, {}, nullptr);
    case NodeType::Variable: return variable(dot, as<VariableNode>(node), {}, nullptr);
    case NodeType::Pipe: return pipeline(dot, as<PipeNode>(node));
    case NodeType::Identifier: return function(dot, as<IdentifierNode>(node), node, {}, nullptr);
    case NodeType::Chain: return chain(dot, as<ChainNode>(node), {}, nullptr);
    default: return std::nullopt;
    }
}

Value Executor::argument(const Operand &dot, Type type, const Node &node)
{
    at(node);
    if (node.type == NodeType::Nil) {
        switch (type) {
        case Type::Any:
        case Type::List:
        case Type::Map: return {};
        case Type::Reflect: return Value().withOrigin(Origin::Absent);
        default: fail(fmt::format("cannot assign nil to {}", typeName(type)));
        }
    }
    if (auto operand = dynamicArgument(dot, node))
        return validated(*operand, type);
    return literal(type, node);
}

Value Executor::literal(Type type, const Node &node)
{
    const auto expected = [&](std::string_view wanted) {
        fail(fmt::format("expected {}; found {}", wanted, toString(node)));
    };
    switch (type) {
    case Type::Any:
    case Type::Reflect:
        switch (node.type) {
        case NodeType::Bool: return {as<BoolNode>(node).isTrue};
        case NodeType::Number: return constant(as<NumberNode>(node));
        case NodeType::String: return *as<StringNode>(node).constant;
        default: fail(fmt::format("can't handle assignment of {} to empty interface argument", toString(node)));
        }
    case Type::String:
        if (node.type != NodeType::String)
            expected("string");
        return *as<StringNode>(node).constant;
    case Type::Bool:
        if (node.type != NodeType::Bool)
            expected("bool");
        return {as<BoolNode>(node).isTrue};
    case Type::Int:
        if (node.type != NodeType::Number || !as<NumberNode>(node).isInt)
            expected("integer");
        return {as<NumberNode>(node).integer, Origin::Int};
    case Type::Float64:
        if (node.type != NodeType::Number || !as<NumberNode>(node).isFloat)
            expected("float");
        return {as<NumberNode>(node).real};
    default: break;
    }
    fail(fmt::format("can't handle {} for arg of type {}", toString(node), typeName(type)));
}

Value Executor::validated(const Operand &operand, Type type)
{
    const Value &value = operand.value;
    if (type == Type::Reflect) {
        // functions of reflect.Value look through interfaces first
        return value;
    }
    if (operand.isAbsent()) {
        if (type == Type::Any || type == Type::List || type == Type::Map)
            return Value(value).withOrigin(Origin::None);
        fail(fmt::format("invalid value; expected {}", typeName(type)));
    }
    bool fits = false;
    switch (type) {
    case Type::Any: return value;
    case Type::Reflect: break;
    case Type::String: fits = value.isString(); break;
    case Type::Bool: fits = value.isBool(); break;
    case Type::Int: fits = value.isInt() && (value.origin() == Origin::Int || value.origin() == Origin::None); break;
    case Type::Float64: fits = value.isFloat(); break;
    case Type::List: fits = value.isList() && value.origin() == Origin::None; break;
    case Type::Map: fits = value.isMap() && boxesItems(value); break;
    case Type::Writer: break;
    case Type::Time:
    case Type::Certificate: fits = value.isObject() && value.asObject().typeName() == typeName(type); break;
    }
    if (fits)
        return value;
    fail(fmt::format("wrong type for value; expected {}; got {}", typeName(type),
        value.isNull() ? std::string_view("interface {}") : typeName(value)));
}

} // namespace fairway::gotemplate
