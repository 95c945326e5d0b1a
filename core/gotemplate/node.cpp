#include "core/gotemplate/node.h"

#include "core/gotemplate/go_quote.h"

#include <algorithm>

namespace fairway::gotemplate {

namespace {

class Printer {
public:
    std::string out;

    void node(const Node &node)
    {
        switch (node.type) {
        case NodeType::Text: out += as<TextNode>(node).text; break;
        case NodeType::List:
            for (const Node *item : as<ListNode>(node).nodes)
                this->node(*item);
            break;
        case NodeType::Action: out += "{{"; this->node(*as<ActionNode>(node).pipe); out += "}}"; break;
        case NodeType::Pipe: pipe(as<PipeNode>(node)); break;
        case NodeType::Command: command(as<CommandNode>(node)); break;
        case NodeType::Identifier: out += as<IdentifierNode>(node).name; break;
        case NodeType::Variable: out += as<VariableNode>(node).name; fields(as<VariableNode>(node).fields); break;
        case NodeType::Field: fields(as<FieldNode>(node).fields); break;
        case NodeType::Chain: chain(as<ChainNode>(node)); break;
        case NodeType::Dot: out += '.'; break;
        case NodeType::Nil: out += "nil"; break;
        case NodeType::Bool: out += as<BoolNode>(node).isTrue ? "true" : "false"; break;
        case NodeType::Number: out += as<NumberNode>(node).text; break;
        case NodeType::String: out += as<StringNode>(node).quoted; break;
        case NodeType::If: branch("if", as<BranchNode>(node)); break;
        case NodeType::Range: branch("range", as<BranchNode>(node)); break;
        case NodeType::With: branch("with", as<BranchNode>(node)); break;
        case NodeType::Template: templateCall(as<TemplateNode>(node)); break;
        case NodeType::Break: out += "{{break}}"; break;
        case NodeType::Continue: out += "{{continue}}"; break;
        case NodeType::End: out += "{{end}}"; break;
        case NodeType::Else: out += "{{else}}"; break;
        }
    }

private:
    void fields(std::span<const std::string_view> names)
    {
        for (const std::string_view name : names)
            out.append(1, '.').append(name);
    }

    void parenthesised(const Node &inner)
    {
        out += '(';
        node(inner);
        out += ')';
    }

    void pipe(const PipeNode &pipe)
    {
        for (std::size_t i = 0; i < pipe.declared.size(); ++i) {
            out += i > 0 ? ", " : "";
            node(*pipe.declared[i]);
        }
        if (!pipe.declared.empty())
            out += pipe.isAssignment ? " = " : " := ";
        for (std::size_t i = 0; i < pipe.commands.size(); ++i) {
            out += i > 0 ? " | " : "";
            node(*pipe.commands[i]);
        }
    }

    void command(const CommandNode &command)
    {
        for (std::size_t i = 0; i < command.arguments.size(); ++i) {
            out += i > 0 ? " " : "";
            const Node &argument = *command.arguments[i];
            if (argument.type == NodeType::Pipe)
                parenthesised(argument);
            else
                node(argument);
        }
    }

    void chain(const ChainNode &chain)
    {
        if (chain.operand->type == NodeType::Pipe)
            parenthesised(*chain.operand);
        else
            node(*chain.operand);
        fields(chain.fields);
    }

    void branch(std::string_view word, const BranchNode &branch)
    {
        out.append("{{").append(word).append(1, ' ');
        node(*branch.pipe);
        out += "}}";
        node(*branch.list);
        if (branch.elseList != nullptr) {
            out += "{{else}}";
            node(*branch.elseList);
        }
        out += "{{end}}";
    }

    void templateCall(const TemplateNode &call)
    {
        out.append("{{template ").append(quote(call.name));
        if (call.pipe != nullptr) {
            out += ' ';
            node(*call.pipe);
        }
        out += "}}";
    }
};

} // namespace

Source::Place Source::place(std::uint32_t offset) const
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return {static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n')),
        static_cast<std::uint32_t>(before.size() - lineStart)};
}

std::string toString(const Node &node)
{
    Printer printer;
    printer.node(node);
    return std::move(printer.out);
}

bool isEmpty(const ListNode &list)
{
    return std::all_of(list.nodes.begin(), list.nodes.end(), [](const Node *node) {
        if (node->type == NodeType::List)
            return isEmpty(as<ListNode>(*node));
        return node->type == NodeType::Text
            && as<TextNode>(*node).text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
    });
}

} // namespace fairway::gotemplate
