#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// A template of JSONPath as `helm show values --jsonpath` and `kubectl -o jsonpath` read it: text, and in braces paths, quoted
/// texts, `range` and `end`.
///
/// Shape:   parse() once, print() with any data.
/// Errors:  of parse(), InvalidInput in client-go's words ("unclosed action"); of print(), InvalidInput where a path finds nothing or
///          fits nothing, and LimitExceeded.
/// Bound:   a million results on the way.
/// Threads: any; immutable.
/// Source:  observed behaviour of client-go 0.32 to 0.35. A map's members come in the order of their names, where Go's order is chance.
class JsonPath {
public:
    [[nodiscard]] static Result<JsonPath> parse(std::string_view text);
    [[nodiscard]] Result<std::string> print(const value::Value &data) const;

    struct Node;
    using Nodes = std::vector<Node>;

private:
    std::shared_ptr<const Nodes> m_root;
};

/// One step of a path, or what stands beside paths.
struct JsonPath::Node {
    enum class Kind : std::uint8_t { List, Text, Field, Slice, Filter, Constant, Wildcard, Recursive, Union, Identifier };
    struct Bound {
        std::int64_t value = 0;
        bool isKnown = false;
        bool isDerived = false; ///< The end of [3], which is one item.
    };

    Kind kind = Kind::List;
    std::string text;      ///< Of a field or identifier its name; of a filter its operator, "exists" when it has none.
    value::Value constant; ///< Of a text, number or boolean.
    Nodes children;        ///< Of a list; of a union the lists; of a filter left and right.
    Bound bounds[3];       ///< Of a slice: begin, end, step.
};

} // namespace fairway::chart
