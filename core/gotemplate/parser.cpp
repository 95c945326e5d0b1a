#include "core/gotemplate/parser.h"

#include "core/gotemplate/go_quote.h"
#include "core/gotemplate/tree_parser.h"
#include "core/value/utf8.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <tuple>
#include <utility>

namespace fairway::gotemplate {

namespace {

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

} // namespace

void TreeParser::parseFile()
{
    const std::size_t position = m_tokens.peek().position;
    Gathering<Node> nodes(m_shared);
    while (m_tokens.peek().type != TokenType::Eof) {
        if (m_tokens.peek().type == TokenType::LeftDelim) {
            const Token delim = m_tokens.next();
            if (m_tokens.nextNonSpace().type == TokenType::Define) {
                TreeParser(m_shared, "definition").parseDefinition();
                continue;
            }
            m_tokens.backup2(delim);
        }
        Node *node = textOrAction();
        if (node->type == NodeType::End || node->type == NodeType::Else)
            fail("unexpected " + toString(*node));
        nodes.add(node);
    }
    add(list(position, nodes));
}

void TreeParser::fail(const std::string &message) const
{
    throw ParseFailure {"template: " + m_shared.source.name + ":" + std::to_string(m_tokens.line()) + ": " + message};
}

void TreeParser::unexpected(const Token &token, std::string_view context) const
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

Token TreeParser::expect(TokenType type, std::string_view context)
{
    const Token token = m_tokens.nextNonSpace();
    if (token.type != type)
        unexpected(token, context);
    return token;
}

ListNode *TreeParser::list(std::size_t position, const Gathering<Node> &nodes)
{
    auto *node = m_shared.make<ListNode>(NodeType::List, position);
    node->nodes = nodes.keep();
    return node;
}

void TreeParser::add(const ListNode *root)
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

void TreeParser::parseDefinition()
{
    constexpr std::string_view context = "define clause";
    const Token name = m_tokens.nextNonSpace();
    if (name.type != TokenType::String && name.type != TokenType::RawString)
        unexpected(name, context);
    m_name = unquoted(name);
    expect(TokenType::RightDelim, context);
    parseBody(context);
}

void TreeParser::parseBody(std::string_view context)
{
    const auto [root, end] = itemList();
    if (end->type != NodeType::End)
        fail("unexpected " + toString(*end) + " in " + std::string(context));
    add(root);
}

std::string TreeParser::unquoted(const Token &token)
{
    auto text = unquote(token.text);
    if (!text)
        fail("invalid syntax");
    return std::move(*text);
}

std::pair<ListNode *, Node *> TreeParser::itemList()
{
    const DepthGuard guard(m_shared.depth);
    if (m_shared.depth > MaxParseDepth)
        fail("max expression depth exceeded");
    const std::size_t position = m_tokens.peekNonSpace().position;
    Gathering<Node> nodes(m_shared);
    while (m_tokens.peekNonSpace().type != TokenType::Eof) {
        Node *node = textOrAction();
        if (node->type == NodeType::End || node->type == NodeType::Else)
            return {list(position, nodes), node};
        nodes.add(node);
    }
    fail("unexpected EOF");
}

Node *TreeParser::textOrAction()
{
    const Token token = m_tokens.nextNonSpace();
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

Node *TreeParser::action()
{
    const Token token = m_tokens.nextNonSpace();
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
    m_tokens.backup();
    auto *node = m_shared.make<ActionNode>(NodeType::Action, m_tokens.peek().position);
    node->pipe = pipeline("command", TokenType::RightDelim);
    return node;
}

Node *TreeParser::loopControl(const Token &token, NodeType type, std::string_view words)
{
    if (const Token end = m_tokens.nextNonSpace(); end.type != TokenType::RightDelim)
        unexpected(end, words);
    if (m_rangeDepth == 0)
        fail(std::string(words) + " outside {{range}}");
    m_mayBreak = m_mayBreak || type == NodeType::Break;
    m_mayContinue = m_mayContinue || type == NodeType::Continue;
    return m_shared.make<Node>(type, token.position);
}

Node *TreeParser::elseControl()
{
    // "else if" and "else with" leave their keyword for control().
    const Token token = m_tokens.peekNonSpace();
    if (token.type == TokenType::If || token.type == TokenType::With)
        return m_shared.make<Node>(NodeType::Else, token.position);
    return m_shared.make<Node>(NodeType::Else, expect(TokenType::RightDelim, "else").position);
}

BranchNode *TreeParser::control(NodeType type, std::string_view context)
{
    const DepthGuard guard(m_shared.depth);
    if (m_shared.depth > MaxParseDepth)
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
        const bool chainsIf = type == NodeType::If && m_tokens.peek().type == TokenType::If;
        const bool chainsWith = type == NodeType::With && m_tokens.peek().type == TokenType::With;
        if (chainsIf || chainsWith) {
            m_tokens.next();
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

Node *TreeParser::block()
{
    constexpr std::string_view context = "block clause";
    const Token token = m_tokens.nextNonSpace();
    const std::string name = templateName(token, context);
    PipeNode *pipe = pipeline(context, TokenType::RightDelim);
    TreeParser(m_shared, name).parseBody(context);
    return call(token, name, pipe);
}

Node *TreeParser::templateCall()
{
    constexpr std::string_view context = "template clause";
    const Token token = m_tokens.nextNonSpace();
    const std::string name = templateName(token, context);
    PipeNode *pipe = nullptr;
    if (m_tokens.nextNonSpace().type != TokenType::RightDelim) {
        m_tokens.backup();
        pipe = pipeline(context, TokenType::RightDelim);
    }
    return call(token, name, pipe);
}

std::string TreeParser::templateName(const Token &token, std::string_view context)
{
    if (token.type != TokenType::String && token.type != TokenType::RawString)
        unexpected(token, context);
    return unquoted(token);
}

Node *TreeParser::call(const Token &token, const std::string &name, PipeNode *pipe)
{
    auto *node = m_shared.make<TemplateNode>(NodeType::Template, token.position);
    node->name = m_shared.source.constants.emplace_back(name).asString();
    node->pipe = pipe;
    return node;
}

TemplateResult<std::vector<Template>> parseTemplates(
    std::string_view name, std::string_view text, std::shared_ptr<const void> owner, const FunctionMap &functions, GoRelease release, bool isData)
{
    if (text.size() >= std::numeric_limits<std::uint32_t>::max())
        return tl::unexpected(TemplateError(Error {ErrorCode::LimitExceeded, "template: " + std::string(name) + ": text is too large"}));
    auto source = std::make_shared<Source>();
    source->name = name;
    if (owner == nullptr) {
        auto copy = std::make_shared<const std::string>(text);
        text = *copy;
        owner = std::move(copy);
    }
    source->text = text;
    source->owner = std::move(owner);
    source->isData = isData;
    const Lexer::Dialect dialect {functions.find("break") == nullptr, functions.find("continue") == nullptr, release != GoRelease::Go123};
    ParseState shared {*source, functions, Lexer(text, dialect), {}, 0, {}, {}};
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
