#pragma once

#include "core/gotemplate/node.h"
#include "core/gotemplate/template_store.h"
#include "core/gotemplate/tracer.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fairway::gotemplate {

/// The evaluator's side of a Tracer: labels, and what the output is made of. Its helpers take a null Trace and then do nothing.
class Trace {
public:
    using Label = Tracer::Label;
    using PlaceId = std::uint32_t; ///< 0: where the text is printed.
    using ChainId = std::uint32_t; ///< 0: the empty chain.

    /// A run of bytes with one origin. A run without bytes stands where a value was empty or a branch wrote nothing.
    struct Run {
        std::size_t length = 0;
        PlaceId place = 0;
        ChainId chain = 0;
        Label data = 0;
        Label control = 0;
        bool isGap = false;      ///< A branch wrote nothing here.
        bool beginsLine = false; ///< Without bytes: what could stand there would begin with a line break.
        bool endsLine = false;   ///< … would end with one.
        [[nodiscard]] bool hasOriginOf(const Run &other) const
        {
            return length > 0 && other.length > 0 && place == other.place && chain == other.chain && data == other.data
                && control == other.control;
        }
    };
    using Runs = std::vector<Run>;

    /// Of a value that depends on no input, whatever the container it is in depends on.
    static constexpr Label Constant = 1;

    Trace() { m_entries[Constant].flat = 0; }
    [[nodiscard]] static Trace *of(Tracer *tracer);

    // A run of a template
    void start(std::string &out);
    void abandon();
    void finish();
    [[nodiscard]] std::vector<Tracer::Piece> pieces();
    void setFirstControl(Label label) { m_firstControl = label; }
    void beforeText(const std::string &out, const Template &one, const TextNode &node);
    /// A branch wrote nothing because of `condition`; `other` would have been written otherwise.
    void nothing(const std::string &out, const Template &one, const Node &node, Label condition, const ListNode &other);
    void beforeValue(const std::string &out, const Template &one, const Node &node, const Value &value);

    /// Why a round of a range may have ended, or the range: what follows stands there because it did not.
    struct Jumps {
        Label round = 0;
        Label loop = 0;
    };
    void mayJump(Label reason, const BranchNode &branch);
    [[nodiscard]] Jumps jumps() const { return m_jumps; }
    [[nodiscard]] Label control() const { return m_control; }
    void setJumps(Jumps jumps) { m_jumps = jumps; }
    /// After a round that began under `control`, with the reasons there were before it.
    void endRound(Label control, Label reason);

    // Labels
    [[nodiscard]] Label sourceLabel(std::string_view path, value::SourcePosition position = {});
    /// Gives a member read out of `container` its label where it has none of its own.
    void accessed(Value &member, const Value &container, std::string_view name);
    void missed(Value &result, const Value &map, std::string_view name);
    /// Whether it is an input as it was given: its members are told by their paths.
    [[nodiscard]] bool isSource(const Value &value) const { return m_entries[labelOf(value)].isSource; }
    /// `target` depends on `reason`, too.
    void add(Value &target, Label reason);
    void add(Value &target, const Value &because) { add(target, labelOf(because)); }
    /// What decides whether the value is true. Of `or a b` with a true `b` alone that is b: nothing else could change it alone.
    [[nodiscard]] Label truthOf(const Value &value);
    /// What a branch depends on: if asks for truth; with and range take the value.
    [[nodiscard]] Label reasonOf(const Value &value, NodeType branch) { return branch == NodeType::If ? truthOf(value) : labelOf(value); }
    /// A label of its own for a value that is true because of `truth`.
    void setTruth(Value &value, Label truth);
    [[nodiscard]] static Label labelOf(const Value &value)
    {
        return Tracer::markOf(value);
    }
    static void setLabel(Value &value, Label label) { Tracer::mark(value, label); }
    [[nodiscard]] Label united(Label a, Label b);
    /// The input paths alone, without places.
    [[nodiscard]] Label flat(Label label);
    /// With the labels of everything inside.
    [[nodiscard]] Label deep(const Value &value);
    /// `rest`: what else the text as a whole depends on: what is not there because of it.
    [[nodiscard]] Label textLabel(Runs runs, Label rest = 0);
    [[nodiscard]] Label restOf(const Value &text) const { return m_entries[labelOf(text)].rest; }
    /// The runs of a text, or nullptr when it is of one piece.
    [[nodiscard]] const Runs *runsOf(const Value &text) const;

    /// While a template is included: its output gets runs of its own.
    class Inner {
    public:
        Inner(Trace *trace, const Template *caller, const Node *action, std::string &out);
        ~Inner();
        Inner(const Inner &) = delete;
        Inner &operator=(const Inner &) = delete;
        [[nodiscard]] Value result(Value value);

    private:
        Trace *m_trace;
        std::string *m_out = nullptr;
        PlaceId m_place = 0;
        ChainId m_chain = 0;
        Label m_control = 0;
        Label m_text = 0;
        Label m_rest = 0;
        std::vector<std::pair<std::size_t, Run>> m_runs;
    };
    /// While a text that is itself data runs as a template.
    class Because {
    public:
        Because(Trace *trace, const Value &value);
    };
    /// While a branch runs that was chosen because of `reason`.
    class Condition {
    public:
        Condition(Trace *trace, Label reason);
        ~Condition();
        Condition(const Condition &) = delete;
        Condition &operator=(const Condition &) = delete;

    private:
        Trace *m_trace;
        Label m_before = 0;
    };
    /// While {{template}} runs.
    class Through {
    public:
        Through(Trace *trace, const Template *caller, const Node *call);
        ~Through();
        Through(const Through &) = delete;
        Through &operator=(const Through &) = delete;

    private:
        Trace *m_trace;
        ChainId m_before = 0;
    };
    /// Arguments `and` and `or` looked at.
    class Choice {
    public:
        explicit Choice(Trace *trace)
            : m_trace(trace)
        {
        }
        void saw(const Value &value, bool decides);
        [[nodiscard]] Value result(Value value);

    private:
        Trace *m_trace;
        Label m_seen = 0;
        Label m_truth = 0;
    };
    /// A call of a function: keeps the arguments until the result is there.
    class Function {
    public:
        Function(Trace *trace, std::string_view name, std::span<Value> arguments);
        [[nodiscard]] Value result(Value value);

    private:
        Trace *m_trace;
        std::string_view m_name;
        std::vector<Value> m_arguments;
    };

private:
    static constexpr Label NotFlat = 0xFFFF'FFFF;
    struct Entry {
        std::vector<std::uint32_t> sources; ///< Sorted.
        Runs runs;                          ///< Of a text of several pieces.
        bool isSource = false;              ///< Stands for exactly one input path.
        bool isRoot = false; ///< The input that holds all others: it has no path.
        bool isText = false;
        bool beginsLine = false; ///< Of a text without bytes, see Run.
        bool endsLine = false;
        Label rest = 0;       ///< Of a text.
        Label flat = NotFlat;  ///< Of a text: its inputs alone, once asked for. Of what `and` and `or` gave: its inputs.
        Label truth = NotFlat; ///< Of what `and` and `or` gave: the inputs that decide whether it is true.
    };

    [[nodiscard]] Label setLabel(std::vector<std::uint32_t> sources);
    [[nodiscard]] PlaceId place(const Template &one, std::uint32_t offset);
    [[nodiscard]] PlaceId place(const Template &one, const Node &node) { return place(one, node.position); }
    [[nodiscard]] ChainId chain(std::vector<PlaceId> places);
    [[nodiscard]] ChainId prefixed(PlaceId first, ChainId rest);
    [[nodiscard]] ChainId joined(ChainId first, ChainId rest);
    /// The open runs as lengths over `size` bytes.
    [[nodiscard]] Runs closed(std::size_t size) const;
    void collect(const Value &value, Label &out, int depth, std::size_t &budget);
    /// Of the member that `names` lead to, of one that is not there, too.
    [[nodiscard]] Label memberLabel(Value container, std::span<const Value> names);
    [[nodiscard]] Label foundLabel(const Value &wanted, const value::List &items, Label around, bool isFound);
    [[nodiscard]] Label argumentsLabel(std::string_view name, std::span<const Value> arguments, const Value &result);

    std::vector<Entry> m_entries = std::vector<Entry>(2); ///< By label: that of nothing known, Constant, and those that were made.
    struct Input {
        std::string path;
        value::SourcePosition position;
    };
    std::vector<Input> m_sources;
    std::unordered_map<std::string, Label, TextHash, std::equal_to<>> m_sourceLabels;
    std::unordered_map<const void *, std::pair<Value, Value>> m_copies; ///< By identity: the original, held, and its copy.
    std::map<std::vector<std::uint32_t>, Label> m_sets;
    std::map<std::pair<Label, Label>, Label> m_unions;
    std::vector<Tracer::Place> m_places {Tracer::Place {}};
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_sourceNumbers;
    std::unordered_map<std::uint64_t, PlaceId> m_placeIds; ///< By the number of the source and the offset in it.
    std::vector<std::vector<PlaceId>> m_chains {{}};
    std::map<std::vector<PlaceId>, ChainId> m_chainIds;

    std::vector<std::pair<std::size_t, Run>> m_runs; ///< Offset where each begins.
    const std::string *m_out = nullptr;
    ChainId m_chain = 0;
    Label m_control = 0;
    Jumps m_jumps;
    Label m_because = 0; ///< Of the text that is about to run as a template.
    Label m_text = 0;    ///< Of the text that runs as a template.
    Label m_rest = 0;    ///< What is not there because of it, in texts printed so far: no line's matter, but that of the text as a whole.
    Label m_firstControl = 0;
    Runs m_finished;
    friend class Tracer;
};

/// Runs of a text that a function made out of others: where the arguments' texts, or most of them, still stand in the result.
[[nodiscard]] Trace::Runs alignedRuns(Trace &trace, std::string_view function, std::span<const Value> arguments, const Value &result);
/// Runs of YAML or JSON text: each line belongs to the value it writes.
[[nodiscard]] Trace::Runs yamlRuns(Trace &trace, const Value &value, const std::string &yaml);

/// Gives what a function read out of a YAML or JSON text the labels of the text's runs, each member those it was written with. `parsed`
/// must belong to the caller alone.
void labelParsed(Trace &trace, Value &parsed, const Value &text);

} // namespace fairway::gotemplate
