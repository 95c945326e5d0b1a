#pragma once

#include "core/gotemplate/function.h"
#include "core/gotemplate/node_arena.h"
#include "core/value/value.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {

enum class NodeType : std::uint8_t {
    Text, Action, Pipe, Command, Identifier, Variable, Field, Chain, Dot, Nil, Bool, Number, String,
    If, Range, With, Template, Break, Continue, List, End, Else,
};

/// One node of a template that was read. Nodes live in the arena of their Source and own nothing.
struct Node {
    NodeType type;
    std::uint32_t position; ///< Offset in the source's text.
};

/// A variable's name as a number, good within one Source. 0 is `$`.
using VariableId = std::uint32_t;

struct TextNode : Node {
    std::string_view text;
};
struct ListNode : Node {
    std::span<Node *> nodes;
};
struct VariableNode : Node {
    std::string_view name; ///< With its `$`.
    VariableId id;
    std::span<std::string_view> fields;
};
struct CommandNode : Node {
    std::span<Node *> arguments; ///< The first is the operand or the function.
};
struct PipeNode : Node {
    bool isAssignment;
    std::span<VariableNode *> declared;
    std::span<CommandNode *> commands;
};
struct ActionNode : Node {
    PipeNode *pipe;
};
struct IdentifierNode : Node {
    std::string_view name;
    FunctionMap::Entry function;
};
struct FieldNode : Node {
    std::span<std::string_view> fields;
};
struct ChainNode : Node {
    Node *operand;
    std::span<std::string_view> fields;
};
struct BoolNode : Node {
    bool isTrue;
};
struct NumberNode : Node {
    std::string_view text;
    bool isInt;
    bool isUint;
    bool isFloat;
    bool isComplex;
    std::int64_t integer;
    double real;
    const Value *constant; ///< What it is where no type is asked for; null: it overflows int.
};
struct StringNode : Node {
    std::string_view quoted;
    const Value *constant;
};
/// if, range and with.
struct BranchNode : Node {
    PipeNode *pipe;
    ListNode *list;
    ListNode *elseList; ///< Null when there is none.
    std::span<VariableId> assigned; ///< Variables that `=` may change inside.
    std::span<CommandNode *> sets; ///< Calls of set inside whose map is a variable's and whose key is a constant.
    bool mayBreak = false;    ///< {{break}} stands inside, of a range around this.
    bool mayContinue = false; ///< So does {{continue}}.
};
struct TemplateNode : Node {
    std::string_view name;
    PipeNode *pipe; ///< Null: without data.
};

/// The text of one parse() and what was made of it.
struct Source {
    std::string name;
    std::string_view text;
    std::shared_ptr<const void> owner; ///< Of `text`.
    NodeArena arena;
    std::deque<Value> constants;
    std::vector<std::string_view> variables {"$"};
    bool isData = false; ///< A text that came as a value: its places mean nothing to who reads the templates.

    /// Line from 1 and column from 0 in bytes, as Go's error messages have them.
    struct Place {
        std::uint32_t line = 1;
        std::uint32_t column = 0;
    };
    [[nodiscard]] Place place(std::uint32_t offset) const;
    [[nodiscard]] Place place(const Node &node) const { return place(node.position); }
};

struct Template {
    std::string name;
    std::shared_ptr<const Source> source;
    const ListNode *root = nullptr;
};

template <typename T>
[[nodiscard]] const T &as(const Node &node)
{
    return static_cast<const T &>(node);
}

/// The node as a template would say it: Go's Node.String(), which its error messages quote.
[[nodiscard]] std::string toString(const Node &node);
/// Whether nothing but white space is in it.
[[nodiscard]] bool isEmpty(const ListNode &list);

} // namespace fairway::gotemplate
