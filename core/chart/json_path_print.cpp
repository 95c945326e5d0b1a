#include "core/chart/go_text.h"
#include "core/chart/json_path.h"
#include "core/value/json.h"

#include <optional>

namespace fairway::chart {

using value::Value;
using Node = JsonPath::Node;
using Kind = Node::Kind;
using Values = std::vector<Value>;

namespace {

constexpr std::size_t MostResults = 1'000'000;

tl::unexpected<Error> refuse(std::string message)
{
    return fail(ErrorCode::InvalidInput, std::move(message));
}

/// What is in a list or map, and the bytes of a text.
Values membersOf(const Value &value)
{
    Values members;
    if (value.isList()) {
        members.assign(value.asList().begin(), value.asList().end());
    } else if (value.isMap()) {
        for (const auto &[name, member] : value.asMap())
            members.push_back(member);
    } else if (value.isString()) {
        for (const char c : value.asString())
            members.emplace_back(std::int64_t {static_cast<unsigned char>(c)}, value::Origin::Uint8);
    }
    return members;
}

/// Negative, 0 or positive; nothing when they can't be compared: only within one kind, and no lists or maps.
std::optional<int> compared(const Value &a, const Value &b)
{
    if (a.kind() != b.kind())
        return std::nullopt;
    switch (a.kind()) {
    case value::Kind::Bool: return static_cast<int>(a.asBool()) - static_cast<int>(b.asBool());
    case value::Kind::Int: return a.asInt() < b.asInt() ? -1 : a.asInt() > b.asInt() ? 1 : 0;
    case value::Kind::Float: return a.asFloat() < b.asFloat() ? -1 : a.asFloat() > b.asFloat() ? 1 : 0;
    case value::Kind::String: return a.asString().compare(b.asString());
    default: return std::nullopt;
    }
}

class Walk {
public:
    explicit Walk(const std::vector<Node> &root)
        : m_root(root)
    {
    }

    /// The results of each node of the root from `from` on, until the end of a range that is open.
    Result<std::vector<Values>> find(const Value &data, std::size_t from)
    {
        std::vector<Values> all;
        for (std::size_t i = from; i < m_root.size(); ++i) {
            Result<Values> found = walk({data}, m_root[i]);
            if (!found)
                return tl::unexpected(found.error());
            if (m_ends > 0 && m_ends <= m_ranges) {
                --m_ends;
                m_lastEnd = i;
                break;
            }
            if (!m_isRange) {
                all.push_back(std::move(*found));
                continue;
            }
            m_isRange = false;
            ++m_ranges;
            // A range without items is walked once nevertheless, to come to its end.
            const bool isEmpty = found->empty();
            for (const Value &item : isEmpty ? Values {Value()} : *found) {
                Result<std::vector<Values>> inner = find(item, i + 1);
                if (!inner)
                    return tl::unexpected(inner.error());
                if (!isEmpty)
                    all.insert(all.end(), std::make_move_iterator(inner->begin()), std::make_move_iterator(inner->end()));
            }
            --m_ranges;
            if (m_lastEnd && *m_lastEnd > i)
                i = *m_lastEnd;
        }
        return all;
    }

private:
    Result<Values> walk(const Values &input, const Node &node)
    {
        m_results += input.size() + 1;
        if (m_results > MostResults)
            return fail(ErrorCode::LimitExceeded, "the path finds more than " + std::to_string(MostResults) + " values");
        switch (node.kind) {
        case Kind::List: {
            Values current = input;
            for (const Node &child : node.children) {
                Result<Values> next = walk(current, child);
                if (!next)
                    return next;
                current = std::move(*next);
            }
            return current;
        }
        case Kind::Text: return Values {node.constant};
        case Kind::Constant: return Values(input.size(), node.constant);
        case Kind::Field: return field(input, node);
        case Kind::Slice: return slice(input, node);
        case Kind::Filter: return filter(input, node);
        case Kind::Wildcard: {
            Values out;
            for (const Value &value : input) {
                Values members = membersOf(value);
                out.insert(out.end(), std::make_move_iterator(members.begin()), std::make_move_iterator(members.end()));
            }
            return out;
        }
        case Kind::Recursive: {
            Values out;
            descend(input, out);
            return out;
        }
        case Kind::Union: {
            Values out;
            for (const Node &list : node.children) {
                Result<Values> found = walk(input, list);
                if (!found)
                    return found;
                out.insert(out.end(), found->begin(), found->end());
            }
            return out;
        }
        case Kind::Identifier: return identifier(input, node);
        }
        return Values();
    }

    static Result<Values> field(const Values &input, const Node &node)
    {
        Values out;
        for (const Value &value : input) {
            if (const Value *const member = value.isMap() ? value.asMap().get(node.text) : nullptr)
                out.push_back(*member);
        }
        if (out.empty() && !input.empty())
            return refuse(node.text + " is not found");
        return out;
    }

    static Result<Values> slice(const Values &input, const Node &node)
    {
        Values out;
        for (const Value &value : input) {
            if (value.isNull())
                continue;
            if (!value.isList())
                return refuse(std::string(goTypeName(value)) + " is not array or slice");
            const auto size = static_cast<std::int64_t>(value.size());
            std::int64_t begin = node.bounds[0].isKnown ? node.bounds[0].value : 0;
            std::int64_t end = node.bounds[1].isKnown ? node.bounds[1].value : size;
            if (begin < 0)
                begin += size;
            if (end < 0 || (end == 0 && node.bounds[1].isDerived))
                end += size;
            if (begin == end)
                return out;
            if (begin >= size || begin < 0)
                return refuse("array index out of bounds: index " + std::to_string(begin) + ", length " + std::to_string(size));
            if (end > size || end < 0)
                return refuse("array index out of bounds: index " + std::to_string(end - 1) + ", length " + std::to_string(size));
            if (begin > end)
                return refuse("starting index " + std::to_string(begin) + " is greater than ending index " + std::to_string(end));
            const std::int64_t step = node.bounds[2].isKnown ? node.bounds[2].value : 1;
            if (step <= 0)
                return refuse("step must be > 0");
            for (std::int64_t i = begin; i < end && end - i > 0; i += std::min(step, end - i))
                out.push_back(value[static_cast<std::size_t>(i)]);
        }
        return out;
    }

    void descend(const Values &input, Values &out)
    {
        for (const Value &value : input) {
            const Values members = membersOf(value);
            if (members.empty() || ++m_results > MostResults)
                continue;
            out.push_back(value);
            if (!value.isString()) // bytes hold nothing
                descend(members, out);
        }
    }

    Result<Values> filter(const Values &input, const Node &node)
    {
        Values out;
        for (const Value &list : input) {
            if (!list.isList())
                return refuse(goFormatted(list) + " is not array or slice and cannot be filtered");
            for (const Value &item : list.asList()) {
                const Result<Values> left = walk({item}, node.children[0]);
                if (node.text == "exists") {
                    if (left && !left->empty())
                        out.push_back(item);
                    continue;
                }
                if (!left)
                    return left;
                if (left->empty())
                    continue;
                const Result<Values> right = walk({item}, node.children[1]);
                if (!right)
                    return right;
                if (left->size() > 1 || right->size() > 1)
                    return refuse("can only compare one element at a time");
                if (right->empty())
                    continue;
                const Result<bool> passes = compare(left->front(), right->front(), node.text);
                if (!passes)
                    return tl::unexpected(passes.error());
                if (*passes)
                    out.push_back(item);
            }
        }
        return out;
    }

    static Result<bool> compare(const Value &left, const Value &right, std::string_view mark)
    {
        const bool isEquality = mark == "==" || mark == "!=";
        if (!isEquality && mark != "<" && mark != ">" && mark != "<=" && mark != ">=")
            return refuse("unrecognized filter operator " + std::string(mark));
        const std::optional<int> order = compared(left, right);
        if (!order)
            return refuse("incompatible types for comparison");
        if (left.isBool() && !isEquality)
            return refuse("invalid type for comparison");
        if (mark == "==")
            return *order == 0;
        if (mark == "!=")
            return *order != 0;
        return mark == "<" ? *order < 0 : mark == ">" ? *order > 0 : mark == "<=" ? *order <= 0 : *order >= 0;
    }

    Result<Values> identifier(const Values &input, const Node &node)
    {
        if (node.text == "range") {
            m_isRange = true;
            return input;
        }
        if (node.text != "end")
            return refuse("unrecognized identifier " + node.text);
        if (m_ranges == 0)
            return refuse("not in range, nothing to end");
        ++m_ends;
        return Values();
    }

    const std::vector<Node> &m_root;
    std::size_t m_results = 0;
    std::size_t m_ranges = 0; ///< Open ones.
    std::size_t m_ends = 0;   ///< Seen, and not yet used.
    std::optional<std::size_t> m_lastEnd;
    bool m_isRange = false;
};

} // namespace

Result<std::string> JsonPath::print(const Value &data) const
{
    const Result<std::vector<Values>> found = Walk(*m_root).find(data, 0);
    if (!found)
        return tl::unexpected(found.error());
    std::string out;
    for (const Values &results : *found) {
        for (std::size_t i = 0; i < results.size(); ++i) {
            const Value &one = results[i];
            if (one.isList() || one.isMap())
                out += value::toJson(one, value::JsonStyle::Compact, value::JsonEscape::Html);
            else
                out += one.isNull() ? "null" : goFormatted(one);
            if (i + 1 < results.size())
                out += ' ';
        }
    }
    return out;
}

} // namespace fairway::chart
