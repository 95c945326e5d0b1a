#pragma once

#include "core/gotemplate/object.h"
#include "core/gotemplate/template_error.h"

#include <array>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairway::gotemplate {

class Execution;

/// Go's name of a parameter's type: "[]interface {}".
[[nodiscard]] std::string_view typeName(Type type);
/// Go's name of the type of a value: "map[string]interface {}", "int64"; "<nil>" of Null.
[[nodiscard]] std::string_view typeName(const Value &value);
[[nodiscard]] GoKind kindOf(const Value &value);

/// Types of a function's parameters. With `isVariadic` the last one may come any number of times.
struct Signature {
    std::array<Type, 8> types {};
    std::uint8_t count = 0;
    bool isVariadic = false;

    constexpr Signature() = default;
    constexpr Signature(std::initializer_list<Type> parameters, bool variadic = false)
        : isVariadic(variadic)
    {
        for (const Type type : parameters)
            types[count++] = type;
    }
};

/// One call of a function: its arguments, checked, and what it may reach.
class Call {
public:
    Call(Execution &execution, std::span<Value> arguments, void *state, std::string_view name)
        : m_execution(execution)
        , m_arguments(arguments)
        , m_state(state)
        , m_name(name)
    {
    }

    [[nodiscard]] std::size_t size() const { return m_arguments.size(); }
    /// May be moved from or changed: the array belongs to this call.
    [[nodiscard]] Value &operator[](std::size_t index) const { return m_arguments[index]; }
    [[nodiscard]] std::span<Value> arguments() const { return m_arguments; }
    [[nodiscard]] const std::string &text(std::size_t index) const { return m_arguments[index].asString(); }
    [[nodiscard]] std::int64_t integer(std::size_t index) const { return m_arguments[index].asInt(); }

    /// What was given to FunctionMap::add().
    template <typename State>
    [[nodiscard]] State &state() const
    {
        assert(m_state);
        return *static_cast<State *>(m_state);
    }
    [[nodiscard]] Execution &execution() const { return m_execution; }
    /// The name it was called by, for functions with several.
    [[nodiscard]] std::string_view name() const { return m_name; }

private:
    Execution &m_execution;
    std::span<Value> m_arguments;
    void *m_state;
    std::string_view m_name;
};

using NativeFunction = TemplateResult<Value> (*)(Call &call);

/// A function as templates call it. Tables of these are constants: registering costs next to nothing.
struct FunctionSpec {
    std::string_view name;
    Signature signature;
    NativeFunction call = nullptr;
};

/// The functions templates may name, by name; Go's own (and, eq, printf, …) are always there. A later one of the same name
/// replaces the earlier.
///
/// Lifetime: specs and states are borrowed and must outlive the map; the map must outlive the TemplateSets made with it.
/// Threads:  fill it in one; reading is free of locks.
class FunctionMap {
public:
    struct Entry {
        const FunctionSpec *spec = nullptr;
        std::size_t state = 0; ///< Which of the states: templates that were read outlive one map's.
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    FunctionMap();
    void add(std::span<const FunctionSpec> table, void *state = nullptr);
    void remove(std::string_view name);
    [[nodiscard]] const Entry *find(std::string_view name) const;
    [[nodiscard]] void *stateOf(const Entry &entry) const { return m_states[entry.state]; }
    /// The same names for the same functions; states may differ. Templates read with one can run with the other.
    [[nodiscard]] bool hasSameFunctions(const FunctionMap &other) const { return m_entries == other.m_entries; }

private:
    std::unordered_map<std::string_view, Entry> m_entries;
    std::vector<void *> m_states;
};

} // namespace fairway::gotemplate
