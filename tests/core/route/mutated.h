#pragma once

#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <vector>

/// Objects with one part turned into something of another type.
namespace fairway::route {

/// What stands where something else should: every kind, and lists and maps around the wrong thing.
inline value::Value wrongValue(std::size_t which)
{
    using value::Value;
    switch (which % 12) {
    case 0:
        return Value::list({Value("x")});
    case 1:
        return Value("x");
    case 2:
        return Value::map({{"a", Value()}});
    case 3:
        return Value::list({Value()});
    case 4:
        return Value(-1);
    case 5:
        return Value();
    case 6:
        return Value::map();
    case 7:
        return Value(true);
    case 8:
        return Value::list();
    case 9:
        return Value(1e30);
    case 10:
        return Value("(");
    default:
        return Value::map({{"exact", Value::map()}});
    }
}

/// Lists, maps and scalars below `node`, itself included.
inline std::size_t countOf(const value::Value &node)
{
    std::size_t count = 1;
    if (node.isList()) {
        for (const value::Value &one : node.asList())
            count += countOf(one);
    } else if (node.isMap()) {
        for (const auto &[key, one] : node.asMap())
            count += countOf(one);
    }
    return count;
}

/// Puts `with` in place of the part number `at` below `node`, counted as countOf() does; `at` is what is left to count.
inline bool replacePart(value::Value &node, std::size_t &at, const value::Value &with)
{
    if (at == 0) {
        node = with;
        return true;
    }
    --at;
    if (node.isList()) {
        for (value::Value &one : node.asList()) {
            if (replacePart(one, at, with))
                return true;
        }
    } else if (node.isMap()) {
        for (auto &[key, one] : node.asMap()) {
            if (replacePart(one, at, with))
                return true;
        }
    }
    return false;
}

/// Numbers that follow from a seed alone (xorshift64).
class PartPicker {
public:
    explicit PartPicker(std::uint64_t seed)
        : m_state(seed | 1U)
    {
    }
    std::size_t below(std::size_t count)
    {
        m_state ^= m_state << 13U;
        m_state ^= m_state >> 7U;
        m_state ^= m_state << 17U;
        return count == 0 ? 0 : static_cast<std::size_t>(m_state % count);
    }

private:
    std::uint64_t m_state;
};

/// The objects, which are some, with one to three parts of another type.
inline std::vector<value::Value> withWrongParts(const std::vector<value::Value> &objects, PartPicker &pick)
{
    std::vector<value::Value> out;
    for (const value::Value &object : objects)
        out.push_back(value::deepCopy(object));
    for (std::size_t n = pick.below(3) + 1; n > 0; --n) {
        value::Value &object = out[pick.below(out.size())];
        std::size_t at = pick.below(countOf(object));
        (void)replacePart(object, at, wrongValue(pick.below(12)));
    }
    return out;
}

} // namespace fairway::route
