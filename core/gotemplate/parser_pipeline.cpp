#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/number_constant.h"
#include "core/gotemplate/tree_parser.h"

#include <algorithm>
#include <utility>

namespace fairway::gotemplate {

namespace {

bool startsOperand(TokenType type)
{
    switch (type) {
    case TokenType::Bool:
    case TokenType::CharConstant:
    case TokenType::Complex:
    case TokenType::Dot:
    case TokenType::Field:
    case TokenType::Identifier:
    case TokenType::Number:
    case TokenType::Nil:
    case TokenType::RawString:
    case TokenType::String:
    case TokenType::Variable:
    case TokenType::LeftParen: return true;
    default: return false;
    }
}

} // namespace

PipeNode *TreeParser::pipeline(std::string_view context, TokenType end)
{
    const DepthGuard guard(m_shared.depth);
    if (m_shared.depth > MaxParseDepth)
        fail("max expression depth exceeded");
    auto *pipe = m_shared.make<PipeNode>(NodeType::Pipe, m_tokens.peekNonSpace().position);
    declarations(*pipe, context);
    Gathering<CommandNode> commands(m_shared);
    for (;;) {
        const Token token = m_tokens.nextNonSpace();
        if (token.type == end) {
            pipe->commands = commands.keep();
            check(*pipe, context);
            return pipe;
        }
        if (!startsOperand(token.type))
            unexpected(token, context);
        m_tokens.backup();
        commands.add(command());
    }
}

void TreeParser::declarations(PipeNode &pipe, std::string_view context)
{
    Gathering<VariableNode> declared(m_shared);
    for (bool isMore = true; isMore;) {
        isMore = false;
        const Token variable = m_tokens.peekNonSpace();
        if (variable.type != TokenType::Variable)
            break;
        m_tokens.next();
        const Token after = m_tokens.peek();
        const Token token = m_tokens.peekNonSpace();
        const bool isComma = token.type == TokenType::Char && token.text == ",";
        if (token.type == TokenType::Assign || token.type == TokenType::Declare || isComma) {
            if (!isComma)
                pipe.isAssignment = token.type == TokenType::Assign;
            m_tokens.nextNonSpace();
            declared.add(variableNode(variable));
            m_variables.push_back(variable.text);
            if (isComma) {
                if (context != "range" || declared.size() >= 2)
                    fail("too many declarations in " + std::string(context));
                const TokenType following = m_tokens.peekNonSpace().type;
                if (following != TokenType::Variable && following != TokenType::RightDelim
                    && following != TokenType::RightParen)
                    fail("range can only initialize variables");
                isMore = true;
            }
        } else if (after.type == TokenType::Space) {
            m_tokens.backup3(variable, after);
        } else {
            m_tokens.backup2(variable);
        }
    }
    pipe.declared = declared.keep();
    if (pipe.isAssignment) {
        for (const VariableNode *variable : pipe.declared)
            m_assigned.push_back(variable->id);
    }
}

void TreeParser::check(const PipeNode &pipe, std::string_view context) const
{
    if (pipe.commands.empty())
        fail("missing value for " + std::string(context));
    for (std::size_t i = 1; i < pipe.commands.size(); ++i) {
        switch (pipe.commands[i]->arguments[0]->type) {
        case NodeType::Bool:
        case NodeType::Dot:
        case NodeType::Nil:
        case NodeType::Number:
        case NodeType::String: fail("non executable command in pipeline stage " + std::to_string(i + 1));
        default: break;
        }
    }
}

CommandNode *TreeParser::command()
{
    auto *node = m_shared.make<CommandNode>(NodeType::Command, m_tokens.peekNonSpace().position);
    Gathering<Node> arguments(m_shared);
    for (;;) {
        m_tokens.peekNonSpace();
        if (Node *argument = operand())
            arguments.add(argument);
        const Token token = m_tokens.next();
        if (token.type == TokenType::Space)
            continue;
        if (token.type == TokenType::RightDelim || token.type == TokenType::RightParen)
            m_tokens.backup();
        else if (token.type != TokenType::Pipe)
            unexpected(token, "operand");
        break;
    }
    if (arguments.size() == 0)
        fail("empty command");
    node->arguments = arguments.keep();
    const bool isSet = node->arguments.size() > 2 && node->arguments[0]->type == NodeType::Identifier
        && as<IdentifierNode>(*node->arguments[0]).name == "set";
    if (isSet && node->arguments[1]->type == NodeType::Variable && node->arguments[2]->type == NodeType::String)
        m_sets.push_back(node);
    return node;
}

Node *TreeParser::operand()
{
    Node *node = term();
    if (node == nullptr || m_tokens.peek().type != TokenType::Field)
        return node;
    const std::size_t position = m_tokens.peek().position;
    std::vector<std::string_view> &fields = m_shared.fields;
    fields.clear();
    if (node->type == NodeType::Field)
        fields.push_back(as<FieldNode>(*node).fields[0]);
    while (m_tokens.peek().type == TokenType::Field)
        fields.push_back(m_tokens.next().text.substr(1));
    switch (node->type) {
    case NodeType::Field: {
        auto *field = m_shared.make<FieldNode>(NodeType::Field, position);
        field->fields = m_shared.keep(fields);
        return field;
    }
    case NodeType::Variable: {
        auto *variable = m_shared.make<VariableNode>(NodeType::Variable, position);
        variable->name = as<VariableNode>(*node).name;
        variable->id = as<VariableNode>(*node).id;
        variable->fields = m_shared.keep(fields);
        return variable;
    }
    case NodeType::Bool:
    case NodeType::String:
    case NodeType::Number:
    case NodeType::Nil:
    case NodeType::Dot: fail("unexpected . after term " + quote(toString(*node)));
    default: break;
    }
    auto *chain = m_shared.make<ChainNode>(NodeType::Chain, position);
    chain->operand = node;
    chain->fields = m_shared.keep(fields);
    return chain;
}

Node *TreeParser::term()
{
    const Token token = m_tokens.nextNonSpace();
    switch (token.type) {
    case TokenType::Identifier: {
        const FunctionMap::Entry *function = m_shared.functions.find(token.text);
        if (function == nullptr)
            fail("function " + quote(token.text) + " not defined");
        auto *node = m_shared.make<IdentifierNode>(NodeType::Identifier, token.position);
        node->name = token.text;
        node->function = *function;
        return node;
    }
    case TokenType::Dot: return m_shared.make<Node>(NodeType::Dot, token.position);
    case TokenType::Nil: return m_shared.make<Node>(NodeType::Nil, token.position);
    case TokenType::Variable:
        if (std::find(m_variables.begin(), m_variables.end(), token.text) == m_variables.end())
            fail("undefined variable " + quote(token.text));
        return variableNode(token);
    case TokenType::Field: {
        auto *node = m_shared.make<FieldNode>(NodeType::Field, token.position);
        m_shared.fields.assign(1, token.text.substr(1));
        node->fields = m_shared.keep(m_shared.fields);
        return node;
    }
    case TokenType::Bool: {
        auto *node = m_shared.make<BoolNode>(NodeType::Bool, token.position);
        node->isTrue = token.text == "true";
        return node;
    }
    case TokenType::CharConstant:
    case TokenType::Complex:
    case TokenType::Number: return number(token);
    case TokenType::LeftParen: return pipeline("parenthesized pipeline", TokenType::RightParen);
    case TokenType::String:
    case TokenType::RawString: {
        auto *node = m_shared.make<StringNode>(NodeType::String, token.position);
        node->quoted = token.text;
        node->constant = &m_shared.source.constants.emplace_back(unquoted(token));
        return node;
    }
    default: break;
    }
    m_tokens.backup();
    return nullptr;
}

VariableNode *TreeParser::variableNode(const Token &token)
{
    auto *node = m_shared.make<VariableNode>(NodeType::Variable, token.position);
    node->name = token.text;
    node->id = m_shared.variable(token.text);
    return node;
}

Node *TreeParser::number(const Token &token)
{
    const auto form = token.type == TokenType::CharConstant ? NumberForm::Character
        : token.type == TokenType::Complex                  ? NumberForm::Complex
                                                            : NumberForm::Plain;
    auto read = readNumber(token.text, form);
    if (!read)
        fail(read.error().message);
    auto *node = m_shared.make<NumberNode>(NodeType::Number, token.position);
    *node = {{NodeType::Number, node->position}, token.text, read->isInt, read->isUint, read->isFloat, read->isComplex,
        read->integer, read->real, nullptr};
    if (read->constant)
        node->constant = &m_shared.source.constants.emplace_back(std::move(*read->constant));
    return node;
}

} // namespace fairway::gotemplate
