#pragma once

#include "core/base/result.h"
#include "core/value/value.h"
#include "core/value/yaml_simple_reader.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// How the text of a struct's fields is made.
enum class GoScalars : std::uint8_t {
    Converted, ///< Numbers and booleans become text: what sigs.k8s.io/yaml does where it knows a field's type.
    Refused,   ///< encoding/json alone; and fields of a struct that another one embeds, whose types sigs.k8s.io/yaml doesn't find.
};

/// Reads data into C++ structs as encoding/json (through sigs.k8s.io/yaml) reads it into Go's, and words its refusal the same way.
/// The first error stays, reading goes on.
///
/// Data is a tree (`const value::Value`), or a text as it is being read (`value::SimpleYamlNode`). The latter gives up where a tree would be
/// refused, and where the order of fields may count: who wants to know what is the matter reads a tree.
///
/// Source: observed behaviour of Go's encoding/json 1.23 to 1.25.
class GoStructReader {
public:
    using Node = value::SimpleYamlNode;

    /// The place for errors: the innermost struct's name and, from place to place outwards, the path of fields to here. Borrows its texts
    /// and the place around it: an index has a hundred thousand of them, and errors are rare.
    struct Place {
        std::string_view structName;
        std::string_view name; ///< Of a field; empty where a struct begins.
        const Place *around = nullptr;
        [[nodiscard]] Place field(std::string_view fieldName) const { return {structName, fieldName, this}; }
        [[nodiscard]] Place inside(std::string_view newStruct) const { return {newStruct, {}, this}; }
        /// "metadata.name"
        [[nodiscard]] std::string path() const;
    };

    /// Calls `visit(key, member)` for each member of a map; refuses what is neither map nor null. `typeName` is Go's for the struct.
    template <typename Visit>
    void structure(const value::Value &data, const Place &place, std::string_view typeName, const Visit &visit)
    {
        if (data.isMap())
            eachMember(data, visit);
        else if (!data.isNull())
            refuse(data, place, typeName);
    }

    /// Calls `visit(index, member)` for each member that is one of the fields `names`, and refuses others when it was told to.
    template <std::size_t count, typename Data, typename Visit>
    void fields(Data &data, const Place &place, std::string_view typeName, const std::array<std::string_view, count> &names, const Visit &visit);

    /// Null leaves `out`.
    template <typename Data>
    void text(Data &data, const Place &place, std::string &out);
    template <typename Data>
    void boolean(Data &data, const Place &place, bool &out);
    template <typename Data>
    void texts(Data &data, const Place &place, std::vector<std::string> &out);
    template <typename Data>
    void textMap(Data &data, const Place &place, std::optional<std::map<std::string, std::string>> &out);

    /// `visit(key, member)` and `visit(item)` of what is a map or a list.
    template <typename Visit>
    static void eachMember(const value::Value &map, const Visit &visit)
    {
        for (const auto &[key, member] : map.asMap())
            visit(std::string_view(key), member);
    }
    template <typename Visit>
    static void eachMember(Node &map, const Visit &visit)
    {
        map.eachMember(visit);
    }
    template <typename Visit>
    static void eachItem(const value::Value &list, const Visit &visit)
    {
        for (const value::Value &item : list.asList())
            visit(item);
    }
    template <typename Visit>
    static void eachItem(Node &list, const Visit &visit)
    {
        list.eachItem(visit);
    }
    static value::Value treeOf(const value::Value &data) { return data; }
    static value::Value treeOf(Node &data) { return data.tree(); }
    /// A key, or a field, came again. In a tree that is settled.
    static void repeated(const value::Value &) { }
    static void repeated(Node &data) { data.giveUp(); }

    void refuse(const value::Value &data, const Place &place, std::string_view typeName);
    static void refuse(Node &data, const Place &, std::string_view) { data.giveUp(); }
    /// A type that reads itself refused `data`: encoding/json stops there, and says nothing of what it found before.
    void stop(const value::Value &data, std::string message);
    static void stop(Node &data, const std::string &) { data.giveUp(); }

    void setScalars(GoScalars scalars) { m_scalars = scalars; }
    /// As json.Decoder's DisallowUnknownFields.
    void refuseUnknownFields() { m_refusesUnknown = true; }
    /// The error that stopped reading, or the first one.
    [[nodiscard]] Result<void> result() const;

private:
    template <std::size_t count>
    [[nodiscard]] static std::size_t fieldIndex(std::string_view key, const std::array<std::string_view, count> &names);
    void unknown(std::string_view key, const value::Value &data);
    void unknown(std::string_view key, Node &data) const;

    std::string m_error;
    bool m_isStopped = false;
    GoScalars m_scalars = GoScalars::Converted;
    bool m_refusesUnknown = false;
};

/// As strings.EqualFold for ASCII: how encoding/json finds a field.
[[nodiscard]] bool isField(std::string_view key, std::string_view field);

template <std::size_t count>
std::size_t GoStructReader::fieldIndex(std::string_view key, const std::array<std::string_view, count> &names)
{
    // Sizes and first letters tell nearly all apart.
    constexpr int caseBit = 0x20;
    const int first = key.empty() ? 0 : key.front() | caseBit;
    std::size_t index = 0;
    while (index < count && (key.size() != names[index].size() || first != (names[index].front() | caseBit) || !isField(key, names[index])))
        ++index;
    return index;
}

template <std::size_t count, typename Data, typename Visit>
void GoStructReader::fields(
    Data &data, const Place &place, std::string_view typeName, const std::array<std::string_view, count> &names, const Visit &visit)
{
    static_assert(count <= 32);
    if (!data.isMap()) {
        if (!data.isNull())
            refuse(data, place, typeName);
        return;
    }
    std::uint32_t seen = 0;
    eachMember(data, [&](std::string_view key, auto &member) {
        const std::size_t index = fieldIndex(key, names);
        if (index == count)
            return unknown(key, member);
        const std::uint32_t mark = std::uint32_t {1} << index;
        if ((seen & mark) != 0)
            repeated(member);
        seen |= mark;
        visit(index, member);
    });
}

} // namespace fairway::chart
