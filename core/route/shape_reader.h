#pragma once

#include "core/route/route_object.h"
#include "core/value/pointer.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

using value::childPointer;

/// "a list", "text": for sentences about what stands where something else should.
[[nodiscard]] Text nameOf(value::Kind kind);

/// Reads members of an object and writes down what is not of the type its schema wants. Internal to core/route.
///
/// Shape:  every reader takes the parent, the key and the parent's pointer. Absent and null give the fallback without a
///         word (an API server drops nulls); any other type gives the fallback and a ShapeProblem naming the path.
class ShapeReader {
public:
    explicit ShapeReader(std::vector<ShapeProblem> &problems)
        : m_problems(problems)
    {
    }

    [[nodiscard]] std::string text(const value::Value &parent, std::string_view key, std::string_view pointer);
    [[nodiscard]] std::int64_t whole(
        const value::Value &parent, std::string_view key, std::string_view pointer, std::int64_t fallback);
    [[nodiscard]] bool flag(const value::Value &parent, std::string_view key, std::string_view pointer);
    /// A list, or an empty one.
    [[nodiscard]] const value::List &list(const value::Value &parent, std::string_view key, std::string_view pointer);
    [[nodiscard]] std::vector<std::string> texts(
        const value::Value &parent, std::string_view key, std::string_view pointer);
    /// A map of texts; other values are problems.
    [[nodiscard]] std::map<std::string, std::string> textMap(
        const value::Value &parent, std::string_view key, std::string_view pointer);
    /// False with a problem when `item` is no map. Null is a problem here: it stands in a list.
    [[nodiscard]] bool isMap(const value::Value &item, std::string_view pointer);

    void problem(std::string_view pointer, Text message);
    /// Problems so far: to see whether a part had any.
    [[nodiscard]] std::size_t count() const { return m_problems.size() + m_dropped; }

private:
    std::vector<ShapeProblem> &m_problems;
    std::size_t m_dropped = 0;
};

} // namespace fairway::route
