#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// What the specs of some kinds may hold, read from a text such as field_table_text.h.
///
/// Threads: immutable after the constructor.
class FieldTable {
public:
    enum class Type : std::uint8_t { Any, Text, Whole, Number, Flag, Span, Choice, List, Map, Struct };

    struct Shape {
        Type type = Type::Any;
        std::uint16_t of = 0;   ///< Choice, Struct: which one. List, Map: the shape of its items.
        bool isBounded = false; ///< Whole: from `least` to `most`.
        std::int64_t least = 0;
        std::int64_t most = 0;
    };
    struct Field {
        std::string_view name;
        std::uint16_t shape = 0;
        bool isRequired = false;
    };
    using Fields = std::vector<Field>; ///< In byte order of their names, as the members of a map are.
    using Choices = std::vector<std::string_view>;

    /// `text` must outlive the table, and must be well written: it is part of the program.
    explicit FieldTable(std::string_view text);

    [[nodiscard]] const Shape &shape(std::uint16_t index) const { return m_shapes[index]; }
    [[nodiscard]] const Fields &fields(const Shape &structure) const { return m_structs[structure.of].fields; }
    [[nodiscard]] const Choices &choices(const Shape &choice) const { return m_choices[choice.of]; }
    /// Of the structure with that name; nullptr when there is none.
    [[nodiscard]] const Shape *find(std::string_view structure) const;
    [[nodiscard]] std::size_t size() const { return m_structs.size(); }

private:
    struct Struct {
        std::string_view name;
        std::uint16_t shape = 0;
        Fields fields;
    };
    std::uint16_t add(Shape shape);
    std::uint16_t shapeOf(std::string_view type);

    std::vector<Shape> m_shapes;
    std::vector<Struct> m_structs;
    std::vector<Choices> m_choices;
};

/// Fairway's own.
[[nodiscard]] const FieldTable &fieldTable();

/// The structure of such an object's spec; empty for kinds the table does not have.
[[nodiscard]] std::string_view specStructure(std::string_view group, std::string_view kind);

} // namespace fairway::route
