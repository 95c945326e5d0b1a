#pragma once

#include "core/gotemplate/parse_state.h"
#include "core/gotemplate/token_window.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::gotemplate {

/// Reads one template; `define` and `block` start another one on the same tokens. Throws ParseFailure.
class TreeParser {
public:
    TreeParser(ParseState &state, std::string name)
        : m_shared(state)
        , m_tokens(state.lexer)
        , m_name(std::move(name))
    {
    }

    void parseFile();

private:
    [[noreturn]] void fail(const std::string &message) const;
    [[noreturn]] void unexpected(const Token &token, std::string_view context) const;
    Token expect(TokenType type, std::string_view context);
    std::string unquoted(const Token &token);

    ListNode *list(std::size_t position, const Gathering<Node> &nodes);
    void add(const ListNode *root);
    void parseDefinition();
    void parseBody(std::string_view context);
    std::pair<ListNode *, Node *> itemList();
    Node *textOrAction();
    Node *action();
    Node *loopControl(const Token &token, NodeType type, std::string_view words);
    Node *elseControl();
    BranchNode *control(NodeType type, std::string_view context);
    Node *block();
    Node *templateCall();
    std::string templateName(const Token &token, std::string_view context);
    Node *call(const Token &token, const std::string &name, PipeNode *pipe);

    PipeNode *pipeline(std::string_view context, TokenType end);
    void declarations(PipeNode &pipe, std::string_view context);
    void check(const PipeNode &pipe, std::string_view context) const;
    CommandNode *command();
    Node *operand();
    Node *term();
    VariableNode *variableNode(const Token &token);
    Node *number(const Token &token);

    ParseState &m_shared;
    TokenWindow m_tokens;
    std::string m_name;
    std::vector<std::string_view> m_variables {"$"};
    std::vector<VariableId> m_assigned;
    std::vector<CommandNode *> m_sets;
    bool m_mayBreak = false; ///< Stood since the branch began.
    bool m_mayContinue = false;
    int m_rangeDepth = 0;
    std::uint32_t m_actionLine = 0;
};

} // namespace fairway::gotemplate
