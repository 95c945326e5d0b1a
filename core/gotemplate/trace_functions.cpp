#include "core/gotemplate/trace.h"

#include <algorithm>
#include <iterator>

namespace fairway::gotemplate {

namespace {

template <std::size_t Size>
bool isOneOf(std::string_view name, const std::string_view (&names)[Size])
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// What they make holds the arguments themselves, each with its own label.
constexpr std::string_view Structural[] = {"dict", "list", "tuple", "set", "unset", "merge", "mustMerge", "mergeOverwrite",
    "mustMergeOverwrite", "pick", "omit", "append", "push", "mustAppend", "mustPush", "prepend", "mustPrepend", "concat", "deepCopy",
    "mustDeepCopy", "values", "pluck", "reverse", "mustReverse", "uniq", "mustUniq", "without", "mustWithout", "compact",
    "mustCompact", "slice", "mustSlice", "chunk", "mustChunk", "rest", "mustRest", "initial", "mustInitial"};
/// They ask a container whether there is something, not what.
constexpr std::string_view Shallow[]
    = {"empty", "len", "not", "kindIs", "kindOf", "typeIs", "typeOf", "typeIsLike", "required", "all", "any", "keys"};
constexpr std::string_view Writing[] = {"toYaml", "toYamlPretty", "mustToYaml", "toJson", "mustToJson", "toPrettyJson",
    "mustToPrettyJson", "toRawJson", "mustToRawJson"};
constexpr std::string_view Parsing[]
    = {"fromYaml", "fromYamlArray", "fromJson", "fromJsonArray", "mustFromJson"};
constexpr std::string_view TextMoving[] = {"indent", "nindent", "trim", "trimSuffix", "trimPrefix", "trimAll", "trimall", "quote",
    "squote", "replace", "trunc", "upper", "lower", "title", "toString", "cat", "print", "printf", "println", "nospace", "join"};

} // namespace

void Trace::Choice::saw(const Value &value, bool decides)
{
    if (m_trace == nullptr)
        return;
    m_seen = m_trace->united(m_seen, labelOf(value));
    m_truth = decides ? m_trace->truthOf(value) : m_trace->united(m_truth, m_trace->truthOf(value));
}

Value Trace::Choice::result(Value value)
{
    if (m_trace != nullptr) {
        m_trace->add(value, m_seen);
        m_trace->setTruth(value, m_truth);
    }
    return value;
}

Trace::Function::Function(Trace *trace, std::string_view name, std::span<Value> arguments)
    : m_trace(trace)
    , m_name(name)
{
    if (trace == nullptr)
        return;
    // What is put into a map under a condition depends on it wherever the map is read.
    if (name == "set" && arguments.size() == 3 && trace->m_control != 0) {
        trace->add(arguments[2], trace->m_control);
    }
    m_arguments.assign(arguments.begin(), arguments.end());
}

Trace::Label Trace::memberLabel(Value container, std::span<const Value> names)
{
    Label out = 0;
    for (const Value &name : names) {
        out = united(out, labelOf(name));
        Value member;
        if (container.isMap() && name.isString()) {
            member = container[std::string_view(name.asString())];
            accessed(member, container, name.asString());
        } else if (container.isList() && name.isInt()) {
            member = container[static_cast<std::size_t>(name.asInt())];
        }
        container = std::move(member);
    }
    return united(out, labelOf(container));
}

/// Of what was found, the items that are it: no other one could change that. Of what was not, `around`: the list as such.
Trace::Label Trace::foundLabel(const Value &wanted, const value::List &items, Label around, bool isFound)
{
    Label out = 0;
    for (const Value &item : items)
        out = isFound && item == wanted ? united(out, deep(item)) : out;
    return out != 0 ? united(out, labelOf(wanted)) : around;
}

/// What else than its own origin decides a result.
Trace::Label Trace::argumentsLabel(std::string_view name, std::span<const Value> arguments, const Value &result)
{
    const auto scalar = [](const Value &value) { return value.isMap() || value.isList() || value.isObject() ? Label {0} : labelOf(value); };
    if (name == "ternary" && arguments.size() == 3)
        return truthOf(arguments[2]);
    if (name == "not" && arguments.size() == 1)
        return truthOf(arguments[0]);
    // Whether a text is run as a template is no matter of its own: the text itself says what comes out.
    if (name == "contains" && arguments.size() == 2 && arguments[0].isString() && arguments[0].asString() == "{{")
        return 0;
    if ((name == "get" || name == "index") && arguments.size() > 1)
        return memberLabel(arguments[0], arguments.subspan(1));
    if (name == "dig" && arguments.size() > 2)
        return memberLabel(arguments.back(), arguments.first(arguments.size() - 2));
    if (name == "default" && arguments.size() == 2)
        return united(labelOf(arguments[1]), labelOf(result));
    if (name == "hasKey" && arguments.size() == 2 && arguments[0].isMap() && arguments[1].isString()) {
        Value member = arguments[0][std::string_view(arguments[1].asString())];
        accessed(member, arguments[0], arguments[1].asString());
        return united(labelOf(member), labelOf(arguments[1]));
    }
    if ((name == "has" || name == "mustHas") && arguments.size() == 2 && arguments[1].isList() && result.isBool())
        return foundLabel(arguments[0], arguments[1].asList(), united(labelOf(arguments[0]), labelOf(arguments[1])), result.asBool());
    Label out = 0;
    if (name == "coalesce") {
        for (const Value &argument : arguments) {
            out = united(out, labelOf(argument));
            if (labelOf(argument) == labelOf(result) && !result.isNull())
                break;
        }
        return out;
    }
    const bool hasOwn = labelOf(result) != 0;
    const bool isContainer = result.isMap() || result.isList();
    if (isOneOf(name, Structural) && isContainer) {
        // Members keep theirs; only what has labels as a whole (read from a text) passes them on.
        for (const Value &argument : arguments) {
            const Label label = labelOf(argument);
            if ((argument.isMap() || argument.isList()) && label != 0 && !m_entries[label].isSource)
                out = united(out, label);
        }
        return out;
    }
    for (const Value &argument : arguments)
        out = united(out, hasOwn ? scalar(argument) : isOneOf(name, Shallow) ? labelOf(argument) : deep(argument));
    return out;
}

Value Trace::Function::result(Value value)
{
    if (m_trace == nullptr || m_name == "include" || m_name == "tpl")
        return value;
    const bool hasOwn = labelOf(value) != 0;
    if (value.isString() && !hasOwn && !value.asString().empty()) {
        const bool isYaml = isOneOf(m_name, Writing) && m_arguments.size() == 1;
        if (isYaml || isOneOf(m_name, TextMoving)) {
            Runs runs = isYaml ? yamlRuns(*m_trace, m_arguments[0], value.asString())
                               : alignedRuns(*m_trace, m_name, m_arguments, value);
            Label rest = 0;
            for (const Value &argument : m_arguments)
                rest = m_trace->united(rest, argument.isString() ? m_trace->restOf(argument) : 0);
            if (!runs.empty())
                setLabel(value, m_trace->textLabel(std::move(runs), rest));
            return value;
        }
    }
    // A text that passed through unchanged (trim with nothing to trim) is its argument with its own runs.
    const bool isUnchanged = value.isString() && hasOwn && isOneOf(m_name, TextMoving);
    if (isUnchanged)
        return value;
    const bool isParsed = isOneOf(m_name, Parsing) && m_arguments.size() == 1 && m_arguments[0].isString();
    if (isParsed && (value.isMap() || value.isList()) && m_trace->runsOf(m_arguments[0]) != nullptr) {
        labelParsed(*m_trace, value, m_arguments[0]);
        return value;
    }
    m_trace->add(value, m_trace->argumentsLabel(m_name, m_arguments, value));
    return value;
}

} // namespace fairway::gotemplate
