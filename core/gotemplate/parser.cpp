#include "core/gotemplate/parser.h"

#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/lexer.h"
#include "core/gotemplate/number_constant.h"
#include "core/value/utf8.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

namespace fairway::gotemplate {

namespace {

constexpr int MaxDepth = 500; // a level costs up to 8 KB of stack where addresses are checked

struct ParseFailure {
    std::string message;
};

std::string describe(const Token &token)
{
    constexpr std::size_t shown = 10;
    if (token.type == TokenType::Eof)
        return "EOF";
    if (token.type == TokenType::Error)
        return std::string(token.text);
    if (token.type >= TokenType::Block)
        return "<" + std::string(token.text) + ">";
    if (token.text.size() <= shown)
        return quote(token.text);
    std::size_t end = 0;
    for (std::size_t i = 0; i < shown && end < token.text.size(); ++i)
        end += std::max<std::size_t>(value::decodeUtf8(token.text, end).size, 1);
    return quote(token.text.substr(0, end)) + "...";
}

/// What all the templates of one text share while it is read.
struct Shared {
    Source &source;
    const FunctionMap &functions;
    Lexer lexer;
    std::vector<Template> templates;
    int depth = 0;
    std::vector<void *> gathered; ///< See Gathering.
    std::vector<std::string_view> fields; ///< Of the operand being read.

    template <typename NodeT>
    NodeT *make(NodeType type, std::size_t position)
    {
        auto *node = new (source.arena.allocate(sizeof(NodeT))) NodeT {};
        node->type = type;
        node->position = static_cast<std::uint32_t>(position);
        return node;
    }

    template <typename T>
    std::span<T> keep(const std::vector<T> &items)
    {
        if (items.empty())
            return {};
        auto *memory = static_cast<T *>(source.arena.allocate(items.size() * sizeof(T)));
        std::uninitialized_copy(items.begin(), items.end(), memory);
        return {memory, items.size()};
    }

    VariableId variable(std::string_view name)
    {
        const auto found = std::find(source.variables.begin(), source.variables.end(), name);
        const auto id = static_cast<VariableId>(found - source.variables.begin());
        if (found == source.variables.end())
            source.variables.push_back(name);
        return id;
    }
};

class DepthGuard {
public:
    explicit DepthGuard(int &depth)
        : m_depth(++depth)
    {
    }
    ~DepthGuard() { --m_depth; }
    DepthGuard(const DepthGuard &) = delete;
    DepthGuard &operator=(const DepthGuard &) = delete;

private:
    int &m_depth;
};

/// Nodes that become one list, while it is not known how many. All lists that are being read share a stack, the innermost on top, so that
/// none costs an allocation of its own.
template <typename T>
class Gathering {
public:
    explicit Gathering(Shared &shared)
        : m_shared(shared)
        , m_begin(shared.gathered.size())
    {
    }
    ~Gathering() { m_shared.gathered.resize(m_begin); }
    Gathering(const Gathering &) = delete;
    Gathering &operator=(const Gathering &) = delete;

    void add(T *node) { m_shared.gathered.push_back(node); }
    [[nodiscard]] std::size_t size() const { return m_shared.gathered.size() - m_begin; }
    [[nodiscard]] std::span<T *> keep() const
    {
        const std::size_t count = size();
        if (count == 0)
            return {};
        auto **const memory = static_cast<T **>(m_shared.source.arena.allocate(count * sizeof(T *)));
        for (std::size_t i = 0; i < count; ++i)
            new (memory + i) T *(static_cast<T *>(m_shared.gathered[m_begin + i]));
        return {memory, count};
    }

private:
    Shared &m_shared;
    const std::size_t m_begin;
};

/// Reads one template; `define` and `block` start another one on the same tokens.
class TreeParser {
public:
    TreeParser(Shared &shared, std::string name)
        : m_shared(shared)
        , m_name(std::move(name))
    {
    }

    void parseFile()
    {
        const std::size_t position = peek().position;
        Gathering<Node> nodes(m_shared);
        while (peek().type != TokenType::Eof) {
            if (peek().type == TokenType::LeftDelim) {
                const Token delim = next();
                if (nextNonSpace().type == TokenType::Define) {
                    TreeParser(m_shared, "definition").parseDefinition();
                    continue;
                }
                backup2(delim);
            }
            Node *node = textOrAction();
            if (node->type == NodeType::End || node->type == NodeType::Else)
                fail("unexpected " + toString(*node));
            nodes.add(node);
        }
        add(list(position, nodes));
    }

private:
    // Tokens, with three of look-ahead: in "$x foo" it shows after the space that $x is no declaration.

    Token next()
    {
        if (m_peekCount > 0)
            --m_peekCount;
        else
            m_tokens[0] = m_shared.lexer.next();
        return m_tokens[m_peekCount];
    }
    void backup() { ++m_peekCount; }
    void backup2(const Token &first)
    {
        m_tokens[1] = first;
        m_peekCount = 2;
    }
    void backup3(const Token &first, const Token &second)
    {
        m_tokens[1] = second;
        m_tokens[2] = first;
        m_peekCount = 3;
    }
    const Token &peek()
    {
        if (m_peekCount > 0)
            return m_tokens[m_peekCount - 1];
        m_peekCount = 1;
        m_tokens[0] = m_shared.lexer.next();
        return m_tokens[0];
    }
    Token nextNonSpace()
    {
        Token token = next();
        while (token.type == TokenType::Space)
            token = next();
        return token;
    }
    const Token &peekNonSpace()
    {
        while (peek().type == TokenType::Space)
            --m_peekCount;
        return m_tokens[m_peekCount - 1];
    }

    [[noreturn]] void fail(const std::string &message) const
    {
        throw ParseFailure {"template: " + m_shared.source.name + ":" + std::to_string(m_tokens[0].line) + ": " + message};
    }
    [[noreturn]] void unexpected(const Token &token, std::string_view context) const
    {
        if (token.type != TokenType::Error)
            fail("unexpected " + describe(token) + " in " + std::string(context));
        std::string extra;
        if (m_actionLine != 0 && m_actionLine != token.line) {
            extra = " in action started at " + m_shared.source.name + ":" + std::to_string(m_actionLine);
            if (token.text.ends_with(" action"))
                extra.erase(0, std::strlen(" in action"));
        }
        fail(describe(token) + extra);
    }
    Token expect(TokenType type, std::string_view context)
    {
        const Token token = nextNonSpace();
        if (token.type != type)
            unexpected(token, context);
        return token;
    }

    ListNode *list(std::size_t position, const Gathering<Node> &nodes)
    {
        auto *node = m_shared.make<ListNode>(NodeType::List, position);
        node->nodes = nodes.keep();
        return node;
    }

    void add(const ListNode *root)
    {
        auto &templates = m_shared.templates;
        const auto known = std::find_if(templates.begin(), templates.end(), [&](const Template &one) { return one.name == m_name; });
        if (known == templates.end())
            templates.push_back({m_name, nullptr, root});
        else if (isEmpty(*known->root))
            known->root = root;
        else if (!isEmpty(*root))
            fail("template: multiple definition of template " + quote(m_name));
    }

    void parseDefinition()
    {
        constexpr std::string_view context = "define clause";
        const Token name = nextNonSpace();
        if (name.type != TokenType::String && name.type != TokenType::RawString)
            unexpected(name, context);
        m_name = unquoted(name);
        expect(TokenType::RightDelim, context);
        parseBody(context);
    }

    void parseBody(std::string_view context)
    {
        const auto [root, end] = itemList();
        if (end->type != NodeType::End)
            fail("unexpected " + toString(*end) + " in " + std::string(context));
        add(root);
    }

    std::string unquoted(const Token &token)
    {
        auto text = unquote(token.text);
        if (!text)
            fail("invalid syntax");
        return std::move(*text);
    }

    std::pair<ListNode *, Node *> itemList()
    {
        const DepthGuard guard(m_shared.depth);
        if (m_shared.depth > MaxDepth)
            fail("max expression depth exceeded");
        const std::size_t position = peekNonSpace().position;
        Gathering<Node> nodes(m_shared);
        while (peekNonSpace().type != TokenType::Eof) {
            Node *node = textOrAction();
            if (node->type == NodeType::End || node->type == NodeType::Else)
                return {list(position, nodes), node};
            nodes.add(node);
        }
        fail("unexpected EOF");
    }

    Node *textOrAction()
    {
        const Token token = nextNonSpace();
        if (token.type == TokenType::Text) {
            auto *node = m_shared.make<TextNode>(NodeType::Text, token.position);
            node->text = token.text;
            return node;
        }
        if (token.type != TokenType::LeftDelim)
            unexpected(token, "input");
        m_actionLine = token.line;
        Node *node = action();
        m_actionLine = 0;
        return node;
    }

    Node *action()
    {
        const Token token = nextNonSpace();
        switch (token.type) {
        case TokenType::Block: return block();
        case TokenType::Break: return loopControl(token, NodeType::Break, "{{break}}");
        case TokenType::Continue: return loopControl(token, NodeType::Continue, "{{continue}}");
        case TokenType::Else: return elseControl();
        case TokenType::End:
            return m_shared.make<Node>(NodeType::End, expect(TokenType::RightDelim, "end").position);
        case TokenType::If: return control(NodeType::If, "if");
        case TokenType::Range: return control(NodeType::Range, "range");
        case TokenType::With: return control(NodeType::With, "with");
        case TokenType::Template: return templateCall();
        default: break;
        }
        backup();
        auto *node = m_shared.make<ActionNode>(NodeType::Action, peek().position);
        node->pipe = pipeline("command", TokenType::RightDelim);
        return node;
    }

    Node *loopControl(const Token &token, NodeType type, std::string_view words)
    {
        if (const Token end = nextNonSpace(); end.type != TokenType::RightDelim)
            unexpected(end, words);
        if (m_rangeDepth == 0)
            fail(std::string(words) + " outside {{range}}");
        m_mayBreak = m_mayBreak || type == NodeType::Break;
        m_mayContinue = m_mayContinue || type == NodeType::Continue;
        return m_shared.make<Node>(type, token.position);
    }

    Node *elseControl()
    {
        // "else if" and "else with" leave their keyword for control().
        const Token token = peekNonSpace();
        if (token.type == TokenType::If || token.type == TokenType::With)
            return m_shared.make<Node>(NodeType::Else, token.position);
        return m_shared.make<Node>(NodeType::Else, expect(TokenType::RightDelim, "else").position);
    }

    BranchNode *control(NodeType type, std::string_view context)
    {
        const DepthGuard guard(m_shared.depth);
        if (m_shared.depth > MaxDepth)
            fail("max expression depth exceeded");
        const std::size_t variables = m_variables.size();
        const std::size_t assigned = m_assigned.size();
        const std::size_t sets = m_sets.size();
        PipeNode *pipe = pipeline(context, TokenType::RightDelim);
        auto *node = m_shared.make<BranchNode>(type, pipe->position);
        node->pipe = pipe;
        m_rangeDepth += type == NodeType::Range ? 1 : 0;
        const bool mayBreak = std::exchange(m_mayBreak, false);
        const bool mayContinue = std::exchange(m_mayContinue, false);
        Node *end = nullptr;
        std::tie(node->list, end) = itemList();
        m_rangeDepth -= type == NodeType::Range ? 1 : 0;
        if (type == NodeType::Range) // those inside are its own
            m_mayBreak = m_mayContinue = false;
        if (end->type == NodeType::Else) {
            const bool chainsIf = type == NodeType::If && peek().type == TokenType::If;
            const bool chainsWith = type == NodeType::With && peek().type == TokenType::With;
            if (chainsIf || chainsWith) {
                next();
                Node *inner = chainsIf ? control(NodeType::If, "if") : control(NodeType::With, "with");
                Gathering<Node> only(m_shared);
                only.add(inner);
                node->elseList = list(end->position, only);
            } else {
                std::tie(node->elseList, end) = itemList();
                if (end->type != NodeType::End)
                    fail("expected end; found " + toString(*end));
            }
        }
        m_variables.resize(variables);
        node->mayBreak = m_mayBreak;
        node->mayContinue = m_mayContinue;
        m_mayBreak = m_mayBreak || mayBreak;
        m_mayContinue = m_mayContinue || mayContinue;
        // What is assigned inside is assigned for the branches around, too.
        node->assigned = m_shared.keep(std::vector<VariableId>(
            m_assigned.begin() + static_cast<std::ptrdiff_t>(assigned), m_assigned.end()));
        node->sets = m_shared.keep(std::vector<CommandNode *>(m_sets.begin() + static_cast<std::ptrdiff_t>(sets), m_sets.end()));
        return node;
    }

    Node *block()
    {
        constexpr std::string_view context = "block clause";
        const Token token = nextNonSpace();
        const std::string name = templateName(token, context);
        PipeNode *pipe = pipeline(context, TokenType::RightDelim);
        TreeParser(m_shared, name).parseBody(context);
        return call(token, name, pipe);
    }

    Node *templateCall()
    {
        constexpr std::string_view context = "template clause";
        const Token token = nextNonSpace();
        const std::string name = templateName(token, context);
        PipeNode *pipe = nullptr;
        if (nextNonSpace().type != TokenType::RightDelim) {
            backup();
            pipe = pipeline(context, TokenType::RightDelim);
        }
        return call(token, name, pipe);
    }

    std::string templateName(const Token &token, std::string_view context)
    {
        if (token.type != TokenType::String && token.type != TokenType::RawString)
            unexpected(token, context);
        return unquoted(token);
    }

    Node *call(const Token &token, const std::string &name, PipeNode *pipe)
    {
        auto *node = m_shared.make<TemplateNode>(NodeType::Template, token.position);
        node->name = m_shared.source.constants.emplace_back(name).asString();
        node->pipe = pipe;
        return node;
    }

    PipeNode *pipeline(std::string_view context, TokenType end)
    {
        const DepthGuard guard(m_shared.depth);
        if (m_shared.depth > MaxDepth)
            fail("max expression depth exceeded");
        auto *pipe = m_shared.make<PipeNode>(NodeType::Pipe, peekNonSpace().position);
        declarations(*pipe, context);
        Gathering<CommandNode> commands(m_shared);
        for (;;) {
            const Token token = nextNonSpace();
            if (token.type == end) {
                pipe->commands = commands.keep();
                check(*pipe, context);
                return pipe;
            }
            if (!startsOperand(token.type))
                unexpected(token, context);
            backup();
            commands.add(command());
        }
    }

    static bool startsOperand(TokenType type)
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

    void declarations(PipeNode &pipe, std::string_view context)
    {
        Gathering<VariableNode> declared(m_shared);
        for (bool isMore = true; isMore;) {
            isMore = false;
            const Token variable = peekNonSpace();
            if (variable.type != TokenType::Variable)
                break;
            next();
            const Token after = peek();
            const Token token = peekNonSpace();
            const bool isComma = token.type == TokenType::Char && token.text == ",";
            if (token.type == TokenType::Assign || token.type == TokenType::Declare || isComma) {
                if (!isComma)
                    pipe.isAssignment = token.type == TokenType::Assign;
                nextNonSpace();
                declared.add(variableNode(variable));
                m_variables.push_back(variable.text);
                if (isComma) {
                    if (context != "range" || declared.size() >= 2)
                        fail("too many declarations in " + std::string(context));
                    const TokenType following = peekNonSpace().type;
                    if (following != TokenType::Variable && following != TokenType::RightDelim
                        && following != TokenType::RightParen)
                        fail("range can only initialize variables");
                    isMore = true;
                }
            } else if (after.type == TokenType::Space) {
                backup3(variable, after);
            } else {
                backup2(variable);
            }
        }
        pipe.declared = declared.keep();
        if (pipe.isAssignment) {
            for (const VariableNode *variable : pipe.declared)
                m_assigned.push_back(variable->id);
        }
    }

    void check(const PipeNode &pipe, std::string_view context) const
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

    CommandNode *command()
    {
        auto *node = m_shared.make<CommandNode>(NodeType::Command, peekNonSpace().position);
        Gathering<Node> arguments(m_shared);
        for (;;) {
            peekNonSpace();
            if (Node *argument = operand())
                arguments.add(argument);
            const Token token = next();
            if (token.type == TokenType::Space)
                continue;
            if (token.type == TokenType::RightDelim || token.type == TokenType::RightParen)
                backup();
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

    Node *operand()
    {
        Node *node = term();
        if (node == nullptr || peek().type != TokenType::Field)
            return node;
        const std::size_t position = peek().position;
        std::vector<std::string_view> &fields = m_shared.fields;
        fields.clear();
        if (node->type == NodeType::Field)
            fields.push_back(as<FieldNode>(*node).fields[0]);
        while (peek().type == TokenType::Field)
            fields.push_back(next().text.substr(1));
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

    Node *term()
    {
        const Token token = nextNonSpace();
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
        backup();
        return nullptr;
    }

    VariableNode *variableNode(const Token &token)
    {
        auto *node = m_shared.make<VariableNode>(NodeType::Variable, token.position);
        node->name = token.text;
        node->id = m_shared.variable(token.text);
        return node;
    }

    Node *number(const Token &token)
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

    Shared &m_shared;
    std::string m_name;
    std::array<Token, 3> m_tokens;
    std::size_t m_peekCount = 0;
    std::vector<std::string_view> m_variables {"$"};
    std::vector<VariableId> m_assigned;
    std::vector<CommandNode *> m_sets;
    bool m_mayBreak = false; ///< Stood since the branch began.
    bool m_mayContinue = false;
    int m_rangeDepth = 0;
    std::uint32_t m_actionLine = 0;
};

} // namespace

TemplateResult<std::vector<Template>> parseTemplates(
    std::string_view name, std::string_view text, const FunctionMap &functions, GoRelease release, bool isData)
{
    if (text.size() >= std::numeric_limits<std::uint32_t>::max())
        return tl::unexpected(TemplateError(Error {ErrorCode::LimitExceeded, "template: " + std::string(name) + ": text is too large"}));
    auto source = std::make_shared<Source>();
    source->name = name;
    source->text = text;
    source->isData = isData;
    const std::string_view kept = source->text;
    const Lexer::Dialect dialect {functions.find("break") == nullptr, functions.find("continue") == nullptr, release != GoRelease::Go123};
    Shared shared {*source, functions, Lexer(kept, dialect), {}, 0, {}, {}};
    try {
        TreeParser(shared, source->name).parseFile();
    } catch (ParseFailure &failure) {
        return failCall(std::move(failure.message));
    }
    for (Template &one : shared.templates)
        one.source = source;
    return std::move(shared.templates);
}

} // namespace fairway::gotemplate
