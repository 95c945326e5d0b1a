#pragma once

#include "core/value/value.h"
#include "core/value/yaml.h"
#include "core/value/yaml_scalar.h"
#include "core/value/yaml_simple_text.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::value {

class SimpleYamlReader;

/// A value of a text that is being read: the place where the reader stands. Maps and lists are visited once and at once, in the order of the
/// text; whoever visits neither this nor gives up leaves the text unread, which the reader takes for giving up.
class SimpleYamlNode {
public:
    [[nodiscard]] bool isNull() const { return m_kind == Kind::Null; }
    [[nodiscard]] bool isString() const { return m_kind == Kind::String; }
    [[nodiscard]] bool isBool() const { return m_kind == Kind::Bool; }
    [[nodiscard]] bool isList() const { return m_kind == Kind::List; }
    [[nodiscard]] bool isMap() const { return m_kind == Kind::Map; }
    /// Of a string; good until something else is read.
    [[nodiscard]] std::string_view asString() const { return m_text; }
    [[nodiscard]] bool asBool() const { return m_scalar.boolean; }
    /// What stands here as a tree, with positions.
    [[nodiscard]] Value tree();

    /// Calls `visit(std::string &key, SimpleYamlNode &member)`, also for keys that come again; it may take the key's text.
    template <typename Visit>
    void eachMember(const Visit &visit);
    /// Calls `visit(SimpleYamlNode &item)`.
    template <typename Visit>
    void eachItem(const Visit &visit);

    /// The text is not by the simple rules of whoever reads: nothing more is visited.
    void giveUp();

private:
    friend class SimpleYamlReader;
    enum class Form : std::uint8_t { Block, Flow, FlowInFlow };

    SimpleYamlReader *m_reader = nullptr;
    std::string_view m_text;
    ResolvedScalar m_scalar;
    std::ptrdiff_t m_column = 0; ///< Of a block's keys or dashes.
    std::size_t m_depth = 0;     ///< Of members and items: within blocks, or within brackets.
    std::uint32_t m_line = 0;    ///< 0: nowhere.
    Kind m_kind = Kind::Null;    ///< A number, whatever it becomes, is a Float.
    Form m_form = Form::Block;
};

/// Reads a text written as people and tools write values and indexes (see yaml_simple.h) from its first line to its last, and makes nothing
/// of it: who reads an index takes what it wants, readSimpleYaml() makes trees.
///
/// Threads: any; no shared state. Borrows `text` and `options`.
class SimpleYamlReader {
public:
    SimpleYamlReader(std::string_view text, const YamlOptions &options);
    SimpleYamlReader(const SimpleYamlReader &) = delete;
    SimpleYamlReader &operator=(const SimpleYamlReader &) = delete;

    /// Calls `visit(SimpleYamlNode &root)`. False: the text is not by the simple rules, and nothing that was visited counts.
    template <typename Visit>
    [[nodiscard]] bool read(const Visit &visit)
    {
        SimpleYamlNode root = open();
        if (!m_isUnsure)
            visit(root);
        return isGood();
    }

private:
    friend class SimpleYamlNode;

    SimpleYamlNode open();
    [[nodiscard]] bool isGood() const;
    SimpleYamlNode unsure();
    /// Counts a value that stands in this line.
    SimpleYamlNode placed(Kind kind, std::uint32_t line);

    // What begins here. The place is then behind a scalar, or at the first key, dash or bracket of a map or list.
    SimpleYamlNode below(std::ptrdiff_t parent, std::size_t depth);
    SimpleYamlNode mapOrValue(std::ptrdiff_t parent, std::size_t depth);
    SimpleYamlNode list(std::ptrdiff_t column, std::size_t depth);
    SimpleYamlNode belowOrNull(std::ptrdiff_t column, std::uint32_t line, std::size_t depth);
    SimpleYamlNode valueHere(std::ptrdiff_t column);
    SimpleYamlNode flow(std::size_t depth);
    SimpleYamlNode flowValue(std::size_t depth);
    SimpleYamlNode text(std::string_view text, std::uint32_t line);
    SimpleYamlNode plain(std::string_view text, std::uint32_t line);

    // The members and items of `around`: whether there is a first, or another one, and what it is. A member's key is in m_key.
    [[nodiscard]] bool hasFirst(const SimpleYamlNode &around);
    [[nodiscard]] bool hasNext(const SimpleYamlNode &around);
    SimpleYamlNode openMember(const SimpleYamlNode &map);
    SimpleYamlNode openItem(const SimpleYamlNode &list);
    [[nodiscard]] bool readKey();
    [[nodiscard]] bool readFlowKey();
    [[nodiscard]] bool leaveFlow(const SimpleYamlNode &around);

    SimpleYamlText m_text;
    const YamlOptions &m_options;
    const bool m_hasSimpleBytes;
    const std::size_t m_maxDepth;
    std::size_t m_nodes = 0;
    std::size_t m_unread = 0; ///< Maps and lists that were come upon, without those that were visited.
    bool m_isUnsure = false;
    std::string m_key;
};

template <typename Visit>
void SimpleYamlNode::eachMember(const Visit &visit)
{
    SimpleYamlReader &reader = *m_reader;
    const std::size_t unread = --reader.m_unread;
    std::string key;
    for (bool isThere = reader.hasFirst(*this); isThere; isThere = reader.hasNext(*this)) {
        key.swap(reader.m_key);
        SimpleYamlNode member = reader.openMember(*this);
        if (reader.m_isUnsure)
            return;
        visit(key, member);
        if (reader.m_unread != unread)
            return giveUp();
    }
}

template <typename Visit>
void SimpleYamlNode::eachItem(const Visit &visit)
{
    SimpleYamlReader &reader = *m_reader;
    const std::size_t unread = --reader.m_unread;
    for (bool isThere = reader.hasFirst(*this); isThere; isThere = reader.hasNext(*this)) {
        SimpleYamlNode item = reader.openItem(*this);
        if (reader.m_isUnsure)
            return;
        visit(item);
        if (reader.m_unread != unread)
            return giveUp();
    }
}

inline void SimpleYamlNode::giveUp()
{
    m_reader->m_isUnsure = true;
}

} // namespace fairway::value
