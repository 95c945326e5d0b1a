#pragma once

#include "core/gotemplate/node.h"
#include "core/gotemplate/template_store.h"
#include "core/gotemplate/trace.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {

/// A value while a template runs. Go's reflect.Value knows whether it is an interface that holds something or the thing itself;
/// its error messages tell the two apart.
struct Operand {
    Value value;
    bool isBoxed = false; ///< Held by an interface {}: an item of a list or map of those.

    [[nodiscard]] static Operand absent() { return {Value().withOrigin(value::Origin::Absent), false}; }
    [[nodiscard]] bool isAbsent() const { return value.isNull() && value.origin() == value::Origin::Absent; }
    /// The type Go's messages name.
    [[nodiscard]] std::string_view typeName() const;
};

/// Runs one template and what it calls. Steps and messages follow Go's text/template so closely that the node an error is
/// reported at is always the one Go reports: m_node changes where Go's `s.at()` stands.
///
/// Errors travel inside as exceptions, as they do in Go, and become results in run(), include() and runText().
class Executor final : public Execution {
public:
    Executor(const TemplateSet::Impl &set, const ExecuteOptions &options);

    [[nodiscard]] TemplateResult<std::string> run(std::string_view name, const Value &data);

    [[nodiscard]] const TemplateSet &templates() const override { return *m_set->handle; }
    [[nodiscard]] const ExecuteOptions &options() const override { return m_options; }
    [[nodiscard]] TemplateResult<Value> include(std::string_view name, const Value &data) override;
    [[nodiscard]] TemplateResult<Value> runText(
        std::string_view name, const Value &text, const Value &data, bool &isParseError) override;

private:
    enum class Flow : std::uint8_t { Next, Break, Continue };
    struct Variable {
        VariableId id = 0;
        Operand operand;
    };
    /// What of the state belongs to one template.
    struct Frame {
        const Template *current = nullptr;
        const Node *node = nullptr;
        const Node *action = nullptr;
        std::size_t firstVariable = 0;
    };

    // Actions
    void runTemplate(const Template &one, const Operand &data);
    void runNested(const Template &one, const Value &data, std::string &out);
    Flow walk(const Operand &dot, const Node &node);
    Flow walkList(const Operand &dot, const ListNode &list);
    Flow walkBranch(const Operand &dot, const BranchNode &branch);
    Flow walkRange(const Operand &dot, const BranchNode &range);
    bool iterate(const BranchNode &range, Operand index, Operand item);
    bool iterateAll(const BranchNode &range, const Operand &items);
    void walkTemplate(const Operand &dot, const TemplateNode &call);
    void print(const Node &node, const Operand &value);
    void write(std::string_view text);

    // Values
    [[nodiscard]] Operand pipeline(const Operand &dot, const PipeNode &pipe);
    [[nodiscard]] Operand command(const Operand &dot, const CommandNode &command, const Operand *final);
    [[nodiscard]] Operand fieldChain(const Operand &dot, Operand receiver, const Node &node,
        std::span<const std::string_view> fields, std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Operand field(const Operand &dot, std::string_view name, const Node &node,
        std::span<Node *const> arguments, const Operand *final, Operand receiver);
    [[nodiscard]] std::optional<Operand> objectField(const Operand &dot, std::string_view name, const Node &node,
        std::span<Node *const> arguments, const Operand *final, const Operand &receiver);
    [[nodiscard]] Operand missing(const Operand &map, std::string_view name);
    [[nodiscard]] Operand chain(
        const Operand &dot, const ChainNode &chain, std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Operand variable(
        const Operand &dot, const VariableNode &variable, std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Operand function(const Operand &dot, const IdentifierNode &name, const Node &at,
        std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Operand call(const Operand &dot, const FunctionMap::Entry &function, const Node &at, std::string_view name,
        std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Operand callMethod(const Operand &dot, const TemplateObject &self, const TemplateObject::Method &method,
        const Node &at, std::string_view name, std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Operand decide(const Operand &dot, bool stopsAt, std::span<Node *const> arguments, const Operand *final);
    [[nodiscard]] Value argument(const Operand &dot, Type type, const Node &node);
    /// The argument without a wanted type.
    [[nodiscard]] std::optional<Operand> dynamicArgument(const Operand &dot, const Node &node);
    [[nodiscard]] Value literal(Type type, const Node &node);
    [[nodiscard]] Value validated(const Operand &operand, Type type);
    [[nodiscard]] Value constant(const NumberNode &number);
    void refuseArguments(std::span<Node *const> arguments, const Operand *final);

    // Variables
    [[nodiscard]] Variable &find(const VariableNode &variable);
    void assign(const VariableNode &variable, const Operand &value);
    /// In a traced run: what a variable holds may depend on a condition even if the assignment was not reached.
    void taint(VariableId id, Trace::Label because);
    /// The same for what `set` puts into a variable's map.
    void taint(const CommandNode &set, Trace::Label because);

    // Errors and bounds
    void at(const Node &node) { m_frame.node = &node; }
    [[noreturn]] void fail(const std::string &message, ErrorCode code = ErrorCode::InvalidInput,
        TemplateError *cause = nullptr) const;
    void step()
    {
        if ((++m_steps & StepsBetweenChecks) == 0)
            checkBounds();
    }
    void checkBounds() const;
    void checkStack() const;

    static constexpr std::uint64_t StepsBetweenChecks = 1023;

    const TemplateSet::Impl *m_set;
    const ExecuteOptions &m_options;
    Frame m_frame;
    std::vector<Variable> m_variables;
    std::string *m_out = nullptr;
    std::uint64_t m_steps = 0;
    const char *m_stackStart = nullptr;
    std::chrono::steady_clock::time_point m_deadline;
    Trace *m_trace = nullptr; ///< Null in runs without a tracer.
};

} // namespace fairway::gotemplate
