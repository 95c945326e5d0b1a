#pragma once

#include "core/gotemplate/lexer.h"
#include "core/gotemplate/parser.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::gotemplate {

/// Thrown and caught inside the parser.
struct ParseFailure {
    std::string message;
};

/// What all the templates of one text share while it is read.
struct ParseState {
    Source &source;
    const FunctionMap &functions;
    Lexer lexer;
    std::vector<Template> templates;
    int depth = 0;
    std::vector<void *> gathered; ///< See Gathering.
    std::vector<std::string_view> fields; ///< Of the operand being read.

    template <typename NodeT>
    NodeT *make(NodeType type, std::size_t position)
    {
        auto *node = new (source.arena.allocate(sizeof(NodeT))) NodeT {};
        node->type = type;
        node->position = static_cast<std::uint32_t>(position);
        return node;
    }

    template <typename T>
    std::span<T> keep(const std::vector<T> &items)
    {
        if (items.empty())
            return {};
        auto *memory = static_cast<T *>(source.arena.allocate(items.size() * sizeof(T)));
        std::uninitialized_copy(items.begin(), items.end(), memory);
        return {memory, items.size()};
    }

    VariableId variable(std::string_view name)
    {
        const auto found = std::find(source.variables.begin(), source.variables.end(), name);
        const auto id = static_cast<VariableId>(found - source.variables.begin());
        if (found == source.variables.end())
            source.variables.push_back(name);
        return id;
    }
};

inline constexpr int MaxParseDepth = 500; // a level costs up to 8 KB of stack where addresses are checked

/// One level of nesting more.
class DepthGuard {
public:
    explicit DepthGuard(int &depth)
        : m_depth(++depth)
    {
    }
    ~DepthGuard() { --m_depth; }
    DepthGuard(const DepthGuard &) = delete;
    DepthGuard &operator=(const DepthGuard &) = delete;

private:
    int &m_depth;
};

/// Nodes that become one list, while it is not known how many. All lists that are being read share a stack, the innermost on top, so that
/// none costs an allocation of its own.
template <typename T>
class Gathering {
public:
    explicit Gathering(ParseState &shared)
        : m_shared(shared)
        , m_begin(shared.gathered.size())
    {
    }
    ~Gathering() { m_shared.gathered.resize(m_begin); }
    Gathering(const Gathering &) = delete;
    Gathering &operator=(const Gathering &) = delete;

    void add(T *node) { m_shared.gathered.push_back(node); }
    [[nodiscard]] std::size_t size() const { return m_shared.gathered.size() - m_begin; }
    [[nodiscard]] std::span<T *> keep() const
    {
        const std::size_t count = size();
        if (count == 0)
            return {};
        auto **const memory = static_cast<T **>(m_shared.source.arena.allocate(count * sizeof(T *)));
        for (std::size_t i = 0; i < count; ++i)
            new (memory + i) T *(static_cast<T *>(m_shared.gathered[m_begin + i]));
        return {memory, count};
    }

private:
    ParseState &m_shared;
    const std::size_t m_begin;
};

} // namespace fairway::gotemplate
