#include "core/gotemplate/go_format.h"
#include "core/gotemplate/trace.h"
#include "core/value/yaml_tree.h"

namespace fairway::gotemplate {

namespace {

/// An origin for each byte of a text, put together into runs at the end.
class ByteOrigins {
public:
    explicit ByteOrigins(std::size_t size)
        : m_origins(size)
    {
    }

    void set(std::size_t at, const Trace::Run &origin) { m_origins[at] = origin; }
    void setRange(std::size_t begin, std::size_t end, Trace::Label data)
    {
        for (std::size_t i = begin; i < end && i < m_origins.size(); ++i)
            m_origins[i].data = data;
    }
    void addEverywhere(Trace &trace, Trace::Label data)
    {
        for (Trace::Run &origin : m_origins)
            origin.data = trace.united(origin.data, data);
    }
    [[nodiscard]] const Trace::Run &operator[](std::size_t at) const { return m_origins[at]; }
    [[nodiscard]] Trace::Runs runs() const
    {
        Trace::Runs out;
        for (const Trace::Run &origin : m_origins) {
            if (out.empty() || !out.back().hasOriginOf(origin))
                out.push_back(origin);
            else
                ++out.back().length;
            if (out.back().length == 0)
                out.back().length = 1;
        }
        return out;
    }

private:
    std::vector<Trace::Run> m_origins;
};

ByteOrigins originsOf(Trace &trace, const Value &value, std::size_t size)
{
    ByteOrigins out(size);
    const Trace::Runs *runs = value.isString() ? trace.runsOf(value) : nullptr;
    if (runs == nullptr) {
        out.setRange(0, size, trace.deep(value));
        return out;
    }
    std::size_t at = 0;
    for (const Trace::Run &run : *runs) {
        Trace::Run origin = run;
        origin.length = 0;
        for (std::size_t i = 0; i < run.length && at < size; ++i)
            out.set(at++, origin);
    }
    return out;
}

enum class Change : std::uint8_t { Inserts, Deletes, Replaces };

Change changeOf(std::string_view function)
{
    if (function == "indent" || function == "nindent" || function == "quote" || function == "squote" || function == "toString")
        return Change::Inserts;
    if (function == "upper" || function == "lower" || function == "title" || function == "replace")
        return Change::Replaces;
    return Change::Deletes;
}

/// Walks along both texts. Where they differ the result has more, less or something else, as the function does.
void align(ByteOrigins &out, const std::string &result, const ByteOrigins &origins, const std::string &text, Change change)
{
    constexpr std::size_t window = 64;
    std::size_t from = 0;
    for (std::size_t to = 0; to < result.size(); ++to) {
        const std::size_t nearest = text.empty() ? 0 : std::min(from, text.size() - 1);
        if (from < text.size() && result[to] != text[from]) {
            if (change == Change::Deletes) {
                const std::size_t skip = text.find(result[to], from);
                from = skip == std::string::npos ? from : skip;
            } else if (change == Change::Replaces && to + 3 < result.size()) {
                const std::size_t again = text.find(std::string_view(result).substr(to, 4), from);
                from = again != std::string::npos && again - from < window ? again : from;
            }
        }
        if (!text.empty())
            out.set(to, origins[std::min(from < text.size() ? from : nearest, text.size() - 1)]);
        const bool isTaken = from < text.size() && (result[to] == text[from] || change == Change::Replaces);
        from += isTaken ? 1 : 0;
    }
}

} // namespace

Trace::Runs alignedRuns(Trace &trace, std::string_view function, std::span<const Value> arguments, const Value &result)
{
    const std::string &text = result.asString();
    ByteOrigins out(text.size());
    const bool isSingle = function != "printf" && function != "print" && function != "println" && function != "cat" && function != "join"
        && !arguments.empty() && arguments.back().isString() && !(function == "quote" && arguments.size() > 1);
    if (isSingle) {
        const Value &carrier = arguments.back();
        if (carrier.asString().empty())
            out.addEverywhere(trace, trace.deep(carrier));
        align(out, text, originsOf(trace, carrier, carrier.asString().size()), carrier.asString(), changeOf(function));
        for (const Value &other : arguments.first(arguments.size() - 1))
            out.addEverywhere(trace, trace.deep(other));
        return out.runs();
    }
    // The arguments' texts one after the other in the result; the rest of it was the function's own.
    std::vector<Value> parts(arguments.begin(), arguments.end());
    if (function == "join" && arguments.size() == 2 && arguments[1].isList())
        parts.assign(arguments[1].asList().begin(), arguments[1].asList().end());
    std::size_t at = 0;
    const std::size_t first = function == "printf" ? 1 : 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string shown;
        appendGoText(shown, parts[i]);
        const std::size_t found = i < first || shown.empty() ? std::string::npos : text.find(shown, at);
        if (found == std::string::npos) {
            out.addEverywhere(trace, trace.deep(parts[i]));
            continue;
        }
        const ByteOrigins origins = originsOf(trace, parts[i], shown.size());
        for (std::size_t c = 0; c < shown.size(); ++c)
            out.set(found + c, origins[c]);
        at = found + shown.size();
    }
    return out.runs();
}

namespace {

/// Beside each other through the text's tree and the data it was written of.
void markYaml(Trace &trace, ByteOrigins &out, const value::YamlNode &node, const Value &value, Trace::Label around, int depth)
{
    constexpr int deepest = 200;
    const Trace::Label own = Trace::labelOf(value) != 0 ? trace.flat(Trace::labelOf(value)) : around;
    if (depth > deepest)
        return;
    if (node.kind == value::YamlNode::Kind::Map && value.isMap()) {
        for (const auto &[key, member] : node.members) {
            const Value &item = value[std::string_view(key.text)];
            const Trace::Label label = Trace::labelOf(item) != 0 ? trace.flat(Trace::labelOf(item)) : own;
            // The key, the colon and the line's end belong to the member.
            out.setRange(key.start.offset, member.end.offset + 1, label);
            markYaml(trace, out, member, item, own, depth + 1);
        }
    } else if (node.kind == value::YamlNode::Kind::List && value.isList()) {
        for (std::size_t i = 0; i < node.items.size() && i < value.size(); ++i) {
            const Trace::Label label = Trace::labelOf(value[i]) != 0 ? trace.flat(Trace::labelOf(value[i])) : own;
            const std::size_t dash = node.items[i].start.offset >= 2 ? node.items[i].start.offset - 2 : 0;
            out.setRange(dash, node.items[i].end.offset + 1, label);
            markYaml(trace, out, node.items[i], value[i], own, depth + 1);
        }
    } else {
        const Trace::Label inside = trace.deep(value);
        out.setRange(node.start.offset, node.end.offset, inside != 0 || Trace::labelOf(value) == Trace::Constant ? inside : own);
    }
}

} // namespace

Trace::Runs yamlRuns(Trace &trace, const Value &value, const std::string &yaml)
{
    ByteOrigins out(yaml.size());
    const auto documents = value::parseYamlTree(yaml);
    if (!documents || documents->size() != 1) {
        out.setRange(0, yaml.size(), trace.deep(value));
        return out.runs();
    }
    out.setRange(0, yaml.size(), trace.flat(Trace::labelOf(value)));
    markYaml(trace, out, documents->front(), value, trace.flat(Trace::labelOf(value)), 0);
    return out.runs();
}

} // namespace fairway::gotemplate
